//! R020: the period holds a second such day.

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
    code: "R020",
    name: "year-also-possible",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "年份有两种可能",
    finds: "日期没有写年份，方案期间里有两个这样的日子，取了前一个。",
    matters: "取错一年，逾期与否的结论就不同。",
    remedy: "写上年份，例如 2023-07-30。",
    bad: Example {
        text: "\
@方案期间 2023-05-20 2024-12-31
隐患描述,等级,整改期限
插座松动,一般,8月18日
",
        place: "C2",
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
    let FactKind::DateNote { note: DateNote::YearAlsoPossible(other), .. } = &fact.kind else { return };
    let message = format!("“{}”没有年份，取了较早的一天，也可能是 {other}", fact.value);
    let help = format!("请写上年份；如果是后一年，请写 {other}。");
    diagnostics.push(RULE.of_fact(context, fact, message).helped(help));
}
