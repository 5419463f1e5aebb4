//! T008: the extension promises another format than the content is.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::file_place;
use crate::records::FileReading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::tables::Format;
use crate::tables::WorkbookNote;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T008",
    name: "extension-misleading",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "扩展名和内容不符",
    finds: "文件名的扩展名说是一种格式，内容是另一种；已按内容读取。",
    matters: "能读，但对方的软件打开时可能提示文件损坏。",
    remedy: "不必处理；请报送单位以后用“另存为”选格式，不要直接改扩展名。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,整改期限,状态
插座松动,2023-07-18,待整改
@文本
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
        let WorkbookNote::ExtensionLies { claimed, actual } = note else { continue };
        let message = format!("扩展名是 .{claimed}，内容其实是 {}，已按内容读取", format_name(*actual));
        diagnostics.push(RULE.diagnostic(file_place(&file.file), "", None, message));
    }
}

/// What people call a format.
fn format_name(format: Format) -> &'static str {
    match format {
        Format::Xlsx => "XLSX 工作簿",
        Format::Xlsm => "带宏的 XLSM 工作簿",
        Format::Xlsb => "XLSB 工作簿",
        Format::Xls => "Excel 97-2003 工作簿（.xls）",
        Format::Et => "WPS 表格（.et）",
        Format::Ods => "ODS 表格",
        Format::Csv => "逗号分隔的文本（CSV）",
        Format::Tsv => "制表符分隔的文本",
        Format::Html => "网页（HTML）",
        Format::Docx => "Word 文档（.docx）",
        Format::Letter => "邮件的正文",
        Format::SpreadsheetMl => "XML 表格（Excel 2003）",
    }
}
