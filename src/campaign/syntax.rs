//! Words for a text that is not YAML: what is wrong, where it really began, what to type instead.
//!
//! The parser stumbles where it can no longer go on, often a line after the slip. The slips people
//! make with a Chinese keyboard — full-width colon, comma, brackets, spaces, and tabs — are looked
//! for on the failing line and the two before it, and named at their own place.

use serde_saphyr::granit_parser::ErrorKind;

use crate::campaign::tree::Position;
use crate::campaign::tree::Problem;
use crate::campaign::tree::SyntaxError;

/// Of longer lines only the beginning is looked at for slips.
const WIDEST_LINE: usize = 300;

/// The place, message and help for a syntax error.
pub fn explain(text: &str, error: &SyntaxError) -> (Position, String, String) {
    if matches!(error.problem, Problem::Malformed(_))
        && let Some((position, message, help)) = find_slip(text, error.position.line)
    {
        return (position, message.to_owned(), help.to_owned());
    }
    if let Problem::Malformed(
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::ExpectedFlowMappingSeparator,
    ) = &error.problem
        && let Some(position) = opening_bracket(text, error.position)
    {
        let (message, help) = malformed(&ErrorKind::UnclosedFlowCollection { open: '[' });
        return (position, message, help.to_owned());
    }
    let (message, help) = words(&error.problem);
    let position = match &error.problem {
        Problem::Malformed(ErrorKind::UnclosedQuotedScalar | ErrorKind::InvalidQuotedScalarIndent) => {
            opening_quote(text, error.position.line).unwrap_or(error.position)
        }
        _ => error.position,
    };
    (position, message, help.to_owned())
}

/// The innermost bracket that is still open at `until` and was opened on an earlier line.
fn opening_bracket(text: &str, until: Position) -> Option<Position> {
    let mut open = Vec::new();
    for (index, written) in text.lines().take(until.line.saturating_sub(1) as usize).enumerate() {
        let mut quote = None;
        let mut before = ' ';
        for (column, character) in written.chars().enumerate() {
            match (quote, character) {
                (None, '#') if before == ' ' => break,
                (None, '"' | '\'') if matches!(before, ' ' | '[' | '{' | ',') => quote = Some(character),
                (Some(mark), _) if mark == character => quote = None,
                (None, '[' | '{') if matches!(before, ' ' | '[' | '{' | ',') => {
                    open.push(Position { line: index as u32 + 1, column: column as u32 + 1 });
                }
                (None, ']' | '}') => {
                    open.pop();
                }
                _ => {}
            }
            before = character;
        }
    }
    open.pop()
}

/// The last quotation mark on the nearest line, at or above `line`, that has an odd number of them.
fn opening_quote(text: &str, line: u32) -> Option<Position> {
    let lines: Vec<&str> = text.lines().take(line as usize).collect();
    lines.iter().enumerate().rev().find_map(|(index, written)| {
        let mark = ['"', '\''].into_iter().find(|mark| written.matches(*mark).count() % 2 == 1)?;
        let column = written.chars().count() - written.chars().rev().position(|character| character == mark)?;
        Some(Position { line: index as u32 + 1, column: column as u32 })
    })
}

/// The slip of the keyboard nearest to `line`, if there is one.
fn find_slip(text: &str, line: u32) -> Option<(Position, &'static str, &'static str)> {
    let lines: Vec<&str> = text.lines().collect();
    let last = (line as usize).min(lines.len());
    let first = last.saturating_sub(3);
    for index in (first..last).rev() {
        let written = lines.get(index).copied().unwrap_or("");
        let content = written.trim_start();
        if content.starts_with('#') || content.is_empty() {
            continue;
        }
        for (column, character) in written.chars().take(WIDEST_LINE).enumerate() {
            if let Some((message, help)) = slip_at(written, column, character) {
                return Some((Position { line: index as u32 + 1, column: column as u32 + 1 }, message, help));
            }
        }
    }
    None
}

fn slip_at(written: &str, column: usize, character: char) -> Option<(&'static str, &'static str)> {
    let before: String = written.chars().take(column).collect();
    let indentation = before.chars().all(char::is_whitespace);
    let after_key = !before.trim().is_empty() && before.trim_start_matches([' ', '-', '{', '[']).chars().all(is_key_character);
    let after_last_key = before.rsplit([',', '{', '，']).next().is_some_and(|part| {
        let part = part.trim();
        !part.is_empty() && part.chars().all(is_key_character)
    });
    match character {
        '\t' if indentation => Some(("行首用了制表符（Tab）缩进，YAML 只认空格", "把行首的 Tab 换成空格，每级缩进两个空格")),
        '\u{3000}' if indentation => Some(("行首用了全角空格缩进，YAML 只认半角空格", "把全角空格换成半角空格，每级缩进两个空格")),
        '\u{a0}' if indentation => Some(("行首用了不间断空格缩进，YAML 只认普通空格", "把行首的空格删掉，用空格键重新输入")),
        '：' if after_key || after_last_key => Some(("键名后面用了全角冒号“：”", "改成半角冒号加一个空格，如 title: 名称")),
        '，' if before.contains(['{', '[']) => Some(("花括号或方括号里用了全角逗号“，”分隔", "改成半角逗号加一个空格")),
        '｛' | '｝' | '［' | '］' => Some(("用了全角括号", "改成半角的 { } 或 [ ]")),
        _ => None,
    }
}

