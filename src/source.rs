//! What came in and where a value stood: a file as bytes under its name, and the place of a cell.
//!
//! This module knows nothing of formats; it never opens a file.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// A file as it came in: its name relative to the workspace, with `/` between folders, and its bytes.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path relative to the workspace (or as given on the command line), `/`-separated.
    pub name: Arc<str>,
    /// The content, unmodified.
    pub bytes: Vec<u8>,
}

/// Where a value came from. `row` and `column` are 1-based as Excel shows them; 0 means "the whole".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// File name as in [`SourceFile::name`].
    pub file: Arc<str>,
    /// Sheet name; empty for formats without sheets.
    pub sheet: Arc<str>,
    /// 1-based row, 0 for the whole sheet.
    pub row: u32,
    /// 1-based column, 0 for the whole row.
    pub column: u32,
}

impl fmt::Display for Origin {
    /// `file › sheet!C7`, leaving out what is not known.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.file)?;
        if !self.sheet.is_empty() {
            write!(formatter, " › {}", shortened(&self.sheet, 60))?;
        }
        match (self.row, self.column) {
            (0, _) => Ok(()),
            (row, 0) => write!(formatter, " 第{row}行"),
            (row, column) => write!(formatter, "!{}", cell_name(row, column)),
        }
    }
}

impl Origin {
    /// Reads back what [`Display`](fmt::Display) wrote for a row or a cell: `file › sheet 第7行`, `file › sheet!C7`.
    pub fn parse(text: &str) -> Option<Origin> {
        if let Some(row) = Origin::parse_row(text) {
            return Some(row);
        }
        let (place, cell) = text.rsplit_once('!')?;
        let letters = cell.bytes().take_while(u8::is_ascii_uppercase).count();
        let (letters, row) = cell.split_at(letters);
        let column = letters.bytes().fold(0u32, |column, letter| column.saturating_mul(26).saturating_add(u32::from(letter - b'A') + 1));
        let (file, sheet) = place.rsplit_once(" › ").unwrap_or((place, ""));
        Some(Origin { file: Arc::from(file), sheet: Arc::from(sheet), row: row.parse().ok()?, column })
    }

    /// Reads back what [`Display`](fmt::Display) wrote for a row: `file › sheet 第7行`.
    pub fn parse_row(text: &str) -> Option<Origin> {
        let (place, row) = text.strip_suffix('行')?.rsplit_once(" 第")?;
        let row = row.parse().ok()?;
        let (file, sheet) = place.rsplit_once(" › ").unwrap_or((place, ""));
        Some(Origin { file: Arc::from(file), sheet: Arc::from(sheet), row, column: 0 })
    }
}

/// The letters of a 1-based column: 1 → `A`, 27 → `AA`.
///
/// ```
/// assert_eq!(qingdan::source::column_letters(3), "C");
/// assert_eq!(qingdan::source::column_letters(16384), "XFD");
/// ```
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + (rest % 26) as u8);
        rest /= 26;
    }
    letters.reverse();
    letters.into_iter().map(char::from).collect()
}

/// The name of a cell as Excel shows it: row 7, column 3 → `C7`.
pub fn cell_name(row: u32, column: u32) -> String {
    format!("{}{row}", column_letters(column))
}

/// A text for a message: its first `most` characters, and how many there are when there are more.
///
/// ```
/// assert_eq!(qingdan::source::shortened("隐患描述", 2), "隐患…（共 4 字）");
/// assert_eq!(qingdan::source::shortened("隐患", 2), "隐患");
/// ```
pub fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{}…（共 {} 字）", &text[..end], text.chars().count())),
    }
}
