//! The first substream of a BIFF workbook: sheets, shared strings, styles, date system.
//!
//! FILEPASS of any kind ends the reading at once; nothing after it is decoded. Knows no cells.

use std::collections::BTreeMap;

use crate::tables::encoding;
use crate::tables::limits;
use crate::tables::number_format;
use crate::tables::number_format::CellStyle;
use crate::tables::number_format::NumberClass;
use crate::tables::shared_strings::SharedStrings;
use crate::tables::workbook::Cell;
use crate::tables::workbook::Unreadable;
use crate::tables::workbook::Visibility;
use crate::tables::xls::records::Fields;
use crate::tables::xls::records::Pieces;
use crate::tables::xls::records::Records;
use crate::tables::xls::records::short;
use crate::tables::xls::strings;
use crate::tables::xls::strings::EightBit;

pub const BOF: u16 = 0x0809;
pub const EOF: u16 = 0x000A;
pub const FILEPASS: u16 = 0x002F;
const CODEPAGE: u16 = 0x0042;
const DATEMODE: u16 = 0x0022;
const BOUNDSHEET: u16 = 0x0085;
const SST: u16 = 0x00FC;
const FONT: u16 = 0x0031;
const FORMAT: u16 = 0x041E;
const XF: u16 = 0x00E0;

/// Two generations of the format that differ in their strings and styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    Biff5,
    Biff8,
}

/// What the sheets of a workbook share.
pub struct Globals {
    pub generation: Generation,
    pub eight_bit: EightBit,
    pub date_1904: bool,
    pub sheets: Vec<BoundSheet>,
    pub shared: SharedStrings,
    pub styles: Vec<CellStyle>,
    /// For each font, whether it strikes through.
    pub struck_fonts: Vec<bool>,
    /// Whether GBK bytes stand where low halves of UTF-16 belong.
    pub gbk_in_unicode: bool,
}

/// A sheet as the globals list it.
pub struct BoundSheet {
    pub name: String,
    pub offset: usize,
    pub visibility: Visibility,
    /// 0 worksheet, 1 macro sheet, 2 chart, 6 module.
    pub kind: u8,
}

/// The generation that a BOF record names.
///
/// # Errors
/// When it is one of the formats before Excel 5, or none.
pub fn generation(bof: &[u8]) -> Result<Generation, Unreadable> {
    match bof.word(0)? {
        0x0600 => Ok(Generation::Biff8),
        0x0500 => Ok(Generation::Biff5),
        version => Err(Unreadable::damaged(format!("工作簿流的版本 {version:04X} 不认识"))),
    }
}

impl Globals {
    /// Reads the substream at the start of the workbook stream.
    ///
    /// # Errors
    /// Encrypted, cut off, or broken.
    pub fn read(stream: &[u8]) -> Result<Globals, Unreadable> {
        let mut records = Records::at(stream, 0);
        let bof = records.next()?.filter(|record| record.kind == BOF).ok_or_else(|| Unreadable::damaged("工作簿流没有开头"))?;
        let generation = generation(bof.data)?;
        let mut globals = Globals {
            generation,
            eight_bit: match generation {
                Generation::Biff5 => strings::code_page(1252),
                Generation::Biff8 => EightBit::Latin,
            },
            date_1904: false,
            sheets: Vec::new(),
            shared: SharedStrings::new(&limits::STRANGERS),
            styles: Vec::new(),
            struck_fonts: Vec::new(),
            gbk_in_unicode: false,
        };
        let mut formats: BTreeMap<u16, NumberClass> = BTreeMap::new();
        let mut extended: Vec<(u16, u16, bool)> = Vec::new();
        let mut bound: Vec<&[u8]> = Vec::new();
        loop {
            let Some(record) = records.next()? else { return Err(Unreadable::damaged("工作簿流在全局部分断了")) };
            match record.kind {
                EOF => break,
                FILEPASS => return Err(Unreadable::encrypted("工作簿设了打开密码")),
                CODEPAGE if generation == Generation::Biff5 => globals.eight_bit = strings::code_page(record.data.word(0)?),
                DATEMODE => globals.date_1904 = record.data.word(0)? == 1,
                BOUNDSHEET if bound.len() >= limits::SHEETS => {
                    return Err(Unreadable::too_large(format!("工作表超过 {} 张", limits::SHEETS)));
                }
                BOUNDSHEET => bound.push(record.data),
                FONT => globals.struck_fonts.push(record.data.word(2)? & 0x0008 != 0),
                FORMAT => {
                    let (number, code) = globals.format(record.data)?;
                    formats.insert(number, number_format::of_code(&code));
                }
                XF if extended.len() >= limits::STYLES => {
                    return Err(Unreadable::too_large(format!("单元格样式超过 {} 个", limits::STYLES)));
                }
                XF => extended.push((record.data.word(0)?, record.data.word(2)?, is_filled(record.data, generation))),
                SST => globals.read_shared_strings(&mut records.pieces(record.data)?)?,
                _ => {}
            }
        }
        for (font, format, filled) in extended {
            let number = u32::from(format);
            let class = formats.get(&format).cloned().or_else(|| number_format::of_builtin(number)).unwrap_or_default();
            let flags = if filled { Cell::FILLED } else { 0 } | if globals.is_struck(font) { Cell::STRUCK } else { 0 };
            globals.styles.push(CellStyle { class, flags });
        }
        for record in bound {
            let sheet = globals.bound_sheet(record)?;
            if globals.sheets.iter().any(|other| other.offset == sheet.offset) {
                return Err(Unreadable::damaged("两张工作表指向同一处"));
            }
            globals.sheets.push(sheet);
        }
        Ok(globals)
    }

