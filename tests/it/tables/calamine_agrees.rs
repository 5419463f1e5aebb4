//! Our readers against calamine's, cell by cell, on the fixtures and on a workbook of many kinds.
//!
//! Two readers that were written apart and agree are each other's witness. Only formats for which
//! ours takes no value from calamine are compared.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::Data;
use calamine::Reader;
use calamine::Sheets;
use calamine::Xls;
use calamine::Xlsx;
use rust_xlsxwriter::Format;

use crate::tables::formats;
use crate::tables::packages;

type Cells = BTreeMap<(String, u32, u32), String>;

fn theirs(sheets: &mut Sheets<Cursor<Vec<u8>>>) -> Cells {
    let mut cells = Cells::new();
    for name in sheets.sheet_names() {
        let Ok(range) = sheets.worksheet_range(&name) else { continue };
        let (row, column) = range.start().unwrap_or_default();
        for (down, right, value) in range.used_cells() {
            let shown = match value {
                Data::String(text) if text.trim().is_empty() => continue,
                Data::String(text) => format!("‘{text}’"),
                Data::Int(number) => (*number as f64).to_string(),
                Data::Float(number) => number.to_string(),
                Data::Bool(value) => value.to_string(),
                Data::DateTime(moment) => {
                    let moment = moment.as_datetime().expect("a date in range");
                    moment.format("%Y-%m-%d %H:%M").to_string().trim_end_matches(" 00:00").to_owned()
                }
                Data::Error(code) => code.to_string(),
                other => format!("{other:?}"),
            };
            cells.insert((name.clone(), row + down as u32 + 1, column + right as u32 + 1), shown);
        }
    }
    cells
}

fn ours(name: &str, bytes: &[u8]) -> Cells {
    let workbook = packages::read(name, bytes.to_vec()).expect("readable");
    let mut cells = Cells::new();
    for sheet in &workbook.sheets {
        for &row in &sheet.rows {
            for &cell in sheet.cells_of(row) {
                let place = (sheet.name.to_string(), row.number, u32::from(cell.column));
                cells.insert(place, packages::shown(&sheet.value(cell)));
            }
        }
    }
    cells
}

#[test]
fn fixtures_read_alike() {
    let xlsx = Sheets::Xlsx(Xlsx::new(Cursor::new(formats::XLSX.to_vec())).expect("sound"));
    let xls = Sheets::Xls(Xls::new(Cursor::new(formats::XLS.to_vec())).expect("sound"));
    for (name, bytes, mut sheets) in [("ledger.xlsx", formats::XLSX, xlsx), ("ledger.xls", formats::XLS, xls)] {
        let cells = ours(name, bytes);
        assert_eq!(cells, theirs(&mut sheets), "{name}");
        assert_eq!(cells.len(), 15, "{name}");
    }
}

#[test]
fn a_workbook_of_many_kinds_reads_alike() {
    for constant_memory in [false, true] {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let date = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
        let sheet = if constant_memory { workbook.add_worksheet_with_constant_memory().expect("new") } else { workbook.add_worksheet() };
        for row in 0..300_u32 {
            sheet.write_string(row, 0, format!("第{}医院 <&>\"'", row % 7)).expect("fits");
            sheet.write_number(row, 1, f64::from(row) * 0.37 - 50.0).expect("fits");
            sheet.write_number_with_format(row, 2, 45_000.0 + f64::from(row) / 24.0, &date).expect("fits");
            sheet.write_boolean(row, 3, row % 2 == 0).expect("fits");
            sheet.write_formula(row, 4, rust_xlsxwriter::Formula::new("=1+1").set_result("2")).expect("fits");
            sheet.write_blank(row, 5, &date).expect("fits");
            sheet.write_string(row, 16_383, " 前后有空 \n换行").expect("fits");
        }
        let bytes = workbook.save_to_buffer().expect("in memory");
        let mut sheets = Sheets::Xlsx(Xlsx::new(Cursor::new(bytes.clone())).expect("sound"));
        let cells = ours("a.xlsx", &bytes);
        assert_eq!(cells, theirs(&mut sheets));
        assert_eq!(cells.len(), 300 * 6);
    }
}
