//! The campaign's own lists and registers as official sheets, one each: 职责清单, 工作清单, 问题隐患清单 and their kin.
//!
//! Every row of the result stands on the sheet once, also when rows are grouped; that this is so is checked before a
//! document is given out.

use std::collections::HashMap;

use crate::campaign::Campaign;
use crate::campaign::Register;
use crate::campaign::RegisterColumn;
use crate::campaign::RegisterRows;
use crate::documents::imbalance::Imbalance;
use crate::documents::personal::Audience;
use crate::documents::personal::Cover;
use crate::documents::register_columns;
use crate::documents::sheet::Body;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::Document;
use crate::documents::sheet::Look;
use crate::documents::sheet::Official;
use crate::documents::sheet::Row;
use crate::documents::sheet::RowKind;
use crate::documents::sheet::Sheet;
use crate::documents::three_lists::ListSource;
use crate::documents::three_lists::entry::HazardEntry;
use crate::documents::three_lists::task_entry;
use crate::documents::three_lists::task_entry::TaskEntry;
use crate::results::RegisterContent;
use crate::results::RegisterEntry;
use crate::results::checklist::CategoryWords;
use crate::vocabulary::Field;

/// A sheet with more columns than this takes small print.
const DENSE_FROM: usize = 16;
/// Characters that a sheet's name may have.
const LONGEST_NAME: usize = 31;

/// The registers as one workbook, a sheet each; each with what stands in it.
pub fn registers_document<'a>(
    source: ListSource<'a>,
    registers: &[(&'a Register, RegisterContent)],
    full_phones: bool,
) -> Result<Document<'a>, Imbalance> {
    let campaign = source.campaign;
    let maker = Maker { source, cover: Cover::new(Audience::Unit, campaign, full_phones) };
    let mut sheets: Vec<Sheet<'a>> = Vec::new();
    for (register, content) in registers {
        let name = sheet_name(&register.title, &sheets);
        let made = sheet(maker, register, content, name);
        let mut found = 0;
        let visited: Result<(), std::convert::Infallible> = made.body.each(|_, row| {
            found += u64::from(row.kind == RowKind::Entry);
            Ok(())
        });
        let Ok(()) = visited;
        if found != content.entries.len() as u64 {
            return Err(Imbalance::Total { what: register.title.clone(), total: content.entries.len() as u64, sum: found });
        }
        sheets.push(made);
    }
    let title = match registers {
        [(only, _)] => format!("{}{}", campaign.title, only.title),
        _ => format!("{}清单", campaign.title),
    };
    Ok(Document { title, issuer: campaign.issuer.clone(), sheets })
}

/// The title as a sheet's name: without what spreadsheet programs forbid, short enough, and different from those before.
fn sheet_name(title: &str, before: &[Sheet<'_>]) -> String {
    let allowed: String = title.chars().filter(|character| !"[]:*?/\\'".contains(*character) && !character.is_control()).collect();
    let base = if allowed.trim().is_empty() { "清单" } else { allowed.trim() };
    let taken = |name: &str| before.iter().any(|sheet| sheet.name.to_lowercase() == name.to_lowercase());
    let cut = |length: usize| base.chars().take(length).collect::<String>();
    let mut name = cut(LONGEST_NAME);
    let mut number = 2;
    while taken(&name) {
        let suffix = format!("（{number}）");
        name = cut(LONGEST_NAME - suffix.chars().count()) + &suffix;
        number += 1;
    }
    name
}

/// Makes rows and cells.
#[derive(Clone, Copy)]
struct Maker<'a> {
    source: ListSource<'a>,
    cover: Cover,
}

/// A line of the body.
enum Line {
    Heading(String),
    Entry(RegisterEntry, i64),
}

