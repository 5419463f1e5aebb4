//! Finding headers: which rows are column titles, however many there are and wherever they start.
//!
//! Decides by the dictionary and the shape of the rows, never by position. Does not decide between two
//! fields that a title fits; see `columns`.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::records::grid::Grid;
use crate::tables::Value;
use crate::vocabulary::Concept;
use crate::vocabulary::Field;
use crate::vocabulary::column_concept;
use crate::vocabulary::label_key;
use crate::vocabulary::read_level;
use crate::vocabulary::read_status;
use crate::vocabulary::rows::is_measure_unit;
use crate::vocabulary::rows::read_labels;

/// At most this many rows make one header.
const MOST_HEADER_ROWS: u32 = 6;
/// A title longer than this many characters is prose.
const LONGEST_TITLE: usize = 45;

/// What a table under a header is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderKind {
    Hazards,
    /// Counts and rates: no hazards in it.
    Statistics,
    /// A list of contacts (联系人回执).
    Contacts,
}

/// A header: its rows and the label of each column.
#[derive(Debug, Clone)]
pub struct HeaderBlock {
    /// First and last row, as indexes into the grid's rows.
    pub first: usize,
    pub last: usize,
    /// Rows within the block that hold units of measure (家, 项, 万元).
    pub unit_rows: Vec<usize>,
    pub labels: Vec<Label>,
    pub kind: HeaderKind,
}

/// The label of one column.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    pub column: u32,
    /// Titles from the top header row to the lowest, without repeats.
    pub chain: Vec<String>,
    pub concept: Option<Concept>,
    /// The ordinal of 隐患一, 隐患二 … in wide tables; 0 otherwise.
    pub block: u32,
}

/// Finds every header of a sheet, top to bottom.
pub fn find_headers(grid: &Grid<'_>, own: &BTreeMap<Field, Vec<String>>) -> Vec<HeaderBlock> {
    let mut blocks = Vec::new();
    let mut index = 0;
    let mut known: Option<BTreeSet<String>> = None;
    while index < grid.rows().len() {
        if let Some(titles) = titles_if_header(grid, index, own) {
            // The same titles again are a repeated header (printed pages), not a new table.
            let keys: BTreeSet<String> = titles.iter().map(|(_, title)| label_key(title)).collect();
            let repeated = known.as_ref().is_some_and(|known| keys.iter().filter(|key| known.contains(*key)).count() * 4 >= keys.len() * 3);
            if repeated {
                index += 1;
                continue;
            }
            let block = block_at(grid, index, blocks.last().map_or(0, |block: &HeaderBlock| block.last + 1), own);
            known = Some(block.labels.iter().flat_map(|label| label.chain.iter().map(|title| label_key(title))).collect());
            index = block.last + 1;
            blocks.push(block);
        } else {
            index += 1;
        }
    }
    blocks
}

/// The titles of a row that looks like a header.
fn titles_if_header(grid: &Grid<'_>, index: usize, own: &BTreeMap<Field, Vec<String>>) -> Option<Vec<(u32, String)>> {
    let cells = grid.cells(index);
    if cells.len() < 2 || cells.len() > 400 {
        return None;
    }
    // Cheap refusals first: this runs on every row of the file.
    for cell in cells.iter().take(3) {
        match grid.sheet.value(*cell) {
            Value::Text(text) if text.len() <= LONGEST_TITLE * 4 => {}
            _ => return None,
        }
    }
    let early = cells.iter().take(4).any(|cell| matches!(grid.sheet.value(*cell), Value::Text(text) if concept_of(text, own).is_some()));
    if !early {
        return None;
    }
    let mut titles = Vec::new();
    let mut concepts = Vec::new();
    for cell in cells {
        // A title is a text; a number among them means a row of values.
        if !matches!(grid.sheet.value(*cell), Value::Text(_)) {
            return None;
        }
        let text = grid.text(*cell).text;
        if text.is_empty() {
            continue;
        }
        if text.chars().count() > LONGEST_TITLE {
            return None;
        }
        concepts.push(concept_of(&text, own));
        titles.push((u32::from(cell.column), text.into_owned()));
    }
    let matched = concepts.iter().flatten().count();
    let distinct: BTreeSet<Concept> = concepts.iter().flatten().copied().collect();
    let core = distinct.iter().filter(|concept| is_core(**concept)).count();
    let statistics = concepts.iter().flatten().filter(|concept| matches!(concept, Concept::Statistic)).count();
    let described = distinct.contains(&Concept::Field(Field::Description)) || distinct.contains(&Concept::WeakDescription);
    if looks_like_form(&titles, &concepts) {
        return None;
    }
    let enough = matched >= 3 || (matched == 2 && (described || matched == titles.len()));
    let dense = matched * 2 >= titles.len() || (matched >= 4 && matched * 3 >= titles.len());
    let contacts = titles.iter().any(|(_, title)| label_key(title) == "姓名");
    (enough && dense && (core > 0 || statistics >= 2 || contacts)).then_some(titles)
}

