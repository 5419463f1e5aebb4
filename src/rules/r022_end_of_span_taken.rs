//! R022: a month, quarter or ten days was taken at its end.

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
    code: "R022",
    name: "end-of-span-taken",
    scope: Scope::Record,
    severity: Severity::Note,
    title: "只写了月份、季度或旬",
    finds: "日期只写到月、季度或旬，取了最后一天。",
    matters: "实际的期限可能更早。",
    remedy: "核对取的日子；最好写到日，例如 2023-07-31。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023年7月,待整改
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
    let FactKind::DateNote { note: DateNote::EndOfSpan, .. } = &fact.kind else { return };
    let message = format!("“{}”没有写到日，取最后一天", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
