//! Plain sheets and large printed ones: the library makes the workbook with its styles and sample cells, and the rows
//! are written into the sheet part by ourselves, in blocks that are made and compressed on all cores.
//!
//! A ledger of a whole county is millions of cells; the library needs most of a merge's time for them. What
//! is written here is only `<row>` and `<c>` with the style numbers that the library gave the sample cells;
//! everything else of the package is copied as the library made it.

mod cells;
mod deflate;
pub mod official;
pub mod plain;

use std::io::Cursor;
use std::io::Read;
use std::io::Seek;
use std::io::Write;
use std::ops::Range;

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;
use zip::ZipArchive;
use zip::ZipWriter;

use crate::documents::Sheet;
use crate::render::outcome::CutCell;
use crate::render::outcome::CutReason;
use crate::render::outcome::RenderError;
use crate::render::xlsx::Place;
use crate::render::xlsx::cut_cell;
use crate::render::xlsx::stream::deflate::Part;
use crate::render::xlsx::stream::deflate::Piece;
use crate::render::xlsx::stream::deflate::deflate;
use crate::source::cell_name;

/// Rows that are written and compressed together; a few hundred kilobytes.
const BLOCK: usize = 512;
/// Blocks that stand in memory at a time.
const BATCH: usize = 32;

/// A sheet whose rows are written here.
pub struct Streamed<'p, 'd> {
    /// Position in the workbook.
    pub position: usize,
    pub sheet: &'p Sheet<'d>,
    pub rows: Rows,
}

/// How the rows are written; settled when the skeleton is made.
pub enum Rows {
    Plain,
    Official(official::Plan),
}

/// Some rows in a row, compressed, and what has to stand behind the rows because of them.
#[derive(Default)]
struct Block {
    piece: Option<Piece>,
    cut: Vec<CutCell>,
    /// `<hyperlink>` elements.
    links: String,
    /// `<mergeCell>` elements and their number.
    merges: String,
    merged: usize,
}

impl Block {
    /// Notes that a cell could not be shown whole. `row` and `column` count from 0.
    fn report(&mut self, sheet: &Sheet<'_>, row: u32, column: usize, text: &str, reason: CutReason) {
        self.cut.push(cut_cell(sheet, row, column, text, reason));
    }

    /// Takes what stands behind the rows of another block.
    fn take(&mut self, other: Block) {
        self.cut.extend(other.cut);
        self.links.push_str(&other.links);
        self.merges.push_str(&other.merges);
        self.merged += other.merged;
    }
}

/// The ranges into which a body is cut.
pub fn blocks(rows: usize) -> Vec<Range<usize>> {
    (0..rows).step_by(BLOCK).map(|first| first..(first + BLOCK).min(rows)).collect()
}

/// Replaces the sample rows of the streamed sheets with the real ones; gives the cells that could not be shown whole.
pub fn splice(
    skeleton: Vec<u8>,
    sheets: &[Streamed<'_, '_>],
    places: &[Place],
    target: impl Write + Seek,
) -> Result<Vec<CutCell>, RenderError> {
    let mut package = ZipArchive::new(Cursor::new(skeleton)).map_err(broken)?;
    let mut writer = ZipWriter::new(target);
    let mut cut = Vec::new();
    for index in 0..package.len() {
        let name = package.by_index_raw(index).map_err(broken)?.name().map_err(broken)?.into_owned();
        let streamed = sheets.iter().find(|streamed| name == format!("xl/worksheets/sheet{}.xml", streamed.position + 1));
        match streamed {
            None => writer.raw_copy_file(package.by_index_raw(index).map_err(broken)?).map_err(broken)?,
            Some(streamed) => {
                let mut skeleton = String::new();
                package.by_index(index).map_err(broken)?.read_to_string(&mut skeleton)?;
                let mut made = write_part(&name, &skeleton, streamed, places, &mut cut)?.into_package().map_err(broken)?;
                writer.raw_copy_file(made.by_index_raw(0).map_err(broken)?).map_err(broken)?;
            }
        }
    }
    writer.finish().map_err(broken)?;
    Ok(cut)
}

fn broken(error: zip::result::ZipError) -> RenderError {
    RenderError::Write(std::io::Error::other(error))
}

