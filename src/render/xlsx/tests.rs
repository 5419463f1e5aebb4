use std::borrow::Cow;
use std::io::Cursor;

use calamine::Data;
use calamine::Reader;
use calamine::Xlsx;

use super::*;
use crate::documents::Body;
use crate::documents::Cell;
use crate::documents::Column;
use crate::documents::ColumnKind;
use crate::documents::Mark;
use crate::documents::Official;
use crate::documents::Row;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("编号", ColumnKind::Code, 12),
        Column::new("描述", ColumnKind::Prose, 20).growing(1).under("问题"),
        Column::new("日期", ColumnKind::Date, 10).under("问题"),
        Column::new("数", ColumnKind::Number, 6).under("任务"),
        Column::new("率", ColumnKind::Rate, 8).under("任务"),
    ]
}

const TEXTS: [&str; 8] = ["=1+1", "+86", "@SUM(A1)", "_x0041_", "甲\n乙", " 前后空格 ", "<&>\"'", "http://例.cn/"];

fn rows<'a>() -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = (TEXTS.iter())
        .map(|text| {
            Row::entry(vec![
                Cell::text(Some("001")),
                Cell::text(Some(text)),
                Cell::Date(day(2023, 7, 31)),
                Cell::Decimal(1.5),
                Cell::Rate(66.7),
            ])
        })
        .collect();
    rows.push(Row::entry(vec![
        Cell::Link { text: Cow::Borrowed("002"), sheet: 0, row: 3 },
        Cell::Empty,
        Cell::Date(day(1899, 1, 1)),
        Cell::Integer(-7),
        Cell::rate(None),
    ]));
    rows.push(Row { mark: Mark::Overdue, ..Row::entry(vec![Cell::text(Some("003"))]) });
    rows
}

fn sheet<'a>(name: &str, look: Look, body: Body<'a>) -> Sheet<'a> {
    Sheet { name: name.to_owned(), hidden: false, look, columns: columns(), body }
}

fn official() -> Look {
    Look::Official(Box::new(Official {
        attachment: Some("附件3".to_owned()),
        title: "某县专项整治问题清单".to_owned(),
        left: "填报单位（章）：某县卫生健康局".to_owned(),
        right: "截至日期：2023年7月31日".to_owned(),
        notes: vec!["注：▲为逾期。".to_owned()],
        signature: ["审核人", "填报人"].map(str::to_owned).to_vec(),
        dense: false,
    }))
}

fn document<'a>(sheets: Vec<Sheet<'a>>) -> Document<'a> {
    Document { title: "清单".to_owned(), issuer: "某县卫生健康局".to_owned(), sheets }
}

fn rendered(document: &Document<'_>) -> Rendered {
    xlsx(document, day(2023, 7, 31)).expect("the document can be rendered")
}

fn read_back(bytes: Vec<u8>, sheet: &str) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let range = workbook.worksheet_range(sheet).expect("the sheet");
    range.rows().map(<[Data]>::to_vec).collect()
}

/// The parts of the package that are XML text, for what readers do not give back.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut part = archive.by_name(name).expect("the part");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut part, &mut text).expect("UTF-8");
    text
}

#[test]
fn plain_sheets_come_back_as_they_were() {
    let read = read_back(rendered(&document(vec![sheet("台账", Look::Plain, Body::Rows(rows()))])).bytes, "台账");
    assert_eq!(read[0][1], Data::String("描述".to_owned()));
    for (row, text) in read[1..].iter().zip(TEXTS) {
        assert_eq!(row[0], Data::String("001".to_owned()));
        assert_eq!(row[1], Data::String(text.to_owned()));
        assert!(matches!(&row[2], Data::DateTime(moment) if moment.is_datetime() && moment.as_f64() == 45138.0), "{:?}", row[2]);
        assert_eq!((&row[3], &row[4]), (&Data::Float(1.5), &Data::Float(0.667)));
    }
    assert_eq!(read[9][0], Data::String("002".to_owned()));
    assert_eq!(read[9][2], Data::String("1899-01-01".to_owned()));
    assert_eq!(read[9][3], Data::Float(-7.0));
    assert_eq!(read[9][4], Data::String("—".to_owned()));
}

