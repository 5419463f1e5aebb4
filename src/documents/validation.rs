//! The diagnostics of `validate` as a sheet that can be filtered, for clerks who would rather not read a
//! terminal. Arranges only: order and words come with the diagnostics.

use crate::diagnostic::Diagnostic;
use crate::documents::sheet::Body;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::ColumnKind;
use crate::documents::sheet::Document;
use crate::documents::sheet::Look;
use crate::documents::sheet::Sheet;

/// The only sheet.
pub const VALIDATION_SHEET: &str = "校验问题";

/// The diagnostics, one a row, in the order given.
pub fn validation_document<'a>(diagnostics: &'a [Diagnostic], issuer: &str) -> Document<'a> {
    let columns = vec![
        Column::new("轻重", ColumnKind::Word, 6),
        Column::new("规则", ColumnKind::Code, 8),
        Column::new("文件", ColumnKind::Word, 30),
        Column::new("工作表", ColumnKind::Word, 14),
        Column::new("位置", ColumnKind::Word, 10),
        Column::new("列名", ColumnKind::Word, 14),
        Column::new("填写的内容", ColumnKind::Prose, 24),
        Column::new("问题", ColumnKind::Prose, 44),
        Column::new("怎样改", ColumnKind::Prose, 44),
        Column::new("同类处数", ColumnKind::Number, 8),
    ];
    let body = Body::made(diagnostics.len(), move |index, row| {
        let Some(diagnostic) = diagnostics.get(index) else { return };
        row.cells.extend([
            Cell::text(Some(diagnostic.severity.label())),
            Cell::text(Some(diagnostic.code)),
            Cell::text(Some(&diagnostic.place.file)),
            Cell::text(Some(&diagnostic.place.sheet)),
            Cell::owned(position(diagnostic)),
            Cell::text(Some(&diagnostic.field)),
            Cell::text(diagnostic.value.as_deref()),
            Cell::text(Some(&diagnostic.message)),
            Cell::text(Some(&diagnostic.help)),
            // The place itself and those folded under it.
            Cell::Integer(i64::from(diagnostic.folded) + 1),
        ]);
    });
    let sheet = Sheet { name: VALIDATION_SHEET.to_owned(), hidden: false, look: Look::Plain, columns, body };
    Document { title: VALIDATION_SHEET.to_owned(), issuer: issuer.to_owned(), sheets: vec![sheet] }
}

/// The cell, else the row of a sheet, else the line of a text.
fn position(diagnostic: &Diagnostic) -> String {
    let place = &diagnostic.place;
    match (diagnostic.cell(), place.row) {
        (Some(cell), _) => cell,
        (None, 0) => String::new(),
        (None, row) => format!("第{row}行"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::Severity;
    use crate::source::Origin;

    fn check(sheet: &str, row: u32, column: u32, expected: &str) {
        let diagnostic = Diagnostic {
            code: "R012",
            severity: Severity::Error,
            place: Origin { file: Arc::from("inbox/甲.xlsx"), sheet: Arc::from(sheet), row, column },
            field: "整改期限".to_owned(),
            value: Some("=6月31日".to_owned()),
            message: "没有这一天。".to_owned(),
            help: "改成 2023-06-30。".to_owned(),
            folded: 2,
        };
        let diagnostics = [diagnostic];
        let document = validation_document(&diagnostics, "某县卫生健康局");
        let visited: Result<(), ()> = document.sheets[0].body.each(|_, row| {
            assert_eq!(row.cells.iter().map(Cell::shown).collect::<Vec<_>>().join("|"), expected);
            assert_eq!(row.cells.len(), document.sheets[0].columns.len());
            Ok(())
        });
        assert_eq!(visited, Ok(()));
    }

    #[test]
    fn diagnostics_become_rows() {
        let line = |sheet: &str, place: &str| {
            format!("错误|R012|inbox/甲.xlsx|{sheet}|{place}|整改期限|=6月31日|没有这一天。|改成 2023-06-30。|3")
        };
        check("表1", 7, 3, &line("表1", "C7"));
        check("表1", 7, 0, &line("表1", "第7行"));
        check("", 12, 5, &line("", "第12行"));
        check("", 0, 0, &line("", ""));
    }
}
