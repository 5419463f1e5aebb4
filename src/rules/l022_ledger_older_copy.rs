//! L022: the ledger is an older copy, and was brought up to date.

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
    code: "L022",
    name: "ledger-older-copy",
    scope: Scope::Ledger,
    severity: Severity::Warning,
    title: "台账是旧的一份，已补到最新",
    finds: "台账是以前某次合并写出的那一份，后来的合并不在里面；已经按历史补到最新，在这一份上直接改的也保留。",
    matters: "用旧台账接着做，后来报的整改和新隐患就都没有了。",
    remedy: "看一看补过的行；不想要旧的一份，用最新的备份换掉它。",
    bad: Example {
        text: "\
@旧台账
--- 甲医院-20230714.csv
隐患描述,等级,部位,发现日期,整改期限,状态
插座松动,一般,二楼,2023-07-03,2023-07-18,待整改
通道堆物,一般,一楼,2023-07-04,2023-07-18,待整改
",
        place: "2",
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
    let words = |one: &PutRight| format!("台账是旧的一份，编号 {} 的行已按历史补到最新", one.id);
    tell(&RULE, PutRightKind::OlderCopy, "", context, diagnostics, words, "台账是旧的一份，已按历史补到最新");
}
