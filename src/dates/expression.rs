//! What a date text says, before anybody knows which day that is.
//!
//! [`Expression::parse`] never fails and sees neither clock nor context; what cannot be read is a variant
//! of [`Meaning`]. `resolve` turns an expression into days. To teach it a new expression: a variant of
//! [`Meaning`] if the sense is new, its grammar in `phrase`, its days in `resolve`, and an entry in the
//! catalogue, which is executed.

use chrono::NaiveDate;
use chrono::NaiveTime;
use chrono::Weekday;

use crate::dates::duration::Period;
use crate::dates::phrase;
use crate::dates::point::Point;
use crate::dates::reading::Undated;
use crate::dates::recurrence::Recurrence;

/// A date text, understood as far as that goes without a context.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    pub meaning: Meaning,
    /// `为期三个月`, `利用100天`, `百日行动` beside an explicit end: to be compared with it.
    pub stated_length: Option<Period>,
    /// `（星期二）`
    pub weekday: Option<Weekday>,
    /// `（延期至2023.9.30）`
    pub extension: Option<Point>,
    /// Other points that fit a two-digit year (`12/8/23`); they count only if the context speaks against
    /// the usual reading.
    pub alternatives: Vec<Point>,
    /// Something had to be put right or taken off: full width, blanks, 号, 前 and the like.
    pub normalised: bool,
    /// A time of day was written: 24:00 and the fraction of a serial number say that there is one, not which.
    pub has_time: bool,
    /// Which one, where that is known.
    pub time: Option<NaiveTime>,
    /// Words of a finished thing beside the date (`7月31日已完成`): a day, but no deadline.
    pub finished: bool,
}

/// The sense of a date text.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// Nothing, or a word for nothing (无, —).
    Blank,
    /// 同上
    Ditto,
    /// 同左
    Beside,
    /// A status or a tick (已完成, √).
    Status,
    /// 立行立改 and its kind.
    Immediate,
    /// 长期坚持, 尽快, 待资金到位, 节前
    Undated(Undated),
    /// A point as it stands: a day, or a month or quarter as a whole (`2020年8月` as a phase).
    At(Point),
    /// Up to a point. `before`: written with 前, which for anything longer than a day may exclude it.
    By { point: Point, before: bool },
    /// From a point on, with the recurrence that follows it, if any (自5月下旬起，每周).
    From { point: Point, every: Option<Box<Recurrence>> },
    /// From one point to another.
    Range(Point, Point),
    /// From a point for a length of time (从12月9日起为期三个月).
    Lasting(Point, Period),
    /// From a point to an event whose day is not known (即日起至全国两会结束).
    UntilEvent(Point),
    /// Within a length of time (3天内).
    Within(Period, Anchor),
    /// A length before or after an event or a due day (期限届满前15个工作日, 两会闭幕后2日内, 提前1周).
    Around { period: Period, before: bool },
    /// Several points fit, or one that must be confirmed; also `3月内`: in March, or within three months.
    OneOf(Vec<Point>, Option<Period>),
    /// A serial number of a spreadsheet program.
    Serial(NaiveDate),
    /// Words that contradict each other (立行立改并长期坚持).
    Contradiction,
    /// There is no such day (6月31日, 13月).
    Impossible,
    /// A number or year that is no plausible date.
    OutOfRange,
    /// Anything else, with the points found inside it, as a proposal.
    NotADate(Vec<Point>),
}

/// What a length of time counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The day the hazard was found; also where nothing is said.
    Found,
    /// Something this program does not know: the receipt of a notice.
    Other,
}

impl From<Meaning> for Expression {
    fn from(meaning: Meaning) -> Expression {
        Expression {
            meaning,
            stated_length: None,
            weekday: None,
            extension: None,
            alternatives: Vec::new(),
            normalised: false,
            has_time: false,
            time: None,
            finished: false,
        }
    }
}

impl Expression {
    /// Reads a date text as it stands in a plan or a ledger.
    ///
    /// ```
    /// use qingdan::dates::Expression;
    /// use qingdan::dates::Meaning;
    /// // The same text always says the same; which day it is depends on what is known around it.
    /// assert!(matches!(Expression::parse("6 月 10 日前").meaning, Meaning::By { before: true, .. }));
    /// assert!(matches!(Expression::parse("第二类").meaning, Meaning::NotADate(_)));
    /// ```
    pub fn parse(text: &str) -> Expression {
        phrase::expression(text)
    }
}
