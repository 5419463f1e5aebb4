//! T133: rows at the foot of a table were filled in beforehand and describe no hazard.

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
    code: "T133",
    name: "prefilled-rows",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "预先填好的空行",
    finds: "最后一条隐患下面有几行内容都一样，只有等级、状态、责任人这些预先填好的内容，没有隐患描述。",
    matters: "这些行当作空行，不登记；如果是漏写了描述，隐患就没有报上来。",
    remedy: "是空行的，不用管；漏写了隐患描述的，补上再报。",
    bad: Example {
        text: "\
隐患描述,等级,状态
插座松动,一般,待整改
,一般,待整改
,一般,待整改
,一般,待整改
",
        place: "3",
    },
    good: Example {
        text: "\
隐患描述,等级,状态
插座松动,一般,待整改
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::PrefilledRows(count) = &fact.kind else { return };
    let message = format!("从这里起 {count} 行只有预先填好的内容，没有隐患描述，当作空行");
    diagnostics.push(RULE.of_fact(context, fact, message));
}
