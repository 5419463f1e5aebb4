//! T153: a file was encrypted with the password that is built into Excel.

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
    code: "T153",
    name: "built-in-password",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "文件带有软件自带的加密",
    finds: "文件是加密的，但用的是 Excel 自带的密码，不用输入就能打开。",
    matters: "已经照常读取；别的软件可能打不开。",
    remedy: "不必处理；要别的软件也能打开，取消“保护工作簿”后另存为 .xlsx。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,整改期限,状态
插座松动,2023-07-18,待整改
@自带密码
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
    if content.notes.contains(&WorkbookNote::BuiltInPassword) {
        let message = "文件是用 Excel 自带的密码加密的，已照常读取".to_owned();
        diagnostics.push(RULE.diagnostic(sheet_place(&file.file, "", 0), "", None, message));
    }
}
