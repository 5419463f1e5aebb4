//! L031: the history knows nothing of the merge that wrote the ledger.

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
    code: "L031",
    name: "history-cut",
    scope: Scope::Ledger,
    severity: Severity::Error,
    title: "历史比台账旧",
    finds: "台账里的合并标记，历史里没有：写出这本台账的那次合并，历史不知道。",
    matters: "历史被截短，或者换成了旧的一份，后来的编号和改动就没有底册了。",
    remedy: "用备份换回最新的 history.jsonl 再合并一次；没有备份的，台账里的值这次按直接改过记入历史。",
    bad: Example {
        text: "\
@历史截短
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
    let health = &context.outcome.bookkeeping.health;
    if let Some(lines) = health.cut_from {
        let missing = match lines.checked_sub(health.lines).filter(|missing| *missing > 0) {
            Some(missing) => {
                format!("台账写出时有 {lines} 行，现在是 {} 行，从第 {} 行起少了 {missing} 行", health.lines, health.lines + 1)
            }
            None => "写出台账的那次合并不在里面".to_owned(),
        };
        diagnostics.push(RULE.diagnostic(
            file_place(&context.outcome.bookkeeping.health.file),
            "",
            None,
            format!("历史比台账旧：{missing}"),
        ));
    }
}
