//! L010: units of the roster from which nothing came; not a zero report.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::file_place;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::LedgerContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "L010",
    name: "units-silent",
    scope: Scope::Ledger,
    severity: Severity::Note,
    title: "有单位没有报送",
    finds: "名册里有单位，这一轮没有任何材料：没有隐患，也没有零报告。",
    matters: "没有报送不等于没有隐患（未报不是零报告）。",
    remedy: "催一催没有报的单位；名单可以用 qingdan submissions 查看。",
    bad: Example {
        text: "\
--- 甲医院-20230721.csv
隐患描述,等级,发现日期,整改期限
插座松动,一般,2023-07-03,2023-07-18
",
        place: "",
    },
    good: Example {
        text: "\
--- 甲医院-20230721.csv
隐患描述,等级,发现日期,整改期限
插座松动,一般,2023-07-03,2023-07-18
--- 乙镇卫生院-20230721.csv
隐患描述,整改期限
零报告,
--- 乙镇惠民诊所-20230721.csv
隐患描述,整改期限
零报告,
--- 东镇惠民诊所-20230721.csv
隐患描述,整改期限
零报告,
",
        place: "",
    },
    check: Check::Ledger(check),
};

/// How many units are named in the message.
const NAMED: usize = 10;

fn check(context: &LedgerContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let outcome = context.outcome;
    if outcome.tallies.is_empty() {
        return;
    }
    let units = context.ground.roster.units.iter().enumerate();
    let silent: Vec<&str> = units.filter(|(index, _)| !outcome.reported.contains(index)).map(|(_, unit)| &*unit.name).collect();
    if silent.is_empty() {
        return;
    }
    let more = if silent.len() > NAMED { "等" } else { "" };
    let names = silent.iter().take(NAMED).copied().collect::<Vec<_>>().join("、");
    let message = format!("名册 {} 家单位中，{} 家这一轮没有报送：{names}{more}", context.ground.roster.units.len(), silent.len());
    let mut diagnostic = RULE.diagnostic(file_place(&Arc::from(context.file)), "", None, message);
    diagnostic.folded = silent.len() as u32 - 1;
    diagnostics.push(diagnostic);
}