/// Label, value, label, value: a form, not a header. 整改中 beside 整改状态 is a value, whatever else it may mean.
fn looks_like_form(titles: &[(u32, String)], concepts: &[Option<Concept>]) -> bool {
    let is_value = |position: usize| {
        concepts[position].is_none()
            || titles
                .get(position)
                .is_some_and(|(_, text)| read_status(text, &BTreeMap::new()).is_some() || read_level(text, &BTreeMap::new()).is_some())
    };
    concepts.len() >= 2
        && concepts.len() <= 12
        && concepts.len().is_multiple_of(2)
        && (0..concepts.len()).step_by(2).all(|label| concepts[label].is_some() && is_value(label + 1))
}

/// Concepts that only a table of hazards has.
fn is_core(concept: Concept) -> bool {
    match concept {
        Concept::Field(field) => matches!(
            field,
            Field::Description
                | Field::Location
                | Field::Measure
                | Field::Deadline
                | Field::Level
                | Field::FoundOn
                | Field::Status
                | Field::Category
                | Field::RectifiedOn
                | Field::Responsible
                | Field::Progress
        ),
        Concept::DeadlineOrRectified
        | Concept::StatusOrProgress
        | Concept::WeakDescription
        | Concept::CloseOutFlag
        | Concept::MajorFlag => true,
        _ => false,
    }
}

fn concept_of(text: &str, own: &BTreeMap<Field, Vec<String>>) -> Option<Concept> {
    if text.len() > LONGEST_TITLE * 4 {
        return None;
    }
    let (block, rest) = split_block(text);
    column_concept(text, own).or_else(|| if block > 0 && !rest.is_empty() { column_concept(&rest, own) } else { None })
}

/// Takes 隐患一, 问题2 … off the front of a title: the ordinal and what is left.
pub fn split_block(title: &str) -> (u32, String) {
    let key = label_key(title);
    for lead in ["安全隐患", "事故隐患", "隐患", "问题"] {
        let Some(rest) = key.strip_prefix(lead) else { continue };
        let rest = rest.trim_start_matches(['(', '第', '#', '-']);
        let digits: String =
            rest.chars().take_while(|character| character.is_ascii_digit() || "一二三四五六七八九十".contains(*character)).collect();
        let Some(ordinal) = ordinal(&digits) else { continue };
        let rest = rest[digits.len()..].trim_start_matches([')', '项', '条', ':', '-', '.', '、', '_', '个', '处']);
        return (ordinal, rest.to_owned());
    }
    (0, String::new())
}

fn ordinal(digits: &str) -> Option<u32> {
    const HAN: [&str; 12] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
    if let Some(position) = HAN.iter().position(|word| *word == digits) {
        return Some(position as u32 + 1);
    }
    digits.parse().ok().filter(|number| (1..=60).contains(number))
}

