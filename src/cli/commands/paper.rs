//! A document as the bytes of a file, and what its reader must be told about it.

use std::path::Path;

use chrono::NaiveDate;

use crate::cli::failure::Failure;
use crate::cli::print::escape;
use crate::cli::session::Report;
use crate::documents::Document;
use crate::documents::Imbalance;
use crate::files::names;
use crate::render;
use crate::render::CutCell;

/// How many cut cells are named; all are counted.
const NAMED: usize = 5;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    Workbook,
    Csv,
}

/// The format that a file's extension asks for.
pub fn table_format(target: &Path) -> Result<TableFormat, Failure> {
    let extension = target.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("xlsx") => Ok(TableFormat::Workbook),
        Some("csv") => Ok(TableFormat::Csv),
        _ => Err(Failure::usage(format!("不知道“{}”要写成什么格式", names::shown(target)), "文件名请以 .xlsx 或 .csv 结尾")),
    }
}

/// Whether a file's extension asks for JSON.
pub fn is_json(target: &Path) -> bool {
    target.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

/// The bytes of a document; a `.csv` holds its first sheet alone. Cells that could not be shown whole are told.
pub fn bytes(document: &Document<'_>, format: TableFormat, as_of: NaiveDate, report: &mut Report) -> Result<Vec<u8>, Failure> {
    let rendered = match (format, document.sheets.first()) {
        (TableFormat::Csv, Some(sheet)) => render::csv::csv(sheet).map(|bytes| (bytes, Vec::new())),
        _ => render::xlsx::xlsx(document, as_of).map(|rendered| (rendered.bytes, rendered.cut)),
    };
    let (bytes, cut) =
        rendered.map_err(|error| Failure::impossible(format!("“{}”写不出来：{error}", document.title), "原有文件没有改动"))?;
    tell_cut(&cut, report);
    Ok(bytes)
}

/// A document whose parts do not add up is not written.
pub fn unbalanced(imbalance: Imbalance) -> Failure {
    Failure::impossible(format!("数字对不上，没有写出：{imbalance}"), "这是程序的缺陷，请反馈；原有文件没有改动")
}

fn tell_cut(cut: &[CutCell], report: &mut Report) {
    for cell in cut.iter().take(NAMED) {
        report.say(format!(
            "注意：{}!{} {}（{} 字）{}",
            escape::visible(&cell.sheet),
            cell.cell,
            escape::visible(&cell.column),
            cell.characters,
            cell.reason.label()
        ));
    }
    if cut.len() > NAMED {
        report.say(format!("……另有 {} 个单元格文字过长", cut.len() - NAMED));
    }
}
