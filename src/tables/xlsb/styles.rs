//! `styles.bin`: what each cell style makes of a number, whether it strikes through or fills.
//!
//! Styles that are absent or out of range mean a plain number.

use std::collections::BTreeMap;
use std::io::Read;

use crate::tables::limits;
use crate::tables::number_format;
use crate::tables::number_format::CellStyle;
use crate::tables::number_format::NumberClass;
use crate::tables::ole::u16_at;
use crate::tables::ole::u32_at;
use crate::tables::workbook::Cell;
use crate::tables::workbook::Unreadable;
use crate::tables::xlsb::records::Records;
use crate::tables::xlsb::records::wide_text;

const FONT: u16 = 0x002B;
const FORMAT: u16 = 0x002C;
const FILL: u16 = 0x002D;
const XF: u16 = 0x002F;
const BEGIN_CELL_XFS: u16 = 0x0269;
const END_CELL_XFS: u16 = 0x026A;

/// Reads the cell styles in the order of their index.
///
/// # Errors
/// Cut off, or more styles than [`limits::STYLES`].
pub fn read(reader: impl Read) -> Result<Vec<CellStyle>, Unreadable> {
    let mut records = Records::new(reader, "styles.bin");
    let mut formats: BTreeMap<u16, NumberClass> = BTreeMap::new();
    let mut struck: Vec<bool> = Vec::new();
    let mut filled: Vec<bool> = Vec::new();
    let mut styles = Vec::new();
    let mut in_cell_formats = false;
    while let Some((kind, data)) = records.next()? {
        match kind {
            FONT => struck.push(u16_at(data, 2) & 0x0008 != 0),
            FILL => filled.push(is_filled(data)),
            FORMAT => {
                if let Some((code, _)) = data.get(2..).and_then(wide_text) {
                    formats.insert(u16_at(data, 0), number_format::of_code(&code));
                }
            }
            BEGIN_CELL_XFS => in_cell_formats = true,
            END_CELL_XFS => in_cell_formats = false,
            XF if in_cell_formats => {
                if styles.len() >= limits::STYLES {
                    return Err(Unreadable::too_large(format!("单元格样式超过 {} 个", limits::STYLES)));
                }
                let format = u16_at(data, 2);
                let class = formats.get(&format).cloned().or_else(|| number_format::of_builtin(u32::from(format))).unwrap_or_default();
                let points_at = |list: &[bool], at| list.get(usize::from(u16_at(data, at))).copied().unwrap_or(false);
                let flags = if points_at(&struck, 4) { Cell::STRUCK } else { 0 } | if points_at(&filled, 6) { Cell::FILLED } else { 0 };
                styles.push(CellStyle { class, flags });
            }
            _ => {}
        }
    }
    Ok(styles)
}

/// A pattern that shows a colour other than white.
fn is_filled(data: &[u8]) -> bool {
    match u32_at(data, 0) {
        0 | 0x11 => false,
        1 => {
            let (kind, index) = (data.get(4).map_or(0, |byte| byte >> 1), data.get(5).copied().unwrap_or(0));
            let white = match kind {
                1 => matches!(index, 1 | 9 | 64 | 65),
                2 => data.get(8..11) == Some(&[0xFF, 0xFF, 0xFF]),
                3 => index == 0 && u16_at(data, 6) == 0,
                _ => true,
            };
            !white
        }
        _ => true,
    }
}
