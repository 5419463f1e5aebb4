//! 与上期比较: every figure of this period beside that of the period before, and what of the required is filled in (五落实).

use crate::documents::sheet::Body;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::ColumnKind;
use crate::documents::sheet::Row;
use crate::documents::sheet::Sheet;
use crate::documents::statistics::StatisticsSource;
use crate::documents::statistics::day;
use crate::results::figures::Measure;
use crate::results::figures::rates;

/// Name of the sheet.
pub const COMPARISON_SHEET: &str = "与上期比较";

/// One row for each measure, then the rates, then the required fields of open major hazards.
pub fn comparison_sheet<'a>(source: StatisticsSource<'a>) -> Sheet<'a> {
    let columns = vec![
        Column::new("序号", ColumnKind::Number, 4),
        Column::new("指标", ColumnKind::Word, 18).growing(2),
        Column::new("上期", ColumnKind::Number, 10),
        Column::new("本期", ColumnKind::Number, 10),
        Column::new("增减", ColumnKind::Number, 10),
        Column::new("单位", ColumnKind::Word, 6),
        Column::new("口径", ColumnKind::Prose, 40).growing(5),
    ];
    let figures = source.figures;
    let before = figures.previous.as_ref().map(|(_, counts)| counts);
    let mut rows: Vec<Row<'a>> = vec![Row::group("隐患数")];
    for (index, measure) in Measure::ALL.into_iter().enumerate() {
        let this = i64::from(figures.totals.of(measure));
        let last = before.map(|counts| i64::from(counts.of(measure)));
        rows.push(Row::entry(vec![
            Cell::Integer(index as i64 + 1),
            Cell::text(Some(measure.label())),
            last.map_or(Cell::Text("—".into()), Cell::Integer),
            Cell::Integer(this),
            last.map_or(Cell::Text("—".into()), |last| Cell::Integer(this - last)),
            Cell::text(Some("项")),
            Cell::text(Some(measure.meaning())),
        ]));
    }
    rows.push(Row::group("比率"));
    let last_rates = before.map(rates);
    for (index, (_, label, share)) in rates(&figures.totals).into_iter().enumerate() {
        let last = last_rates.and_then(|rates| rates.get(index).and_then(|(_, _, share)| share.per_cent()));
        let change = share.per_cent().zip(last).map(|(this, last)| Cell::Decimal(((this - last) * 10.0).round() / 10.0));
        rows.push(Row::entry(vec![
            Cell::Integer(index as i64 + 1),
            Cell::text(Some(label)),
            Cell::rate(last),
            Cell::rate(share.per_cent()),
            change.unwrap_or(Cell::Text("—".into())),
            Cell::text(Some("%")),
            Cell::owned(format!("{}÷{}", share.part, share.whole)),
        ]));
    }
    rows.push(Row::group(format!("未整改的重大隐患（{}项）各项要求的落实", figures.totals.of(Measure::MajorOpen))));
    for (index, (field, count)) in figures.required.iter().enumerate() {
        rows.push(Row::entry(vec![
            Cell::Integer(index as i64 + 1),
            Cell::text(Some(field.title())),
            Cell::Empty,
            Cell::Integer(i64::from(*count)),
            Cell::Empty,
            Cell::text(Some("项")),
            Cell::text(Some("台账里这一栏已经填写的")),
        ]));
    }
    let notes = vec![match &figures.previous {
        Some((period, _)) => format!("注：上期为{}至{}，按当时已经报来的内容统计。", day(period.start), day(period.end)),
        None => "注：本期是第一期，没有上期可比。".to_owned(),
    }];
    let look = source.official("主要指标与上期比较", notes, false);
    Sheet { name: COMPARISON_SHEET.to_owned(), hidden: false, look, columns, body: Body::Rows(rows) }
}
