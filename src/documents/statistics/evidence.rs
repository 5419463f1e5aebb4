//! 编号依据: one row for each hazard, one column for each figure, a 1 where the hazard is counted in it.
//!
//! Filtering a column (and a unit) for 1 lists the 编号 behind any number of the other sheets, and the sum of the column is that number.

use crate::documents::sheet::Body;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::ColumnKind;
use crate::documents::sheet::Look;
use crate::documents::sheet::Sheet;
use crate::documents::statistics::StatisticsSource;
use crate::results::deadline_of;
use crate::results::figures::Dimension;
use crate::results::figures::Measure;
use crate::results::three_lists::status_on;
use crate::vocabulary::Field;

/// Name of the sheet.
pub const EVIDENCE_SHEET: &str = "编号依据";

/// Which hazards every figure is made of.
pub fn evidence_sheet<'a>(source: StatisticsSource<'a>) -> Sheet<'a> {
    let mut columns = vec![Column::new("编号", ColumnKind::Code, 20)];
    columns.extend(Dimension::ALL.map(|dimension| Column::new(dimension.label(), ColumnKind::Word, 12)));
    columns.extend([
        Column::new("隐患描述", ColumnKind::Prose, 30),
        Column::new("发现日期", ColumnKind::Word, 11),
        Column::new("计算用期限", ColumnKind::Date, 11),
        Column::new("整改完成日期", ColumnKind::Date, 11),
        Column::new("销号日期", ColumnKind::Date, 11),
        Column::new("截至日状态", ColumnKind::Word, 8),
    ]);
    columns.extend(Measure::ALL.map(|measure| Column::new(measure.label(), ColumnKind::Number, 8)));
    let body = Body::made(source.figures.counted.len(), move |index, row| {
        let Some(counted) = source.figures.counted.get(index) else { return };
        let Some(hazard) = source.ledger.hazards.get(counted.hazard) else { return };
        row.cells.push(Cell::text(Some(&hazard.id)));
        for (dimension, place) in Dimension::ALL.into_iter().zip(counted.rows) {
            row.cells.push(Cell::text(source.figures.rows(dimension).get(place as usize).map(|row| row.label.as_str())));
        }
        row.cells.push(Cell::text(hazard.text(Field::Description)));
        row.cells.push(Cell::text(hazard.text(Field::FoundOn)));
        row.cells.push(Cell::date(deadline_of(hazard, source.campaign).0));
        row.cells.push(Cell::date(hazard.rectified_on));
        row.cells.push(Cell::date(hazard.closed_out_on));
        row.cells.push(Cell::text(Some(status_on(hazard, source.figures.period.end).label())));
        for measure in Measure::ALL {
            row.cells.push(if counted.measures.holds(measure) { Cell::Integer(1) } else { Cell::Empty });
        }
    });
    Sheet { name: EVIDENCE_SHEET.to_owned(), hidden: false, look: Look::Plain, columns, body }
}
