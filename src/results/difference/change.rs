//! One hazard in two states: which fields differ, and whether the change is a step forward or backwards.
//!
//! Looks at nothing but the two states and the levels of the campaign; that a hazard came or went is for
//! `difference`. What only says where a hazard was last read (来源, 最近报送) is no change of the hazard.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::ledger::Hazard;
use crate::ledger::is_same_hazard;
use crate::ledger::same_text;
use crate::ledger::settled_fields;
use crate::results::assess::stated_deadline_of;
use crate::vocabulary::Field;
use crate::vocabulary::Level;
use crate::vocabulary::Status;

/// The column that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangedColumn<'a> {
    Known(Field),
    /// A column nobody knows, by its title.
    Extra(&'a str),
}

impl<'a> ChangedColumn<'a> {
    /// JSON key; of an unknown column its title.
    pub fn key(self) -> &'a str {
        match self {
            ChangedColumn::Known(field) => field.key(),
            ChangedColumn::Extra(title) => title,
        }
    }

    /// The ledger's column title.
    pub fn title(self) -> &'a str {
        match self {
            ChangedColumn::Known(field) => field.title(),
            ChangedColumn::Extra(title) => title,
        }
    }
}

/// One field with its old and its new text; the empty text is a blank cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange<'a> {
    pub column: ChangedColumn<'a>,
    pub old: Cow<'a, str>,
    pub new: Cow<'a, str>,
    pub kind: ChangeKind,
}

/// Which way a change goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    Backwards(Backwards),
    Progress(Progress),
    Plain,
}

impl ChangeKind {
    /// JSON key.
    pub fn key(self) -> &'static str {
        match self {
            ChangeKind::Backwards(_) => "backwards",
            ChangeKind::Progress(_) => "progress",
            ChangeKind::Plain => "change",
        }
    }

    /// Why it is a step backwards, if it is one.
    pub fn backwards(self) -> Option<Backwards> {
        if let ChangeKind::Backwards(reason) = self { Some(reason) } else { None }
    }
}

/// What went backwards. None of these need be wrong, all of them need an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Backwards {
    /// 已整改 → 整改中, 整改中 → 待整改
    StatusBack,
    /// 已销号 or 撤销 was taken back, or the day of closing was.
    ClosingUndone,
    /// A later 整改期限 while 延期至 is blank.
    DeadlineLater,
    /// A 整改期限 that named a day names none now, while 延期至 is blank.
    DeadlineDropped,
    /// 重大 → 一般 or blank
    LevelLowered,
    RectifiedOnMoved,
    RectifiedOnRemoved,
    DescriptionEmptied,
    /// Other words together with another place or day: the number names something else now.
    Replaced,
}

impl Backwards {
    /// JSON key.
    pub fn key(self) -> &'static str {
        match self {
            Backwards::StatusBack => "status_back",
            Backwards::ClosingUndone => "closing_undone",
            Backwards::DeadlineLater => "deadline_later",
            Backwards::DeadlineDropped => "deadline_dropped",
            Backwards::LevelLowered => "level_lowered",
            Backwards::RectifiedOnMoved => "rectified_on_moved",
            Backwards::RectifiedOnRemoved => "rectified_on_removed",
            Backwards::DescriptionEmptied => "description_emptied",
            Backwards::Replaced => "replaced",
        }
    }

    /// The words the clerk reads.
    pub fn label(self) -> &'static str {
        match self {
            Backwards::StatusBack => "状态退回",
            Backwards::ClosingUndone => "销号或撤销被取消",
            Backwards::DeadlineLater => "期限改晚，没有批准的延期",
            Backwards::DeadlineDropped => "期限去掉了，没有批准的延期",
            Backwards::LevelLowered => "等级降低",
            Backwards::RectifiedOnMoved => "整改完成日期被改动",
            Backwards::RectifiedOnRemoved => "整改完成日期去掉了",
            Backwards::DescriptionEmptied => "隐患描述清空了",
            Backwards::Replaced => "编号换成了另一条隐患",
        }
    }
}

/// What went forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    Rectified,
    ClosedOut,
    Withdrawn,
    /// 延期至 was given, or given anew for a later day.
    Extended,
}

impl Progress {
    /// JSON key.
    pub fn key(self) -> &'static str {
        match self {
            Progress::Rectified => "rectified",
            Progress::ClosedOut => "closed_out",
            Progress::Withdrawn => "withdrawn",
            Progress::Extended => "extended",
        }
    }

    /// The word the clerk reads.
    pub fn label(self) -> &'static str {
        match self {
            Progress::Rectified => "整改",
            Progress::ClosedOut => "销号",
            Progress::Withdrawn => "撤销",
            Progress::Extended => "批准延期",
        }
    }
}

