//! T016: a submission that does not say of which day it is.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::file_place;
use crate::records::FileReading;
use crate::records::SheetReading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T016",
    name: "fill-date-missing",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "没有填报日期",
    finds: "表里没有“填报日期”，文件名里也没有日期。",
    matters: "两次报送的内容不同时，要靠日期决定哪一次是新的。",
    remedy: "在表头上方写一行“填报日期：2023-07-21”，或把日期写进文件名，例如“甲医院-20230721.xlsx”；合并时也可用 --received 指定。",
    bad: Example {
        text: "\
--- 甲医院.csv
隐患描述,整改期限,状态
插座松动,2023-07-18,待整改
",
        place: "",
    },
    good: Example {
        text: "\
--- 甲医院.csv
填报单位：甲医院,填报日期：2023-07-21
隐患描述,整改期限,状态
插座松动,2023-07-18,待整改
",
        place: "",
    },
    check: Check::File(check),
};

fn check(file: &FileReading, diagnostics: &mut Vec<Diagnostic>) {
    let Ok(content) = &file.content else { return };
    let says_something = |sheet: &&SheetReading| !(sheet.is_ledger || sheet.records.is_empty() && sheet.zero_reports.is_empty());
    let undated = |sheet: &SheetReading| sheet.metadata.filled_on.is_none();
    // Whoever answers a form knew what the ledger said on the form's day: what is newer needs no date.
    let answers = content.returned.as_ref().is_some_and(|form| form.fault.is_none());
    if !answers && content.name_date.is_none() && content.sheets.iter().filter(says_something).any(undated) {
        let message = "表里没有填报日期，文件名里也没有日期".to_owned();
        diagnostics.push(RULE.diagnostic(file_place(&file.file), "填报日期", None, message));
    }
}
