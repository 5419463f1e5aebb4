//! C039: an agency that the reform of 2018 abolished. Older plans may name it; from 2019 on it is a leftover.

use chrono::Datelike;

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
    code: "C039",
    name: "old-agency-name",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "用了已撤销机构的名称",
    finds: "方案里出现卫计委、安监局等 2018 年机构改革后不再使用的名称（2019 年以后的方案）。",
    matters: "多半是从旧文件抄来的，收件单位已经不存在。",
    remedy: "改成现在的名称。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 工作总结, to: 县卫计委办公室, due: 2023-12-31}
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

/// The old name and the one that took its place.
const RENAMED: [(&str, &str); 9] = [
    ("卫计委", "卫生健康委员会（卫健委）"),
    ("卫计局", "卫生健康局（卫健局）"),
    ("卫生计生委", "卫生健康委员会"),
    ("计划生育委员会", "卫生健康委员会"),
    ("安监局", "应急管理局"),
    ("安全生产监督管理局", "应急管理局"),
    ("食药监局", "市场监督管理局"),
    ("质监局", "市场监督管理局"),
    ("公安消防", "消防救援"),
];

/// What the former commission was called for short; also part of other words (保卫计划).
const SHORT: [(&str, &str); 1] = [("卫计", "卫生健康（卫健）")];

/// Whether 卫计 stands in a text by itself: in none of the longer names, and not across two words.
fn speaks_of_former_commission(text: &str) -> bool {
    let by_itself = |at: usize| {
        let (before, after) = (&text[..at], &text[at + "卫计".len()..]);
        !before.ends_with(['保', '护', '守']) && !["委", "局", "划", "算", "生"].iter().any(|next| after.starts_with(next))
    };
    text.match_indices("卫计").any(|(at, _)| by_itself(at))
}

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.ground.campaign.start.year() < 2019 {
        return;
    }
    for (path, text) in campaign_texts::texts(context.ground.campaign) {
        let short = SHORT.iter().filter(|_| speaks_of_former_commission(text));
        for (old, new) in RENAMED.iter().filter(|(old, _)| text.contains(old)).chain(short) {
            let message = format!("“{text}”里的“{old}”已经撤销");
            let finding = RULE.at(context, &path, Some(text.to_owned()), message);
            diagnostics.push(Diagnostic {
                help: format!("现在的名称是{new}；确实沿用旧名的，写进 offices 的 synonyms"), ..finding
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::speaks_of_former_commission;

    #[test]
    fn the_short_name_is_told_from_other_words() {
        for (text, expected) in [
            ("“XX卫计安全生产”QQ群", true),
            ("卫计系统", true),
            ("安全保卫计划", false),
            ("制定守卫计划", false),
            ("县卫计委", false),
            ("卫计局办公室", false),
            ("卫生健康系统", false),
        ] {
            assert_eq!(speaks_of_former_commission(text), expected, "{text}");
        }
    }
}
