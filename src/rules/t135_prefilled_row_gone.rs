//! T135: a hazard that a form was sent out with is on no row of it any more.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::FileReading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::source::Origin;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T135",
    name: "prefilled-row-gone",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "填报表里预先填好的行不见了",
    finds: "填报表发出时列着的隐患，交回来的表里没有它的行。",
    matters: "删掉一行不等于整改好了；台账里这条隐患不动，请问清楚。",
    remedy: "问填表人：整改好了的，把状态改为“已整改”并填整改完成日期；登记错了的，由卫健部门在台账里改为“撤销”。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
@填报表 demo H01 2023-07-14 demo-H01-001 demo-H01-002
编号,隐患描述,整改期限,状态
demo-H01-001,插座松动,2023-07-28,待整改
",
        place: "",
    },
    good: Example {
        text: "\
--- 甲医院-20230721.xlsx
@填报表 demo H01 2023-07-14 demo-H01-001
编号,隐患描述,整改期限,状态
demo-H01-001,插座松动,2023-07-28,待整改
",
        place: "",
    },
    check: Check::File(check),
};

/// How many numbers are named; all are counted.
const NAMED: usize = 5;

fn check(reading: &FileReading, diagnostics: &mut Vec<Diagnostic>) {
    let Some(form) = reading.content.as_ref().ok().and_then(|content| content.returned.as_ref()) else { return };
    if form.gone.is_empty() {
        return;
    }
    let more = if form.gone.len() > NAMED { " 等" } else { "" };
    let named = form.gone.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join("、");
    let message = format!("发出时列着的 {} 条隐患不在表里了：{named}{more}；台账不动，是整改好了还是删错了？", form.gone.len());
    let place = Origin { file: reading.file.clone(), sheet: "".into(), row: 0, column: 0 };
    diagnostics.push(RULE.diagnostic(place, "", None, message));
}
