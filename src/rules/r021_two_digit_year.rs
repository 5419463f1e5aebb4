//! R021: a two-digit year was completed.

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
    code: "R021",
    name: "two-digit-year",
    scope: Scope::Record,
    severity: Severity::Note,
    title: "年份只写了两位",
    finds: "年份写的是两位数，已补成四位。",
    matters: "补错了就差一百年或认错了月日。",
    remedy: "核对补上的年份；最好写四位年份。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,23.7.18,待整改
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
    let FactKind::DateNote { note: DateNote::TwoDigitYear(year), .. } = &fact.kind else { return };
    let message = format!("“{}”的年份按 {year} 年处理", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
