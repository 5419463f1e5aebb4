//! Lines of a text → one sheet of one column, each line in the row of its number.

use crate::tables::builder::Allowance;
use crate::tables::builder::SheetBuilder;
use crate::tables::limits;
use crate::tables::workbook::Sheet;
use crate::tables::workbook::Unreadable;

/// Lays lines out as a sheet; nothing in them separates columns.
///
/// # Errors
/// Beyond the limits.
pub fn prose<'a>(name: &str, lines: impl IntoIterator<Item = (u32, &'a str)>) -> Result<Sheet, Unreadable> {
    let mut builder = SheetBuilder::new(Sheet::new(name), Allowance::new(&limits::STRANGERS));
    for (number, line) in lines {
        builder.start_row(number, false);
        builder.touch();
        builder.put_text(1, line, 0)?;
    }
    Ok(builder.finish().0)
}
