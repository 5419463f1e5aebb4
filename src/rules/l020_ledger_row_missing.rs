//! L020: a row of the ledger is gone, and was put back.

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
    code: "L020",
    name: "ledger-row-missing",
    scope: Scope::Ledger,
    severity: Severity::Warning,
    title: "台账里少了行，已放回",
    finds: "历史记得的隐患，台账里没有它的行；已经按历史里最后的值放回。",
    matters: "删掉一行，隐患还在现场；数字却从此少了一条。",
    remedy: "确实不要这条隐患的，把状态改为“撤销”，在备注里写明原因；不要删行。",
    bad: Example {
        text: "\
@删行 3
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
    let words = |one: &PutRight| format!("台账里没有编号 {}（{}）的行，已按历史放回", one.id, one.written);
    tell(&RULE, PutRightKind::RowMissing, "", context, diagnostics, words, "台账里少了行，已按历史放回");
}
