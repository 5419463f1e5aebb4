//! 检查表: the campaign's categories as a form to be filled in on the spot, and 未归类, the hazards outside all of them.
//!
//! The form has boxes to tick and room to write; nothing is judged on it. Which hazards lie outside is for `results`.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::model::Category;
use crate::campaign::model::ChecklistItem;
use crate::documents::sheet::Body;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::ColumnKind;
use crate::documents::sheet::Document;
use crate::documents::sheet::Look;
use crate::documents::sheet::Official;
use crate::documents::sheet::Row;
use crate::documents::sheet::Sheet;
use crate::ledger::Ledger;
use crate::results::checklist::Filing;
use crate::vocabulary::Field;
use crate::vocabulary::Level;

/// The form.
pub const FORM_SHEET: &str = "检查表";
/// Hazards of the ledger that belong to no category.
pub const UNFILED_SHEET: &str = "未归类";
/// Rows to write in for a category that lists nothing, and at the end of the form.
const BLANK_ROWS: usize = 3;

/// What the form is made from.
#[derive(Clone, Copy)]
pub struct ChecklistSource<'a> {
    pub campaign: &'a Campaign,
    /// Indexes into the campaign's categories, in printing order.
    pub categories: &'a [usize],
    /// The kind of units it is for, if for one only.
    pub kind: Option<&'a str>,
    /// The ledger and how its hazards lie in the categories; `None` while there is no ledger.
    pub filed: Option<(&'a Ledger, &'a Filing)>,
    pub as_of: NaiveDate,
}

/// The workbook: 检查表, and 未归类 where there is a ledger.
pub fn checklist<'a>(source: ChecklistSource<'a>) -> Document<'a> {
    let campaign = source.campaign;
    let mut sheets = vec![form(source)];
    sheets.extend(source.filed.map(|(ledger, filing)| unfiled(source, ledger, filing)));
    Document { title: format!("{}检查表", campaign.title), issuer: campaign.issuer.clone(), sheets }
}

/// How many things the form asks for.
pub fn item_count(source: ChecklistSource<'_>) -> usize {
    chosen(source).map(|(_, category)| category.items.len()).sum()
}

fn chosen<'a>(source: ChecklistSource<'a>) -> impl Iterator<Item = (usize, &'a Category)> {
    source.categories.iter().filter_map(move |index| Some((*index, source.campaign.categories.get(*index)?)))
}

fn form<'a>(source: ChecklistSource<'a>) -> Sheet<'a> {
    let columns = vec![
        Column::new("序号", ColumnKind::Number, 4),
        Column::new("检查项目", ColumnKind::Word, 10).growing(1),
        Column::new("检查内容", ColumnKind::Prose, 24).growing(4),
        Column::new("依据", ColumnKind::Prose, 12).growing(2),
        Column::new("等级", ColumnKind::Word, 4),
        Column::new("是\n（符合）", ColumnKind::Word, 10).under("检查情况"),
        Column::new("否\n（不符合）", ColumnKind::Word, 12).under("检查情况"),
        Column::new("不适用", ColumnKind::Word, 6).under("检查情况"),
        Column::new("问题描述", ColumnKind::Prose, 22).growing(1),
        Column::new("整改要求", ColumnKind::Prose, 18).growing(1),
    ];
    let mut rows = Vec::new();
    let mut number = 0;
    for (order, (index, category)) in chosen(source).enumerate() {
        rows.push(Row::group(heading(source, order, index, category)));
        for item in &category.items {
            number += 1;
            rows.push(item_row(source.campaign, number, category, item));
        }
        if category.items.is_empty() {
            rows.extend(blank_rows(&mut number));
        }
    }
    rows.push(Row::group("其他发现的问题"));
    rows.extend(blank_rows(&mut number));
    let kind = source.kind.map_or_else(String::new, |kind| format!("（{kind}）"));
    let look = Look::Official(Box::new(Official {
        attachment: None,
        title: format!("{}检查表{kind}", source.campaign.title),
        left: "被检查单位（章）：".to_owned(),
        right: "检查日期：　　　　年　　月　　日".to_owned(),
        notes: vec!["注：检查情况在相应栏内打√；检查内容写的是隐患的（如“通道不畅”），没有发现即为符合。不符合的写明问题描述和整改要求；等级是不符合时通常的等级，以现场判定为准。".to_owned()],
        signature: ["检查人员", "被检查单位负责人", "陪同人员"].map(str::to_owned).to_vec(),
        dense: false,
    }));
    Sheet { name: FORM_SHEET.to_owned(), hidden: false, look, columns, body: Body::Rows(rows) }
}

