//! Large plain sheets: the library makes the workbook with its styles and one sample row, and the rows are
//! written into the sheet part by ourselves, straight from the document to the compressed part.
//!
//! A ledger of a whole county is millions of cells; the library needs most of a merge's time for them. What
//! is written here is only `<row>` and `<c>` with the style numbers that the library gave the sample cells;
//! everything else of the package is copied as the library made it.

use std::borrow::Cow;
use std::io::Cursor;
use std::io::Read;
use std::io::Seek;
use std::io::Write;

use zip::CompressionMethod;
use zip::ZipArchive;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::documents::Cell;
use crate::documents::Column;
use crate::documents::ColumnKind;
use crate::documents::Row;
use crate::documents::Sheet;
use crate::render::outcome::CutCell;
use crate::render::outcome::CutReason;
use crate::render::outcome::RenderError;
use crate::render::xlsx::layout::HIGHEST_ROW;
use crate::render::xlsx::layout::row_height;
use crate::render::xlsx::serial;
use crate::render::xlsx::text::cell_text;
use crate::render::xlsx::width;
use crate::source::cell_name;
use crate::source::column_letters;

/// Rows of the skeleton that show the styles: every column's own, then a date and a rate in any column.
pub const SAMPLE_ROW: u32 = 1;
pub const ODD_DATE_ROW: u32 = 2;
pub const ODD_RATE_ROW: u32 = 3;
/// The fastest level: the parts of a ledger are rewritten every week and mailed never.
const COMPRESSION: i64 = 1;
/// Rows are handed to the compressor in pieces of about this size.
const PIECE: usize = 256 << 10;
/// Size of the body font in points.
const PRINT: f64 = 11.0;

