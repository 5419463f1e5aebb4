//! C019: phases whose start must be inferred from the end of the one before. One message for all.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C019",
    name: "phase-start-unstated",
    scope: Scope::Campaign,
    severity: Severity::Note,
    title: "阶段没有写开始日期",
    finds: "阶段只写了“…底前”，没有开始日期；只提示一次，注明个数。",
    matters: "按前一阶段结束的次日开始来理解；如果原意是从一开始就同时推进，结果会不一样。",
    remedy: "按原意补上 start；认可“前一阶段结束的次日”的不必处理。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
phases:
  - {id: a, name: 动员阶段, start: 2023-05-20, end: 2023-06-30}
  - {id: b, name: 整改阶段, end: 2023-12-31}
",
        place: "9",
    },
    good: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
phases:
  - {id: a, name: 动员阶段, start: 2023-05-20, end: 2023-06-30}
  - {id: b, name: 整改阶段, start: 2023-07-01, end: 2023-12-31}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let without: Vec<usize> =
        (0..context.ground.campaign.phases.len()).filter(|index| context.ground.campaign.phases[*index].start.is_none()).collect();
    let Some(first) = without.first() else { return };
    // An unreadable start has been told by the reader.
    if without.iter().any(|index| context.ground.campaign.places.contains(&format!("phases[{index}].start"))) {
        return;
    }
    let message = format!("{} 个阶段没有写开始日期，按前一阶段结束的次日开始理解", without.len());
    let finding = RULE.at(context, &format!("phases[{first}].start"), None, message);
    diagnostics.push(Diagnostic { folded: without.len() as u32 - 1, ..finding });
}
