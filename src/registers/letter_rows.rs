//! New rows for `notices.csv`: written behind what stands there, in the columns, the encoding and the line ends that the file has.
//!
//! Not a byte of what stands there changes: columns of the clerk's own, 文号 that she filled in and rows that she wrote stay as they
//! are. Knows nothing of letters but their cells.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::campaign;
use crate::campaign::grid;
use crate::registers::letters::COLUMNS;
use crate::registers::letters::LetterColumn;
use crate::source::SourceFile;
use crate::tables;

/// A letter to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRow {
    pub number: String,
    pub unit: String,
    pub step: String,
    pub on: NaiveDate,
    pub hazards: Vec<String>,
}

impl LetterRow {
    fn cell(&self, column: LetterColumn) -> String {
        match column {
            LetterColumn::Number => self.number.clone(),
            LetterColumn::Unit => self.unit.clone(),
            LetterColumn::Step => self.step.clone(),
            LetterColumn::On => self.on.to_string(),
            LetterColumn::Document => String::new(),
            LetterColumn::Hazards => self.hazards.join("、"),
        }
    }
}

/// Why rows cannot be added to the file that stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAppendable {
    /// A workbook, a web page or text in no known encoding.
    NoPlainText,
    /// Its title row has no column for something that must be written down.
    NoColumn,
}

/// Gives the file with these rows at its end; without a file, a new one in UTF-8 with the titles that we write.
///
/// # Errors
/// [`NotAppendable`] when a row written to its end would not be read back.
pub fn with_rows(file: Option<&SourceFile>, rows: &[LetterRow]) -> Result<Vec<u8>, NotAppendable> {
    let Some(file) = file.filter(|file| !file.bytes.trim_ascii().is_empty()) else {
        let titles: Vec<&str> = COLUMNS.iter().filter_map(|(_, titles)| titles.first().copied()).collect();
        let places = (1..).zip(COLUMNS).map(|(at, (column, _))| (column, at)).collect();
        let text = format!("\u{FEFF}{}\r\n{}", titles.join(","), lines(rows, &places, ',', "\r\n"));
        return Ok(text.into_bytes());
    };
    let decoded = campaign::decode(&file.bytes).map_err(|_| NotAppendable::NoPlainText)?;
    let read = tables::read(file).map_err(|_| NotAppendable::NoPlainText)?;
    if !matches!(read.format, tables::Format::Csv | tables::Format::Tsv) {
        return Err(NotAppendable::NoPlainText);
    }
    let grid = grid::read(file).map_err(|_| NotAppendable::NoPlainText)?;
    let (_, places) = grid.titles(&COLUMNS).ok_or(NotAppendable::NoColumn)?;
    let needed = [LetterColumn::Unit, LetterColumn::Step, LetterColumn::On, LetterColumn::Hazards];
    if needed.iter().any(|column| !places.contains_key(column)) {
        return Err(NotAppendable::NoColumn);
    }
    let end = if decoded.text.contains("\r\n") { "\r\n" } else { "\n" };
    let start = if decoded.text.ends_with(['\n', '\r']) { "" } else { end };
    let added = format!("{start}{}", lines(rows, &places, tables::delimiter_of(&decoded.text), end));
    let mut bytes = file.bytes.clone();
    match decoded.encoding {
        "GB18030" => bytes.extend_from_slice(&encoding_rs::GB18030.encode(&added).0),
        "UTF-16LE" => bytes.extend(added.encode_utf16().flat_map(u16::to_le_bytes)),
        "UTF-16BE" => bytes.extend(added.encode_utf16().flat_map(u16::to_be_bytes)),
        _ => bytes.extend_from_slice(added.as_bytes()),
    }
    Ok(bytes)
}

fn lines(rows: &[LetterRow], places: &BTreeMap<LetterColumn, u32>, delimiter: char, end: &str) -> String {
    let width = places.values().copied().max().unwrap_or(0) as usize;
    let mut text = String::new();
    for row in rows {
        let mut cells = vec![String::new(); width];
        for (column, place) in places {
            if let Some(cell) = cells.get_mut(*place as usize - 1) {
                *cell = quoted(&row.cell(*column), delimiter).into_owned();
            }
        }
        text.push_str(&cells.join(&delimiter.to_string()));
        text.push_str(end);
    }
    text
}

fn quoted(cell: &str, delimiter: char) -> Cow<'_, str> {
    if cell.contains([delimiter, '"', '\r', '\n']) { Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\""))) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn check(standing: &[u8], added: Result<&[u8], NotAppendable>) {
        let file = SourceFile { name: Arc::from("notices.csv"), bytes: standing.to_vec() };
        let on = NaiveDate::from_ymd_opt(2023, 7, 12).expect("a day");
        let row = LetterRow {
            number: "d-N002".to_owned(),
            unit: "甲,乙院".to_owned(),
            step: "整改通知书".to_owned(),
            on,
            hazards: ["d-1-1", "d-1-2"].map(str::to_owned).to_vec(),
        };
        let expected = added.map(|added| [standing, added].concat());
        assert_eq!(with_rows(Some(&file), &[row]), expected, "{}", String::from_utf8_lossy(standing));
    }

    #[test]
    fn rows_stand_behind_what_was_there_in_its_own_manner() {
        let plain = "d-N002,\"甲,乙院\",整改通知书,2023-07-12,,d-1-1、d-1-2\n".as_bytes();
        check("编号,单位,步骤,日期,文号,隐患\n".as_bytes(), Ok(plain));
        check("编号,单位,步骤,日期,文号,隐患".as_bytes(), Ok(&[b"\n", plain].concat()));
        // Her own columns stay, in her order.
        let own = "经办,单位,隐患,步骤,日期\r\n张三,甲院,d-1-9,提醒,2023-07-01\r\n";
        check(own.as_bytes(), Ok(",\"甲,乙院\",d-1-1、d-1-2,整改通知书,2023-07-12\r\n".as_bytes()));
        let tabs = "单位\t步骤\t日期\t隐患\n";
        let utf_16: Vec<u8> = format!("\u{FEFF}{tabs}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let row: Vec<u8> = "甲,乙院\t整改通知书\t2023-07-12\td-1-1、d-1-2\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&utf_16, Ok(&row));
        let (gbk, ..) = encoding_rs::GB18030.encode("编号,单位,步骤,日期,文号,隐患\r\n");
        let (row, ..) = encoding_rs::GB18030.encode("d-N002,\"甲,乙院\",整改通知书,2023-07-12,,d-1-1、d-1-2\r\n");
        check(&gbk, Ok(&row));
    }

    #[test]
    fn what_would_not_be_read_back_is_not_written() {
        check("单位,步骤\n".as_bytes(), Err(NotAppendable::NoColumn));
        check(b"PK\x03\x04 no text", Err(NotAppendable::NoPlainText));
        check("<table><tr><td>单位</td><td>步骤</td><td>日期</td><td>隐患</td></tr></table>".as_bytes(), Err(NotAppendable::NoPlainText));
        assert!(with_rows(None, &[]).is_ok_and(|bytes| bytes == "\u{FEFF}编号,单位,步骤,日期,文号,隐患\r\n".as_bytes()));
    }
}
