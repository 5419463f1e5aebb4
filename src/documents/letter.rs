//! 督办函: one unit's overdue hazards in the sentences of a template, as an official letter with a 送达回证.
//!
//! A step of the ladder chooses its built-in template by the words of its name. 文号 and the seal are the office's to give. Knows
//! neither the register nor the ladder's rules: which letters are due was decided before.

mod source;
mod values;

use std::borrow::Cow;

use crate::documents::bulletin::BulletinError;
use crate::documents::bulletin::in_template;
use crate::documents::bulletin::template;
use crate::documents::manuscript::Form;
use crate::documents::manuscript::Manuscript;
use crate::documents::manuscript::ManuscriptKind;
use crate::documents::manuscript::Table;
use crate::documents::manuscript_head;
use crate::documents::manuscript_text;
use crate::documents::sheet::Body;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::ColumnKind;
use crate::documents::sheet::Row;
use crate::ledger::Hazard;
use crate::results::DeadlineSource;
use crate::results::OverdueItem;
use crate::vocabulary::Field;

pub use source::AnswerBy;
pub use source::LetterSource;
pub use values::values;

/// Name of the table that a template asks for.
const TABLE: &str = "隐患";

/// Built-in templates by words in the name of the step; the first that fits is taken.
const TEMPLATES: [(&[&str], &str); 4] = [
    (&["挂牌"], include_str!("letter/supervise.txt")),
    (&["约谈"], include_str!("letter/interview.txt")),
    (&["提醒", "敦促", "催办"], include_str!("letter/remind.txt")),
    (&["整改", "警示", "督办"], include_str!("letter/rectify.txt")),
];
const GENERAL: &str = include_str!("letter/general.txt");

/// The built-in template of a step.
pub fn built_in(step: &str) -> &'static str {
    TEMPLATES.iter().find(|(words, _)| words.iter().any(|word| step.contains(word))).map_or(GENERAL, |(_, template)| template)
}

/// The letter, and its sentences as they were filled in.
///
/// # Errors
/// [`BulletinError`] when the template names what there is not.
pub fn letter<'a>(source: LetterSource<'a>, template: &str) -> Result<(Manuscript<'a>, String), BulletinError> {
    let filled = template::fill(template, &values(source))?;
    let (head, body) = manuscript_head::head(&filled);
    let blocks = manuscript_text::blocks(&body, vec![(TABLE.to_owned(), table(source))])
        .map_err(|misplaced| BulletinError::Tables(misplaced.into_iter().map(|table| in_template(table, template)).collect()))?;
    let issuer = &source.campaign.issuer;
    let number = if source.document.is_empty() { Manuscript::blank_number(None) } else { source.document.to_owned() };
    let mut notes = head.notes;
    if source.is_again {
        notes.push(format!("补发，原件发于{}，登记编号 {}", values::day(source.overdue.as_of), source.number));
    }
    let title = head.title.unwrap_or_else(|| format!("关于{}隐患的{}", values::overdue_words(source.campaign), source.step()));
    let manuscript = Manuscript {
        kind: ManuscriptKind::Letter,
        issuer: issuer.clone(),
        masthead: issuer.clone(),
        number: number.clone(),
        signer: None,
        title,
        addressee: Some(head.addressee.unwrap_or_else(|| source.unit.to_owned())),
        blocks,
        attachments: head.attachments,
        signature: head.signature.unwrap_or_else(|| issuer.clone()),
        signed_on: Some(source.overdue.as_of),
        notes,
        copies: head.copies,
        imprint: None,
        forms: vec![proof_of_service(source, number)],
    };
    Ok((manuscript, body))
}

/// The unit's hazards with their deadlines and days over. Few enough columns for an upright page: the basis stands behind the
/// description, and a long 编号 is broken at its hyphens.
fn table(source: LetterSource<'_>) -> Table<'_> {
    let columns = vec![
        Column::new("序号", ColumnKind::Number, 4),
        Column::new("编号", ColumnKind::Word, 10),
        Column::new("隐患描述", ColumnKind::Prose, 14).growing(4),
        Column::new("部位", ColumnKind::Prose, 8).growing(1),
        Column::new("等级", ColumnKind::Word, 4),
        Column::new("整改期限", ColumnKind::Date, 10),
        Column::new("逾期\n天数", ColumnKind::Number, 4),
        Column::new("其中\n工作日", ColumnKind::Number, 6),
    ];
    let row = |(number, (hazard, item)): (i64, (&Hazard, &OverdueItem))| {
        let text = |field: Field| hazard.text(field).map_or(Cell::Empty, |text| Cell::owned(text.to_owned()));
        let days = |days: Option<i64>| days.map_or(Cell::Text(Cow::Borrowed("—")), Cell::Integer);
        let basis = hazard.text(Field::Basis).map_or_else(String::new, |basis| format!("（依据：{basis}）"));
        Row::entry(vec![
            Cell::Integer(number),
            Cell::owned(hazard.id.clone()),
            Cell::owned(format!("{}{basis}", hazard.text(Field::Description).unwrap_or_default())),
            text(Field::Location),
            text(Field::Level),
            Cell::date(item.deadline),
            days(item.days),
            days(item.workdays),
        ])
    };
    let rows = (1..).zip(source.hazards()).map(row).collect();
    let mut notes = Vec::new();
    if source.hazards().any(|(_, item)| item.workdays.is_none()) {
        notes.push("注：“—”为跨放假安排未公布的年度，工作日没有计算。".to_owned());
    }
    let extended = |item: &OverdueItem| item.deadline_source == DeadlineSource::Extension;
    if source.hazards().any(|(_, item)| extended(item)) {
        notes.push("注：批准过延期的，整改期限为延期后的期限。".to_owned());
    }
    Table { caption: String::new(), left: String::new(), right: String::new(), columns, body: Body::Rows(rows), notes }
}

/// 送达回证: whoever receives the letter signs it.
fn proof_of_service(source: LetterSource<'_>, number: String) -> Form {
    let blank_time = "　　　　年　　月　　日　　时　　分";
    let label = |label: &str, text: String| (label.to_owned(), text);
    let rows = vec![
        label("送达文书", format!("{}（登记编号 {}）", source.step(), source.number)),
        label("文　　号", number),
        label("受送达单位", source.unit.to_owned()),
        label("送达地点", String::new()),
        label("送达方式", "□直接送达　□邮寄送达　□电子送达　□其他".to_owned()),
        label("收到时间", blank_time.to_owned()),
        label("受送达单位\n签收", "\n　　　　　　签名：　　　　　　　　（盖章）".to_owned()),
        label("代收人及\n代收理由", "\n　　　　　　签名：".to_owned()),
        label("送 达 人", "签名：　　　　　　　　　签名：".to_owned()),
        label("备　　注", String::new()),
    ];
    Form { title: "送达回证".to_owned(), rows, notes: vec!["注：签收后请将本回证交回发文机关存档。".to_owned()] }
}

#[cfg(test)]
mod tests;
