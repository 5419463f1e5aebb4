//! L035: values of a withdrawn submission were taken back.

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
    code: "L035",
    name: "submission-withdrawn",
    scope: Scope::Ledger,
    severity: Severity::Note,
    title: "撤回的文件填的值已改回",
    finds: "用 merge --withdraw 撤回了一个报送文件；它填的值改回以前的，后来改过的不动。",
    matters: "撤回以后，台账要和这个文件没有来过一样。",
    remedy: "不用做什么；撤错了的，把文件改名再合并一次。",
    bad: Example {
        text: "\
@撤回 甲医院-20230721.csv
--- 甲医院-20230714.csv
隐患描述,等级,部位,发现日期,整改期限,状态
插座松动,一般,二楼,2023-07-03,2023-07-18,待整改
通道堆物,一般,一楼,2023-07-04,2023-07-18,待整改
--- 甲医院-20230721.csv
隐患描述,等级,部位,发现日期,整改期限,状态
插座松动,一般,二楼,2023-07-03,2023-07-18,整改中
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
    let words = |one: &PutRight| format!("编号 {}（{}）：撤回的文件填的值已改回", one.id, one.written);
    tell(&RULE, PutRightKind::TakenBack, "", context, diagnostics, words, "撤回的文件填的值已改回");
}
