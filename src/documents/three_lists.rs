//! 问题清单, 任务清单, 责任清单: as one workbook of three linked sheets, as one combined sheet, or one document
//! per unit.
//!
//! Every hazard stands in all three under the same 编号; the plan's tasks follow in 任务清单 and 责任清单. That
//! this is so is checked on the rows themselves before a document is given out.

mod columns;
pub mod entry;
pub mod task_entry;

use std::borrow::Cow;
use std::sync::Arc;

use crate::campaign::Campaign;
use crate::campaign::Roster;
use crate::documents::imbalance::Imbalance;
use crate::documents::personal::Audience;
use crate::documents::personal::Cover;
use crate::documents::sheet::Body;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Document;
use crate::documents::sheet::Look;
use crate::documents::sheet::Official;
use crate::documents::sheet::Row;
use crate::documents::sheet::RowKind;
use crate::documents::sheet::Sheet;
use crate::documents::three_lists::columns::Content;
use crate::documents::three_lists::columns::ListColumn;
use crate::documents::three_lists::entry::HazardEntry;
use crate::documents::three_lists::task_entry::TaskEntry;
use crate::documents::unit_files::FileNames;
use crate::ledger::Ledger;
use crate::results::ListedHazard;
use crate::results::ListedTask;
use crate::results::Overdue;
use crate::results::OverdueState;
use crate::results::ThreeLists;
use crate::vocabulary::Level;

/// The three sheets in their order.
pub const LIST_NAMES: [&str; 3] = ["问题清单", "任务清单", "责任清单"];
/// The one sheet of the combined form.
pub const COMBINED_NAME: &str = "三清单";

/// What the lists are made from; all of the same ledger and as-of date.
#[derive(Clone, Copy)]
pub struct ListSource<'a> {
    pub campaign: &'a Campaign,
    /// Says of what kind a unit is, for tasks that bind all units of a kind.
    pub roster: &'a Roster,
    pub ledger: &'a Ledger,
    pub overdue: &'a Overdue,
    pub lists: &'a ThreeLists,
}

/// How the lists are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ListRequest {
    pub form: ListForm,
    /// Phone numbers in full, whatever the campaign says.
    pub full_phones: bool,
}

/// Three sheets or one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ListForm {
    #[default]
    ThreeSheets,
    Combined,
}

/// The lists of one unit.
#[derive(Debug)]
pub struct UnitLists<'a> {
    pub unit: Arc<str>,
    /// File name without folder and extension; safe on every system and different for every unit.
    pub file_stem: String,
    pub document: Document<'a>,
}

/// The lists of the whole campaign.
pub fn lists<'a>(source: ListSource<'a>, request: ListRequest) -> Result<Document<'a>, Imbalance> {
    let hazards = source.lists.hazards.clone();
    let tasks = source.lists.tasks.iter().collect();
    document(source, request, hazards, tasks, None)
}

/// The lists of one unit: its hazards, and the tasks that it or its kind of unit leads or supports. A unit without any gets a
/// page that says so.
pub fn lists_of_unit<'a>(source: ListSource<'a>, request: ListRequest, unit: &str) -> Result<Document<'a>, Imbalance> {
    let of_unit = |listed: &&ListedHazard| unit_of(source, listed).is_some_and(|name| **name == *unit);
    let hazards = source.lists.hazards.iter().filter(of_unit).copied().collect();
    document(source, request, hazards, tasks_of(source, unit), Some(unit))
}

/// One document for every unit that has a hazard in the lists, in the order of the lists.
pub fn lists_by_unit<'a>(source: ListSource<'a>, request: ListRequest) -> Result<Vec<UnitLists<'a>>, Imbalance> {
    let mut names = FileNames::default();
    let mut made = Vec::new();
    for hazards in source.lists.hazards.chunk_by(|left, right| unit_of(source, left) == unit_of(source, right)) {
        let Some(unit) = hazards.first().and_then(|first| unit_of(source, first)) else { continue };
        made.push(UnitLists {
            unit: unit.clone(),
            file_stem: names.give(unit, "_三清单"),
            document: document(source, request, hazards.to_vec(), tasks_of(source, unit), Some(unit))?,
        });
    }
    Ok(made)
}

