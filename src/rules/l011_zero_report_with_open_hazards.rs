//! L011: a zero report of a unit that has open hazards in the ledger.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::ledger::Hazard;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::LedgerContext;
use crate::vocabulary::Status;

/// The rule.
pub const RULE: Rule = Rule {
    code: "L011",
    name: "zero-report-with-open-hazards",
    scope: Scope::Ledger,
    severity: Severity::Warning,
    title: "报了零报告，台账里还有没改好的",
    finds: "单位报零报告，台账里它还有没有整改完的隐患。",
    matters: "零报告是“没有新隐患”，还是“都改好了”，看不出来；台账不变。",
    remedy: "问一问单位；改好的，请报那几条的状态和完成日期。",
    bad: Example {
        text: "\
--- 甲医院-20230714.csv
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
--- 甲医院-20230721.csv
隐患描述,等级,发现日期,整改期限,状态
零报告,,,,
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
插座松动,一般,2023-07-03,2023-07-18,待整改
",
        place: "",
    },
    check: Check::Ledger(check),
};

fn check(context: &LedgerContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut open: BTreeMap<usize, Vec<&Hazard>> = BTreeMap::new();
    for hazard in &context.outcome.ledger.hazards {
        if let (Some(unit), Status::Open | Status::InRectification) = (hazard.unit_index, hazard.status) {
            open.entry(unit).or_default().push(hazard);
        }
    }
    // A form with 无 in forty rows is one zero report.
    let mut told = BTreeSet::new();
    for zero in context.outcome.zero_reports.iter().filter(|zero| !zero.major_only) {
        // A hazard that was reported after the zero report does not contradict it.
        let older = |hazard: &&&Hazard| hazard.submitted_on <= zero.submitted_on;
        let hazards: Vec<&&Hazard> = open.get(&zero.unit).into_iter().flatten().filter(older).collect();
        let Some(first) = hazards.first().filter(|_| told.insert((zero.unit, zero.origin.file.clone()))) else { continue };
        let more = if hazards.len() > 1 { "等" } else { "" };
        let count = hazards.len();
        let message = format!("{}报了零报告，台账里还有 {count} 条没有整改完（{}{more}）", first.unit, first.id);
        diagnostics.push(RULE.diagnostic(zero.origin.clone(), "", None, message));
    }
}