/// 一、消防安全（5项；台账在册 12 条，未整改 3 条）
fn heading(source: ChecklistSource<'_>, order: usize, index: usize, category: &Category) -> String {
    let mut parts =
        vec![if category.items.is_empty() { "方案没有列检查内容".to_owned() } else { format!("{}项", category.items.len()) }];
    if source.kind.is_none() && !category.kinds.is_empty() {
        parts.push(format!("适用：{}", category.kinds.join("、")));
    }
    if let Some(filed) = source.filed.and_then(|(_, filing)| filing.by_category.get(index)) {
        parts.push(format!("台账在册{}条，未整改{}条", filed.hazards, filed.open));
    }
    format!("{}、{}（{}）", chinese_number(order + 1), category.name, parts.join("；"))
}

fn item_row<'a>(campaign: &'a Campaign, number: i64, category: &'a Category, item: &'a ChecklistItem) -> Row<'a> {
    let (project, content) = split(&item.text).unwrap_or((&category.name, &item.text));
    let level = item.level.map(|level: Level| campaign.levels.of(level).name.as_str());
    Row::entry(vec![
        Cell::Integer(number),
        Cell::text(Some(project)),
        Cell::text(Some(content)),
        Cell::text(item.basis.as_deref()),
        Cell::text(level),
    ])
}

/// `疏散通道：畅通、无杂物` names the thing before what is looked at.
fn split(text: &str) -> Option<(&str, &str)> {
    const LONGEST_NAME: usize = 12;
    let (name, content) = text.split_once('：')?;
    let (name, content) = (name.trim(), content.trim());
    (!name.is_empty() && !content.is_empty() && name.chars().count() <= LONGEST_NAME).then_some((name, content))
}

fn blank_rows<'a>(number: &mut i64) -> Vec<Row<'a>> {
    let mut row = || {
        *number += 1;
        Row::entry(vec![Cell::Integer(*number)])
    };
    (0..BLANK_ROWS).map(|_| row()).collect()
}

/// 一 to 九十九; digits beyond.
fn chinese_number(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |number: usize| DIGITS.get(number).copied().unwrap_or("");
    match number {
        0..=9 => digit(number).to_owned(),
        10..=19 => format!("十{}", digit(number - 10)),
        20..=99 => format!("{}十{}", digit(number / 10), digit(number % 10)),
        _ => number.to_string(),
    }
}

