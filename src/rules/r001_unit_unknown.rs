//! R001: a unit name that is on no roster.

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
    code: "R001",
    name: "unit-unknown",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "单位不在名册里",
    finds: "“单位名称”写的单位在单位名册里找不到。",
    matters: "认不出单位的隐患不能登记，会退回。",
    remedy: "照名册上的全称改写单位名称；确是新单位，请先加进单位名册。",
    bad: Example {
        text: "\
单位名称,隐患描述,等级,整改期限
甲医阮,插座松动,一般,2023-07-18
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
    let FactKind::UnitUnknown { near } = &fact.kind else { return };
    let message = format!("单位“{}”不在单位名册里", fact.value);
    let help = match near.as_slice() {
        [] => "请照单位名册上的全称填写；确是新单位，请先加进单位名册。".to_owned(),
        near => format!("是不是{}？请照名册上的全称填写；确是新单位，请先加进单位名册。", quoted(near)),
    };
    diagnostics.push(RULE.of_fact(context, fact, message).helped(help));
}
