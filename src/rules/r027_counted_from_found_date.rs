//! R027: a deadline counted from the found date.

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
    code: "R027",
    name: "counted-from-found-date",
    scope: Scope::Record,
    severity: Severity::Note,
    title: "期限从发现日期算起",
    finds: "期限写的是“3天内”“一周内”“15个工作日内”，从发现日期起算。",
    matters: "发现日期写错，期限也跟着错。",
    remedy: "核对算出的日子；最好直接写日期。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,3天内,待整改
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
    let FactKind::DateNote { note: DateNote::CountedFromFound(days) | DateNote::WorkdaysFromFound(days), .. } = &fact.kind else { return };
    let unit = if matches!(fact.kind, FactKind::DateNote { note: DateNote::WorkdaysFromFound(_), .. }) { "工作日" } else { "自然日" };
    let message = format!("“{}”从发现日期起算 {days} 个{unit}", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
