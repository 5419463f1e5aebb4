//! A column of a statistical table: what it is called and which figure of a row stands in it.

use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::ColumnKind;
use crate::results::figures::Counts;
use crate::results::figures::Funds;
use crate::results::figures::Measure;
use crate::results::figures::UnitDuties;
use crate::results::overview::Share;

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    Count(Measure),
    Rate(Measure, Measure),
    /// 其他增减: reopened less withdrawn and left, so that the row's balance can be checked by hand.
    OtherChange,
    /// 整改资金, 万元.
    Funds,
    Rank,
    Owed,
    OwedInTime,
    OwedLate,
    OwedMissing,
    OwedRate,
}

/// One column with its figure.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureColumn {
    pub column: Column,
    pub shown: Shown,
}

impl FigureColumn {
    /// A column of a count, under a title of the upper row.
    pub fn count(group: &'static str, title: &'static str, measure: Measure) -> FigureColumn {
        let column = Column::new(title, ColumnKind::Number, 6).growing(1).under(group).counted_in("项");
        FigureColumn { column, shown: Shown::Count(measure) }
    }

    /// A column of a rate.
    pub fn rate(group: &'static str, title: &'static str, part: Measure, whole: Measure) -> FigureColumn {
        let column = Column::new(title, ColumnKind::Rate, 7).growing(1).under(group).counted_in("%");
        FigureColumn { column, shown: Shown::Rate(part, whole) }
    }

    /// A column of anything else.
    pub fn other(group: &'static str, title: &'static str, unit: &'static str, shown: Shown) -> FigureColumn {
        let kind = if shown == Shown::OwedRate { ColumnKind::Rate } else { ColumnKind::Number };
        let column = Column::new(title, kind, 6).growing(1).under(group).counted_in(unit);
        FigureColumn { column, shown }
    }
}

/// One row's figures.
#[derive(Clone, Copy)]
pub struct RowSource<'a> {
    pub counts: &'a Counts,
    pub funds: Funds,
    /// Of units only.
    pub rank: Option<u32>,
    pub duties: Option<UnitDuties>,
}

/// The cell of a row.
pub fn cell(shown: Shown, row: RowSource<'_>) -> Cell<'static> {
    let whole = |number: u32| Cell::Integer(i64::from(number));
    let of_duties = |pick: fn(UnitDuties) -> u32| row.duties.map_or(Cell::Empty, |duties| whole(pick(duties)));
    match shown {
        Shown::Count(measure) => whole(row.counts.of(measure)),
        Shown::Rate(part, of) => Cell::rate(Share { part: row.counts.of(part), whole: row.counts.of(of) }.per_cent()),
        Shown::OtherChange => Cell::Integer(
            i64::from(row.counts.of(Measure::Reopened))
                - i64::from(row.counts.of(Measure::WithdrawnInPeriod))
                - i64::from(row.counts.of(Measure::Left)),
        ),
        Shown::Funds => Cell::Decimal(row.funds.ten_thousands()),
        Shown::Rank => row.rank.map_or(Cell::Empty, whole),
        Shown::Owed => of_duties(|duties| duties.owed),
        Shown::OwedInTime => of_duties(|duties| duties.in_time),
        Shown::OwedLate => of_duties(|duties| duties.late),
        Shown::OwedMissing => of_duties(|duties| duties.missing),
        Shown::OwedRate => {
            let rate = |duties: UnitDuties| Share { part: duties.in_time, whole: duties.owed }.per_cent();
            row.duties.map_or(Cell::Empty, |duties| Cell::rate(rate(duties)))
        }
    }
}