fn unit_of<'a>(source: ListSource<'a>, listed: &ListedHazard) -> Option<&'a Arc<str>> {
    source.ledger.hazards.get(listed.hazard).map(|hazard| &hazard.unit)
}

fn tasks_of<'a>(source: ListSource<'a>, unit: &str) -> Vec<&'a ListedTask> {
    let kind = source.roster.units.iter().find(|known| &*known.name == unit).map_or("", |known| known.kind.as_str());
    let concerns = |listed: &&ListedTask| {
        let task = source.campaign.tasks.get(listed.task);
        let parties = task.into_iter().flat_map(|task| task.lead.iter().chain(&task.supporting).chain(&source.campaign.universal));
        parties.into_iter().any(|party| party == unit || (!party.is_empty() && party == kind))
    };
    source.lists.tasks.iter().filter(concerns).collect()
}

/// The hazards and tasks of one document, shared by the bodies of its sheets.
struct Selection<'a> {
    source: ListSource<'a>,
    hazards: Vec<ListedHazard>,
    tasks: Vec<&'a ListedTask>,
    cover: Cover,
    /// The sentence that stands in a list without hazards.
    nothing: String,
}

fn document<'a>(
    source: ListSource<'a>,
    request: ListRequest,
    hazards: Vec<ListedHazard>,
    tasks: Vec<&'a ListedTask>,
    unit: Option<&str>,
) -> Result<Document<'a>, Imbalance> {
    let selection = Arc::new(Selection {
        source,
        cover: Cover::new(Audience::Unit, source.campaign, request.full_phones),
        nothing: nothing(source, unit),
        hazards,
        tasks,
    });
    let with_supporting = selection.task_entries().any(|entry| !entry.supporters().is_empty());
    let reporter = unit.unwrap_or(&source.campaign.issuer);
    let sheets = match request.form {
        ListForm::ThreeSheets => {
            let columns = [columns::problem(), columns::task(), columns::duty(with_supporting)];
            let kinds = (0u32..).zip(LIST_NAMES).zip(columns);
            kinds.map(|((index, name), columns)| sheet(&selection, name, Some(index), columns, reporter)).collect()
        }
        ListForm::Combined => vec![sheet(&selection, COMBINED_NAME, None, columns::combined(with_supporting), reporter)],
    };
    check(&selection, &sheets)?;
    Ok(Document { title: format!("{}三清单", source.campaign.title), issuer: source.campaign.issuer.clone(), sheets })
}

fn nothing(source: ListSource<'_>, unit: Option<&str>) -> String {
    let as_of = source.lists.as_of.format("%Y年%-m月%-d日");
    match unit {
        Some(_) => format!("截至{as_of}，台账中没有本单位的隐患记录"),
        None if source.ledger.hazards.is_empty() => format!("截至{as_of}，台账中没有隐患记录"),
        None => format!("截至{as_of}，台账中没有应列入清单的隐患记录（撤销的和此后发现的不列入）"),
    }
}

/// One sheet. `list` is its index among the three, `None` for the combined sheet.
fn sheet<'a>(selection: &Arc<Selection<'a>>, name: &str, list: Option<u32>, columns: Vec<ListColumn>, reporter: &str) -> Sheet<'a> {
    let campaign = selection.source.campaign;
    let title = if list.is_some() { name.to_owned() } else { LIST_NAMES.join("、") };
    let look = Look::Official(Box::new(Official {
        attachment: campaign.lists.attachment.clone(),
        title: format!("{}{title}", campaign.title),
        left: format!("填报单位（章）：{reporter}"),
        right: format!("截至日期：{}", selection.source.lists.as_of.format("%Y年%-m月%-d日")),
        notes: notes(selection, list),
        signature: campaign.lists.footer.clone(),
        dense: list.is_none(),
    }));
    let (columns, contents): (Vec<_>, Vec<_>) = columns.into_iter().map(|part| (part.column, part.content)).unzip();
    let with_tasks = list != Some(0);
    let selection = selection.clone();
    let body = Body::made(selection.rows(with_tasks), move |index, row| selection.make(index, list, &contents, row));
    Sheet { name: name.to_owned(), hidden: false, look, columns, body }
}

