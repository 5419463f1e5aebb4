//! L021: the ledger is gone or empty, and was made again from the history.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::ledger::register::PutRight;
use crate::ledger::register::PutRightKind;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::put_right::tell;
use crate::rules::rule::LedgerContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "L021",
    name: "ledger-lost",
    scope: Scope::Ledger,
    severity: Severity::Warning,
    title: "台账不见了，已从历史恢复",
    finds: "台账文件不在了，或者里面一条隐患也没有，而历史记得它们；已经按历史恢复，编号不变。",
    matters: "台账丢了，编号不能重新发：它们已经印在发出的文书上。",
    remedy: "看一看恢复的台账；手里有更新的备份的，用备份换掉它，再合并一次。",
    bad: Example {
        text: "\
@丢台账
--- 甲医院-20230714.csv
隐患描述,等级,部位,发现日期,整改期限,状态
插座松动,一般,二楼,2023-07-03,2023-07-18,待整改
通道堆物,一般,一楼,2023-07-04,2023-07-18,待整改
",
        place: "",
    },
    good: Example {
        text: "\
@先合并
--- 甲医院-20230714.csv
隐患描述,等级,部位,发现日期,整改期限,状态
插座松动,一般,二楼,2023-07-03,2023-07-18,待整改
通道堆物,一般,一楼,2023-07-04,2023-07-18,待整改
",
        place: "",
    },
    check: Check::Ledger(check),
};

fn check(context: &LedgerContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let words = |one: &PutRight| format!("台账不见了，编号 {}（{}）已从历史恢复", one.id, one.written);
    tell(&RULE, PutRightKind::LedgerMissing, "", context, diagnostics, words, "台账不见了，已从历史恢复");
}
