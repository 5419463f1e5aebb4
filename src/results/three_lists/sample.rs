//! Hand-made campaign, hazards and overdue result for tests of lists and papers. All names are made up.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Ground;
use crate::campaign::Places;
use crate::campaign::Roster;
use crate::campaign::model::ContactPolicy;
use crate::campaign::model::LevelPolicy;
use crate::campaign::model::Levels;
use crate::campaign::model::ListSettings;
use crate::campaign::model::LocalSynonyms;
use crate::campaign::model::OverduePolicy;
use crate::campaign::model::Stated;
use crate::campaign::model::SubmissionMode;
use crate::campaign::model::Task;
use crate::dates::DateReading;
use crate::ledger::Hazard;
use crate::ledger::Ledger;
use crate::records::Reading;
use crate::records::Values;
use crate::results::StateCounts;
use crate::results::overdue::DeadlineSource;
use crate::results::overdue::Overdue;
use crate::results::overdue::OverdueItem;
use crate::results::overdue::OverdueState;
use crate::results::overdue::Rates;
use crate::results::overdue::UnitSummary;
use crate::results::tasks::TaskStandings;
use crate::results::tasks::task_standings;
use crate::source::Origin;
use crate::vocabulary::Field;
use crate::vocabulary::Level;
use crate::vocabulary::Status;

const UNITS: [&str; 4] = ["城关中心卫生院", "河西区人民医院/南院区", "北山镇卫生院", "康宁,口腔诊所"];

/// A day of 2023.
pub(crate) fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, month, day).expect("a day of the calendar")
}

/// A campaign with this many tasks, due on the last of June and later.
pub(crate) fn campaign(tasks: u32) -> Campaign {
    let level = |name: &str| LevelPolicy {
        name: name.to_owned(),
        rectify_within: None,
        requires: Vec::new(),
        interim_control_required: false,
        supervision: None,
    };
    let task = |index: u32| Task {
        id: format!("task-{index}"),
        name: format!("医疗机构消防设施专项整治（第{}项）", index + 1),
        lead: Some("卫健办".to_owned()),
        supporting: vec!["消防办".to_owned(), "康宁,口腔诊所".to_owned()],
        due: Some(day(6, 30) + chrono::Days::new(u64::from(index) * 60)),
        pending: None,
        due_text: Some("2023年6月底前".to_owned()),
        every: None,
        milestones: Vec::new(),
        measures: vec!["全面检查消防设施".to_owned(), "督促限期整改".to_owned()],
        line: 1,
    };
    Campaign {
        code: "demo".to_owned(),
        title: "某县卫健系统重大事故隐患专项排查整治2023行动".to_owned(),
        issuer: "某县卫生健康局".to_owned(),
        document: None,
        issued: None,
        basis: Vec::new(),
        stated: Stated::default(),
        places: Places::default(),
        start: day(5, 20),
        end: day(12, 31),
        units: "units.csv".to_owned(),
        calendar: None,
        submissions: SubmissionMode::Full,
        units_may_close: false,
        carry_over: None,
        contacts: ContactPolicy { roles: vec!["联络员".to_owned()], notice: None },
        events: Vec::new(),
        phases: Vec::new(),
        forms: Vec::new(),
        accept_below: false,
        obligations: Vec::new(),
        categories: Vec::new(),
        levels: Levels { general: level("一般"), major: level("重大") },
        tasks: (0..tasks).map(task).collect(),
        universal: Vec::new(),
        offices: Vec::new(),
        groups: Vec::new(),
        overdue: OverduePolicy { until: Status::Rectified, due_soon: 10, working_days: false },
        escalation: Vec::new(),
        scoring: None,
        synonyms: LocalSynonyms { columns: BTreeMap::new(), statuses: BTreeMap::new(), levels: BTreeMap::new() },
        lists: ListSettings {
            attachment: Some("附件3".to_owned()),
            footer: ["审核人", "填报人", "联系电话", "填报日期"].map(str::to_owned).to_vec(),
            phones_masked: true,
            combined: false,
            registers: Vec::new(),
        },
        reports: Vec::new(),
        attachments: Vec::new(),
        waive: Vec::new(),
    }
}

/// Where its tasks stand when nobody has said anything.
pub(crate) fn tasks(campaign: &Campaign, as_of: NaiveDate) -> TaskStandings {
    task_standings(&[], Ground::new(campaign, &Roster::default(), as_of))
}

