//! R019: the year was inferred.

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
    code: "R019",
    name: "year-inferred",
    scope: Scope::Record,
    severity: Severity::Note,
    title: "日期没有写年份",
    finds: "日期没有写年份，已按方案的起止日期或填报日期补上。",
    matters: "跨年的方案里可能补错。",
    remedy: "核对补上的年份；最好把年月日写完整。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,7月18日,待整改
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
    let FactKind::DateNote { note: DateNote::YearInferred(year), .. } = &fact.kind else { return };
    let message = format!("“{}”没有年份，按 {year} 年处理", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
