//! T012: photos over the cells cannot be read.

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
    code: "T012",
    name: "picture-over-cells",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "表里贴了图片",
    finds: "工作表上贴有图片，图片里的内容读不出来。",
    matters: "只贴照片、不写文字的隐患进不了台账。",
    remedy: "把照片里的情况用文字写进“隐患描述”“整改措施”等格；照片可以留着。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,整改期限,状态
插座松动,2023-07-18,待整改
@图片
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
    let Ok(content) = &file.content else { return };
    for note in &content.notes {
        let WorkbookNote::Pictures { sheet, count } = note else { continue };
        let message = format!("工作表上有 {count} 张图片，图片里的内容读不出来");
        diagnostics.push(RULE.diagnostic(sheet_place(&file.file, sheet, 0), "", None, message));
    }
}
