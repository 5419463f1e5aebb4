//! C073: a catchword whose meaning differs from place to place and which the plan does not define.

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
    code: "C073",
    name: "undefined-term",
    scope: Scope::Campaign,
    severity: Severity::Note,
    title: "用了没有解释的说法",
    finds: "方案里出现“两个15天”“一报告双签字”“五个一批”一类各地含义不同的说法。",
    matters: "没有统一的定义，单位各按各的理解去做，也无法按日期核对。",
    remedy: "在旁边写明具体要求；已经在正文里解释的不必处理。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
tasks:
  - {id: a, name: 按“两个15天”要求录入安全生产信息系统}
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
tasks:
  - {id: a, name: 每15天录入一次安全生产信息系统}
",
        place: "",
    },
    check: Check::Campaign(check),
};

const TERMS: [&str; 4] = ["两个15天", "一报告双签字", "五个一批", "两个导则"];

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (path, text) in campaign_texts::texts(context.ground.campaign) {
        if let Some(term) = TERMS.iter().find(|term| text.contains(**term)) {
            diagnostics.push(RULE.at(context, &path, Some(text.to_owned()), format!("“{term}”没有统一的含义，方案里也没有解释")));
        }
    }
}
