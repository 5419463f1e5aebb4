//! T151: two cells of the file claim one place, or a cell names another row than its own.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::FileReading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::findings::name_places;
use crate::rules::findings::sheet_place;
use crate::source::Origin;
use crate::tables::WorkbookNote;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T151",
    name: "cells-overwritten",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "文件里有单元格互相覆盖",
    finds: "文件内部有两个单元格写着同一个位置，或者单元格的位置和它所在的行不一致。",
    matters: "后一个会盖住前一个，可能丢了内容；多半是生成文件的程序出错或文件损坏。",
    remedy: "用 WPS 或 Excel 打开，核对这几格前后的行，另存为 .xlsx 后重新报送。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,整改期限,状态
插座松动,2023-07-18,待整改
通道堆物,2023-07-20,待整改
@行号 3 2
",
        place: "A2",
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
        let WorkbookNote::Overwritten { sheet, places } = note else { continue };
        let (row, column) = places.first.first().copied().unwrap_or_default();
        let named = name_places(&places.first, places.count);
        let message = format!("{named} 等处有两个单元格写着同一个位置或错了行，共 {} 处，后一个盖住了前一个", places.count);
        diagnostics.push(RULE.diagnostic(Origin { column, ..sheet_place(&file.file, sheet, row) }, "", None, message));
    }
}
