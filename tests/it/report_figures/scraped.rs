//! What stands in the papers: cells, paragraphs and tables, marks of the page.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use calamine::Data;
use calamine::Reader;
use calamine::Xlsx;
use calamine::open_workbook;

/// A cell as text: numbers as they are, days as ISO, nothing as nothing.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::DateTime(moment) => moment.as_datetime().map_or_else(|| cell.to_string(), |moment| moment.date().to_string()),
        Data::Float(number) => number.to_string(),
        other => other.to_string(),
    }
}

fn of(range: &calamine::Range<Data>) -> Vec<Vec<String>> {
    range.rows().map(|row| row.iter().map(text).collect()).collect()
}

/// The rows of a sheet; its rates are shown with one decimal and without the sign.
pub fn sheet(path: &Path, name: &str) -> Vec<Vec<String>> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let range = workbook.worksheet_range(name).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut rows = of(&range);
    // Rates are those columns whose titles end in 率; they are stored as shares and shown in per cent.
    let heads = rows.iter().take(6).cloned().collect::<Vec<_>>();
    let is_rate = |column: usize| heads.iter().any(|row| row.get(column).is_some_and(|title| title.ends_with('率')));
    for row in &mut rows {
        let in_rates = name == "与上期比较" && row.get(5).is_some_and(|unit| unit == "%");
        for (column, cell) in row.iter_mut().enumerate() {
            if (is_rate(column) || in_rates && (2..4).contains(&column))
                && let Ok(number) = cell.parse::<f64>()
            {
                *cell = format!("{:.1}", number * 100.0);
            }
        }
    }
    rows
}

/// The rows of a sheet by its place.
pub fn cells(path: &Path, place: usize) -> Vec<Vec<String>> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    of(&workbook.worksheet_range_at(place).expect("a sheet").expect("it reads"))
}

/// The paragraphs of a Word document outside its tables, and the cells of its tables.
pub fn paragraphs(path: &Path) -> (Vec<String>, Vec<Vec<Vec<String>>>) {
    let mut archive = zip::ZipArchive::new(File::open(path).expect("there")).expect("a package");
    let mut xml = String::new();
    archive.by_name("word/document.xml").expect("a document").read_to_string(&mut xml).expect("UTF-8");
    let (mut outside, mut tables) = (String::new(), Vec::new());
    for (place, part) in xml.split("<w:tbl>").enumerate() {
        let (table, rest) = if place == 0 { ("", part) } else { part.split_once("</w:tbl>").expect("an end") };
        outside.push_str(rest);
        if place > 0 {
            let rows = table.split("<w:tr>").skip(1).map(|row| row.split("<w:tc>").skip(1).map(plain).collect());
            tables.push(rows.collect());
        }
    }
    (outside.split("</w:p>").map(plain).filter(|text| !text.is_empty()).collect(), tables)
}

/// The words between tags.
fn plain(xml: &str) -> String {
    let mut words = String::new();
    for part in xml.split("<w:t").skip(1).filter(|part| part.starts_with('>') || part.starts_with(' ')) {
        let (_, part) = part.split_once('>').expect("an end");
        words.push_str(part.split("</w:t>").next().unwrap_or_default());
    }
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Every number of the page with the key it carries; in tables body, row and column share it.
pub fn marked(page: &str) -> Vec<(String, String)> {
    let body = page.split_once("<body").map_or(page, |(_, body)| body);
    let body = body.split("<script").next().unwrap_or(body);
    let mut found = Vec::new();
    let (mut columns, mut table, mut row, mut column): (Vec<String>, String, String, usize) = Default::default();
    for piece in body.split('<').skip(1) {
        let Some((tag, words)) = piece.split_once('>') else { continue };
        let name = tag.split(|character: char| character.is_whitespace()).next().unwrap_or_default();
        let attribute = |wanted: &str| {
            let (_, value) = tag.split_once(&format!("{wanted}="))?;
            Some(value.trim_start_matches('"').split(['"', ' ', '>']).next().unwrap_or_default().to_owned())
        };
        let key = attribute("data-figure");
        match name {
            "table" => (columns, table, row) = (Vec::new(), String::new(), String::new()),
            "tbody" => table = key.unwrap_or_default(),
            "tr" => (row, column) = (attribute("data-row").unwrap_or_default(), 0),
            "th" | "td" if row.is_empty() => columns.push(key.unwrap_or_default()),
            "th" | "td" => {
                let own = columns.get(column).cloned().unwrap_or_default();
                if !own.is_empty() {
                    let parts: Vec<&str> = [table.as_str(), &row, &own].into_iter().filter(|part| !part.is_empty()).collect();
                    found.push((parts.join("."), words.trim().to_owned()));
                }
                column += 1;
            }
            _ => found.extend(key.map(|key| (key, words.trim().to_owned()))),
        }
    }
    found
}