fn notes(selection: &Selection<'_>, list: Option<u32>) -> Vec<String> {
    let campaign = selection.source.campaign;
    let mut notes = Vec::new();
    if !selection.hazards.is_empty() {
        notes.push(selection.counts());
    }
    let unit = if campaign.overdue.working_days { "个工作日" } else { "天" };
    let mut legend = format!("注：▲为逾期，△为临期（{}{unit}内到期），到期当天不算逾期；撤销的隐患不列入。", campaign.overdue.due_soon);
    if matches!(list, Some(1 | 2)) {
        legend.push_str("“问题（任务）”栏为摘要，全文见问题清单。");
    }
    if list != Some(0) && selection.task_entries().any(|entry| entry.is_question()) {
        legend.push_str("方案任务没有登记完成情况的，期限已过请核实。");
    }
    notes.push(legend);
    notes
}

impl<'a> Selection<'a> {
    fn task_entries(&self) -> impl Iterator<Item = TaskEntry<'a>> {
        let tasks = &self.source.campaign.tasks;
        self.tasks.iter().filter_map(|listed| {
            Some(TaskEntry { task: tasks.get(listed.task)?, listed, universal: &self.source.campaign.universal, cover: self.cover })
        })
    }

    fn entry(&self, listed: &ListedHazard) -> Option<HazardEntry<'a>> {
        Some(HazardEntry {
            hazard: self.source.ledger.hazards.get(listed.hazard)?,
            item: self.source.overdue.items.get(listed.item)?,
            status: listed.status,
            as_of: self.source.lists.as_of,
            cover: self.cover,
        })
    }

    /// Rows that the hazards take: one each, or one sentence when there is none.
    fn hazard_rows(&self) -> usize {
        self.hazards.len().max(1)
    }

    fn rows(&self, with_tasks: bool) -> usize {
        let tasks = if with_tasks && !self.tasks.is_empty() { self.tasks.len() + 1 } else { 0 };
        self.hazard_rows() + tasks
    }

    /// Makes one row: hazards first, then a heading and the tasks.
    fn make(&self, index: usize, list: Option<u32>, contents: &[Content], row: &mut Row<'a>) {
        if let Some(entry) = self.hazards.get(index).and_then(|listed| self.entry(listed)) {
            row.mark = entry.mark();
            let next = list.map(|list| (list + 1) % 3);
            let own = |content| own_cell(content, index, index, next, Cow::Borrowed(entry.hazard.id.as_str()));
            row.cells.extend(contents.iter().map(|content| content.of_hazard(&entry).unwrap_or_else(|| own(*content))));
            return;
        }
        let Some(task) = index.checked_sub(self.hazard_rows() + 1) else {
            let heading = if index < self.hazard_rows() {
                self.nothing.clone()
            } else {
                format!("方案确定的任务（{}项）", self.tasks.len())
            };
            *row = Row::group(heading);
            return;
        };
        let tasks = &self.source.campaign.tasks;
        let Some((listed, plan)) = self.tasks.get(task).and_then(|listed| Some((*listed, tasks.get(listed.task)?))) else { return };
        let entry = TaskEntry { task: plan, listed, universal: &self.source.campaign.universal, cover: self.cover };
        row.mark = entry.mark();
        // Tasks do not stand in 问题清单, so theirs lead from 任务清单 to 责任清单 and back.
        let next = list.map(|list| 3 - list);
        let own = |content| own_cell(content, task, index, next, Cow::Borrowed(listed.id.as_str()));
        row.cells.extend(contents.iter().map(|content| content.of_task(&entry).unwrap_or_else(|| own(*content))));
    }

    /// How many there are of each kind, in one sentence whose numbers add up.
    fn counts(&self) -> String {
        let mut states = [0usize; OverdueState::ALL.len()];
        let mut levels = [0usize; 3];
        for entry in self.hazards.iter().filter_map(|listed| self.entry(listed)) {
            if let Some(position) = OverdueState::ALL.iter().position(|state| *state == entry.item.state) {
                states[position] += 1;
            }
            levels[match entry.hazard.level.value() {
                Some(Level::Major) => 0,
                Some(Level::General) => 1,
                None => 2,
            }] += 1;
        }
        let named = |names: &[&str], counts: &[usize]| {
            let parts = names.iter().zip(counts).filter(|(_, count)| **count > 0);
            parts.map(|(name, count)| format!("{name}{count}条")).collect::<Vec<_>>().join("、")
        };
        format!(
            "列入清单的隐患共{}条，其中{}；{}。",
            self.hazards.len(),
            named(&["重大", "一般", "等级未定"], &levels),
            named(&OverdueState::ALL.map(OverdueState::label), &states)
        )
    }
}

