//! A document → XLSX. Everything is decided here from the document and the as-of date, so the bytes are
//! the same each time; texts are always written as texts and never as formulas.
//!
//! Small printed sheets are put together in memory by the library. The rows of plain and of large printed sheets
//! stream into their part, so that neither memory nor time is spent on millions of cell objects; see `stream`.

mod chart;
mod charts;
pub mod fill_in;
pub(in crate::render) mod layout;
mod official;
mod plain;
mod stream;
mod styles;
pub(in crate::render) mod text;
pub(in crate::render) mod width;

use std::io::Cursor;
use std::io::Seek;
use std::io::Write;

use chrono::NaiveDate;
use rust_xlsxwriter::DocProperties;
use rust_xlsxwriter::Workbook;
use rust_xlsxwriter::Worksheet;

use crate::documents::Cell;
use crate::documents::Document;
use crate::documents::Look;
use crate::documents::Sheet;
use crate::render::outcome::CutCell;
use crate::render::outcome::CutReason;
use crate::render::outcome::RenderError;
use crate::render::outcome::Rendered;
use crate::render::xlsx::stream::Rows;
use crate::render::xlsx::stream::Streamed;
use crate::source::cell_name;

/// Printed sheets with more cells than this are streamed.
const LARGE_SHEET: usize = 20_000;
/// A third larger than the default level, for three quarters of its time.
const COMPRESSION: u8 = 3;
const MOST_ROWS: usize = 1_048_576;
const MOST_COLUMNS: usize = 16_384;
/// A4 in the numbering of spreadsheet programs.
const A4: u8 = 9;
/// Default row height and column width of [`styles::normal`], in pixels.
const NORMAL_ROW_PIXELS: u32 = 18;
const NORMAL_COLUMN_PIXELS: u32 = 72;
const PAGE_NUMBERS: &str = "&C第 &P 页 共 &N 页";

/// The document as the bytes of a workbook. `as_of` becomes its date of creation.
pub fn xlsx(document: &Document<'_>, as_of: NaiveDate) -> Result<Rendered, RenderError> {
    let mut bytes = Cursor::new(Vec::new());
    let cut = xlsx_to(document, as_of, &mut bytes)?;
    Ok(Rendered { bytes: bytes.into_inner(), cut })
}

/// Writes the document as a workbook, without holding its large sheets in memory; the writer should be
/// buffered. Gives the cells that could not be shown whole.
pub fn xlsx_to(document: &Document<'_>, as_of: NaiveDate, mut writer: impl Write + Seek + Send) -> Result<Vec<CutCell>, RenderError> {
    write_workbook(document, as_of, LARGE_SHEET, &mut writer)
}

fn write_workbook(
    document: &Document<'_>,
    as_of: NaiveDate,
    large_sheet: usize,
    mut writer: impl Write + Seek + Send,
) -> Result<Vec<CutCell>, RenderError> {
    let places: Vec<Place> = document.sheets.iter().map(Place::of).collect();
    let Skeleton { mut workbook, mut cut, streamed } = skeleton(document, as_of, &places, large_sheet)?;
    if streamed.is_empty() {
        workbook.save_to_writer(writer)?;
    } else {
        cut.extend(stream::splice(workbook.save_to_buffer()?, &streamed, &places, &mut writer)?);
    }
    Ok(cut)
}

/// The workbook as far as the library writes it, and the sheets whose rows are still missing.
struct Skeleton<'p, 'd> {
    workbook: Workbook,
    cut: Vec<CutCell>,
    streamed: Vec<Streamed<'p, 'd>>,
}

