//! The label of each column of a header: its titles from the group down to the lowest, and what they mean together.
//!
//! Also sees where one header holds the titles of several hazards: 隐患一…隐患二…, or two tables side by side.

use std::collections::BTreeSet;

use crate::records::grid::Grid;
use crate::vocabulary::Concept;
use crate::vocabulary::Field;
use crate::vocabulary::TitleReader;
use crate::vocabulary::label_key;
use crate::vocabulary::rows::is_measure_unit;
use crate::vocabulary::rows::read_labels;

/// The label of one column.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    pub column: u32,
    /// Titles from the top header row to the lowest, without repeats.
    pub chain: Vec<String>,
    pub concept: Option<Concept>,
    /// The ordinal of 隐患一, 隐患二 … in wide tables, or of tables side by side; 0 otherwise.
    pub block: u32,
    /// What else the column may be when equal titles stand under groups that nobody knows.
    pub doubtful: bool,
}

/// The label of every column that has one. `shared` are the rows in which labelled lines stand beside titles.
pub fn labels(grid: &Grid<'_>, rows: &[usize], shared: &[usize], reader: &TitleReader) -> Vec<Label> {
    let mut columns: BTreeSet<u32> = BTreeSet::new();
    for index in rows {
        let row = grid.rows()[*index].number;
        for cell in grid.cells(*index) {
            columns.insert(u32::from(cell.column));
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
            if shared.contains(index) && (is_labelled_line(&text) || reader.concept(&text).is_none()) {
                continue;
            }
            if !text.is_empty() && chain.last() != Some(&text) && (chain.is_empty() || !is_measure_unit(&text)) {
                chain.push(text);
            }
        }
        if chain.is_empty() {
            continue;
        }
        let (block, stripped) = strip_blocks(&chain);
        let parts: Vec<&str> = stripped.iter().map(String::as_str).collect();
        let concept = combined_concept(&parts, reader).or(if block > 0 && parts.is_empty() {
            Some(Concept::Field(Field::Description))
        } else {
            None
        });
        labels.push(Label { column, chain, concept, block, doubtful: false });
    }
    // 隐患一 alone is an ordinary title unless there is a second block beside it.
    let blocks: BTreeSet<u32> = labels.iter().map(|label| label.block).filter(|block| *block > 0).collect();
    if blocks.len() < 2 {
        for label in &mut labels {
            label.block = 0;
        }
        number_tables_side_by_side(&mut labels);
    }
    mark_doubtful(&mut labels, reader);
    labels
}

/// Numbers the tables that stand side by side under one header, each with its own description, as blocks. One of them
/// begins where the first title, or 序号, comes again, or behind columns without a title.
fn number_tables_side_by_side(labels: &mut [Label]) {
    let last = |label: &Label| label.chain.last().map(|title| label_key(title));
    let Some(first) = labels.first().map(|label| (last(label), label.concept)) else { return };
    let again = |label: &Label| last(label) == first.0 || first.1 == Some(Concept::Sequence) && label.concept == first.1;
    let by_title: Vec<usize> = (0..labels.len()).filter(|index| again(&labels[*index])).collect();
    let by_gap: Vec<usize> =
        (0..labels.len()).filter(|index| *index == 0 || labels[*index].column > labels[*index - 1].column + 1).collect();
    for starts in [by_title, by_gap] {
        let ends = starts.iter().skip(1).copied().chain([labels.len()]);
        let tables: Vec<(usize, usize)> = starts.iter().copied().zip(ends).collect();
        let is_table = |(start, end): &(usize, usize)| {
            end - start >= 2 && labels[*start..*end].iter().any(|label| label.concept == Some(Concept::Field(Field::Description)))
        };
        if tables.len() >= 2 && tables.iter().all(is_table) {
            for (position, (start, end)) in tables.into_iter().enumerate() {
                labels[start..end].iter_mut().for_each(|label| label.block = position as u32 + 1);
            }
            return;
        }
    }
}

/// Marks equal titles under different groups whose groups say nothing: which of them is meant nobody knows.
fn mark_doubtful(labels: &mut [Label], reader: &TitleReader) {
    let by_itself = |label: &Label| {
        let (last, groups) = label.chain.split_last()?;
        let concept = reader.concept(last)?;
        (!groups.is_empty() && label.concept == Some(concept) && matches!(concept, Concept::Field(_))).then_some((concept, groups.to_vec()))
    };
    let alone: Vec<Option<(Concept, Vec<String>)>> = labels.iter().map(by_itself).collect();
    for (position, mine) in alone.iter().enumerate() {
        let Some((concept, groups)) = mine else { continue };
        let same_block = |other: usize| labels[other].block == labels[position].block;
        let rival = |other: usize| alone[other].as_ref().is_some_and(|(known, under)| known == concept && under != groups);
        if (0..alone.len()).any(|other| other != position && same_block(other) && rival(other)) {
            labels[position].doubtful = true;
        }
    }
}

