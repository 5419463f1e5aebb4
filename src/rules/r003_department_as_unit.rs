//! R003: the unit column holds a department.

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
    code: "R003",
    name: "department-as-unit",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "单位栏里写的是科室",
    finds: "“单位名称”写的是科室，单位取自填报单位、工作表名或文件名。",
    matters: "科室不在名册里；别的单位也有同名科室。",
    remedy: "“单位名称”写单位全称，科室写到“责任部门”或“部位”。",
    bad: Example {
        text: "\
单位名称,隐患描述,等级,整改期限
总务科,插座松动,一般,2023-07-18
",
        place: "A2",
    },
    good: Example {
        text: "\
单位名称,责任部门,隐患描述,等级,整改期限
甲医院,总务科,插座松动,一般,2023-07-18
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::DepartmentInUnitColumn = &fact.kind else { return };
    let message = format!("“{}”是科室，不是单位", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
