//! Reading a ledger row again from texts that stand in no sheet: what a hazard was on an earlier day.
//!
//! The texts go through the very reading that the cells of a ledger go through; there is no second parser.
//! What would be a fact about a cell is not kept, for there is no cell.

use std::borrow::Cow;

use crate::records::body::Authority;
use crate::records::body::FormValue;
use crate::records::body::SheetBasis;
use crate::records::body::read_form;
use crate::records::columns::Settled;
use crate::records::grid::Grid;
use crate::records::plan::Plan;
use crate::records::read::ReadingBasis;
use crate::records::record::Record;
use crate::records::sheet::ColumnMeaning;
use crate::records::sheet::ColumnReading;
use crate::records::sink::FactSink;
use crate::records::units::UnitFinder;
use crate::tables::Sheet;
use crate::vocabulary::Field;

/// Calls `each` with the record of every row, in order. A row is its texts by field, as the ledger writes them.
pub fn reread_rows<'t>(rows: impl IntoIterator<Item = Vec<(Field, &'t str)>>, basis: &ReadingBasis<'_>, mut each: impl FnMut(Record)) {
    let sheet = Sheet::new("");
    let grid = Grid::new(&sheet);
    let column = |field: Field| field.index() as u32 + 1;
    let columns = Field::ALL.map(|field| ColumnReading {
        column: column(field),
        title: field.title().to_owned(),
        meaning: ColumnMeaning::Field(field),
        hidden: false,
    });
    let plan = Plan::new(Settled { columns: columns.to_vec(), is_ledger: true, ..Settled::default() }, Vec::new());
    let sheet_basis = SheetBasis {
        grid: &grid,
        ground: basis.ground,
        authority: Authority::Bureau,
        filled_on: None,
        fallback: None,
        named: None,
        sheet_hidden: false,
    };
    let mut units = UnitFinder::new(basis.ground.roster);
    for row in rows {
        let values = row
            .into_iter()
            .map(|(field, text)| FormValue { field, row: 0, column: column(field), text: Cow::Borrowed(text), cell: None })
            .collect();
        let mut unkept = FactSink::default();
        each(read_form(&sheet_basis, &plan, values, Vec::new(), &mut units, &mut unkept));
    }
}
