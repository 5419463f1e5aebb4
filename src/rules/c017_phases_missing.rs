//! C017: a campaign without phases. Valid, and told.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C017",
    name: "phases-missing",
    scope: Scope::Campaign,
    severity: Severity::Note,
    title: "方案没有阶段",
    finds: "方案里一个阶段也没有。",
    matters: "不是错：工作要点一类的文件本来就不分阶段。只是进度只能按报送日期和任务期限来看。",
    remedy: "方案分阶段的，补上 phases；不分的不必处理。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
",
        place: "",
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
  - {id: a, name: 自查阶段, start: 2023-05-20, end: 2023-12-31}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.ground.campaign.phases.is_empty() && !context.ground.campaign.places.contains("phases[0]") {
        diagnostics.push(RULE.diagnostic(
            context.place(""),
            "phases",
            None,
            "方案没有阶段安排，进度只能按报送日期和任务期限来看".to_owned(),
        ));
    }
}
