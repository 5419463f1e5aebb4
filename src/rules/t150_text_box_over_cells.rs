//! T150: a text box or shape says something that stands in no cell.

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
    code: "T150",
    name: "text-box-over-cells",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "表里有文本框",
    finds: "工作表上有带文字的文本框或图形，里面的话不在任何单元格里。",
    matters: "写在文本框里的隐患、期限进不了台账。",
    remedy: "把文本框里的内容填进表格的行里；文本框可以留着。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,整改期限,状态
插座松动,2023-07-18,待整改
@文本框 另有一处：压力表超期未检
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
    for note in &content.notes {
        let WorkbookNote::TextBoxes { sheet, texts } = note else { continue };
        let first: Vec<String> = texts.iter().take(3).map(|text| format!("“{text}”")).collect();
        let more = if texts.len() > first.len() { "等" } else { "" };
        let message = format!("工作表上有 {} 个带文字的文本框或图形：{}{more}，没有读进台账", texts.len(), first.join("、"));
        diagnostics.push(RULE.diagnostic(sheet_place(&file.file, sheet, 0), "", None, message));
    }
}