/// 序号 or 编号, the latter leading to the row with the same 编号 on the list `next`.
fn own_cell<'a>(content: Content, number: usize, row: usize, next: Option<u32>, id: Cow<'a, str>) -> Cell<'a> {
    match (content, next, u32::try_from(row)) {
        (Content::Sequence, ..) => Cell::Integer(number as i64 + 1),
        (_, Some(sheet), Ok(row)) => Cell::Link { text: id, sheet, row },
        _ => Cell::Text(id),
    }
}

/// Every list holds the hazards, in the same order under the same 编号, and after them the tasks.
fn check(selection: &Selection<'_>, sheets: &[Sheet<'_>]) -> Result<(), Imbalance> {
    let hazards = (selection.hazards.iter()).filter_map(|listed| selection.entry(listed)).map(|entry| entry.hazard.id.clone());
    let hazards: Vec<String> = hazards.collect();
    let tasks: Vec<String> = selection.task_entries().map(|entry| entry.listed.id.clone()).collect();
    for sheet in sheets {
        let with_tasks = sheet.name != LIST_NAMES[0];
        let expected = hazards.iter().chain(tasks.iter().filter(|_| with_tasks));
        compare(expected, &ids(sheet), &sheet.name)?;
    }
    // The selection itself may not have lost anything either.
    let (listed, found) = (selection.hazards.len() + selection.tasks.len(), hazards.len() + tasks.len());
    if listed == found {
        Ok(())
    } else {
        Err(Imbalance::Total { what: "清单条数".to_owned(), total: listed as u64, sum: found as u64 })
    }
}

/// The 编号 of every entry of a sheet.
fn ids(sheet: &Sheet<'_>) -> Vec<String> {
    let column = sheet.columns.iter().position(|column| column.title == "编号").unwrap_or(0);
    let mut ids = Vec::with_capacity(sheet.body.len());
    let visited: Result<(), std::convert::Infallible> = sheet.body.each(|_, row| {
        if row.kind == RowKind::Entry {
            ids.push(row.cells.get(column).map(|cell| cell.shown().into_owned()).unwrap_or_default());
        }
        Ok(())
    });
    match visited {
        Ok(()) => ids,
    }
}

fn compare<'i>(expected: impl Iterator<Item = &'i String>, found: &[String], name: &str) -> Result<(), Imbalance> {
    let expected: Vec<&String> = expected.collect();
    let most = expected.len().max(found.len());
    let text = |id: Option<&String>| id.cloned().unwrap_or_else(|| "（无）".to_owned());
    match (0..most).find(|index| expected.get(*index).copied() != found.get(*index)) {
        None => Ok(()),
        Some(index) => Err(Imbalance::Lists {
            position: index + 1,
            left_list: "台账".to_owned(),
            left: text(expected.get(index).copied()),
            right_list: name.to_owned(),
            right: text(found.get(index)),
        }),
    }
}

#[cfg(test)]
mod tests;
