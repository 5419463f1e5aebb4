//! The tables that a bulletin may hold, by the name that its template gives: 【表：单位】.
//!
//! Narrower than those of the workbook: a text page is 156 mm wide.

use crate::documents::manuscript::Table;
use crate::documents::sheet::Body;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::ColumnKind;
use crate::documents::sheet::Row;
use crate::documents::statistics::StatisticsSource;
use crate::documents::statistics::figure_column::FigureColumn;
use crate::documents::statistics::figure_column::RowSource;
use crate::documents::statistics::figure_column::cell;
use crate::results::figures::Dimension;
use crate::results::figures::Measure;
use crate::results::figures::RowFigures;
use crate::results::figures::last_over;
use crate::vocabulary::Field;

/// How many overdue hazards a text lists; all of them stand in the workbook.
const MOST_LISTED: usize = 30;

/// Every table by its name.
pub fn tables<'a>(source: StatisticsSource<'a>) -> Vec<(String, Table<'a>)> {
    let mut tables = vec![
        ("单位".to_owned(), by_unit(source)),
        ("逾期".to_owned(), overdue(source)),
        ("重大".to_owned(), open_major(source)),
        ("未报".to_owned(), missing(source)),
        ("分类".to_owned(), breakdown(source, Dimension::Category, "分类别隐患排查整改情况")),
    ];
    for dimension in [Dimension::Level, Dimension::Source, Dimension::Phase, Dimension::Group] {
        let caption = format!("分{}隐患排查整改情况", dimension.label());
        tables.push((dimension.label().to_owned(), breakdown(source, dimension, &caption)));
    }
    tables
}

/// Titles on two lines: an upright page has room for them then.
fn figure_columns() -> [FigureColumn; 7] {
    let plain = |mut figure: FigureColumn, title: &'static str| {
        figure.column = Column::new(title, figure.column.kind, 6).growing(1);
        figure
    };
    [
        plain(FigureColumn::count("", "", Measure::Total), "累计\n排查"),
        plain(FigureColumn::count("", "", Measure::New), "本期\n新增"),
        plain(FigureColumn::count("", "", Measure::Rectified), "累计\n整改"),
        plain(FigureColumn::rate("", "", Measure::Rectified, Measure::Total), "整改率"),
        plain(FigureColumn::rate("", "", Measure::RectifiedInTime, Measure::FallenDue), "按期\n整改率"),
        plain(FigureColumn::count("", "", Measure::Overdue), "逾期\n未改"),
        plain(FigureColumn::count("", "", Measure::MajorOpen), "重大\n未整改"),
    ]
}

fn table<'a>(source: StatisticsSource<'a>, caption: &str, first: &'static str, rows: &'a [RowFigures]) -> Table<'a> {
    let figures = figure_columns();
    let mut columns = vec![Column::new("序号", ColumnKind::Number, 4), Column::new(first, ColumnKind::Word, 18).growing(4)];
    columns.extend(figures.iter().map(|figure| figure.column.clone()));
    let of = |counts, funds| RowSource { counts, funds, rank: None, duties: None };
    let mut made: Vec<Row<'a>> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let leading = [Cell::Integer(index as i64 + 1), Cell::text(Some(&row.label))];
        let cells = figures.iter().map(|figure| cell(figure.shown, of(&row.counts, row.funds)));
        made.push(Row::entry(leading.into_iter().chain(cells).collect()));
    }
    let totals = of(&source.figures.totals, source.figures.funds);
    let leading = [Cell::Empty, Cell::Text("合计".into())];
    made.push(Row::total(leading.into_iter().chain(figures.iter().map(|figure| cell(figure.shown, totals))).collect()));
    let (left, right, notes) = (String::new(), "单位：项".to_owned(), Vec::new());
    Table { caption: caption.to_owned(), left, right, columns, body: Body::Rows(made), notes }
}

fn by_unit<'a>(source: StatisticsSource<'a>) -> Table<'a> {
    table(source, "各单位隐患排查整改情况", "单位", source.figures.rows(Dimension::Unit))
}

