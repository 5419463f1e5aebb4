//! R011: a unit calls its hazard closed out itself.

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
    code: "R011",
    name: "closed-by-unit",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "单位自己写了已销号",
    finds: "单位报来的表里写“已销号”；销号由主管部门验收后办理，这里按“已整改”登记。",
    matters: "没有验收就销号，等于没有人复查。",
    remedy: "单位填“已整改”；验收合格后由主管部门在台账里填验收人、验收日期和“已销号”。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,已销号
",
        place: "E2",
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
    let FactKind::ClosedByUnit = &fact.kind else { return };
    let message = if fact.value.is_empty() {
        "单位自己销号，按“已整改”登记，等待验收".to_owned()
    } else {
        format!("单位自己写了“{}”，按“已整改”登记，等待验收", fact.value)
    };
    diagnostics.push(RULE.of_fact(context, fact, message));
}
