//! L009: a later deadline without an approved extension.

use chrono::NaiveDate;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::ledger_places::hazards_by_id;
use crate::rules::rule::LedgerContext;
use crate::vocabulary::Field;

/// The rule.
pub const RULE: Rule = Rule {
    code: "L009",
    name: "deadline-moved",
    scope: Scope::Ledger,
    severity: Severity::Warning,
    title: "期限悄悄往后改了",
    finds: "单位把整改期限改晚了，台账里没有批准的延期。",
    matters: "改期限要申请延期；悄悄改掉，就永远不会逾期。",
    remedy: "需要延期的，请单位申请，由主管部门填“延期至”；“整改期限”改回原来的日期。",
    bad: Example {
        text: "\
--- 甲医院-20230714.csv
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
--- 甲医院-20230721.csv
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-08-18,待整改
",
        place: "2",
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
    let hazards = hazards_by_id(context);
    for change in &context.outcome.changes {
        let extended = hazards.get(change.id.as_str()).is_some_and(|(_, hazard)| hazard.extended_to.is_some());
        for (key, old, new) in &change.set {
            let day = |text: &str| text.parse::<NaiveDate>().ok();
            let (Some(from), Some(to)) = (old.as_deref().and_then(day), day(new)) else { continue };
            if key == Field::Deadline.key() && to > from && !extended {
                let message = format!("{} 的整改期限从 {from} 改成了 {to}，没有批准的延期", change.id);
                diagnostics.push(RULE.diagnostic(change.from.clone(), Field::Deadline.title(), Some(new.clone()), message));
            }
        }
    }
}
