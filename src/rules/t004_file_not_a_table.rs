//! T004: a picture, document or archive in place of a table.

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
    code: "T004",
    name: "file-not-a-table",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "不是能读的表格",
    finds: "文件名像表格，其实是图片、PDF、文字文档；或者是压缩包等，里面没有可以直接读的表格。",
    matters: "里面写的隐患进不了台账。",
    remedy: "把内容填进 .xlsx 表格后重新报送；压缩包先解压。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
@开头 %PDF-1.7
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
    // A text is no broken table: whose it is and for what is asked by T165 and T166.
    let (Err(unreadable), None) = (&file.content, &file.document) else { return };
    let UnreadableReason::WrongFormat { name, save_as } = &unreadable.reason else { return };
    let message = format!("这个文件其实是{name}，不是能读的表格");
    let help = format!("{save_as}。");
    diagnostics.push(RULE.diagnostic(file_place(&file.file), "", None, message).helped(help));
}
