//! R029: "same as above" was resolved from the row above.

use crate::dates::DateNote;
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
    code: "R029",
    name: "value-copied-from-above",
    scope: Scope::Record,
    severity: Severity::Note,
    title: "“同上”取了上一行的值",
    finds: "写的是“同上”或“〃”，已换成上一行的值。",
    matters: "中间插了行，“同上”就指错了。",
    remedy: "核对取的值；最好每行写全。",
    bad: Example {
        text: "\
隐患描述,等级,责任人,整改期限
插座松动,一般,张三,2023-07-18
通道堆物,一般,同上,2023-07-20
",
        place: "C3",
    },
    good: Example {
        text: "\
隐患描述,等级,责任人,整改期限
插座松动,一般,张三,2023-07-18
通道堆物,一般,张三,2023-07-20
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let (FactKind::Ditto(field) | FactKind::DateNote { field, note: DateNote::Ditto }) = &fact.kind else { return };
    let message = if fact.kind == FactKind::Ditto(*field) {
        format!("“{}”照上一行，取“{}”", field.title(), fact.value)
    } else {
        format!("“{}”照上一行", field.title())
    };
    diagnostics.push(RULE.of_fact(context, fact, message));
}
