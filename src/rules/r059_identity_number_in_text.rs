//! R059: a number that looks like an identity card in a text; it is never repeated in the message.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::RecordContext;
use crate::vocabulary::identity_numbers;

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

/// The first such number, masked.
fn masked_number(text: &str) -> Option<String> {
    let first = identity_numbers(text).into_iter().next()?;
    text.get(first.start..first.start + 4).map(|head| format!("{head}**************"))
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
