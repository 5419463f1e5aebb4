//! What one hazard and one task say in the columns of the lists: dates as they stood, deadlines with their
//! origin, the mark that catches the eye, phone numbers hidden.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::campaign::model::Task;
use crate::documents::ledger::iso_date;
use crate::documents::ledger::number_cell;
use crate::documents::phones;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Mark;
use crate::ledger::Hazard;
use crate::results::DeadlineSource;
use crate::results::ListedTask;
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
    pub mask_phones: bool,
}

impl<'a> HazardEntry<'a> {
    /// The text of a field, phone numbers in it hidden if they are to be.
    pub fn text(&self, field: Field) -> Cell<'a> {
        match self.hazard.text(field) {
            None => Cell::Empty,
            Some(text) if !self.mask_phones => Cell::text(Some(text)),
            Some(text) if field == Field::Phone => Cell::Text(phones::masked_phone(text)),
            Some(text) => Cell::Text(phones::masked(text)),
        }
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
            OverdueState::Undated | OverdueState::AwaitingVerification | OverdueState::Closed => self.item.state.label().to_owned(),
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

/// A task of the plan as the lists see it.
#[derive(Clone, Copy)]
pub struct TaskEntry<'a> {
    pub task: &'a Task,
    pub listed: &'a ListedTask,
    /// Whom every task binds besides.
    pub universal: &'a [String],
}

impl<'a> TaskEntry<'a> {
    /// The leading office.
    pub fn lead(&self) -> Cell<'a> {
        Cell::text(self.task.lead.as_deref())
    }

    /// The supporting offices, and those that every task binds.
    pub fn supporters(&self) -> Vec<&'a str> {
        let others = self.universal.iter().filter(|party| !self.task.supporting.contains(party));
        self.task.supporting.iter().chain(others).map(String::as_str).collect()
    }

    /// The supporting offices as one text.
    pub fn supporting(&self) -> Cell<'a> {
        Cell::owned(self.supporters().join("、"))
    }

    /// What is to be done, one measure a line when there are several; dated steps come last, each with its day.
    pub fn measures(&self) -> Cell<'a> {
        let dated = self.task.milestones.iter().map(|step| match &step.text {
            Some(words) => format!("{}（{words}）", step.name),
            None => step.name.clone(),
        });
        let all: Vec<String> = self.task.measures.iter().cloned().chain(dated).collect();
        match all.as_slice() {
            [only] => Cell::owned(only.clone()),
            several => {
                let numbered = several.iter().enumerate().map(|(index, measure)| format!("{}. {measure}", index + 1));
                Cell::owned(numbered.collect::<Vec<_>>().join("\n"))
            }
        }
    }

    /// The due day, or the plan's own words when they name none: a due text, or how often.
    pub fn due(&self) -> Cell<'a> {
        let words = self.task.due_text.as_deref().or(self.task.every.as_deref());
        self.task.due.map_or(Cell::text(words), Cell::Date)
    }

    /// What the due day says on the as-of date. Nobody reports whether a task is done, so a past one is asked for.
    pub fn situation(&self) -> Cell<'a> {
        match self.listed.days {
            None => Cell::Text(Cow::Borrowed("无期限")),
            Some(days) if days > 0 => Cell::owned(format!("期限已过{days}天，请核实")),
            Some(0) => Cell::Text(Cow::Borrowed("今日到期")),
            Some(days) => Cell::owned(format!("剩余{}天", -days)),
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
        let entry = HazardEntry { hazard: &ledger.hazards[0], item: &overdue.items[0], status, as_of, mask_phones: true };
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
    }

    #[test]
    fn tasks_show_their_steps_their_frequency_and_whom_all_bind() {
        let mut task = sample::campaign(1).tasks.remove(0);
        let step = |name: &str, text: Option<&str>| crate::campaign::model::Milestone {
            name: name.to_owned(),
            start: None,
            due: None,
            text: text.map(str::to_owned),
        };
        task.measures = vec!["全面检查".to_owned()];
        task.milestones = vec![step("建成", Some("6月底前")), step("启用", None)];
        (task.due, task.due_text, task.every) = (None, None, Some("每季度".to_owned()));
        let listed = ListedTask { id: "demo-T01".to_owned(), task: 0, days: None };
        let universal = ["消防办".to_owned(), "各社区".to_owned()];
        let entry = TaskEntry { task: &task, listed: &listed, universal: &universal };
        assert_eq!(entry.supporters(), ["消防办", "康宁,口腔诊所", "各社区"]);
        assert_eq!(entry.measures(), Cell::owned("1. 全面检查\n2. 建成（6月底前）\n3. 启用".to_owned()));
        assert_eq!(entry.due(), Cell::text(Some("每季度")));
    }
}
