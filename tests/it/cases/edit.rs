//! Changes a workbook as its owner's spreadsheet program does: one cell or one row; everything else in the file stays.

use std::fs;
use std::io::Cursor;
use std::io::Read;
use std::io::Write;
use std::path::Path;

use chrono::NaiveDate;
use quick_xml::Reader;
use quick_xml::Writer;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use zip::ZipArchive;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A change of one sheet; rows and columns count from 1.
pub enum Change<'a> {
    /// Types a text; a plain day becomes a day, where the column is formatted for days.
    Cell { row: usize, column: usize, typed: &'a str },
    /// Deletes a row; those below move up.
    Row(usize),
}

/// Changes the sheet at a position of a workbook, counted from 0.
pub fn change(path: &Path, sheet: usize, change: &Change<'_>) -> Result<(), String> {
    let told = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let bytes = fs::read(path).map_err(|error| told(&error))?;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| told(&error))?;
    let mut target = ZipWriter::new(Cursor::new(Vec::new()));
    // Our own writer numbers its parts by position; a ledger is ours.
    let part = format!("xl/worksheets/sheet{}.xml", sheet + 1);
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).map_err(|error| told(&error))?;
        let name = file.name().map_err(|error| told(&error))?.into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).map_err(|error| told(&error))?;
        if name == part {
            content = changed(&content, change).map_err(|error| told(&error))?;
        }
        target.start_file(name, SimpleFileOptions::default()).map_err(|error| told(&error))?;
        target.write_all(&content).map_err(|error| told(&error))?;
    }
    let bytes = target.finish().map_err(|error| told(&error))?.into_inner();
    fs::write(path, bytes).map_err(|error| told(&error))
}

/// A sheet's XML after the change. Every part that is not touched is copied as it is.
fn changed(xml: &[u8], change: &Change<'_>) -> Result<Vec<u8>, quick_xml::Error> {
    let mut reader = Reader::from_reader(xml);
    let mut writer = Writer::new(Vec::new());
    let mut edit = Edit { change, styles: Vec::new(), row: 0, is_done: false, skipped: 0 };
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(writer.into_inner()),
            event => edit.take(event, &mut writer)?,
        }
    }
}

struct Edit<'a> {
    change: &'a Change<'a>,
    /// First column, last column and style of each run of columns.
    styles: Vec<(usize, usize, String)>,
    /// Number of the row that is being read.
    row: usize,
    is_done: bool,
    /// How many elements deep we are in something that is left out.
    skipped: usize,
}

