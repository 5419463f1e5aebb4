//! L027: the words of a hazard were emptied in the ledger.

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
use crate::vocabulary::Field;

/// The rule.
pub const RULE: Rule = Rule {
    code: "L027",
    name: "ledger-words-emptied",
    scope: Scope::Ledger,
    severity: Severity::Warning,
    title: "台账里的隐患描述被清空，已放回",
    finds: "台账里一行的隐患描述是空的，历史记得原来的；已经放回。",
    matters: "没有描述的一行，谁也不知道说的是什么。",
    remedy: "不要这条隐患的，把状态改为“撤销”，在备注里写明原因。",
    bad: Example {
        text: "\
@清描述 3
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
    let words = |one: &PutRight| format!("编号 {} 的隐患描述是空的，已放回“{}”", one.id, one.written);
    tell(&RULE, PutRightKind::Description, Field::Description.title(), context, diagnostics, words, "台账里的隐患描述被清空，已放回");
}
