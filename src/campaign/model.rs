//! What a campaign file says, with every date resolved and every reference checked.
//!
//! Plain data. `line` is the 1-based line in the YAML where a part begins.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono::NaiveTime;

use crate::campaign::count_form::CountForm;
use crate::campaign::duties::Fulfilment;
use crate::campaign::duties::Recurring;
use crate::campaign::duties::Sender;
use crate::campaign::events::Event;
use crate::campaign::events::Pending;
use crate::campaign::places::Places;
use crate::campaign::register::Register;
use crate::campaign::report_kind::ReportKind;
use crate::vocabulary::Field;
use crate::vocabulary::Level;
use crate::vocabulary::Status;
use crate::vocabulary::label_key;

/// A campaign (专项整治行动).
#[derive(Debug, Clone)]
pub struct Campaign {
    /// Stable code, first part of every 编号.
    pub code: String,
    pub title: String,
    pub issuer: String,
    /// 发文字号
    pub document: Option<String>,
    pub issued: Option<NaiveDate>,
    /// 上级文件: the documents the plan rests on.
    pub basis: Vec<String>,
    pub start: NaiveDate,
    pub end: NaiveDate,
    /// What the plan's text says of itself, to be held against what it lists.
    pub stated: Stated,
    /// Path of the roster, relative to the campaign file.
    pub units: String,
    /// `None`: the built-in statutory calendar (`cn`); else the path of a calendar file.
    pub calendar: Option<String>,
    pub submissions: SubmissionMode,
    /// Whether a unit's own 已销号 closes a hazard (default no).
    pub units_may_close: bool,
    /// 上期结转: the ledger of an earlier drive whose hazards belong into this one.
    pub carry_over: Option<CarryOver>,
    pub contacts: ContactPolicy,
    /// What the plan counts from, with its day as far as it is known.
    pub events: Vec<Event>,
    pub phases: Vec<Phase>,
    /// 统计表: what units count instead of listing it.
    pub forms: Vec<CountForm>,
    /// Units that are not on the roster, below one that reports for them, are taken as 下属单位.
    pub accept_below: bool,
    pub obligations: Vec<Obligation>,
    pub categories: Vec<Category>,
    pub levels: Levels,
    pub tasks: Vec<Task>,
    /// Offices or kinds of units that every task binds although the plan names them once only.
    pub universal: Vec<String>,
    pub offices: Vec<Office>,
    pub groups: Vec<Group>,
    pub overdue: OverduePolicy,
    /// Ascending by `after_days`.
    pub escalation: Vec<EscalationStep>,
    /// How the units are marked; `None`: they are not.
    pub scoring: Option<Scoring>,
    pub synonyms: LocalSynonyms,
    pub lists: ListSettings,
    pub reports: Vec<ReportSchedule>,
    pub attachments: Vec<Attachment>,
    pub waive: Vec<Waiver>,
    /// Where each key stands in the file.
    pub places: Places,
}

impl Campaign {
    /// Tells whether a text is one of the categories, by name or synonym.
    pub fn has_category(&self, text: &str) -> bool {
        let key = label_key(text);
        self.categories
            .iter()
            .any(|category| label_key(&category.name) == key || category.synonyms.iter().any(|synonym| label_key(synonym) == key))
    }

    /// The index of the count form of this id.
    pub fn form(&self, id: &str) -> Option<usize> {
        self.forms.iter().position(|form| form.id == id)
    }

    /// The 编号 of a task, `{campaign}-T01`, by its index: with as many digits as the last of them needs, at least two.
    pub fn task_number(&self, task: usize) -> String {
        let width = self.tasks.len().to_string().len().max(2);
        format!("{}-T{:0width$}", self.code, task + 1)
    }
}

/// Figures that the plan's text states about itself.
#[derive(Debug, Clone, Default)]
pub struct Stated {
    /// 分N个阶段
    pub phases: Option<u32>,
    /// 为期三个月, 100天: as written.
    pub duration: Option<String>,
}

/// The ledger of an earlier drive, merged as the bureau's own word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarryOver {
    /// Relative to the campaign file.
    pub file: String,
    /// How many hazards it must bring.
    pub expected: Option<u32>,
}

/// What `contacts.csv` must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactPolicy {
    /// The roles that every unit must name somebody for.
    pub roles: Vec<String>,
    /// Days between the application for a change and the day it takes effect; `None` asks for nothing.
    pub notice: Option<u32>,
}

/// Whether each submission is the unit's whole ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubmissionMode {
    /// A hazard that is missing from a newer submission is 未再报告.
    Full,
    /// Only new or changed rows are sent.
    Incremental,
}