fn is_key_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_' || character == '-'
}

fn words(problem: &Problem) -> (String, &'static str) {
    match problem {
        Problem::Empty => {
            ("文件里没有内容".to_owned(), "至少写上 campaign、title、issuer、period、units 五项；可用 qingdan init 生成一份样例")
        }
        Problem::TooLarge => ("文件超过 4 MB，不像是专项整治方案".to_owned(), "方案文件通常只有几十 KB，请检查是否选错了文件"),
        Problem::TooDeep => ("层次嵌套过深（超过 24 层）".to_owned(), "检查括号是否配对、缩进是否逐行加深"),
        Problem::TooManyNodes => {
            ("内容过多（超过 20000 项，含别名展开）".to_owned(), "检查是否有重复粘贴的内容，或层层引用的别名（*名称）")
        }
        Problem::SeveralDocuments => ("一个文件里写了两份文档（以 --- 分开）".to_owned(), "只留一份；另一份放到单独的文件里"),
        Problem::Tag => ("用了 YAML 标签（以 ! 开头）".to_owned(), "去掉标签；如果是文字，请用双引号括起来"),
        Problem::AliasOfItself => ("别名（*名称）引用了它自己".to_owned(), "去掉这个别名，直接写出内容"),
        Problem::KeyIsNoText => ("键名应是一个词，这里却是列表或对象".to_owned(), "检查冒号前面的括号；含括号的文字请用双引号括起来"),
        Problem::Malformed(kind) => malformed(kind),
    }
}

fn malformed(kind: &ErrorKind) -> (String, &'static str) {
    let (message, help) = match kind {
        ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar | ErrorKind::InvalidQuotedScalarIndent => {
            ("引号没有配对", "补上另一半引号；中文引号“ ”不能代替半角引号")
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            ("引号后面还有文字", "整段文字放进同一对引号里，或把引号全部去掉")
        }
        ErrorKind::UnknownQuotedScalarEscape | ErrorKind::InvalidQuotedScalarHexEscape => {
            ("双引号里的反斜杠“\\”后面不是合法的转义字符", "路径请用 /，或改用单引号")
        }
        ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::MismatchedFlowCollectionEnd { .. }
        | ErrorKind::MisplacedFlowCollectionEnd => ("花括号或方括号没有配对", "检查这一行的 { } 和 [ ] 是否成对"),
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => {
            ("花括号或方括号里缺少逗号或右括号", "各项之间用半角逗号分隔，最后补上右括号；文字里有括号或逗号时用双引号括起来")
        }
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            ("这里应是“键: 值”，没有找到半角冒号", "每个键后面写半角冒号加空格；同一级的键左边要对齐")
        }
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement | ErrorKind::InvalidMappingValueWhitespace => {
            ("这里不能再出现冒号", "一行只写一个“键: 值”；文字里含“: ”时用双引号括起来")
        }
        ErrorKind::ExpectedBlockSequenceEntry | ErrorKind::BlockSequenceEntryNotAllowed | ErrorKind::BlockEntryInFlowCollection => {
            ("列表项的位置不对", "列表的每一项以“- ”开头，左边对齐")
        }
        ErrorKind::InvalidIndentation | ErrorKind::InvalidFlowScalarIndent | ErrorKind::InvalidBlockScalarIndent => {
            ("缩进不对", "同一级的键左边对齐，下一级多缩进两个空格")
        }
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => ("这里用了制表符（Tab），YAML 只认空格", "把 Tab 换成空格"),
        ErrorKind::UnknownAnchor => ("引用了没有定义的别名（*名称）", "文字以 * 开头时用双引号括起来"),
        ErrorKind::UnexpectedCharacter { .. } => ("文字以 YAML 保留的字符开头（如 @、`、%、&、*、!）", "用双引号把这段文字括起来"),
        _ => return (format!("不是合法的 YAML（{kind}）"), "检查这一行和上一行的缩进、冒号和引号"),
    };
    (message.to_owned(), help)
}

#[cfg(test)]
mod tests {
    use super::explain;
    use crate::campaign::tree::parse;

    fn check(text: &str, line: u32, column: u32, says: &str) {
        let error = parse(text).expect_err(text);
        let (position, message, help) = explain(text, &error);
        assert!(message.contains(says), "{text:?}: {message}");
        assert_eq!((position.line, position.column), (line, column), "{text:?}: {message}");
        assert!(!help.is_empty());
    }

    #[test]
    fn slips_of_a_chinese_keyboard_are_named_where_they_are() {
        check("campaign: a\ntitle：甲\nissuer: 乙\n", 2, 6, "全角冒号");
        check("phases:\n\t- a\n", 2, 1, "制表符");
        check("phases:\n  - id: a\n\u{3000}  name: b: c\n", 3, 1, "全角空格");
        check("period: {start: 1，end: 2\n", 1, 18, "全角逗号");
        check("period: ｛start: 1｝\n  x: 2\n", 1, 9, "全角括号");
    }

    #[test]
    fn other_trouble_has_chinese_words() {
        check("title: \"甲\nissuer: 乙\n", 1, 8, "引号没有配对");
        check("title: [甲, 乙\nissuer: 丙\n", 1, 8, "括号");
        check("title: 甲: 乙\n", 1, 9, "冒号");
        check("a: *x\n", 1, 4, "别名");
        check("a: @x\n", 1, 4, "保留的字符");
    }
}
