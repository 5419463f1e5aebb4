//! The tables of the dashboard: rows and columns by their keys, each cell the number of both.

use std::cmp::Reverse;

use crate::campaign::Campaign;
use crate::campaign::Roster;
use crate::documents::dashboard::Missing;
use crate::documents::dashboard::Table;
use crate::documents::dashboard::TableColumn;
use crate::documents::dashboard::TableRow;
use crate::documents::dashboard::figure::FigureBook;
use crate::documents::dashboard::figure::MOST_OVERDUE;
use crate::documents::dashboard::figure_of;
use crate::documents::dashboard::texts::harmless;
use crate::documents::statistics::StatisticsSource;
use crate::results::figures::Dimension;
use crate::results::figures::DutyFigure;
use crate::results::figures::Measure;
use crate::results::figures::RowFigures;
use crate::results::obligations::area;
use crate::vocabulary::Field;

/// Names of those missing that one due day lists.
const MOST_NAMES: usize = 40;
/// Due days that are listed, the newest.
const MOST_DUTIES: usize = 60;
/// Characters of a unit's name and of a description.
const NAME: usize = 40;
const DESCRIPTION: usize = 40;

/// The period, the one before, and the difference.
pub fn comparison(source: StatisticsSource<'_>, book: &FigureBook<'_>) -> Table {
    let kind = source.figures.period.kind;
    let columns = vec![
        counted(Measure::CarriedOver),
        counted(Measure::New),
        counted(Measure::RectifiedInPeriod),
        counted(Measure::ClosedInPeriod),
        counted(Measure::OpenAtEnd),
        counted(Measure::Total),
        column("整改率", "rates.rectified"),
        column("按期整改率", "rates.rectified_in_time"),
        counted(Measure::Overdue),
        column("重大未整改", Measure::MajorOpen.key()),
    ];
    let rows = [(kind.this_period(), "totals"), (kind.last_period(), "previous"), ("增减", "change")]
        .map(|(label, key)| row(book, &columns, None, key.to_owned(), label.to_owned()));
    let caption = format!("{}与{}比较（率的增减为百分点）", kind.this_period(), kind.last_period());
    Table { id: "comparison", caption, row_title: "时段", key: None, rows: rows.to_vec(), columns }
}

/// The ledger on each day of the chart.
pub fn course(source: StatisticsSource<'_>, book: &FigureBook<'_>) -> Table {
    let columns = vec![
        column(Measure::Total.label(), "total"),
        column(Measure::Rectified.label(), "rectified"),
        column(Measure::Closed.label(), "closed"),
        column(Measure::Overdue.label(), "overdue"),
    ];
    let rows = (source.figures.series.iter().zip(1..))
        .map(|(point, number)| row(book, &columns, Some("series"), number.to_string(), point.date.to_string()))
        .collect();
    Table { id: "course", caption: "整改进度（项）".to_owned(), row_title: "日期", key: Some("series".to_owned()), columns, rows }
}

/// Every row of a breakdown, those without hazards too.
pub fn breakdown(book: &FigureBook<'_>, dimension: Dimension, rows: &[RowFigures]) -> Table {
    let columns = vec![
        counted(Measure::Total),
        column("整改率", "rates.rectified"),
        alarming(Measure::Overdue),
        counted(Measure::DueSoon),
        counted(Measure::InTime),
        counted(Measure::Undated),
        counted(Measure::AwaitingVerification),
        counted(Measure::Closed),
    ];
    let key = format!("by.{}", dimension.key());
    let rows = (rows.iter().zip(1..))
        .map(|(figures, number)| row(book, &columns, Some(&key), number.to_string(), harmless(&figures.label, NAME, true)))
        .collect();
    let caption = format!("按{}统计（项）", dimension.label());
    Table { id: dimension.key(), caption, row_title: dimension.label(), key: Some(key), columns, rows }
}

/// Who reported, and who is missing.
pub fn duties(source: StatisticsSource<'_>, book: &FigureBook<'_>) -> Table {
    let StatisticsSource { campaign, figures, .. } = source;
    let mut columns = vec![
        words("截止日"),
        column("应报", "owed"),
        column("按时", "in_time"),
        column("其中零报告", "zero"),
        column("迟报", "late"),
        TableColumn { title: "未报", key: Some("missing"), is_alarm: true },
        column("报送率", "rates.reported"),
        column("按时报送率", "rates.reported_in_time"),
    ];
    if figures.duties.iter().any(|duty| duty.waiting > 0) {
        columns.insert(6, column("当天未到时间", "waiting"));
    }
    let rows = newest(&figures.duties)
        .map(|(index, duty)| {
            let mut row = row(book, &columns, Some("duties"), (index + 1).to_string(), obligation_name(campaign, duty));
            if let Some(due) = row.cells.first_mut() {
                *due = duty.due.to_string();
            }
            row
        })
        .collect();
    let period = figures.period.kind.this_period();
    let caption = match figures.duties.len() {
        ..=MOST_DUTIES => format!("{period}报送情况（家）"),
        _ => format!("{period}报送情况（家），只列最近 {MOST_DUTIES} 次，其余见统计表"),
    };
    Table { id: "duties", caption, row_title: "报送要求", key: Some("duties".to_owned()), columns, rows }
}