/// Every field in which two states of a hazard differ, in the order of the ledger, then the columns nobody knows.
/// Texts that differ only in width and white space say the same, as they do for a merge.
pub fn field_changes<'a>(old: &'a Hazard, new: &'a Hazard, campaign: &Campaign) -> Vec<FieldChange<'a>> {
    let mut changes = Vec::new();
    for field in std::iter::once(Field::Unit).chain(settled_fields()) {
        let (before, after) = (shown(old, field), shown(new, field));
        if !same_text(before, after) {
            let kind = kind_of(field, old, new, campaign);
            changes.push(FieldChange { column: ChangedColumn::Known(field), old: before.into(), new: after.into(), kind });
        }
    }
    let extra = |hazard: &'a Hazard, title: &str| -> &'a str {
        hazard.extras.iter().find(|(known, _)| **known == *title).map_or("", |(_, text)| text.as_ref())
    };
    let mut titles: Vec<&'a str> = old.extras.iter().chain(&new.extras).map(|(title, _)| title.as_ref()).collect();
    titles.sort_unstable();
    titles.dedup();
    for title in titles {
        let (before, after) = (extra(old, title), extra(new, title));
        if !same_text(before, after) {
            let column = ChangedColumn::Extra(title);
            changes.push(FieldChange { column, old: before.into(), new: after.into(), kind: ChangeKind::Plain });
        }
    }
    changes
}

/// Where a hazard was last read and when it was last reported, where that differs.
pub fn derived_changes<'a>(old: &Hazard, new: &Hazard) -> Vec<FieldChange<'a>> {
    let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    let pairs = [
        (Field::Origin, old.origin.to_string(), new.origin.to_string()),
        (Field::SubmittedOn, day(old.submitted_on), day(new.submitted_on)),
    ];
    let differing = pairs.into_iter().filter(|(_, old, new)| old != new);
    let change = |(field, old, new): (Field, String, String)| FieldChange {
        column: ChangedColumn::Known(field),
        old: Cow::Owned(old),
        new: Cow::Owned(new),
        kind: ChangeKind::Plain,
    };
    differing.map(change).collect()
}

/// The field's text; a status that is not written is 待整改.
fn shown(hazard: &Hazard, field: Field) -> &str {
    match (hazard.text(field), field) {
        (None, Field::Status) => hazard.status.label(),
        (text, _) => text.unwrap_or_default(),
    }
}

fn kind_of(field: Field, old: &Hazard, new: &Hazard, campaign: &Campaign) -> ChangeKind {
    let backwards = match field {
        Field::Status => status_backwards(old.status, new.status),
        Field::Deadline => deadline_backwards(old, new, campaign),
        Field::Level => {
            (old.level.value() == Some(Level::Major) && new.level.value() != Some(Level::Major)).then_some(Backwards::LevelLowered)
        }
        Field::RectifiedOn if old.rectified_on.is_some() && new.text(field).is_none() => Some(Backwards::RectifiedOnRemoved),
        Field::RectifiedOn => old.rectified_on.is_some().then_some(Backwards::RectifiedOnMoved),
        // Together with the status it would say the same twice.
        Field::ClosedOutOn => {
            (old.closed_out_on.is_some() && new.text(field).is_none() && old.status == new.status).then_some(Backwards::ClosingUndone)
        }
        Field::Description if new.text(field).is_none() => Some(Backwards::DescriptionEmptied),
        Field::Description => (!is_same_hazard(old, new)).then_some(Backwards::Replaced),
        _ => None,
    };
    let progress = match field {
        Field::Status => status_progress(old.status, new.status),
        Field::ExtendedTo => new.extended_to.filter(|new| old.extended_to.is_none_or(|old| old < *new)).map(|_| Progress::Extended),
        _ => None,
    };
    backwards.map(ChangeKind::Backwards).or_else(|| progress.map(ChangeKind::Progress)).unwrap_or(ChangeKind::Plain)
}

fn status_backwards(old: Status, new: Status) -> Option<Backwards> {
    let is_settled = |status: Status| matches!(status, Status::ClosedOut | Status::Withdrawn);
    match (old, new) {
        _ if is_settled(old) => (!is_settled(new)).then_some(Backwards::ClosingUndone),
        (Status::Rectified, Status::Open | Status::InRectification)
        | (Status::InRectification, Status::Open)
        | (Status::Rectified, Status::Unclear) => Some(Backwards::StatusBack),
        _ => None,
    }
}

