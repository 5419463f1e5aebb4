//! R154: a moment in UTC, or 43 seconds before midnight, was taken at its local day.

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
    code: "R154",
    name: "day-of-local-time",
    scope: Scope::Record,
    severity: Severity::Note,
    title: "换成了北京时间的日子",
    finds: "系统导出的时间是世界时，或者比零点少 43 秒，已换成北京时间的那一天。",
    matters: "照写的日子读会早一天。",
    remedy: "核对换算的日子；以后导出时只要日期，不要时间。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-17T16:00:00Z,待整改
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
    let FactKind::DateNote { note: DateNote::LocalDay, .. } = &fact.kind else { return };
    let message = format!("“{}”换成了北京时间的日子", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
