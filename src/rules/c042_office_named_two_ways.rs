//! C042: recipients that look like one office written in several ways.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::parties;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C042",
    name: "office-named-two-ways",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "同一个部门有几种写法",
    finds: "报送要求的收件部门有几种写法，一种包含另一种，又没有写成别名。",
    matters: "单位不知道该报给谁；汇总时同一个部门会算成两个。",
    remedy: "统一写法，或在 offices 里把它们写成同一部门的别名。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 实施方案, to: 区卫健局办公室, due: 2023-06-10}
  - {id: b, name: 问题清单, to: 卫健局办公室, due: 2023-08-30}
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
offices: [{name: 区卫健局办公室, synonyms: [卫健局办公室]}]
obligations:
  - {id: a, name: 实施方案, to: 区卫健局办公室, due: 2023-06-10}
  - {id: b, name: 问题清单, to: 卫健局办公室, due: 2023-08-30}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let campaign = context.ground.campaign;
    let mut seen: Vec<&str> = Vec::new();
    for (index, obligation) in campaign.obligations.iter().enumerate() {
        let Some(to) = obligation.to.as_deref() else { continue };
        let alike =
            |other: &&&str| **other != to && (other.contains(to) || to.contains(**other)) && !parties::same_office(campaign, other, to);
        if let Some(other) = seen.iter().find(alike).copied()
            && !seen.contains(&to)
        {
            let message = format!("收件部门这里写“{to}”，别处写“{other}”");
            diagnostics.push(RULE.at(context, &format!("obligations[{index}].to"), Some(to.to_owned()), message));
        }
        if !seen.contains(&to) {
            seen.push(to);
        }
    }
}
