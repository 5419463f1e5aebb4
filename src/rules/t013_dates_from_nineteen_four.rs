//! T013: a workbook that counts its days from 1904.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::file_place;
use crate::records::FileReading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::tables::WorkbookNote;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T013",
    name: "dates-from-nineteen-four",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "日期从 1904 年算起",
    finds: "工作簿用的是苹果电脑的 1904 日期系统，已换算。",
    matters: "复制到别的工作簿时日期会差四年零一天。",
    remedy: "看一眼读出的日期对不对；对就不必处理。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,整改期限,状态
插座松动,2023-07-18,待整改
@日期从1904年算起
",
        place: "",
    },
    good: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
",
        place: "",
    },
    check: Check::File(check),
};

fn check(file: &FileReading, diagnostics: &mut Vec<Diagnostic>) {
    let Ok(content) = &file.content else { return };
    for note in &content.notes {
        let WorkbookNote::Date1904 = note else { continue };
        let message = "工作簿的日期从 1904 年算起，已换算成实际日期".to_owned();
        diagnostics.push(RULE.diagnostic(file_place(&file.file), "", None, message));
    }
}
