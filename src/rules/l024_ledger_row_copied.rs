//! L024: a row of the ledger was copied together with its number and reworded.

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
    code: "L024",
    name: "ledger-row-copied",
    scope: Scope::Ledger,
    severity: Severity::Warning,
    title: "抄来的行带着别的行的编号",
    finds: "台账里两行用同一个编号，内容不同；内容与历史相符的一行留用编号，另一行作为新隐患另发编号。",
    matters: "一个编号只能指一条隐患。",
    remedy: "新增的行，编号留空，由合并来发。",
    bad: Example {
        text: "\
@抄行 3 新增的隐患
--- 甲医院-20230714.csv
隐患描述,等级,部位,发现日期,整改期限,状态
插座松动,一般,二楼,2023-07-03,2023-07-18,待整改
通道堆物,一般,一楼,2023-07-04,2023-07-18,待整改
",
        place: "A4",
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
    let words = |one: &PutRight| format!("这一行与另一行同用编号 {}，内容不同，作为新隐患另发编号", one.written);
    tell(
        &RULE,
        PutRightKind::CopiedRow,
        Field::Id.title(),
        context,
        diagnostics,
        words,
        "台账里有几行用了别的行的编号，作为新隐患另发编号",
    );
}
