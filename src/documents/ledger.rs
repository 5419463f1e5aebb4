//! The ledger workbook: 台账, 冲突, 退回, 合并对账; when needed 疑似重复, 已并入 and the hidden sheet 字段出处; and the hidden sheet 合并标记.
//!
//! It is what the next merge reads, so every sheet is plain: titles in row 1, one record a row, texts as
//! they are. The sums of 合并对账 are checked before anything is written.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::documents::imbalance::Imbalance;
use crate::documents::ledger_cases::conflict_sheet;
use crate::documents::ledger_cases::joined_sheet;
use crate::documents::ledger_cases::pair_sheet;
use crate::documents::sheet::Body;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::ColumnKind;
use crate::documents::sheet::Document;
use crate::documents::sheet::Look;
use crate::documents::sheet::Row;
use crate::documents::sheet::Sheet;
use crate::ledger::Hazard;
use crate::ledger::Ledger;
use crate::ledger::MergeOutcome;
use crate::ledger::RejectReason;
use crate::ledger::Rejected;
use crate::ledger::SheetTally;
use crate::records::CarriedMark;
use crate::records::RowKind as TableRowKind;
use crate::source::column_letters;
use crate::vocabulary::Field;

/// The sheet that holds the hazards.
pub const LEDGER_SHEET: &str = "台账";
/// Rows that became no hazard.
pub const REJECTED_SHEET: &str = "退回";
/// Rows and records of every file, with totals.
pub const TALLY_SHEET: &str = "合并对账";
/// Which values come from an older submission than the hazard's newest.
pub const OLDER_FIELDS_SHEET: &str = "字段出处";

/// Which merge wrote the workbook.
pub const MARK_SHEET: &str = "合并标记";

/// The whole workbook of a merge.
pub fn ledger_document<'a>(outcome: &'a MergeOutcome, issuer: &str) -> Result<Document<'a>, Imbalance> {
    let mut sheets = vec![ledger_sheet(&outcome.ledger), conflict_sheet(outcome)];
    sheets.extend(pair_sheet(outcome));
    sheets.extend([rejected_sheet(outcome), tally_sheet(outcome)?]);
    sheets.extend(joined_sheet(outcome));
    sheets.extend(older_fields_sheet(&outcome.ledger));
    sheets.extend(outcome.bookkeeping.mark.as_ref().map(mark_sheet));
    Ok(Document { title: "隐患台账".to_owned(), issuer: issuer.to_owned(), sheets })
}

/// The hazards alone, for `ledger.csv`: the same columns.
pub fn ledger_sheet(ledger: &Ledger) -> Sheet<'_> {
    let mut columns: Vec<Column> = Field::ALL.into_iter().map(field_column).collect();
    columns.extend(ledger.extra_columns.iter().map(|title| Column::new(title.to_string(), ColumnKind::Word, 16)));
    let body = Body::made(ledger.hazards.len(), move |index, row| {
        let Some(hazard) = ledger.hazards.get(index) else { return };
        row.cells.extend(Field::ALL.into_iter().map(|field| field_cell(hazard, field)));
        row.cells.extend(ledger.extra_columns.iter().map(|title| extra_cell(hazard, title)));
    });
    plain_sheet(LEDGER_SHEET, columns, body)
}

/// A sheet as the next merge reads it.
pub fn plain_sheet<'a>(name: &str, columns: Vec<Column>, body: Body<'a>) -> Sheet<'a> {
    Sheet { name: name.to_owned(), hidden: false, look: Look::Plain, columns, body }
}

/// Gives the column of a field: its title, what it holds, a width to work with.
pub fn field_column(field: Field) -> Column {
    let (kind, width) = match field {
        Field::Id | Field::MergedInto => (ColumnKind::Code, 22),
        Field::Phone => (ColumnKind::Code, 14),
        Field::Funds => (ColumnKind::Number, 10),
        Field::Unit => (ColumnKind::Word, 24),
        Field::Description | Field::Measure | Field::Progress => (ColumnKind::Prose, 40),
        Field::Basis | Field::InterimControl | Field::Remark => (ColumnKind::Prose, 24),
        Field::Origin => (ColumnKind::Word, 30),
        Field::Level | Field::Status => (ColumnKind::Word, 8),
        _ if field.is_date() => (ColumnKind::Date, 12),
        _ => (ColumnKind::Word, 12),
    };
    Column::new(field.title(), kind, width)
}

fn field_cell(hazard: &Hazard, field: Field) -> Cell<'_> {
    match field {
        Field::Origin => Cell::owned(hazard.origin.to_string()),
        Field::SubmittedOn => Cell::date(hazard.submitted_on),
        Field::Funds => hazard.text(field).map_or(Cell::Empty, number_cell),
        _ if field.is_date() => hazard.text(field).map_or(Cell::Empty, date_cell),
        _ => Cell::text(hazard.text(field)),
    }
}

