//! R065: the stated length does not fit the stated end.

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
    code: "R065",
    name: "stated-length-differs",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "起止日期和写的时长对不上",
    finds: "日期写了起止，又写了“为期几个月”，两者算出的结束日不同。",
    matters: "按写明的结束日处理；时长可能才是对的。",
    remedy: "核对结束日，改日期或改时长。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,从2023年7月1日起至2023年9月30日为期两个月,待整改
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
    let FactKind::DateNote { note: DateNote::StatedLengthDiffers(other), .. } = &fact.kind else { return };
    let message = format!("“{}”按时长应到 {other} 结束", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
