//! C079: words that ask for something again and again, or in time, without saying when.

use crate::campaign::duties::is_vague;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C079",
    name: "frequency-vague",
    scope: Scope::Campaign,
    severity: Severity::Note,
    title: "频次或时限说得含糊",
    finds: "任务的周期或报送的时限只写“定期”“不定期”“及时”“第一时间”一类的话。",
    matters: "没有期限就无法核对谁没做、谁没报，检查时各有各的理解。",
    remedy: "能定下来的写明多久一次、几日之内；定不下来的留着，由人掌握。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
tasks:
  - {id: a, name: 领导干部开展安全检查, every: 定期}
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
  - {id: a, name: 领导干部开展安全检查, every: 每季度至少1次}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let campaign = context.ground.campaign;
    let obligations = campaign.obligations.iter().enumerate();
    let obligations =
        obligations.map(|(index, obligation)| (format!("obligations[{index}].when"), &obligation.name, obligation.when.as_ref()));
    let tasks = campaign.tasks.iter().enumerate();
    let tasks = tasks.map(|(index, task)| (format!("tasks[{index}].every"), &task.name, task.every.as_ref().map(|every| &every.words)));
    for (path, name, words) in obligations.chain(tasks) {
        if let Some(words) = words.filter(|words| is_vague(words)) {
            let message = format!("“{name}”只说“{words}”，没有说是什么时候、多久一次");
            diagnostics.push(RULE.at(context, &path, Some(words.to_owned()), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_vague;

    #[test]
    fn words_without_a_time_are_vague() {
        for (words, expected) in [
            ("定期", true),
            ("不定期", true),
            ("按工作要求及时上报", true),
            ("第一时间", true),
            ("立即", false),
            ("每季度至少1次", false),
            ("及时，不超过24小时", false),
            ("周调度", false),
        ] {
            assert_eq!(is_vague(words), expected, "{words}");
        }
    }
}
