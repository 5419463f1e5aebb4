//! The days that one statistical paper covers.
//!
//! What the campaign schedules decides: a paper due on the 29th covers the days since the last 29th, so that no day is in two
//! papers and none in no paper. Where nothing is scheduled it is the week from Monday, the month or the quarter.

use chrono::Datelike;
use chrono::Days;
use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::dates::Recurrence;

/// What kind of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportKind {
    /// 周统计
    Weekly,
    /// 月通报
    Monthly,
    /// 季度统计
    Quarterly,
    /// 工作总结: the campaign from its first day.
    Summary,
}

impl ReportKind {
    /// Every kind, the shortest period first.
    pub const ALL: [ReportKind; 4] = [ReportKind::Weekly, ReportKind::Monthly, ReportKind::Quarterly, ReportKind::Summary];

    /// The word in `reports:` of the campaign, on the command line and in JSON.
    pub fn key(self) -> &'static str {
        match self {
            ReportKind::Weekly => "weekly",
            ReportKind::Monthly => "monthly",
            ReportKind::Quarterly => "quarterly",
            ReportKind::Summary => "summary",
        }
    }

    /// The name of the paper.
    pub fn label(self) -> &'static str {
        match self {
            ReportKind::Weekly => "周统计",
            ReportKind::Monthly => "月通报",
            ReportKind::Quarterly => "季度通报",
            ReportKind::Summary => "工作总结",
        }
    }

    /// What the period is called inside a sentence: 本周, 本月 …
    pub fn this_period(self) -> &'static str {
        match self {
            ReportKind::Weekly => "本周",
            ReportKind::Monthly => "本月",
            ReportKind::Quarterly => "本季度",
            ReportKind::Summary => "专项行动以来",
        }
    }

    /// What the period before is called.
    pub fn last_period(self) -> &'static str {
        match self {
            ReportKind::Weekly => "上周",
            ReportKind::Monthly => "上月",
            ReportKind::Quarterly => "上季度",
            ReportKind::Summary => "专项行动开始前",
        }
    }

    /// The kind with this key.
    pub fn from_key(key: &str) -> Option<ReportKind> {
        ReportKind::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

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
    let is_due = |kind: &ReportKind| {
        let schedules = campaign.reports.iter().filter(|schedule| schedule.kind == kind.key());
        let mut recurrences = schedules.filter_map(|schedule| Recurrence::parse(&schedule.every).ok());
        recurrences.any(|recurrence| recurrence.occurrences(campaign.start, campaign.end).contains(&day))
    };
    ReportKind::ALL.into_iter().filter(is_due).collect()
}

/// The day after the last scheduled paper before `as_of`; the campaign's first day where this is the first paper.
fn after_last_paper(campaign: &Campaign, kind: ReportKind, as_of: NaiveDate) -> Option<NaiveDate> {
    let mut days: Vec<NaiveDate> = campaign
        .reports
        .iter()
        .filter(|schedule| schedule.kind == kind.key())
        .filter_map(|schedule| Recurrence::parse(&schedule.every).ok())
        // A recurrence that names no day (每周) would only make one up.
        .filter(Recurrence::is_anchored)
        .flat_map(|recurrence| recurrence.occurrences(campaign.start, as_of))
        .filter(|day| *day < as_of)
        .collect();
    days.sort_unstable();
    let is_scheduled = campaign
        .reports
        .iter()
        .any(|schedule| schedule.kind == kind.key() && Recurrence::parse(&schedule.every).is_ok_and(|recurrence| recurrence.is_anchored()));
    match days.last() {
        Some(last) => last.succ_opt(),
        None => is_scheduled.then_some(campaign.start.min(as_of)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::model::ReportSchedule;
    use crate::results::three_lists::sample;

    fn check(schedules: &[(&str, &str)], kind: ReportKind, as_of: (u32, u32), start: (u32, u32), scheduled: bool) {
        let mut campaign = sample::campaign(0);
        campaign.reports = schedules
            .iter()
            .map(|(kind, every)| ReportSchedule { kind: (*kind).to_owned(), every: (*every).to_owned(), template: None, line: 1 })
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
        check(&[("weekly", "每周")], ReportKind::Weekly, (8, 16), (8, 14), false);
    }

    #[test]
    fn a_schedule_leaves_no_day_out_and_none_in_two() {
        let monthly = [("monthly", "FREQ=MONTHLY;BYMONTHDAY=29")];
        check(&monthly, ReportKind::Monthly, (8, 29), (7, 30), true);
        check(&monthly, ReportKind::Monthly, (7, 29), (6, 30), true);
        check(&monthly, ReportKind::Monthly, (8, 10), (7, 30), true);
        check(&[("weekly", "FREQ=WEEKLY;BYDAY=MO")], ReportKind::Weekly, (8, 14), (8, 8), true);
    }

    #[test]
    fn the_first_paper_and_the_summary_begin_with_the_campaign() {
        let start = sample::campaign(0).start;
        let first = (chrono::Datelike::month(&start), chrono::Datelike::day(&start));
        check(&[("monthly", "FREQ=MONTHLY;BYMONTHDAY=29")], ReportKind::Monthly, (first.0, first.1), first, true);
        check(&[], ReportKind::Summary, (12, 1), first, false);
    }
}
