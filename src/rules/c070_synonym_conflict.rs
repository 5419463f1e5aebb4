//! C070: a word of the campaign that stands for two fields, statuses or levels.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C070",
    name: "synonym-conflict",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "一个用词有两个意思",
    finds: "synonyms 里同一个词写在两个字段、两种状态或两个等级下面。",
    matters: "读台账时不知道该按哪个理解。",
    remedy: "删掉一处。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
synonyms:
  columns: {deadline: [整改时间], rectified_on: [整改时间]}
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
synonyms:
  columns: {deadline: [整改时限], rectified_on: [整改时间]}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let synonyms = &context.ground.campaign.synonyms;
    let columns = synonyms.columns.iter().map(|(field, words)| (field.key(), words));
    let statuses = synonyms.statuses.iter().map(|(status, words)| (status.key(), words));
    let levels = synonyms.levels.iter().map(|(level, words)| (level.key(), words));
    conflicts(context, "columns", columns, diagnostics);
    conflicts(context, "statuses", statuses, diagnostics);
    conflicts(context, "levels", levels, diagnostics);
}

fn conflicts<'a>(
    context: &CampaignContext<'_>,
    list: &str,
    words: impl Iterator<Item = (&'static str, &'a Vec<String>)>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut meanings: BTreeMap<&str, &str> = BTreeMap::new();
    for (key, words) in words {
        for word in words {
            let first = *meanings.entry(word).or_insert(key);
            if first != key {
                let message = format!("“{word}”既是 {first} 又是 {key}");
                diagnostics.push(RULE.at(context, &format!("synonyms.{list}.{key}"), Some(word.clone()), message));
            }
        }
    }
}
