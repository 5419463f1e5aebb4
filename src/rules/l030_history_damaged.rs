//! L030: lines of the history were changed, lost or cannot be read.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::LedgerContext;
use crate::source::Origin;

/// The rule.
pub const RULE: Rule = Rule {
    code: "L030",
    name: "history-damaged",
    scope: Scope::Ledger,
    severity: Severity::Error,
    title: "历史有改动或读不出来的行",
    finds: "history.jsonl 的每一行都记着上一行的指纹；有的行对不上，或者读不出来。",
    matters: "历史是台账的底册，改过的历史不能作证。",
    remedy: "用备份换回 history.jsonl；没有备份的，逐处核对：qingdan verify。",
    bad: Example {
        text: "\
@历史坏行 3
--- 甲医院-20230714.csv
隐患描述,等级,部位,发现日期,整改期限,状态
插座松动,一般,二楼,2023-07-03,2023-07-18,待整改
通道堆物,一般,一楼,2023-07-04,2023-07-18,待整改
",
        place: "3",
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
    let broken = &context.outcome.bookkeeping.health.broken;
    if let Some((line, reason)) = broken.first() {
        let row = u32::try_from(*line).unwrap_or(u32::MAX);
        let place = Origin { file: context.outcome.bookkeeping.health.file.clone(), sheet: Arc::from(""), row, column: 0 };
        let message = format!("历史有 {} 处对不上，第一处在第 {line} 行：{reason}", broken.len());
        diagnostics.push(RULE.diagnostic(place, "", None, message));
    }
}
