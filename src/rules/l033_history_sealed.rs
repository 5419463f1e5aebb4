//! L033: lines of an old history are sealed.

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
    code: "L033",
    name: "history-sealed",
    scope: Scope::Ledger,
    severity: Severity::Note,
    title: "旧的历史已封存",
    finds: "旧版本写的 history.jsonl 每行不记上一行的指纹；这次合并给它们封存了一个总的指纹。",
    matters: "封存以后，旧的行改过一个字也看得出来。",
    remedy: "不用做什么。",
    bad: Example {
        text: "\
@封存历史
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
    if let Some(lines) = context.outcome.bookkeeping.health.sealed {
        let message = format!("旧的历史 {lines} 行已封存，往后每一行都记着上一行的指纹");
        diagnostics.push(RULE.diagnostic(file_place(&context.outcome.bookkeeping.health.file), "", None, message));
    }
}
