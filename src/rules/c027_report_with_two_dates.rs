//! C027: one report, two due days.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::reporting;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C027",
    name: "report-with-two-dates",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "同一份报送有两个日期",
    finds: "名称相同的一次性报送有两个不同的截止日。",
    matters: "正文一个日期、附件一个日期，单位不知道按哪个报，也没法判断谁迟报。",
    remedy: "核对原文，只留一个日期；确实要报两次的，名称写成“（第一次）”“（第二次）”。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 工作总结, due: 2023-12-13}
  - {id: b, name: 工作总结, due: 2023-11-13}
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
obligations:
  - {id: a, name: 工作总结（主方案）, due: 2023-12-13}
  - {id: b, name: 工作总结（附件2）, due: 2023-12-31}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut first = BTreeMap::new();
    for report in reporting::one_off(context) {
        let name: String = report.obligation.name.chars().filter(|character| !character.is_whitespace()).collect();
        let earlier = *first.entry((name, report.obligation.from.clone())).or_insert(report.due);
        if earlier != report.due {
            let message = format!("“{}”有两个截止日：{earlier} 和 {}", report.obligation.name, report.due);
            diagnostics.push(RULE.at(context, &report.path, Some(report.due.to_string()), message));
        }
    }
}