/// Replaces the sample rows of `sheets` (by position in the workbook) with the real ones.
pub fn splice(skeleton: Vec<u8>, sheets: &[(usize, &Sheet<'_>)], target: impl Write + Seek) -> Result<Vec<CutCell>, RenderError> {
    let mut package = ZipArchive::new(Cursor::new(skeleton)).map_err(broken)?;
    let mut writer = ZipWriter::new(target);
    let mut cut = Vec::new();
    for index in 0..package.len() {
        let name = package.by_index_raw(index).map_err(broken)?.name().map_err(broken)?.into_owned();
        let streamed = sheets.iter().find(|(position, _)| name == format!("xl/worksheets/sheet{}.xml", position + 1));
        match streamed {
            None => writer.raw_copy_file(package.by_index_raw(index).map_err(broken)?).map_err(broken)?,
            Some((_, sheet)) => {
                let mut part = String::new();
                package.by_index(index).map_err(broken)?.read_to_string(&mut part)?;
                let options = SimpleFileOptions::default()
                    .compression_method(CompressionMethod::Deflated)
                    .compression_level(Some(COMPRESSION))
                    .last_modified_time(zip::DateTime::default())
                    .large_file(sheet.body.len().saturating_mul(sheet.columns.len()) > 20_000_000);
                writer.start_file(name, options).map_err(broken)?;
                write_part(&part, sheet, &mut writer, &mut cut)?;
            }
        }
    }
    writer.finish().map_err(broken)?;
    Ok(cut)
}

fn broken(error: zip::result::ZipError) -> RenderError {
    RenderError::Write(std::io::Error::other(error))
}

fn not_found(what: &str) -> RenderError {
    RenderError::Write(std::io::Error::other(format!("工作表部件中没有{what}")))
}

/// The style attributes that the library gave the sample cells, ready to be written.
struct Styles {
    columns: Vec<ColumnStyle>,
    odd_date: String,
    odd_rate: String,
}

struct ColumnStyle {
    letters: String,
    style: String,
    kind: ColumnKind,
    width: usize,
}

fn write_part(part: &str, sheet: &Sheet<'_>, writer: &mut impl Write, cut: &mut Vec<CutCell>) -> Result<(), RenderError> {
    let rows_start = part.find("<row r=\"2\"").ok_or_else(|| not_found("样行"))?;
    let rows_end = part.find("</sheetData>").ok_or_else(|| not_found("结尾"))?;
    let style_of = |row: u32, column: u32| -> String {
        let mark = format!("<c r=\"{}\" s=\"", cell_name(row + 1, column + 1));
        part.find(&mark).map_or_else(String::new, |start| {
            let digits: String = part[start + mark.len()..].chars().take_while(char::is_ascii_digit).collect();
            format!(" s=\"{digits}\"")
        })
    };
    let column_style = |(index, column): (usize, &Column)| ColumnStyle {
        letters: column_letters(index as u32 + 1),
        style: style_of(SAMPLE_ROW, index as u32),
        kind: column.kind,
        width: usize::from(column.width),
    };
    let styles = Styles {
        columns: sheet.columns.iter().enumerate().map(column_style).collect(),
        odd_date: style_of(ODD_DATE_ROW, 0),
        odd_rate: style_of(ODD_RATE_ROW, 0),
    };
    let head = &part[..rows_start];
    let dimension = format!("<dimension ref=\"A1:{}\"/>", cell_name(sheet.body.len() as u32 + 1, sheet.columns.len() as u32));
    let head = match (head.find("<dimension "), head.find("<sheetViews")) {
        (Some(start), Some(end)) if start < end => Cow::Owned(format!("{}{dimension}{}", &head[..start], &head[end..])),
        _ => Cow::Borrowed(head),
    };
    writer.write_all(head.as_bytes())?;
    let mut piece: Vec<u8> = Vec::with_capacity(PIECE + (64 << 10));
    let mut number = String::with_capacity(8);
    sheet.body.each(|index, row| -> Result<(), RenderError> {
        write_row(&mut piece, sheet, &styles, index, row, &mut number, cut);
        if piece.len() >= PIECE {
            writer.write_all(&piece)?;
            piece.clear();
        }
        Ok(())
    })?;
    writer.write_all(&piece)?;
    writer.write_all(&part.as_bytes()[rows_end..])?;
    Ok(())
}

fn write_row(
    piece: &mut Vec<u8>,
    sheet: &Sheet<'_>,
    styles: &Styles,
    index: usize,
    row: &Row<'_>,
    number: &mut String,
    cut: &mut Vec<CutCell>,
) {
    use std::fmt::Write;
    number.clear();
    // Writing into a String cannot fail.
    let _ = write!(number, "{}", index + 2);
    let digits = number.as_str();
    piece.extend_from_slice(b"<row r=\"");
    piece.extend_from_slice(digits.as_bytes());
    piece.push(b'"');
    let lines = styles.columns.iter().zip(&row.cells).map(|(style, cell)| match cell {
        Cell::Text(text) if style.kind == ColumnKind::Prose => width::lines(text, style.width),
        _ => 1,
    });
    let lines = lines.max().unwrap_or(1);
    if lines > 1 {
        piece.extend_from_slice(format!(" ht=\"{}\" customHeight=\"1\"", row_height(lines, PRINT).min(HIGHEST_ROW)).as_bytes());
    }
    piece.push(b'>');
    for (column, (style, cell)) in styles.columns.iter().zip(&row.cells).enumerate() {
        let open = |piece: &mut Vec<u8>, style_attribute: &str| {
            piece.extend_from_slice(b"<c r=\"");
            piece.extend_from_slice(style.letters.as_bytes());
            piece.extend_from_slice(digits.as_bytes());
            piece.push(b'"');
            piece.extend_from_slice(style_attribute.as_bytes());
        };
        let number_cell = |piece: &mut Vec<u8>, style_attribute: &str, value: f64| {
            open(piece, style_attribute);
            piece.extend_from_slice(b"><v>");
            push_number(piece, value);
            piece.extend_from_slice(b"</v></c>");
        };
        match cell {
            Cell::Empty => {}
            Cell::Integer(value) => number_cell(piece, &style.style, *value as f64),
            Cell::Decimal(value) => number_cell(piece, &style.style, *value),
            Cell::Rate(rate) if style.kind == ColumnKind::Rate => number_cell(piece, &style.style, rate / 100.0),
            Cell::Rate(rate) => number_cell(piece, &styles.odd_rate, rate / 100.0),
            Cell::Date(day) if serial(*day).is_some() => {
                let attribute = if style.kind == ColumnKind::Date { &style.style } else { &styles.odd_date };
                number_cell(piece, attribute, serial(*day).unwrap_or_default());
            }
            Cell::Date(_) => {
                open(piece, &style.style);
                push_text(piece, &cell.shown());
            }
            Cell::Text(text) | Cell::Link { text, .. } => {
                let made = cell_text(text);
                if made.cut {
                    cut.push(CutCell {
                        sheet: sheet.name.clone(),
                        cell: cell_name(index as u32 + 2, column as u32 + 1),
                        column: sheet.columns.get(column).map_or(String::new(), |column| column.title.to_string()),
                        characters: text.chars().count(),
                        reason: CutReason::TooLong,
                    });
                }
                open(piece, &style.style);
                push_text(piece, &made.text);
            }
        }
    }
    piece.extend_from_slice(b"</row>");
}

/// A number as XML has it; days and counts take the short way.
fn push_number(piece: &mut Vec<u8>, value: f64) {
    // Writing into memory cannot fail.
    let _ = if value.fract() == 0.0 && value.abs() < 1e15 { write!(piece, "{}", value as i64) } else { write!(piece, "{value}") };
}

/// The rest of a text cell: an inline string, with white space kept where it would be lost.
fn push_text(piece: &mut Vec<u8>, text: &str) {
    let edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
    let bytes = text.as_bytes();
    let kept = edge(bytes.first()) || edge(bytes.last());
    piece.extend_from_slice(if kept {
        b" t=\"inlineStr\"><is><t xml:space=\"preserve\">".as_slice()
    } else {
        b" t=\"inlineStr\"><is><t>".as_slice()
    });
    let mut from = 0;
    for (position, byte) in bytes.iter().enumerate() {
        let escape: &[u8] = match byte {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            // Readers decode _x000D_ and its kind; a text that happens to look like one is kept as it is.
            b'_' if looks_escaped(&bytes[position..]) => b"_x005F_",
            _ => continue,
        };
        piece.extend_from_slice(&bytes[from..position]);
        piece.extend_from_slice(escape);
        from = position + 1;
    }
    piece.extend_from_slice(&bytes[from..]);
    piece.extend_from_slice(b"</t></is></c>");
}

/// `_x` and four hexadecimal digits and `_`: what spreadsheet programs take for an escaped character.
fn looks_escaped(bytes: &[u8]) -> bool {
    bytes.len() >= 7 && bytes[1] == b'x' && bytes[2..6].iter().all(u8::is_ascii_hexdigit) && bytes[6] == b'_'
}
