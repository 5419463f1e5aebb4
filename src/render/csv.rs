//! One sheet → CSV: UTF-8 with BOM, CRLF, header in the first line, texts guarded against being run as formulas.
//!
//! **The guard.** A spreadsheet program runs a field that begins with `=`, `+`, `-`, `@`, in half or (under a
//! Chinese or Japanese system) full width, tab, carriage return or line feed. Such a text gets one leading
//! apostrophe, and so does a text that begins with apostrophes followed by one of these characters. Reading undoes it exactly: a field that begins with one or more
//! apostrophes followed by one of these characters loses one apostrophe. Numbers and dates of ours are
//! not guarded. Title, notes and signature line are for paper and not written.

use std::borrow::Cow;
use std::io::Write;

use crate::documents::Cell;
use crate::documents::Column;
use crate::documents::RowKind;
use crate::documents::Sheet;
use crate::render::outcome::RenderError;
use crate::tables::RUN_BY_SPREADSHEETS;

const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// The sheet as CSV.
pub fn csv(sheet: &Sheet<'_>) -> Result<Vec<u8>, RenderError> {
    let mut bytes = Vec::new();
    csv_to(sheet, &mut bytes)?;
    Ok(bytes)
}

/// Writes the sheet as CSV; the writer should be buffered.
pub fn csv_to(sheet: &Sheet<'_>, mut writer: impl Write) -> Result<(), RenderError> {
    writer.write_all(BYTE_ORDER_MARK)?;
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(writer);
    let titles = sheet.columns.iter().map(joined_title);
    table.write_record(titles.map(|title| guarded(&title).into_owned().into_bytes())).map_err(std::io::Error::from)?;
    sheet.body.each(|_, row| {
        // A heading over all columns is for the eye; every row of the file is an entry or a total.
        if row.kind == RowKind::Group {
            return Ok(());
        }
        for index in 0..sheet.columns.len() {
            let cell = row.cells.get(index).unwrap_or(&Cell::Empty);
            table.write_field(field(cell).as_bytes()).map_err(std::io::Error::from)?;
        }
        table.write_record(None::<&[u8]>).map_err(std::io::Error::from)
    })?;
    table.flush()?;
    Ok(())
}

/// `upper/lower` where the header has two rows.
fn joined_title(column: &Column) -> Cow<'_, str> {
    match &column.group {
        Some(group) => Cow::Owned(format!("{group}/{}", column.title)),
        None => Cow::Borrowed(&column.title),
    }
}

fn field<'c>(cell: &'c Cell<'_>) -> Cow<'c, str> {
    match cell {
        Cell::Text(text) | Cell::Link { text, .. } => guarded(text),
        Cell::Empty | Cell::Integer(_) | Cell::Decimal(_) | Cell::Rate(_) | Cell::Date(_) => cell.shown(),
    }
}

/// The text with its guard, if it needs one. See the head of this file for the rule and how to undo it.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if text.trim_start_matches('\'').starts_with(RUN_BY_SPREADSHEETS) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::proptest;

    use super::*;
    use crate::documents::Body;
    use crate::documents::ColumnKind;
    use crate::documents::Look;
    use crate::documents::Row;
    use crate::tables::unguarded;

    fn sheet(rows: Vec<Row<'_>>) -> Sheet<'_> {
        Sheet {
            name: "表".to_owned(),
            hidden: false,
            look: Look::Plain,
            columns: vec![
                Column::new("单位", ColumnKind::Word, 8).under("问题"),
                Column::new("数", ColumnKind::Number, 8),
                Column::new("日", ColumnKind::Date, 8),
            ],
            body: Body::Rows(rows),
        }
    }

    #[test]
    fn bytes_are_as_excel_wants_them() {
        let day = NaiveDate::from_ymd_opt(2023, 7, 1).expect("a day of the calendar");
        let rows = vec![
            Row::group("一、消防"),
            Row::entry(vec![Cell::text(Some("=1+1")), Cell::Integer(-5), Cell::Date(day)]),
            Row::entry(vec![Cell::text(Some("甲,\"乙\"\n丙"))]),
        ];
        let bytes = csv(&sheet(rows)).expect("memory can be written");
        assert_eq!(
            String::from_utf8(bytes).expect("UTF-8"),
            "\u{FEFF}问题/单位,数,日\r\n'=1+1,-5,2023-07-01\r\n\"甲,\"\"乙\"\"\n丙\",,\r\n"
        );
    }

    #[test]
    fn the_guard_is_put_and_undone() {
        for (text, expected) in [
            ("", ""),
            ("正常", "正常"),
            ("=1", "'=1"),
            ("+86", "'+86"),
            ("-", "'-"),
            ("@x", "'@x"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("\n=1", "'\n=1"),
            ("＝1", "'＝1"),
            ("＋86", "'＋86"),
            ("－", "'－"),
            ("＠x", "'＠x"),
            ("'=1", "''=1"),
            ("''=1", "'''=1"),
            ("'正常", "'正常"),
            ("'", "'"),
            ("''", "''"),
        ] {
            assert_eq!(guarded(text), expected, "{text:?}");
            assert_eq!(unguarded(&guarded(text)), text, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in "['=+@＝＠\\-\t\ra甲\",\n]{0,6}") {
            assert_eq!(unguarded(&guarded(&text)), text);
            let bytes = csv(&sheet(vec![Row::entry(vec![Cell::text(Some(&text))])])).expect("memory can be written");
            let mut reader = csv::ReaderBuilder::new().has_headers(true).from_reader(&bytes[BYTE_ORDER_MARK.len()..]);
            let record = reader.records().next().expect("one record").expect("well formed");
            assert_eq!(unguarded(&record[0]), text);
        }
    }
}
