//! R152: a date whose year lies far from the campaign.

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
    code: "R152",
    name: "year-far-from-campaign",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "年份离行动期间太远",
    finds: "日期的年份比行动期间早或晚得太多。",
    matters: "多半是年份写错了；照这个日期算，逾期和时限都不对。",
    remedy: "核对年份；确实是这一年的，不必处理，请在备注里写明原因。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2013-07-03,2023-07-18,待整改
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
    let FactKind::YearFar(day) = &fact.kind else { return };
    let (start, end) = (context.ground.campaign.start, context.ground.campaign.end);
    let message = format!("“{}”读作 {day}，行动是 {start} 至 {end}，年份对吗？", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
