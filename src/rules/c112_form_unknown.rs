//! C112: a duty that asks for a count form that is not there.

use crate::campaign::Fulfilment;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;
use crate::vocabulary::likeness::meant_key;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C112",
    name: "form-unknown",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "统计表没有定义",
    finds: "报送要求的 fulfilled_by 写了 form，但 forms 里没有这个代号。",
    matters: "认不出单位报来的是不是这张表，就谁都算未报。",
    remedy: "在 forms 里写上这张统计表，或改对代号。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: m, name: 月统计, every: 每月28日前, fulfilled_by: {form: b}}
forms:
  - {id: a, title: 自查情况统计表, columns: [{key: found, title: 发现隐患}, {key: done, title: 已整改, part_of: found}]}
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
  - {id: m, name: 月统计, every: 每月28日前, fulfilled_by: {form: a}}
forms:
  - {id: a, title: 自查情况统计表, columns: [{key: found, title: 发现隐患}, {key: done, title: 已整改, part_of: found}]}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let campaign = context.ground.campaign;
    for (index, obligation) in campaign.obligations.iter().enumerate() {
        for fulfilment in &obligation.fulfilled_by {
            let Fulfilment::Form(id) = fulfilment else { continue };
            if campaign.form(id).is_some() {
                continue;
            }
            let path = format!("obligations[{index}].fulfilled_by");
            let diagnostic = RULE.at(context, &path, Some(id.clone()), format!("forms 里没有统计表“{id}”"));
            let near = meant_key(id, campaign.forms.iter().map(|form| form.id.as_str()));
            diagnostics.push(match near {
                Some(near) => diagnostic.helped(format!("是否想写“{near}”？")),
                None => diagnostic,
            });
        }
    }
}
