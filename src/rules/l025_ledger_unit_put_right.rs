//! L025: the unit of a ledger row is not the one of its number.

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
    code: "L025",
    name: "ledger-unit-put-right",
    scope: Scope::Ledger,
    severity: Severity::Warning,
    title: "台账里的单位已按编号改回",
    finds: "台账里一行的单位名称与编号里的单位不同；已经按编号改回。",
    matters: "编号里的单位不变；单位写错，这条隐患就算到别家头上，或者谁也不算。",
    remedy: "单位改名的，名册改好即可；这条隐患确属另一家单位的，把它撤销，再给那家单位新增一行。",
    bad: Example {
        text: "\
@改单位 3 乙镇卫生院
--- 甲医院-20230714.csv
隐患描述,等级,部位,发现日期,整改期限,状态
插座松动,一般,二楼,2023-07-03,2023-07-18,待整改
通道堆物,一般,一楼,2023-07-04,2023-07-18,待整改
",
        place: "B3",
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
    let words = |one: &PutRight| format!("单位“{}”与编号 {} 不符，已改回“{}”", one.written, one.id, one.now);
    tell(&RULE, PutRightKind::Unit, Field::Unit.title(), context, diagnostics, words, "台账里的单位与编号不符，已按编号改回");
}