#[test]
fn official_sheets_hold_heading_table_and_signature() {
    let rendered = rendered(&document(vec![sheet("问题清单", official(), Body::Rows(rows()))]));
    let read = read_back(rendered.bytes.clone(), "问题清单");
    let first = |row: usize| read[row][0].to_string();
    assert_eq!(first(0), "附件3");
    assert_eq!(first(1), "某县专项整治问题清单");
    assert_eq!(first(2), "填报单位（章）：某县卫生健康局");
    assert!(read[2].contains(&Data::String("截至日期：2023年7月31日".to_owned())));
    assert_eq!((first(3), read[3][1].to_string()), ("编号".to_owned(), "问题".to_owned()));
    assert_eq!(read[4][1].to_string(), "描述");
    for (row, text) in read[5..].iter().zip(TEXTS) {
        assert_eq!(row[1], Data::String(text.to_owned()));
    }
    let last = 5 + TEXTS.len() + 2;
    assert_eq!(first(last), "注：▲为逾期。");
    assert!(first(last + 1).starts_with("审核人：") && first(last + 1).contains("填报人："));
    assert_eq!(rendered.cut, []);

    let xml = part(&rendered.bytes, "xl/worksheets/sheet1.xml");
    for expected in [
        "<pageSetup paperSize=\"9\" fitToHeight=\"0\" orientation=\"landscape\"",
        "<oddFooter>&amp;C第 &amp;P 页 共 &amp;N 页</oddFooter>",
        "location=\"'问题清单'!A9\"",
        "<pageSetUpPr fitToPage=\"1\"/>",
    ] {
        assert!(xml.contains(expected), "{expected}\n{xml}");
    }
    assert!(!xml.contains("<f>"), "a text became a formula");
    assert!(part(&rendered.bytes, "xl/workbook.xml").contains("_xlnm.Print_Titles\" localSheetId=\"0\">问题清单!$4:$5<"));
}

/// All values of an attribute in the elements of a kind, sorted.
fn attributes(xml: &str, element: &str, attribute: &str) -> Vec<String> {
    let opening = format!("<{element} ");
    let elements = xml.split(&opening).skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
    let value = |tag: &str| Some(tag.split(&format!("{attribute}=\"")).nth(1)?.split('"').next()?.to_owned());
    let mut values: Vec<String> = elements.filter_map(value).collect();
    values.sort();
    values
}

#[test]
fn large_printed_sheets_stream_and_say_the_same() {
    let long = "疏散通道堆放杂物，影响应急疏散。".repeat(130);
    let make = |index: usize, row: &mut Row<'_>| match index % 100 {
        7 => *row = Row::group("一、消防安全"),
        99 => *row = Row::total(vec![Cell::text(Some("合计")), Cell::Empty, Cell::Empty, Cell::Integer(98), Cell::Rate(50.0)]),
        _ => {
            row.mark = if index.is_multiple_of(3) { Mark::Overdue } else { Mark::None };
            row.cells.extend([
                Cell::Link { text: Cow::Owned(format!("{index:06}")), sheet: 0, row: index as u32 },
                if index.is_multiple_of(50) { Cell::owned(long.clone()) } else { Cell::text(Some(TEXTS[index % TEXTS.len()])) },
                Cell::Date(if index == 5 { day(1899, 1, 1) } else { day(2023, 7, 31) }),
                Cell::Decimal(index as f64 / 8.0),
            ]);
        }
    };
    let document = document(vec![sheet("大表", official(), Body::made(1_300, make))]);
    let [(small, small_cut), (large, large_cut)] = [LARGE_SHEET, 100].map(|limit| {
        let mut bytes = Cursor::new(Vec::new());
        let cut = write_workbook(&document, day(2023, 7, 31), limit, &mut bytes).expect("the document can be rendered");
        (bytes.into_inner(), cut)
    });
    assert_eq!(small_cut, large_cut);
    let [one, other] = [&small, &large].map(|bytes| part(bytes, "xl/worksheets/sheet1.xml"));
    assert_eq!((one.contains("inlineStr"), other.contains("inlineStr")), (false, true));
    for (element, attribute) in [
        ("row", "r"),
        ("row", "ht"),
        ("c", "r"),
        ("mergeCell", "ref"),
        ("mergeCells", "count"),
        ("hyperlink", "ref"),
        ("hyperlink", "location"),
        ("hyperlink", "tooltip"),
        ("dimension", "ref"),
    ] {
        assert_eq!(attributes(&one, element, attribute), attributes(&other, element, attribute), "{element} {attribute}");
    }
    // The numbers of styles differ, what they stand for does not.
    let looks = |bytes: &[u8], xml: &str| -> Vec<String> {
        let styles = part(bytes, "xl/styles.xml");
        let list = |name: &str, item: &str| -> Vec<String> {
            let inside =
                styles.split(&format!("<{name} ")).nth(1).and_then(|rest| rest.split(&format!("</{name}>")).next()).unwrap_or_default();
            inside.split(&format!("<{item}")).skip(1).map(str::to_owned).collect()
        };
        let (fonts, fills) = (list("fonts", "font>"), list("fills", "fill>"));
        let formats: Vec<String> = (list("cellXfs", "xf ").iter())
            .map(|format| {
                let number =
                    |name: &str| format.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next()?.parse::<usize>().ok());
                let [font, fill] = [number("fontId"), number("fillId")].map(Option::unwrap_or_default);
                let rest = format.replace(&format!("fontId=\"{font}\""), "").replace(&format!("fillId=\"{fill}\""), "");
                format!("{rest}{}{}", fonts[font], fills[fill])
            })
            .collect();
        let cells = xml.split("<c ").skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
        cells
            .map(|cell| {
                cell.split("s=\"")
                    .nth(1)
                    .and_then(|rest| rest.split('"').next()?.parse::<usize>().ok())
                    .map_or_else(String::new, |style| formats[style].clone())
            })
            .collect()
    };
    assert_eq!(looks(&small, &one), looks(&large, &other));
    assert_eq!(read_back(small, "大表"), read_back(large, "大表"));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let make = || document(vec![sheet("甲", Look::Plain, Body::Rows(rows())), sheet("乙", official(), Body::Rows(rows()))]);
    assert_eq!(rendered(&make()), rendered(&make()));
    let mut streamed = Cursor::new(Vec::new());
    let cut = xlsx_to(&make(), day(2023, 7, 31), &mut streamed).expect("memory can be written");
    assert_eq!(Rendered { bytes: streamed.into_inner(), cut }, rendered(&make()));
}

