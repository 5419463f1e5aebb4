//! 统计图: the figures of a period as sheets of numbers with charts beside them: 进展图, 类别图, 单位图, 时限图, 报送图.
//!
//! Each sheet has one table, so that whoever corrects a number corrects the chart. What is too much for a chart is summed
//! up in one row and never left out: every table adds up to the figures' own totals or nothing is made.

mod standing;

use std::ops::Range;

use crate::campaign::Campaign;
use crate::documents::chart::Chart;
use crate::documents::chart::ChartKind;
use crate::documents::chart::Charted;
use crate::documents::chart::Series;
use crate::documents::chart::Tone;
use crate::documents::imbalance::Imbalance;
use crate::documents::sheet::Body;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::ColumnKind;
use crate::documents::sheet::Look;
use crate::documents::sheet::Row;
use crate::documents::sheet::Sheet;
use crate::results::figures::DutyFigure;
use crate::results::figures::Figures;
use crate::results::figures::Measure;
use crate::results::figures::Point;

/// The course of the campaign.
pub const PROGRESS_SHEET: &str = "进展图";
/// Rectified and not, by category.
pub const CATEGORY_SHEET: &str = "类别图";
/// Overdue, other open and rectified, by unit.
pub const UNIT_SHEET: &str = "单位图";
/// How long overdue, and how long still to go.
pub const TIME_SHEET: &str = "时限图";
/// Reporting rates by due day; only where something was due.
pub const DUTY_SHEET: &str = "报送图";

/// More points than this are not legible; the latest are shown.
const MOST_POINTS: usize = 26;
const NUMBER_AXIS: &str = "数量（项）";

/// One sheet for each theme.
///
/// # Errors
/// [`Imbalance`] when a table does not add up to the figures' totals.
pub fn chart_sheets<'a>(campaign: &'a Campaign, figures: &'a Figures) -> Result<Vec<Sheet<'a>>, Imbalance> {
    let theme = Theme { campaign, figures };
    let mut sheets = vec![progress(theme)?, standing::categories(theme)?, standing::units(theme)?, time(theme)?];
    sheets.extend(duties(theme)?);
    Ok(sheets)
}

/// What every sheet is made from.
#[derive(Clone, Copy)]
struct Theme<'a> {
    campaign: &'a Campaign,
    figures: &'a Figures,
}

impl<'a> Theme<'a> {
    fn total(self, measure: Measure) -> u64 {
        u64::from(self.figures.totals.of(measure))
    }

