//! R030: an extension was written into the deadline cell.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::Fact;
use crate::records::FactKind;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::SheetContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "R030",
    name: "extension-in-deadline",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "期限里写了延期",
    finds: "“整改期限”里除了原期限还写了延期后的日期。",
    matters: "延期要经主管部门批准；混写在一格里看不出原来的期限。",
    remedy: "“整改期限”只写原期限；延期后的日期写到“延期至”，由主管部门批准。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023.7.31(延期至2023.9.30),待整改
",
        place: "D2",
    },
    good: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::ExtensionInDeadline(date) = &fact.kind else { return };
    let message = format!("“{}”里写了延期至 {date}", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
