//! Date expressions, recurrences and the working calendar: parsed without a clock, resolved against a date.
//!
//! Two steps, always: text → [`Expression`] (says what was written), then resolution with a
//! [`Context`] (says which day). Ambiguous ones are given back as such, never guessed.

pub mod calendar;
mod calendar_file;
pub mod catalogue;
mod cursor;
pub mod duration;
mod english;
pub mod event;
mod examples;
pub mod expression;
mod found;
mod grammar;
mod length_phrase;
mod moment;
mod normalise;
mod numeric;
mod phrase;
mod plain;
pub mod point;
pub mod reading;
pub mod recurrence;
pub mod resolve;
mod serial;
mod tail;
mod words;
mod year;

pub use calendar::CountedDay;
pub use calendar::DayKind;
pub use calendar::Notice;
pub use calendar::WorkCalendar;
pub use calendar::Workdays;
pub use calendar_file::CalendarError;
pub use calendar_file::CalendarErrorKind;
pub use catalogue::CatalogueEntry;
pub use catalogue::catalogue;
pub use catalogue::catalogue_page;
pub use duration::Period;
pub use duration::PeriodEnd;
pub use duration::PeriodUnit;
pub use event::ByEvent;
pub use expression::Anchor;
pub use expression::Expression;
pub use expression::Meaning;
pub use moment::looks_like_a_date_cell;
pub use point::Point;
pub use reading::CellInput;
pub use reading::CellReading;
pub use reading::Context;
pub use reading::DateNote;
pub use reading::DateReading;
pub use reading::Undated;
pub use reading::UnreadableDate;
pub use reading::read_cell;
pub use recurrence::ByDay;
pub use recurrence::Frequency;
pub use recurrence::Recurrence;
pub use recurrence::RecurrenceError;
pub use recurrence::SettledDay;
pub use resolve::Resolution;
pub use words::points_left;
