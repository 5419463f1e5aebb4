//! An official text as a Word document, from outside: well-formed parts that hang together, every word and
//! number once, the same bytes each time, and whatever text it is given.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::io::Read;
use std::io::Write;
use std::process::Command;

use chrono::NaiveDate;
use quick_xml::Reader;
use quick_xml::events::Event;

use qingdan::documents::Block;
use qingdan::documents::Body;
use qingdan::documents::Cell;
use qingdan::documents::Column;
use qingdan::documents::ColumnKind;
use qingdan::documents::Form;
use qingdan::documents::Imprint;
use qingdan::documents::Manuscript;
use qingdan::documents::ManuscriptKind;
use qingdan::documents::Mark;
use qingdan::documents::Row;
use qingdan::documents::Table;
use qingdan::documents::manuscript_text::blocks;
use qingdan::render::RenderError;
use qingdan::render::docx::docx;

const TEXT: &str = "\
截至2024年6月30日，全县42家医疗卫生机构共排查隐患317条，已整改285条，整改率89.9%。现将有关情况通报如下。

一、总体情况
（一）报送情况。本月应报42家，按时报送38家，零报告6家，逾期报送2家，未报送2家。

各乡镇卫生院报送质量较上月有所提高，但仍有部分单位存在“重上报、轻整改”的问题，台账要素不全、措施空泛，个别单位连续两个月未更新整改进展。
【表：报送】
（二）整改情况
各单位整改进展见下表。
【表：整改】
二、存在的问题
1.隐患排查不深不细
部分单位自查零报告，但督查中发现问题较多。
2.整改超期。示例县中医医院等3家单位共有11条隐患超过整改期限，其中重大隐患1条。
三、逾期隐患
【表：逾期】
四、下一步工作要求
各单位要对照问题清单逐条整改，于2024年7月10日前将整改情况报县卫生健康委员会办公室。
";

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

fn texts(row: &[&'static str]) -> Vec<Cell<'static>> {
    row.iter().map(|text| Cell::text(Some(text))).collect()
}

fn table(caption: &str, columns: Vec<Column>, rows: Vec<Row<'static>>) -> Table<'static> {
    let caption = caption.to_owned();
    Table { caption, left: String::new(), right: String::new(), columns, body: Body::Rows(rows), notes: Vec::new() }
}

fn submissions() -> Table<'static> {
    let columns = vec![
        Column::new("类别", ColumnKind::Word, 12),
        Column::new("应报", ColumnKind::Number, 6),
        Column::new("按时", ColumnKind::Number, 6).under("报送情况"),
        Column::new("逾期", ColumnKind::Number, 6).under("报送情况"),
        Column::new("未报", ColumnKind::Number, 6).under("报送情况"),
        Column::new("按时报送率", ColumnKind::Rate, 8),
    ];
    let row = |name: &'static str, counts: [i64; 4], rate: Option<f64>| {
        let mut cells = vec![Cell::text(Some(name))];
        cells.extend(counts.map(Cell::Integer));
        cells.push(Cell::rate(rate));
        cells
    };
    let rows = vec![
        Row::entry(row("县直医疗机构", [8, 7, 1, 0], Some(87.5))),
        Row::entry(row("乡镇卫生院", [18, 17, 0, 1], Some(94.4))),
        Row::entry(row("民营医院", [16, 14, 1, 1], Some(87.6))),
        Row::entry(row("其他", [0, 0, 0, 0], None)),
        Row::total(row("合计", [42, 38, 2, 2], Some(90.5))),
    ];
    let mut table = table("报送情况统计表", columns, rows);
    table.left = "制表单位：示例县卫生健康委员会".to_owned();
    table.right = "单位：家".to_owned();
    table.notes = vec!["注：零报告计入按时报送。".to_owned()];
    table
}

fn progress() -> Table<'static> {
    let columns = vec![
        Column::new("序号", ColumnKind::Number, 4),
        Column::new("单位", ColumnKind::Prose, 16).growing(1),
        Column::new("隐患数", ColumnKind::Number, 6),
        Column::new("已整改", ColumnKind::Number, 6),
        Column::new("整改率", ColumnKind::Rate, 8),
    ];
    let make = |index: usize, row: &mut Row<'static>| {
        let index = index as i64;
        row.cells.extend([
            Cell::Integer(index + 1),
            Cell::owned(format!("示例县第{}卫生院", index + 1001)),
            Cell::Integer(index + 2001),
            Cell::Integer(index + 3001),
            Cell::Rate(index as f64 + 0.5),
        ]);
    };
    Table { body: Body::made(40, make), ..table("整改进展", columns, Vec::new()) }
}

