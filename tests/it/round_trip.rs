//! The same table as CSV, as XLSX and as the model it was made from: read back, all three say the same, row by row.

use std::sync::Arc;

use chrono::Days;
use chrono::NaiveDate;
use qingdan::documents::Body;
use qingdan::documents::Cell;
use qingdan::documents::Column;
use qingdan::documents::ColumnKind;
use qingdan::documents::Document;
use qingdan::documents::Look;
use qingdan::documents::Row;
use qingdan::documents::Sheet;
use qingdan::render;
use qingdan::source::SourceFile;
use qingdan::tables;
use qingdan::tables::Value;

/// A small generator; the same numbers on every machine.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }

    fn text(&mut self) -> String {
        const PARTS: [&str; 16] =
            ["通道", "=1+1", "'", "，", "\"", "甲\n乙", "+86", "＝", "-", "@", "2023.7", "0012", "<b>", "&amp;", "𠮷", "一、"];
        (0..=self.next(4)).map(|_| PARTS[self.next(PARTS.len())]).collect()
    }
}

fn day(number: usize) -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 1, 1).expect("a day").checked_add_days(Days::new(number as u64)).expect("a day")
}

/// What a reader sees in the table, blank cells as empty texts.
fn seen(name: &str, bytes: Vec<u8>, columns: usize) -> Vec<Vec<String>> {
    let workbook = tables::read(&SourceFile { name: Arc::from(name), bytes }).expect("reads");
    let sheet = workbook.sheets.first().expect("a sheet");
    let mut rows = Vec::new();
    for row in &sheet.rows {
        let mut texts = vec![String::new(); columns];
        for cell in sheet.cells_of(*row) {
            texts[usize::from(cell.column) - 1] = match sheet.value(*cell) {
                Value::Text(text) | Value::Error(text) => text.to_owned(),
                Value::Number(number) => number.to_string(),
                Value::DateTime(moment) => moment.date().to_string(),
                Value::Boolean(value) => value.to_string(),
            };
        }
        rows.push(texts);
    }
    rows
}

#[test]
fn every_row_of_a_table_comes_back_from_both_formats() {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let mut compared = 0;
    for _ in 0..120 {
        let count = 1 + numbers.next(30);
        let mut model: Vec<Vec<String>> = vec![["描述", "数", "日期", "备注"].map(str::to_owned).to_vec()];
        let mut rows = Vec::new();
        for index in 0..count {
            let (words, remark, amount, on) = (numbers.text(), numbers.text(), numbers.next(9999) as i64, day(numbers.next(365)));
            let has_remark = numbers.next(3) > 0;
            // The first cell is never blank, so that no row is.
            let words = format!("{index}号{words}");
            model.push(vec![words.clone(), amount.to_string(), on.to_string(), if has_remark { remark.clone() } else { String::new() }]);
            let remark = if has_remark { Cell::owned(remark) } else { Cell::Empty };
            rows.push(Row::entry(vec![Cell::owned(words), Cell::Integer(amount), Cell::Date(on), remark]));
        }
        let columns = vec![
            Column::new("描述", ColumnKind::Prose, 20),
            Column::new("数", ColumnKind::Number, 8),
            Column::new("日期", ColumnKind::Date, 11),
            Column::new("备注", ColumnKind::Prose, 20),
        ];
        let sheet = Sheet { name: "表".to_owned(), hidden: false, look: Look::Plain, columns, body: Body::Rows(rows) };
        let document = Document { title: "往返".to_owned(), issuer: String::new(), sheets: vec![sheet] };
        let text = seen("a.csv", render::csv::csv(&document.sheets[0]).expect("written"), 4);
        let workbook = seen("a.xlsx", render::xlsx::xlsx(&document, day(0)).expect("written").bytes, 4);
        // A spreadsheet keeps trailing blanks and line feeds; so do both readers.
        assert_eq!(workbook, model, "as XLSX");
        assert_eq!(text, model, "as CSV");
        compared += count;
    }
    assert!(compared > 1000, "{compared} rows");
}