#[test]
fn what_cannot_be_shown_whole_is_reported() {
    let too_long = "长".repeat(40_000);
    let long = "长".repeat(20_000);
    let whole = "疏散通道堆放杂物，影响应急疏散。".repeat(130);
    for (look, text, expected) in [
        (Look::Plain, &long, vec![]),
        (Look::Plain, &too_long, vec![("B2", CutReason::TooLong)]),
        (official(), &whole, vec![]),
        (official(), &long, vec![("B6", CutReason::NotPrintedWhole)]),
    ] {
        let body = Body::Rows(vec![Row::entry(vec![Cell::text(Some("1")), Cell::text(Some(text))])]);
        let cut = rendered(&document(vec![sheet("表", look, body)])).cut;
        let told: Vec<_> = cut.iter().map(|cell| (cell.cell.as_str(), cell.reason)).collect();
        assert_eq!(told, expected);
    }
}

#[test]
fn a_filtered_list_is_an_official_sheet_with_filters_over_its_entries() {
    let filtered = |official: Look| if let Look::Official(official) = official { Look::Filtered(official) } else { official };
    let written = |look: Look| part(&rendered(&document(vec![sheet("表", look, Body::Rows(rows()))])).bytes, "xl/worksheets/sheet1.xml");
    let (plain, filtered) = (written(official()), written(filtered(official())));
    // 附件 mark, title and the line under it, two rows of header, then ten entries.
    let filter = "<autoFilter ref=\"A5:E15\"/>";
    assert!(filtered.contains(filter), "{filtered}");
    assert_eq!(filtered.replace(filter, ""), plain);
}

#[test]
fn what_is_no_workbook_is_refused() {
    for name in ["", "三十一个字符以上的工作表名称不能用因为表格程序的上限就是三十一个字", "a/b"] {
        let document = document(vec![sheet(name, Look::Plain, Body::Rows(Vec::new()))]);
        assert!(matches!(xlsx(&document, day(2023, 7, 31)), Err(RenderError::Workbook(_))), "{name}");
    }
    let endless = document(vec![sheet("表", Look::Plain, Body::made(MOST_ROWS, |_, _| {}))]);
    assert!(matches!(xlsx(&endless, day(2023, 7, 31)), Err(RenderError::TooLarge { .. })));
}

#[test]
fn odd_sheets_do_not_break_it() {
    for (columns, rows) in [
        (Vec::new(), vec![Row::entry(vec![Cell::Integer(1)])]),
        (vec![Column::new("", ColumnKind::Number, 0)], vec![Row::entry(vec![Cell::Integer(1), Cell::Integer(2)]), Row::default()]),
        (vec![Column::new("甲", ColumnKind::Rate, 1).under("上")], vec![Row::group("组"), Row::total(vec![Cell::rate(None)])]),
    ] {
        for look in [Look::Plain, official()] {
            let body = Body::Rows(rows.clone());
            let sheet = Sheet { name: "表".to_owned(), hidden: true, look, columns: columns.clone(), body };
            assert_eq!(rendered(&document(vec![sheet])).cut, [], "{columns:?}");
        }
    }
}

#[test]
fn days_have_the_numbers_of_spreadsheet_programs() {
    for (date, expected) in
        [(day(1900, 3, 1), Some(61.0)), (day(1900, 2, 28), None), (day(2023, 7, 31), Some(45138.0)), (day(9999, 12, 31), Some(2_958_465.0))]
    {
        assert_eq!(serial(date), expected, "{date}");
    }
}
