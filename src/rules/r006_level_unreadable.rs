//! R006: a level that is not one of the legal pair.

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
    code: "R006",
    name: "level-unreadable",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "隐患等级看不懂",
    finds: "隐患等级写的不是“一般”或“重大”。",
    matters: "法定的等级只有两种；“较大”“Ⅱ级”“低风险”是别的分级，不能代为换算。",
    remedy: "只填“一般”或“重大”；另有分级写法的，由主管部门在专项定义的 synonyms 里写明。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,较大,2023-07-03,2023-07-18,待整改
",
        place: "B2",
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
    let FactKind::LevelUnreadable = &fact.kind else { return };
    let message = format!("等级“{}”不是“一般”也不是“重大”", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
