//! R049: a phone number that cannot be one.

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
    code: "R049",
    name: "phone-damaged",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "电话号码不对",
    finds: "电话变成了 1.38E+10 一类的数字，或者位数不对。",
    matters: "催办时打不通。",
    remedy: "把单元格设成“文本”再填；手机 11 位，座机带区号。",
    bad: Example {
        text: "\
隐患描述,责任人,联系电话,整改期限
插座松动,张三,1.38E+10,2023-07-18
",
        place: "C2",
    },
    good: Example {
        text: "\
隐患描述,责任人,联系电话,整改期限
插座松动,张三,13800001001,2023-07-18
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::PhoneDamaged = &fact.kind else { return };
    let message = format!("电话“{}”不像电话号码", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
