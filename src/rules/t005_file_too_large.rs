//! T005: a file beyond one of the limits.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::file_place;
use crate::records::FileReading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::tables::UnreadableReason;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T005",
    name: "file-too-large",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "文件太大",
    finds: "表格的列数、单元格数或解压后的大小超过上限。",
    matters: "多半是整列设了格式或混进了别的数据，读下去会占满内存。",
    remedy: "只留下有内容的行和列，复制到新的工作簿里另存为 .xlsx，重新报送。",
    bad: Example {
        text: "\
--- 甲医院-20230721.csv
@列数 20000
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
    let Err(unreadable) = &file.content else { return };
    let UnreadableReason::TooLarge { limit } = &unreadable.reason else { return };
    let message = format!("文件超过能处理的上限：{limit}");
    let finding = RULE.diagnostic(file_place(&file.file), "", None, message);
    // Of a mail or archive something else is to be done than of a sheet.
    diagnostics.push(if unreadable.detail.is_empty() { finding } else { finding.helped(format!("{}。", unreadable.detail)) });
}
