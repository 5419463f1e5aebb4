//! L006: a row carries a 编号 that nobody issued, or one of another unit.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::LedgerContext;
use crate::source::Origin;
use crate::vocabulary::Field;

/// The rule.
pub const RULE: Rule = Rule {
    code: "L006",
    name: "number-never-issued",
    scope: Scope::Ledger,
    severity: Severity::Warning,
    title: "编号不是台账发的",
    finds: "报来的行里写了编号，台账里没有这个编号，或者是别的单位的；没有按编号认。",
    matters: "编号由台账统一发，自己编的会和以后的撞上。",
    remedy: "新隐患的“编号”留空；旧隐患照抄台账或模板里的编号。",
    bad: Example {
        text: "\
--- 甲医院-20230721.csv
编号,隐患描述,等级,发现日期,整改期限
demo-W01-009,插座松动,一般,2023-07-03,2023-07-18
",
        place: "A2",
    },
    good: Example {
        text: "\
--- 甲医院-20230714.csv
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
--- 甲医院-20230721.csv
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,整改中
",
        place: "",
    },
    check: Check::Ledger(check),
};

fn check(context: &LedgerContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (place, id) in &context.outcome.unknown_ids {
        let message = format!("编号 {id} 不是台账发给这家单位的，没有按它认");
        let place = Origin { column: place.column.max(1), ..place.clone() };
        diagnostics.push(RULE.diagnostic(place, Field::Id.title(), Some(id.clone()), message));
    }
}
