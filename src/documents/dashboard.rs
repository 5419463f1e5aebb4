//! 看板: the statistics of a period on one page for those who decide, in neutral parts: tiles, the balance, charts, tables.
//!
//! Every number is looked up in the [`Figures`] by its key ([`figure`]) and carries that key along, so that the page can be
//! read back. Arranges and shortens; computes nothing and knows no HTML. Responsible persons are left out: the page is handed round.

pub mod figure;
mod tables;
mod texts;

use chrono::NaiveDate;
use serde::Serialize;

use crate::campaign::Campaign;
use crate::documents::dashboard::figure::FigureBook;
use crate::documents::dashboard::texts::harmless;
use crate::documents::statistics::StatisticsSource;
use crate::results::OverdueState;
use crate::results::StateCounts;
use crate::results::figures::Counts;
use crate::results::figures::Dimension;
use crate::results::figures::Figures;
use crate::results::figures::Measure;
use crate::results::figures::RowFigures;
use crate::vocabulary::Status;

/// The whole page. `Serialize` is what the template reads; it is no interface.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dashboard {
    pub title: String,
    pub issuer: String,
    /// 周统计, 月通报 …
    pub paper: &'static str,
    pub period: String,
    pub as_of: String,
    pub tiles: Vec<Tile>,
    /// 上期结转 ＋ … ＝ 期末未销号.
    pub balance: Vec<Term>,
    /// 其中补报, under the balance.
    pub from_before: Option<Figure>,
    /// This period, the last one and the difference; `None` where there is no last one.
    pub comparison: Option<Table>,
    pub course: Vec<CoursePoint>,
    pub course_table: Table,
    pub ageing: Vec<Bar>,
    pub breakdowns: Vec<Breakdown>,
    /// `None` where nothing was due within the period.
    pub duties: Option<Table>,
    /// Who is missing, for each row of `duties` where somebody is.
    pub missing: Vec<Missing>,
    pub overdue: Table,
    /// Overdue hazards that are not listed for want of room.
    pub unlisted: Option<Figure>,
    pub units: Table,
    /// What is counted how.
    pub notes: Vec<String>,
}

/// One number with its key.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    pub key: String,
    pub shown: String,
}

/// A headline number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tile {
    pub label: String,
    pub figure: Figure,
    /// 项 after counts; rates carry their own sign.
    pub unit: &'static str,
    /// What it is a share of (`is_share`: numerator, then denominator), or what it is made of.
    pub parts: Vec<Part>,
    pub is_share: bool,
    /// Against the last period; of reports, those in time.
    pub foot: Option<Part>,
    pub foot_unit: &'static str,
    /// More of it is worse.
    pub is_alarm: bool,
}

/// Those who did not report by one due day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Missing {
    pub obligation: String,
    pub due: String,
    pub figure: Figure,
    pub names: String,
}

/// A number with its name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    pub label: String,
    pub figure: Figure,
}

/// A term of the balance; the first has no sign.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Term {
    pub sign: &'static str,
    pub label: &'static str,
    pub figure: Figure,
}

/// The ledger on one day, for the chart; the numbers stand in the table beside it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoursePoint {
    pub date: NaiveDate,
    /// Total, rectified, closed, overdue.
    pub counts: [u32; 4],
}

/// A bar of the ageing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    pub label: &'static str,
    pub figure: Figure,
    pub count: u32,
    /// 0 overdue, 1 soon, 2 later, 3 without a day.
    pub urgency: u8,
}

/// One breakdown: a bar for each row that has hazards, and the table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Breakdown {
    pub dimension: &'static str,
    pub title: String,
    pub bars: Vec<StackedBar>,
    /// Rows without a hazard, which have no bar.
    pub empty_rows: usize,
    /// Rows with hazards that have no bar for want of room.
    pub further_rows: usize,
    pub table: Table,
}

/// One row as a bar, parted by [`OverdueState`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StackedBar {
    pub label: String,
    pub total: Figure,
    pub parts: StateCounts,
}

/// A table whose cells have the keys of the table, their row and their column, with dots between.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    pub id: &'static str,
    pub caption: String,
    /// Title of the first column, which names the rows.
    pub row_title: &'static str,
    /// `None`: the rows have keys of their own.
    pub key: Option<String>,
    pub columns: Vec<TableColumn>,
    pub rows: Vec<TableRow>,
}

/// A column behind the first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableColumn {
    pub title: &'static str,
    /// `None`: words, not figures.
    pub key: Option<&'static str>,
    /// Anything but zero is bad news.
    pub is_alarm: bool,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableRow {
    pub key: String,
    pub label: String,
    /// Beside the label in small print: the unit's town or group.
    pub aside: String,
    pub cells: Vec<String>,
}