/// A phase (阶段); either end may be unstated.
#[derive(Debug, Clone)]
pub struct Phase {
    pub id: String,
    pub name: String,
    pub start: Option<NaiveDate>,
    pub end: Option<NaiveDate>,
    pub work: Vec<String>,
    pub line: u32,
}

/// A reporting duty (报送要求).
#[derive(Debug, Clone)]
pub struct Obligation {
    pub id: String,
    pub name: String,
    pub from: Vec<Sender>,
    pub to: Option<String>,
    /// The channel, as written.
    pub via: Option<String>,
    /// What calls for a report that no calendar knows, as written: 及时, 立即.
    pub when: Option<String>,
    /// One-off due day.
    pub due: Option<NaiveDate>,
    /// The due day waits for an event.
    pub pending: Option<Pending>,
    pub every: Option<Recurring>,
    pub time: Option<NaiveTime>,
    /// First and last day on which the recurrence counts.
    pub start: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    /// Any of these counts; empty: a document that carries its name, or a row of `submissions.csv`.
    pub fulfilled_by: Vec<Fulfilment>,
    pub on_day_off: DayOffPolicy,
    pub line: u32,
}

/// What a non-working day does to a due day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DayOffPolicy {
    /// The day stands and is flagged.
    #[default]
    Keep,
    Previous,
    Next,
}

/// A checklist category, in the order it is printed.
#[derive(Debug, Clone)]
pub struct Category {
    pub id: String,
    pub name: String,
    pub synonyms: Vec<String>,
    /// The kinds of units (类别 of the roster) that it concerns; empty for all.
    pub kinds: Vec<String>,
    pub items: Vec<ChecklistItem>,
    pub line: u32,
}

/// One thing to look at.
#[derive(Debug, Clone)]
pub struct ChecklistItem {
    pub text: String,
    pub level: Option<Level>,
    pub basis: Option<String>,
}

/// What each level demands.
#[derive(Debug, Clone)]
pub struct Levels {
    pub general: LevelPolicy,
    pub major: LevelPolicy,
}

impl Levels {
    /// The policy of a level.
    pub fn of(&self, level: Level) -> &LevelPolicy {
        match level {
            Level::General => &self.general,
            Level::Major => &self.major,
        }
    }
}

/// What a level demands of a hazard.
#[derive(Debug, Clone)]
pub struct LevelPolicy {
    pub name: String,
    /// Default deadline in calendar days after the found date, when the ledger states none.
    pub rectify_within: Option<u32>,
    /// Fields that must be filled while the hazard is not rectified (五落实).
    pub requires: Vec<Field>,
    pub interim_control_required: bool,
    /// Supervising authority, e.g. 县级.
    pub supervision: Option<String>,
}

/// Work that the plan itself assigns; goes into 任务清单 and 责任清单.
#[derive(Debug, Clone)]
pub struct Task {
    pub id: String,
    pub name: String,
    /// As it is printed; several offices are parted by 、, see [`Task::leads`].
    pub lead: Option<String>,
    pub supporting: Vec<String>,
    pub due: Option<NaiveDate>,
    /// The due day waits for an event.
    pub pending: Option<Pending>,
    /// The due day as the plan writes it.
    pub due_text: Option<String>,
    /// How often the work recurs.
    pub every: Option<Recurring>,
    pub milestones: Vec<Milestone>,
    pub measures: Vec<String>,
    pub line: u32,
}

impl Task {
    /// The offices that lead, each by itself.
    pub fn leads(&self) -> impl Iterator<Item = &str> {
        self.lead.iter().flat_map(|leads| leads.split('、'))
    }
}

/// A dated step of a task.
#[derive(Debug, Clone)]
pub struct Milestone {
    pub name: String,
    /// First day, where the plan says when something begins.
    pub start: Option<NaiveDate>,
    pub due: Option<NaiveDate>,
    /// The day as the plan writes it.
    pub text: Option<String>,
}

/// An office that leads or supports, with its other names.
#[derive(Debug, Clone)]
pub struct Office {
    pub name: String,
    pub synonyms: Vec<String>,
}

/// An inspection group.
#[derive(Debug, Clone)]
pub struct Group {
    pub name: String,
    pub leader: Option<String>,
    pub units: Vec<String>,
}

/// When a hazard counts as overdue and due soon.
#[derive(Debug, Clone)]
pub struct OverduePolicy {
    /// The state that ends overdue: rectified (default) or closed out.
    pub until: Status,
    /// Window of 临期, in days.
    pub due_soon: u32,
    /// Whether the window and the escalation steps count working days.
    pub working_days: bool,
}

