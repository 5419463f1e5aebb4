//! C038: a blank of the model text was never filled in.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::campaign_texts;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C038",
    name: "placeholder-left",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "留有占位符",
    finds: "方案里有 XX、××、某某、20XX 一类没有填上的占位符。",
    matters: "从范文改来的方案常有没填完的地方，照此印发会闹笑话。",
    remedy: "填上真实的内容。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 工作总结, to: XX县卫健委办公室, due: 2023-12-31}
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
  - {id: a, name: 工作总结, to: 县卫健委办公室, due: 2023-12-31}
",
        place: "",
    },
    check: Check::Campaign(check),
};

const PLACEHOLDERS: [&str; 8] = ["XX", "ＸＸ", "xx", "××", "某某", "＊＊", "**", "待填"];

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (path, text) in campaign_texts::texts(context.ground.campaign) {
        if let Some(placeholder) = PLACEHOLDERS.iter().find(|placeholder| text.contains(**placeholder)) {
            let message = format!("“{text}”里还有没填的“{placeholder}”");
            diagnostics.push(RULE.at(context, &path, Some(text.to_owned()), message));
        }
    }
}
