//! R059: a number that looks like an identity card in a text; it is never repeated in the message.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::RecordContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "R059",
    name: "identity-number-in-text",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "表里有身份证号",
    finds: "文字里有像身份证号的 18 位号码。",
    matters: "台账要发给很多人看，不能带身份证号。",
    remedy: "删掉身份证号；需要核对身份的，另行保管。",
    bad: Example {
        text: "\
隐患描述,责任人,备注,整改期限
插座松动,张三,身份证999999199001010000,2023-07-18
",
        place: "C2",
    },
    good: Example {
        text: "\
隐患描述,责任人,备注,整改期限
插座松动,张三,电话13800001001,2023-07-18
",
        place: "",
    },
    check: Check::Record(check),
};

fn check(context: &RecordContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let columns = |title: &str| context.sheet.sheet.tables.iter().flat_map(|table| &table.columns).find(|column| column.title == title);
    for (field, column, text) in context.record.values.iter() {
        if let Some(masked) = masked_number(text) {
            let place = context.sheet.place(context.record.row, u32::from(column));
            let message = "文字里有身份证号".to_owned();
            diagnostics.push(RULE.diagnostic(place, context.title(field), Some(masked), message));
        }
    }
    for (title, text) in &context.record.extras {
        if let Some(masked) = masked_number(text) {
            let column = columns(title).map_or(0, |column| column.column);
            let place = context.sheet.place(context.record.row, column);
            diagnostics.push(RULE.diagnostic(place, title, Some(masked), "文字里有身份证号".to_owned()));
        }
    }
}

/// The first such number, masked: 17 digits with a birthday in them, and a check digit or X, standing alone.
fn masked_number(text: &str) -> Option<String> {
    if text.len() < 18 {
        return None;
    }
    let bytes = text.as_bytes();
    let mut start = 0;
    while start + 18 <= bytes.len() {
        let run = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let ends_in_x = run == 17 && bytes.get(start + 17).is_some_and(|byte| matches!(byte, b'X' | b'x'));
        if (run == 18 || ends_in_x) && has_birthday(&bytes[start..start + 17]) {
            let head: String = bytes[start..start + 4].iter().map(|byte| char::from(*byte)).collect();
            return Some(format!("{head}**************"));
        }
        start += run.max(1);
    }
    None
}

fn has_birthday(digits: &[u8]) -> bool {
    let number = |from: usize, to: usize| digits[from..to].iter().fold(0u32, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    let (region, year, month, day) = (number(0, 1), number(6, 10), number(10, 12), number(12, 14));
    region > 0 && (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::masked_number;

    #[test]
    fn only_numbers_with_a_birthday_that_stand_alone_are_masked() {
        for (text, found) in [
            ("999999199001010000", true),
            ("身份证号：99999919900101000X。", true),
            ("甲999999199001010000乙", true),
            ("999999199013010000", false),
            ("9999991990010100001", false),
            ("13800001001", false),
            ("订单号202307180000000000", false),
            ("二楼走廊插座松动", false),
            ("", false),
        ] {
            let masked = masked_number(text);
            assert_eq!(masked.is_some(), found, "{text}");
            assert!(masked.is_none_or(|masked| masked == "9999**************"), "{text}");
        }
    }
}
