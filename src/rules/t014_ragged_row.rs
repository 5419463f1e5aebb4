//! T014: a record of a text file with another number of fields than most.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::FileReading;
use crate::records::SheetReading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::findings::sheet_place;
use crate::rules::folding::Folder;
use crate::tables::WorkbookNote;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T014",
    name: "ragged-row",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "这一行的列数和别的行不同",
    finds: "文本表格里有一条记录的列数比别的行多或少。",
    matters: "多半是描述里有没加引号的逗号或换行，后面的值会错位。",
    remedy: "对照表头看这一行的值有没有错位；含逗号或换行的文字要放在英文双引号里，或改用 .xlsx 报送。",
    bad: Example {
        text: "\
隐患描述,等级,整改期限,状态
通道堆物,一般,2023-07-20,待整改
插座松动,一般,2023-07-18,待整改,已联系厂家
应急灯不亮,一般,2023-07-20,待整改
",
        place: "3",
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
    let mut folder = Folder::default();
    let mut found = Vec::new();
    for note in &content.notes {
        let WorkbookNote::RaggedRow { sheet, row, fields, expected } = note else { continue };
        let holds_record = |reading: &&SheetReading| reading.records.binary_search_by_key(row, |record| record.row).is_ok();
        if !content.sheets.iter().filter(|reading| *reading.sheet == **sheet).any(|reading| holds_record(&reading)) {
            continue;
        }
        let message = format!("这一行有 {fields} 列，别的行多是 {expected} 列，值可能错位");
        found.push(RULE.diagnostic(sheet_place(&file.file, sheet, *row), "", None, message));
    }
    folder.take(&mut found);
    folder.finish(diagnostics);
}
