//! Finding headers: which rows are column titles, however many there are and wherever they start.
//!
//! Decides by the dictionary and the shape of the rows, never by position. Does not decide between two
//! fields that a title fits; see `columns`.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::records::grid::Grid;
use crate::records::labels::Label;
use crate::records::labels::combined_concept;
use crate::records::labels::is_labelled_line;
use crate::records::labels::labels;
use crate::records::labels::split_block;
use crate::records::transposed::find_transposed;
use crate::tables::Cell;
use crate::tables::Value;
use crate::vocabulary::Concept;
use crate::vocabulary::Field;
use crate::vocabulary::TitleReader;
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
    /// A table of something else, below a table that was read.
    Foreign,
}

/// A header: its rows and the label of each column.
#[derive(Debug, Clone)]
pub struct HeaderBlock {
    /// First and last row, as indexes into the grid's rows.
    pub first: usize,
    pub last: usize,
    /// Rows within the block that hold units of measure (家, 项, 万元), or hints in brackets.
    pub unit_rows: Vec<usize>,
    /// Rows within the block that are labelled lines (填报单位：…) besides.
    pub shared_rows: Vec<usize>,
    pub labels: Vec<Label>,
    pub kind: HeaderKind,
}

/// Finds every header of a sheet, top to bottom.
pub fn find_headers(grid: &Grid<'_>, reader: &TitleReader) -> Vec<HeaderBlock> {
    let mut blocks: Vec<HeaderBlock> = Vec::new();
    if find_transposed(grid, reader).is_some() {
        return blocks;
    }
    let mut index = 0;
    while index < grid.rows().len() {
        let after = blocks.last().map_or(0, |block| block.last + 1);
        let block = match titles_if_header(grid, index, reader, blocks.is_empty()) {
            // The same titles again are a repeated header (printed pages), not a new table.
            Some(titles) if blocks.last().is_some_and(|block| repeats(block, &titles, reader)) => None,
            Some(_) => Some(block_at(grid, index, after, reader)),
            None if !blocks.is_empty() && is_foreign_header(grid, index, reader) => {
                Some(HeaderBlock { kind: HeaderKind::Foreign, ..block_at(grid, index, after, reader) })
            }
            None => None,
        };
        index = block.as_ref().map_or(index, |block| block.last) + 1;
        blocks.extend(block);
    }
    blocks
}

/// The header of a ledger that this program wrote: its first row, and no other.
pub fn own_header(grid: &Grid<'_>, reader: &TitleReader) -> HeaderBlock {
    HeaderBlock {
        first: 0,
        last: 0,
        unit_rows: Vec::new(),
        shared_rows: Vec::new(),
        labels: labels(grid, &[0], &[], reader),
        kind: HeaderKind::Hazards,
    }
}

/// Whether titles stand where a header has them already. With a title that is known in another place, or a known one more,
/// it is another table.
fn repeats(block: &HeaderBlock, titles: &[(u32, String)], reader: &TitleReader) -> bool {
    let again = |(column, title): &&(u32, String)| {
        let key = label_key(title);
        block.labels.iter().any(|label| label.column == *column && label.chain.iter().any(|known| label_key(known) == key))
    };
    let same = titles.iter().filter(again).count();
    same * 4 >= titles.len() * 3 && titles.iter().all(|title| again(&title) || concept_of(&title.1, reader).is_none())
}

