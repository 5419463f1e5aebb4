//! R062: withdrawn without a reason.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::Reading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::RecordContext;
use crate::vocabulary::Field;
use crate::vocabulary::Status;

/// The rule.
pub const RULE: Rule = Rule {
    code: "R062",
    name: "withdrawn-without-reason",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "撤销没有写原因",
    finds: "状态是撤销（作废、误报等），没有在备注或进展里写原因。",
    matters: "撤销的隐患不再督促，要能说明为什么。",
    remedy: "在“备注”里写明撤销的原因。",
    bad: Example {
        text: "\
隐患描述,整改期限,状态,备注
插座松动,2023-07-18,误报,
",
        place: "C2",
    },
    good: Example {
        text: "\
隐患描述,整改期限,状态,备注
插座松动,2023-07-18,误报,和第3条重复
",
        place: "",
    },
    check: Check::Record(check),
};

fn check(context: &RecordContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.record.status == Reading::Value(Status::Withdrawn)
        && context.text(Field::Remark).is_none()
        && context.text(Field::Progress).is_none()
    {
        diagnostics.push(RULE.of_field(context, Field::Status, "撤销了，没有写原因".to_owned()));
    }
}
