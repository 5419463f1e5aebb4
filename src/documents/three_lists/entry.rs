//! What one hazard says in the columns of the lists: dates as they stood, deadlines with their origin, the mark that
//! catches the eye, phone numbers hidden.

use chrono::NaiveDate;

use crate::documents::ledger::iso_date;
use crate::documents::ledger::number_cell;
use crate::documents::personal::Cover;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Mark;
use crate::ledger::Hazard;
use crate::results::DeadlineSource;
use crate::results::OverdueItem;
use crate::results::OverdueState;
use crate::vocabulary::Field;
use crate::vocabulary::Status;

/// Characters of a description that 任务清单 and 责任清单 repeat.
const SUMMARY: usize = 40;

/// A hazard as the lists see it.
#[derive(Clone, Copy)]
pub struct HazardEntry<'a> {
    pub hazard: &'a Hazard,
    pub item: &'a OverdueItem,
    pub status: Status,
    pub as_of: NaiveDate,
    pub cover: Cover,
}

impl<'a> HazardEntry<'a> {
    /// The text of a field as it may be shown.
    pub fn text(&self, field: Field) -> Cell<'a> {
        self.hazard.text(field).map_or(Cell::Empty, |text| self.cover.cell(text, field == Field::Phone))
    }

    /// The description, shortened for lists that only recall it.
    pub fn summary(&self) -> Cell<'a> {
        // Numbers are hidden before the text is shortened: half a number would not be found again.
        let whole = self.text(Field::Description);
        let shown = whole.shown();
        if shown.chars().count() <= SUMMARY && !shown.contains('\n') {
            return self.text(Field::Description);
        }
        let flat = shown.replace('\n', " ");
        let mut short: String = flat.chars().take(SUMMARY).collect();
        if short.len() < flat.len() {
            short.push('…');
        }
        Cell::owned(short)
    }

    /// A day of the past: empty when it lies after the as-of date, the text when it is no day.
    pub fn event(&self, field: Field) -> Cell<'a> {
        match self.hazard.text(field).map(|text| (text, iso_date(text))) {
            Some((_, Some(day))) if day > self.as_of => Cell::Empty,
            Some((_, Some(day))) => Cell::Date(day),
            Some((_, None)) => self.text(field),
            None => Cell::Empty,
        }
    }

    /// 整改资金 as a number where it is one.
    pub fn funds(&self) -> Cell<'a> {
        self.hazard.text(Field::Funds).map_or(Cell::Empty, number_cell)
    }

    /// The status that the hazard had on the as-of date.
    pub fn status(&self) -> Cell<'a> {
        Cell::text(Some(self.status.label()))
    }

    /// The deadline that counts, with where it came from unless it was simply stated.
    pub fn deadline(&self) -> Cell<'a> {
        let written = self.hazard.text(Field::Deadline);
        match (self.item.deadline, self.item.deadline_source) {
            (Some(day), DeadlineSource::Stated) => Cell::Date(day),
            (Some(day), DeadlineSource::Immediate) => Cell::owned(format!("{day}\n立行立改")),
            (Some(day), DeadlineSource::Extension) => {
                let original = written.map_or(String::new(), |text| format!("\n原{text}"));
                Cell::owned(format!("{day}\n批准延期{original}"))
            }
            (Some(day), DeadlineSource::Level) => Cell::owned(format!("{day}\n按等级推算")),
            (Some(day), DeadlineSource::None) => Cell::Date(day),
            (None, _) => written.map_or(Cell::text(Some("未填")), |_| self.text(Field::Deadline)),
        }
    }

    /// 逾期情况 in words, so that it shows on black-and-white paper.
    pub fn situation(&self) -> Cell<'a> {
        let days = self.item.days.unwrap_or(0);
        let text = match self.item.state {
            OverdueState::Overdue => format!("▲逾期{days}天"),
            OverdueState::DueSoon if days == 0 => "△今日到期".to_owned(),
            OverdueState::DueSoon => format!("△剩余{}天", -days),
            OverdueState::InTime if days < 0 => format!("剩余{}天", -days),
            OverdueState::InTime => OverdueState::InTime.label().to_owned(),
            OverdueState::Undated
            | OverdueState::DeadlineUnreadable
            | OverdueState::StatusUnclear
            | OverdueState::AwaitingVerification
            | OverdueState::Closed => self.item.state.label().to_owned(),
        };
        if self.item.late { Cell::owned(format!("{text}\n（超期{days}天完成）")) } else { Cell::owned(text) }
    }

    /// The mark of the row.
    pub fn mark(&self) -> Mark {
        match self.item.state {
            OverdueState::Overdue => Mark::Overdue,
            OverdueState::DueSoon => Mark::DueSoon,
            _ => Mark::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::DateReading;
    use crate::ledger::Ledger;
    use crate::results::three_lists::sample;

    fn check(hazard: Hazard, read: fn(&HazardEntry<'_>) -> String, expected: &str) {
        let as_of = sample::day(8, 12);
        let status = crate::results::three_lists::status_on(&hazard, as_of);
        let ledger = Ledger { hazards: vec![hazard], extra_columns: Vec::new() };
        let overdue = sample::overdue(&ledger, as_of);
        let entry = HazardEntry { hazard: &ledger.hazards[0], item: &overdue.items[0], status, as_of, cover: Cover::PUBLIC };
        assert_eq!(read(&entry), expected);
    }

    #[test]
    fn situations_say_what_the_mark_says() {
        let read = |entry: &HazardEntry<'_>| format!("{} {:?}", entry.situation().shown(), entry.mark());
        let due = |month, day| Hazard { deadline: DateReading::On(sample::day(month, day)), ..sample::hazard(1, 0) };
        check(due(7, 31), read, "▲逾期12天 Overdue");
        check(due(8, 12), read, "△今日到期 DueSoon");
        check(due(8, 15), read, "△剩余3天 DueSoon");
        check(due(12, 31), read, "剩余141天 None");
        check(Hazard { deadline: DateReading::Blank, ..sample::hazard(1, 0) }, read, "无期限 None");
        let late = Hazard { status: Status::ClosedOut, rectified_on: Some(sample::day(8, 2)), ..due(7, 31) };
        check(late, read, "已销号\n（超期2天完成） None");
    }

    #[test]
    fn deadlines_say_where_they_came_from() {
        let read = |entry: &HazardEntry<'_>| entry.deadline().shown().into_owned();
        check(sample::hazard(1, 0), read, "2023-07-31");
        let extended = Hazard { extended_to: Some(sample::day(9, 30)), ..sample::hazard(1, 0) };
        check(extended, read, "2023-09-30\n批准延期\n原2023-07-31");
        let undated = |values: &[(Field, &str)]| Hazard { deadline: DateReading::Blank, ..sample::with_values(1, 0, values) };
        check(undated(&[]), read, "未填");
        check(undated(&[(Field::Deadline, "长期坚持")]), read, "长期坚持");
    }

    #[test]
    fn later_days_are_not_told_and_phones_are_hidden() {
        let values = [(Field::RectifiedOn, "2023-08-13"), (Field::VerifiedOn, "2023-08-12"), (Field::ClosedOutOn, "月底")];
        let read = |entry: &HazardEntry<'_>| {
            [Field::RectifiedOn, Field::VerifiedOn, Field::ClosedOutOn].map(|field| entry.event(field).shown().into_owned()).join("|")
        };
        check(sample::with_values(1, 0, &values), read, "|2023-08-12|月底");
        let read = |entry: &HazardEntry<'_>| {
            [Field::Responsible, Field::Phone, Field::Remark].map(|field| entry.text(field).shown().into_owned()).join("|")
        };
        check(sample::hazard(1, 0), read, "张三 138****1001|138****1001|联系李四138****1002");
    }

    #[test]
    fn summaries_are_short_and_on_one_line() {
        let read = |entry: &HazardEntry<'_>| entry.summary().shown().into_owned();
        check(sample::with_values(1, 0, &[(Field::Description, "甲\n乙")]), read, "甲 乙");
        let long = "隐".repeat(41);
        let expected = format!("{}…", "隐".repeat(40));
        check(sample::with_values(1, 0, &[(Field::Description, &long)]), read, &expected);
        // Half a number would not be found again.
        for (number, hidden) in [("13800001001", "138****1"), ("999999199001010000", "9999****")] {
            let cut = format!("{}{number}", "隐".repeat(32));
            check(sample::with_values(1, 0, &[(Field::Description, &cut)]), read, &format!("{}{hidden}…", "隐".repeat(32)));
        }
    }
}