/// The titles of a row that looks like a header. `no_header_yet` if none was found above.
fn titles_if_header(grid: &Grid<'_>, index: usize, reader: &TitleReader, no_header_yet: bool) -> Option<Vec<(u32, String)>> {
    let cells = grid.cells(index);
    if cells.len() < 2 || cells.len() > 400 {
        return None;
    }
    // Cheap refusals first: this runs on every row of the file. A row that begins with a number or a sentence is no header.
    let Value::Text(first) = grid.sheet.value(cells[0]) else { return None };
    if first.trim().bytes().all(|byte| byte.is_ascii_digit()) || without_hint(first).len() > LONGEST_TITLE * 4 {
        return None;
    }
    let early = cells.iter().take(5).any(|cell| matches!(grid.sheet.value(*cell), Value::Text(text) if concept_of(text, reader).is_some()));
    if !early {
        return None;
    }
    let mut titles = Vec::new();
    let mut concepts = Vec::new();
    // A title is a short text. One number, day or sentence among many titles is somebody's note; more mean a row of values.
    let mut odd = 0;
    for cell in cells {
        let text = grid.text(*cell).text;
        if text.is_empty() {
            continue;
        }
        let is_title = matches!(grid.sheet.value(*cell), Value::Text(_)) && without_hint(&text).chars().count() <= LONGEST_TITLE;
        odd += usize::from(!is_title);
        concepts.push(if is_title { concept_of(&text, reader) } else { None });
        titles.push((u32::from(cell.column), text.into_owned()));
    }
    if odd * 5 > titles.len() || said_over_and_over(&titles) {
        return None;
    }
    let matched = concepts.iter().flatten().count();
    let distinct: BTreeSet<Concept> = concepts.iter().flatten().copied().collect();
    let core = distinct.iter().filter(|concept| is_core(**concept)).count();
    let statistics = concepts.iter().flatten().filter(|concept| matches!(concept, Concept::Statistic)).count();
    let description = concepts.iter().position(|concept| *concept == Some(Concept::Field(Field::Description)));
    let described = description.is_some() || distinct.contains(&Concept::WeakDescription);
    if looks_like_form(&titles, &concepts) && !rows_below(grid, index, &titles, reader) || titles_below(grid, index, reader) {
        return None;
    }
    // Two titles with a gap between them are labels of a form whose values are blank.
    let apart = titles.len() == 2 && titles[1].0 > titles[0].0 + 1;
    let enough = matched >= 3 || (matched == 2 && (described || matched == titles.len()) && !apart);
    let dense = matched * 2 >= titles.len() || (matched >= 4 && matched * 3 >= titles.len());
    // Few of many titles are known: a description that stands over rows of values is a ledger all the same.
    let told_by_one = |position: usize| no_header_yet && titles[position].1.chars().count() >= 4;
    let ledger = description.is_some_and(|position| matched >= 2 || told_by_one(position))
        && titles.len() >= 3
        && rows_below(grid, index, &titles, reader);
    let contacts = titles.iter().any(|(_, title)| label_key(title) == "姓名");
    let fits = enough && dense && odd * 3 <= matched && (core > 0 || statistics >= 2 || contacts);
    (fits || ledger).then_some(titles)
}

/// A title without the hint in brackets behind it, however long that is.
fn without_hint(text: &str) -> &str {
    text.find(['(', '（', '[', '【', '〔']).filter(|start| *start > 0).map_or(text, |start| &text[..start])
}

/// One text in half of the cells or more: values (整改中 of every hazard), not titles.
fn said_over_and_over(titles: &[(u32, String)]) -> bool {
    titles.len() >= 3
        && titles.iter().any(|(_, title)| titles.iter().filter(|(_, other)| other == title).count() * 2 >= titles.len().max(4))
}

/// Whether rows of values stand under the titles, as they do in a table and not in a form: the next row fills at
/// least half of their columns and has no title of its own.
fn rows_below(grid: &Grid<'_>, index: usize, titles: &[(u32, String)], reader: &TitleReader) -> bool {
    let Some(row) = grid.rows().get(index + 1).filter(|row| row.number == grid.rows()[index].number + 1) else { return false };
    let cells = grid.sheet.cells_of(*row);
    let under = cells.iter().filter(|cell| titles.iter().any(|(column, _)| u32::from(cell.column) == *column)).count();
    let is_title = |cell: &Cell| matches!(grid.sheet.value(*cell), Value::Text(text) if concept_of(text, reader).is_some_and(is_core));
    under * 2 >= titles.len() && under >= 3 && cells.iter().filter(|cell| is_title(cell)).count() <= usize::from(titles.len() > 5)
}

/// Whether the rows below begin with titles themselves, as those of a form under 项目 | 内容 do.
fn titles_below(grid: &Grid<'_>, index: usize, reader: &TitleReader) -> bool {
    let Some(column) = grid.cells(index).first().map(|cell| u32::from(cell.column)) else { return false };
    let texts: Vec<_> = (index + 1..grid.rows().len().min(index + 9)).map(|below| grid.text_at(below, column)).collect();
    let titles = texts.iter().filter(|text| reader.concept(text).is_some_and(|concept| matches!(concept, Concept::Field(_)))).count();
    titles >= 3 && titles * 3 >= texts.len() * 2
}