/// One step of the escalation ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EscalationStep {
    /// Reached when overdue days ≥ this.
    pub after_days: u32,
    /// 提醒敦促函, 整改通知书, 约谈通知书, 挂牌督办通知书, …
    pub step: String,
    /// Working days within which the unit has to answer the letter.
    pub answer_within: u32,
    /// The letter's template, relative to the campaign file; `None`: the built-in one.
    pub template: Option<String>,
}

/// How the units are marked (考核评分). All points are in hundredths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scoring {
    /// 满分: what the points of the items add up to.
    pub full: u32,
    /// In the order in which they are printed.
    pub items: Vec<ScoringItem>,
    /// Descending by `from`; the last begins at 0. Empty: no grades are given.
    pub grades: Vec<Grade>,
}

/// One thing that units are marked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoringItem {
    pub measure: Measure,
    /// The title over its column.
    pub name: String,
    /// 分值: the most that can be reached.
    pub points: u32,
    /// For [`Measure::ReportedInTime`]: indices into [`Campaign::obligations`].
    pub obligations: Vec<usize>,
    /// What a thing done late counts for, in hundredths of one done in time.
    pub late: u32,
    /// What each hazard costs, for the measures that deduct.
    pub each: u32,
}

/// What is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// 按时报送: reports in time ÷ reports fallen due.
    ReportedInTime,
    /// 按期整改: hazards rectified in time ÷ hazards fallen due.
    RectifiedInTime,
    /// 整改率: rectified or closed ÷ all.
    Rectified,
    /// 重大隐患处置: major hazards that are in good hands ÷ all major ones.
    MajorHandled,
    /// 重复隐患: a deduction for each hazard that came back after it was rectified.
    Repeats,
    /// 逾期: a deduction for each overdue hazard.
    Overdue,
}

impl Measure {
    /// Every measure, in the order in which the keys are explained.
    pub const ALL: [Measure; 6] =
        [Measure::ReportedInTime, Measure::RectifiedInTime, Measure::Rectified, Measure::MajorHandled, Measure::Repeats, Measure::Overdue];

    /// Key in the campaign file and in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Measure::ReportedInTime => "reported_in_time",
            Measure::RectifiedInTime => "rectified_in_time",
            Measure::Rectified => "rectified",
            Measure::MajorHandled => "major_handled",
            Measure::Repeats => "repeats",
            Measure::Overdue => "overdue",
        }
    }

    /// The words the clerk reads.
    pub fn label(self) -> &'static str {
        match self {
            Measure::ReportedInTime => "按时报送",
            Measure::RectifiedInTime => "按期整改",
            Measure::Rectified => "整改率",
            Measure::MajorHandled => "重大隐患处置",
            Measure::Repeats => "重复隐患",
            Measure::Overdue => "逾期",
        }
    }

    /// Whether it begins with all points and takes some off.
    pub fn is_deduction(self) -> bool {
        matches!(self, Measure::Repeats | Measure::Overdue)
    }
}

/// A grade (等次).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// Reached when the total ≥ this, in hundredths of a point.
    pub from: u32,
    pub name: String,
}

/// The campaign's own words, on top of the dictionary.
#[derive(Debug, Clone, Default)]
pub struct LocalSynonyms {
    pub columns: BTreeMap<Field, Vec<String>>,
    pub statuses: BTreeMap<Status, Vec<String>>,
    pub levels: BTreeMap<Level, Vec<String>>,
}

/// How the three lists are printed.
#[derive(Debug, Clone)]
pub struct ListSettings {
    /// The mark above the title, e.g. 附件3.
    pub attachment: Option<String>,
    /// Labels of the signature line.
    pub footer: Vec<String>,
    /// Whether the middle digits of phone numbers are masked (default yes).
    pub phones_masked: bool,
    /// Whether the plan's form is one sheet for all three (default no).
    pub combined: bool,
    /// The other lists that the plan names.
    pub registers: Vec<Register>,
}

/// A report that `run` writes.
#[derive(Debug, Clone)]
pub struct ReportSchedule {
    pub kind: ReportKind,
    pub every: Recurring,
    /// The bulletin's template, relative to the campaign file; `None`: the built-in one.
    pub template: Option<String>,
    pub line: u32,
}

/// An attachment that the plan refers to.
#[derive(Debug, Clone)]
pub struct Attachment {
    pub id: u32,
    pub title: String,
    pub present: bool,
    pub line: u32,
}

/// A rule that this campaign silences, with the reason.
#[derive(Debug, Clone)]
pub struct Waiver {
    pub rule: String,
    pub reason: String,
    pub line: u32,
}
