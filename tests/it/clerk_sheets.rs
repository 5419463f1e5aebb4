//! Sheets that the clerk adds to the ledger's workbook: notes, a copy of 台账, a chart. They stay, and are no hazards.

use std::fs;

use qingdan::records::is_own_sheet;
use qingdan::render::kept_sheets::keep_sheets;
use rust_xlsxwriter::Chart;
use rust_xlsxwriter::ChartType;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::Formula;
use rust_xlsxwriter::Note;
use rust_xlsxwriter::Workbook;

use crate::workspace::Workspace;

const CAMPAIGN: &str = "campaign: qs-2023\ntitle: 青石县医疗机构消防安全专项整治\nissuer: 青石县卫生健康局\nissued: 2023-05-22\nperiod: {start: 2023-05-25, end: 2023-12-31}\nunits: units.csv\n";
const UNITS: &str = "编码,单位名称\nQ01,青石县人民医院\nQ03,柳湾镇卫生院\n";
const TITLES: &str = "隐患描述,部位,等级,发现日期,整改期限\n";

/// What the clerk has: a table that looks like a ledger, with a format, a formula, a note and a chart; and a hidden sheet.
fn clerks_book() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("待跟进").expect("a name");
    let red = Format::new().set_bold().set_font_color("FF0000").set_num_format("0.00\"元\"");
    for (column, title) in ["编号", "单位名称", "隐患描述", "部位", "等级", "发现日期", "整改期限", "状态", "最近报送"].iter().enumerate()
    {
        sheet.write_string(0, column as u16, *title).expect("fits");
    }
    sheet.write_string(1, 0, "qs-2023-Q01-001").expect("fits");
    sheet.write_string(1, 1, "青石县人民医院").expect("fits");
    sheet.write_string(1, 2, "打电话问一问").expect("fits");
    sheet.write_with_format(2, 3, 3.5, &red).expect("fits");
    sheet.write_formula(3, 3, Formula::new("=COUNTA(台账!A:A)").set_result("3")).expect("fits");
    sheet.write_formula(4, 3, Formula::new("=[1]上年!A1+1").set_result("41")).expect("fits");
    sheet.insert_note(2, 3, &Note::new("约数")).expect("fits");
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values("待跟进!$D$3:$D$4");
    sheet.insert_chart(5, 5, &chart).expect("fits");
    let hidden = book.add_worksheet().set_name("草稿 & 其他").expect("a name");
    hidden.write_string(0, 0, "藏").expect("fits").set_hidden(true);
    book.save_to_buffer().expect("fits")
}

fn parts(bytes: &[u8]) -> Vec<String> {
    let archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
    archive.file_names().map(|name| name.expect("a name").into_owned()).collect()
}

#[test]
fn they_stay_with_all_they_have_and_are_no_hazards() {
    let place = Workspace::with(&[("campaign.yaml", CAMPAIGN), ("units.csv", UNITS)]);
    place.write("inbox/柳湾镇卫生院20230616.csv", &format!("{TITLES}插座松动,门诊楼,一般,2023-06-05,2023-06-20\n"));
    place.clean(&["merge", "--as-of", "2023-06-20"]);
    let ledger = place.read("ledger.xlsx");
    let with = keep_sheets(&ledger, &clerks_book(), is_own_sheet).expect("a package").expect("two sheets");
    assert_eq!(with.names, ["待跟进", "草稿 & 其他"]);
    assert_eq!(with.as_values, ["待跟进"], "a formula that looks into another workbook is a value now");
    fs::write(place.path("ledger.xlsx"), &with.bytes).expect("the disk takes it");

    place.write("inbox/青石县人民医院20230623.csv", &format!("{TITLES}应急灯不亮,门诊楼,一般,2023-06-15,2023-06-30\n"));
    place.clean(&["merge", "--as-of", "2023-06-25"]);
    let merged = place.read("ledger.xlsx");
    let book = qingdan::tables::read(&qingdan::source::SourceFile { name: "ledger.xlsx".into(), bytes: merged.clone() }).expect("reads");
    let names: Vec<&str> = book.sheets.iter().map(|sheet| &*sheet.name).collect();
    assert_eq!(names[names.len() - 2..], ["待跟进", "草稿 & 其他"]);
    assert_eq!(place.rows("ledger.xlsx", "台账").len(), 3, "titles and two hazards");
    assert!(place.rows("ledger.xlsx", "待跟进").iter().any(|row| row.contains("打电话问一问")));
    assert!(place.rows("ledger.xlsx", "待跟进").iter().any(|row| row.contains("41")));
    let notes = &book.sheets[names.len() - 2].comments;
    assert!(notes.iter().any(|(.., text)| text.contains("约数")), "{notes:?}");
    let parts = parts(&merged);
    assert!(["xl/charts/chart1.xml", "xl/drawings/drawing1.xml"].iter().all(|part| parts.iter().any(|known| known == part)), "{parts:?}");

    // Nothing new: the workbook stays, byte for byte.
    place.clean(&["merge", "--as-of", "2023-06-25"]);
    assert_eq!(place.read("ledger.xlsx"), merged);
    place.clean(&["verify", "--as-of", "2023-06-25"]);
}

#[test]
fn a_workbook_without_further_sheets_is_not_touched() {
    let place = Workspace::with(&[("campaign.yaml", CAMPAIGN), ("units.csv", UNITS)]);
    place.write("inbox/柳湾镇卫生院20230616.csv", &format!("{TITLES}插座松动,门诊楼,一般,2023-06-05,2023-06-20\n"));
    place.clean(&["merge", "--as-of", "2023-06-20"]);
    let ledger = place.read("ledger.xlsx");
    for old in [ledger.as_slice(), b"", b"no package"] {
        assert!(keep_sheets(&ledger, old, is_own_sheet).expect("nothing to carry over").is_none());
    }
}