/// Whether a text is a labelled line of its own (填报单位：甲院), not a title.
pub fn is_labelled_line(text: &str) -> bool {
    read_labels(text).iter().any(|label| label.marked)
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
pub fn combined_concept(chain: &[&str], reader: &TitleReader) -> Option<Concept> {
    let (last, parents) = chain.split_last()?;
    for parent in parents.iter().rev().filter(|parent| !parent.is_empty()) {
        if let Some(concept) = of_a_person(parent, last, reader) {
            return Some(concept);
        }
        let key = label_key(parent);
        let (base, _) = crate::vocabulary::normalise::split_hint(&key);
        let stem = ["情况", "信息", "内容", "落实", "结果", "栏", "要求", "阶段", "环节", "部分", "过程", "工作", "登记", "记录"]
            .iter()
            .fold(base.as_str(), |stem, tail| stem.strip_suffix(tail).unwrap_or(stem))
            .to_owned();
        let stem = stem.strip_prefix("隐患").filter(|rest| !rest.is_empty() && *rest != "排查").map_or(stem.clone(), str::to_owned);
        for stem in [stem.as_str(), "整改"] {
            let fits = stem != "整改" || key.contains("整改") || key.contains("治理");
            if fits && let Some(concept) = reader.concept(&format!("{stem}{last}")) {
                return Some(concept);
            }
        }
        let hazard = key.contains("隐患") || key.contains("问题");
        if hazard && let Some(concept) = reader.concept(&format!("隐患{last}")) {
            return Some(concept);
        }
    }
    reader.concept(last)
}

/// What 姓名, 电话, 职务 and 部门 mean under the title of a person: his name is the person, his number is asked for only of
/// whoever is responsible, and all else about others is kept as it is.
fn of_a_person(group: &str, last: &str, reader: &TitleReader) -> Option<Concept> {
    let person = |concept: Option<Concept>| match concept {
        Some(Concept::Field(field @ (Field::Leader | Field::Responsible | Field::FoundBy | Field::VerifiedBy | Field::Guard))) => {
            Some(field)
        }
        _ => None,
    };
    let named = person(reader.concept(group));
    let field = named.or_else(|| person(reader.concept(&format!("{}人", label_key(group)))))?;
    let theirs = field == Field::Responsible;
    match label_key(last).as_str() {
        "姓名" | "名字" | "人" | "签名" | "签字" | "人员" => Some(Concept::Field(field)),
        "电话" | "联系电话" | "手机" | "手机号" | "手机号码" | "联系方式" | "号码" | "电话号码" => {
            Some(if theirs { Concept::Field(Field::Phone) } else { Concept::Known })
        }
        "部门" | "科室" | "所在科室" | "所属部门" if named.is_some() => {
            Some(if theirs { Concept::Field(Field::Department) } else { Concept::Known })
        }
        "职务" | "职称" => Some(Concept::Known),
        "单位" if named.is_some() => Some(Concept::Known),
        _ => None,
    }
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn group_titles_complete_the_lower_label() {
        let reader = TitleReader::new(&BTreeMap::new());
        for (chain, concept) in [
            (vec!["整改情况", "时限"], Some(Concept::Field(Field::Deadline))),
            (vec!["整改情况", "责任人"], Some(Concept::Field(Field::Responsible))),
            (vec!["整改情况", "措施"], Some(Concept::Field(Field::Measure))),
            (vec!["隐患情况", "描述"], Some(Concept::Field(Field::Description))),
            (vec!["隐患基本情况", "等级"], Some(Concept::Field(Field::Level))),
            (vec!["复查情况", "日期"], Some(Concept::Field(Field::VerifiedOn))),
            (vec!["验收", "人"], Some(Concept::Field(Field::VerifiedBy))),
            (vec!["整改责任", "单位"], Some(Concept::UnitOrDepartment)),
            (vec!["责任领导", "姓名"], Some(Concept::Field(Field::Leader))),
            (vec!["责任领导", "电话"], Some(Concept::Known)),
            (vec!["责任人", "电话"], Some(Concept::Field(Field::Phone))),
            (vec!["整改责任人", "部门"], Some(Concept::Field(Field::Department))),
            (vec!["复查", "姓名"], Some(Concept::Field(Field::VerifiedBy))),
            (vec!["整改环节", "人员"], Some(Concept::Field(Field::Responsible))),
            (vec!["联系人", "电话"], Some(Concept::Field(Field::Phone))),
            (vec!["备注"], Some(Concept::Field(Field::Remark))),
        ] {
            assert_eq!(combined_concept(&chain, &reader), concept, "{chain:?}");
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
