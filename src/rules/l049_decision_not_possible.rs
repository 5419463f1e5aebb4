//! L049: a word of the clerk in the workbook is understood and cannot be carried out as it stands.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::ledger::Doubt;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::LedgerContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "L049",
    name: "decision-not-possible",
    scope: Scope::Ledger,
    severity: Severity::Error,
    title: "裁定没法照办",
    finds: "“并入编号”填的是自己、别的单位的、没有的编号，或者互相并来并去；或者“采用”与台账现在的值、与另一行的裁定对不上。",
    matters: "这些裁定照办就会丢掉一条隐患，或者把值改来改去；没有办，原样留着等您定。",
    remedy: "按提示改这一格：并入的编号要是同一家单位、台账里有的另一条；两条互并的只留一个方向；值已经改过的，清空“采用”或把台账改回来。",
    bad: Example {
        text: "\
--- 台账.csv
编号,单位名称,隐患描述,发现日期,最近报送,并入编号
demo-H01-001,甲医院,安全出口上锁,2023-07-03,2023-07-21,demo-H01-001
demo-H01-002,甲医院,安全门被铁链锁住,2023-07-03,2023-07-21,
",
        place: "F2",
    },
    good: Example {
        text: "\
--- 台账.csv
编号,单位名称,隐患描述,发现日期,最近报送,并入编号
demo-H01-001,甲医院,安全出口上锁,2023-07-03,2023-07-21,
demo-H01-002,甲医院,安全门被铁链锁住,2023-07-03,2023-07-21,demo-H01-001
",
        place: "",
    },
    check: Check::Ledger(check),
};

fn check(context: &LedgerContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for question in &context.outcome.questions {
        let why = match &question.doubt {
            Doubt::UnknownWord(_) => continue,
            Doubt::UnknownCase => "看不出是哪一条（编号或字段被改过，或这条已不在台账里）".to_owned(),
            Doubt::ValueChanged(now) if now.is_empty() => "台账的这一格已经清空，和裁定对不上".to_owned(),
            Doubt::ValueChanged(now) => format!("台账的这一格已经改成“{now}”，和裁定对不上"),
            Doubt::SeveralAdopted => "同一格有几行都选了报送，值却不同；只能选一个".to_owned(),
            Doubt::IntoItself => "填的是这一条自己的编号".to_owned(),
            Doubt::IntoUnknown => "台账里这家单位没有这个编号".to_owned(),
            Doubt::IntoOtherUnit(id) => format!("{id} 是别的单位的隐患，不能并进去"),
            Doubt::Circle(ids) => format!("并来并去又回到自己：{}；只留一个方向", ids.join(" → ")),
        };
        let message = format!("“{}”里写的是“{}”：{why}；这一件没有办", question.title, question.text);
        diagnostics.push(RULE.diagnostic(question.place.clone(), question.title, Some(question.text.clone()), message));
    }
}
