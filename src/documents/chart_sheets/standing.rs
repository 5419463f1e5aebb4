//! Where the hazards of each category and unit stand, in parts that add up: the largest rows alone, the rest in one row.

use crate::documents::chart::Chart;
use crate::documents::chart::ChartKind;
use crate::documents::chart::Series;
use crate::documents::chart::Tone;
use crate::documents::chart_sheets::CATEGORY_SHEET;
use crate::documents::chart_sheets::NUMBER_AXIS;
use crate::documents::chart_sheets::Theme;
use crate::documents::chart_sheets::UNIT_SHEET;
use crate::documents::chart_sheets::count;
use crate::documents::chart_sheets::equal;
use crate::documents::chart_sheets::number_column;
use crate::documents::chart_sheets::series;
use crate::documents::imbalance::Imbalance;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::ColumnKind;
use crate::documents::sheet::Row;
use crate::documents::sheet::Sheet;
use crate::results::figures::Dimension;
use crate::results::figures::Measure;
use crate::vocabulary::Status;

/// More rows than this are summed up in one.
const MOST_ROWS: usize = 20;
/// A rest so many times longer than the longest row would make all others invisible.
const LONGEST_REST: u64 = 4;

/// One row of a chart: its parts, which add up to its hazards.
struct Standing<const N: usize> {
    label: String,
    parts: [u32; N],
}

