//! L012: the ledger of an earlier drive does not bring the hazards that the campaign expects of it.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::file_place;
use crate::ledger::CarriedOver;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::LedgerContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "L012",
    name: "carry-over-incomplete",
    scope: Scope::Ledger,
    severity: Severity::Error,
    title: "上期结转没有读全",
    finds: "专项定义的 carry_over 写明了前一次行动的台账，这个文件读不出来，或者进台账的隐患数和 expected 不一样。",
    matters: "前一次查出的隐患要全部进台账；少一条就是丢了一条，多一条说明文件里混进了别的行。",
    remedy: "核对文件和条数：文件不全的补全，退回的行改好，expected 写错的改正；改好后再合并一次，不会重复。",
    bad: Example {
        text: "\
@上期结转 前次排查台账.csv 2
--- 前次排查台账.csv
单位,隐患描述,等级,发现日期,整改期限,状态
甲医院,插座松动,一般,2023-03-03,2023-06-18,待整改
",
        place: "",
    },
    good: Example {
        text: "\
@上期结转 前次排查台账.csv 2
--- 前次排查台账.csv
单位,隐患描述,等级,发现日期,整改期限,状态
甲医院,插座松动,一般,2023-03-03,2023-06-18,待整改
乙镇卫生院,通道堆物,一般,2023-03-04,2023-06-18,整改中
",
        place: "",
    },
    check: Check::Ledger(check),
};

fn check(context: &LedgerContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(carried) = &context.outcome.carried_over else { return };
    let expected = context.ground.campaign.carry_over.as_ref().and_then(|carry_over| carry_over.expected);
    let file = &carried.file;
    if !carried.is_readable {
        let none = expected.map_or_else(String::new, |expected| format!("，应有的 {expected} 条这次一条也没有读到"));
        let mut told = RULE.diagnostic(file_place(file), "", None, format!("上期结转“{file}”打不开或读不出来{none}"));
        told.help = "把这个文件放到专项定义旁边，或者改正 carry_over 里的文件名；已经进了台账的隐患不受影响".to_owned();
        diagnostics.push(told);
        return;
    }
    if let Some(expected) = expected.filter(|expected| *expected != carried.hazards) {
        let message = format!("上期结转“{file}”应有 {expected} 条隐患，进台账的是 {} 条（{}）", carried.hazards, read(carried));
        diagnostics.push(RULE.diagnostic(file_place(file), "", None, message));
    }
}

/// 读到 28 条记录，退回 1 条，重复 1 条
fn read(carried: &CarriedOver) -> String {
    let mut words = vec![format!("读到 {} 条记录", carried.records)];
    let repeated = carried.records.saturating_sub(carried.rejected + carried.hazards);
    for (what, number) in [("退回", carried.rejected), ("重复", repeated)] {
        if number > 0 {
            words.push(format!("{what} {number} 条"));
        }
    }
    words.join("，")
}
