//! T011: a chart, macro or dialog sheet holds no cells.

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
    code: "T011",
    name: "sheet-skipped",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "有工作表不是表格",
    finds: "图表、宏、对话框一类的工作表没有单元格，没有读取。",
    matters: "隐患只能写在普通工作表里。",
    remedy: "不必处理；如果里面有隐患，请搬到普通工作表。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,整改期限,状态
插座松动,2023-07-18,待整改
@图表工作表 统计图
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
        let WorkbookNote::SkippedSheet { name, kind } = note else { continue };
        let message = format!("“{name}”是{kind}，没有单元格可读");
        diagnostics.push(RULE.diagnostic(sheet_place(&file.file, name, 0), "", None, message));
    }
}
