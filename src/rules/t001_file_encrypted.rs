//! T001: a file that asks for a password.

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
    code: "T001",
    name: "file-encrypted",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "文件加了密码",
    finds: "工作簿设了打开密码，或放在加密的压缩包里。",
    matters: "没有密码就一行也读不到，这个单位会被当成没有报送。",
    remedy: "用 WPS 或 Excel 打开，去掉打开密码后另存为 .xlsx，重新报送；加密的压缩包，请对方不加密码重新发送。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
@加密
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
    let UnreadableReason::Encrypted = &unreadable.reason else { return };
    let message = "文件加了密码，打不开".to_owned();
    diagnostics.push(RULE.diagnostic(file_place(&file.file), "", None, message));
}
