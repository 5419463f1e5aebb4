//! T007: the reader itself broke; the file is set aside.

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
    code: "T007",
    name: "reader-failed",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "读取程序出错",
    finds: "读取这个文件时程序自己出了错，文件被放在一边，其他文件不受影响。",
    matters: "这个单位的内容没有读到，不能当成没有报送。",
    remedy: "用 WPS 或 Excel 打开后另存为新的 .xlsx 再试；还不行，请把文件交给维护人员。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
@读取程序出错
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
    let UnreadableReason::ReaderFailed = &unreadable.reason else { return };
    let message = if unreadable.detail.is_empty() {
        "读取这个文件时程序出错".to_owned()
    } else {
        format!("读取这个文件时程序出错（{}）", unreadable.detail)
    };
    diagnostics.push(RULE.diagnostic(file_place(&file.file), "", None, message));
}
