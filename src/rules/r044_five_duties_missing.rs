//! R044: an open hazard lacks what its level requires.

use crate::dates::DateReading;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::findings::is_dash;
use crate::rules::findings::quoted;
use crate::rules::rule::RecordContext;
use crate::vocabulary::Field;

/// The rule.
pub const RULE: Rule = Rule {
    code: "R044",
    name: "five-duties-missing",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "五落实没有填全",
    finds: "还没有整改完的隐患缺少方案要求的内容：措施、责任人、资金、预案等。",
    matters: "措施、责任、资金、时限、预案五落实是检查的重点。",
    remedy: "逐项填写；不需要资金的写“无需资金”，不能空着。",
    bad: Example {
        text: "\
隐患描述,整改措施,责任人,整改期限
插座松动,,张三,2023-07-18
",
        place: "B2",
    },
    good: Example {
        text: "\
隐患描述,整改措施,责任人,整改期限
插座松动,更换插座,张三,2023-07-18
",
        place: "",
    },
    check: Check::Record(check),
};

fn check(context: &RecordContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // Rectified on the spot: nothing to plan. The deadline has a rule of its own.
    if !context.is_open() || context.record.deadline == DateReading::Immediate {
        return;
    }
    let lacks = |field: Field| match context.text(field) {
        None => context.can_hold(field),
        Some(text) => field != Field::Funds && is_dash(text),
    };
    let requires = &context.sheet.ground.campaign.levels.of(context.level()).requires;
    let mut missing = requires.iter().copied().filter(|field| *field != Field::Deadline && lacks(*field));
    let Some(first) = missing.next() else { return };
    let names = quoted(std::iter::once(first).chain(missing).map(Field::title));
    let help = format!("请填写{names}；不需要资金的写“无需资金”，不能空着。");
    diagnostics.push(RULE.of_field(context, first, format!("没有填{names}")).helped(help));
}
