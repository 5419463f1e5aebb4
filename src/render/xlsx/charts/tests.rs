use std::io::Cursor;
use std::sync::Arc;

use chrono::NaiveDate;
use quick_xml::events::Event;

use super::*;
use crate::documents::Body;
use crate::documents::Chart;
use crate::documents::ChartKind;
use crate::documents::ColumnKind;
use crate::documents::Document;
use crate::documents::Look;
use crate::documents::Row;
use crate::documents::Series;
use crate::documents::Sheet;
use crate::documents::Tone;
use crate::render::csv::csv;
use crate::render::xlsx::xlsx;
use crate::source::SourceFile;
use crate::tables;

const NAME: &str = "单位'图 表";

fn chart(kind: ChartKind, rows: usize) -> Chart {
    Chart {
        title: "各单位整改情况".to_owned(),
        kind,
        category: 0,
        series: [(1, Tone::Late), (2, Tone::Done)].map(|(column, tone)| Series { column, tone }).to_vec(),
        rows: 0..rows,
        category_axis: "单位".to_owned(),
        value_axis: "数量（项）".to_owned(),
        values: true,
    }
}

/// A sheet with this many rows, a total below them, and these charts of the rows.
fn sheet(rows: usize, charts: Vec<Chart>) -> Sheet<'static> {
    let columns = vec![
        Column::new("单位", ColumnKind::Word, 12),
        Column::new("逾期", ColumnKind::Number, 6),
        Column::new("已整改", ColumnKind::Number, 6),
    ];
    let numbers = |index: usize| [Cell::Integer(index as i64), Cell::Integer(3)];
    let entry = |index: usize| {
        let [late, done] = numbers(index);
        Row::entry(vec![Cell::owned(format!("第{}卫生院", index + 1)), late, done])
    };
    let mut body: Vec<Row<'_>> = (0..rows).map(entry).collect();
    body.push(Row::total(vec![Cell::text(Some("合计"))]));
    let charted = Charted {
        title: "某县专项整治各单位整改情况".to_owned(),
        left: "统计单位：某县卫生健康局".to_owned(),
        right: "截至日期：2023年7月31日".to_owned(),
        notes: vec!["注：按未整改数从多到少排列。".to_owned()],
        charts,
    };
    Sheet { name: NAME.to_owned(), hidden: false, look: Look::Charts(Box::new(charted)), columns, body: Body::Rows(body) }
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 7, 31).expect("a day of the calendar")
}

fn workbook(sheets: Vec<Sheet<'_>>) -> Result<Vec<u8>, RenderError> {
    let document = Document { title: "统计".to_owned(), issuer: "某县卫生健康局".to_owned(), sheets };
    xlsx(&document, day()).map(|rendered| rendered.bytes)
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name(name).expect("the part"), &mut text).expect("UTF-8");
    text
}

