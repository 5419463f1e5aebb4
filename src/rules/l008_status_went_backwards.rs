//! L008: a hazard that was rectified is reported open again.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::LedgerContext;
use crate::vocabulary::Field;
use crate::vocabulary::Status;

/// The rule.
pub const RULE: Rule = Rule {
    code: "L008",
    name: "status-went-backwards",
    scope: Scope::Ledger,
    severity: Severity::Warning,
    title: "状态倒退",
    finds: "上次报“已整改”，这次又报成“待整改”或“整改中”。",
    matters: "可能是复查不合格，也可能是拿旧表重报。",
    remedy: "问一问单位；复查不合格的，在“进展情况”里写明。",
    bad: Example {
        text: "\
--- 甲医院-20230714.csv
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,已整改
--- 甲医院-20230721.csv
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
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
    let done = [Status::Rectified.label(), Status::ClosedOut.label()];
    let open = [Status::Open.label(), Status::InRectification.label()];
    for change in &context.outcome.changes {
        for (key, old, new) in &change.set {
            let Some(old) = old else { continue };
            if key == Field::Status.key() && done.contains(&old.as_str()) && open.contains(&new.as_str()) {
                let message = format!("{} 的状态从“{old}”退回“{new}”", change.id);
                diagnostics.push(RULE.diagnostic(change.from.clone(), Field::Status.title(), Some(new.clone()), message));
            }
        }
    }
}
