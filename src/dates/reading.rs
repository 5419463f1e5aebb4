//! What a date cell of a ledger says: a day, nothing, a promise without a day, or something unreadable.

use chrono::NaiveDate;
use chrono::NaiveDateTime;

/// The reading of a date cell. A date is a value, blank, or unreadable; words that stand for no day
/// (长期坚持, 尽快, 待资金到位) are readings of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateReading {
    /// Nothing there (also 无, —, /).
    #[default]
    Blank,
    /// A day.
    On(NaiveDate),
    /// 立行立改 and its kind: due on the day it was found.
    Immediate,
    /// No day is meant; kept as written, listed apart.
    Undated(Undated),
    /// Something is written, but no day can be read from it without asking.
    Unreadable(UnreadableDate),
}

/// Why a filled date cell names no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undated {
    /// 长期坚持, 持续推进, 常态化
    Ongoing,
    /// 尽快, 近期, 按要求, 年中
    Vague,
    /// 待资金到位, 搬迁后
    Conditional,
    /// 节前, 两会结束: an event without a known date
    Event,
}

/// Why no day could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadableDate {
    /// Two or more days fit; the candidates are in [`CellReading::candidates`].
    Ambiguous,
    /// Looks like a date but there is no such day (6月31日, 13月).
    Impossible,
    /// A status or tick in a date cell (已完成, √).
    StatusWord,
    /// 同上 with nothing above.
    DittoWithoutAbove,
    /// A duration that counts from a day which is not known (3天内 without found date), or working
    /// days across a year whose calendar is unknown.
    NeedsAnchor,
    /// A number that is no plausible date.
    OutOfRange,
    /// Anything else.
    NotADate,
}

/// What stands in the cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CellInput<'a> {
    Text(&'a str),
    /// A number without a date format: a serial, `20230731`, `2023.7`, `7.31`.
    Number(f64),
    /// The number of a sheet that counts from 1904 and has no date format.
    Number1904(f64),
    DateTime(NaiveDateTime),
}

/// The days that a cell's words may refer to. All optional: what is not given cannot be inferred.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context {
    /// The campaign's period, in which a date without a year is looked for (first occurrence).
    pub period: Option<(NaiveDate, NaiveDate)>,
    /// The day the document (plan or ledger) was issued or filled in: 即日起, 今年, 年底前.
    pub document: Option<NaiveDate>,
    /// The day the hazard was found: 3天内, 一周内, 立行立改.
    pub found_on: Option<NaiveDate>,
    /// The reading of the cell above, for 同上.
    pub above: Option<DateReading>,
    /// Whether the field looks back (发现日期, 整改完成日期) or forward (整改期限); a month alone means its
    /// end for a deadline, and is too coarse for a past event.
    pub looks_back: bool,
}

/// A repair or assumption made while reading a date; each becomes a note for the clerk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateNote {
    /// Full-width digits, spaces, 号, affixes and the like were normalised.
    Normalised,
    /// The year was inferred from the period or the document.
    YearInferred(i32),
    /// Inferred year, but the period holds a second occurrence on this day.
    YearAlsoPossible(NaiveDate),
    /// Two-digit year.
    TwoDigitYear(i32),
    /// A month, quarter or ten-day span (旬) was taken at its last day.
    EndOfSpan,
    /// A range was given; its end was taken.
    EndOfRange,
    /// A serial day number was taken as a date.
    Serial,
    /// Counted from the found date.
    CountedFromFound(u16),
    /// Working days were counted from the found date.
    WorkdaysFromFound(u16),
    /// The weekday in brackets does not fit the date.
    WeekdayMismatch,
    /// Taken over from the cell above.
    Ditto,
    /// A time of day was dropped.
    TimeDropped,
}

/// Everything read from one cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CellReading {
    pub reading: DateReading,
    /// `2023.7.31(延期至2023.9.30)`: the second date.
    pub extension: Option<NaiveDate>,
    /// The days that fit an ambiguous text, ascending.
    pub candidates: Vec<NaiveDate>,
    pub notes: Vec<DateNote>,
}

/// Reads one date cell.
pub fn read_cell(input: CellInput<'_>, context: &Context) -> CellReading {
    let _ = (input, context);
    CellReading::default()
}