fn skeleton<'p, 'd>(
    document: &'p Document<'d>,
    as_of: NaiveDate,
    places: &[Place],
    large_sheet: usize,
) -> Result<Skeleton<'p, 'd>, RenderError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(COMPRESSION);
    workbook.set_default_format(&styles::normal(), NORMAL_ROW_PIXELS, NORMAL_COLUMN_PIXELS)?;
    let midnight = as_of.and_time(chrono::NaiveTime::MIN).and_utc();
    workbook.set_properties(&DocProperties::new().set_title(&document.title).set_author(&document.issuer).set_creation_datetime(&midnight));
    let (mut cut, mut streamed) = (Vec::new(), Vec::new());
    for (position, sheet) in document.sheets.iter().enumerate() {
        let (rows, columns) = (sheet.body.len(), sheet.columns.len());
        // A header; title, header, notes and signature line of a printed sheet.
        let around = if matches!(sheet.look, Look::Plain) { 1 } else { 64 };
        if rows + around > MOST_ROWS || columns > MOST_COLUMNS {
            return Err(RenderError::TooLarge { sheet: sheet.name.clone(), rows, columns });
        }
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(&sheet.name)?;
        if sheet.hidden && position > 0 {
            worksheet.set_hidden(true);
        }
        worksheet.set_paper_size(A4).set_landscape().set_footer(PAGE_NUMBERS);
        let mut page = Page { worksheet, sheet, places, cut: &mut cut };
        let written = match &sheet.look {
            _ if columns == 0 => None,
            Look::Plain => {
                plain::write_skeleton(&mut page)?;
                Some(Rows::Plain)
            }
            Look::Official(official) | Look::Filtered(official) => {
                let written = if rows.saturating_mul(columns) > large_sheet {
                    Some(Rows::Official(official::write_skeleton(&mut page, official)?))
                } else {
                    official::write(&mut page, official)?;
                    None
                };
                if matches!(sheet.look, Look::Filtered(_)) {
                    official::filter(&mut page, official)?;
                }
                written
            }
            Look::Charts(charted) => {
                charts::write(&mut page, charted)?;
                None
            }
        };
        streamed.extend(written.map(|rows| Streamed { position, sheet, rows }));
    }
    Ok(Skeleton { workbook, cut, streamed })
}

/// The worksheet that is being written, with what its writer must know of its document.
struct Page<'p, 'd> {
    worksheet: &'p mut Worksheet,
    sheet: &'p Sheet<'d>,
    places: &'p [Place],
    cut: &'p mut Vec<CutCell>,
}

impl Page<'_, '_> {
    /// Notes that a cell could not be shown whole. `row` and `column` count from 0.
    fn report(&mut self, row: u32, column: usize, text: &str, reason: CutReason) {
        self.cut.push(cut_cell(self.sheet, row, column, text, reason));
    }
}

/// A cell that could not be shown whole. `row` and `column` count from 0.
fn cut_cell(sheet: &Sheet<'_>, row: u32, column: usize, text: &str, reason: CutReason) -> CutCell {
    CutCell {
        sheet: sheet.name.clone(),
        cell: cell_name(row + 1, column as u32 + 1),
        column: sheet.columns.get(column).map_or(String::new(), |column| column.title.to_string()),
        characters: text.chars().count(),
        reason,
    }
}

/// Where a sheet's body begins, for links to its rows.
struct Place {
    name: String,
    first_row: u32,
    /// Zero-based column to which links lead: the first that holds codes.
    column: u32,
}

impl Place {
    fn of(sheet: &Sheet<'_>) -> Place {
        let first_row = match &sheet.look {
            Look::Plain => 1,
            Look::Official(official) | Look::Filtered(official) => official::first_body_row(official, &sheet.columns),
            Look::Charts(_) => charts::first_body_row(&sheet.columns),
        };
        let column = sheet.columns.iter().position(|column| column.kind == crate::documents::ColumnKind::Code).unwrap_or(0);
        Place { name: sheet.name.clone(), first_row, column: column as u32 }
    }

    /// The place that a link cell leads to and its row there, if the sheet exists.
    fn target<'p>(places: &'p [Place], cell: &Cell<'_>) -> Option<(&'p Place, u32)> {
        let Cell::Link { sheet, row, .. } = cell else {
            return None;
        };
        Some((places.get(*sheet as usize)?, *row))
    }

    /// The address of a row of the body inside the workbook.
    fn address(&self, row: u32) -> String {
        format!("'{}'!{}", self.name.replace('\'', "''"), cell_name(self.first_row + row + 1, self.column + 1))
    }

    /// What is shown when the pointer rests on a link to the sheet.
    fn tip(&self) -> String {
        format!("转到{}", self.name)
    }

    /// The element that makes a cell a link to a row of the body.
    fn hyperlink(&self, cell: &str, row: u32) -> String {
        let escaped = |text: String| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        format!("<hyperlink ref=\"{cell}\" location=\"{}\" tooltip=\"{}\"/>", escaped(self.address(row)), escaped(self.tip()))
    }
}

/// The number under which a day is stored; days before March 1900 have none that all programs agree on.
fn serial(day: NaiveDate) -> Option<f64> {
    let first = NaiveDate::from_ymd_opt(1900, 3, 1)?;
    (day >= first).then(|| ((day - first).num_days() + 61) as f64)
}

#[cfg(test)]
mod tests;
