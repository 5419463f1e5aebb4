//! Who has reported, for people: per obligation the latest period with its counts and rates, and whom to call.

use chrono::Datelike;
use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Party;
use crate::campaign::Roster;
use crate::campaign::model::Obligation;
use crate::cli::words::escape;
use crate::cli::words::style;
use crate::cli::words::table;
use crate::registers::Contact;
use crate::registers::ContactsReading;
use crate::results::Duty;
use crate::results::DutyPeriod;
use crate::results::DutyState;
use crate::results::Obligations;
use crate::results::obligations::DutyDetail;
use crate::results::obligations::area;

/// How many units to call are listed unless everything is asked for.
const LISTED: usize = 30;

/// How much is shown.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    /// Every period, not only the latest.
    pub all: bool,
    /// Nothing is shortened.
    pub verbose: bool,
    pub width: Option<u16>,
}

/// The whole answer of `submissions`.
pub fn answer(
    obligations: &Obligations,
    campaign: &Campaign,
    roster: &Roster,
    contacts: Option<&ContactsReading>,
    extent: Extent,
) -> String {
    let liaison = |unit: usize| contacts.and_then(|contacts| contacts.liaison(campaign, unit, obligations.as_of));
    let numbers = Numbers { has_contacts: contacts.is_some(), liaison: &liaison };
    let mut text = format!("{}\n", style::bold(&format!("截至 {} 的报送情况", obligations.as_of)));
    if obligations.periods.is_empty() {
        text.push_str("专项定义里没有报送要求（obligations）\n");
    }
    for period in obligations.periods.iter().filter(|period| period.is_latest) {
        let Some(obligation) = campaign.obligations.get(period.obligation) else { continue };
        let title = format!(
            "{}（{}）{}",
            escape::visible(&obligation.name),
            escape::visible(&obligation.id),
            due(period, obligation, obligations.as_of)
        );
        text.push_str(&format!("\n{}\n", style::bold(&title)));
        text.push_str(&format!("  {}\n", counts(period)));
        for (parent, states) in period.by_parent(roster) {
            let name = parent.and_then(|parent| roster.units.get(parent)).map_or("其他单位", |unit| &unit.name);
            text.push_str(&format!("    {}：{}\n", escape::visible(name), states_text(states)));
        }
        // A rate of what nobody need have sent yet would only frighten.
        if period.due.is_some_and(|due| due <= obligations.as_of) {
            text.push_str(&format!("  {}\n", rates(period)));
        }
        let remarks = remarks(period);
        if !remarks.is_empty() {
            text.push_str(&format!("  其中：{remarks}\n"));
        }
        if extent.all {
            let of_obligation = obligations.periods.iter().filter(|other| other.obligation == period.obligation);
            text.push_str(&periods(of_obligation.collect(), extent.width));
        }
        text.push_str(&calls(period, roster, &numbers, obligations.as_of, extent));
    }
    text
}

fn due(period: &DutyPeriod, obligation: &Obligation, as_of: NaiveDate) -> String {
    let Some(due) = period.due else {
        return obligation
            .pending
            .as_ref()
            .map_or_else(|| "没有截止日".to_owned(), |wait| format!(" 截止{}", escape::visible(&wait.shown())));
    };
    let weekday = ["一", "二", "三", "四", "五", "六", "日"].get(due.weekday().num_days_from_monday() as usize).copied().unwrap_or("");
    let mut text = format!(" 截止 {due} 星期{weekday}");
    period.time.iter().for_each(|time| text.push_str(&time.format(" %H:%M").to_string()));
    let mut notes = Vec::new();
    if due == as_of {
        notes.push("今天");
    } else if due > as_of {
        notes.push("还没到");
    }
    if period.on_day_off {
        notes.push("不是工作日");
    }
    if period.is_provisional {
        notes.push("这一年的放假安排未公布");
    }
    if !notes.is_empty() {
        text.push_str(&format!("（{}）", notes.join("，")));
    }
    text
}

fn counts(period: &DutyPeriod) -> String {
    states_text(period.by_state)
}

fn states_text(by_state: [u32; 5]) -> String {
    let states: Vec<String> =
        DutyState::ALL.into_iter().zip(by_state).map(|(state, number)| format!("{} {number}", state.label())).collect();
    format!("应报 {} 家：{}", by_state.iter().sum::<u32>(), states.join("，"))
}