fn not_found(what: &str) -> RenderError {
    RenderError::Write(std::io::Error::other(format!("工作表部件中没有{what}")))
}

fn write_part(
    name: &str,
    skeleton: &str,
    streamed: &Streamed<'_, '_>,
    places: &[Place],
    cut: &mut Vec<CutCell>,
) -> Result<Part, RenderError> {
    let sheet = streamed.sheet;
    let mut part = Part::new(name);
    let mut behind = Block::default();
    let mut write = |first: u32, tail: usize, last: u32, make: &(dyn Fn(Range<usize>) -> Block + Sync)| -> Result<(), RenderError> {
        let head = skeleton.find(&format!("<row r=\"{}\"", first + 1)).ok_or_else(|| not_found("样行"))?;
        part.add(&deflate(with_dimension(&skeleton[..head], last, sheet.columns.len()).as_bytes()));
        for batch in blocks(sheet.body.len()).chunks(BATCH) {
            let made: Vec<Block> = batch.par_iter().map(|range| make(range.clone())).collect();
            for mut block in made {
                block.piece.take().iter().for_each(|piece| part.add(piece));
                behind.take(block);
            }
        }
        part.add(&deflate(with_behind(&skeleton[tail..], &behind).as_bytes()));
        Ok(())
    };
    let end = || skeleton.find("</sheetData>").ok_or_else(|| not_found("结尾"));
    match &streamed.rows {
        Rows::Plain => {
            let rows = plain::PlainRows::new(sheet, places, skeleton);
            write(plain::SAMPLE_ROW, end()?, sheet.body.len() as u32 + 1, &|range| rows.block(range))?;
        }
        Rows::Official(plan) => {
            let rows = official::OfficialRows::new(sheet, plan, places, skeleton);
            let after = skeleton.find(&format!("<row r=\"{}\"", plan.after() + 1)).map_or_else(end, Ok)?;
            write(plan.first, after, last_row(skeleton).max(plan.after()), &|range| rows.block(range))?;
        }
    }
    cut.extend(behind.cut);
    Ok(part)
}

/// The last row of the skeleton, counted from 1.
fn last_row(skeleton: &str) -> u32 {
    let digits = |at: usize| skeleton[at + "<row r=\"".len()..].split('"').next().and_then(|digits| digits.parse().ok());
    skeleton.rfind("<row r=\"").and_then(digits).unwrap_or(1)
}

/// The head of a sheet part, with the area that is used.
fn with_dimension(head: &str, last_row: u32, columns: usize) -> String {
    let dimension = format!("<dimension ref=\"A1:{}\"/>", cell_name(last_row, columns as u32));
    match (head.find("<dimension "), head.find("<sheetViews")) {
        (Some(start), Some(end)) if start < end => format!("{}{dimension}{}", &head[..start], &head[end..]),
        _ => head.to_owned(),
    }
}

/// The end of a sheet part, with the merged cells and links of its rows.
fn with_behind(tail: &str, behind: &Block) -> String {
    let mut tail = tail.to_owned();
    if behind.merged > 0
        && let (Some(start), Some(end)) = (tail.find("<mergeCells count=\""), tail.find("</mergeCells>"))
    {
        let (digits, rest) = tail[start + "<mergeCells count=\"".len()..end].split_once('"').unwrap_or_default();
        let count = digits.parse::<usize>().unwrap_or_default() + behind.merged;
        tail = format!("{}<mergeCells count=\"{count}\"{rest}{}{}", &tail[..start], behind.merges, &tail[end..]);
    }
    if !behind.links.is_empty()
        && let Some(at) = tail.find("<printOptions").or_else(|| tail.find("<pageMargins"))
    {
        tail.insert_str(at, &format!("<hyperlinks>{}</hyperlinks>", behind.links));
    }
    tail
}

/// The style attribute that the library gave a cell of the skeleton, ready to be written.
fn style_of(skeleton: &str, row: u32, column: u32) -> String {
    let mark = format!("<c r=\"{}\" s=\"", cell_name(row + 1, column + 1));
    skeleton.find(&mark).map_or_else(String::new, |start| {
        let digits: String = skeleton[start + mark.len()..].chars().take_while(char::is_ascii_digit).collect();
        format!(" s=\"{digits}\"")
    })
}
