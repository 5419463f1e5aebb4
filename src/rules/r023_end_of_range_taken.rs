//! R023: of a range the end was taken.

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
    code: "R023",
    name: "end-of-range-taken",
    scope: Scope::Record,
    severity: Severity::Note,
    title: "写的是一段时间",
    finds: "日期写的是从某日到某日，取了最后一天。",
    matters: "实际的期限可能更早。",
    remedy: "核对取的日子；最好只写一个日期。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023年7月5日至7月18日,待整改
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
    let FactKind::DateNote { note: DateNote::EndOfRange | DateNote::EndOfPeriod, .. } = &fact.kind else { return };
    let message = format!("“{}”是一段时间，取最后一天", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