fn rates(period: &DutyPeriod) -> String {
    let [reported, in_time] = period.rates();
    let owed = period.owed();
    format!("报送率 {}（{}/{owed}），按时报送率 {}（{}/{owed}）", rate(reported), period.came(), rate(in_time), period.in_time())
}

/// One decimal; a dash where nobody owes anything.
fn rate(rate: Option<f64>) -> String {
    rate.map_or_else(|| "—".to_owned(), |rate| format!("{rate:.1}%"))
}

fn remarks(period: &DutyPeriod) -> String {
    let numbers = DutyDetail::ALL.into_iter().map(|detail| (detail, period.with_detail(detail)));
    numbers.filter(|(_, number)| *number > 0).map(|(detail, number)| format!("{} {number}", detail.label())).collect::<Vec<_>>().join("，")
}

fn periods(periods: Vec<&DutyPeriod>, width: Option<u16>) -> String {
    let mut header = vec!["截止", "应报"];
    header.extend(DutyState::ALL.map(DutyState::label));
    header.extend(["报送率", "按时报送率"]);
    let numbers: Vec<usize> = (1..header.len()).collect();
    let mut list = table::table(&header, &numbers, width);
    for period in periods {
        let mut row = vec![period.due.map_or_else(|| "—".to_owned(), |due| due.to_string()), period.owed().to_string()];
        row.extend(period.by_state.iter().map(u32::to_string));
        row.extend(period.rates().map(rate));
        list.add_row(row);
    }
    table::keep_whole(&mut list, &[0]);
    table::text(&list)
}

/// Whom to call besides the roster's 联系人.
struct Numbers<'a> {
    /// Whether there is a 联系人回执 at all.
    has_contacts: bool,
    /// The 联络员 of a unit on the as-of day.
    liaison: &'a dyn Fn(usize) -> Option<&'a Contact>,
}

fn calls(period: &DutyPeriod, roster: &Roster, numbers: &Numbers<'_>, as_of: NaiveDate, extent: Extent) -> String {
    let open = period.to_call(roster, as_of);
    if open.is_empty() {
        return String::new();
    }
    let listed = if extent.verbose { usize::MAX } else { LISTED };
    let mut header = vec!["分组/乡镇", "单位", "情况", "联系人", "联系电话"];
    if numbers.has_contacts {
        header.extend(["联络员", "联络员电话"]);
    }
    let mut list = table::table(&header, &[], extent.width);
    for duty in open.iter().take(listed) {
        let index = if let Party::Unit(index) = &duty.party { Some(*index) } else { None };
        let unit = index.and_then(|index| roster.units.get(index));
        let of_unit = |text: fn(&crate::campaign::Unit) -> &str| unit.map_or_else(String::new, |unit| escape::short(text(unit), 24));
        let mut row = vec![
            of_unit(area),
            escape::short(duty.party.name(roster), 40),
            situation(duty),
            of_unit(|unit| &unit.contact),
            of_unit(|unit| &unit.phone),
        ];
        if numbers.has_contacts {
            let liaison = index.and_then(numbers.liaison);
            row.push(liaison.map_or_else(String::new, |liaison| escape::short(&liaison.name, 24)));
            row.push(liaison.map_or_else(String::new, |liaison| escape::short(&liaison.phones(), 30)));
        }
        list.add_row(row);
    }
    let phones: &[usize] = if numbers.has_contacts { &[4, 6] } else { &[4] };
    table::keep_whole(&mut list, phones);
    let mut text = format!("  {}\n{}", style::bold(&format!("催报名单（{}），仅供内部催报，请勿外发", open.len())), table::text(&list));
    if open.len() > listed {
        text.push_str(&style::dim(&format!("……另有 {} 家，加 -v 全部列出，或用 -o 写成表格\n", open.len() - listed)));
    }
    text
}

/// 未报, or what came and did not count, with its day.
fn situation(duty: &Duty) -> String {
    let details: Vec<&str> = duty.details.iter().copied().map(DutyDetail::label).collect();
    let state = if duty.state == DutyState::NotDue { "今天截止，还没报" } else { duty.state.label() };
    let day = duty.on.map_or_else(String::new, |on| format!(" {on}"));
    if details.is_empty() { format!("{state}{day}") } else { format!("{state}：{}{day}", details.join("、")) }
}
