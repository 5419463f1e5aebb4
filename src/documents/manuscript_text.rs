//! Plain text → blocks of an official text, by the marks that clerks write anyway.
//!
//! | a line | becomes |
//! |---|---|
//! | `一、…` · `（一）…` | a heading of the first or second level |
//! | `1.…`, short and without 。 at its end | a heading of the third level |
//! | `（一）压实责任。各单位要……` | a paragraph that begins with its heading |
//! | `【表：名称】` alone | the table of that name, which the caller supplies |
//! | anything else | a paragraph; lines join until a blank line, a numbered line or one that begins with `　` |
//!
//! Knows nothing of where the text comes from. No text is refused but one that asks for a table there is not.

use std::collections::BTreeMap;

use crate::documents::manuscript::Block;
use crate::documents::manuscript::HeadingLevel;
use crate::documents::manuscript::Table;

/// Characters of a line after its indent; a numbered line that is longer is no heading.
const LINE: usize = 26;
/// Longer numerals count something, they do not number a heading.
const MOST_DIGITS: usize = 2;

/// A line of the text that asks for a table that it cannot have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MisplacedTable {
    /// Nobody supplies a table of this name.
    #[error("第{line}行要插入表“{name}”，没有这张表；可以插入的表：{}", named(known))]
    Unknown { name: String, line: usize, known: Vec<String> },
    /// The table stands in the text already.
    #[error("第{line}行又一次插入表“{name}”，它前面已经有了；同一张表只能插入一次，请删去其中一行")]
    Repeated { name: String, line: usize },
}

fn named(known: &[String]) -> String {
    if known.is_empty() { "（无）".to_owned() } else { known.join("、") }
}

/// The blocks of a text. Tables that it does not ask for are left out.
///
/// # Errors
/// Every line that asks for a table there is not, or for one that stands in the text already.
pub fn blocks<'a>(text: &str, tables: Vec<(String, Table<'a>)>) -> Result<Vec<Block<'a>>, Vec<MisplacedTable>> {
    let known: Vec<String> = tables.iter().map(|(name, _)| name.clone()).collect();
    let mut supplied: BTreeMap<String, Table<'a>> = tables.into_iter().collect();
    let (mut reader, mut misplaced) = (Reader::default(), Vec::new());
    for (index, written) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
        let line = written.trim();
        if line.is_empty() {
            reader.end_paragraph();
        } else if let Some(name) = table_name(line) {
            reader.end_paragraph();
            let number = index + 1;
            match supplied.remove(name) {
                Some(table) => reader.blocks.push(Block::Table(table)),
                None if known.iter().any(|known| known == name) => {
                    misplaced.push(MisplacedTable::Repeated { name: name.to_owned(), line: number });
                }
                None => misplaced.push(MisplacedTable::Unknown { name: name.to_owned(), line: number, known: known.clone() }),
            }
        } else {
            reader.line(line, written.starts_with('\u{3000}'));
        }
    }
    reader.end_paragraph();
    if misplaced.is_empty() { Ok(reader.blocks) } else { Err(misplaced) }
}

/// The blocks so far and the paragraph that is still open.
#[derive(Default)]
struct Reader<'a> {
    blocks: Vec<Block<'a>>,
    open: Option<Open>,
}

struct Open {
    heading: Option<(HeadingLevel, String)>,
    text: String,
}

impl Reader<'_> {
    fn end_paragraph(&mut self) {
        let Some(Open { heading, text }) = self.open.take() else { return };
        self.blocks.push(match heading {
            Some((level, heading)) => Block::RunIn { level, heading, text },
            None => Block::Paragraph(text),
        });
    }

    fn line(&mut self, line: &str, indented: bool) {
        let level = numbered(line);
        if level.is_some() || indented {
            self.end_paragraph();
        }
        match (level, self.open.as_mut()) {
            (Some(level), _) => self.numbered_line(line, level),
            (None, Some(open)) => {
                // Words of Latin letters or digits do not grow together where a line was broken.
                if open.text.ends_with(|last: char| last.is_ascii_graphic()) && line.starts_with(|next: char| next.is_ascii_graphic()) {
                    open.text.push(' ');
                }
                open.text.push_str(line);
            }
            (None, None) => self.open = Some(Open { heading: None, text: line.to_owned() }),
        }
    }

    fn numbered_line(&mut self, line: &str, level: HeadingLevel) {
        match (level, line.split_once('。')) {
            (_, Some((heading, text))) if !text.trim().is_empty() => {
                self.open = Some(Open { heading: Some((level, format!("{heading}。"))), text: text.trim_start().to_owned() });
            }
            (HeadingLevel::Third, Some(_)) => self.open = Some(Open { heading: None, text: line.to_owned() }),
            (HeadingLevel::Third, None) if line.chars().count() > LINE => {
                self.open = Some(Open { heading: None, text: line.to_owned() });
            }
            _ => self.blocks.push(Block::Heading { level, text: line.to_owned() }),
        }
    }
}

/// The name in a line `【表：name】`.
fn table_name(line: &str) -> Option<&str> {
    let inside = line.strip_prefix("【表")?.strip_suffix('】')?;
    Some(inside.strip_prefix(['：', ':'])?.trim())
}