/// The whole header around a row of titles.
fn block_at(grid: &Grid<'_>, index: usize, not_before: usize, own: &BTreeMap<Field, Vec<String>>) -> HeaderBlock {
    let mut first = index;
    while first > not_before && index - first < 4 && is_parent_row(grid, first - 1, first) {
        first -= 1;
    }
    let mut last = index;
    let mut unit_rows = Vec::new();
    while last + 1 < grid.rows().len() && (last + 1 - first) < MOST_HEADER_ROWS as usize {
        let next = last + 1;
        if is_unit_row(grid, next) {
            unit_rows.push(next);
        } else if !(is_numbering_row(grid, next) || reached_by_merge(grid, first, last, next) || is_child_row(grid, last, next, own)) {
            break;
        }
        last = next;
    }
    let labels = labels(grid, first, last, &unit_rows, own);
    let kind = kind_of(&labels);
    HeaderBlock { first, last, unit_rows, labels, kind }
}

fn kind_of(labels: &[Label]) -> HeaderKind {
    let has = |wanted: Concept| labels.iter().any(|label| label.concept == Some(wanted));
    let described = has(Concept::Field(Field::Description)) || has(Concept::WeakDescription) || has(Concept::Field(Field::Measure));
    let statistics = labels.iter().filter(|label| label.concept == Some(Concept::Statistic)).count();
    if statistics >= 2 && !described {
        return HeaderKind::Statistics;
    }
    let contact = labels.iter().any(|label| label.chain.iter().any(|title| label_key(title) == "姓名"));
    if contact && !described && !labels.iter().any(|label| label.concept.is_some_and(is_core)) {
        return HeaderKind::Contacts;
    }
    HeaderKind::Hazards
}

/// A row above the titles that groups them: several short cells, each over more than one column, or
/// joined to the titles by a vertical merge. A title line is one cell and is not taken.
fn is_parent_row(grid: &Grid<'_>, above: usize, below: usize) -> bool {
    let row = grid.rows()[above].number;
    let below_row = grid.rows()[below].number;
    if below_row - row > 1 {
        return false;
    }
    let cells = grid.cells(above);
    if cells.len() < 2 {
        return false;
    }
    let mut joined = false;
    let mut spread = false;
    for cell in cells {
        let text = grid.text(*cell).text;
        if text.chars().count() > 24 || read_labels(&text).iter().any(|label| label.marked) {
            return false;
        }
        let column = u32::from(cell.column);
        if let Some(area) = grid.merge_at(row, column) {
            joined |= area.last_row >= below_row;
            spread |= area.last_column > area.first_column && area.last_row < below_row;
        }
    }
    joined || (spread && cells.len() >= 2)
}

/// Whether a label of the block reaches down into the row by a vertical merge.
fn reached_by_merge(grid: &Grid<'_>, first: usize, last: usize, next: usize) -> bool {
    let number = grid.rows()[next].number;
    (first..=last).any(|index| {
        let row = grid.rows()[index].number;
        grid.cells(index).iter().any(|cell| {
            grid.merge_at(row, u32::from(cell.column))
                .is_some_and(|area| area.first_row == row && area.last_row >= number && area.last_row - area.first_row < MOST_HEADER_ROWS)
        })
    })
}

/// Titles under group titles, without merges to prove it: short, mostly known, and standing where the row
/// above is blank or begins a group.
fn is_child_row(grid: &Grid<'_>, last: usize, next: usize, own: &BTreeMap<Field, Vec<String>>) -> bool {
    let above = grid.cells(last);
    let cells = grid.cells(next);
    if cells.is_empty() || grid.rows()[next].number - grid.rows()[last].number > 1 {
        return false;
    }
    let row_above = grid.rows()[last].number;
    let mut matched = 0usize;
    let mut under_group = 0usize;
    for cell in cells {
        let Value::Text(_) = grid.sheet.value(*cell) else { return false };
        let text = grid.text(*cell).text;
        if text.chars().count() > 24 {
            return false;
        }
        let column = u32::from(cell.column);
        let parent = parent_above(grid, last, column);
        if combined_concept(&[parent.as_deref().unwrap_or(""), &text], own).is_some() {
            matched += 1;
        }
        let above_here = grid.cell(last, column);
        let begins_group = above_here.is_some()
            && (grid.merge_at(row_above, column).is_some_and(|area| area.last_column > area.first_column)
                || grid.cell(last, column + 1).is_none() && cells.iter().any(|other| u32::from(other.column) == column + 1));
        if above_here.is_none() || begins_group {
            under_group += 1;
        }
    }
    above.len() >= 2 && matched * 2 > cells.len() && under_group == cells.len()
}