fn breakdown<'a>(source: StatisticsSource<'a>, dimension: Dimension, caption: &str) -> Table<'a> {
    table(source, caption, dimension.label(), source.figures.rows(dimension))
}

/// Overdue hazards, the longest first.
fn overdue<'a>(source: StatisticsSource<'a>) -> Table<'a> {
    let mut items: Vec<_> =
        source.figures.overdue.items.iter().filter(|item| item.state == crate::results::OverdueState::Overdue).collect();
    items.sort_by_key(|item| std::cmp::Reverse(item.days));
    let all = items.len();
    items.truncate(MOST_LISTED);
    let rows = hazards(source, items.iter().map(|item| (item.hazard, item.days)));
    listed(
        if all > MOST_LISTED {
            format!("逾期未改的隐患（逾期最久的{MOST_LISTED}项，共{all}项）")
        } else {
            "逾期未改的隐患".to_owned()
        },
        rows,
    )
}

fn open_major<'a>(source: StatisticsSource<'a>) -> Table<'a> {
    let days = |hazard: usize| source.figures.overdue.items.iter().find(|item| item.hazard == hazard).and_then(|item| item.days);
    let rows = hazards(source, source.figures.behind(Measure::MajorOpen, None).map(|hazard| (hazard, days(hazard))));
    listed("未整改的重大隐患".to_owned(), rows)
}

fn hazards<'a>(source: StatisticsSource<'a>, chosen: impl Iterator<Item = (usize, Option<i64>)>) -> Vec<Row<'a>> {
    let row = |(number, (index, days)): (usize, (usize, Option<i64>))| {
        let hazard = source.ledger.hazards.get(index)?;
        Some(Row::entry(vec![
            Cell::Integer(number as i64 + 1),
            Cell::text(Some(&hazard.unit)),
            Cell::text(Some(&hazard.id)),
            Cell::text(hazard.text(Field::Description)),
            Cell::date(crate::results::deadline_of(hazard, source.campaign).0),
            days.filter(|days| *days > 0).map_or(Cell::Empty, Cell::Integer),
        ]))
    };
    chosen.enumerate().filter_map(row).collect()
}

/// Who has not reported, by the last due day of each duty of units.
fn missing<'a>(source: StatisticsSource<'a>) -> Table<'a> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    for duties in source.figures.duties_of_units() {
        let Some(last) = last_over(duties).filter(|last| !last.missing_parties.is_empty()) else { continue };
        let name = source.campaign.obligations.get(last.obligation).map(|obligation| obligation.name.as_str());
        let parties: Vec<&str> = last.missing_parties.iter().map(|party| party.name(source.roster)).collect();
        rows.push(Row::entry(vec![
            Cell::text(name),
            Cell::Date(last.due),
            Cell::Integer(i64::from(last.missing)),
            Cell::owned(parties.join("、")),
        ]));
    }
    let columns = vec![
        Column::new("报送事项", ColumnKind::Word, 12).growing(1),
        Column::new("截止日期", ColumnKind::Date, 11),
        Column::new("未报家数", ColumnKind::Number, 6),
        Column::new("未报单位", ColumnKind::Prose, 30).growing(5),
    ];
    let rows = if rows.is_empty() { vec![Row::group("没有未报的单位")] } else { rows };
    let caption = "未按要求报送的单位".to_owned();
    Table { caption, left: String::new(), right: String::new(), columns, body: Body::Rows(rows), notes: Vec::new() }
}

fn listed(caption: String, rows: Vec<Row<'_>>) -> Table<'_> {
    let columns = vec![
        Column::new("序号", ColumnKind::Number, 4),
        Column::new("单位", ColumnKind::Word, 12).growing(2),
        Column::new("编号", ColumnKind::Code, 14),
        Column::new("隐患", ColumnKind::Prose, 18).growing(4),
        Column::new("整改期限", ColumnKind::Date, 10),
        Column::new("逾期天数", ColumnKind::Number, 6),
    ];
    let rows = if rows.is_empty() { vec![Row::group("没有")] } else { rows };
    Table { caption, left: String::new(), right: String::new(), columns, body: Body::Rows(rows), notes: Vec::new() }
}
