//! L004: a closed hazard that a submission calls open again.

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
    code: "L004",
    name: "closed-hazard-reopened",
    scope: Scope::Ledger,
    severity: Severity::Warning,
    title: "已销号的又报成没改好",
    finds: "台账里已经销号或撤销的隐患，单位又报成没有整改完。",
    matters: "可能是复发，也可能是单位拿旧表重报；台账的状态不变。",
    remedy: "复发的，请单位按新的发现日期另报一条；旧表重报的，请单位更新状态。",
    bad: Example {
        text: "\
--- 旧台账.csv
编号,单位名称,隐患描述,等级,发现日期,整改期限,状态,整改完成日期,验收人,验收日期,销号日期,最近报送
demo-H01-001,甲医院,插座松动,一般,2023-07-03,2023-07-10,已销号,2023-07-08,李四,2023-07-09,2023-07-10,2023-07-12
--- 甲医院-20230721.csv
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-10,待整改
",
        place: "W2",
    },
    good: Example {
        text: "\
--- 旧台账.csv
编号,单位名称,隐患描述,等级,发现日期,整改期限,状态,整改完成日期,验收人,验收日期,销号日期,最近报送
demo-H01-001,甲医院,插座松动,一般,2023-07-03,2023-07-10,已销号,2023-07-08,李四,2023-07-09,2023-07-10,2023-07-12
--- 甲医院-20230721.csv
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-10,已整改
",
        place: "",
    },
    check: Check::Ledger(check),
};

fn check(context: &LedgerContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let hazards = hazards_by_id(context);
    for id in &context.outcome.reopened {
        let Some((index, hazard)) = hazards.get(id.as_str()) else { continue };
        let status = hazard.status.label();
        let message = format!("{id} 在台账里是“{status}”，单位又报成没有整改完");
        let place = hazard_place(context, *index, Field::Status);
        diagnostics.push(RULE.diagnostic(place, Field::Status.title(), Some(status.to_owned()), message));
    }
}
