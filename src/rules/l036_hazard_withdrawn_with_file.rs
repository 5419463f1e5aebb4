//! L036: a hazard that only a withdrawn submission had named was withdrawn.

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
    code: "L036",
    name: "hazard-withdrawn-with-file",
    scope: Scope::Ledger,
    severity: Severity::Note,
    title: "只有撤回的文件报过的隐患已撤销",
    finds: "用 merge --withdraw 撤回了一个报送文件；只有它报过的隐患已撤销，编号不再给别的隐患。",
    matters: "报错的文件带来的隐患不该留在统计里。",
    remedy: "别的文件再报这条隐患，它会带着原来的编号回来。",
    bad: Example {
        text: "\
@撤回 甲医院-20230714.csv
--- 甲医院-20230714.csv
隐患描述,等级,部位,发现日期,整改期限,状态
插座松动,一般,二楼,2023-07-03,2023-07-18,待整改
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
    let words = |one: &PutRight| format!("编号 {}（{}）只有撤回的文件报过，已撤销", one.id, one.written);
    tell(&RULE, PutRightKind::Withdrawn, "", context, diagnostics, words, "只有撤回的文件报过的隐患已撤销");
}
