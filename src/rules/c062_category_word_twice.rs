//! C062: a word that stands for two checklist categories.

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
    code: "C062",
    name: "category-word-twice",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "两个类别用了同一个词",
    finds: "一个类别的名称或别名，也是另一个类别的名称或别名。",
    matters: "台账里写这个词时不知道归哪一类。",
    remedy: "删掉一处。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
categories:
  - {id: fire, name: 消防安全, synonyms: [消防]}
  - {id: gas, name: 燃气安全, synonyms: [消防]}
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
categories:
  - {id: fire, name: 消防安全, synonyms: [消防]}
  - {id: gas, name: 燃气安全, synonyms: [燃气]}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut words: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, category) in context.ground.campaign.categories.iter().enumerate() {
        for word in std::iter::once(&category.name).chain(&category.synonyms) {
            let first = *words.entry(word).or_insert(index);
            if first != index {
                let other = context.ground.campaign.categories.get(first).map_or("", |other| &other.name);
                let message = format!("“{word}”已经是“{other}”的名称或别名");
                diagnostics.push(RULE.at(context, &format!("categories[{index}]"), Some(word.clone()), message));
            }
        }
    }
}