/// The texts of all elements of this name, in order.
fn texts(xml: &str, element: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut found, mut inside) = (Vec::new(), false);
    loop {
        match reader.read_event().expect("well formed") {
            Event::Start(start) => inside = start.name().as_ref() == element,
            Event::Text(text) if inside => found.push(text.to_string()),
            Event::End(_) => inside = false,
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn charts_point_at_the_cells_and_leave_the_total_out() {
    for kind in [ChartKind::Line, ChartKind::Column, ChartKind::StackedColumn, ChartKind::Bar, ChartKind::StackedBar] {
        let plain = Sheet { name: "甲".to_owned(), look: Look::Plain, ..sheet(1, Vec::new()) };
        let bytes = workbook(vec![plain, sheet(4, vec![chart(kind, 4)])]).expect("a workbook");
        let xml = part(&bytes, "xl/charts/chart1.xml");
        let name = "'单位''图 表'";
        let cells = ["$B$3", "$A$4:$A$7", "$B$4:$B$7", "$C$3", "$A$4:$A$7", "$C$4:$C$7"];
        assert_eq!(texts(&xml, "c:f"), cells.map(|cells| format!("{name}!{cells}")), "{kind:?}");
        assert_eq!(texts(&xml, "a:t"), ["各单位整改情况", "单位", "数量（项）"].map(str::to_owned), "{kind:?}");
        for expected in ["C00000", "548235", "<c:legendPos val=\"b\"/>", "<c:showVal val=\"1\"/>", "typeface=\"宋体\""] {
            assert!(xml.contains(expected), "{kind:?}: {expected}");
        }
        // What tells the series apart on black and white paper.
        let told: &[&str] = match kind {
            ChartKind::Line => &["<c:symbol val=\"circle\"/>", "<c:symbol val=\"square\"/>", "<a:prstDash val=\"dash\"/>"],
            _ => &["<a:pattFill prst=\"wdUpDiag\">"],
        };
        assert!(told.iter().all(|expected| xml.contains(expected)), "{kind:?}: {xml}");
    }
}

#[test]
fn charts_stand_behind_the_table_and_beside_each_other() {
    for rows in [1, 6, 26, 40, 300] {
        for charts in 1..=5 {
            let bytes = workbook(vec![sheet(rows, vec![chart(ChartKind::StackedBar, rows); charts])]).expect("a workbook");
            let drawing = part(&bytes, "xl/drawings/drawing1.xml");
            let numbers = |element: &str| texts(&drawing, element).iter().map(|text| text.parse().expect("a number")).collect::<Vec<u64>>();
            // From and to by turns. The table has columns 0 to 2, the gap is column 3.
            let (columns, lines) = (numbers("xdr:col"), numbers("xdr:row"));
            let offsets = [numbers("xdr:colOff"), numbers("xdr:rowOff")];
            assert_eq!(columns.len(), 2 * charts);
            assert!(columns.chunks(2).all(|ends| ends[0] >= 4), "{rows} rows: {drawing}");
            assert!(lines.iter().all(|line| *line >= 2), "{rows} rows: {drawing}");
            let boxes: Vec<[(u64, u64); 4]> = (0..charts)
                .map(|index| {
                    let (from, to) = (2 * index, 2 * index + 1);
                    [
                        (columns[from], offsets[0][from]),
                        (columns[to], offsets[0][to]),
                        (lines[from], offsets[1][from]),
                        (lines[to], offsets[1][to]),
                    ]
                })
                .collect();
            for (index, one) in boxes.iter().enumerate() {
                for other in &boxes[..index] {
                    let apart = one[1] <= other[0] || other[1] <= one[0] || one[3] <= other[2] || other[3] <= one[2];
                    assert!(apart, "{rows} rows, {charts} charts: {one:?} {other:?}");
                }
            }
        }
    }
}

#[test]
fn a_short_table_takes_one_page_and_a_long_one_repeats_its_header() {
    for (rows, fit, repeats) in [(6, "fitToPage=\"1\"", false), (26, "fitToPage=\"1\"", false), (60, "fitToHeight=\"0\"", true)] {
        let bytes = workbook(vec![sheet(rows, vec![chart(ChartKind::Bar, rows)])]).expect("a workbook");
        let xml = part(&bytes, "xl/worksheets/sheet1.xml");
        assert!(xml.contains(fit) && xml.contains("orientation=\"landscape\"") && xml.contains("paperSize=\"9\""), "{rows}: {xml}");
        assert_eq!(xml.contains("fitToHeight=\"0\""), repeats, "{rows}");
        assert_eq!(part(&bytes, "xl/workbook.xml").contains("_xlnm.Print_Titles"), repeats, "{rows}");
    }
}

#[test]
fn room_beside_a_table_that_shrinks_the_page_goes_to_the_charts() {
    let small = ground(300.0, 60.0, 200.0, 1);
    let tall = ground(300.0, 60.0, 600.0, 1);
    let endless = ground(300.0, 60.0, 6000.0, 1);
    assert!(small.one_page && tall.one_page && !endless.one_page, "{small:?} {tall:?} {endless:?}");
    assert!(small.width < tall.width && small.height < tall.height);
    assert_eq!((endless.width, endless.height), (small.width, small.height));
    assert!((small.width + 300.0 + GAP - PAGE_WIDTH).abs() < 1.0);
}

#[test]
fn the_same_charts_give_the_same_bytes() {
    let make = || workbook(vec![sheet(6, vec![chart(ChartKind::Line, 6), chart(ChartKind::StackedColumn, 6)])]).expect("a workbook");
    assert_eq!(make(), make());
}

#[test]
fn the_numbers_are_read_back_and_written_as_csv() {
    let made = sheet(2, vec![chart(ChartKind::Bar, 2)]);
    let text = String::from_utf8(csv(&made).expect("memory can be written")).expect("UTF-8");
    assert_eq!(text, "\u{FEFF}单位,逾期,已整改\r\n第1卫生院,0,3\r\n第2卫生院,1,3\r\n合计,,\r\n");
    let bytes = workbook(vec![made]).expect("a workbook");
    let read = tables::read(&SourceFile { name: Arc::from("统计.xlsx"), bytes }).expect("readable");
    let sheet = &read.sheets[0];
    let row = |number: u32| {
        let row = sheet.rows.iter().find(|row| row.number == number).expect("the row");
        sheet.cells_of(*row).iter().take(3).map(|cell| format!("{:?}", sheet.value(*cell))).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(row(3), "Text(\"单位\") Text(\"逾期\") Text(\"已整改\")");
    assert_eq!(row(5), "Text(\"第2卫生院\") Number(1.0) Number(3.0)");
}

#[test]
fn a_chart_that_points_outside_the_table_is_refused() {
    let error = workbook(vec![sheet(3, vec![chart(ChartKind::Bar, 9)])]).expect_err("a bug of ours");
    assert!(error.to_string().contains("各单位整改情况"), "{error}");
}
