//! T136: a form says that nothing has changed, and something in it has.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::ledger::answers::is_untouched;
use crate::records::FileReading;
use crate::records::SheetReading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::source::Origin;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T136",
    name: "form-contradicts-itself",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "打了“本期无变化”，表里却有改动",
    finds: "填报表上打了“本期无变化”，而表里有的行与发出时不一样，或者写了新隐患。",
    matters: "勾和内容只有一个对。改动照样算数，勾不算。",
    remedy: "问填表人：没有变化的，请把改动恢复；有变化的，去掉“本期无变化”后面的勾。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
@填报表 demo H01 2023-07-14
本期无变化（打√）：,√,零报告（打√）：,
隐患描述,等级,整改期限,状态
插座松动,一般,2023-07-28,待整改
",
        place: "3",
    },
    good: Example {
        text: "\
--- 甲医院-20230721.xlsx
@填报表 demo H01 2023-07-14 demo-H01-001
本期无变化（打√）：,√,零报告（打√）：,
编号,隐患描述,整改期限,状态
demo-H01-001,,,
",
        place: "",
    },
    check: Check::File(check),
};

fn check(reading: &FileReading, diagnostics: &mut Vec<Diagnostic>) {
    let Ok(content) = &reading.content else { return };
    let Some(form) = content.returned.as_ref().filter(|form| form.fault.is_none() && form.says_no_change) else { return };
    let records = content.sheets.iter().flat_map(|sheet| sheet.records.iter().map(move |record| (sheet, record)));
    let rows: Vec<(&SheetReading, u32)> =
        records.filter(|(_, record)| !is_untouched(record, &form.issue)).map(|(sheet, record)| (sheet, record.row)).collect();
    if let Some((sheet, row)) = rows.first() {
        let message = format!("打了“本期无变化”，却有 {} 行有改动，第一处是这一行；改动照样算数", rows.len());
        let place = Origin { file: reading.file.clone(), sheet: sheet.sheet.clone(), row: *row, column: 0 };
        diagnostics.push(RULE.diagnostic(place, "", None, message));
    }
}