    /// Whether the font of this number strikes through. There is no font 4.
    pub fn is_struck(&self, font: u16) -> bool {
        let index = usize::from(if font > 4 { font - 1 } else { font });
        self.struck_fonts.get(index).copied().unwrap_or(false)
    }

    /// A text whose 8-bit length stands at its start.
    fn short_text(&self, data: &[u8]) -> Result<String, Unreadable> {
        let (&length, rest) = data.split_first().ok_or_else(short)?;
        self.text(rest, usize::from(length))
    }

    /// A text of this length that lies in one record.
    pub fn text(&self, data: &[u8], length: usize) -> Result<String, Unreadable> {
        let mut text = String::new();
        match self.generation {
            Generation::Biff5 => strings::append_eight_bit(data.get(..length).ok_or_else(short)?, self.eight_bit, &mut text)?,
            Generation::Biff8 => {
                strings::append_unicode(&mut Records::at(&[], 0).pieces(data)?, length, &mut text)?;
            }
        }
        Ok(text)
    }

    fn format(&self, data: &[u8]) -> Result<(u16, String), Unreadable> {
        let number = data.word(0)?;
        let code = match self.generation {
            Generation::Biff5 => self.short_text(&data[2..])?,
            Generation::Biff8 => self.text(data.get(4..).ok_or_else(short)?, usize::from(data.word(2)?))?,
        };
        Ok((number, code))
    }

    fn bound_sheet(&self, data: &[u8]) -> Result<BoundSheet, Unreadable> {
        let state = data.word(4)?;
        let name = self.short_text(&data[6..])?;
        Ok(BoundSheet {
            name: strings::gbk_behind(&name).unwrap_or(name),
            offset: data.double_word(0)? as usize,
            visibility: match state & 0x03 {
                0 => Visibility::Visible,
                1 => Visibility::Hidden,
                _ => Visibility::VeryHidden,
            },
            kind: (state >> 8) as u8,
        })
    }

    fn read_shared_strings(&mut self, pieces: &mut Pieces<'_>) -> Result<(), Unreadable> {
        pieces.skip(4)?;
        let count = pieces.double_word()?;
        let mut shared = SharedStrings::new(&limits::STRANGERS);
        let (mut candidates, mut chinese) = (0_usize, 0_usize);
        // Some programs count none, or strings that are not there; cells that use those are found out.
        while !pieces.is_empty() && (count == 0 || shared.len() < count as usize) {
            let length = usize::from(pieces.word()?);
            let fonts = strings::append_unicode(pieces, length, shared.open_text())?;
            let struck = fonts.iter().any(|&font| self.is_struck(font));
            shared.finish_string(struck)?;
            if let Some(bytes) = shared.get(shared.len() - 1).and_then(strings::single_bytes) {
                candidates += 1;
                chinese += usize::from(encoding::is_gbk(&bytes));
            }
        }
        self.gbk_in_unicode = candidates > 0 && chinese * 10 >= candidates * 9;
        self.shared = if self.gbk_in_unicode { repaired(&shared)? } else { shared };
        Ok(())
    }
}

fn repaired(shared: &SharedStrings) -> Result<SharedStrings, Unreadable> {
    let mut out = SharedStrings::new(&limits::STRANGERS);
    for index in 0..shared.len() {
        let text = shared.get(index).unwrap_or_default();
        match strings::gbk_behind(text) {
            Some(chinese) => out.open_text().push_str(&chinese),
            None => out.open_text().push_str(text),
        }
        out.finish_string(shared.is_struck(index))?;
    }
    Ok(out)
}

/// Whether a style fills its cells with a colour other than white.
fn is_filled(data: &[u8], generation: Generation) -> bool {
    let fields = match generation {
        Generation::Biff8 => data.double_word(14).and_then(|border| Ok((border >> 26, data.word(18)?))),
        Generation::Biff5 => data.double_word(8).map(|area| (area >> 16 & 0x3F, area as u16)),
    };
    match fields {
        // A solid pattern shows its foreground; 9 and 65 are white, 64 and 127 the system's own.
        Ok((1, colours)) => !matches!(colours & 0x7F, 1 | 9 | 64 | 65 | 127),
        Ok((pattern, _)) => pattern > 1,
        Err(_) => false,
    }
}
