//! L007: rows that became no hazard; one message a file and reason.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::ledger::RejectReason;
use crate::ledger::Rejected;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::findings::fold_under;
use crate::rules::rule::LedgerContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "L007",
    name: "rows-rejected",
    scope: Scope::Ledger,
    severity: Severity::Note,
    title: "有行没有登记",
    finds: "有几行因为单位不在名册里、没有描述等原因没有登记，写在“退回”表里。",
    matters: "退回的隐患不在台账里，不会被督促。",
    remedy: "照“退回”表上的原因改正原表，重新合并。",
    bad: Example {
        text: "\
--- 台账-20230721.csv
单位名称,隐患描述,等级,整改期限
丙医院,插座松动,一般,2023-07-18
",
        place: "2",
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
    let mut groups: BTreeMap<(&Arc<str>, RejectReason), Vec<&Rejected>> = BTreeMap::new();
    for rejected in &context.outcome.rejected {
        groups.entry((&rejected.origin.file, rejected.reason)).or_default().push(rejected);
    }
    for ((_, reason), rows) in groups {
        let Some(first) = rows.first() else { continue };
        let message = format!("有 {} 行没有登记：{}", rows.len(), reason.label());
        let value = (!first.unit.is_empty()).then(|| first.unit.clone());
        let mut diagnostic = RULE.diagnostic(first.origin.clone(), "", value, message).helped(help(reason).to_owned());
        if rows.len() > 1 {
            let places: Vec<(u32, u32)> = rows.iter().skip(1).map(|row| (row.origin.row, 0)).collect();
            fold_under(&mut diagnostic, places.len() as u32, &places);
        }
        diagnostics.push(diagnostic);
    }
}

fn help(reason: RejectReason) -> &'static str {
    match reason {
        RejectReason::UnitUnknown => "照单位名册改写单位名称，或把新单位加进名册，然后重新合并。",
        RejectReason::UnitAmbiguous => "把单位名称改成名册上的全称，然后重新合并。",
        RejectReason::UnitMissing => "在表里填上单位名称，然后重新合并。",
        RejectReason::NoDescription => "填上隐患描述，或删掉这一行，然后重新合并。",
        RejectReason::UnreadableKey => "把发现日期改成完整日期，例如 2023-07-03，然后重新合并。",
    }
}