fn overdue() -> Table<'static> {
    let columns = vec![
        Column::new("编号", ColumnKind::Code, 20),
        Column::new("单位名称", ColumnKind::Prose, 16),
        Column::new("隐患描述", ColumnKind::Prose, 30).growing(3),
        Column::new("等级", ColumnKind::Word, 6),
        Column::new("整改措施", ColumnKind::Prose, 24).growing(2),
        Column::new("整改期限", ColumnKind::Date, 10),
        Column::new("逾期天数", ColumnKind::Number, 6),
    ];
    let mut rows = vec![Row::group("一、县直医疗机构")];
    for (number, mark) in [("demo-2024-001-0001", Mark::Overdue), ("demo-2024-001-0002", Mark::DueSoon), ("demo-2024-002-0007", Mark::None)]
    {
        let mut cells = texts(&[
            number,
            "示例县中医医院",
            "住院楼二层西侧疏散通道堆放杂物，影响应急疏散。",
            "一般",
            "清理杂物，张贴标识，落实专人每日巡查。",
        ]);
        cells.extend([Cell::Date(day(2024, 6, 15)), Cell::Integer(15)]);
        rows.push(Row { mark, ..Row::entry(cells) });
    }
    table("逾期未整改隐患", columns, rows)
}

fn everything() -> Manuscript<'static> {
    let tables = vec![("报送".to_owned(), submissions()), ("整改".to_owned(), progress()), ("逾期".to_owned(), overdue())];
    Manuscript {
        kind: ManuscriptKind::Bulletin,
        issuer: "示例县卫生健康委员会".to_owned(),
        masthead: "示例县卫生健康委员会文件".to_owned(),
        number: Manuscript::blank_number(Some("×卫健发")),
        signer: None,
        title: "示例县卫生健康委员会关于2024年6月\n重大事故隐患专项排查整治工作情况的通报".to_owned(),
        addressee: Some("各乡镇卫生院，县直各医疗卫生单位，各民营医疗机构".to_owned()),
        blocks: blocks(TEXT, tables).expect("tables of the text"),
        attachments: vec!["问题清单".to_owned(), "示例县卫生健康系统重大事故隐患专项排查整治未整改隐患任务清单和责任清单汇总表".to_owned()],
        signature: "示例县卫生健康委员会".to_owned(),
        signed_on: Some(day(2024, 7, 2)),
        notes: vec!["此件公开发布".to_owned()],
        copies: vec!["县安全生产委员会办公室".to_owned(), "县应急管理局".to_owned(), "县消防救援大队".to_owned()],
        imprint: Some(Imprint { office: "示例县卫生健康委员会办公室".to_owned(), printed_on: None }),
        forms: Vec::new(),
    }
}

/// An almost empty text with these blocks.
fn bare(title: &str, blocks: Vec<Block<'static>>) -> Manuscript<'static> {
    Manuscript {
        issuer: String::new(),
        masthead: String::new(),
        number: String::new(),
        title: title.to_owned(),
        addressee: None,
        blocks,
        attachments: Vec::new(),
        signature: String::new(),
        signed_on: None,
        notes: Vec::new(),
        copies: Vec::new(),
        imprint: None,
        ..everything()
    }
}

fn bytes(manuscript: &Manuscript<'_>) -> Vec<u8> {
    docx(manuscript, day(2024, 6, 30)).expect("a document")
}

/// The parts of a package, each checked to be well-formed.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let name = String::from_utf8(entry.name_raw().to_vec()).expect("a name");
        let mut part = String::new();
        entry.read_to_string(&mut part).expect("UTF-8");
        shown(&name, &part);
        parts.insert(name, part);
    }
    parts
}

