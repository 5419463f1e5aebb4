//! L032: the history beside a ledger is gone.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::file_place;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::LedgerContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "L032",
    name: "history-missing",
    scope: Scope::Ledger,
    severity: Severity::Error,
    title: "历史不见了",
    finds: "台账旁边应有 history.jsonl，现在没有。",
    matters: "没有历史，删掉的行找不回来，用过的编号也可能再发。",
    remedy: "用备份换回 history.jsonl；没有备份的，历史从这次合并重新开始，台账里的隐患都已记入。",
    bad: Example {
        text: "\
@丢历史
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
    if context.outcome.bookkeeping.health.is_missing {
        let message = "历史不见了，从这次合并重新开始；台账里的隐患和编号不变".to_owned();
        diagnostics.push(RULE.diagnostic(file_place(&context.outcome.bookkeeping.health.file), "", None, message));
    }
}
