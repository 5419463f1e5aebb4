//! L026: the unit of a ledger row is on no roster.

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
    code: "L026",
    name: "ledger-unit-unknown",
    scope: Scope::Ledger,
    severity: Severity::Error,
    title: "台账里的单位不在名册中",
    finds: "台账里一行的单位名册里没有，编号里的单位代码也没有。这一行原样留在台账里。",
    matters: "名册里没有的单位，催办、统计和三清单都找不到它。",
    remedy: "名册少了这家单位的补上，单位写错的改正，再合并一次；行和编号都不会丢。",
    bad: Example {
        text: "\
@无编号改单位 3 查无此院
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
    let words = |one: &PutRight| {
        format!(
            "单位“{}”不在名册中，{}原样留在台账里",
            one.written,
            if one.id.is_empty() { "这一行还没有编号，".to_owned() } else { format!("编号 {} ", one.id) }
        )
    };
    tell(&RULE, PutRightKind::UnitUnknown, Field::Unit.title(), context, diagnostics, words, "台账里的单位不在名册中，行原样保留");
}
