//! Which days an expression names, given a context.
//!
//! Pure: no clock; what the context does not hold is not made up. Everything inferred is noted, everything
//! that fits more than one day is given back with its candidates.

use chrono::Datelike;
use chrono::NaiveDate;

use crate::dates::calendar::WorkCalendar;
use crate::dates::duration::Period;
use crate::dates::duration::PeriodEnd;
use crate::dates::duration::PeriodUnit;
use crate::dates::expression::Anchor;
use crate::dates::expression::Expression;
use crate::dates::expression::Meaning;
use crate::dates::point::Edge;
use crate::dates::point::Part;
use crate::dates::point::Point;
use crate::dates::point::Span;
use crate::dates::point::Year;
use crate::dates::reading::Context;
use crate::dates::reading::DateNote;
use crate::dates::reading::DateReading;
use crate::dates::reading::Undated;
use crate::dates::reading::UnreadableDate;
use crate::dates::year;
use crate::dates::year::Placing;

/// A two-digit year this far from the context's years is doubted if another reading is nearer.
const FAR: i32 = 5;

/// The days that an expression names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Resolution {
    /// First day; `None` for a mere deadline (7月底前).
    pub start: Option<NaiveDate>,
    /// Last day, included; `None` for an open end (即日起).
    pub end: Option<NaiveDate>,
    /// The same as a date cell's reading: the end, or why there is none.
    pub reading: DateReading,
    /// 延期至: the second date.
    pub extension: Option<NaiveDate>,
    /// Where the stated length (为期八个月) would end, if the text states one beside an explicit end.
    pub stated_end: Option<NaiveDate>,
    /// The days that fit, ascending, if the text must be asked about.
    pub candidates: Vec<NaiveDate>,
    pub notes: Vec<DateNote>,
}

/// Why a point has no day, with the days to propose.
struct Trouble {
    why: UnreadableDate,
    candidates: Vec<NaiveDate>,
}

impl Trouble {
    fn ambiguous(candidates: Vec<NaiveDate>) -> Trouble {
        Trouble { why: UnreadableDate::Ambiguous, candidates }
    }
}

impl From<UnreadableDate> for Trouble {
    fn from(why: UnreadableDate) -> Trouble {
        Trouble { why, candidates: Vec::new() }
    }
}

impl Expression {
    /// Resolves against a context, counting working days by the statutory calendar.
    ///
    /// ```
    /// use qingdan::dates::{Context, DateReading, Expression};
    /// let day = |text: &str| text.parse().unwrap();
    /// let plan = Context { period: Some((day("2020-06-05"), day("2021-10-31"))), ..Context::default() };
    /// let phase = Expression::parse("2020 年 6 月中旬至 8 月底").resolve(&plan);
    /// assert_eq!((phase.start, phase.end), (Some(day("2020-06-11")), Some(day("2020-08-31"))));
    /// let due = Expression::parse("6 月 10 日前").resolve(&plan);
    /// assert_eq!(due.reading, DateReading::On(day("2020-06-10"))); // 10 June 2021 fits as well, and that is noted
    /// ```
    pub fn resolve(&self, context: &Context) -> Resolution {
        self.resolve_with(context, WorkCalendar::shipped())
    }

    /// The same with a calendar of one's own.
    pub fn resolve_with(&self, context: &Context, calendar: &WorkCalendar) -> Resolution {
        let mut resolver = Resolver { context, calendar, out: Resolution::default() };
        resolver.expression(self);
        let mut out = resolver.out;
        out.candidates.sort_unstable();
        out.candidates.dedup();
        out
    }

    /// The day that a lead time or a delay names once its event or due day is known: 期限届满前15个工作日,
    /// 提前1周, 两会闭幕后2日内. `None` for expressions of any other kind.
    pub fn around(&self, event: NaiveDate, calendar: &WorkCalendar) -> Option<PeriodEnd> {
        match self.meaning {
            Meaning::Around { period, before: true } => period.before(event, calendar),
            Meaning::Around { period, before: false } => period.end(event, calendar),
            _ => None,
        }
    }
}

struct Resolver<'a> {
    context: &'a Context,
    calendar: &'a WorkCalendar,
    out: Resolution,
}

