//! C043: a report is asked from somebody nobody knows.

use crate::campaign::Sender;
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
    code: "C043",
    name: "unknown-party",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "不知道该谁报",
    finds: "报送要求的 from 不是 units，也不是名册里的类别、分组、单位，或方案里的督查组、部门。",
    matters: "不知道该谁报，就不知道谁没报。",
    remedy: "写 units（全部单位）、单位类别、督查组或部门的名称。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 工作总结, from: 疗养院, due: 2023-12-31}
",
        place: "8",
    },
    good: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 工作总结, from: 卫生院, due: 2023-12-31}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (index, obligation) in context.ground.campaign.obligations.iter().enumerate() {
        for party in obligation.from.iter().map(Sender::word).filter(|party| !parties::is_known(context, party)) {
            let path = format!("obligations[{index}].from");
            let finding = RULE.at(context, &path, Some(party.to_owned()), format!("不知道“{party}”指的是谁"));
            diagnostics.push(parties::suggest_party(context, party, finding));
        }
    }
}