/// The level that a line's numeral stands for.
fn numbered(line: &str) -> Option<HeadingLevel> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let after = line[digits..].strip_prefix(['.', '．'])?;
        // `1.5万元` begins with a number, not with a numeral.
        let numeral = digits <= MOST_DIGITS && !after.is_empty() && !after.starts_with(|next: char| next.is_ascii_digit());
        return numeral.then_some(HeadingLevel::Third);
    }
    let (level, inside) = match line.strip_prefix(['（', '(']) {
        Some(inside) => (HeadingLevel::Second, inside),
        None => (HeadingLevel::First, line),
    };
    let after = inside.trim_start_matches(is_numeral);
    let closing: &[char] = if level == HeadingLevel::First { &['、'] } else { &['）', ')'] };
    let titled = after.len() < inside.len() && after.strip_prefix(closing).is_some_and(|title| !title.is_empty());
    titled.then_some(level)
}

fn is_numeral(character: char) -> bool {
    "一二三四五六七八九十百".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::Body;

    fn table(caption: &str) -> Table<'static> {
        Table {
            caption: caption.to_owned(),
            left: String::new(),
            right: String::new(),
            columns: Vec::new(),
            body: Body::Rows(Vec::new()),
            notes: Vec::new(),
        }
    }

    /// The blocks in short: `1`, `2`, `3` headings, `P` paragraphs, `R` run-in headings, `T` tables.
    fn check(text: &str, expected: &[&str]) {
        let tables = vec![("进度".to_owned(), table("进度表")), ("逾期".to_owned(), table("逾期表"))];
        let short: Vec<String> = match blocks(text, tables) {
            Err(misplaced) => misplaced.iter().map(ToString::to_string).collect(),
            Ok(blocks) => (blocks.iter())
                .map(|block| match block {
                    Block::Heading { level, text } => format!("{} {text}", *level as u8 + 1),
                    Block::Paragraph(text) => format!("P {text}"),
                    Block::RunIn { level, heading, text } => format!("R{} {heading}|{text}", *level as u8 + 1),
                    Block::Table(table) => format!("T {}", table.caption),
                })
                .collect(),
        };
        assert_eq!(short, expected, "{text:?}");
    }

    #[test]
    fn numbered_lines_are_headings() {
        check("一、总体情况\n截至6月30日，共排查隐患12条。", &["1 一、总体情况", "P 截至6月30日，共排查隐患12条。"]);
        check("（一）报送情况\n(十二)整改情况", &["2 （一）报送情况", "2 (十二)整改情况"]);
        check("1.消防安全\n2．用电安全", &["3 1.消防安全", "3 2．用电安全"]);
        check("（一）压实责任。各单位要\n履行主体责任。", &["R2 （一）压实责任。|各单位要履行主体责任。"]);
        check("1.限期整改。", &["P 1.限期整改。"]);
        check("1. 立即整改。逾期的，通报批评。", &["R3 1. 立即整改。|逾期的，通报批评。"]);
        let long = format!("1.{}", "隐患".repeat(20));
        check(&long, &[&format!("P {long}")]);
        check("一、压实责任。", &["1 一、压实责任。"]);
    }

    #[test]
    fn numbers_at_the_beginning_of_a_line_are_no_headings() {
        for text in
            ["1.5万元已到位", "2024.6.30前报送", "一是压实责任", "十二条隐患", "（见附件）", "（一）", "一、", "1.", "（一、二）见附件"]
        {
            check(text, &[&format!("P {text}")]);
        }
    }

    #[test]
    fn lines_join_until_a_blank_or_an_indented_line() {
        check("本月共排查\n隐患12条。\n\n\n整改9条。", &["P 本月共排查隐患12条。", "P 整改9条。"]);
        check("　　第一段。\n　　第二段。\r\n续。", &["P 第一段。", "P 第二段。续。"]);
        check("see\nattachment\n附件", &["P see attachment附件"]);
        check("\u{FEFF}一、总体情况", &["1 一、总体情况"]);
        check("", &[]);
    }

    #[test]
    fn tables_stand_where_they_are_named() {
        check("前\n【表：进度】\n后", &["P 前", "T 进度表", "P 后"]);
        check(" 【表: 逾期 】 ", &["T 逾期表"]);
        check("见【表：进度】。", &["P 见【表：进度】。"]);
        check(
            "【表：进渡】\n【表：进度】\n【表：进度】\n【表：】",
            &[
                "第1行要插入表“进渡”，没有这张表；可以插入的表：进度、逾期",
                "第3行又一次插入表“进度”，它前面已经有了；同一张表只能插入一次，请删去其中一行",
                "第4行要插入表“”，没有这张表；可以插入的表：进度、逾期",
            ],
        );
        assert_eq!(
            blocks("【表：甲】", Vec::new()).map_err(|misplaced| misplaced[0].to_string()).err().as_deref(),
            Some("第1行要插入表“甲”，没有这张表；可以插入的表：（无）")
        );
    }

    #[test]
    fn no_text_is_too_odd() {
        for text in
            ["【表", "【表：", "】", "（", "一", "1", "1．", "\u{0}\u{7}", "，\n。\n（一）。", "一、。二", "😀1.", "٣.甲", "1.。1.。"]
        {
            assert!(blocks(text, Vec::new()).is_ok(), "{text:?}");
        }
    }
}
