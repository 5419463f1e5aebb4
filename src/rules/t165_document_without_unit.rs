//! T165: a text of which nobody knows whose it is.

use crate::campaign::Ground;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::file_place;
use crate::records::Document;
use crate::records::FileReading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T165",
    name: "document-without-unit",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "看不出是哪家单位的材料",
    finds: "方案、总结、照片等材料，文件名、文件夹和开头几行都没有写单位。",
    matters: "不知道是谁交的，就不能算哪一家已报。",
    remedy: "文件名写成“单位名称-材料名称-日期”，或放进以单位命名的文件夹。",
    bad: Example {
        text: "\
--- 行动方案扫描件.pdf
@开头 %PDF-1.7
",
        place: "",
    },
    good: Example {
        text: "\
--- 甲医院-行动方案-20230721.pdf
@开头 %PDF-1.7
",
        place: "",
    },
    check: Check::Document(check),
};

fn check(file: &FileReading, document: &Document, ground: Ground<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if document.unit.is_some() || document.duties.is_empty() {
        return;
    }
    let names: Vec<&str> =
        document.duties.iter().filter_map(|duty| ground.campaign.obligations.get(*duty)).map(|duty| duty.name.as_str()).collect();
    let message = format!("像是“{}”的材料，但看不出是哪家单位的，没有计入", names.join("”“"));
    diagnostics.push(RULE.diagnostic(file_place(&file.file), "", None, message));
}
