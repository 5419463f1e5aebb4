//! 台账变化: what changed between two ledgers, as counts by unit (变化汇总), one row for each changed field (变化明细), and
//! the hazards that came (新增) and went (消失). Every kind has its colour and its word; counts are held against the lists.

use std::borrow::Cow;

use crate::campaign::Campaign;
use crate::documents::imbalance::Imbalance;
use crate::documents::personal::Audience;
use crate::documents::personal::Cover;
use crate::documents::sheet::Body;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::ColumnKind;
use crate::documents::sheet::Document;
use crate::documents::sheet::Look;
use crate::documents::sheet::Mark;
use crate::documents::sheet::Official;
use crate::documents::sheet::Row;
use crate::documents::sheet::Sheet;
use crate::ledger::Hazard;
use crate::results::Difference;
use crate::results::difference::ChangeKind;
use crate::results::difference::ChangedColumn;
use crate::results::difference::Counts;
use crate::results::difference::FieldChange;
use crate::results::difference::RemovedHazard;
use crate::vocabulary::Field;

/// One row for each unit, and the totals.
pub const SUMMARY_SHEET: &str = "变化汇总";
/// One row for each changed field and for each hazard that came or went; all of the CSV.
pub const DETAIL_SHEET: &str = "变化明细";
/// Hazards that only the new ledger has.
pub const ADDED_SHEET: &str = "新增";
/// Hazards that only the old ledger has.
pub const REMOVED_SHEET: &str = "消失";

/// What the document is made from.
#[derive(Clone, Copy)]
pub struct DifferenceSource<'a> {
    pub campaign: &'a Campaign,
    pub difference: &'a Difference<'a>,
    /// Names of the two files.
    pub old: &'a str,
    pub new: &'a str,
    /// Phone numbers in full, whatever the campaign says.
    pub full_phones: bool,
}

impl<'a> DifferenceSource<'a> {
    fn text(self, hazard: &'a Hazard, field: Field) -> Cell<'a> {
        hazard.text(field).map_or(Cell::Empty, |text| self.shown(ChangedColumn::Known(field), text))
    }

    fn shown(self, column: ChangedColumn<'_>, text: &'a str) -> Cell<'a> {
        Cover::new(Audience::Unit, self.campaign, self.full_phones).cell(text, column == ChangedColumn::Known(Field::Phone))
    }
}

/// The workbook of four sheets.
///
/// # Errors
/// [`Imbalance`] when the counts are not those of the lists, or do not add up.
pub fn difference_document<'a>(source: DifferenceSource<'a>) -> Result<Document<'a>, Imbalance> {
    check(source.difference)?;
    let sheets = vec![summary(source), details(source), added(source), removed(source)];
    Ok(document(source, sheets))
}

/// 变化明细 alone, for CSV.
///
/// # Errors
/// As [`difference_document`].
pub fn details_document<'a>(source: DifferenceSource<'a>) -> Result<Document<'a>, Imbalance> {
    check(source.difference)?;
    Ok(document(source, vec![details(source)]))
}

fn document<'a>(source: DifferenceSource<'a>, sheets: Vec<Sheet<'a>>) -> Document<'a> {
    Document { title: format!("{}台账变化", source.campaign.title), issuer: source.campaign.issuer.clone(), sheets }
}

