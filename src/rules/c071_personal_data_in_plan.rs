//! C071: a mobile number or mailbox in a file that travels.

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
    code: "C071",
    name: "personal-data-in-plan",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "方案里有个人电话或邮箱",
    finds: "方案的文字里有手机号、QQ 邮箱一类的个人信息。",
    matters: "方案文件会到处转发，清单和通报里也会带出来。",
    remedy: "删掉，或改成办公电话；单位联系人写在 units.csv 里。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 工作总结, to: 委办公室（13800001001）, due: 2023-12-31}
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
  - {id: a, name: 工作总结, to: 委办公室, due: 2023-12-31}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (path, text) in campaign_texts::texts(context.ground.campaign) {
        let what = if has_mobile(text) {
            "手机号"
        } else if text.contains('@') && text.contains('.') && !text.contains("@XX") {
            "邮箱"
        } else {
            continue;
        };
        diagnostics.push(RULE.at(context, &path, None, format!("这里有{what}，会随方案和清单传出去")));
    }
}

/// Eleven digits in a row that begin with 1.
fn has_mobile(text: &str) -> bool {
    text.split(|character: char| !character.is_ascii_digit()).any(|digits| digits.len() == 11 && digits.starts_with('1'))
}
