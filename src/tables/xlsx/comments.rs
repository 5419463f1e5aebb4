//! Comments, pictures, text boxes, shapes and tables of a sheet, which live in parts of their own beside it.
//!
//! Only their number is known of pictures, only their words of shapes. A comment outside of the sheet is damage.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::tables::builder::SheetBuilder;
use crate::tables::limits;
use crate::tables::package::Package;
use crate::tables::reference;
use crate::tables::workbook::Unreadable;
use crate::tables::xlsx::escapes;
use crate::tables::xlsx::relationships;
use crate::tables::xml;
use crate::tables::xml::Scanner;
use crate::tables::xml::Token;

/// Puts the comments of the sheet in `part` into its builder and gives the number of its pictures.
///
/// # Errors
/// When one of the parts is broken.
pub fn read(package: &mut Package<'_>, part: &str, builder: &mut SheetBuilder) -> Result<u32, Unreadable> {
    let mut pictures: u32 = 0;
    let mut comments: BTreeMap<(u32, u16), String> = BTreeMap::new();
    let mut threads: BTreeMap<(u32, u16), String> = BTreeMap::new();
    for relationship in relationships::of_part(package, part)? {
        if !package.has(&relationship.target) {
            continue;
        }
        match relationship.kind.as_str() {
            "comments" => read_texts(package, &relationship.target, b"comment", b"t", &mut comments)?,
            "threadedComment" => read_texts(package, &relationship.target, b"threadedComment", b"text", &mut threads)?,
            "drawing" => {
                let drawing = read_drawing(package, &relationship.target)?;
                pictures = pictures.saturating_add(drawing.pictures);
                drawing.texts.iter().for_each(|text| builder.sheet_mut().put_text_box(text));
            }
            "table" => builder.sheet_mut().totals_rows.extend(read_totals_rows(package, &relationship.target)?),
            _ => {}
        }
    }
    // A thread also leaves an ordinary comment that only says that it is one.
    comments.extend(threads);
    for ((row, column), text) in comments {
        builder.put_comment(row, u32::from(column), text)?;
    }
    Ok(pictures)
}

/// The rows that a table (Ctrl+T) declares to be its totals.
fn read_totals_rows(package: &mut Package<'_>, part: &str) -> Result<Range<u32>, Unreadable> {
    let mut scanner = Scanner::new(package.part(part)?, part);
    loop {
        match scanner.next()? {
            Token::Open { name: b"table", attributes, .. } => {
                let count: u32 = attributes.number("totalsRowCount").unwrap_or(0);
                let area = attributes.get("ref").and_then(reference::area).filter(|area| count < area.last_row - area.first_row);
                return Ok(area.map_or(0..0, |area| area.last_row + 1 - count..area.last_row + 1));
            }
            Token::End => return Ok(0..0),
            _ => {}
        }
    }
}

fn read_texts(
    package: &mut Package<'_>,
    part: &str,
    element: &[u8],
    text_element: &[u8],
    texts: &mut BTreeMap<(u32, u16), String>,
) -> Result<(), Unreadable> {
    let mut scanner = Scanner::new(package.part(part)?, part);
    let mut place = None;
    let mut collecting = false;
    let mut phonetic = false;
    let mut text = String::new();
    let mut left = limits::STRANGERS.text;
    loop {
        match scanner.next()? {
            Token::Open { name, attributes, empty } => {
                if name == element {
                    let stated = attributes.get("ref").unwrap_or_default();
                    place =
                        Some(reference::cell(stated).ok_or_else(|| Unreadable::damaged(format!("{part}：批注的单元格不在工作表范围内")))?);
                    text.clear();
                } else if name == text_element {
                    collecting = !empty && !phonetic;
                } else if name == b"rPh" {
                    phonetic = !empty;
                }
            }
            Token::Text(raw) if collecting => xml::append(raw, &mut text).map_err(|bad| bad.within(part))?,
            Token::Literal(raw) if collecting => text.push_str(std::str::from_utf8(raw).map_err(|_| xml::BadText.within(part))?),
            Token::Close { name } => {
                if name == element {
                    escapes::decode_from(&mut text, 0);
                    let said = text.trim();
                    if let Some(place) = place.take().filter(|_| !said.is_empty()) {
                        add(texts, &mut left, place, said)?;
                    }
                } else if name == text_element {
                    collecting = false;
                } else if name == b"rPh" {
                    phonetic = false;
                }
            }
            Token::End => return Ok(()),
            Token::Text(_) | Token::Literal(_) => {}
        }
    }
}

/// Replies of a thread follow its first comment at the same cell.
fn add(texts: &mut BTreeMap<(u32, u16), String>, left: &mut u64, place: (u32, u16), said: &str) -> Result<(), Unreadable> {
    if texts.len() >= limits::COMMENTS {
        return Err(Unreadable::too_large(format!("批注超过 {} 条", limits::COMMENTS)));
    }
    let text = texts.entry(place).or_default();
    *left = left
        .checked_sub(said.len() as u64)
        .ok_or_else(|| Unreadable::too_large(format!("批注超过 {} MB", limits::STRANGERS.text >> 20)))?;
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(said);
    Ok(())
}

/// What lies over a sheet.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    pub pictures: u32,
    /// The words of each text box and shape that has any.
    pub texts: Vec<String>,
}

/// Reads a drawing part.
///
/// # Errors
/// Broken XML.
pub fn read_drawing(package: &mut Package<'_>, part: &str) -> Result<Drawing, Unreadable> {
    let mut scanner = Scanner::new(package.part(part)?, part);
    let mut drawing = Drawing::default();
    let (mut text, mut in_body, mut in_text) = (String::new(), false, false);
    loop {
        match scanner.next()? {
            Token::Open { name: b"pic", .. } => drawing.pictures = drawing.pictures.saturating_add(1),
            Token::Open { name: b"txBody", empty, .. } => in_body = !empty,
            Token::Open { name: b"t", empty, .. } => in_text = in_body && !empty,
            Token::Open { name: b"p" | b"br", .. } if in_body => text.push('\n'),
            Token::Close { name: b"t" } => in_text = false,
            Token::Close { name: b"txBody" } => {
                in_body = false;
                let said = std::mem::take(&mut text);
                if !said.trim().is_empty() && drawing.texts.len() < limits::TEXT_BOXES {
                    drawing.texts.push(said);
                }
            }
            Token::Text(raw) if in_text => {
                xml::append(raw, &mut text).map_err(|bad| bad.within(part))?;
                if text.len() > limits::CELL_BYTES {
                    return Err(Unreadable::too_large(format!("一个文本框的文字超过 {} KB", limits::CELL_BYTES >> 10)));
                }
            }
            Token::End => return Ok(drawing),
            _ => {}
        }
    }
}
