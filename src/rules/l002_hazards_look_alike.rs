//! L002: two hazards of one unit that look alike and were not merged.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::findings::quoted;
use crate::rules::ledger_places::hazard_place;
use crate::rules::ledger_places::hazards_by_id;
use crate::rules::rule::LedgerContext;
use crate::vocabulary::Field;

/// The rule.
pub const RULE: Rule = Rule {
    code: "L002",
    name: "hazards-look-alike",
    scope: Scope::Ledger,
    severity: Severity::Warning,
    title: "两条隐患很像",
    finds: "同一家单位的两条隐患很像，但部位、日期或描述不完全一样，没有合并。",
    matters: "可能是同一条隐患换了说法，被数了两次。",
    remedy: "是同一条的，在报来的表里填上编号，或把描述改成一致后再合并；确是两条的，不必处理。",
    bad: Example {
        text: "\
--- 甲医院-20230714.csv
隐患描述,等级,发现日期,整改期限,状态
二楼走廊插座松动,一般,2023-07-03,2023-07-18,待整改
--- 甲医院-20230721.csv
隐患描述,等级,发现日期,整改期限,状态
二楼走廊的插座松动,一般,2023-07-03,2023-07-18,待整改
",
        place: "E3",
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
    for near in &context.outcome.near_matches {
        let Some((index, other)) = hazards.get(near.other.as_str()) else { continue };
        let differs = near.differs.iter().map(|field| field.title());
        let message = format!("{} 和 {} 很像，不同的是{}，没有合并", near.other, near.id, quoted(differs));
        let value = other.text(Field::Description).map(str::to_owned);
        diagnostics.push(RULE.diagnostic(hazard_place(context, *index, Field::Description), Field::Description.title(), value, message));
    }
}
