//! L023: a row of the ledger had lost its number, and has it again.

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
    code: "L023",
    name: "ledger-number-put-right",
    scope: Scope::Ledger,
    severity: Severity::Warning,
    title: "台账里的编号已改回",
    finds: "台账里一行的编号被清掉或写错了；按内容认出是哪一条，已经改回原来的编号。",
    matters: "编号一条隐患用一辈子；换了编号，以前发的文书就对不上了。",
    remedy: "不要改台账里的编号；认错了的，把编号改成正确的再合并一次。",
    bad: Example {
        text: "\
@清编号 3
--- 甲医院-20230714.csv
隐患描述,等级,部位,发现日期,整改期限,状态
插座松动,一般,二楼,2023-07-03,2023-07-18,待整改
通道堆物,一般,一楼,2023-07-04,2023-07-18,待整改
",
        place: "A3",
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
    let words = |one: &PutRight| {
        if one.id.is_empty() {
            format!("编号 {} 不是台账发的，也认不出是哪一条，已另发编号", one.written)
        } else if one.written.is_empty() {
            format!("这一行没有编号，按内容认出是 {}，已补上", one.id)
        } else {
            format!("编号 {} 写错了，按内容认出是 {}，已改回", one.written, one.id)
        }
    };
    tell(&RULE, PutRightKind::Number, Field::Id.title(), context, diagnostics, words, "台账里的编号已按内容改回");
}