fn extra_cell<'a>(hazard: &'a Hazard, title: &Arc<str>) -> Cell<'a> {
    Cell::text(hazard.extras.iter().find(|(name, _)| name == title).map(|(_, text)| text.as_ref()))
}

/// A real date when the text is an ISO date, else the text as it is (长期坚持).
pub fn date_cell(text: &str) -> Cell<'_> {
    iso_date(text).map_or(Cell::text(Some(text)), Cell::Date)
}

/// The day of a text that is `YYYY-MM-DD` and nothing else.
pub fn iso_date(text: &str) -> Option<NaiveDate> {
    let number = |range: std::ops::Range<usize>| {
        let digits = text.get(range)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u32>().ok()).flatten()
    };
    if text.len() != 10 || text.get(4..5) != Some("-") || text.get(7..8) != Some("-") {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(number(0..4)?).ok()?, number(5..7)?, number(8..10)?)
}

/// A real number when writing it gives the same text again, else the text as it is.
pub fn number_cell(text: &str) -> Cell<'_> {
    // Fifteen digits are what a spreadsheet program keeps of a number.
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && text.len() <= 15 && text != "-0" && number.to_string() == text => Cell::Decimal(number),
        _ => Cell::text(Some(text)),
    }
}

fn rejected_sheet(outcome: &MergeOutcome) -> Sheet<'_> {
    let titles = rejected_titles(&outcome.rejected);
    let mut columns = vec![
        Column::new("文件", ColumnKind::Word, 30),
        Column::new("工作表", ColumnKind::Word, 14),
        Column::new("行", ColumnKind::Number, 6),
        Column::new("列", ColumnKind::Word, 6),
        Column::new("退回原因", ColumnKind::Prose, 26),
        Column::new("怎么办", ColumnKind::Prose, 40),
        Column::new("报送单位", ColumnKind::Word, 24),
        Column::new("报送日期", ColumnKind::Date, 12),
    ];
    columns.extend(titles.iter().map(|title| Column::new(title.clone(), ColumnKind::Word, 16)));
    let body =
        Body::made(outcome.rejected.len(), move |index, row| {
            let Some(rejected) = outcome.rejected.get(index) else { return };
            let origin = &rejected.origin;
            row.cells.extend([
                Cell::text(Some(&origin.file)),
                Cell::text(Some(&origin.sheet)),
                if origin.row == 0 { Cell::Empty } else { Cell::Integer(i64::from(origin.row)) },
                Cell::owned(column_letters(origin.column)),
                Cell::text(Some(rejected.reason.label())),
                Cell::text(Some(instruction(rejected.reason))),
                Cell::text(Some(&rejected.unit)),
                Cell::date(rejected.submitted_on),
            ]);
            row.cells.extend(titles.iter().map(|title| {
                Cell::text(rejected.values.iter().find(|(name, _)| value_title(name) == title).map(|(_, text)| text.as_str()))
            }));
        });
    plain_sheet(REJECTED_SHEET, columns, body)
}

/// The titles of all values of rejected rows: the ledger's own in its order, then the others as they came.
fn rejected_titles(rejected: &[Rejected]) -> Vec<String> {
    let named = || rejected.iter().flat_map(|row| &row.values).map(|(name, _)| value_title(name));
    let known = Field::ALL.into_iter().map(Field::title);
    let mut titles: Vec<String> = known.filter(|title| named().any(|name| name == *title)).map(str::to_owned).collect();
    for name in named() {
        if !titles.iter().any(|title| title == name) {
            titles.push(name.to_owned());
        }
    }
    titles
}

/// The ledger's title for a field key; any other name as it is.
fn value_title(name: &str) -> &str {
    match Field::from_key(name) {
        Some(field) => field.title(),
        None => name,
    }
}

/// What the clerk does about a rejected row.
fn instruction(reason: RejectReason) -> &'static str {
    match reason {
        RejectReason::UnitUnknown => "核对单位名称：写错的请单位改正后重报，新单位或别名请补进单位名册，再合并一次",
        RejectReason::UnitAmbiguous => "请单位改用全称后重报，或在名册中把这个简称只留给一个单位，再合并一次",
        RejectReason::UnitMissing => "请单位补填单位名称后重报",
        RejectReason::NoDescription => "请单位补填隐患描述后重报；如本来就不是隐患，请删去这一行",
        RejectReason::UnreadableKey => "请单位把发现日期改成 2023-07-31 这样的日期后重报",
    }
}