/// The nearest title at or to the left in the row above.
fn parent_above(grid: &Grid<'_>, above: usize, column: u32) -> Option<String> {
    let row = grid.rows()[above].number;
    if let Some(cell) = grid.cell(above, column) {
        return Some(grid.text(cell).text.into_owned());
    }
    if let Some((_, _, cell)) = grid.covered_by(row, column) {
        return Some(grid.text(cell).text.into_owned());
    }
    let left = grid.cells(above).iter().rfind(|cell| u32::from(cell.column) < column)?;
    Some(grid.text(*left).text.into_owned())
}

/// 家 | 项 | 万元 …
fn is_unit_row(grid: &Grid<'_>, index: usize) -> bool {
    let cells = grid.cells(index);
    !cells.is_empty() && cells.iter().all(|cell| is_measure_unit(&grid.text(*cell).text))
}

/// 1 | 2 | 3 … or 甲 | 乙 | 1 | 2 …: the numbers of the columns.
fn is_numbering_row(grid: &Grid<'_>, index: usize) -> bool {
    let cells = grid.cells(index);
    if cells.len() < 4 {
        return false;
    }
    let mut expected = 1u32;
    for cell in cells {
        let text = label_key(&grid.text(*cell).text);
        let text = text.trim_matches(['(', ')', '<', '>']);
        if expected == 1 && matches!(text, "甲" | "乙" | "丙" | "丁") {
            continue;
        }
        if text != expected.to_string() {
            return false;
        }
        expected += 1;
    }
    expected > 3
}

/// The label of every column that has one.
fn labels(grid: &Grid<'_>, first: usize, last: usize, unit_rows: &[usize], own: &BTreeMap<Field, Vec<String>>) -> Vec<Label> {
    let rows: Vec<usize> = (first..=last).filter(|index| !unit_rows.contains(index) && !is_numbering_row(grid, *index)).collect();
    let mut columns: BTreeSet<u32> = rows.iter().flat_map(|index| grid.cells(*index)).map(|cell| u32::from(cell.column)).collect();
    for index in &rows {
        let row = grid.rows()[*index].number;
        for cell in grid.cells(*index) {
            if let Some(area) = grid.merge_at(row, u32::from(cell.column)) {
                columns.extend(
                    (area.first_column..=area.last_column.min(area.first_column + 60))
                        .filter(|column| rows.iter().any(|lower| *lower > *index && grid.cell(*lower, *column).is_some())),
                );
            }
        }
    }
    let mut labels = Vec::new();
    for column in columns {
        let mut chain: Vec<String> = Vec::new();
        for (position, index) in rows.iter().enumerate() {
            let text = label_text(grid, *index, column, &rows[position + 1..]);
            let text = text.trim().to_owned();
            if !text.is_empty() && chain.last() != Some(&text) && (chain.is_empty() || !is_measure_unit(&text)) {
                chain.push(text);
            }
        }
        if chain.is_empty() {
            continue;
        }
        let (block, stripped) = strip_blocks(&chain);
        let parts: Vec<&str> = stripped.iter().map(String::as_str).collect();
        let concept =
            combined_concept(&parts, own).or(if block > 0 && parts.is_empty() { Some(Concept::Field(Field::Description)) } else { None });
        labels.push(Label { column, chain, concept, block });
    }
    // 隐患一 alone is an ordinary title unless there is a second block beside it.
    let blocks: BTreeSet<u32> = labels.iter().map(|label| label.block).filter(|block| *block > 0).collect();
    if blocks.len() < 2 {
        for label in &mut labels {
            label.block = 0;
        }
    }
    labels
}

fn strip_blocks(chain: &[String]) -> (u32, Vec<String>) {
    let mut block = 0;
    let mut rest = Vec::new();
    for title in chain {
        let (ordinal, left) = split_block(title);
        if ordinal > 0 {
            block = ordinal;
            if !left.is_empty() {
                rest.push(left);
            }
        } else {
            rest.push(title.clone());
        }
    }
    (block, rest)
}

