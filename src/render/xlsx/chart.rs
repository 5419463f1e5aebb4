//! One chart in the spreadsheet program's own form: it draws the cells it points at, and the clerk can change all of it.
//!
//! Paper may be black and white: beside its colour every series has a fill, or a dash and a marker, that no other of its
//! chart has. The colour says what the numbers mean, the rest only tells neighbours apart.

use chrono::Datelike;
use chrono::NaiveDate;
use rust_xlsxwriter::ChartAxisCrossing;
use rust_xlsxwriter::ChartDataLabel;
use rust_xlsxwriter::ChartDataLabelPosition;
use rust_xlsxwriter::ChartFont;
use rust_xlsxwriter::ChartFormat;
use rust_xlsxwriter::ChartLegendPosition;
use rust_xlsxwriter::ChartLine;
use rust_xlsxwriter::ChartLineDashType;
use rust_xlsxwriter::ChartMarker;
use rust_xlsxwriter::ChartMarkerType;
use rust_xlsxwriter::ChartPatternFill;
use rust_xlsxwriter::ChartPatternFillType;
use rust_xlsxwriter::ChartSolidFill;
use rust_xlsxwriter::ChartType;
use rust_xlsxwriter::Color;
use rust_xlsxwriter::ObjectMovement;

use crate::documents::Cell;
use crate::documents::Chart;
use crate::documents::ChartKind;
use crate::documents::ColumnKind;
use crate::documents::Series;
use crate::documents::Sheet;
use crate::documents::Tone;
use crate::render::xlsx::styles::BODY_FONT;
use crate::render::xlsx::styles::HEADER_FONT;

const TITLE_PRINT: f64 = 13.0;
const PRINT: f64 = 9.0;
const LINE_WIDTH: f64 = 2.0;
const MARKER_SIZE: u8 = 7;
/// Space between bars in per cent of a bar.
const GAP: u16 = 60;
/// Up to this value the axis counts by one, so that it shows no halves of a hazard.
const FEW: f64 = 10.0;

const DASHES: [ChartLineDashType; 6] = [
    ChartLineDashType::Solid,
    ChartLineDashType::Dash,
    ChartLineDashType::RoundDot,
    ChartLineDashType::LongDashDot,
    ChartLineDashType::SquareDot,
    ChartLineDashType::LongDashDotDot,
];
const MARKERS: [ChartMarkerType; 6] = [
    ChartMarkerType::Circle,
    ChartMarkerType::Square,
    ChartMarkerType::Triangle,
    ChartMarkerType::Diamond,
    ChartMarkerType::X,
    ChartMarkerType::Star,
];

/// How an area is filled.
#[derive(Clone, Copy)]
enum Fill {
    Full,
    Pattern(ChartPatternFillType),
    Light,
}

const FILLS: [Fill; 6] = [
    Fill::Full,
    Fill::Pattern(ChartPatternFillType::DiagonalStripesWideUpwards),
    Fill::Light,
    Fill::Pattern(ChartPatternFillType::HorizontalStripesDark),
    Fill::Pattern(ChartPatternFillType::LargeCheckerboard),
    Fill::Pattern(ChartPatternFillType::DottedDiamond),
];

