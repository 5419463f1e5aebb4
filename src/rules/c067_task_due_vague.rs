//! C067: the due words of a task leave open which day is meant; the last one was taken.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C067",
    name: "task-due-vague",
    scope: Scope::Campaign,
    severity: Severity::Note,
    title: "任务期限说得含糊",
    finds: "任务期限写成“到2022年”“2022年年底”（没有“前”）一类的说法。",
    matters: "“到2022年”可以是年初也可以是年末，这里按最后一天理解。",
    remedy: "写明月份并加上“前”，如 2022年年底前；认可按最后一天理解的不必处理。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
tasks:
  - {id: a, name: 货车改装整治, due: 到2023年}
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
  - {id: a, name: 货车改装整治, due: 2023年底前}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (index, task) in context.ground.campaign.tasks.iter().enumerate() {
        if let (Some(day), Some(words)) = (task.due, &task.due_text)
            && is_vague(words)
        {
            let message = format!("任务“{}”的期限“{words}”含糊，按 {day} 理解", task.name);
            diagnostics.push(RULE.at(context, &format!("tasks[{index}].due"), Some(words.clone()), message));
        }
        for (step, milestone) in task.milestones.iter().enumerate() {
            if let (Some(day), Some(words)) = (milestone.due, &milestone.text)
                && is_vague(words)
            {
                let message = format!("“{}”的期限“{words}”含糊，按 {day} 理解", milestone.name);
                let path = format!("tasks[{index}].milestones[{step}].due");
                diagnostics.push(RULE.at(context, &path, Some(words.clone()), message));
            }
        }
    }
}

/// A year or the end of a year without 前 behind it.
fn is_vague(words: &str) -> bool {
    let ends_openly = ["年", "年底", "年末"].iter().any(|ending| words.trim_end().ends_with(ending));
    ends_openly && !words.contains(['月', '季', '-'])
}