fn sheet<'a>(maker: Maker<'a>, register: &'a Register, content: &RegisterContent, name: String) -> Sheet<'a> {
    let source = maker.source;
    let campaign = source.campaign;
    let lines = lines(maker, register, content);
    let columns: Vec<Column> = (register.columns.iter())
        .map(|chosen| {
            let (kind, width, weight) = register_columns::look(chosen.column);
            Column::new(chosen.title.clone(), kind, width).growing(weight)
        })
        .collect();
    let look = Look::Official(Box::new(Official {
        attachment: register.attachment.clone(),
        title: format!("{}{}", campaign.title, register.title),
        left: format!("填报单位（章）：{}", campaign.issuer),
        right: format!("截至日期：{}", source.lists.as_of.format("%Y年%-m月%-d日")),
        notes: notes(maker, register, content),
        signature: campaign.lists.footer.clone(),
        dense: columns.len() >= DENSE_FROM,
    }));
    let body = Body::made(lines.len(), move |index, row| match lines.get(index) {
        Some(Line::Entry(entry, number)) => maker.fill(register, *entry, *number, row),
        Some(Line::Heading(heading)) => *row = Row::group(heading.clone()),
        None => {}
    });
    Sheet { name, hidden: false, look, columns, body }
}

/// The rows in their order, under headings where they are grouped; one sentence where there is none.
fn lines(maker: Maker<'_>, register: &Register, content: &RegisterContent) -> Vec<Line> {
    if content.entries.is_empty() {
        let as_of = maker.source.lists.as_of.format("%Y年%-m月%-d日");
        return vec![Line::Heading(match register.rows {
            RegisterRows::Hazards => format!("截至{as_of}，台账中没有应列入这张清单的隐患"),
            RegisterRows::Tasks | RegisterRows::Measures => format!("截至{as_of}，方案中没有应列入这张清单的任务"),
            RegisterRows::Duties => format!("截至{as_of}，方案中没有应列入这张清单的报送要求"),
        })];
    }
    let numbered = |entries: &[RegisterEntry], from: usize| -> Vec<Line> {
        entries.iter().enumerate().map(|(index, entry)| Line::Entry(*entry, (from + index) as i64 + 1)).collect()
    };
    let Some(group) = register.group else { return numbered(&content.entries, 0) };
    let categories = CategoryWords::of(maker.source.campaign);
    let mut groups: Vec<(String, Vec<RegisterEntry>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for entry in &content.entries {
        let word = maker.group_word(group, *entry, &categories);
        let place = *places.entry(word).or_insert_with_key(|word| {
            groups.push((word.clone(), Vec::new()));
            groups.len() - 1
        });
        if let Some((_, entries)) = groups.get_mut(place) {
            entries.push(*entry);
        }
    }
    if group == RegisterColumn::Field(Field::Category) {
        // The plan's own order; what lies outside its categories comes last.
        groups.sort_by_key(|(word, _)| categories.category_of(word).unwrap_or(usize::MAX));
    }
    let unit = if register.rows == RegisterRows::Hazards { "条" } else { "项" };
    let mut lines = Vec::new();
    let mut from = 0;
    for (word, entries) in groups {
        let word = if word.is_empty() { "未写明" } else { &word };
        lines.push(Line::Heading(format!("{word}（{}{unit}）", entries.len())));
        lines.extend(numbered(&entries, from));
        from += entries.len();
    }
    lines
}

fn notes(maker: Maker<'_>, register: &Register, content: &RegisterContent) -> Vec<String> {
    let campaign = maker.source.campaign;
    let count = content.entries.len();
    let mut first = match register.rows {
        RegisterRows::Hazards => format!("列入清单的隐患共{count}条，撤销的不列入。"),
        RegisterRows::Tasks => format!("列入清单的任务共{count}项。"),
        RegisterRows::Measures => format!("列入清单的措施和节点共{count}项。"),
        RegisterRows::Duties => format!("列入清单的事项共{count}项。"),
    };
    if content.without_measures > 0 {
        first.push_str(&format!("另有{}项任务方案没有写具体措施，未列入。", content.without_measures));
    }
    let mut notes = vec![first];
    if register.columns.iter().any(|chosen| chosen.column == RegisterColumn::Situation) {
        let unit = if campaign.overdue.working_days { "个工作日" } else { "天" };
        let mut legend = format!("注：▲为逾期，△为临期（{}{unit}内到期），到期当天不算逾期。", campaign.overdue.due_soon);
        if content.entries.iter().any(|entry| maker.is_question(*entry)) {
            legend.push_str("没有登记完成情况的，期限已过请核实。");
        }
        notes.push(legend);
    }
    notes
}

impl<'a> Maker<'a> {
    fn fill(&self, register: &Register, entry: RegisterEntry, number: i64, row: &mut Row<'a>) {
        row.mark = match entry {
            RegisterEntry::Hazard(index) => self.hazard(index).map(|hazard| hazard.mark()),
            RegisterEntry::Task(index) => self.task(index).map(|task| task.mark()),
            RegisterEntry::Measure { task, .. } => self.task(task).map(|task| task_entry::mark(&task.listed.standing)),
            RegisterEntry::Step { task, step } => self.task(task).and_then(|task| task.listed.steps.get(step)).map(task_entry::mark),
            RegisterEntry::Duty { .. } => None,
        }
        .unwrap_or_default();
        row.cells.extend(register.columns.iter().map(|chosen| self.cell(chosen.column, entry, number)));
    }

    fn cell(&self, column: RegisterColumn, entry: RegisterEntry, number: i64) -> Cell<'a> {
        if column == RegisterColumn::Sequence {
            return Cell::Integer(number);
        }
        let campaign = self.source.campaign;
        let cell = match entry {
            RegisterEntry::Hazard(index) => self.hazard(index).map(|hazard| register_columns::of_hazard(column, &hazard)),
            RegisterEntry::Task(index) => self.task(index).map(|task| register_columns::of_task(column, &task, campaign)),
            RegisterEntry::Measure { task, measure } => self.task(task).and_then(|task| {
                let measure = task.task.measures.get(measure)?;
                Some(register_columns::of_measure(column, &task, measure, campaign))
            }),
            RegisterEntry::Step { task, step } => self.task(task).and_then(|task| {
                let (milestone, standing) = (task.task.milestones.get(step)?, task.listed.steps.get(step)?);
                Some(register_columns::of_step(column, &task, milestone, standing, campaign))
            }),
            RegisterEntry::Duty { obligation, next } => {
                campaign.obligations.get(obligation).map(|duty| register_columns::of_duty(column, duty, next, campaign))
            }
        };
        cell.unwrap_or(Cell::Empty)
    }

    /// The word under which a row stands: what its cell shows, and of a category the name that the plan gives it.
    fn group_word(&self, group: RegisterColumn, entry: RegisterEntry, categories: &CategoryWords<'_>) -> String {
        let word = self.cell(group, entry, 0).shown().replace('\n', " ");
        let category = (group == RegisterColumn::Field(Field::Category)).then(|| categories.category_of(&word)).flatten();
        category.and_then(|index| self.source.campaign.categories.get(index)).map_or(word, |category| category.name.clone())
    }

    fn hazard(&self, index: usize) -> Option<HazardEntry<'a>> {
        let listed = self.source.lists.hazards.get(index)?;
        Some(HazardEntry {
            hazard: self.source.ledger.hazards.get(listed.hazard)?,
            item: self.source.overdue.items.get(listed.item)?,
            status: listed.status,
            as_of: self.source.lists.as_of,
            cover: self.cover,
        })
    }

    fn task(&self, index: usize) -> Option<TaskEntry<'a>> {
        let campaign: &'a Campaign = self.source.campaign;
        let listed = self.source.lists.tasks.get(index)?;
        let task = campaign.tasks.get(listed.task)?;
        Some(TaskEntry { task, listed, universal: &campaign.universal, cover: self.cover })
    }

    fn is_question(&self, entry: RegisterEntry) -> bool {
        match entry {
            RegisterEntry::Task(index) => self.task(index).is_some_and(|task| task.is_question()),
            RegisterEntry::Measure { task, .. } => self.task(task).is_some_and(|task| task.listed.standing.is_question()),
            RegisterEntry::Step { task, step } => {
                self.task(task).and_then(|task| task.listed.steps.get(step)).is_some_and(|standing| standing.is_question())
            }
            RegisterEntry::Hazard(_) | RegisterEntry::Duty { .. } => false,
        }
    }
}

#[cfg(test)]
mod tests;