/// What a reader sees of a part, a line for each paragraph; panics where it is not well-formed.
fn shown(name: &str, part: &str) -> String {
    let mut reader = Reader::from_str(part);
    let (mut text, mut in_text) = (String::new(), false);
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
            Event::Start(tag) => {
                in_text = tag.name().as_ref() == "w:t";
                assert!(tag.attributes().all(|attribute| attribute.is_ok()), "{name}: {tag:?}");
            }
            Event::End(tag) => {
                in_text = false;
                if tag.name().as_ref() == "w:p" {
                    text.push('\n');
                }
            }
            Event::Empty(tag) => match tag.name().as_ref() {
                "w:br" => text.push('\n'),
                "w:tab" if tag.attributes().next().is_none() => text.push('\t'),
                _ => {}
            },
            Event::Text(piece) if in_text => text.push_str(&piece),
            Event::GeneralRef(reference) => text.push(match reference.as_ref() {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                other => panic!("{name}: &{other};"),
            }),
            Event::Eof => return text,
            _ => {}
        }
    }
}

#[test]
fn the_package_hangs_together() {
    let parts = parts(&bytes(&everything()));
    let types = &parts["[Content_Types].xml"];
    for (from, folder) in [("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")] {
        for relation in parts[from].split("<Relationship ").skip(1) {
            let target = relation.split("Target=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a target");
            let target = format!("{folder}{target}");
            assert!(parts.contains_key(&target), "{from} leads to {target}");
            assert!(types.contains(&format!("PartName=\"/{target}\"")), "{target} has no type");
        }
    }
    let document = &parts["word/document.xml"];
    for reference in document.split("r:id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(parts["word/_rels/document.xml.rels"].contains(&format!("Id=\"{reference}\"")), "{reference}");
    }
    for mark in ["<w:pStyle w:val=\"", "<w:rStyle w:val=\""] {
        for style in document.split(mark).skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(parts["word/styles.xml"].contains(&format!("w:styleId=\"{style}\"")), "{style} is no style");
        }
    }
    for font in parts["word/styles.xml"].split("w:eastAsia=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(font == "zh-CN" || parts["word/fontTable.xml"].contains(&format!("<w:font w:name=\"{font}\">")), "{font}");
    }
    let core = &parts["docProps/core.xml"];
    assert!(core.contains("<dc:title>示例县卫生健康委员会关于2024年6月重大事故隐患专项排查整治工作情况的通报</dc:title>"), "{core}");
    assert!(core.contains("<dc:creator>示例县卫生健康委员会</dc:creator>") && core.contains(">2024-06-30T00:00:00Z<"), "{core}");
    assert!(parts["word/footer1.xml"].contains(" PAGE ") && parts["word/footer2.xml"].contains(" PAGE "));
}

#[test]
fn every_word_and_number_stands_there_once() {
    let parts = parts(&bytes(&everything()));
    let shown = shown("word/document.xml", &parts["word/document.xml"]);
    let lines: Vec<&str> = shown.lines().collect();
    let once = |line: &str| assert_eq!(lines.iter().filter(|other| **other == line).count(), 1, "{line} in {lines:#?}");
    for line in [
        "示例县卫生健康委员会文件",
        "×卫健发〔　　〕　号",
        "示例县卫生健康委员会关于2024年6月",
        "重大事故隐患专项排查整治工作情况的通报",
        "各乡镇卫生院，县直各医疗卫生单位，各民营医疗机构：",
        "一、总体情况",
        "（二）整改情况",
        "1.隐患排查不深不细",
        "2.整改超期。示例县中医医院等3家单位共有11条隐患超过整改期限，其中重大隐患1条。",
        "报送情况统计表",
        "制表单位：示例县卫生健康委员会\t单位：家",
        "报送情况",
        "87.5%",
        "94.4%",
        "90.5%",
        "—",
        "注：零报告计入按时报送。",
        "一、县直医疗机构",
        "demo-2024-001-0001",
        "附件：1.\t问题清单",
        "2.\t示例县卫生健康系统重大事故隐患专项排查整治未整改隐患任务清单和责任清单汇总表",
        "示例县卫生健康委员会",
        "2024年7月2日",
        "（此件公开发布）",
        "抄送：县安全生产委员会办公室，县应急管理局，县消防救援大队。",
        "示例县卫生健康委员会办公室\t　　　　年　　月　　日印发",
    ] {
        once(line);
    }
    for number in 0..40 {
        for text in [format!("示例县第{}卫生院", number + 1001), (number + 2001).to_string(), (number + 3001).to_string()] {
            once(&text);
        }
        once(&format!("{number}.5%"));
    }
}

