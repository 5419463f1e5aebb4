//! T006: text in no known encoding, or with a quote that is never closed.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::file_place;
use crate::records::FileReading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::source::Origin;
use crate::tables::UnreadableReason;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T006",
    name: "text-unreadable",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "文本读不下去",
    finds: "文本文件从某一行起不能读：引号没有成对、编码认不出、文字已经变成乱码。",
    matters: "从这一行起后面的内容都靠不住，所以整个文件都不用。",
    remedy: "用 WPS 或 Excel 打开这个文件，看看提示的那一行，改好后另存为 .xlsx 重新报送。",
    bad: Example {
        text: "\
隐患描述,整改期限,状态
\"插座松动,2023-07-18,待整改
通道堆物,2023-07-20,待整改
",
        place: "2",
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
    let UnreadableReason::BadText { line } = &unreadable.reason else { return };
    let message = if unreadable.detail.is_empty() {
        format!("文本从第 {line} 行起读不下去")
    } else {
        format!("文本从第 {line} 行起读不下去：{}", unreadable.detail)
    };
    diagnostics.push(RULE.diagnostic(Origin { row: *line, ..file_place(&file.file) }, "", None, message));
}
