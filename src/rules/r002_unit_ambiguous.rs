//! R002: a short name that several units carry.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::Fact;
use crate::records::FactKind;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::findings::quoted;
use crate::rules::rule::SheetContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "R002",
    name: "unit-ambiguous",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "单位名称对应多家单位",
    finds: "写的是简称，名册里有几家单位都可以这样叫。",
    matters: "记错单位，一家多算、一家漏算。",
    remedy: "改写成提示的全称中的一个。",
    bad: Example {
        text: "\
单位名称,隐患描述,等级,整改期限
惠民诊所,插座松动,一般,2023-07-18
",
        place: "A2",
    },
    good: Example {
        text: "\
单位名称,隐患描述,等级,整改期限
甲医院,插座松动,一般,2023-07-18
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::UnitAmbiguous { candidates } = &fact.kind else { return };
    let message = format!("“{}”可能是{}", fact.value, quoted(candidates));
    let help = format!("请改写成{}中的一个。", quoted(candidates));
    diagnostics.push(RULE.of_fact(context, fact, message).helped(help));
}
