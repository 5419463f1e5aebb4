//! Which encoding a text file is in, and its text: byte order mark, pattern of NULs (UTF-16),
//! strict UTF-8, strict GB18030, GB18030 with the bad lines named — in this order.
//!
//! Text that was already decoded wrongly once (mojibake) is refused, because no reading of it is
//! right. Knows nothing of what the text says.

use std::borrow::Cow;

use encoding_rs::Encoding;
use encoding_rs::GB18030;
use encoding_rs::GBK;
use encoding_rs::UTF_16BE;
use encoding_rs::UTF_16LE;
use encoding_rs::WINDOWS_1252;

use crate::tables::limits::Ceilings;
use crate::tables::workbook::Unreadable;

/// A decoded text file.
#[derive(Debug)]
pub struct Decoded<'a> {
    pub text: Cow<'a, str>,
    /// E.g. `UTF-8`, `UTF-16LE`, `GB18030`.
    pub name: &'static str,
    /// Lines (1-based) that hold bytes which are not valid in the encoding; the first thousand.
    pub lossy_lines: Vec<u32>,
}

/// How much of a text is looked at for mojibake.
const SAMPLE: usize = 64 << 10;
const LOSSY_LINES: usize = 1_000;

/// Decodes a text file; `declared` is the encoding that the text itself names, tried before guessing.
///
/// # Errors
/// When the bytes are no text, or text that was spoilt before it got here.
pub fn decode<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>, ceilings: &Ceilings) -> Result<Decoded<'a>, Unreadable> {
    if bytes.len() as u64 > ceilings.text_file {
        return Err(Unreadable::too_large(format!("文本文件超过 {} MB", ceilings.text_file >> 20)));
    }
    let decoded = climb(bytes, declared)?;
    if let Some(line) = line_of(&decoded.text, |character| character == '\0') {
        return Err(Unreadable::bad_text(line, "文本中有空字符（NUL）"));
    }
    refuse_mojibake(&decoded)?;
    Ok(decoded)
}

fn climb<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>) -> Result<Decoded<'a>, Unreadable> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Ok(lossy(&bytes[length..], encoding));
    }
    if let Some(encoding) = utf_16_by_nuls(bytes) {
        return Ok(lossy(bytes, encoding));
    }
    if let Some(encoding) = declared.filter(|&encoding| encoding != UTF_16LE && encoding != UTF_16BE)
        && let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes)
    {
        return Ok(Decoded { text, name: display_name(encoding), lossy_lines: Vec::new() });
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: Cow::Borrowed(text), name: "UTF-8", lossy_lines: Vec::new() });
    }
    let plausible = plausible_gb18030(bytes);
    if let Some(text) = plausible.then(|| GB18030.decode_without_bom_handling_and_without_replacement(bytes)).flatten() {
        return Ok(Decoded { text, name: "GB18030", lossy_lines: Vec::new() });
    }
    // One stray byte in a UTF-8 file must not turn the whole of it into GB18030.
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let sound_start = mostly_sound(&encoding_rs::UTF_8.decode_without_bom_handling(sample).0);
    if let Some(utf_8) = sound_start.then(|| lossy(bytes, encoding_rs::UTF_8)).filter(|decoded| mostly_sound(&decoded.text)) {
        return Ok(utf_8);
    }
    if !plausible {
        let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
        let line = bytes[..first].iter().filter(|&&byte| byte == b'\n').count() as u32 + 1;
        return Err(Unreadable::bad_text(line, "文字既不是 UTF-8 也不像中文 GB18030，编码无法确定"));
    }
    Ok(lossy(bytes, GB18030))
}

fn lossy<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let mut lossy_lines = Vec::new();
    if text.contains(char::REPLACEMENT_CHARACTER) {
        let (mut line, mut previous) = (1, ' ');
        for character in text.chars() {
            match character {
                '\n' if previous == '\r' => {}
                '\n' | '\r' => line += 1,
                char::REPLACEMENT_CHARACTER if lossy_lines.len() < LOSSY_LINES && lossy_lines.last() != Some(&line) => {
                    lossy_lines.push(line)
                }
                _ => {}
            }
            previous = character;
        }
    }
    Decoded { text, name: display_name(encoding), lossy_lines }
}