/// One counter of a tally: its title and how to read it.
type Counter = (&'static str, fn(&SheetTally) -> u32);

const COUNTERS: [Counter; 7] = [
    ("记录", |tally| tally.records),
    ("新增", |tally| tally.new),
    ("更新", |tally| tally.updated),
    ("未变", |tally| tally.unchanged),
    ("重复", |tally| tally.duplicate),
    ("退回", |tally| tally.rejected),
    ("零报告", |tally| tally.zero_report),
];

fn tally_sheet(outcome: &MergeOutcome) -> Result<Sheet<'_>, Imbalance> {
    let mut columns = vec![Column::new("文件", ColumnKind::Word, 36), Column::new("工作表", ColumnKind::Word, 16)];
    // A counter may bear the name of a row kind (记录, 零报告), so the kinds say that rows are counted.
    columns.extend(TableRowKind::ALL.map(|kind| Column::new(format!("{}行", kind.label()), ColumnKind::Number, 10)));
    columns.extend(COUNTERS.map(|(title, _)| Column::new(title, ColumnKind::Number, 8)));
    outcome.tallies.iter().try_for_each(check_tally)?;
    let mut rows: Vec<Row<'_>> = outcome.tallies.iter().map(tally_row).collect();
    rows.push(Row::total(totals(&outcome.tallies)?));
    Ok(plain_sheet(TALLY_SHEET, columns, Body::Rows(rows)))
}

fn tally_row(tally: &SheetTally) -> Row<'_> {
    let mut cells = vec![Cell::text(Some(&tally.file)), Cell::text(Some(&tally.sheet))];
    cells.extend(TableRowKind::ALL.map(|kind| Cell::Integer(i64::from(tally.rows.get(&kind).copied().unwrap_or(0)))));
    cells.extend(COUNTERS.map(|(_, count)| Cell::Integer(i64::from(count(tally)))));
    Row::entry(cells)
}

fn check_tally(tally: &SheetTally) -> Result<(), Imbalance> {
    let parts = [tally.new, tally.updated, tally.unchanged, tally.duplicate, tally.rejected];
    let sum: u64 = parts.into_iter().map(u64::from).sum();
    if sum == u64::from(tally.records) {
        return Ok(());
    }
    Err(Imbalance::Tally {
        file: tally.file.to_string(),
        sheet: tally.sheet.to_string(),
        records: u64::from(tally.records),
        new: tally.new,
        updated: tally.updated,
        unchanged: tally.unchanged,
        duplicate: tally.duplicate,
        rejected: tally.rejected,
        sum,
    })
}

/// The row 合计, with the identity checked once more on the totals themselves.
fn totals<'a>(tallies: &[SheetTally]) -> Result<Vec<Cell<'a>>, Imbalance> {
    let total = |count: &dyn Fn(&SheetTally) -> u32| -> u64 { tallies.iter().map(|tally| u64::from(count(tally))).sum() };
    let counted = COUNTERS.map(|(_, count)| total(&count));
    let [records, parts @ .., _] = counted;
    let sum: u64 = parts.into_iter().sum();
    if records != sum {
        return Err(Imbalance::Total { what: "合并对账的记录".to_owned(), total: records, sum });
    }
    let mut cells = vec![Cell::text(Some("合计")), Cell::Empty];
    let kinds = TableRowKind::ALL.map(|kind| total(&|tally: &SheetTally| tally.rows.get(&kind).copied().unwrap_or(0)));
    cells.extend(kinds.into_iter().chain(counted).map(|number| Cell::Integer(i64::try_from(number).unwrap_or(i64::MAX))));
    Ok(cells)
}

fn older_fields_sheet(ledger: &Ledger) -> Option<Sheet<'_>> {
    let rows: Vec<Row<'_>> = (ledger.hazards.iter())
        .flat_map(|hazard| {
            let row = |(field, day): &(Field, NaiveDate)| {
                Row::entry(vec![Cell::text(Some(&hazard.id)), Cell::text(Some(field.title())), Cell::Date(*day)])
            };
            hazard.older_fields.iter().map(row).collect::<Vec<_>>()
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let columns = vec![
        Column::new("编号", ColumnKind::Code, 22),
        Column::new("字段", ColumnKind::Word, 16),
        Column::new("日期", ColumnKind::Date, 12),
    ];
    Some(Sheet { hidden: true, ..plain_sheet(OLDER_FIELDS_SHEET, columns, Body::Rows(rows)) })
}

/// Says which merge wrote the workbook, so that an older copy is known for one.
fn mark_sheet(mark: &CarriedMark) -> Sheet<'_> {
    let columns = vec![
        Column::new("记号", ColumnKind::Code, 36),
        Column::new("历史行数", ColumnKind::Number, 10),
        Column::new("说明", ColumnKind::Prose, 40),
    ];
    let row = Row::entry(vec![
        Cell::text(Some(&mark.digest)),
        Cell::Integer(i64::try_from(mark.lines).unwrap_or(i64::MAX)),
        Cell::text(Some("这张表由 qingdan 写，请不要改：它说明这本台账是哪一次合并写出的")),
    ]);
    Sheet { hidden: true, ..plain_sheet(MARK_SHEET, columns, Body::Rows(vec![row])) }
}

#[cfg(test)]
mod tests;
