//! R009: a blank status is taken as open, and told.

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
    code: "R009",
    name: "status-missing",
    scope: Scope::Record,
    severity: Severity::Note,
    title: "没有填整改状态",
    finds: "有“状态”列，这一行没有填；按待整改处理。",
    matters: "已经改好的会被催办。",
    remedy: "填：待整改、整改中、已整改。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,
",
        place: "E2",
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
    if context.record.status == Reading::Blank && context.sheet.column_of(context.record.row, Field::Status).is_some() {
        diagnostics.push(RULE.of_field(context, Field::Status, "没有填状态，按“待整改”处理".to_owned()));
    }
}
