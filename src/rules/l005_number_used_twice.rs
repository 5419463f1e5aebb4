//! L005: two different hazards under one 编号.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::ledger_places::hazard_place;
use crate::rules::ledger_places::hazards_by_id;
use crate::rules::rule::LedgerContext;
use crate::vocabulary::Field;

/// The rule.
pub const RULE: Rule = Rule {
    code: "L005",
    name: "number-used-twice",
    scope: Scope::Ledger,
    severity: Severity::Error,
    title: "一个编号两条隐患",
    finds: "两条不同的隐患用了同一个编号；先出现的保留编号，后面的另编了号。",
    matters: "编号是隐患一辈子的身份，重了就对不上历史。",
    remedy: "核对两条隐患；旧材料里后一条的编号请改成新编号。",
    bad: Example {
        text: "\
--- 旧台账.csv
编号,单位名称,隐患描述,等级,发现日期,整改期限,状态,整改完成日期,验收人,验收日期,销号日期,最近报送
demo-H01-001,甲医院,插座松动,一般,2023-07-03,2023-07-18,待整改,,,,,2023-07-14
demo-H01-001,甲医院,消防通道被汽车堵住,一般,2023-07-10,2023-07-25,待整改,,,,,2023-07-14
",
        place: "A3",
    },
    good: Example {
        text: "\
--- 甲医院-20230714.csv
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
--- 甲医院-20230721.csv
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,整改中
",
        place: "",
    },
    check: Check::Ledger(check),
};

fn check(context: &LedgerContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let hazards = hazards_by_id(context);
    for (old, new) in &context.outcome.renumbered {
        let Some((index, _)) = hazards.get(new.as_str()) else { continue };
        let message = format!("编号 {old} 已是另一条隐患的，这一条改编为 {new}");
        diagnostics.push(RULE.diagnostic(hazard_place(context, *index, Field::Id), Field::Id.title(), Some(old.clone()), message));
    }
}
