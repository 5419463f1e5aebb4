//! C037: a text of the plan names an attachment that is not among its attachments.

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
    code: "C037",
    name: "attachment-unlisted",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "提到的附件没有列出",
    finds: "报送要求、任务或清单版式里提到“附件N”，附件列表里没有这个序号。",
    matters: "不知道附件是什么，也不知道有没有。",
    remedy: "在 attachments 里补上这个附件，没有的写 present: false。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
attachments:
  - {id: 1, title: 联系人回执}
obligations:
  - {id: a, name: 附件3（三个清单）, due: 2023-12-30}
",
        place: "10",
    },
    good: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
attachments:
  - {id: 3, title: 三个清单}
obligations:
  - {id: a, name: 附件3（三个清单）, due: 2023-12-30}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let listed = |id: u32| context.ground.campaign.attachments.iter().any(|attachment| attachment.id == id);
    for (path, text) in campaign_texts::texts(context.ground.campaign) {
        for id in mentioned(text).into_iter().filter(|id| !listed(*id)) {
            let message = format!("这里提到附件{id}，附件列表里没有");
            diagnostics.push(RULE.at(context, &path, Some(text.to_owned()), message));
        }
    }
}

/// The numbers of 附件1, 附件 2, each once.
fn mentioned(text: &str) -> Vec<u32> {
    let mut ids = Vec::new();
    for (index, word) in text.match_indices("附件") {
        let rest = text[index + word.len()..].trim_start();
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        if let Ok(id) = digits.parse()
            && !ids.contains(&id)
        {
            ids.push(id);
        }
    }
    ids
}
