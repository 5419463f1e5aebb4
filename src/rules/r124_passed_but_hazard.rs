//! R124: passed but hazard.

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
    code: "R124",
    name: "passed-but-hazard",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "检查合格又当隐患报",
    finds: "检查结果写的是合格或正常，同一行又有整改期限、状态等只有隐患才有的内容。",
    matters: "合格的项目不是隐患；多登记一条会被催办，漏登记一条没有人整改。",
    remedy: "核对检查结果：有隐患的改为不合格；没有的，把期限和状态清空。",
    bad: Example {
        text: "\
检查项目,检查结果,问题描述,整改期限,状态,整改措施,责任人
插座,合格,东侧插座松动,2023-07-18,待整改,更换,张三
",
        place: "B2",
    },
    good: Example {
        text: "\
检查项目,检查结果,问题描述,整改期限,状态,整改措施,责任人
插座,不合格,东侧插座松动,2023-07-18,待整改,更换,张三
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::PassedButHazard = &fact.kind else { return };
    let message = format!("检查结果写的是“{}”，这一行又写了期限或状态，按隐患登记", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