/// The text of a header cell: its own, the merged area's, or the group title to its left.
fn label_text(grid: &Grid<'_>, index: usize, column: u32, lower: &[usize]) -> String {
    let row = grid.rows()[index].number;
    if let Some(cell) = grid.cell(index, column) {
        return grid.text(cell).text.replace('\n', "");
    }
    if let Some((_, _, cell)) = grid.covered_by(row, column) {
        return grid.text(cell).text.replace('\n', "");
    }
    // Without merges a group title spreads right over columns that have a title below, as its own column has.
    let Some(left) = grid.cells(index).iter().rfind(|cell| u32::from(cell.column) < column) else { return String::new() };
    let left_column = u32::from(left.column);
    let titled_below = |wanted: u32| lower.iter().any(|below| grid.cell(*below, wanted).is_some());
    if grid.merge_at(row, left_column).is_none()
        && titled_below(left_column)
        && titled_below(column)
        && (left_column..=column).all(titled_below)
    {
        return grid.text(*left).text.replace('\n', "");
    }
    String::new()
}

/// What a chain of titles means. The lower label wins; a group title only completes it (整改情况 + 时限).
pub fn combined_concept(chain: &[&str], own: &BTreeMap<Field, Vec<String>>) -> Option<Concept> {
    let (last, parents) = chain.split_last()?;
    for parent in parents.iter().rev().filter(|parent| !parent.is_empty()) {
        let key = label_key(parent);
        let (base, _) = crate::vocabulary::normalise::split_hint(&key);
        let stem = ["情况", "信息", "内容", "落实", "结果", "栏", "要求", "阶段"]
            .iter()
            .fold(base.as_str(), |stem, tail| stem.strip_suffix(tail).unwrap_or(stem))
            .to_owned();
        let stem = stem.strip_prefix("隐患").filter(|rest| !rest.is_empty() && *rest != "排查").map_or(stem.clone(), str::to_owned);
        for stem in [stem.as_str(), "整改"] {
            let fits = stem != "整改" || key.contains("整改") || key.contains("治理");
            if fits && let Some(concept) = column_concept(&format!("{stem}{last}"), own) {
                return Some(concept);
            }
        }
        let hazard = key.contains("隐患") || key.contains("问题");
        if hazard && let Some(concept) = column_concept(&format!("隐患{last}"), own) {
            return Some(concept);
        }
    }
    column_concept(last, own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn group_titles_complete_the_lower_label() {
        let own = BTreeMap::new();
        for (chain, concept) in [
            (vec!["整改情况", "时限"], Some(Concept::Field(Field::Deadline))),
            (vec!["整改情况", "责任人"], Some(Concept::Field(Field::Responsible))),
            (vec!["整改情况", "措施"], Some(Concept::Field(Field::Measure))),
            (vec!["隐患情况", "描述"], Some(Concept::Field(Field::Description))),
            (vec!["隐患基本情况", "等级"], Some(Concept::Field(Field::Level))),
            (vec!["复查情况", "日期"], Some(Concept::Field(Field::VerifiedOn))),
            (vec!["验收", "人"], Some(Concept::Field(Field::VerifiedBy))),
            (vec!["整改责任", "单位"], Some(Concept::UnitOrDepartment)),
            (vec!["备注"], Some(Concept::Field(Field::Remark))),
        ] {
            assert_eq!(combined_concept(&chain, &own), concept, "{chain:?}");
        }
    }

    #[test]
    fn wide_titles_carry_an_ordinal() {
        for (title, expected) in [
            ("隐患一被检查部位", (1, "被检查部位")),
            ("隐患2：整改完成时间", (2, "整改完成时间")),
            ("问题三", (3, "")),
            ("隐患描述", (0, "")),
            ("隐患一般", (1, "般")),
        ] {
            assert_eq!(split_block(title), (expected.0, expected.1.to_owned()), "{title}");
        }
    }
}