/// A column of the summary: its title and the count that stands in it.
type Counted = (&'static str, fn(&Counts) -> u32);

const COUNTED: [Counted; 12] = [
    ("旧台账", |counts| counts.old),
    ("新增", |counts| counts.added),
    ("消失", |counts| counts.removed),
    ("新台账", |counts| counts.new),
    ("未变", |counts| counts.unchanged),
    ("变更", |counts| counts.changed),
    ("倒退", |counts| counts.backwards),
    ("整改", |counts| counts.rectified),
    ("销号", |counts| counts.closed_out),
    ("撤销", |counts| counts.withdrawn),
    ("批准延期", |counts| counts.extended),
    ("新逾期", |counts| counts.newly_overdue),
];

/// Every column adds up downwards, both ledgers sideways, and the lists are as long as they are said to be.
fn check(difference: &Difference<'_>) -> Result<(), Imbalance> {
    let equal = |what: String, total: u32, sum: u64| {
        if u64::from(total) == sum { Ok(()) } else { Err(Imbalance::Total { what, total: u64::from(total), sum }) }
    };
    for (title, count) in COUNTED {
        let sum = difference.by_unit.iter().map(|unit| u64::from(count(&unit.counts))).sum();
        equal(format!("{SUMMARY_SHEET}的{title}"), count(&difference.counts), sum)?;
    }
    for unit in &difference.by_unit {
        let Counts { old, new, added, removed, changed, unchanged, .. } = unit.counts;
        let sum = |parts: [u32; 3]| parts.into_iter().map(u64::from).sum();
        equal(format!("{}的旧台账", unit.unit), old, sum([removed, changed, unchanged]))?;
        equal(format!("{}的新台账", unit.unit), new, sum([added, changed, unchanged]))?;
    }
    let counts = &difference.counts;
    equal(ADDED_SHEET.to_owned(), counts.added, difference.added.len() as u64)?;
    equal(REMOVED_SHEET.to_owned(), counts.removed, difference.removed.len() as u64)?;
    equal("变更".to_owned(), counts.changed, difference.changed.len() as u64)?;
    equal("新逾期".to_owned(), counts.newly_overdue, difference.newly_overdue.len() as u64)
}

fn summary(source: DifferenceSource<'_>) -> Sheet<'_> {
    let difference = source.difference;
    let mut columns = vec![Column::new("序号", ColumnKind::Number, 4), Column::new("单位", ColumnKind::Word, 20).growing(3)];
    columns.extend(COUNTED.map(|(title, _)| Column::new(title, ColumnKind::Number, 8).growing(1)));
    let numbers = |counts: &Counts| COUNTED.map(|(_, count)| Cell::Integer(i64::from(count(counts))));
    let mut rows: Vec<Row<'_>> = (1i64..)
        .zip(&difference.by_unit)
        .map(|(number, unit)| {
            let leading = [Cell::Integer(number), Cell::text(Some(&unit.unit))];
            Row::entry(leading.into_iter().chain(numbers(&unit.counts)).collect())
        })
        .collect();
    if rows.is_empty() {
        rows.push(Row::group("两本台账里都没有隐患"));
    } else {
        let leading = [Cell::Empty, Cell::Text(Cow::Borrowed("合计"))];
        rows.push(Row::total(leading.into_iter().chain(numbers(&difference.counts)).collect()));
    }
    let mut notes = vec![
        "注：旧台账＝消失＋变更＋未变；新台账＝新增＋变更＋未变。一条隐患在每一栏最多算一次；整改、销号、撤销含新增时已是这个状态的。"
            .to_owned(),
        format!("新逾期：到{}逾期、而旧台账在{}还没有逾期的。", day(difference.as_of), day(difference.old_as_of)),
    ];
    if !difference.removed.is_empty() {
        notes.push(format!("台账里的隐患不应当消失，{REMOVED_SHEET}的{}条请逐条查明。", difference.removed.len()));
    }
    sheet(source, SUMMARY_SHEET, "台账变化汇总表", (columns, rows, notes), false)
}

fn details(source: DifferenceSource<'_>) -> Sheet<'_> {
    let columns = vec![
        Column::new("单位", ColumnKind::Word, 14).growing(2),
        Column::new("编号", ColumnKind::Code, 14),
        Column::new("隐患描述", ColumnKind::Prose, 20).growing(4),
        Column::new("栏目", ColumnKind::Word, 13),
        Column::new("原值", ColumnKind::Prose, 14).growing(3),
        Column::new("现值", ColumnKind::Prose, 14).growing(3),
        Column::new("性质", ColumnKind::Word, 14).growing(1),
    ];
    let whole = |hazard, mark, values: [String; 2], kind| {
        let [old, new] = values.map(Cell::owned);
        marked(mark, [leading(source, hazard), vec![Cell::Text(Cow::Borrowed("整条隐患")), old, new, Cell::owned(kind)]].concat())
    };
    let status = |hazard: &Hazard| format!("状态：{}", hazard.status.label());
    let difference = source.difference;
    let mut rows = Vec::new();
    for removed in &difference.removed {
        let kind = if removed.is_emptied() { "消失（描述清空了）" } else { "消失" };
        rows.push(whole(removed.hazard, Mark::Removed, [status(removed.hazard), "台账里没有了".to_owned()], kind.to_owned()));
    }
    // What needs an answer comes first; both parts are in the order of the ledger.
    for backwards in [true, false] {
        for changed in difference.changed.iter().filter(|changed| changed.is_backwards() == backwards) {
            rows.extend(changed.fields.iter().map(|field| field_row(source, changed.new, field)));
        }
    }
    for added in &difference.added {
        rows.push(whole(added.hazard, Mark::Added, ["旧台账里没有".to_owned(), status(added.hazard)], "新增".to_owned()));
    }
    let notes = vec!["注：“性质”一栏写明类别，底色相同：消失为红，倒退为橙，变更（含整改、销号、撤销、延期）为蓝，新增为绿。".to_owned()];
    sheet(source, DETAIL_SHEET, "台账变化明细表", (columns, rows, notes), true)
}

fn field_row<'a>(source: DifferenceSource<'a>, hazard: &'a Hazard, field: &'a FieldChange<'a>) -> Row<'a> {
    let (mark, kind) = match field.kind {
        ChangeKind::Backwards(reason) => (Mark::Backwards, format!("倒退：{}", reason.label())),
        ChangeKind::Progress(progress) => (Mark::Changed, progress.label().to_owned()),
        ChangeKind::Plain => (Mark::Changed, "变更".to_owned()),
    };
    let mut cells = leading(source, hazard);
    cells.extend([
        Cell::text(Some(field.column.title())),
        source.shown(field.column, &field.old),
        source.shown(field.column, &field.new),
        Cell::owned(kind),
    ]);
    marked(mark, cells)
}

/// 单位, 编号 and 隐患描述, with which the rows of the lists begin.
fn leading<'a>(source: DifferenceSource<'a>, hazard: &'a Hazard) -> Vec<Cell<'a>> {
    vec![Cell::text(Some(&hazard.unit)), Cell::text(Some(&hazard.id)), source.text(hazard, Field::Description)]
}

fn marked(mark: Mark, cells: Vec<Cell<'_>>) -> Row<'_> {
    Row { mark, ..Row::entry(cells) }
}

/// Columns of the two lists of whole hazards, before the last one.
fn hazard_columns() -> Vec<Column> {
    vec![
        Column::new("单位", ColumnKind::Word, 14).growing(2),
        Column::new("编号", ColumnKind::Code, 14),
        Column::new("隐患描述", ColumnKind::Prose, 24).growing(5),
        Column::new("等级", ColumnKind::Word, 5),
        Column::new("发现日期", ColumnKind::Date, 11),
        Column::new("整改期限", ColumnKind::Date, 11),
        Column::new("状态", ColumnKind::Word, 7),
    ]
}

fn hazard_cells<'a>(source: DifferenceSource<'a>, hazard: &'a Hazard) -> Vec<Cell<'a>> {
    let mut cells = leading(source, hazard);
    cells.extend([Field::Level, Field::FoundOn, Field::Deadline].map(|field| source.text(hazard, field)));
    cells.push(Cell::text(Some(hazard.status.label())));
    cells
}

fn added(source: DifferenceSource<'_>) -> Sheet<'_> {
    let mut columns = hazard_columns();
    columns.push(Column::new("情形", ColumnKind::Word, 8));
    let rows = source.difference.added.iter().map(|added| {
        let mut cells = hazard_cells(source, added.hazard);
        cells.push(Cell::text(added.state.map(|(state, _)| state.label())));
        marked(Mark::Added, cells)
    });
    sheet(source, ADDED_SHEET, "台账新增隐患", (columns, rows.collect(), Vec::new()), true)
}

fn removed(source: DifferenceSource<'_>) -> Sheet<'_> {
    let mut columns = hazard_columns();
    columns.push(Column::new("说明", ColumnKind::Prose, 16).growing(3));
    let rows = source.difference.removed.iter().map(|removed| {
        let mut cells = hazard_cells(source, removed.hazard);
        cells.push(Cell::owned(why_gone(removed)));
        marked(Mark::Removed, cells)
    });
    let notes = vec!["注：隐患整改后应当销号，不应当从台账里删除；删错的请从旧台账抄回原行。".to_owned()];
    sheet(source, REMOVED_SHEET, "台账消失隐患", (columns, rows.collect(), notes), true)
}

/// What is known of a hazard that is gone.
pub fn why_gone(removed: &RemovedHazard<'_>) -> String {
    match removed.returned {
        Some(returned) => format!("新台账第{}行还有这个编号，但{}，读不成隐患", returned.origin.row, returned.reason.label()),
        None => "新台账里没有这个编号".to_owned(),
    }
}

type Table<'a> = (Vec<Column>, Vec<Row<'a>>, Vec<String>);

fn sheet<'a>(source: DifferenceSource<'a>, name: &str, title: &str, (columns, mut rows, notes): Table<'a>, filtered: bool) -> Sheet<'a> {
    let official = Box::new(Official {
        attachment: None,
        title: format!("{}{title}", source.campaign.title),
        left: format!("旧台账：{}　新台账：{}", source.old, source.new),
        right: format!("截至日期：{}", day(source.difference.as_of)),
        notes,
        signature: Vec::new(),
        dense: false,
    });
    let look = if filtered && !rows.is_empty() { Look::Filtered(official) } else { Look::Official(official) };
    if rows.is_empty() {
        rows.push(Row::group("没有"));
    }
    Sheet { name: name.to_owned(), hidden: false, look, columns, body: Body::Rows(rows) }
}

fn day(day: chrono::NaiveDate) -> String {
    day.format("%Y年%-m月%-d日").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::Ground;
    use crate::campaign::Roster;
    use crate::ledger::Ledger;
    use crate::results::difference::Basis;
    use crate::results::difference::difference;
    use crate::results::three_lists::sample;
    use crate::vocabulary::Level;

    fn ledgers() -> (Ledger, Ledger) {
        let mut old: Vec<Hazard> = (1..=3).map(|number| sample::hazard(number, (number as usize - 1) / 2)).collect();
        old[1].level = crate::records::Reading::Value(Level::Major);
        old[1].values = old[1].values.with(Field::Level, "重大");
        let mut new: Vec<Hazard> = [1, 2, 4].map(|number| sample::hazard(number, (number as usize - 1) / 2)).to_vec();
        new[0].values = new[0].values.with(Field::Phone, "13800001009");
        new[0].values = new[0].values.with(Field::Measure, "立即清理");
        let ledger = |hazards| Ledger { hazards, extra_columns: Vec::new() };
        (ledger(old), ledger(new))
    }

    fn check_document(damage: fn(&mut Difference<'_>), full_phones: bool, expected: Result<&[&str], &str>) {
        let (old, new) = ledgers();
        let (campaign, roster) = (sample::campaign(0), Roster::default());
        let basis = Basis { ground: Ground::new(&campaign, &roster, sample::day(8, 1)), old_as_of: sample::day(7, 31) };
        let mut found = difference(&old, &new, &[], &basis);
        damage(&mut found);
        let source = DifferenceSource { campaign: &campaign, difference: &found, old: "旧.xlsx", new: "ledger.xlsx", full_phones };
        match (difference_document(source), expected) {
            (Ok(document), Ok(lines)) => {
                let mut told = Vec::new();
                for sheet in &document.sheets {
                    told.push(format!("# {}", sheet.name));
                    let visited: Result<(), ()> = sheet.body.each(|_, row| {
                        let cells: Vec<_> = row.cells.iter().map(Cell::shown).collect();
                        told.push(format!("{:?} {}", row.mark, cells.join("|")));
                        Ok(())
                    });
                    assert_eq!(visited, Ok(()));
                }
                assert_eq!(told, lines);
            }
            (Err(imbalance), Err(what)) => assert!(imbalance.to_string().contains(what), "{imbalance}"),
            (made, _) => panic!("{made:?}"),
        }
    }

    #[test]
    fn every_change_has_its_row_its_colour_and_its_word() {
        let lines = [
            "# 变化汇总",
            "None 1|城关中心卫生院|2|0|0|2|0|2|1|0|0|0|0|2",
            "None 2|河西区人民医院/南院区|1|1|1|1|0|0|0|0|0|0|0|1",
            "None |合计|3|1|1|3|0|2|1|0|0|0|0|3",
            "# 变化明细",
            "Removed 河西区人民医院/南院区|demo-002-0003|疏散通道堆放杂物，影响应急疏散|整条隐患|状态：待整改|台账里没有了|消失",
            "Backwards 城关中心卫生院|demo-001-0002|疏散通道堆放杂物，影响应急疏散|等级|重大|一般|倒退：等级降低",
            "Changed 城关中心卫生院|demo-001-0001|疏散通道堆放杂物，影响应急疏散|整改措施|立即清理，并明确专人每日巡查|立即清理|变更",
            "Changed 城关中心卫生院|demo-001-0001|疏散通道堆放杂物，影响应急疏散|联系电话|138****1001|138****1009|变更",
            "Added 河西区人民医院/南院区|demo-002-0004|疏散通道堆放杂物，影响应急疏散|整条隐患|旧台账里没有|状态：待整改|新增",
            "# 新增",
            "Added 河西区人民医院/南院区|demo-002-0004|疏散通道堆放杂物，影响应急疏散|一般|2023-06-01|2023-07-31|待整改|逾期",
            "# 消失",
            "Removed 河西区人民医院/南院区|demo-002-0003|疏散通道堆放杂物，影响应急疏散|一般|2023-06-01|2023-07-31|待整改|新台账里没有这个编号",
        ];
        check_document(|_| {}, false, Ok(&lines));
        let whole = lines.map(|line| line.replace("****", "0000"));
        check_document(|_| {}, true, Ok(&whole.each_ref().map(String::as_str)));
    }

    #[test]
    fn sums_that_differ_are_refused() {
        check_document(|found| found.counts.backwards += 1, false, Err("变化汇总的倒退的合计是2"));
        check_document(|found| found.by_unit[0].counts.unchanged += 1, false, Err("未变"));
        check_document(|found| found.added.clear(), false, Err("新增"));
        let twice = |found: &mut Difference<'_>| {
            found.by_unit[0].counts.old += 1;
            found.counts.old += 1;
        };
        check_document(twice, false, Err("城关中心卫生院的旧台账"));
    }
}