/// The chart, pointing at the cells of `sheet` whose body begins in `first_body_row`.
pub fn native(sheet: &Sheet<'_>, chart: &Chart, first_body_row: u32) -> rust_xlsxwriter::Chart {
    let drawn = Drawn::of(sheet, chart);
    let mut native = rust_xlsxwriter::Chart::new(match chart.kind {
        ChartKind::Line => ChartType::Line,
        ChartKind::Column => ChartType::Column,
        ChartKind::StackedColumn => ChartType::ColumnStacked,
        ChartKind::Bar => ChartType::Bar,
        ChartKind::StackedBar => ChartType::BarStacked,
    });
    native.set_name(&chart.title).set_alt_text(&chart.title).set_object_movement(ObjectMovement::MoveButDontSizeWithCells);
    native.title().set_name(&chart.title).set_font(&font(HEADER_FONT, TITLE_PRINT)).set_overlay(false);
    if chart.series.len() > 1 {
        native.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(BODY_FONT, PRINT));
    } else {
        native.legend().set_hidden();
    }
    let (first, last) = (first_body_row + chart.rows.start as u32, first_body_row + chart.rows.end as u32 - 1);
    let name = sheet.name.as_str();
    for (position, series) in chart.series.iter().enumerate() {
        let column = series.column as u16;
        let (mut format, marker) = look(chart.kind, *series, position);
        // Added, not pushed: a line that is pushed loses its marker.
        let made = native.add_series();
        made.set_name((name, first_body_row - 1, column))
            .set_categories((name, first, chart.category as u16, last, chart.category as u16))
            .set_values((name, first, column, last, column));
        made.set_format(&mut format);
        match marker {
            Some(marker) => made.set_marker(&marker),
            None => made.set_gap(GAP),
        };
        if chart.values {
            made.set_data_label(&label(chart.kind, position, drawn.rates));
        }
    }
    dress_axes(&mut native, chart, &drawn);
    native
}

/// What the numbers that are drawn are like, from which the axes follow.
struct Drawn {
    /// The highest point or pile.
    highest: f64,
    rates: bool,
    first_day: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
}

impl Drawn {
    fn of(sheet: &Sheet<'_>, chart: &Chart) -> Drawn {
        let kinds = chart.series.iter().filter_map(|series| sheet.columns.get(series.column));
        let rates = kinds.clone().count() > 0 && kinds.into_iter().all(|column| column.kind == ColumnKind::Rate);
        let mut drawn = Drawn { highest: 0.0, rates, first_day: None, last_day: None };
        let piled = matches!(chart.kind, ChartKind::StackedColumn | ChartKind::StackedBar);
        let read: Result<(), ()> = sheet.body.each(|index, row| {
            if !chart.rows.contains(&index) {
                return Ok(());
            }
            let numbers = chart.series.iter().map(|series| row.cells.get(series.column).map_or(0.0, number));
            let height = if piled { numbers.sum() } else { numbers.fold(0.0, f64::max) };
            drawn.highest = drawn.highest.max(height);
            if let Some(Cell::Date(day)) = row.cells.get(chart.category) {
                drawn.first_day.get_or_insert(*day);
                drawn.last_day = Some(*day);
            }
            Ok(())
        });
        debug_assert!(read.is_ok(), "reading cannot fail");
        drawn
    }

    /// The year is written only where there are two.
    fn day_format(&self) -> Option<&'static str> {
        let (first, last) = (self.first_day?, self.last_day?);
        Some(if first.year() == last.year() { "m\"月\"d\"日\"" } else { "yyyy-m-d" })
    }
}

fn number(cell: &Cell<'_>) -> f64 {
    match cell {
        Cell::Integer(number) => *number as f64,
        Cell::Decimal(number) => *number,
        Cell::Rate(rate) => rate / 100.0,
        Cell::Empty | Cell::Text(_) | Cell::Date(_) | Cell::Link { .. } => 0.0,
    }
}

fn dress_axes(native: &mut rust_xlsxwriter::Chart, chart: &Chart, drawn: &Drawn) {
    let lying = matches!(chart.kind, ChartKind::Bar | ChartKind::StackedBar);
    let categories = if lying { native.y_axis() } else { native.x_axis() };
    // Text, also where it is days: every label is then a day that was counted.
    categories.set_font(&font(BODY_FONT, PRINT)).set_text_axis(true);
    if !chart.category_axis.is_empty() {
        categories.set_name(&chart.category_axis).set_name_font(&font(BODY_FONT, PRINT));
    }
    if let Some(format) = drawn.day_format() {
        categories.set_num_format(format);
    }
    if lying {
        // The first row of the table on top, and the numbers still below.
        categories.set_reverse().set_crossing(ChartAxisCrossing::Max);
    }
    let values = if lying { native.x_axis() } else { native.y_axis() };
    values
        .set_name(&chart.value_axis)
        .set_name_font(&font(BODY_FONT, PRINT))
        .set_font(&font(BODY_FONT, PRINT))
        .set_min(0)
        .set_num_format(if drawn.rates { "0%" } else { "0" })
        .set_major_gridlines(true)
        .set_major_gridlines_line(ChartLine::new().set_color(Color::RGB(0xD9D9D9)).set_width(0.5));
    if drawn.rates {
        values.set_max(1).set_major_unit(0.2);
    } else if drawn.highest <= FEW {
        values.set_major_unit(1);
    }
}

