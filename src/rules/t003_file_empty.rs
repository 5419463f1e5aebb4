//! T003: a file without a byte.

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
    code: "T003",
    name: "file-empty",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "文件是空的",
    finds: "文件的大小是零。",
    matters: "多半是发送时出了错；空文件不等于零报告。",
    remedy: "请报送单位重新发送；没有隐患的，也要发一份写明“零报告”的表。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
@空文件
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
    let UnreadableReason::Empty = &unreadable.reason else { return };
    let message = "文件是空的，一个字节也没有".to_owned();
    diagnostics.push(RULE.diagnostic(file_place(&file.file), "", None, message));
}