#[test]
fn tables_repeat_their_heads_and_wide_ones_turn() {
    let document = &parts(&bytes(&everything()))["word/document.xml"];
    assert_eq!(document.matches("<w:tbl>").count(), 3 + 1, "three of the text, and 版记");
    assert_eq!(document.matches("<w:tblHeader/>").count(), 2 + 1 + 1);
    assert_eq!(document.matches("<w:cantSplit/>").count(), document.matches("<w:tr>").count());
    let pages: Vec<bool> =
        document.split("<w:pgSz ").skip(1).map(|rest| rest.split('>').next().is_some_and(|size| size.contains("landscape"))).collect();
    assert_eq!(pages, [false, true, false], "the wide table stands on a turned page of its own");
    for widths in document.split("<w:tblGrid>").skip(1).filter_map(|rest| rest.split("</w:tblGrid>").next()) {
        let sum: u32 = widths.split("w:w=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<u32>().ok()).sum();
        assert!(sum == 8845 || sum == 12756, "{sum}: {widths}");
    }
}

#[test]
fn headings_look_like_their_level_and_run_in_ones_stay_paragraphs() {
    let document = &parts(&bytes(&everything()))["word/document.xml"];
    for (style, count) in [("Heading1", 4), ("Heading2", 1), ("Heading3", 1), ("OfficialText", 8)] {
        assert_eq!(document.matches(&format!("<w:pStyle w:val=\"{style}\"/>")).count(), count, "{style}");
    }
    assert_eq!(document.matches("<w:rStyle w:val=\"Heading2Words\"/>").count(), 1);
}

#[test]
fn the_same_text_gives_the_same_bytes_and_the_day_is_the_callers() {
    assert_eq!(bytes(&everything()), bytes(&everything()));
    let other = docx(&everything(), day(2024, 7, 1)).expect("a document");
    let (one, other) = (parts(&bytes(&everything())), parts(&other));
    let different: Vec<&String> = one.keys().filter(|name| one[*name] != other[*name]).collect();
    assert_eq!(different, ["docProps/core.xml"]);
}

#[test]
fn hostile_texts_stay_texts() {
    let long = "长".repeat(10_000);
    for text in ["<&>\"'", "</w:t></w:r></w:p>", "{ PAGE }", "]]>", "&#0;&amp;", "_x0041_", " 前后 ", "👩‍⚕️🚑", "𠮷野家", &long]
    {
        let cells = vec![Cell::owned(text.to_owned())];
        let columns = vec![Column::new(Cow::Owned(text.to_owned()), ColumnKind::Prose, 8)];
        let mut manuscript =
            bare(text, vec![Block::Paragraph(text.to_owned()), Block::Table(table(text, columns, vec![Row::entry(cells)]))]);
        manuscript.issuer = text.to_owned();
        manuscript.signature = text.to_owned();
        let parts = parts(&bytes(&manuscript));
        let shown = shown("word/document.xml", &parts["word/document.xml"]);
        let count = shown.matches(text.trim()).count();
        assert_eq!(count, 6, "title, paragraph, caption, head, cell and signature of {}", text.chars().take(20).collect::<String>());
    }
}

#[test]
fn control_characters_are_shown() {
    let text = "铃\u{7}零\0回\r换\n行\t格\u{7F}\u{FFFF}\u{1B}[31m";
    let parts = parts(&bytes(&bare("标题", vec![Block::Paragraph(text.to_owned())])));
    let shown = shown("word/document.xml", &parts["word/document.xml"]);
    assert!(shown.contains("铃␇零␀回\n换\n行\t格␡\u{FFFD}␛[31m"), "{shown}");
}

#[test]
fn nothing_at_all_is_a_document_too() {
    let empty = Table { notes: vec![String::new()], ..table("", Vec::new(), Vec::new()) };
    let parts = parts(&bytes(&bare("", vec![Block::Table(empty), Block::Paragraph(String::new())])));
    assert!(!parts["word/document.xml"].contains("<w:tbl>") && !parts["word/document.xml"].contains("w:val=\"Title\""));
    assert!(parts["docProps/core.xml"].contains("<dc:title></dc:title>"));
}

#[test]
fn a_table_that_word_refuses_is_refused_here() {
    let columns = |count: usize| vec![Column::new("栏", ColumnKind::Word, 4); count];
    let made = |count: usize| docx(&bare("", vec![Block::Table(table("汇总", columns(count), Vec::new()))]), day(2024, 6, 30));
    assert!(made(63).is_ok());
    let error = made(64).expect_err("too many columns");
    assert!(matches!(error, RenderError::TooManyColumns { columns: 64, .. }));
    assert_eq!(error.to_string(), "表“汇总”有64列，超过了 Word 表格的上限（63列），请拆成几张表，或改存为 .xlsx");
}

/// Needs LibreOffice; where there is none, the test says so and does nothing.
#[test]
fn an_office_program_opens_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    if Command::new("soffice").arg("--version").arg(&profile).output().is_err() {
        // Written past the test harness, which keeps what passing tests print.
        let _ = writeln!(std::io::stderr(), "skipped an_office_program_opens_it: no soffice on this machine");
        return;
    }
    let path = folder.path().join("通报.docx");
    std::fs::write(&path, bytes(&everything())).expect("written");
    let converted = Command::new("soffice")
        .arg(&profile)
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .arg(&path)
        .output();
    let pdf = std::fs::read(folder.path().join("通报.pdf")).unwrap_or_else(|error| panic!("{error}: {converted:?}"));
    assert!(pdf.starts_with(b"%PDF") && pdf.len() > 10_000);
}

