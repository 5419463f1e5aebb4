//! R038: a completion date beside a status that says it is not completed.

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
    code: "R038",
    name: "rectified-date-without-status",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "有完成日期，状态却没有完成",
    finds: "填了整改完成日期，状态还是“待整改”或“整改中”。",
    matters: "按状态算没有完成，按日期算已经完成。",
    remedy: "已经完成的，把状态改成“已整改”；没有完成的，删掉完成日期。",
    bad: Example {
        text: "\
隐患描述,整改完成日期,状态
插座松动,2023-07-10,整改中
",
        place: "C2",
    },
    good: Example {
        text: "\
隐患描述,整改完成日期,状态
插座松动,2023-07-10,已整改
",
        place: "",
    },
    check: Check::Record(check),
};

fn check(context: &RecordContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Reading::Value(status @ (Status::Open | Status::InRectification)) = context.record.status else { return };
    if let Some(day) = context.day(Field::RectifiedOn) {
        let message = format!("填了完成日期 {day}，状态却是“{}”", status.label());
        diagnostics.push(RULE.of_field(context, Field::Status, message));
    }
}
