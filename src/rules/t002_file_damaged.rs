//! T002: a file that is cut off or broken inside.

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
    code: "T002",
    name: "file-damaged",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "文件损坏",
    finds: "文件不完整或内部结构坏了：没有下载完、拷贝中断、被别的程序改坏；或者系统不让打开。",
    matters: "只读出一部分会悄悄丢掉隐患，所以整个文件都不用。",
    remedy: "请报送单位用 WPS 或 Excel 打开原文件，另存为新的 .xlsx，重新发送。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,整改期限,状态
插座松动,2023-07-18,待整改
@截断
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
    let place = file_place(&file.file);
    match &unreadable.reason {
        UnreadableReason::Damaged => {}
        UnreadableReason::NotOpened => {
            let finding = RULE.diagnostic(place, "", None, format!("文件打不开：{}", unreadable.detail));
            return diagnostics.push(Diagnostic { help: "请检查文件的权限和磁盘，再运行一次。".to_owned(), ..finding });
        }
        _ => return,
    }
    let message = if unreadable.detail.is_empty() {
        "文件损坏，不能使用".to_owned()
    } else {
        format!("文件损坏，不能使用（{}）", unreadable.detail)
    };
    diagnostics.push(RULE.diagnostic(place, "", None, message));
}