impl Resolver<'_> {
    fn expression(&mut self, expression: &Expression) {
        if expression.normalised {
            self.note(DateNote::Normalised);
        }
        if let Err(Trouble { why, candidates }) = self.meaning(expression) {
            self.unreadable(why, candidates);
        }
        if expression.finished && !self.context.looks_back && matches!(self.out.reading, DateReading::On(_)) {
            let day = self.out.end;
            self.unreadable(UnreadableDate::NotADate, day.into_iter().collect());
        }
        if let DateReading::On(day) = self.out.reading {
            if expression.has_time {
                self.note(DateNote::TimeDropped);
            }
            if expression.weekday.is_some_and(|weekday| weekday != day.weekday()) {
                self.note(DateNote::WeekdayMismatch);
            }
        }
        if let Some(length) = expression.stated_length
            && let (Some(start), Some(end)) = (self.out.start, self.out.end)
        {
            self.out.stated_end = length.end(start, self.calendar).map(|stated| stated.date);
            if let Some(stated) = self.out.stated_end.filter(|stated| *stated != end) {
                self.note(DateNote::StatedLengthDiffers(stated));
            }
        }
        if let Some(point) = expression.extension {
            self.out.extension = self.extension(point);
        }
    }

    fn meaning(&mut self, expression: &Expression) -> Result<(), Trouble> {
        match &expression.meaning {
            Meaning::Blank => {}
            Meaning::Ditto => self.ditto(),
            Meaning::Beside => self.unreadable(UnreadableDate::LeftUnfit, Vec::new()),
            Meaning::Status => self.unreadable(UnreadableDate::StatusWord, Vec::new()),
            Meaning::Immediate => self.out.reading = DateReading::Immediate,
            Meaning::Undated(undated) => self.out.reading = DateReading::Undated(*undated),
            Meaning::At(point) => self.at(*point, false, &expression.alternatives)?,
            Meaning::By { point, before } => {
                self.at(*point, true, &expression.alternatives)?;
                if *before && point.is_coarse() && point.edge == Edge::Whole {
                    let (first, last) = self.place(*point)?;
                    return Err(Trouble::ambiguous(first.pred_opt().into_iter().chain([last]).collect()));
                }
            }
            Meaning::From { point, .. } => {
                let (first, _) = self.place(*point)?;
                self.out.start = Some(first);
                self.out.reading = DateReading::Unreadable(UnreadableDate::NotADate);
                self.out.candidates = vec![first];
            }
            Meaning::Range(start, end) => self.range(*start, *end)?,
            Meaning::Lasting(point, length) => {
                let (start, _) = self.place(*point)?;
                let end = self.count(*length, start)?;
                self.note(DateNote::EndOfPeriod);
                self.days(Some(start), end, true);
            }
            Meaning::UntilEvent(point) => {
                let (start, _) = self.place(*point)?;
                self.out.start = Some(start);
                self.out.reading = DateReading::Undated(Undated::Event);
            }
            Meaning::Within(length, anchor) => self.within(*length, *anchor)?,
            Meaning::Around { before: true, .. } => return Err(Trouble::from(UnreadableDate::NeedsAnchor)),
            Meaning::Around { before: false, .. } => self.out.reading = DateReading::Undated(Undated::Event),
            Meaning::OneOf(points, length) => {
                let mut candidates = self.candidates(points);
                if let (Some(length), Some(found_on)) = (length, self.context.found_on) {
                    candidates.extend(length.end(found_on, self.calendar).map(|end| end.date));
                }
                return Err(Trouble::ambiguous(candidates));
            }
            Meaning::Serial(date) => {
                self.note(DateNote::Serial);
                self.days(Some(*date), *date, false);
            }
            Meaning::Contradiction => return Err(Trouble::ambiguous(self.context.found_on.into_iter().collect())),
            Meaning::Impossible => return Err(Trouble::from(UnreadableDate::Impossible)),
            Meaning::OutOfRange => return Err(Trouble::from(UnreadableDate::OutOfRange)),
            Meaning::NotADate(points) => {
                let candidates = self.candidates(points);
                self.unreadable(UnreadableDate::NotADate, candidates);
            }
        }
        Ok(())
    }

    fn note(&mut self, note: DateNote) {
        if !self.out.notes.contains(&note) {
            self.out.notes.push(note);
        }
    }

    fn unreadable(&mut self, why: UnreadableDate, candidates: Vec<NaiveDate>) {
        self.out.start = None;
        self.out.end = None;
        self.out.reading = DateReading::Unreadable(why);
        self.out.candidates = candidates;
        // Notes tell what was assumed in reading a day; nothing was read.
        self.out.notes.clear();
    }

    /// Takes the days over. `coarse`: more than one day is written, which a field that looks back cannot use.
    fn days(&mut self, start: Option<NaiveDate>, end: NaiveDate, coarse: bool) {
        if coarse && self.context.looks_back {
            self.unreadable(UnreadableDate::Ambiguous, start.into_iter().chain([end]).collect());
            return;
        }
        self.out.start = start;
        self.out.end = Some(end);
        self.out.reading = DateReading::On(end);
    }

    fn ditto(&mut self) {
        match self.context.above {
            None | Some(DateReading::Blank) => self.unreadable(UnreadableDate::DittoWithoutAbove, Vec::new()),
            Some(above) => {
                self.out.reading = above;
                if let DateReading::On(day) = above {
                    self.out.start = Some(day);
                    self.out.end = Some(day);
                }
                self.note(DateNote::Ditto);
            }
        }
    }

    fn at(&mut self, point: Point, bound: bool, alternatives: &[Point]) -> Result<(), Trouble> {
        if !alternatives.is_empty() && !self.is_near(point) && alternatives.iter().any(|other| self.is_near(*other)) {
            let points: Vec<Point> = alternatives.iter().copied().chain([point]).collect();
            return Err(Trouble::ambiguous(self.candidates(&points)));
        }
        let (first, last) = self.place(point)?;
        if point.is_coarse() && point.edge == Edge::Whole {
            self.note(DateNote::EndOfSpan);
        }
        let start = (!bound && point.edge == Edge::Whole).then_some(first);
        let coarse = point.is_coarse();
        if coarse && self.context.looks_back && point.edge == Edge::Whole {
            return Err(Trouble::ambiguous(vec![first, last]));
        }
        self.days(start, last, coarse);
        Ok(())
    }

    /// Whether the point's year lies near the years that the context speaks of.
    fn is_near(&self, point: Point) -> bool {
        let known = [
            self.context.period.map(|period| period.0),
            self.context.period.map(|period| period.1),
            self.context.document,
            self.context.found_on,
        ];
        let years: Vec<i32> = known.into_iter().flatten().map(|date| date.year()).collect();
        let (Some(first), Some(last), Some(year)) = (years.iter().min(), years.iter().max(), point.stated_year()) else { return true };
        (first.saturating_sub(FAR)..=last.saturating_add(FAR)).contains(&year)
    }

    /// The days of one point.
    fn place(&mut self, point: Point) -> Result<Span, Trouble> {
        if let Year::TwoDigit(year) = point.year {
            self.note(DateNote::TwoDigitYear(year));
        }
        if let Some(year) = point.stated_year() {
            return point.in_year(year).ok_or(Trouble::from(UnreadableDate::Impossible));
        }
        if point.is_relative() {
            return self.relative(point);
        }
        self.infer(&|year| point.in_year(year))
    }

    /// Infers the year of something that occurs once a year, and notes it.
    fn infer(&mut self, occurrence: &dyn Fn(i32) -> Option<Span>) -> Result<Span, Trouble> {
        match year::place(self.context, occurrence) {
            Placing::At { span, also } => {
                self.note(DateNote::YearInferred(span.1.year()));
                if let Some(also) = also {
                    self.note(DateNote::YearAlsoPossible(also));
                }
                Ok(span)
            }
            Placing::Ambiguous(candidates) => Err(Trouble::ambiguous(candidates)),
            Placing::Impossible => Err(Trouble::from(UnreadableDate::Impossible)),
            Placing::NoAnchor => Err(Trouble::from(UnreadableDate::NeedsAnchor)),
        }
    }

    /// 今年, 年底, 本月, 即日: counted from the document; the found date counts as well, because a row may be
    /// older than the sheet it stands in. If the two disagree, it is asked.
    fn relative(&mut self, point: Point) -> Result<Span, Trouble> {
        let from_document = self.context.document.map(|document| point.counted_from(document));
        if matches!(point.part, Part::DocumentDay) {
            return match from_document.flatten() {
                Some(span) => Ok(span),
                None => Err(Trouble::from(UnreadableDate::NeedsAnchor)),
            };
        }
        if let Part::DayAlone(day) = point.part {
            // The 25th of which month?
            let Some(anchor) = self.context.document else { return Err(Trouble::from(UnreadableDate::NeedsAnchor)) };
            let months = [0, 1].map(|offset| Point::new(Year::Unstated, Part::RelativeDay(offset, day)).counted_from(anchor));
            return Err(Trouble::ambiguous(months.into_iter().flatten().map(|(_, last)| last).collect()));
        }
        let found_on = self.context.found_on.filter(|_| !self.context.looks_back);
        let from_found = found_on.map(|found_on| point.counted_from(found_on));
        let span = match (from_document, from_found) {
            (Some(one), Some(other)) if one != other => {
                return Err(Trouble::ambiguous([one, other].into_iter().flatten().map(|(_, last)| last).collect()));
            }
            (Some(span), _) | (None, Some(span)) => span.ok_or(Trouble::from(UnreadableDate::Impossible))?,
            // 年底前 in a plan without a date of its own: the year's end that the period holds.
            (None, None) if point.year == Year::Relative(0) => return self.infer(&|year| point.in_year(year)),
            (None, None) => return Err(Trouble::from(UnreadableDate::NeedsAnchor)),
        };
        self.note(DateNote::YearInferred(span.1.year()));
        Ok(span)
    }

    fn range(&mut self, start: Point, end: Point) -> Result<(), Trouble> {
        let bare = |point: Point| point.year == Year::Unstated && !point.is_relative();
        let (first, last) = match (bare(start), bare(end)) {
            (true, true) => self.infer(&|year| {
                let (first, _) = start.in_year(year)?;
                let (_, last) = following(end, first)?;
                Some((first, last))
            })?,
            (false, true) => {
                let (first, _) = self.place(start)?;
                let (_, last) = following(end, first).ok_or(Trouble::from(UnreadableDate::Impossible))?;
                (first, last)
            }
            (true, false) => {
                let (_, last) = self.place(end)?;
                (preceding(start, last).ok_or(Trouble::from(UnreadableDate::Impossible))?.0, last)
            }
            (false, false) => {
                let (first, _) = self.place(start)?;
                // 即日起至25日: the day of the month that the range begins in.
                let last = match end.part {
                    Part::DayAlone(_) => end.counted_from(first).ok_or(Trouble::from(UnreadableDate::Impossible))?.1,
                    _ => self.place(end)?.1,
                };
                (first, last)
            }
        };
        if last < first {
            return Err(Trouble::ambiguous(vec![first, last]));
        }
        self.note(DateNote::EndOfRange);
        self.days(Some(first), last, true);
        Ok(())
    }

    fn within(&mut self, length: Period, anchor: Anchor) -> Result<(), Trouble> {
        let (Some(found_on), Anchor::Found) = (self.context.found_on, anchor) else {
            return Err(Trouble::from(UnreadableDate::NeedsAnchor));
        };
        let end = self.count(length, found_on)?;
        if self.context.looks_back {
            self.unreadable(UnreadableDate::NotADate, vec![end]);
            return Ok(());
        }
        self.note(match length.unit {
            PeriodUnit::WorkingDays => DateNote::WorkdaysFromFound(u16::try_from(length.count).unwrap_or(u16::MAX)),
            _ => DateNote::CountedFromFound(u16::try_from((end - found_on).num_days()).unwrap_or(u16::MAX)),
        });
        self.days(None, end, false);
        Ok(())
    }

    /// Counts a length from a day. Working days across a year without a calendar are not counted silently.
    fn count(&mut self, length: Period, start: NaiveDate) -> Result<NaiveDate, Trouble> {
        match length.end(start, self.calendar) {
            Some(end) if end.unknown_years.is_empty() => Ok(end.date),
            Some(end) => Err(Trouble { why: UnreadableDate::NeedsAnchor, candidates: vec![end.date] }),
            // 12小时: the same day or the next.
            None if length.unit == PeriodUnit::Hours => Err(Trouble::ambiguous(start.succ_opt().into_iter().chain([start]).collect())),
            None => Err(Trouble::from(UnreadableDate::OutOfRange)),
        }
    }

    /// The days that points propose: the last of each, and the first too where that matters.
    fn candidates(&mut self, points: &[Point]) -> Vec<NaiveDate> {
        let mut days = Vec::new();
        for point in points {
            match self.place(*point) {
                Ok((first, last)) if self.context.looks_back => days.extend([first, last]),
                Ok((_, last)) => days.push(last),
                Err(trouble) => days.extend(trouble.candidates),
            }
        }
        days
    }

    /// The day of an extension; without a year, the first from the original deadline on.
    fn extension(&mut self, point: Point) -> Option<NaiveDate> {
        let original = self.out.end.or(self.out.candidates.last().copied());
        match original {
            Some(original) if point.year == Year::Unstated && !point.is_relative() => following(point, original).map(|(_, last)| last),
            _ => self.place(point).ok().map(|(_, last)| last),
        }
    }
}

/// The first occurrence of a point without a year that does not end before a day.
fn following(point: Point, day: NaiveDate) -> Option<Span> {
    (day.year()..=day.year().checked_add(1)?).filter_map(|year| point.in_year(year)).find(|(_, last)| *last >= day)
}

/// The last occurrence of a point without a year that does not begin after a day.
fn preceding(point: Point, day: NaiveDate) -> Option<Span> {
    (day.year().checked_sub(1)?..=day.year()).rev().filter_map(|year| point.in_year(year)).find(|(first, _)| *first <= day)
}