/// An open hazard of one of four units, found on 1 June, due on the last of July.
pub(crate) fn hazard(number: u32, unit: usize) -> Hazard {
    let values = [
        (Field::Category, "消防安全"),
        (Field::Location, "门诊楼二层"),
        (Field::Description, "疏散通道堆放杂物，影响应急疏散"),
        (Field::Level, "一般"),
        (Field::FoundOn, "2023-06-01"),
        (Field::Measure, "立即清理，并明确专人每日巡查"),
        (Field::Responsible, "张三 13800001001"),
        (Field::Phone, "13800001001"),
        (Field::Deadline, "2023-07-31"),
        (Field::Status, "待整改"),
        (Field::Remark, "联系李四13800001002"),
    ];
    with_values(number, unit, &values)
}

/// The same with values of one's own.
pub(crate) fn with_values(number: u32, unit: usize, values: &[(Field, &str)]) -> Hazard {
    Hazard {
        id: format!("demo-{:03}-{number:04}", unit + 1),
        unit: Arc::from(UNITS[unit]),
        unit_index: Some(unit),
        values: Values::pack(values.iter().map(|(field, text)| (*field, 0, *text))),
        extras: Vec::new(),
        level: Reading::Value(Level::General),
        status: Status::Open,
        found_on: DateReading::On(day(6, 1)),
        deadline: DateReading::On(day(7, 31)),
        extended_to: None,
        rectified_on: None,
        verified_on: None,
        closed_out_on: None,
        origin: Origin { file: Arc::from("inbox/甲.xlsx"), sheet: Arc::from("表1"), row: number, column: 0 },
        submitted_on: Some(day(7, 7)),
        older_fields: Vec::new(),
        first_reported: None,
    }
}

/// An overdue result that follows the deadlines of the hazards, with totals that add up.
pub(crate) fn overdue(ledger: &Ledger, as_of: NaiveDate) -> Overdue {
    let items: Vec<OverdueItem> = (ledger.hazards.iter().enumerate()).map(|(index, hazard)| item(index, hazard, as_of)).collect();
    let mut by_unit: Vec<UnitSummary> = Vec::new();
    for item in &items {
        let unit = &ledger.hazards[item.hazard].unit;
        if by_unit.iter().all(|summary| summary.unit != *unit) {
            by_unit.push(UnitSummary { unit: unit.clone(), total: 0, by_state: StateCounts::default(), late: 0, rates: Rates::default() });
        }
        let summary = by_unit.iter_mut().find(|summary| summary.unit == *unit).expect("pushed above");
        summary.total += 1;
        summary.by_state[state_index(item.state)] += 1;
        summary.late += u32::from(item.late);
        summary.rates = Rates { rectified: Some(66.7), rectified_in_time: None, closed_out: Some(0.0) };
    }
    let mut by_state = StateCounts::default();
    items.iter().for_each(|item| by_state[state_index(item.state)] += 1);
    let late = items.iter().filter(|item| item.late).count() as u32;
    Overdue { as_of, items, by_state, withdrawn: 0, late, by_unit, rates: Rates::default(), unknown_years: Vec::new() }
}

fn state_index(state: OverdueState) -> usize {
    OverdueState::ALL.iter().position(|other| *other == state).expect("every state is listed")
}

fn item(index: usize, hazard: &Hazard, as_of: NaiveDate) -> OverdueItem {
    let deadline = match (hazard.extended_to, hazard.deadline) {
        (Some(extended), _) => Some(extended),
        (None, DateReading::On(stated)) => Some(stated),
        _ => None,
    };
    let done = hazard.rectified_on.unwrap_or(as_of);
    let days = deadline.map(|deadline| (done - deadline).num_days());
    let state = match (hazard.status, days) {
        (Status::ClosedOut | Status::Withdrawn, _) => OverdueState::Closed,
        (Status::Rectified, _) => OverdueState::AwaitingVerification,
        (_, None) => OverdueState::Undated,
        (_, Some(days)) if days > 0 => OverdueState::Overdue,
        (_, Some(days)) if days >= -10 => OverdueState::DueSoon,
        _ => OverdueState::InTime,
    };
    let source = match (hazard.extended_to, deadline) {
        (Some(_), _) => DeadlineSource::Extension,
        (None, Some(_)) => DeadlineSource::Stated,
        _ => DeadlineSource::None,
    };
    OverdueItem {
        hazard: index,
        deadline,
        deadline_source: source,
        state,
        late: hazard.rectified_on.is_some() && days.is_some_and(|days| days > 0),
        days,
        workdays: days,
        step: (state == OverdueState::Overdue).then(|| "提醒敦促函".to_owned()),
    }
}
