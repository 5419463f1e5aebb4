//! R004: a short or former name was resolved.

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
    code: "R004",
    name: "unit-by-alias",
    scope: Scope::Record,
    severity: Severity::Note,
    title: "单位用了简称",
    finds: "单位名称写的是简称、曾用名或近似写法，已对上名册里的单位。",
    matters: "对错了单位，数字就算到别家去了。",
    remedy: "核对对上的单位；对就不必处理，最好写全称。",
    bad: Example {
        text: "\
单位名称,隐患描述,等级,整改期限
甲院,插座松动,一般,2023-07-18
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
    let FactKind::UnitByAlias(name) = &fact.kind else { return };
    let message = format!("“{}”当作“{name}”", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
