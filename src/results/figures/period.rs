//! The days that one statistical paper covers.
//!
//! What the campaign schedules decides: a paper due on the 29th covers the days since the last 29th, so that no day is in two
//! papers and none in no paper. Where nothing is scheduled it is the week from Monday, the month or the quarter.

use chrono::Datelike;
use chrono::Days;
use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Recurring;
use crate::campaign::ReportKind;
use crate::campaign::model::ReportSchedule;
use crate::dates::Recurrence;
use crate::dates::WorkCalendar;

/// The days that a paper covers, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportPeriod {
    pub kind: ReportKind,
    pub start: NaiveDate,
    /// The as-of day.
    pub end: NaiveDate,
    /// Whether `reports:` of the campaign decided where it begins.
    pub scheduled: bool,
}

impl ReportPeriod {
    /// The day before the first one: what stood then is carried over.
    pub fn day_before(&self) -> NaiveDate {
        self.start.pred_opt().unwrap_or(self.start)
    }
}

/// The period of a paper of this kind as of a day.
pub fn report_period(campaign: &Campaign, kind: ReportKind, as_of: NaiveDate) -> ReportPeriod {
    let scheduled = if kind == ReportKind::Summary { None } else { after_last_paper(campaign, kind, as_of) };
    let start = scheduled.unwrap_or_else(|| match kind {
        ReportKind::Weekly => as_of.checked_sub_days(Days::new(u64::from(as_of.weekday().num_days_from_monday()))).unwrap_or(as_of),
        ReportKind::Monthly => as_of.with_day(1).unwrap_or(as_of),
        ReportKind::Quarterly => NaiveDate::from_ymd_opt(as_of.year(), as_of.month0() / 3 * 3 + 1, 1).unwrap_or(as_of),
        ReportKind::Summary => campaign.start.min(as_of),
    });
    ReportPeriod { kind, start, end: as_of, scheduled: scheduled.is_some() }
}

/// The kinds of papers that the campaign schedules for a day, the shortest period first.
pub fn due_reports(campaign: &Campaign, day: NaiveDate) -> Vec<ReportKind> {
    let is_due = |kind: &ReportKind| schedules(campaign, *kind).any(|schedule| paper_days(campaign, schedule, campaign.end).contains(&day));
    ReportKind::ALL.into_iter().filter(is_due).collect()
}

fn schedules(campaign: &Campaign, kind: ReportKind) -> impl Iterator<Item = &ReportSchedule> {
    campaign.reports.iter().filter(move |schedule| schedule.kind == kind)
}

/// The days of a scheduled paper from the campaign's first day on. A month without its day gets it on the last one: no paper is
/// left out, and no period falls into two.
pub fn paper_days(campaign: &Campaign, schedule: &ReportSchedule, last: NaiveDate) -> Vec<NaiveDate> {
    let Some(rule) = &schedule.every.rule else { return Vec::new() };
    let mut days = rule.settled(campaign.start, last, WorkCalendar::shipped()).into_iter().map(|settled| settled.day).collect::<Vec<_>>();
    days.extend(rule.ends_of_short_months(campaign.start, last));
    days.sort_unstable();
    days
}

/// The day after the last scheduled paper before `as_of`; the campaign's first day where this is the first paper.
fn after_last_paper(campaign: &Campaign, kind: ReportKind, as_of: NaiveDate) -> Option<NaiveDate> {
    // A recurrence that names no day (每周) would only make one up.
    let is_anchored = |every: &Recurring| every.rule.as_ref().is_some_and(Recurrence::is_anchored);
    let anchored: Vec<&ReportSchedule> = schedules(campaign, kind).filter(|schedule| is_anchored(&schedule.every)).collect();
    let days = anchored.iter().flat_map(|schedule| paper_days(campaign, schedule, as_of));
    match days.filter(|day| *day < as_of).max() {
        Some(last) => last.succ_opt(),
        None => (!anchored.is_empty()).then_some(campaign.start.min(as_of)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::three_lists::sample;

    fn check(schedules: &[(ReportKind, &str)], kind: ReportKind, as_of: (u32, u32), start: (u32, u32), scheduled: bool) {
        let mut campaign = sample::campaign(0);
        campaign.reports = schedules
            .iter()
            .map(|(kind, every)| ReportSchedule {
                kind: *kind,
                every: Recurring::read(every).expect("a recurrence"),
                template: None,
                line: 1,
            })
            .collect();
        let found = report_period(&campaign, kind, sample::day(as_of.0, as_of.1));
        let expected = ReportPeriod { kind, start: sample::day(start.0, start.1), end: sample::day(as_of.0, as_of.1), scheduled };
        assert_eq!(found, expected, "{schedules:?} {kind:?} {as_of:?}");
    }

    #[test]
    fn without_a_schedule_the_calendar_decides() {
        // 2023-08-16 is a Wednesday.
        check(&[], ReportKind::Weekly, (8, 16), (8, 14), false);
        check(&[], ReportKind::Monthly, (8, 16), (8, 1), false);
        check(&[], ReportKind::Quarterly, (8, 16), (7, 1), false);
        check(&[(ReportKind::Weekly, "每周")], ReportKind::Weekly, (8, 16), (8, 14), false);
    }

    #[test]
    fn a_schedule_leaves_no_day_out_and_none_in_two() {
        let monthly = [(ReportKind::Monthly, "FREQ=MONTHLY;BYMONTHDAY=29")];
        check(&monthly, ReportKind::Monthly, (8, 29), (7, 30), true);
        check(&monthly, ReportKind::Monthly, (7, 29), (6, 30), true);
        check(&monthly, ReportKind::Monthly, (8, 10), (7, 30), true);
        check(&[(ReportKind::Weekly, "FREQ=WEEKLY;BYDAY=MO")], ReportKind::Weekly, (8, 14), (8, 8), true);
    }

    #[test]
    fn the_first_paper_and_the_summary_begin_with_the_campaign() {
        let start = sample::campaign(0).start;
        let first = (chrono::Datelike::month(&start), chrono::Datelike::day(&start));
        check(&[(ReportKind::Monthly, "FREQ=MONTHLY;BYMONTHDAY=29")], ReportKind::Monthly, (first.0, first.1), first, true);
        check(&[], ReportKind::Summary, (12, 1), first, false);
    }
}
