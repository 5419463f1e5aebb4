//! R007: a blank level in a table that has a column for it.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::Reading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::RecordContext;
use crate::vocabulary::Field;

/// The rule.
pub const RULE: Rule = Rule {
    code: "R007",
    name: "level-missing",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "没有填隐患等级",
    finds: "有“等级”列，这一行没有填。",
    matters: "没有等级的按一般隐患处理，重大隐患会漏掉挂牌督办。",
    remedy: "填“一般”或“重大”。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,,2023-07-03,2023-07-18,待整改
",
        place: "B2",
    },
    good: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
",
        place: "",
    },
    check: Check::Record(check),
};

fn check(context: &RecordContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.record.level == Reading::Blank && context.can_hold(Field::Level) {
        diagnostics.push(RULE.of_field(context, Field::Level, "没有填隐患等级".to_owned()));
    }
}
