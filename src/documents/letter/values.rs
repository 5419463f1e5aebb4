//! What the sentences of a letter can name.
//!
//! Names are Chinese, because clerks edit the template. Numbers are numbers, so that a template can ask `> 0`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use minijinja::Value;

use crate::campaign::Campaign;
use crate::documents::letter::source::LetterSource;
use crate::registers::IssuedLetter;
use crate::vocabulary::Level;
use crate::vocabulary::Status;

type Names = BTreeMap<String, Value>;

fn named<const N: usize>(names: [(&str, Value); N]) -> Value {
    Value::from(names.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Names>())
}

/// Everything that a template may name.
pub fn values(source: LetterSource<'_>) -> Value {
    named([
        ("方案", plan(source.campaign)),
        ("函", letter(source)),
        ("隐患", hazards(source)),
        ("回复", answer(source)),
        ("此前", earlier(source)),
    ])
}

fn plan(campaign: &Campaign) -> Value {
    named([
        ("名称", Value::from(campaign.title.as_str())),
        ("印发单位", Value::from(campaign.issuer.as_str())),
        ("自称", Value::from(own_name(&campaign.issuer))),
        ("文号", Value::from(campaign.document.as_deref().unwrap_or_default())),
        ("依据", Value::from(campaign.basis.iter().map(|basis| titled(basis)).collect::<Vec<_>>().join("、"))),
    ])
}

/// What an organ calls itself in its letters: 我委, 我局.
fn own_name(issuer: &str) -> &'static str {
    let names =
        [("委员会", "我委"), ("局", "我局"), ("办公室", "我办"), ("办", "我办"), ("委", "我委"), ("中心", "我中心"), ("政府", "本机关")];
    names.iter().find(|(end, _)| issuer.ends_with(end)).map_or("我单位", |(_, name)| name)
}

/// A document's name in the marks of titles, unless it has them.
fn titled(basis: &str) -> String {
    if basis.contains('《') { basis.to_owned() } else { format!("《{basis}》") }
}

fn letter(source: LetterSource<'_>) -> Value {
    let next = source.campaign.escalation.get(source.rung + 1).map_or("", |rung| &rung.step);
    named([
        ("步骤", Value::from(source.step())),
        ("下一步", Value::from(next)),
        ("编号", Value::from(source.number)),
        ("单位", Value::from(source.unit)),
        ("日期", Value::from(day(source.overdue.as_of))),
    ])
}

fn hazards(source: LetterSource<'_>) -> Value {
    let of_level = |level: Level| Value::from(source.hazards().filter(|(hazard, _)| hazard.level.value() == Some(level)).count());
    named([
        ("项数", Value::from(source.hazards().count())),
        ("重大项数", of_level(Level::Major)),
        ("一般项数", of_level(Level::General)),
        ("最长逾期天数", Value::from(source.hazards().filter_map(|(_, item)| item.days).max().unwrap_or(0))),
        ("最长逾期工作日", Value::from(source.hazards().filter_map(|(_, item)| item.workdays).max().unwrap_or(0))),
        ("逾期叫法", Value::from(overdue_words(source.campaign))),
    ])
}

fn answer(source: LetterSource<'_>) -> Value {
    named([
        ("截止", Value::from(day(source.answer.day))),
        ("工作日", Value::from(source.answer.workdays)),
        ("暂定", Value::from(source.answer.is_provisional)),
    ])
}

fn earlier(source: LetterSource<'_>) -> Value {
    let one = |letter: &&IssuedLetter| {
        named([
            ("步骤", Value::from(letter.step.as_str())),
            ("日期", Value::from(day(letter.on))),
            ("文号", Value::from(letter.document.as_str())),
            ("编号", Value::from(letter.number.as_str())),
            ("项数", Value::from(source.hazards().filter(|(hazard, _)| letter.hazards.contains(&hazard.id)).count())),
        ])
    };
    source.earlier.iter().map(one).collect()
}

/// What being late is called.
pub fn overdue_words(campaign: &Campaign) -> &'static str {
    if campaign.overdue.until == Status::ClosedOut { "逾期未销号" } else { "逾期未整改" }
}

/// A day as official papers write it.
pub fn day(date: NaiveDate) -> String {
    date.format("%Y年%-m月%-d日").to_string()
}