fn unfiled<'a>(source: ChecklistSource<'a>, ledger: &'a Ledger, filing: &'a Filing) -> Sheet<'a> {
    let columns = vec![
        Column::new("序号", ColumnKind::Number, 4),
        Column::new("编号", ColumnKind::Code, 12),
        Column::new("单位", ColumnKind::Word, 14).growing(1),
        Column::new("台账所写类别", ColumnKind::Word, 12),
        Column::new("隐患描述", ColumnKind::Prose, 24).growing(4),
        Column::new("部位", ColumnKind::Word, 10).growing(1),
        Column::new("等级", ColumnKind::Word, 4),
        Column::new("应归类别", ColumnKind::Word, 12),
    ];
    let row = |(number, hazard): (i64, &'a crate::ledger::Hazard)| {
        Row::entry(vec![
            Cell::Integer(number),
            Cell::text(Some(&hazard.id)),
            Cell::text(Some(&hazard.unit)),
            hazard.text(Field::Category).map_or(Cell::Text(Cow::Borrowed("（未填）")), |written| Cell::text(Some(written))),
            Cell::text(hazard.text(Field::Description)),
            Cell::text(hazard.text(Field::Location)),
            Cell::text(hazard.level.value().map(Level::label)),
        ])
    };
    let mut rows: Vec<Row<'a>> = (1i64..).zip(filing.unfiled.iter().filter_map(|index| ledger.hazards.get(*index))).map(row).collect();
    if rows.is_empty() {
        rows.push(Row::group("台账中的隐患都归入了方案的类别"));
    }
    let campaign = source.campaign;
    let look = Look::Official(Box::new(Official {
        attachment: None,
        title: format!("{}未归类隐患", campaign.title),
        left: format!("填报单位（章）：{}", campaign.issuer),
        right: format!("截至日期：{}", source.as_of.format("%Y年%-m月%-d日")),
        notes: vec![
            "注：类别既不是方案的类别，也不是它的别名；请改正台账，或在方案的 categories 里加上类别或别名（synonyms）。".to_owned(),
        ],
        signature: Vec::new(),
        dense: false,
    }));
    Sheet { name: UNFILED_SHEET.to_owned(), hidden: false, look, columns, body: Body::Rows(rows) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::checklist::file_hazards;
    use crate::results::three_lists::sample;

    fn lines(sheet: &Sheet<'_>) -> Vec<String> {
        let mut lines = Vec::new();
        let visited: Result<(), ()> = sheet.body.each(|_, row| {
            lines.push(row.cells.iter().map(Cell::shown).collect::<Vec<_>>().join("|"));
            Ok(())
        });
        assert_eq!(visited, Ok(()));
        lines
    }

    fn campaign() -> Campaign {
        let item = |text: &str, level: Option<Level>, basis: Option<&str>| ChecklistItem {
            text: text.to_owned(),
            level,
            basis: basis.map(str::to_owned),
        };
        let category = |id: &str, name: &str, kinds: &[&str], items: Vec<ChecklistItem>| Category {
            id: id.to_owned(),
            name: name.to_owned(),
            synonyms: Vec::new(),
            kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
            items,
            line: 1,
        };
        let mut campaign = sample::campaign(0);
        campaign.categories = vec![
            category(
                "fire",
                "消防安全",
                &[],
                vec![item("疏散通道：畅通、无杂物", Some(Level::General), Some("消防法")), item("消防设施完好", Some(Level::Major), None)],
            ),
            category("other", "其他", &["诊所"], Vec::new()),
        ];
        campaign
    }

    #[test]
    fn every_item_stands_under_its_category_and_a_category_without_items_has_room() {
        let campaign = campaign();
        let source = ChecklistSource { campaign: &campaign, categories: &[0, 1], kind: None, filed: None, as_of: sample::day(7, 31) };
        let document = checklist(source);
        assert_eq!((document.sheets.len(), item_count(source)), (1, 2));
        let expected = [
            "一、消防安全（2项）",
            "1|疏散通道|畅通、无杂物|消防法|一般",
            "2|消防安全|消防设施完好||重大",
            "二、其他（方案没有列检查内容；适用：诊所）",
            "3",
            "4",
            "5",
            "其他发现的问题",
            "6",
            "7",
            "8",
        ];
        assert_eq!(lines(&document.sheets[0]), expected);
        let one = checklist(ChecklistSource { categories: &[1], kind: Some("诊所"), ..source });
        assert_eq!(lines(&one.sheets[0])[0], "一、其他（方案没有列检查内容）");
        let Look::Official(official) = &one.sheets[0].look else { panic!("a printed sheet") };
        assert!(official.title.ends_with("检查表（诊所）"));
    }

    #[test]
    fn hazards_outside_every_category_are_listed() {
        let campaign = campaign();
        let hazards = vec![sample::hazard(1, 0), sample::with_values(2, 1, &[(Field::Category, "电气"), (Field::Description, "线路老化")])];
        let ledger = Ledger { hazards, extra_columns: Vec::new() };
        let filing = file_hazards(&campaign, &ledger, &sample::overdue(&ledger, sample::day(7, 31)));
        let filed = Some((&ledger, &filing));
        let document = checklist(ChecklistSource { campaign: &campaign, categories: &[0], kind: None, filed, as_of: sample::day(7, 31) });
        assert_eq!(lines(&document.sheets[0])[0], "一、消防安全（2项；台账在册1条，未整改1条）");
        assert_eq!(lines(&document.sheets[1]), ["1|demo-002-0002|河西区人民医院/南院区|电气|线路老化||一般"]);
    }

    #[test]
    fn headings_are_numbered_in_chinese() {
        for (number, expected) in [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "100")] {
            assert_eq!(chinese_number(number), expected);
        }
    }
}