/// The same text as a letter with a form behind it.
fn letter() -> Manuscript<'static> {
    let row = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    Manuscript {
        kind: ManuscriptKind::Letter,
        masthead: "示例县卫生健康委员会".to_owned(),
        imprint: None,
        forms: vec![Form {
            title: "送达回证".to_owned(),
            rows: vec![row("送达文书", "整改通知书"), row("收到时间", "")],
            notes: vec!["签收后交回。".to_owned()],
        }],
        ..everything()
    }
}

#[test]
fn a_letter_has_its_name_and_rules_on_the_first_page_alone_and_no_number_there() {
    let parts = parts(&bytes(&letter()));
    let document = &parts["word/document.xml"];
    let sections: Vec<&str> = document.split("<w:sectPr>").skip(1).collect();
    assert!(sections[0].contains("<w:titlePg/>") && sections[0].contains("w:header=\"1701\""), "{}", sections[0]);
    assert!(sections.len() > 1 && sections[1..].iter().all(|section| !section.contains("titlePg") && !section.contains("headerReference")));
    let (head, foot) = (&parts["word/header1.xml"], &parts["word/footer3.xml"]);
    assert!(shown("word/header1.xml", head).contains("示例县卫生健康委员会") && head.contains("thickThinSmallGap"), "{head}");
    assert!(foot.contains("thinThickSmallGap") && !foot.contains("PAGE"), "{foot}");
    // 170 mm are 9638 twips, 20 mm from the lower edge.
    assert!(foot.contains("w:w=\"9638\"") && foot.contains("w:y=\"15704\""), "{foot}");
    let shown = shown("word/document.xml", document);
    assert_eq!(shown.matches("示例县卫生健康委员会文件").count() + shown.matches("印发\n").count(), 0, "{shown}");
    for line in ["×卫健发〔　　〕　号", "送达回证", "整改通知书", "签收后交回。"] {
        assert_eq!(shown.lines().filter(|other| *other == line).count(), 1, "{line} in {shown}");
    }
    assert_eq!((document.matches("<w:pageBreakBefore/>").count(), document.matches("LetterNumber").count()), (1, 1));
    for (from, folder) in [("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")] {
        for target in parts[from].split("Target=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let name = format!("{folder}{target}");
            assert!(parts.contains_key(&name) && parts["[Content_Types].xml"].contains(&format!("PartName=\"/{name}\"")), "{name}");
        }
    }
    assert_eq!(bytes(&letter()), bytes(&letter()));
}
