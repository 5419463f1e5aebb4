//! Makes the input files of the examples of tables, records and ledgers. Tests only.
//!
//! A text is one file, or several parted by `--- 文件名`. Lines that begin with `@` say what CSV text
//! cannot: `@隐藏行 3`, `@合并 B2:B3`, `@加密`, `@填报表 demo H01 2023-07-14 demo-H01-001`. A name that ends in `.xlsx` makes a workbook of the rows.

use std::io::Cursor;
use std::io::Write;
use std::sync::Arc;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::records::issue::ISSUE_SHEET;
use crate::records::issue::Issue;
use crate::source::SourceFile;
use crate::source::cell_name;

/// The name of an example's file when it gives none: it says the unit and the day.
const USUAL_NAME: &str = "甲医院-20230721.csv";

/// A file of an example, and whether the reader is to fail on it.
pub struct ExampleFile {
    pub file: SourceFile,
    pub reader_fails: bool,
}

/// The files of an example.
pub fn files(text: &str) -> Vec<ExampleFile> {
    let mut files = Vec::new();
    let mut name = USUAL_NAME;
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        if let Some(next) = line.strip_prefix("--- ") {
            if !lines.is_empty() {
                files.push(file(name, &lines));
            }
            name = next;
            lines.clear();
        } else {
            lines.push(line);
        }
    }
    files.push(file(name, &lines));
    files
}

fn file(name: &str, lines: &[&str]) -> ExampleFile {
    let (orders, rows): (Vec<&str>, Vec<&str>) = lines.iter().partition(|line| line.starts_with('@'));
    let text: String = rows.iter().map(|row| format!("{row}\n")).collect();
    let orders: Vec<(&str, &str)> = orders.iter().map(|order| order[1..].split_once(' ').unwrap_or((&order[1..], ""))).collect();
    let argument = |wanted: &str| orders.iter().find(|(order, _)| *order == wanted).map(|(_, argument)| *argument);
    let as_workbook = name.ends_with(".xlsx") && argument("文本").is_none();
    let mut bytes = if as_workbook { workbook(&text, &orders) } else { text.into_bytes() };
    for (order, argument) in &orders {
        match *order {
            "加密" => bytes = encrypted(),
            "自带密码" => bytes = include_bytes!("../../tests/fixtures/tables/built_in_password.xlsx").to_vec(),
            "截断" => bytes.truncate(bytes.len() / 2),
            "空文件" => bytes.clear(),
            "开头" => bytes = argument.as_bytes().to_vec(),
            "列数" => bytes = ",".repeat(argument.parse().expect("a number of columns")).into_bytes(),
            "坏字节" => bytes = replace(&bytes, "\u{fffd}".as_bytes(), &[0xff]),
            "编码" => bytes = encoding_rs::GB18030.encode(std::str::from_utf8(&bytes).expect("text")).0.into_owned(),
            _ => {}
        }
    }
    ExampleFile { file: SourceFile { name: Arc::from(name), bytes }, reader_fails: argument("读取程序出错").is_some() }
}

fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = bytes;
    while let Some(start) = rest.windows(from.len()).position(|window| window == from) {
        out.extend_from_slice(&rest[..start]);
        out.extend_from_slice(to);
        rest = &rest[start + from.len()..];
    }
    out.extend_from_slice(rest);
    out
}

/// An archive whose one entry is marked as encrypted.
fn encrypted() -> Vec<u8> {
    let mut bytes = archive(&[("xl/workbook.xml", String::new())]);
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let start = bytes.windows(4).position(|window| window == signature).expect("an entry");
        bytes[start + flags] |= 1;
    }
    bytes
}

