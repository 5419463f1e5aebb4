//! Drawings over a sheet: how many pictures they hold and what their text boxes and shapes say.
//!
//! Their words are told beside the sheet; they never become the text of the cell that they hang on.

use std::io::Read;

use crate::tables::limits;
use crate::tables::workbook::Unreadable;
use crate::tables::xml;
use crate::tables::xml::Scanner;
use crate::tables::xml::Token;

/// Whether an element is a drawing.
pub fn is_drawing(name: &[u8]) -> bool {
    const NAMES: [&[u8]; 17] = [
        b"frame",
        b"custom-shape",
        b"rect",
        b"ellipse",
        b"circle",
        b"line",
        b"polyline",
        b"polygon",
        b"regular-polygon",
        b"path",
        b"caption",
        b"connector",
        b"measure",
        b"control",
        b"g",
        b"scene",
        b"text-box",
    ];
    NAMES.contains(&name)
}

/// A drawing taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    pub pictures: u32,
    pub text: String,
}

/// Reads a drawing whose start tag has been read, to its end.
///
/// # Errors
/// Not well formed, or more text than a cell may hold.
pub fn read(scanner: &mut Scanner<impl Read>) -> Result<Drawing, Unreadable> {
    let depth = scanner.depth();
    let mut drawing = Drawing::default();
    // Titles and descriptions are for the blind; they repeat what the picture shows.
    let mut aside: Option<usize> = None;
    while scanner.depth() >= depth {
        match scanner.next()? {
            Token::Open { name, empty, .. } => match name {
                b"image" => drawing.pictures = drawing.pictures.saturating_add(1),
                b"title" | b"desc" if !empty => aside = Some(drawing.text.len()),
                b"p" | b"line-break" => drawing.text.push('\n'),
                b"s" | b"tab" => drawing.text.push(' '),
                _ => {}
            },
            Token::Close { name: b"title" | b"desc" } => {
                if let Some(length) = aside.take() {
                    drawing.text.truncate(length);
                }
            }
            Token::Text(raw) => xml::append(raw, &mut drawing.text).map_err(|bad| bad.within("content.xml"))?,
            Token::Literal(raw) => drawing.text.push_str(&String::from_utf8_lossy(raw)),
            Token::End => return Err(scanner.damaged("文件在图形中间断了")),
            Token::Close { .. } => {}
        }
        if drawing.text.len() > limits::CELL_BYTES {
            return Err(Unreadable::too_large(format!("一个文本框的文字超过 {} KB", limits::CELL_BYTES >> 10)));
        }
    }
    Ok(drawing)
}
