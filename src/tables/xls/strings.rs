//! Strings in BIFF records: UTF-16 or its "compressed" half in BIFF8, code pages in BIFF5.
//!
//! Some Chinese programs put GBK bytes where the low halves of UTF-16 belong, or leave the western
//! code page in the file; such texts are recognised and put right. Knows nothing of cells.

use encoding_rs::Encoding;
use encoding_rs::GBK;

use crate::tables::encoding::is_gbk;
use crate::tables::workbook::Unreadable;
use crate::tables::xls::records::Pieces;
use crate::tables::xls::records::short;

/// How the 8-bit strings of a workbook are to be read.
#[derive(Debug, Clone, Copy)]
pub enum EightBit {
    /// Low halves of UTF-16, as BIFF8 says.
    Latin,
    /// A code page that is known.
    Page(&'static Encoding),
    /// A code page that is not known; only ASCII can be trusted.
    Unknown(u16),
}

/// The encoding of a CODEPAGE record.
pub fn code_page(number: u16) -> EightBit {
    let label: &[u8] = match number {
        936 | 54936 => b"gbk",
        950 => b"big5",
        932 => b"shift_jis",
        949 | 1361 => b"euc-kr",
        874 => b"windows-874",
        866 => b"ibm866",
        10_000 | 32_768 => b"macintosh",
        10_007 => b"x-mac-cyrillic",
        65_001 => b"utf-8",
        1250..=1258 => return western(number),
        // 32769 is Windows ANSI; 367 is ASCII; 0 is written by careless programs.
        32_769 | 367 | 0 => b"windows-1252",
        other => return EightBit::Unknown(other),
    };
    Encoding::for_label(label).map_or(EightBit::Unknown(number), EightBit::Page)
}

fn western(number: u16) -> EightBit {
    Encoding::for_label(format!("windows-{number}").as_bytes()).map_or(EightBit::Unknown(number), EightBit::Page)
}

/// Appends 8-bit text.
///
/// # Errors
/// Characters beyond ASCII in an unknown code page.
pub fn append_eight_bit(bytes: &[u8], how: EightBit, out: &mut String) -> Result<(), Unreadable> {
    match how {
        EightBit::Latin => out.extend(bytes.iter().map(|&byte| char::from(byte))),
        EightBit::Page(encoding) if encoding != GBK && is_gbk(bytes) => out.push_str(&GBK.decode_without_bom_handling(bytes).0),
        EightBit::Page(encoding) => out.push_str(&encoding.decode_without_bom_handling(bytes).0),
        EightBit::Unknown(number) if !bytes.is_ascii() => {
            return Err(Unreadable::damaged(format!("文件所用的代码页 {number} 不认识，请用 WPS 或 Excel 打开后另存为 .xlsx")));
        }
        EightBit::Unknown(_) => out.extend(bytes.iter().map(|&byte| char::from(byte))),
    }
    Ok(())
}

/// The bytes behind a text of which every character is a single byte, when there are some beyond ASCII.
pub fn single_bytes(text: &str) -> Option<Vec<u8>> {
    if text.is_ascii() {
        return None;
    }
    text.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect()
}

/// The Chinese text that stands behind low halves of UTF-16, if they are GBK.
pub fn gbk_behind(text: &str) -> Option<String> {
    let bytes = single_bytes(text).filter(|bytes| is_gbk(bytes))?;
    Some(GBK.decode_without_bom_handling(&bytes).0.into_owned())
}

/// A string of BIFF8 whose length has been read already: flags, characters, runs.
/// Gives the fonts of its runs.
///
/// # Errors
/// When the record ends before the string.
pub fn append_unicode(pieces: &mut Pieces<'_>, length: usize, out: &mut String) -> Result<Vec<u16>, Unreadable> {
    let flags = pieces.byte()?;
    let runs = if flags & 0x08 != 0 { usize::from(pieces.word()?) } else { 0 };
    let extension = if flags & 0x04 != 0 { pieces.double_word()? as usize } else { 0 };
    append_characters(pieces, length, flags & 0x01 != 0, out)?;
    let mut fonts = Vec::new();
    for _ in 0..runs {
        pieces.skip(2)?;
        fonts.push(pieces.word()?);
    }
    // The extension holds pronunciation; some files say it is longer than it is.
    if pieces.skip(extension).is_err() && !pieces.is_empty() {
        return Err(short());
    }
    Ok(fonts)
}

/// Characters that may go on in a CONTINUE record, which says anew how wide they are.
pub fn append_characters(pieces: &mut Pieces<'_>, length: usize, wide: bool, out: &mut String) -> Result<(), Unreadable> {
    let mut wide = wide;
    let mut left = length;
    let mut units: Vec<u16> = Vec::with_capacity(length.min(4096));
    while left > 0 {
        // A continuation may hold its width and nothing else.
        while pieces.at_seam() {
            wide = pieces.byte()? & 0x01 != 0;
        }
        if wide {
            let bytes = pieces.take(left * 2)?;
            units.extend(bytes.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])));
            left -= bytes.len() / 2;
        } else {
            let bytes = pieces.take(left)?;
            units.extend(bytes.iter().map(|&byte| u16::from(byte)));
            left -= bytes.len();
        }
    }
    out.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::xls::records::Records;

    /// A string over a record and its continuations.
    fn check(first: &'static [u8], continuations: &[&[u8]], length: usize, expected: Option<&str>) {
        let mut stream = Vec::new();
        for piece in continuations {
            stream.extend_from_slice(&[0x3C, 0, piece.len() as u8, 0]);
            stream.extend_from_slice(piece);
        }
        let mut records = Records::at(&stream, 0);
        let mut pieces = records.pieces(first).expect("sound");
        let mut text = String::new();
        let found = append_unicode(&mut pieces, length, &mut text).ok().map(|_| text.as_str());
        assert_eq!(found, expected);
    }

    #[test]
    fn strings_go_on_in_continuations_with_a_width_of_their_own() {
        check(b"\0abc", &[], 3, Some("abc"));
        check(b"\x01\x00\x4e", &[], 1, Some("一"));
        check(b"\0ab", &[b"\x01\x00\x4e\x01\x4e"], 4, Some("ab一丁"));
        check(b"\x01\x00\x4e", &[b"\0ab"], 3, Some("一ab"));
        check(b"\x08\x01\0ab\0\0\x05\0", &[], 2, Some("ab"));
        check(b"\0ab", &[], 3, None);
        check(b"\x01\0", &[], 1, None);
        check(b"\0a", &[b"\x01", b"\x01\x00\x4e\x00"], 2, Some("a一"));
    }

    #[test]
    fn chinese_bytes_are_told_from_accented_letters() {
        assert_eq!(gbk_behind("µ¥Î»"), Some("单位".to_owned()));
        for western in ["Größe", "café", "Ärger", "plain", "ÄÖ Ü", "££", "单位"] {
            assert_eq!(gbk_behind(western), None, "{western}");
        }
        let mut text = String::new();
        append_eight_bit(b"\xd2\xfe\xbb\xbc", code_page(1252), &mut text).expect("known");
        append_eight_bit(b"\xd2\xfe\xbb\xbc", code_page(936), &mut text).expect("known");
        append_eight_bit(b"ok", code_page(437), &mut text).expect("ASCII is ASCII");
        assert_eq!(text, "隐患隐患ok");
        assert!(append_eight_bit(b"\xd2\xfe", code_page(437), &mut text).is_err());
    }
}