fn archive(parts: &[(&str, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        writer.write_all(content.as_bytes()).expect("memory");
    }
    writer.finish().expect("an archive").into_inner()
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook of one sheet with the rows of a CSV text, changed as the orders say.
fn workbook(text: &str, orders: &[(&str, &str)]) -> Vec<u8> {
    let all = |wanted: &'static str| orders.iter().filter(move |(order, _)| *order == wanted).map(|(_, argument)| *argument);
    let given = |wanted: &'static str| all(wanted).next().is_some();
    let mut rows = String::new();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    for (index, record) in reader.records().enumerate() {
        let number = index as u32 + 1;
        let renamed = all("行号").find_map(|text| text.strip_prefix(&number.to_string())?.trim().parse().ok());
        let number: u32 = renamed.unwrap_or(number);
        let hidden = if all("隐藏行").any(|row| row == number.to_string()) { " hidden=\"1\"" } else { "" };
        rows.push_str(&format!("<row r=\"{number}\"{hidden}>"));
        for (position, field) in record.expect("CSV").iter().enumerate() {
            let name = cell_name(number, position as u32 + 1);
            let about = |wanted: &'static str| all(wanted).find_map(|text| text.strip_prefix(name.as_str())).map(str::trim);
            let escaped = field.replace('&', "&amp;").replace('<', "&lt;");
            if let Some(formula) = about("公式") {
                let formula = formula.replace('&', "&amp;").replace('"', "&quot;");
                rows.push_str(&format!("<c r=\"{name}\" t=\"str\"><f>{formula}</f><v>{escaped}</v></c>"));
            } else if let Some(code) = about("错误值") {
                rows.push_str(&format!("<c r=\"{name}\" t=\"e\"><v>{code}</v></c>"));
            } else if about("没有结果的公式").is_some() {
                rows.push_str(&format!("<c r=\"{name}\"><f>VLOOKUP(A1,B1,2)</f></c>"));
            } else if about("数字").is_some() {
                rows.push_str(&format!("<c r=\"{name}\"><v>{escaped}</v></c>"));
            } else if !escaped.is_empty() {
                let style = if about("删除线").is_some() { " s=\"1\"" } else { "" };
                rows.push_str(&format!("<c r=\"{name}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{escaped}</t></is></c>"));
            }
        }
        rows.push_str("</row>");
    }
    let columns: String = all("隐藏列")
        .map(|letter| {
            let column = u32::from(letter.as_bytes()[0] - b'A') + 1;
            format!("<cols><col min=\"{column}\" max=\"{column}\" width=\"9\" hidden=\"1\"/></cols>")
        })
        .collect();
    let merges: String = all("合并").map(|area| format!("<mergeCells><mergeCell ref=\"{area}\"/></mergeCells>")).collect();
    let comments: String = all("批注")
        .filter_map(|text| text.split_once(' '))
        .map(|(cell, text)| format!("<comment ref=\"{cell}\" authorId=\"0\"><text><r><t>{text}</t></r></text></comment>"))
        .collect();
    let picture = if given("图片") { "<a:pic xmlns:a=\"urn:a\"/>" } else { "" };
    let boxes: String = all("文本框")
        .map(|text| format!("<a:sp xmlns:a=\"urn:a\"><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:sp>"))
        .collect();
    let state = if given("隐藏工作表") { " state=\"hidden\"" } else { "" };
    let date_1904 = if given("日期从1904年算起") { "<workbookPr date1904=\"1\"/>" } else { "" };
    let chart: String = all("图表工作表").map(|name| format!("<sheet name=\"{name}\" sheetId=\"2\" r:id=\"rId2\"/>")).collect();
    let relationship =
        |id: &str, kind: &str, target: &str| format!("<Relationship Id=\"{id}\" Type=\"{KINDS}/{kind}\" Target=\"{target}\"/>");
    let relationships = |inner: String| format!("<Relationships xmlns=\"{RELATIONSHIPS}\">{inner}</Relationships>");
    let issue = all("填报表").next();
    let mark = issue.map_or_else(String::new, |_| format!("<sheet name=\"{ISSUE_SHEET}\" sheetId=\"4\" state=\"hidden\" r:id=\"rId5\"/>"));
    let visible = if given("隐藏工作表") { "<sheet name=\"封面\" sheetId=\"3\" r:id=\"rId4\"/>" } else { "" };
    archive(&[
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned()),
        ("_rels/.rels", relationships(relationship("rId1", "officeDocument", "xl/workbook.xml"))),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{KINDS}\">{date_1904}<sheets>{visible}\
                 <sheet name=\"台账\" sheetId=\"1\" r:id=\"rId1\"{state}/>{chart}{mark}</sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relationships(
                relationship("rId1", "worksheet", "worksheets/sheet1.xml")
                    + &relationship("rId2", "chartsheet", "chartsheets/sheet1.xml")
                    + &relationship("rId3", "styles", "styles.xml")
                    + &relationship("rId4", "worksheet", "worksheets/sheet2.xml")
                    + &relationship("rId5", "worksheet", "worksheets/sheet3.xml"),
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{MAIN}\"><fonts><font/><font><strike/></font></fonts>\
                 <cellXfs><xf fontId=\"0\"/><xf fontId=\"1\"/></cellXfs></styleSheet>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{MAIN}\">{columns}<sheetData>{rows}</sheetData>{merges}</worksheet>")),
        ("xl/worksheets/sheet2.xml", format!("<worksheet xmlns=\"{MAIN}\"><sheetData/></worksheet>")),
        (
            "xl/worksheets/sheet3.xml",
            format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{}</sheetData></worksheet>", issue.map(issue_rows).unwrap_or_default()),
        ),
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            relationships(relationship("rId1", "comments", "../comments1.xml") + &relationship("rId2", "drawing", "../drawing1.xml")),
        ),
        ("xl/comments1.xml", format!("<comments xmlns=\"{MAIN}\"><commentList>{comments}</commentList></comments>")),
        ("xl/drawing1.xml", format!("<a:wsDr xmlns:a=\"urn:a\">{picture}{boxes}</a:wsDr>")),
    ])
}

/// The hidden sheet of a form: campaign, unit, day, numbers of the hazards that it was sent out with.
fn issue_rows(order: &str) -> String {
    let mut words = order.split(' ').map(str::to_owned);
    let mut next = || words.next().expect("campaign, unit, day");
    let (campaign, unit, on) = (next(), next(), next().parse().expect("a day"));
    let issue = Issue { campaign, unit, on, rows: words.map(|id| (id, Vec::new())).collect() };
    let cell = |text: &String| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    issue.sheet_rows().iter().map(|row| format!("<row>{}</row>", row.iter().map(cell).collect::<String>())).collect()
}