/// The look of a series, and its marker where it is a line.
fn look(kind: ChartKind, series: Series, position: usize) -> (ChartFormat, Option<ChartMarker>) {
    let (dark, light) = colours(series.tone);
    let mut format = ChartFormat::new();
    if kind == ChartKind::Line {
        let dash = DASHES[position % DASHES.len()];
        format.set_line(ChartLine::new().set_color(dark).set_width(LINE_WIDTH).set_dash_type(dash));
        let mut inside = ChartFormat::new();
        // Every second marker is hollow.
        let fill = if position.is_multiple_of(2) { dark } else { Color::White };
        inside.set_solid_fill(ChartSolidFill::new().set_color(fill)).set_border(ChartLine::new().set_color(dark).set_width(1.0));
        let mut marker = ChartMarker::new();
        marker.set_type(MARKERS[position % MARKERS.len()]).set_size(MARKER_SIZE).set_format(&mut inside);
        return (format, Some(marker));
    }
    format.set_border(ChartLine::new().set_color(dark).set_width(0.75));
    match FILLS[position % FILLS.len()] {
        Fill::Full => format.set_solid_fill(ChartSolidFill::new().set_color(dark)),
        Fill::Light => format.set_solid_fill(ChartSolidFill::new().set_color(light)),
        Fill::Pattern(pattern) => format
            .set_pattern_fill(ChartPatternFill::new().set_pattern(pattern).set_foreground_color(dark).set_background_color(Color::White)),
    };
    (format, None)
}

/// The value beside or, in a pile, inside what is drawn; noughts of a pile are left out.
fn label(kind: ChartKind, position: usize, rates: bool) -> ChartDataLabel {
    let mut label = ChartDataLabel::new();
    let mut print = font(BODY_FONT, PRINT);
    label.show_value();
    match kind {
        ChartKind::Line => label.set_position(ChartDataLabelPosition::Above),
        ChartKind::Column | ChartKind::Bar => label.set_position(ChartDataLabelPosition::OutsideEnd),
        ChartKind::StackedColumn | ChartKind::StackedBar => {
            match FILLS[position % FILLS.len()] {
                Fill::Full => {
                    print.set_color(Color::White);
                }
                Fill::Light => {}
                Fill::Pattern(_) => {
                    let mut paper = ChartFormat::new();
                    paper.set_solid_fill(ChartSolidFill::new().set_color(Color::White));
                    label.set_format(&mut paper);
                }
            }
            label.set_position(ChartDataLabelPosition::Center)
        }
    };
    let piled = matches!(kind, ChartKind::StackedColumn | ChartKind::StackedBar);
    label.set_font(&print).set_num_format(match (rates, piled) {
        (true, _) => "0.0%",
        (false, true) => "0;-0;;",
        (false, false) => "0",
    });
    label
}

/// The dark and the light colour of a tone.
fn colours(tone: Tone) -> (Color, Color) {
    let (dark, light) = match tone {
        Tone::Whole => (0x1F4E79, 0xBDD7EE),
        Tone::Done => (0x548235, 0xC5E0B3),
        Tone::Closed => (0x7030A0, 0xD9C3EC),
        Tone::Open => (0xBF8F00, 0xFFE699),
        Tone::Late => (0xC00000, 0xF8CBAD),
    };
    (Color::RGB(dark), Color::RGB(light))
}

fn font(name: &str, print: f64) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name(name).set_size(print).unset_bold();
    font
}