/// The header of a table of something else below a known one: 序号 and words that mean nothing here, over a row that
/// begins to count; or 姓名 among short words, over people.
fn is_foreign_header(grid: &Grid<'_>, index: usize, reader: &TitleReader) -> bool {
    let cells = grid.cells(index);
    let Some(Value::Text(first)) = cells.first().map(|cell| grid.sheet.value(*cell)) else { return false };
    let short = |cell: &Cell| matches!(grid.sheet.value(*cell), Value::Text(text) if text.chars().count() <= 20 && has_no_digit(text));
    let is_name = |cell: &Cell| matches!(grid.sheet.value(*cell), Value::Text(text) if label_key(text) == "姓名");
    if cells.len() >= 2 && cells.iter().take(3).any(is_name) && cells.iter().all(short) {
        return true;
    }
    if cells.len() < 3 || first.len() > 20 || !matches!(concept_of(first, reader), Some(Concept::Sequence | Concept::SequenceOrId)) {
        return false;
    }
    let counts = grid.cell(index + 1, u32::from(cells[0].column)).is_some_and(|cell| grid.text(cell).text.trim_start_matches('0') == "1");
    counts && cells.iter().all(short)
}

/// Whether a text has no digit, as titles have none.
fn has_no_digit(text: &str) -> bool {
    !text.chars().any(|character| character.is_ascii_digit())
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

/// What a title means, also behind the ordinal of 隐患一, 隐患二 ….
pub(crate) fn concept_of(text: &str, reader: &TitleReader) -> Option<Concept> {
    reader.concept(text).or_else(|| {
        let (block, rest) = split_block(text);
        if block > 0 && !rest.is_empty() { reader.concept(&rest) } else { None }
    })
}

/// The whole header around a row of titles.
fn block_at(grid: &Grid<'_>, index: usize, not_before: usize, reader: &TitleReader) -> HeaderBlock {
    let mut first = index;
    let mut shared_rows = Vec::new();
    while first > not_before && index - first < 4 {
        if is_shared_row(grid, first - 1, first, reader) {
            shared_rows.push(first - 1);
        } else if !is_parent_row(grid, first - 1, first) {
            break;
        }
        first -= 1;
    }
    let mut last = index;
    let mut unit_rows = Vec::new();
    while last + 1 < grid.rows().len() && (last + 1 - first) < MOST_HEADER_ROWS as usize {
        let next = last + 1;
        if is_unit_row(grid, next) || is_hint_row(grid, next) {
            unit_rows.push(next);
        } else if !(is_numbering_row(grid, next) || reached_by_merge(grid, first, last, next) || is_child_row(grid, last, next, reader)) {
            break;
        }
        last = next;
    }
    let rows: Vec<usize> = (first..=last).filter(|index| !unit_rows.contains(index) && !is_numbering_row(grid, *index)).collect();
    let labels = labels(grid, &rows, &shared_rows, reader);
    let kind = kind_of(&labels);
    HeaderBlock { first, last, unit_rows, shared_rows, labels, kind }
}

/// A row that is a labelled line and holds a title too: 序号, merged down or over a blank, beside 填报单位：….
fn is_shared_row(grid: &Grid<'_>, above: usize, below: usize, reader: &TitleReader) -> bool {
    let (row, below_row) = (grid.rows()[above].number, grid.rows()[below].number);
    let cells = grid.cells(above);
    if below_row - row > 1 || !(2..=14).contains(&cells.len()) {
        return false;
    }
    let says = |cell: &Cell| is_labelled_line(&grid.text(*cell).text);
    let is_title = |cell: &&Cell| {
        let column = u32::from(cell.column);
        let joined = grid.merge_at(row, column).is_some_and(|area| area.last_row >= below_row);
        !says(cell) && (joined || grid.cell(below, column).is_none()) && reader.concept(&grid.text(**cell).text).is_some()
    };
    let titles = cells.iter().filter(is_title).count();
    titles > 0 && titles <= 3 && cells.iter().any(says)
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
fn is_child_row(grid: &Grid<'_>, last: usize, next: usize, reader: &TitleReader) -> bool {
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
        if combined_concept(&[parent.as_deref().unwrap_or(""), &text], reader).is_some() {
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

/// （写清部位） | （一般、重大）: how to fill in the columns above.
fn is_hint_row(grid: &Grid<'_>, index: usize) -> bool {
    let cells = grid.cells(index);
    let hint = |cell: &Cell| {
        let text = grid.text(*cell).text;
        text.starts_with(['（', '(', '【', '[']) && text.ends_with(['）', ')', '】', ']']) && text.chars().count() > 2
    };
    cells.len() >= 2 && cells.iter().all(hint)
}

/// 1 | 2 | 3 … or 甲 | 乙 | 1 | 2 …: the numbers of the columns.
pub(crate) fn is_numbering_row(grid: &Grid<'_>, index: usize) -> bool {
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