fn display_name(encoding: &'static Encoding) -> &'static str {
    if encoding == GBK || encoding == GB18030 { "GB18030" } else { encoding.name() }
}

fn count_bad(text: &str) -> usize {
    text.chars().filter(|&character| character == char::REPLACEMENT_CHARACTER).count()
}

/// Whether at most a quarter of the characters beyond ASCII are lost.
fn mostly_sound(text: &str) -> bool {
    let foreign = text.chars().filter(|character| !character.is_ascii()).count();
    count_bad(text) * 4 <= foreign
}

/// UTF-16 without a mark: its ASCII characters are pairs with a NUL, always on the same side.
fn utf_16_by_nuls(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    let is_plain = |byte: u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
    let (mut little, mut big) = (0_usize, 0_usize);
    for pair in sample.chunks_exact(2) {
        little += usize::from(pair[1] == 0 && is_plain(pair[0]));
        big += usize::from(pair[0] == 0 && is_plain(pair[1]));
    }
    let (encoding, plain, other) = if little > big { (UTF_16LE, little, big) } else { (UTF_16BE, big, little) };
    // Text has line ends, digits and separators: at least one character in fifty is ASCII.
    if plain == 0 || plain * 100 < sample.len() || other * 4 > plain {
        return None;
    }
    // In UTF-16 that happens to be valid UTF-8, that is in plain ASCII, every other byte is a NUL.
    if plain * 8 < sample.len() && std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let (text, bad) = encoding.decode_without_bom_handling(sample);
    let controls = text.chars().filter(|character| character.is_control() && !character.is_whitespace()).count();
    (!(bad && sample.len() < SAMPLE) && controls * 50 <= text.chars().count()).then_some(encoding)
}

/// Whether two-byte characters are mostly those that Chinese text is made of: the punctuation and
/// the 3,755 most common characters of GB 2312.
fn plausible_gb18030(bytes: &[u8]) -> bool {
    let (mut common, mut all) = (0_usize, 0_usize);
    let mut index = 0;
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    while index < sample.len() {
        if sample[index] < 0x80 {
            index += 1;
            continue;
        }
        let trail = sample.get(index + 1).copied().unwrap_or(0xA1);
        all += 1;
        if matches!(sample[index], 0xA1..=0xA3 | 0xB0..=0xD7) && trail >= 0xA1 {
            common += 1;
        }
        index += if trail.is_ascii_digit() { 4 } else { 2 };
    }
    all < 4 || common * 2 >= all
}

/// The 1-based line of the first character that `matches`.
fn line_of(text: &str, matches: impl Fn(char) -> bool) -> Option<u32> {
    let at = text.find(matches)?;
    Some(text[..at].bytes().filter(|&byte| byte == b'\n').count() as u32 + 1)
}

fn refuse_mojibake(decoded: &Decoded<'_>) -> Result<(), Unreadable> {
    let text = &decoded.text;
    let first_foreign = || line_of(text, |character| !character.is_ascii()).unwrap_or(1);
    if !mostly_sound(text) {
        return Err(Unreadable::bad_text(
            decoded.lossy_lines.first().copied().unwrap_or(1),
            format!("按 {} 解码后大半是乱码，编码无法确定", decoded.name),
        ));
    }
    let sample: String = text.chars().filter(|character| !character.is_ascii()).take(SAMPLE / 4).collect();
    let spoilt = if sample.matches("锟斤拷").count() >= 2 {
        Some("“锟斤拷”，原文已经丢失")
    } else if was_single_byte(&sample) {
        Some("中文曾被当作西文读过一次")
    } else if was_utf_8(&sample) {
        Some("UTF-8 曾被当作 GBK 读过一次")
    } else {
        None
    };
    match spoilt {
        Some(how) => Err(Unreadable::bad_text(first_foreign(), format!("文字是乱码：{how}；请向报送单位重新要一份"))),
        None => Ok(()),
    }
}

/// Chinese in UTF-8 or GBK that was read as Windows-1252 or Latin-1, then saved: `éšæ‚£`, `Òþ»¼`.
fn was_single_byte(sample: &str) -> bool {
    let mut bytes = Vec::new();
    for character in sample.chars() {
        match u8::try_from(u32::from(character)) {
            Ok(byte) => bytes.push(byte),
            Err(_) => {
                let mut buffer = [0; 4];
                let (encoded, _, unmappable) = WINDOWS_1252.encode(character.encode_utf8(&mut buffer));
                if unmappable {
                    return false;
                }
                bytes.extend_from_slice(&encoded);
            }
        }
    }
    if bytes.len() < 6 {
        return false;
    }
    let ideographs = |text: &str| text.chars().filter(|&character| is_ideograph(character)).count();
    let as_utf_8 = String::from_utf8_lossy(&bytes);
    if ideographs(&as_utf_8) * 2 > as_utf_8.chars().count() {
        return true;
    }
    bytes.len() >= 12 && is_gbk(&bytes)
}

/// Whether bytes are Chinese in GBK rather than accented letters: all beyond ASCII stand in pairs, and
/// at least half of the pairs are common characters (the first 3,755 of GB 2312).
pub fn is_gbk(bytes: &[u8]) -> bool {
    let (mut common, mut pairs, mut index) = (0, 0, 0);
    while let Some(&lead) = bytes.get(index) {
        if lead < 0x80 {
            index += 1;
            continue;
        }
        let trail = bytes.get(index + 1).copied().unwrap_or(0);
        if !matches!(lead, 0xA1..=0xA3 | 0xB0..=0xF7) || trail < 0xA1 {
            return false;
        }
        pairs += 1;
        common += usize::from(matches!(lead, 0xB0..=0xD7));
        index += 2;
    }
    pairs > 0 && common * 2 >= pairs
}

/// Chinese in UTF-8 that was read as GBK, then saved: `闅愭偅`.
fn was_utf_8(sample: &str) -> bool {
    let (bytes, _, _) = GBK.encode(sample);
    let text = String::from_utf8_lossy(&bytes);
    let ideographs = text.chars().filter(|&character| is_ideograph(character)).count();
    ideographs >= 6 && count_bad(&text) * 3 < ideographs
}

fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::limits::STRANGERS;

    const TEXT: &str = "单位,隐患,期限\n第一医院,疏散通道不畅,2023年7月底前\n";

    fn check(bytes: &[u8], name: &str, text: &str) {
        let decoded = decode(bytes, None, &STRANGERS).expect("is text");
        assert_eq!((decoded.name, &*decoded.text), (name, text));
        assert!(decoded.lossy_lines.is_empty());
    }

    fn refused(bytes: &[u8], words: &str) {
        let refusal = decode(bytes, None, &STRANGERS).expect_err("is spoilt");
        assert!(refusal.detail.contains(words), "{refusal:?}");
    }

    #[test]
    fn the_ladder_finds_the_encoding() {
        check(TEXT.as_bytes(), "UTF-8", TEXT);
        check(format!("\u{feff}{TEXT}").as_bytes(), "UTF-8", TEXT);
        check(&GB18030.encode(TEXT).0, "GB18030", TEXT);
        let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&little, "UTF-16LE", TEXT);
        check(&big, "UTF-16BE", TEXT);
        check(&[&[0xFF, 0xFE], &little[..]].concat(), "UTF-16LE", TEXT);
        check(&[&[0xFE, 0xFF], &big[..]].concat(), "UTF-16BE", TEXT);
        check("a,b\n1,2\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>().as_slice(), "UTF-16LE", "a,b\n1,2\n");
        check(&GB18030.encode("甲,乙").0, "GB18030", "甲,乙");
        check(&GB18030.encode("生僻字㐂𠮷,中文，隐患台账单位").0, "GB18030", "生僻字㐂𠮷,中文，隐患台账单位");
    }

    #[test]
    fn bad_bytes_are_named_by_line() {
        let mut bytes = GB18030.encode("第一行\n第二行\n第三行\n").0.into_owned();
        bytes[9] = 0xFF;
        let decoded = decode(&bytes, None, &STRANGERS).expect("mostly sound");
        assert_eq!((decoded.name, decoded.lossy_lines), ("GB18030", vec![2]));
        let mut bytes = "第一行第一行\r\n第二行第二行\r\n".as_bytes().to_vec();
        bytes[22] = 0xFF;
        let decoded = decode(&bytes, None, &STRANGERS).expect("mostly sound");
        assert_eq!((decoded.name, decoded.lossy_lines), ("UTF-8", vec![2]));
    }

    #[test]
    fn mojibake_is_refused() {
        let once = |bytes: &[u8], encoding: &'static Encoding| encoding.decode_without_bom_handling(bytes).0.into_owned();
        refused(once(TEXT.as_bytes(), WINDOWS_1252).as_bytes(), "西文");
        refused(once(&GB18030.encode(TEXT).0, WINDOWS_1252).as_bytes(), "西文");
        refused(once(TEXT.as_bytes(), GBK).as_bytes(), "GBK");
        refused("锟斤拷锟斤拷,1".as_bytes(), "锟斤拷");
        refused(&encoding_rs::BIG5.encode("單位名稱,隱患描述,整改期限,責任人,備註").0, "编码无法确定");
        refused("单位\0,隐患\n1,2\n".as_bytes(), "NUL");
        refused(&[0xFF, 0xFF, 0xFF, 0xFF, 0x80, 0x81], "编码");
    }

    #[test]
    fn honest_western_and_chinese_text_is_not_taken_for_mojibake() {
        for text in
            ["Müller, café, naïve", "é", "隐患", "一般隐患、重大隐患，按期整改。", "€ 20,5 ± 3 °C", "£££££££££££££", "ééééèèééàéééé", TEXT]
        {
            assert!(decode(text.as_bytes(), None, &STRANGERS).is_ok(), "{text}");
        }
    }
}