impl Edit<'_> {
    fn take(&mut self, event: Event<'_>, writer: &mut Writer<Vec<u8>>) -> Result<(), quick_xml::Error> {
        if self.skipped > 0 {
            match event {
                Event::Start(_) => self.skipped += 1,
                Event::End(_) => self.skipped -= 1,
                _ => {}
            }
            return Ok(());
        }
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                let is_empty = matches!(event, Event::Empty(_));
                match element.name().as_ref() {
                    "col" => self.styles.push((
                        number(&attribute(element, "min")),
                        number(&attribute(element, "max")),
                        attribute(element, "style"),
                    )),
                    "row" => {
                        self.row = number(&attribute(element, "r"));
                        if let Some(kept) = self.moved(element, self.row) {
                            return write(writer, kept, is_empty);
                        }
                        self.skipped = usize::from(!is_empty);
                        return Ok(());
                    }
                    "c" => return self.take_cell(element, is_empty, writer),
                    _ => {}
                }
            }
            Event::End(element) if element.name().as_ref() == "row" => {
                if let Change::Cell { row, .. } = self.change
                    && *row == self.row
                {
                    self.type_in(None, writer)?;
                }
            }
            _ => {}
        }
        writer.write_event(event)?;
        Ok(())
    }

    fn take_cell(&mut self, element: &BytesStart<'_>, is_empty: bool, writer: &mut Writer<Vec<u8>>) -> Result<(), quick_xml::Error> {
        if let Change::Cell { row, column, .. } = self.change
            && *row == self.row
        {
            let own = column_of(&attribute(element, "r"));
            if own >= *column {
                self.type_in((own == *column).then(|| attribute(element, "s")), writer)?;
            }
            if own == *column {
                self.skipped = usize::from(!is_empty);
                return Ok(());
            }
        }
        match self.moved(element, self.row) {
            Some(kept) => write(writer, kept, is_empty),
            None => Ok(()),
        }
    }

    /// The element with its place after the change; nothing if it goes.
    fn moved<'e>(&self, element: &BytesStart<'e>, row: usize) -> Option<BytesStart<'e>> {
        match self.change {
            Change::Row(deleted) if row == *deleted => None,
            Change::Row(deleted) if row > *deleted => {
                let mut moved = element.clone();
                moved.clear_attributes();
                for own in element.attributes().flatten() {
                    let is_place = own.key.as_ref() == "r";
                    let value = own.value.into_owned();
                    let letters = value.trim_end_matches(|character: char| character.is_ascii_digit());
                    let value = if is_place { format!("{letters}{}", row - 1) } else { value };
                    moved.push_attribute((own.key.as_ref(), value.as_str()));
                }
                Some(moved)
            }
            _ => Some(element.clone()),
        }
    }

    /// Writes the typed cell, once, in the style of the old one or of its column.
    fn type_in(&mut self, style: Option<String>, writer: &mut Writer<Vec<u8>>) -> Result<(), quick_xml::Error> {
        let Change::Cell { row, column, typed } = self.change else { return Ok(()) };
        if std::mem::replace(&mut self.is_done, true) {
            return Ok(());
        }
        let of_column = || self.styles.iter().find(|(first, last, _)| (first..=last).contains(&column)).map(|(_, _, style)| style.clone());
        let style = style.filter(|style| !style.is_empty()).or_else(of_column).unwrap_or_default();
        let style = if style.is_empty() { String::new() } else { format!(" s=\"{style}\"") };
        let place = format!("{}{row}", letters(*column));
        let cell = match NaiveDate::parse_from_str(typed, "%Y-%m-%d").ok().and_then(serial) {
            Some(serial) => format!("<c r=\"{place}\"{style}><v>{serial}</v></c>"),
            None => format!(
                "<c r=\"{place}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                quick_xml::escape::escape(*typed)
            ),
        };
        writer.get_mut().write_all(cell.as_bytes())?;
        Ok(())
    }
}

fn write(writer: &mut Writer<Vec<u8>>, element: BytesStart<'_>, is_empty: bool) -> Result<(), quick_xml::Error> {
    writer.write_event(if is_empty { Event::Empty(element) } else { Event::Start(element) })?;
    Ok(())
}

fn attribute(element: &BytesStart<'_>, name: &str) -> String {
    let found = element.try_get_attribute(name).ok().flatten();
    found.map(|attribute| attribute.value.into_owned()).unwrap_or_default()
}

fn number(text: &str) -> usize {
    text.parse().unwrap_or_default()
}

fn column_of(place: &str) -> usize {
    place.bytes().take_while(u8::is_ascii_uppercase).fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A' + 1))
}

fn letters(column: usize) -> String {
    let (rest, last) = ((column - 1) / 26, (column - 1) % 26);
    let last = char::from(b'A' + u8::try_from(last).unwrap_or_default());
    if rest == 0 { last.to_string() } else { format!("{}{last}", letters(rest)) }
}

/// The number by which a workbook knows a day.
fn serial(day: NaiveDate) -> Option<i64> {
    Some((day - NaiveDate::from_ymd_opt(1899, 12, 30)?).num_days())
}

#[test]
fn one_cell_and_one_row_change() {
    let xml = r#"<worksheet><cols><col min="1" max="2" style="4"/></cols><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" s="1"><v>1</v></c><c r="C2"/></row><row r="3"><c r="A3"/></row></sheetData></worksheet>"#;
    let check = |change: Change<'_>, (old, new): (&str, &str)| {
        assert_eq!(String::from_utf8(changed(xml.as_bytes(), &change).expect("XML")).expect("UTF-8"), xml.replace(old, new));
    };
    check(Change::Cell { row: 2, column: 2, typed: "2023-07-31" }, (r#"<c r="C2"/>"#, r#"<c r="B2" s="4"><v>45138</v></c><c r="C2"/>"#));
    check(
        Change::Cell { row: 2, column: 1, typed: "<甲>" },
        (r#"<c r="A2" s="1"><v>1</v></c>"#, r#"<c r="A2" s="1" t="inlineStr"><is><t xml:space="preserve">&lt;甲&gt;</t></is></c>"#),
    );
    check(
        Change::Row(2),
        (r#"<row r="2"><c r="A2" s="1"><v>1</v></c><c r="C2"/></row><row r="3"><c r="A3"/></row>"#, r#"<row r="2"><c r="A2"/></row>"#),
    );
}