/// 类别图: 未整改 and 已整改 of each category that has hazards.
pub fn categories(theme: Theme<'_>) -> Result<Sheet<'_>, Imbalance> {
    let rows = theme.figures.rows(Dimension::Category);
    let counted = rows.iter().map(|row| {
        let rectified = row.counts.of(Measure::Rectified);
        Standing { label: row.label.clone(), parts: [row.counts.of(Measure::Total).saturating_sub(rectified), rectified] }
    });
    let counted: Vec<Standing<2>> = counted.filter(|standing| standing.parts != [0, 0]).collect();
    let shown = if counted.len() > MOST_ROWS { largest(counted, |parts| parts[0], "类") } else { counted };
    let rectified = theme.total(Measure::Rectified);
    let totals = [theme.total(Measure::Total).saturating_sub(rectified), rectified];
    let drawn = drawn(&shown);
    let undrawn = undrawn(&shown, drawn);
    let table = table(CATEGORY_SHEET, "类别", ["未整改", "已整改"], shown, totals)?;
    let chart = stacked("各类隐患整改情况", series([Tone::Open, Tone::Done]), drawn);
    let mut notes = vec!["注：每项隐患只计入一个类别；没有隐患的类别未列。".to_owned()];
    notes.extend(undrawn);
    Ok(theme.sheet(CATEGORY_SHEET, "隐患分类整改情况", table, chart, notes))
}

/// 单位图: 逾期, 其他未整改 and 已整改 of the units with most to do.
pub fn units(theme: Theme<'_>) -> Result<Sheet<'_>, Imbalance> {
    let rows = theme.figures.rows(Dimension::Unit);
    let mut standings: Vec<Standing<3>> = rows.iter().map(|row| Standing { label: row.label.clone(), parts: [0; 3] }).collect();
    // Where hazards count as overdue until they are closed, some are rectified and overdue; each is counted once.
    for counted in theme.figures.counted.iter().filter(|counted| counted.measures.holds(Measure::Total)) {
        let part = match (counted.measures.holds(Measure::Overdue), counted.measures.holds(Measure::Rectified)) {
            (true, _) => 0,
            (false, false) => 1,
            (false, true) => 2,
        };
        let row = counted.rows[Dimension::Unit as usize] as usize;
        if let Some(standing) = standings.get_mut(row) {
            standing.parts[part] += 1;
        }
    }
    for (row, standing) in rows.iter().zip(&standings) {
        equal(&format!("{UNIT_SHEET}中{}", row.label), u64::from(row.counts.of(Measure::Total)), sum(&standing.parts))?;
    }
    let all = standings.len();
    let counted: Vec<Standing<3>> = standings.into_iter().filter(|standing| standing.parts != [0; 3]).collect();
    let without = all - counted.len();
    let shown = largest(counted, |parts| parts[0] + parts[1], "家");
    let overdue = theme.total(Measure::Overdue);
    let until_closed = theme.campaign.overdue.until == Status::ClosedOut;
    // Held against the totals where they tell the parts: there the classes are the measures themselves.
    let totals = if until_closed {
        [0, 1, 2].map(|part| shown.iter().map(|standing| u64::from(standing.parts[part])).sum())
    } else {
        let rectified = theme.total(Measure::Rectified);
        [overdue, theme.total(Measure::Total).saturating_sub(rectified + overdue), rectified]
    };
    equal(&format!("{UNIT_SHEET}的逾期"), overdue, totals[0])?;
    equal(&format!("{UNIT_SHEET}的全部隐患"), theme.total(Measure::Total), totals.iter().sum())?;
    let drawn = drawn(&shown);
    let undrawn = undrawn(&shown, drawn);
    let table = table(UNIT_SHEET, "单位", ["逾期", "其他未整改", "已整改"], shown, totals)?;
    let chart = stacked("各单位隐患整改情况", series([Tone::Late, Tone::Open, Tone::Done]), drawn);
    let mut notes = vec![format!("注：按未整改数从多到少列前{MOST_ROWS}家，其余合为一行。")];
    if until_closed {
        notes.push("本专项以销号为准：已整改、未销号而期限已过的算逾期。".to_owned());
    }
    notes.extend(undrawn);
    if without > 0 {
        notes.push(format!("另有{without}家单位没有隐患，未列。"));
    }
    Ok(theme.sheet(UNIT_SHEET, "各单位隐患整改情况", table, chart, notes))
}

/// The rows with most to do, and one for the rest: 其余12家. Of equals the one that stood first comes first.
fn largest<const N: usize>(mut rows: Vec<Standing<N>>, to_do: fn(&[u32; N]) -> u32, counter: &str) -> Vec<Standing<N>> {
    rows.sort_by_key(|row| std::cmp::Reverse((to_do(&row.parts), row.parts[0])));
    let rest = rows.split_off(MOST_ROWS.min(rows.len()));
    if rest.is_empty() {
        return rows;
    }
    let mut parts = [0; N];
    for row in &rest {
        for (part, more) in parts.iter_mut().zip(row.parts) {
            *part += more;
        }
    }
    rows.push(Standing { label: format!("其余{}{counter}", rest.len()), parts });
    rows
}

/// How many rows are drawn: the rest stands in the table alone where it would dwarf all others.
fn drawn<const N: usize>(rows: &[Standing<N>]) -> usize {
    let Some((rest, alone)) = rows.split_last().filter(|(_, alone)| alone.len() == MOST_ROWS) else { return rows.len() };
    let longest = alone.iter().map(|row| sum(&row.parts)).max().unwrap_or(0);
    if sum(&rest.parts) > LONGEST_REST * longest { alone.len() } else { rows.len() }
}

/// Says so when the last row is not drawn.
fn undrawn<const N: usize>(rows: &[Standing<N>], drawn: usize) -> Option<String> {
    let rest = rows.get(drawn)?;
    Some(format!("{}共{}项，画进图里其余的就看不清了，只列在表中。", rest.label, sum(&rest.parts)))
}

fn sum(parts: &[u32]) -> u64 {
    parts.iter().copied().map(u64::from).sum()
}

/// The table with its total in the last row, which is held against the figures.
fn table<const N: usize>(
    sheet: &str,
    title: &'static str,
    names: [&'static str; N],
    rows: Vec<Standing<N>>,
    totals: [u64; N],
) -> Result<(Vec<Column>, Vec<Row<'static>>), Imbalance> {
    for (part, (name, total)) in names.into_iter().zip(totals).enumerate() {
        equal(&format!("{sheet}的{name}"), total, rows.iter().map(|row| u64::from(row.parts[part])).sum())?;
    }
    let mut columns = vec![Column::new(title, ColumnKind::Word, 12)];
    columns.extend(names.into_iter().chain(["合计"]).map(number_column));
    let mut made: Vec<Row<'static>> = Vec::new();
    for row in rows {
        let mut cells = vec![Cell::owned(row.label)];
        cells.extend(row.parts.map(count));
        cells.push(Cell::Integer(sum(&row.parts) as i64));
        made.push(Row::entry(cells));
    }
    let mut cells = vec![Cell::text(Some("合计"))];
    cells.extend(totals.iter().chain([&totals.iter().sum()]).map(|total| Cell::Integer(*total as i64)));
    made.push(Row::total(cells));
    Ok((columns, made))
}

fn stacked(title: &str, series: Vec<Series>, rows: usize) -> Vec<Chart> {
    if rows == 0 {
        return Vec::new();
    }
    vec![Chart {
        title: title.to_owned(),
        kind: ChartKind::StackedBar,
        category: 0,
        series,
        rows: 0..rows,
        category_axis: String::new(),
        value_axis: NUMBER_AXIS.to_owned(),
        values: true,
    }]
}
