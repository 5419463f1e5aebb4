//! L001: two values for one field, neither of which may silently win.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::LedgerContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "L001",
    name: "values-conflict",
    scope: Scope::Ledger,
    severity: Severity::Warning,
    title: "同一条隐患说法不一",
    finds: "同一天的两份材料，或单位的材料和主管部门的台账，对同一条隐患的同一项写得不一样。",
    matters: "程序不替人决定；保留一个值，另一个列出来。",
    remedy: "核对两处：要采用另一个值，直接改台账的这一格，或让单位改好后把填报日期写成重报的那天再报；单位无权改的内容，以主管部门为准。",
    bad: Example {
        text: "\
--- 甲医院-20230721.csv
隐患描述,等级,发现日期,整改期限
插座松动,一般,2023-07-03,2023-07-18
--- 甲医院补充-20230721.csv
隐患描述,整改期限,发现日期
插座松动,2023-07-28,2023-07-03
",
        place: "B2",
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
    for conflict in &context.outcome.conflicts {
        let name = conflict.field.title();
        let other = if conflict.other.is_empty() { "空白" } else { conflict.other.as_str() };
        let message = if conflict.kept.is_empty() {
            format!("{} 的“{name}”：这里写的是“{other}”，没有采用，台账里保持空白", conflict.id)
        } else {
            format!("{} 的“{name}”：台账保留“{}”（{}），这里写的是“{other}”", conflict.id, conflict.kept, conflict.kept_from)
        };
        diagnostics.push(RULE.diagnostic(conflict.other_from.clone(), name, Some(conflict.other.clone()), message));
    }
}
