//! `sharedStrings.xml`: the texts that the cells of a workbook point to by number.
//!
//! Phonetic runs are no text; a run that is struck through marks the whole string.

use std::io::Read;

use crate::tables::limits::Ceilings;
use crate::tables::shared_strings::SharedStrings;
use crate::tables::workbook::Unreadable;
use crate::tables::xlsx::escapes;
use crate::tables::xlsx::styles;
use crate::tables::xml;
use crate::tables::xml::Scanner;
use crate::tables::xml::Token;

const PART: &str = "sharedStrings.xml";

/// Reads the part.
///
/// # Errors
/// Broken XML, or more text than a workbook may hold.
pub fn read(reader: impl Read, ceilings: &Ceilings) -> Result<SharedStrings, Unreadable> {
    let mut scanner = Scanner::new(reader, PART);
    let mut shared = SharedStrings::new(ceilings);
    let mut struck = false;
    let mut in_text = false;
    let mut in_string = false;
    let mut phonetic = false;
    loop {
        match scanner.next()? {
            Token::Open { name, attributes, empty } => match name {
                b"si" if empty => shared.finish_string(false)?,
                b"si" => {
                    in_string = true;
                    struck = false;
                }
                b"t" => in_text = in_string && !empty && !phonetic,
                b"rPh" => phonetic = !empty,
                b"strike" => struck |= styles::says_yes(attributes),
                _ => {}
            },
            Token::Close { name } => match name {
                b"si" => {
                    let start = shared.open_start();
                    escapes::decode_from(shared.open_text(), start);
                    shared.finish_string(struck)?;
                    in_string = false;
                }
                b"t" => in_text = false,
                b"rPh" => phonetic = false,
                _ => {}
            },
            Token::Text(raw) if in_text => xml::append(raw, shared.open_text()).map_err(|bad| bad.within(PART))?,
            Token::Literal(raw) if in_text => {
                let text = std::str::from_utf8(raw).map_err(|_| xml::BadText.within(PART))?;
                shared.open_text().push_str(text);
            }
            Token::End => return Ok(shared),
            Token::Text(_) | Token::Literal(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::limits::STRANGERS;

    #[test]
    fn texts_come_without_phonetics_and_with_their_runs_joined() {
        let document = "<sst><si><t>隐患&amp;甲</t></si><si/><si><r><rPr><strike/></rPr><t>已</t></r><r><t xml:space=\"preserve\"> 改</t></r>\
            <rPh><t>yi</t></rPh></si><si><t>整改_x000D_</t></si><si><t><![CDATA[<b>]]></t></si></sst>";
        let shared = read(document.as_bytes(), &STRANGERS).expect("well formed");
        let texts: Vec<_> = (0..shared.len()).filter_map(|index| shared.get(index)).collect();
        assert_eq!(texts, ["隐患&甲", "", "已 改", "整改\r", "<b>"]);
        assert!(shared.is_struck(2) && !shared.is_struck(0));
        assert_eq!(shared.get(5), None);
    }
}
