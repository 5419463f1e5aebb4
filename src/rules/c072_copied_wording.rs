//! C072: a health campaign that speaks of enterprises: copied from the plan above it.

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
    code: "C072",
    name: "copied-wording",
    scope: Scope::Campaign,
    severity: Severity::Note,
    title: "文字像是从别的行业抄来的",
    finds: "名册上都是医疗卫生机构，方案里却写“企业”“生产车间”一类的词；只提示一次，注明处数。",
    matters: "照抄上级安委会方案的常见痕迹，单位看了不知道说的是不是自己。",
    remedy: "改成“单位”“医疗机构”；引用上级文件原文的不必处理。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
tasks:
  - {id: a, name: 建立企业重大事故隐患台账清单}
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
  - {id: a, name: 建立单位重大事故隐患台账清单}
",
        place: "",
    },
    check: Check::Campaign(check),
};

const FOREIGN_WORDS: [&str; 5] = ["企业", "厂区", "生产车间", "工矿商贸", "生产经营单位"];
const HEALTH_WORDS: [&str; 7] = ["医院", "卫生", "诊所", "门诊", "疾", "妇幼", "护理"];

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let units = &context.ground.roster.units;
    let health = units.iter().filter(|unit| HEALTH_WORDS.iter().any(|word| unit.name.contains(word))).count();
    if units.is_empty() || health * 10 < units.len() * 9 {
        return;
    }
    let texts = campaign_texts::texts(context.ground.campaign);
    // Titles of other bodies' documents are theirs.
    let own = texts.iter().filter(|(path, _)| !path.starts_with("basis"));
    let found: Vec<_> =
        own.filter_map(|(path, text)| Some((path, text, FOREIGN_WORDS.iter().find(|word| text.contains(**word))?))).collect();
    if let Some((path, text, word)) = found.first() {
        let message = format!("名册上都是医疗卫生机构，文字里却有“{word}”（共 {} 处）", found.len());
        let finding = RULE.at(context, path, Some((*text).to_string()), message);
        diagnostics.push(Diagnostic { folded: found.len() as u32 - 1, ..finding });
    }
}
