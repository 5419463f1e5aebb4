//! Character data of XML: entities resolved, line ends normalised, UTF-8 checked.
//!
//! Knows the five entities of XML and numeric ones; any other is an error, since documents of ours
//! cannot define their own.

use crate::tables::workbook::Unreadable;

/// Why a run of characters cannot be taken.
#[derive(Debug, PartialEq, Eq)]
pub struct BadText;

impl BadText {
    /// The same as a refusal of the part it stands in.
    pub fn within(self, part: &str) -> Unreadable {
        Unreadable::damaged(format!("{part}：含有无效的字符或未定义的实体"))
    }
}

/// Appends raw character data with entities resolved and line ends normalised.
///
/// # Errors
/// Bytes that are not UTF-8, an entity beyond the five of XML, or a character that cannot be.
pub fn append(raw: &[u8], out: &mut String) -> Result<(), BadText> {
    let text = std::str::from_utf8(raw).map_err(|_| BadText)?;
    if memchr::memchr2(b'&', b'\r', raw).is_none() {
        out.push_str(text);
        return Ok(());
    }
    let mut rest = text;
    while let Some(at) = memchr::memchr2(b'&', b'\r', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        if rest.as_bytes()[at] == b'\r' {
            out.push('\n');
            rest = tail.strip_prefix('\n').unwrap_or(tail);
            continue;
        }
        let end = tail.find(';').ok_or(BadText)?;
        out.push(entity(&tail[..end]).ok_or(BadText)?);
        rest = &tail[end + 1..];
    }
    out.push_str(rest);
    Ok(())
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}
