//! The neutral picture of a chart: which columns and rows of its sheet's table it draws, and what they mean.
//!
//! A chart holds no number of its own. It points at the table beside it, so that whoever corrects a number there corrects
//! the chart too. Knows no colour, no size and no file format; those belong to `render`.

use std::ops::Range;

use crate::documents::sheet::Column;

/// What stands around the table of a sheet with charts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Charted {
    pub title: String,
    /// Left end of the line under the title, e.g. 统计单位：….
    pub left: String,
    /// Right end of the line under the title, e.g. 截至日期：….
    pub right: String,
    /// Lines under the table.
    pub notes: Vec<String>,
    /// In reading order. A table of more than about thirty rows makes no readable chart; the caller sums up the rest.
    pub charts: Vec<Chart>,
}

/// One chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    pub title: String,
    pub kind: ChartKind,
    /// Index of the column whose cells name what is compared.
    pub category: usize,
    /// At least one; their names are the titles of their columns.
    pub series: Vec<Series>,
    /// The rows of the body that are drawn; at least one, and no totals among them.
    pub rows: Range<usize>,
    /// Title of the axis of categories; empty for none.
    pub category_axis: String,
    /// Title of the axis of values, with its unit, e.g. 数量（项）.
    pub value_axis: String,
    /// The values stand beside what is drawn.
    pub values: bool,
}

/// How a chart draws its series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChartKind {
    /// A course in time.
    Line,
    /// Upright, series side by side.
    Column,
    /// Upright, series on top of each other: parts of a whole.
    StackedColumn,
    /// Lying, series under each other.
    Bar,
    /// Lying, series behind each other: parts of a whole whose names are long.
    StackedBar,
}

/// One column of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Series {
    /// Index of the column.
    pub column: usize,
    pub tone: Tone,
}

/// What the numbers of a series say of the work; the same thing looks the same in every chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// The whole, or neither good nor bad.
    Whole,
    Done,
    /// Done and confirmed.
    Closed,
    /// Still to be done, and in time.
    Open,
    /// Still to be done, and late.
    Late,
}

impl Chart {
    /// Whether everything that the chart points at is in a table with these columns and this many rows.
    pub fn fits(&self, columns: &[Column], rows: usize) -> bool {
        let known = |column: usize| column < columns.len();
        let drawn = self.rows.start < self.rows.end && self.rows.end <= rows;
        drawn && known(self.category) && !self.series.is_empty() && self.series.iter().all(|series| known(series.column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::sheet::ColumnKind;

    #[test]
    fn a_chart_draws_only_what_is_in_the_table() {
        let columns = [Column::new("单位", ColumnKind::Word, 8), Column::new("数量", ColumnKind::Number, 8)];
        for (category, series, rows, expected) in [
            (0, vec![1], 0..3, true),
            (0, vec![1], 1..2, true),
            (0, vec![1], 0..4, false),
            (0, vec![1], 2..2, false),
            (0, vec![], 0..3, false),
            (0, vec![1, 2], 0..3, false),
            (2, vec![1], 0..3, false),
        ] {
            let series = series.into_iter().map(|column| Series { column, tone: Tone::Whole }).collect();
            let chart = Chart {
                title: "图".to_owned(),
                kind: ChartKind::Line,
                category,
                series,
                rows,
                category_axis: String::new(),
                value_axis: String::new(),
                values: false,
            };
            assert_eq!(chart.fits(&columns, 3), expected, "{chart:?}");
        }
    }
}
