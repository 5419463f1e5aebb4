//! What a date cell of a ledger says: a day, nothing, a promise without a day, or something unreadable.

use chrono::Datelike;
use chrono::NaiveDate;
use chrono::NaiveDateTime;

use crate::dates::expression::Expression;
use crate::dates::moment;
use crate::dates::plain;
use crate::dates::serial;
use crate::dates::serial::Epoch;

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

impl DateReading {
    /// The day that is written; nothing where none is, or where it depends on another cell.
    pub fn day(self) -> Option<NaiveDate> {
        if let DateReading::On(day) = self { Some(day) } else { None }
    }
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
    /// 同左 with no date of its own to the left.
    LeftUnfit,
    /// The formula TODAY() or NOW(): another day tomorrow.
    Moving,
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
    /// A date of which only the month is shown: `2023年8月`.
    MonthShown(NaiveDate),
    /// A date of which only the year is shown.
    YearShown(NaiveDate),
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
    /// The moment was written in UTC, or by a program that loses 43 seconds at midnight; the local day was taken.
    LocalDay,
    /// 16:00:00 is midnight in China as UTC writes it: perhaps the day after was meant.
    PerhapsUtc(NaiveDate),
    /// The end was counted from the start (为期三个月; Civil Code articles 200–202).
    EndOfPeriod,
    /// The text also states a length (为期八个月), which would end on this day instead.
    StatedLengthDiffers(NaiveDate),
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
///
/// Plain dates (`2023-07-31`, `2023/7/31`, `2023.7.31`, `2023年7月31日`, cells with a date format) take a short way
/// that allocates nothing; everything else is parsed as an [`Expression`] and resolved.
///
/// What this does where the text leaves room:
/// - **A year that is not stated** is inferred and noted. A deadline is its first occurrence in the period;
///   of two the first that does not lie before the found date, the other being noted. Outside the period it
///   is believed only within half a year after the found date, else both neighbours are asked for. Without a
///   period: after the found date if near, else the year of the document.
/// - **A field that looks back** (发现日期) never lies after the document's day; a month, quarter or range is
///   too coarse for it and is asked about with its first and last day as candidates.
/// - **前** includes its day; behind anything longer than a day it is asked about (7月前: June or July?), unless
///   it stands behind 底 (7月底前).
/// - **A numeric cell** 2023.1 may have been 2023.10, and 7.3 may have been 7.30: both are asked about. The same
///   as text is what it says.
/// - **Lost separators** (202246) are never believed, even if one day only fits.
///
/// ```
/// use qingdan::dates::{CellInput, Context, DateReading, UnreadableDate, read_cell};
/// let day = |text: &str| text.parse().unwrap();
/// let context = Context { period: Some((day("2023-05-20"), day("2023-12-31"))), ..Context::default() };
/// let read = |input| read_cell(input, &context).reading;
/// assert_eq!(read(CellInput::Text("7.30前完成")), DateReading::On(day("2023-07-30")));
/// assert_eq!(read(CellInput::Number(7.3)), DateReading::Unreadable(UnreadableDate::Ambiguous));
/// assert_eq!(read(CellInput::Number(45138.0)), DateReading::On(day("2023-07-31")));
/// ```
pub fn read_cell(input: CellInput<'_>, context: &Context) -> CellReading {
    let expression = match input {
        CellInput::Text(text) => match plain::date(text) {
            Some(date) => return CellReading { reading: DateReading::On(date), ..CellReading::default() },
            None => match moment::in_text(text) {
                Some((day, note)) => {
                    return CellReading { reading: DateReading::On(day), notes: note.into_iter().collect(), ..CellReading::default() };
                }
                None => Expression::parse(text),
            },
        },
        CellInput::DateTime(moment) => return date_cell(moment),
        CellInput::MonthShown(date) => return coarse_cell(date, &format!("{}年{}月", date.year(), date.month()), context),
        CellInput::YearShown(date) => return coarse_cell(date, &format!("{}年", date.year()), context),
        CellInput::Number(value) => serial::number(value, Epoch::Year1900),
        CellInput::Number1904(value) => serial::number(value, Epoch::Year1904),
    };
    let resolution = expression.resolve(context);
    // Notes tell what was assumed in reading a day; where none was read there is nothing to tell.
    let unread = matches!(resolution.reading, DateReading::Unreadable(_));
    let notes = if unread { Vec::new() } else { resolution.notes };
    CellReading { reading: resolution.reading, extension: resolution.extension, candidates: resolution.candidates, notes }
}

/// A cell with a date format. Implausible years are numbers that were given a date format by mistake.
fn date_cell(moment: NaiveDateTime) -> CellReading {
    if !plain::YEARS.contains(&moment.year()) {
        return CellReading { reading: DateReading::Unreadable(UnreadableDate::OutOfRange), ..CellReading::default() };
    }
    let (date, note) = moment::local_day(moment);
    CellReading { reading: DateReading::On(date), notes: note.into_iter().collect(), ..CellReading::default() }
}

/// A date that is shown as a month or a year: what is seen counts, if what is stored does not speak against it.
fn coarse_cell(date: NaiveDate, shown: &str, context: &Context) -> CellReading {
    if !plain::YEARS.contains(&date.year()) {
        return CellReading { reading: DateReading::Unreadable(UnreadableDate::OutOfRange), ..CellReading::default() };
    }
    let seen = read_cell(CellInput::Text(shown), context);
    match seen.reading {
        // The first day is what a program makes of a month that is typed; any other was typed as such.
        DateReading::On(end) if date.day() != 1 && date != end => CellReading {
            reading: DateReading::Unreadable(UnreadableDate::Ambiguous),
            candidates: vec![date, end],
            ..CellReading::default()
        },
        _ => seen,
    }
}