    /// A sheet with a title of its own around its table, charts and notes.
    fn sheet(self, name: &str, title: &str, table: (Vec<Column>, Vec<Row<'a>>), charts: Vec<Chart>, notes: Vec<String>) -> Sheet<'a> {
        let (columns, rows) = table;
        let look = Look::Charts(Box::new(Charted {
            title: format!("{}{title}", self.campaign.title),
            left: format!("统计单位：{}", self.campaign.issuer),
            right: format!("截至日期：{}", self.figures.period.end.format("%Y年%-m月%-d日")),
            notes,
            charts,
        }));
        Sheet { name: name.to_owned(), hidden: false, look, columns, body: Body::Rows(rows) }
    }
}

fn equal(what: &str, total: u64, sum: u64) -> Result<(), Imbalance> {
    if total == sum { Ok(()) } else { Err(Imbalance::Total { what: what.to_owned(), total, sum }) }
}

fn count(number: u32) -> Cell<'static> {
    Cell::Integer(i64::from(number))
}

/// The title on one line, in half-width characters.
fn title_width(title: &str) -> u16 {
    title.chars().count() as u16 * 2
}

fn number_column(title: &'static str) -> Column {
    Column::new(title, ColumnKind::Number, title_width(title))
}

/// The columns from the second on, each with its tone.
fn series<const N: usize>(tones: [Tone; N]) -> Vec<Series> {
    tones.into_iter().enumerate().map(|(index, tone)| Series { column: index + 1, tone }).collect()
}

/// What a point says of one measure.
type PartOfPoint = fn(&Point) -> u32;

fn progress(theme: Theme<'_>) -> Result<Sheet<'_>, Imbalance> {
    let points = &theme.figures.series;
    let last = points.last();
    let parts: [(Measure, PartOfPoint); 4] = [
        (Measure::Total, |point| point.total),
        (Measure::Rectified, |point| point.rectified),
        (Measure::Closed, |point| point.closed),
        (Measure::Overdue, |point| point.overdue),
    ];
    for (measure, part) in parts {
        let what = format!("{PROGRESS_SHEET}最后一天的{}", measure.label());
        equal(&what, theme.total(measure), last.map_or(0, |point| u64::from(part(point))))?;
    }
    let mut columns = vec![Column::new("日期", ColumnKind::Date, 10)];
    columns.extend(parts.map(|(measure, _)| number_column(measure.label())));
    let shown = &points[points.len().saturating_sub(MOST_POINTS)..];
    let row = |point: &Point| {
        let mut cells = vec![Cell::Date(point.date)];
        cells.extend(parts.map(|(_, part)| count(part(point))));
        Row::entry(cells)
    };
    let rows: Vec<Row<'_>> = shown.iter().map(row).collect();
    let chart = Chart {
        title: "排查、整改、销号和逾期的进展".to_owned(),
        kind: ChartKind::Line,
        category: 0,
        series: series([Tone::Whole, Tone::Done, Tone::Closed, Tone::Late]),
        rows: 0..rows.len(),
        category_axis: "日期".to_owned(),
        value_axis: NUMBER_AXIS.to_owned(),
        // Four numbers a day are legible for few days only.
        values: rows.len() <= 4,
    };
    let charts = if rows.is_empty() { Vec::new() } else { vec![chart] };
    let mut notes = vec!["注：各日的数按现有台账里的日期倒推，可能与当时报出的不同；逾期未改是当日的数，其余是累计数。".to_owned()];
    if shown.len() < points.len() {
        notes.push(format!("更早的{}个日期未列。", points.len() - shown.len()));
    }
    Ok(theme.sheet(PROGRESS_SHEET, "整改进展", (columns, rows), charts, notes))
}

fn time(theme: Theme<'_>) -> Result<Sheet<'_>, Imbalance> {
    let late = [Measure::OverdueWeek, Measure::OverdueMonth, Measure::OverdueLonger];
    let left = [Measure::LeftTen, Measure::LeftTwenty, Measure::LeftMore];
    let sum = |measures: [Measure; 3]| measures.into_iter().map(|measure| theme.total(measure)).sum::<u64>();
    equal(&format!("{TIME_SHEET}的逾期未改"), theme.total(Measure::Overdue), sum(late))?;
    let waiting = theme.total(Measure::DueSoon) + theme.total(Measure::InTime);
    equal(&format!("{TIME_SHEET}的临期和未到期"), waiting, sum(left))?;
    let columns = vec![Column::new("逾期或剩余时间", ColumnKind::Word, 16), number_column("数量")];
    let row = |measure: Measure| Row::entry(vec![Cell::text(Some(measure.label())), count(theme.figures.totals.of(measure))]);
    let mut rows: Vec<Row<'_>> = late.into_iter().chain(left).map(row).collect();
    rows.push(Row::total(vec![Cell::text(Some("合计")), Cell::Integer((sum(late) + sum(left)) as i64)]));
    let chart = |title: &str, rows: Range<usize>, tone: Tone| Chart {
        title: title.to_owned(),
        kind: ChartKind::Column,
        category: 0,
        series: series([tone]),
        rows,
        category_axis: String::new(),
        value_axis: NUMBER_AXIS.to_owned(),
        values: true,
    };
    let mut charts = Vec::new();
    let mut notes = vec!["注：有整改期限、尚未办结的隐患，按截至日算。".to_owned()];
    if sum(late) > 0 {
        charts.push(chart("逾期隐患的逾期时间", 0..3, Tone::Late));
    } else {
        notes.push("没有逾期未改的隐患，不画逾期图。".to_owned());
    }
    if sum(left) > 0 {
        charts.push(chart("未到期隐患的剩余时间", 3..6, Tone::Open));
    } else {
        notes.push("没有未到期的隐患，不画剩余时间图。".to_owned());
    }
    if theme.total(Measure::Undated) > 0 {
        notes.push(format!("另有{}项没有整改期限，不在表中。", theme.total(Measure::Undated)));
    }
    Ok(theme.sheet(TIME_SHEET, "隐患逾期和剩余时间", (columns, rows), charts, notes))
}

fn duties(theme: Theme<'_>) -> Result<Option<Sheet<'_>>, Imbalance> {
    let due: Vec<&DutyFigure> = theme.figures.duties.iter().filter(|duty| duty.owed > 0).collect();
    if due.is_empty() {
        return Ok(None);
    }
    let shown = latest(&due);
    let one = shown.iter().all(|duty| duty.obligation == shown[0].obligation);
    let name = |duty: &DutyFigure| theme.campaign.obligations.get(duty.obligation).map_or("", |obligation| obligation.name.as_str());
    let mut columns = vec![Column::new(if one { "截止日期" } else { "报送事项" }, ColumnKind::Word, 12)];
    columns.extend(["报送率", "按时报送率"].map(|title| Column::new(title, ColumnKind::Rate, title_width(title))));
    columns.extend(["应报", "按时报", "迟报", "未报", "未到时间"].map(number_column));
    let mut rows = Vec::new();
    for duty in &shown {
        let in_time = duty.reported + duty.zero;
        let parts = [in_time, duty.late, duty.missing, duty.waiting];
        let label = duty.due.format("%-m月%-d日").to_string();
        let label = if one { label } else { format!("{}{label}", name(duty)) };
        equal(&format!("{DUTY_SHEET}中{label}的应报"), u64::from(duty.owed), parts.into_iter().map(u64::from).sum())?;
        let mut cells =
            vec![Cell::owned(label), Cell::rate(duty.came().per_cent()), Cell::rate(duty.in_time().per_cent()), count(duty.owed)];
        cells.extend(parts.map(count));
        rows.push(Row::entry(cells));
    }
    let chart = Chart {
        title: if one { format!("{}的报送率", name(shown[0])) } else { "报送率".to_owned() },
        kind: if one { ChartKind::Column } else { ChartKind::Bar },
        category: 0,
        series: series([Tone::Whole, Tone::Done]),
        rows: 0..rows.len(),
        category_axis: if one { "截止日期".to_owned() } else { String::new() },
        value_axis: "报送率（%）".to_owned(),
        values: rows.len() <= 12,
    };
    let mut notes = vec!["注：报送率＝（按时报＋迟报）÷应报；按时报送率＝按时报÷应报；按时报含零报告。".to_owned()];
    if shown.len() < due.len() {
        notes.push(format!("更早的{}次报送未列。", due.len() - shown.len()));
    }
    Ok(Some(theme.sheet(DUTY_SHEET, "报送情况", (columns, rows), vec![chart], notes)))
}

/// Those due last, in the order in which they stood; of one day the first.
fn latest<'f>(due: &[&'f DutyFigure]) -> Vec<&'f DutyFigure> {
    let mut order: Vec<usize> = (0..due.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(due[*index].due));
    order.truncate(MOST_POINTS);
    order.sort_unstable();
    order.into_iter().map(|index| due[index]).collect()
}

#[cfg(test)]
mod tests;