/// Arranges the page.
pub fn dashboard(source: StatisticsSource<'_>) -> Dashboard {
    let StatisticsSource { campaign, figures, .. } = source;
    let book = FigureBook::new(figures);
    let unlisted = figure_of(&book, "overdue.unlisted".to_owned());
    let has_duties = !figures.duties.is_empty();
    Dashboard {
        title: harmless(&campaign.title, 80, true),
        issuer: harmless(&campaign.issuer, 40, true),
        paper: figures.period.kind.label(),
        period: period_words(figures.period.start, figures.period.end),
        as_of: day_words(figures.period.end),
        tiles: tiles(source, &book),
        balance: balance(figures, &book),
        from_before: (figures.totals.of(Measure::NewFromBefore) > 0).then(|| total(&book, Measure::NewFromBefore)),
        comparison: figures.previous.as_ref().map(|_| tables::comparison(source, &book)),
        course: course(figures),
        course_table: tables::course(source, &book),
        ageing: ageing(figures, &book),
        breakdowns: breakdowns(source, &book),
        duties: has_duties.then(|| tables::duties(source, &book)),
        missing: tables::missing(source, &book),
        overdue: tables::overdue(source, &book),
        unlisted: (unlisted.shown != "0").then_some(unlisted),
        units: tables::units(source, &book),
        notes: notes(source),
    }
}

fn figure_of(book: &FigureBook<'_>, key: String) -> Figure {
    let shown = book.value(&key).map_or_else(|| "—".to_owned(), |value| value.shown().into_owned());
    Figure { key, shown }
}

fn total(book: &FigureBook<'_>, measure: Measure) -> Figure {
    figure_of(book, format!("totals.{}", measure.key()))
}

fn tiles(source: StatisticsSource<'_>, book: &FigureBook<'_>) -> Vec<Tile> {
    let figures = source.figures;
    let measured = |measure: Measure| Part { label: measure.label().to_owned(), figure: total(book, measure) };
    let change = |key: &str| {
        let label = figures.previous.as_ref().map(|_| format!("较{}", figures.period.kind.last_period()))?;
        Some(Part { label, figure: figure_of(book, format!("change.{key}")) })
    };
    let count = |measure: Measure, parts: &[Measure], is_alarm: bool| Tile {
        label: measure.label().to_owned(),
        figure: total(book, measure),
        unit: "项",
        parts: parts.iter().map(|part| measured(*part)).collect(),
        is_share: false,
        foot: change(measure.key()),
        foot_unit: "",
        is_alarm: is_alarm && figures.totals.of(measure) > 0,
    };
    let rate = |key: &str, label: &str, parts: [Measure; 2]| Tile {
        label: label.to_owned(),
        figure: figure_of(book, format!("totals.rates.{key}")),
        unit: "",
        parts: parts.map(measured).to_vec(),
        is_share: true,
        foot: change(&format!("rates.{key}")),
        foot_unit: "个百分点",
        is_alarm: false,
    };
    let mut levels = vec![Measure::General, Measure::Major];
    levels.extend((figures.totals.of(Measure::LevelUnknown) > 0).then_some(Measure::LevelUnknown));
    let mut tiles = vec![
        count(Measure::Total, &levels, false),
        rate("rectified", "整改率", [Measure::Rectified, Measure::Total]),
        rate("rectified_in_time", "按期整改率", [Measure::RectifiedInTime, Measure::FallenDue]),
        count(Measure::Overdue, &[Measure::OverdueLonger, Measure::OverdueMonth, Measure::OverdueWeek], true),
        Tile {
            label: format!("临期（{}内）", due_soon_words(source.campaign)),
            ..count(Measure::DueSoon, &[Measure::InTime, Measure::Undated], false)
        },
        count(Measure::MajorOpen, &[Measure::Major, Measure::MajorComplete, Measure::MajorSupervised], true),
    ];
    if !figures.duties.is_empty() {
        let part = |label: &str, key: &str| Part { label: label.to_owned(), figure: figure_of(book, format!("duties.all.{key}")) };
        tiles.push(Tile {
            label: format!("{}报送率", figures.period.kind.this_period()),
            figure: figure_of(book, "duties.all.rates.reported".to_owned()),
            unit: "",
            parts: vec![part("报来", "came"), part("应报（家次）", "owed")],
            is_share: true,
            foot: Some(part("按时报送率", "rates.reported_in_time")),
            foot_unit: "",
            is_alarm: false,
        });
    }
    tiles
}

/// The first equation of 勾稽; what happens rarely stands in it only where it happened.
fn balance(figures: &Figures, book: &FigureBook<'_>) -> Vec<Term> {
    [
        ("", Measure::CarriedOver, true),
        ("＋", Measure::New, true),
        ("＋", Measure::Reopened, false),
        ("－", Measure::ClosedInPeriod, true),
        ("－", Measure::WithdrawnInPeriod, false),
        ("－", Measure::Left, false),
        ("＝", Measure::OpenAtEnd, true),
    ]
    .into_iter()
    .filter(|(_, measure, always)| *always || figures.totals.of(*measure) > 0)
    .map(|(sign, measure, _)| Term { sign, label: measure.label(), figure: total(book, measure) })
    .collect()
}