fn status_progress(old: Status, new: Status) -> Option<Progress> {
    match new {
        _ if old == new => None,
        Status::Rectified => Some(Progress::Rectified),
        Status::ClosedOut => Some(Progress::ClosedOut),
        Status::Withdrawn => Some(Progress::Withdrawn),
        Status::Open | Status::InRectification | Status::Unclear => None,
    }
}

/// The stated deadline against the stated deadline; 延期至 is what makes a later one right.
fn deadline_backwards(old: &Hazard, new: &Hazard, campaign: &Campaign) -> Option<Backwards> {
    if new.extended_to.is_some() {
        return None;
    }
    let (before, after) = (stated_deadline_of(old, campaign).0?, stated_deadline_of(new, campaign).0);
    match after {
        None => Some(Backwards::DeadlineDropped),
        Some(after) => (after > before).then_some(Backwards::DeadlineLater),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::DateReading;
    use crate::records::Reading;
    use crate::results::three_lists::sample;

    /// `edit` makes the new state of a hazard that `start` has prepared; told are the changes, one in a line.
    fn check(start: fn(&mut Hazard), edit: fn(&mut Hazard), expected: &[&str]) {
        let mut old = sample::hazard(1, 0);
        start(&mut old);
        let mut new = old.clone();
        edit(&mut new);
        let told = |change: &FieldChange<'_>| {
            let way = match change.kind {
                ChangeKind::Backwards(reason) => reason.key(),
                ChangeKind::Progress(progress) => progress.key(),
                ChangeKind::Plain => "-",
            };
            format!("{}: {} > {} {way}", change.column.key(), change.old, change.new)
        };
        let changes = field_changes(&old, &new, &sample::campaign(0));
        assert_eq!(changes.iter().map(told).collect::<Vec<_>>(), expected);
    }

    fn put(hazard: &mut Hazard, field: Field, text: &str) {
        let others: Vec<(Field, u16, String)> = hazard
            .values
            .iter()
            .filter(|(other, ..)| *other != field)
            .map(|(field, column, text)| (field, column, text.to_owned()))
            .collect();
        let cells = others.iter().map(|(field, column, text)| (*field, *column, text.as_str())).chain([(field, 0, text)]);
        hazard.values = crate::records::Values::pack(cells);
    }

    fn status(hazard: &mut Hazard, status: Status) {
        hazard.status = status;
        put(hazard, Field::Status, status.label());
    }

    fn deadline(hazard: &mut Hazard, month: u32, day: u32) {
        let day = sample::day(month, day);
        hazard.deadline = DateReading::On(day);
        put(hazard, Field::Deadline, &day.to_string());
    }

    fn rectified_on(hazard: &mut Hazard, day: Option<NaiveDate>) {
        hazard.rectified_on = day;
        put(hazard, Field::RectifiedOn, &day.map_or_else(String::new, |day| day.to_string()));
    }

    #[test]
    fn a_status_goes_forward_or_back() {
        check(|_| {}, |new| status(new, Status::InRectification), &["status: 待整改 > 整改中 -"]);
        check(|_| {}, |new| status(new, Status::Rectified), &["status: 待整改 > 已整改 rectified"]);
        check(|_| {}, |new| status(new, Status::ClosedOut), &["status: 待整改 > 已销号 closed_out"]);
        check(|_| {}, |new| status(new, Status::Withdrawn), &["status: 待整改 > 撤销 withdrawn"]);
        let rectified = |old: &mut Hazard| status(old, Status::Rectified);
        check(rectified, |new| status(new, Status::InRectification), &["status: 已整改 > 整改中 status_back"]);
        check(rectified, |new| status(new, Status::Withdrawn), &["status: 已整改 > 撤销 withdrawn"]);
        let closed = |old: &mut Hazard| status(old, Status::ClosedOut);
        check(closed, |new| status(new, Status::Rectified), &["status: 已销号 > 已整改 closing_undone"]);
        check(closed, |new| status(new, Status::Withdrawn), &["status: 已销号 > 撤销 withdrawn"]);
        check(|old| status(old, Status::Withdrawn), |new| status(new, Status::Open), &["status: 撤销 > 待整改 closing_undone"]);
        // 待整改 is also what a blank status says.
        check(|old| put(old, Field::Status, ""), |new| put(new, Field::Status, "待整改"), &[]);
    }

    #[test]
    fn a_later_deadline_needs_an_extension() {
        check(|_| {}, |new| deadline(new, 8, 31), &["deadline: 2023-07-31 > 2023-08-31 deadline_later"]);
        check(|_| {}, |new| deadline(new, 7, 1), &["deadline: 2023-07-31 > 2023-07-01 -"]);
        let drop = |new: &mut Hazard| {
            new.deadline = DateReading::Blank;
            put(new, Field::Deadline, "");
        };
        check(|_| {}, drop, &["deadline: 2023-07-31 >  deadline_dropped"]);
        let extend = |new: &mut Hazard| {
            new.extended_to = Some(sample::day(8, 31));
            put(new, Field::ExtendedTo, "2023-08-31");
        };
        check(|_| {}, extend, &["extended_to:  > 2023-08-31 extended"]);
        check(extend, |new| deadline(new, 8, 31), &["deadline: 2023-07-31 > 2023-08-31 -"]);
        // 立行立改 was due on the day it was found.
        let at_once = |old: &mut Hazard| {
            old.deadline = DateReading::Immediate;
            put(old, Field::Deadline, "立行立改");
        };
        check(at_once, |new| deadline(new, 6, 2), &["deadline: 立行立改 > 2023-06-02 deadline_later"]);
        check(at_once, |new| deadline(new, 6, 1), &["deadline: 立行立改 > 2023-06-01 -"]);
    }

    #[test]
    fn facts_that_are_taken_back_are_told() {
        let done = |old: &mut Hazard| rectified_on(old, Some(sample::day(7, 1)));
        check(|_| {}, done, &["rectified_on:  > 2023-07-01 -"]);
        check(done, |new| rectified_on(new, Some(sample::day(6, 30))), &["rectified_on: 2023-07-01 > 2023-06-30 rectified_on_moved"]);
        check(done, |new| rectified_on(new, None), &["rectified_on: 2023-07-01 >  rectified_on_removed"]);
        let major = |old: &mut Hazard| {
            old.level = Reading::Value(Level::Major);
            put(old, Field::Level, "重大");
        };
        check(|_| {}, major, &["level: 一般 > 重大 -"]);
        let general = |new: &mut Hazard| {
            new.level = Reading::Value(Level::General);
            put(new, Field::Level, "一般");
        };
        check(major, general, &["level: 重大 > 一般 level_lowered"]);
        let closed = |old: &mut Hazard| {
            old.closed_out_on = Some(sample::day(7, 9));
            put(old, Field::ClosedOutOn, "2023-07-09");
        };
        let reopened = |new: &mut Hazard| {
            new.closed_out_on = None;
            put(new, Field::ClosedOutOn, "");
        };
        check(closed, reopened, &["closed_out_on: 2023-07-09 >  closing_undone"]);
        let emptied = ["description: 疏散通道堆放杂物，影响应急疏散 >  description_emptied"];
        check(|_| {}, |new| put(new, Field::Description, ""), &emptied);
    }

    #[test]
    fn another_hazard_under_the_number_is_told_from_a_reworded_one() {
        let reworded = ["description: 疏散通道堆放杂物，影响应急疏散 > 疏散通道堆放杂物，已清理一半 -"];
        check(|_| {}, |new| put(new, Field::Description, "疏散通道堆放杂物，已清理一半"), &reworded);
        let other = |new: &mut Hazard| {
            put(new, Field::Description, "氧气瓶未固定");
            put(new, Field::Location, "住院部");
        };
        let expected = ["location: 门诊楼二层 > 住院部 -", "description: 疏散通道堆放杂物，影响应急疏散 > 氧气瓶未固定 replaced"];
        check(|_| {}, other, &expected);
    }

    #[test]
    fn columns_nobody_knows_count_and_spaces_and_places_do_not() {
        let extra = |hazard: &mut Hazard, text: &str| hazard.extras = vec![("复查意见".into(), text.into())];
        check(|_| {}, |new| new.extras = vec![("复查意见".into(), "同意".into())], &["复查意见:  > 同意 -"]);
        check(|_| {}, |new| put(new, Field::Location, "门诊楼 二层"), &[]);
        let (old, mut new) = (sample::hazard(1, 0), sample::hazard(1, 0));
        extra(&mut new, "");
        new.origin.row = 9;
        new.submitted_on = Some(sample::day(7, 14));
        assert_eq!(field_changes(&old, &new, &sample::campaign(0)), []);
        let derived: Vec<String> = derived_changes(&old, &new).iter().map(|change| format!("{}>{}", change.old, change.new)).collect();
        assert_eq!(derived, ["inbox/甲.xlsx › 表1 第1行>inbox/甲.xlsx › 表1 第9行", "2023-07-07>2023-07-14"]);
    }
}
