//! L003: hazards missing from the newest full submission of their unit.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::ledger::Hazard;
use crate::ledger::ZeroReported;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::ledger_places::hazard_place;
use crate::rules::ledger_places::hazards_by_id;
use crate::rules::rule::LedgerContext;
use crate::vocabulary::Field;
use crate::vocabulary::Status;

/// The rule.
pub const RULE: Rule = Rule {
    code: "L003",
    name: "hazard-not-reported-again",
    scope: Scope::Ledger,
    severity: Severity::Warning,
    title: "隐患不再出现",
    finds: "台账里没有销号的隐患，在这家单位最新一次报送里没有了。",
    matters: "没有写不等于改好了；可能是改好后直接删了行。",
    remedy: "问一问单位：改好的，请保留那一行，状态改成“已整改”并填完成日期。",
    bad: Example {
        text: "\
--- 甲医院-20230714.csv
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
通道堆物,一般,2023-07-03,2023-07-18,待整改
--- 甲医院-20230721.csv
隐患描述,等级,发现日期,整改期限,状态
通道堆物,一般,2023-07-03,2023-07-18,待整改
",
        place: "A2",
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
    let mut by_unit: BTreeMap<&str, Vec<(usize, &Hazard)>> = BTreeMap::new();
    for id in &context.outcome.missing {
        let Some((index, hazard)) = hazards.get(id.as_str()) else { continue };
        // A zero report beside open hazards is told about by a rule of its own.
        let zero = |zero: &ZeroReported| Some(zero.unit) == hazard.unit_index && !zero.major_only;
        if matches!(hazard.status, Status::Open | Status::InRectification) && context.outcome.zero_reports.iter().any(zero) {
            continue;
        }
        by_unit.entry(&hazard.unit).or_default().push((*index, hazard));
    }
    for (unit, missing) in by_unit {
        let Some((index, first)) = missing.first() else { continue };
        let mut ids: Vec<&str> = missing.iter().take(10).map(|(_, hazard)| hazard.id.as_str()).collect();
        if missing.len() > ids.len() {
            ids.push("…");
        }
        let message = format!("{unit}最新一次报送里少了 {} 条隐患：{}", missing.len(), ids.join("、"));
        let mut diagnostic = RULE.diagnostic(hazard_place(context, *index, Field::Id), Field::Id.title(), Some(first.id.clone()), message);
        diagnostic.folded = missing.len() as u32 - 1;
        diagnostics.push(diagnostic);
    }
}
