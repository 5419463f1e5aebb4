//! Date expressions and recurrences: parsed without a clock, resolved against a date.
//!
//! Two steps, always: text → [`Expression`] (says what was written), then resolution with a
//! [`Context`] (says which day). Ambiguous ones are given back as such, never guessed.

pub mod reading;

pub use reading::CellInput;
pub use reading::CellReading;
pub use reading::Context;
pub use reading::DateNote;
pub use reading::DateReading;
pub use reading::Undated;
pub use reading::UnreadableDate;
pub use reading::read_cell;
