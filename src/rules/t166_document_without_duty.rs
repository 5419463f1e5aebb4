//! T166: a text that carries the name of no duty.

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
    code: "T166",
    name: "document-without-duty",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "看不出是哪一项报送的材料",
    finds: "收到文字材料、PDF 或图片，文件名和开头几行里没有方案要交的哪项材料的名称。",
    matters: "不知道交的是哪一项，就不能算已报；如果里面写的是隐患，隐患也进不了台账。",
    remedy: "把报送事项的名称写进文件名；隐患台账请填进 .xlsx 表格。",
    bad: Example {
        text: "\
--- 甲医院-20230721.pdf
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
    if !document.duties.is_empty() {
        return;
    }
    let names: Vec<&str> =
        document.near.iter().filter_map(|duty| ground.campaign.obligations.get(*duty)).map(|duty| duty.name.as_str()).collect();
    let message = "这份材料看不出对应哪一项报送，没有计入".to_owned();
    let help = match names.as_slice() {
        [] => "方案里没有名称相近的材料；如果里面是隐患台账，请填进 .xlsx 表格".to_owned(),
        near => format!("是不是“{}”？把报送事项的名称写进文件名，如“单位名称-{}”", near.join("”“"), near.first().unwrap_or(&"")),
    };
    diagnostics.push(RULE.diagnostic(file_place(&file.file), "", None, message).helped(help));
}
