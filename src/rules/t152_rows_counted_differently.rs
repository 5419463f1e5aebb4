//! T152: a second count finds another number of rows than were read.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::FileReading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::findings::sheet_place;
use crate::tables::WorkbookNote;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T152",
    name: "rows-counted-differently",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "两遍数出的行数不一样",
    finds: "按文件的标记数出的有内容的行，和读出来的行数不一样。",
    matters: "可能有行没有读进来，或者两行写着同一个行号。",
    remedy: "用 WPS 或 Excel 打开，核对行数，另存为 .xlsx 后重新报送。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,整改期限,状态
插座松动,2023-07-18
,,待整改
@行号 3 2
",
        place: "",
    },
    good: Example {
        text: "\
--- 甲医院-20230721.xlsx
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
        let WorkbookNote::RowsDiffer { sheet, counted, read } = note else { continue };
        let message = format!("文件里有内容的行数出来是 {counted} 行，读出来是 {read} 行");
        diagnostics.push(RULE.diagnostic(sheet_place(&file.file, sheet, 0), "", None, message));
    }
}
