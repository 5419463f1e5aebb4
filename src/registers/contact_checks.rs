//! What the rows of `contacts.csv` say together: a role twice, a role for which nobody is named, a change without notice.
//!
//! Sees rows that were read; what is wrong within one was told where it was read.

use std::collections::BTreeMap;

use crate::campaign::model::Campaign;
use crate::campaign::roster::Roster;
use crate::registers::contacts::Column;
use crate::registers::contacts::Contact;
use crate::registers::contacts::ContactProblems;
use crate::registers::table::Fault;

/// How many units without any contact are named; all are counted.
const MOST_NAMED: usize = 5;

/// Checks the rows together. `named` are unit and role of every row that names its unit, also of those set aside.
pub fn check(
    contacts: &[Contact],
    named: &[(usize, Option<usize>)],
    campaign: &Campaign,
    roster: &Roster,
    problems: &mut ContactProblems<'_>,
) {
    let mut holders: BTreeMap<(usize, usize), Vec<&Contact>> = BTreeMap::new();
    for contact in contacts {
        holders.entry((contact.unit, contact.role)).or_default().push(contact);
    }
    for holders in holders.values() {
        for (index, contact) in holders.iter().enumerate() {
            let before = &holders[..index];
            if let Some(other) = before.iter().find(|other| other.effective_on == contact.effective_on) {
                problems.tell(contact.row, Column::Role, twice(contact, other, campaign, roster));
            } else if let Some((column, told)) = without_notice(contact, holders, campaign) {
                problems.tell(contact.row, column, told);
            }
        }
    }
    missing(contacts, named, campaign, roster, problems);
}

fn twice(contact: &Contact, other: &Contact, campaign: &Campaign, roster: &Roster) -> Fault {
    let role = campaign.contacts.roles.get(contact.role).map_or("", String::as_str);
    let unit = roster.units.get(contact.unit).map_or("", |unit| &unit.name);
    let message = format!("“{unit}”的{role}写了两行：“{}”（第 {} 行）和“{}”，看不出哪个是现在的", other.name, other.row, contact.name);
    let help = "只留现在的一行；换了人的，在新的一行写变更申请日期和生效日期";
    Fault::error("T076", role, message, help)
}

/// A change that was not applied for as long ahead as the plan asks.
fn without_notice(contact: &Contact, holders: &[&Contact], campaign: &Campaign) -> Option<(Column, Fault)> {
    let notice = campaign.contacts.notice?;
    let effective = contact.effective_on?;
    match contact.applied_on {
        Some(applied) => {
            let days = effective.signed_duration_since(applied).num_days();
            (days < i64::from(notice)).then(|| {
                let earliest = applied.checked_add_days(chrono::Days::new(u64::from(notice))).unwrap_or(applied);
                let message = format!("“{}”{applied} 申请，{effective} 生效，只提前了 {days} 天，方案要求提前 {notice} 天", contact.name);
                let help = format!("核对两个日期；属实的，最早从 {earliest} 起生效");
                (Column::EffectiveOn, Fault::warning("T078", &effective.to_string(), message, help))
            })
        }
        None => holders.iter().any(|other| other.effective_on < contact.effective_on).then(|| {
            let message = format!("“{}”是换上来的，没有写变更申请日期，看不出有没有提前 {notice} 天申请", contact.name);
            (Column::AppliedOn, Fault::warning("T078", "", message, "写上申请变更的日期；没有申请的，请单位补办"))
        }),
    }
}

/// Roles for which a unit names nobody, at its first row; and the units that name nobody at all, together.
fn missing(
    contacts: &[Contact],
    named: &[(usize, Option<usize>)],
    campaign: &Campaign,
    roster: &Roster,
    problems: &mut ContactProblems<'_>,
) {
    let mut silent = Vec::new();
    for (index, unit) in roster.units.iter().enumerate() {
        let own: Vec<Option<usize>> = named.iter().filter(|(unit, _)| *unit == index).map(|(_, role)| *role).collect();
        if own.is_empty() {
            silent.push(&*unit.name);
            continue;
        }
        // A role that could not be read may be the one that seems to be missing.
        if own.contains(&None) {
            continue;
        }
        let roles = campaign.contacts.roles.iter().enumerate();
        let lacking: Vec<&str> = roles.filter(|(role, _)| !own.contains(&Some(*role))).map(|(_, name)| name.as_str()).collect();
        if lacking.is_empty() {
            continue;
        }
        let row = contacts.iter().find(|contact| contact.unit == index).map_or(0, |contact| contact.row);
        let message = format!("“{}”没有{}", unit.name, lacking.join("、"));
        problems.tell(row, Column::Unit, Fault::warning("T077", &unit.name, message, "请单位补报，每个角色一行"));
    }
    if !silent.is_empty() {
        let some = silent.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join("、");
        let more = if silent.len() > MOST_NAMED { " 等" } else { "" };
        let message = format!("名册上有 {} 家单位没有联系人：{some}{more}", silent.len());
        problems.tell_whole(Fault::warning("T077", "", message, "催这些单位报联系人回执，每个角色一行"));
    }
}
