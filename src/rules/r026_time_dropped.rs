//! R026: a time of day was dropped.

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
    code: "R026",
    name: "time-dropped",
    scope: Scope::Record,
    severity: Severity::Note,
    title: "日期里带了时间",
    finds: "日期后面写了几点几分，只取了日期。",
    matters: "期限按天计算，不影响结果。",
    remedy: "不必处理。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18 15:30,待整改
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
    let FactKind::DateNote { note: DateNote::TimeDropped, .. } = &fact.kind else { return };
    let message = format!("“{}”只取日期，不取时间", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