fn course(figures: &Figures) -> Vec<CoursePoint> {
    figures
        .series
        .iter()
        .map(|point| CoursePoint { date: point.date, counts: [point.total, point.rectified, point.closed, point.overdue] })
        .collect()
}

/// What is not rectified by its deadline, the longest overdue first.
fn ageing(figures: &Figures, book: &FigureBook<'_>) -> Vec<Bar> {
    [
        (Measure::OverdueLonger, 0),
        (Measure::OverdueMonth, 0),
        (Measure::OverdueWeek, 0),
        (Measure::LeftTen, 1),
        (Measure::LeftTwenty, 2),
        (Measure::LeftMore, 2),
        (Measure::Undated, 3),
    ]
    .map(|(measure, urgency)| Bar { label: measure.label(), figure: total(book, measure), count: figures.totals.of(measure), urgency })
    .to_vec()
}

/// Bars that one chart holds.
const MOST_BARS: usize = 20;

fn breakdowns(source: StatisticsSource<'_>, book: &FigureBook<'_>) -> Vec<Breakdown> {
    // One row is no breakdown, and phases that the campaign does not name are none.
    let is_parted = |dimension: &Dimension| match dimension {
        Dimension::Phase => !source.campaign.phases.is_empty(),
        _ => source.figures.rows(*dimension).len() > 1,
    };
    [Dimension::Category, Dimension::Level, Dimension::Source, Dimension::Phase, Dimension::Group]
        .into_iter()
        .filter(is_parted)
        .map(|dimension| {
            let rows = source.figures.rows(dimension);
            let filled: Vec<(usize, &RowFigures)> = rows.iter().enumerate().filter(|(_, row)| row.counts.of(Measure::Total) > 0).collect();
            Breakdown {
                dimension: dimension.key(),
                title: format!("按{}", dimension.label()),
                bars: filled.iter().take(MOST_BARS).map(|(index, row)| stacked_bar(book, dimension, *index, row)).collect(),
                empty_rows: rows.len() - filled.len(),
                further_rows: filled.len().saturating_sub(MOST_BARS),
                table: tables::breakdown(book, dimension, rows),
            }
        })
        .collect()
}

fn stacked_bar(book: &FigureBook<'_>, dimension: Dimension, index: usize, row: &RowFigures) -> StackedBar {
    StackedBar {
        label: harmless(&row.label, 22, true),
        total: figure_of(book, format!("by.{}.{}.{}", dimension.key(), index + 1, Measure::Total.key())),
        parts: states(&row.counts),
    }
}

/// In the order of [`OverdueState::ALL`]; together they are the total.
fn states(counts: &Counts) -> StateCounts {
    OverdueState::ALL.map(|state| {
        counts.of(match state {
            OverdueState::Overdue => Measure::Overdue,
            OverdueState::DueSoon => Measure::DueSoon,
            OverdueState::InTime => Measure::InTime,
            OverdueState::Undated => Measure::Undated,
            OverdueState::DeadlineUnreadable => Measure::DeadlineUnreadable,
            OverdueState::StatusUnclear => Measure::StatusUnclear,
            OverdueState::AwaitingVerification => Measure::AwaitingVerification,
            OverdueState::Closed => Measure::Closed,
        })
    })
}

fn day_words(day: NaiveDate) -> String {
    day.format("%Y年%-m月%-d日").to_string()
}

fn period_words(start: NaiveDate, end: NaiveDate) -> String {
    if start == end { day_words(start) } else { format!("{}至{}", day_words(start), day_words(end)) }
}

fn due_soon_words(campaign: &Campaign) -> String {
    let days = if campaign.overdue.working_days { "个工作日" } else { "天" };
    format!("{}{days}", campaign.overdue.due_soon)
}

fn notes(source: StatisticsSource<'_>) -> Vec<String> {
    let StatisticsSource { campaign, figures, .. } = source;
    let until = if campaign.overdue.until == Status::ClosedOut { "没有销号" } else { "没有整改完成" };
    let mut notes = vec![
        "整改率＝累计整改÷累计排查；按期整改率＝按期整改÷已到期。核实撤销的隐患不计入任何一个数，只单列项数。".to_owned(),
        format!("逾期：整改期限当天过后仍{until}；临期：离整改期限不超过{}。", due_soon_words(campaign)),
        "已整改还没有销号的，算待验收。".to_owned(),
        "整改进度按现在的台账、照各项日期往回推算，与当时上报的数可能不同。".to_owned(),
    ];
    if !figures.duties.is_empty() {
        notes.push("报送率＝报来（含迟报、零报告）÷应报；一家单位一项报送要求一次算一家次。".to_owned());
    }
    if !figures.overdue.unknown_years.is_empty() {
        let years: Vec<String> = figures.overdue.unknown_years.iter().map(|year| format!("{year}年")).collect();
        notes.push(format!("{}的放假安排没有公布，涉及的工作日天数没有计算。", years.join("、")));
    }
    notes.push("电话号码中间四位用 * 代替。".to_owned());
    notes.push("每个数字是哪几条隐患，见同一期统计表的编号依据。".to_owned());
    notes
}