/// The newest duties with their indexes, in the order of the figures.
fn newest(duties: &[DutyFigure]) -> impl Iterator<Item = (usize, &DutyFigure)> {
    let mut newest: Vec<(usize, &DutyFigure)> = duties.iter().enumerate().collect();
    newest.sort_by_key(|(_, duty)| Reverse(duty.due));
    newest.truncate(MOST_DUTIES);
    newest.sort_by_key(|(index, _)| *index);
    newest.into_iter()
}

/// The names of those who are missing, for the duties of the table.
pub fn missing(source: StatisticsSource<'_>, book: &FigureBook<'_>) -> Vec<Missing> {
    newest(&source.figures.duties)
        .filter(|(_, duty)| duty.missing > 0)
        .map(|(index, duty)| Missing {
            obligation: obligation_name(source.campaign, duty),
            due: duty.due.to_string(),
            figure: figure_of(book, format!("duties.{}.missing", index + 1)),
            names: missing_words(source.roster, duty),
        })
        .collect()
}

/// The longest overdue first.
pub fn overdue(source: StatisticsSource<'_>, book: &FigureBook<'_>) -> Table {
    let columns = vec![
        words("单位"),
        words("隐患描述"),
        words("等级"),
        words("整改期限"),
        TableColumn { title: "逾期天数", key: Some("days"), is_alarm: true },
        words("督办步骤"),
    ];
    let rows = (book.overdue().iter().take(MOST_OVERDUE).zip(1..))
        .filter_map(|(item, number)| {
            let hazard = source.ledger.hazards.get(item.hazard)?;
            let mut row = row(book, &columns, Some("overdue"), number.to_string(), harmless(&hazard.id, NAME, false));
            if let [unit, description, level, deadline, _, step] = row.cells.as_mut_slice() {
                *unit = harmless(&hazard.unit, NAME, true);
                *description = harmless(hazard.text(Field::Description).unwrap_or_default(), DESCRIPTION, true);
                *level = hazard.level.value().map_or("未定级", |level| level.label()).to_owned();
                *deadline = item.deadline.map(|deadline| deadline.to_string()).unwrap_or_default();
                *step = harmless(item.step.as_deref().unwrap_or_default(), NAME, true);
            }
            Some(row)
        })
        .collect();
    Table {
        id: "overdue",
        caption: "逾期未改的隐患，逾期最久的在前".to_owned(),
        row_title: "编号",
        key: Some("overdue".to_owned()),
        columns,
        rows,
    }
}

/// One row for each unit, those without a hazard too.
pub fn units(source: StatisticsSource<'_>, book: &FigureBook<'_>) -> Table {
    let mut columns = vec![
        column("名次", "rank"),
        column("累计排查", "total"),
        column("整改率", "rates.rectified"),
        alarming(Measure::Overdue),
        counted(Measure::DueSoon),
        TableColumn { title: "重大未整改", ..alarming(Measure::MajorOpen) },
        column("未销号", Measure::OpenAtEnd.key()),
    ];
    if !source.figures.duties.is_empty() {
        columns.extend([column("迟报", "duties.late"), column("未报", "duties.missing")]);
    }
    let rows = (source.figures.rows(Dimension::Unit).iter().enumerate())
        .map(|(index, figures)| {
            let unit = source.roster.units.get(index);
            TableRow {
                aside: unit.map_or_else(|| "已不在名册".to_owned(), |unit| harmless(area(unit), 16, true)),
                ..row(book, &columns, Some("by.unit"), (index + 1).to_string(), harmless(&figures.label, NAME, true))
            }
        })
        .collect();
    let caption = "各单位情况；名次按整改率排，整改率相同的逾期少的在前，没有隐患的不排".to_owned();
    Table { id: "units", caption, row_title: "单位", key: Some("by.unit".to_owned()), columns, rows }
}

fn row(book: &FigureBook<'_>, columns: &[TableColumn], table: Option<&str>, key: String, label: String) -> TableRow {
    let whole = table.map_or_else(|| key.clone(), |table| format!("{table}.{key}"));
    let cell = |column: &TableColumn| {
        let value = column.key.and_then(|column| book.value(&format!("{whole}.{column}")));
        value.map(|value| value.shown().into_owned()).unwrap_or_default()
    };
    let cells = columns.iter().map(cell).collect();
    TableRow { key, label, aside: String::new(), cells }
}

fn column(title: &'static str, key: &'static str) -> TableColumn {
    TableColumn { title, key: Some(key), is_alarm: false }
}

fn counted(measure: Measure) -> TableColumn {
    column(measure.label(), measure.key())
}

fn alarming(measure: Measure) -> TableColumn {
    TableColumn { is_alarm: true, ..counted(measure) }
}

fn words(title: &'static str) -> TableColumn {
    TableColumn { title, key: None, is_alarm: false }
}

fn obligation_name(campaign: &Campaign, duty: &DutyFigure) -> String {
    campaign.obligations.get(duty.obligation).map(|obligation| harmless(&obligation.name, NAME, true)).unwrap_or_default()
}

fn missing_words(roster: &Roster, duty: &DutyFigure) -> String {
    if duty.missing > 1 && duty.missing == duty.owed {
        return "应报的都没有报".to_owned();
    }
    let names: Vec<String> = duty.missing_parties.iter().take(MOST_NAMES).map(|party| harmless(party.name(roster), NAME, true)).collect();
    let shown = names.join("、");
    if duty.missing_parties.len() > MOST_NAMES { format!("{shown} 等；其余看下面“单位情况”的未报一栏") } else { shown }
}
