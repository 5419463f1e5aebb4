//! The neutral picture of a spreadsheet file: sheets of sparse rows whose texts share one arena.
//!
//! Cells are 16 bytes; their text lives once in the sheet's arena, so that memory follows the cells
//! that are there and a shared string costs nothing per use.

use std::sync::Arc;

use chrono::NaiveDateTime;

/// What a file really is, whatever its extension says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    Xlsx,
    Xlsm,
    Xlsb,
    Xls,
    Et,
    Ods,
    Csv,
    Tsv,
    Html,
    SpreadsheetMl,
    /// The tables of a Word document.
    Docx,
    /// The text of a mail.
    Letter,
}

/// Whether a sheet is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    Visible,
    Hidden,
    VeryHidden,
}

/// A spreadsheet file taken apart.
#[derive(Debug, Clone)]
pub struct Workbook {
    pub format: Format,
    /// Name of the text encoding for text formats, e.g. `GB18030`.
    pub encoding: Option<&'static str>,
    /// Worksheets in file order; chart, macro and dialog sheets are in `notes`.
    pub sheets: Vec<Sheet>,
    /// What was skipped, repaired or is odd.
    pub notes: Vec<WorkbookNote>,
}

/// Something about the file that its reader should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkbookNote {
    /// The extension promises another format than the content is.
    ExtensionLies { claimed: String, actual: Format },
    /// A sheet that holds no cells by its nature (chart, macro, dialog).
    SkippedSheet { name: String, kind: &'static str },
    /// Pictures lie over the sheet; they cannot be read.
    Pictures { sheet: String, count: u32 },
    /// Text boxes and shapes with words lie over the sheet; what they say stands in no cell.
    TextBoxes { sheet: String, texts: Vec<String> },
    /// Two cells of the file stand at one place, or one outside of its row; the later one stands. The first such
    /// places, and how many there are.
    Overwritten { sheet: String, places: Places },
    /// The file holds another number of rows with content than were read.
    RowsDiffer { sheet: String, counted: u32, read: u32 },
    /// The file was encrypted with the password that is built into Excel.
    BuiltInPassword,
    /// Text was decoded with this encoding; `lossy` lines hold bytes that are not valid in it.
    Encoding { name: &'static str, lossy_lines: Vec<u32> },
    /// The workbook counts days from 1904.
    Date1904,
    /// Delimiter of a text file that is not the comma.
    Delimiter { delimiter: char },
    /// A row of a text file has another number of fields than most.
    RaggedRow { sheet: String, row: u32, fields: u32, expected: u32 },
}

/// One worksheet: rows in ascending order, only those that have a cell.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Name as the user sees it; for formats without sheets the file's stem.
    pub name: Arc<str>,
    pub visibility: Visibility,
    /// Rows that hold at least one cell with a value; ascending.
    pub rows: Vec<Row>,
    /// All cells, row by row, columns ascending within a row. [`Row`] names its range.
    pub cells: Vec<Cell>,
    /// The texts that `cells` point into.
    pub texts: String,
    /// Merged areas, by first row then first column, clipped to nothing: as the file says.
    pub merges: Vec<MergedArea>,
    /// 1-based hidden columns, as inclusive ranges.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Cells that carry a comment, with its text: row, column, text.
    pub comments: Vec<(u32, u32, String)>,
    /// Rows that tables of the file (Ctrl+T) declare to be their totals.
    pub totals_rows: Vec<u32>,
    /// Whether an autofilter is on.
    pub filtered: bool,
    /// What text boxes and shapes over the sheet say.
    pub text_boxes: Vec<String>,
    /// Places that two cells claim, or cells outside of their row.
    pub overwritten: Places,
    /// Rows in which the reader met a value, also one that shows nothing.
    pub touched_rows: u32,
    /// The same, counted by a second pass that knows nothing of the first; `None` where there is none.
    pub counted_rows: Option<u32>,
}

/// Cells by row and column: the first ones, and how many there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    pub first: Vec<(u32, u32)>,
    pub count: u32,
}

impl Places {
    /// How many are named.
    const NAMED: usize = 8;

    /// Adds a place.
    pub fn add(&mut self, place: (u32, u32)) {
        self.count = self.count.saturating_add(1);
        if self.first.len() < Places::NAMED && !self.first.contains(&place) {
            self.first.push(place);
        }
    }
}

/// One row of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// 1-based number as Excel shows it (for text files: the line on which the record starts).
    pub number: u32,
    /// First cell in [`Sheet::cells`].
    pub first: u32,
    /// Number of cells.
    pub count: u32,
    pub hidden: bool,
}

/// A rectangle of merged cells; 1-based and inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MergedArea {
    pub first_row: u32,
    pub first_column: u32,
    pub last_row: u32,
    pub last_column: u32,
}

/// One cell that holds something. Blank cells and white space alone are not stored.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    /// 1-based column.
    pub column: u16,
    kind: Kind,
    flags: u8,
    first: u32,
    second: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Kind {
    Text,
    Number,
    DateTime,
    Boolean,
    Error,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Text as stored (not trimmed).
    Text(&'a str),
    /// A number without a date format. Percent formats are given as the fraction; see [`Cell::is_percent`].
    Number(f64),
    /// A number shown as a date (1904 already taken into account), or an ISO date.
    DateTime(NaiveDateTime),
    Boolean(bool),
    /// `#REF!`, `#N/A` and their kind.
    Error(&'a str),
}

impl Cell {
    /// Flag: the text, or part of it, is struck through.
    pub const STRUCK: u8 = 1;
    /// Flag: the number is shown as per cent.
    pub const PERCENT: u8 = 2;
    /// Flag: a formula without a stored result (the value is an empty text).
    pub const FORMULA_WITHOUT_RESULT: u8 = 4;
    /// Flag: the cell has a fill colour other than none/white.
    pub const FILLED: u8 = 8;
    /// Flag: the date is shown as a month (`2023年8月`), without its day.
    pub const MONTH_SHOWN: u8 = 16;
    /// Flag: the date is shown as a year.
    pub const YEAR_SHOWN: u8 = 32;
    /// Flag: the value comes from TODAY() or NOW(), and is another one on another day.
    pub const MOVING: u8 = 64;

    /// Whether `flag` is set.
    pub fn has(self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// The same cell with `flag` set.
    pub fn with(mut self, flag: u8) -> Cell {
        self.flags |= flag;
        self
    }

    /// The same cell so many columns further right.
    pub fn moved_by(mut self, columns: u16) -> Cell {
        self.column = self.column.saturating_add(columns);
        self
    }

    /// Whether the number is shown as per cent.
    pub fn is_percent(self) -> bool {
        self.has(Cell::PERCENT)
    }

    /// A text cell whose text is `texts[start..start + length]` of its sheet.
    pub fn text(column: u16, start: u32, length: u32) -> Cell {
        Cell { column, kind: Kind::Text, flags: 0, first: start, second: length }
    }

    /// An error cell, its code in the arena.
    pub fn error(column: u16, start: u32, length: u32) -> Cell {
        Cell { column, kind: Kind::Error, flags: 0, first: start, second: length }
    }

    /// A number cell.
    pub fn number(column: u16, value: f64) -> Cell {
        let bits = value.to_bits();
        Cell { column, kind: Kind::Number, flags: 0, first: (bits >> 32) as u32, second: bits as u32 }
    }

    /// A date cell.
    pub fn date_time(column: u16, value: NaiveDateTime) -> Cell {
        let bits = value.and_utc().timestamp() as u64;
        Cell { column, kind: Kind::DateTime, flags: 0, first: (bits >> 32) as u32, second: bits as u32 }
    }

    /// A boolean cell.
    pub fn boolean(column: u16, value: bool) -> Cell {
        Cell { column, kind: Kind::Boolean, flags: 0, first: u32::from(value), second: 0 }
    }

    /// Bytes of its text; 0 for values without text.
    pub fn text_length(self) -> u32 {
        if matches!(self.kind, Kind::Text | Kind::Error) { self.second } else { 0 }
    }

    fn bits(self) -> u64 {
        (u64::from(self.first) << 32) | u64::from(self.second)
    }
}

impl Sheet {
    /// An empty visible sheet.
    pub fn new(name: impl Into<Arc<str>>) -> Sheet {
        Sheet {
            name: name.into(),
            visibility: Visibility::Visible,
            rows: Vec::new(),
            cells: Vec::new(),
            texts: String::new(),
            merges: Vec::new(),
            hidden_columns: Vec::new(),
            comments: Vec::new(),
            totals_rows: Vec::new(),
            filtered: false,
            text_boxes: Vec::new(),
            overwritten: Places::default(),
            touched_rows: 0,
            counted_rows: None,
        }
    }

    /// What a reader has to say of the sheet beyond its cells.
    pub fn notes(&self) -> Vec<WorkbookNote> {
        let name = || self.name.to_string();
        let mut notes = Vec::new();
        if !self.text_boxes.is_empty() {
            notes.push(WorkbookNote::TextBoxes { sheet: name(), texts: self.text_boxes.clone() });
        }
        if self.overwritten.count > 0 {
            notes.push(WorkbookNote::Overwritten { sheet: name(), places: self.overwritten.clone() });
        } else if let Some(counted) = self.counted_rows.filter(|counted| *counted != self.touched_rows) {
            notes.push(WorkbookNote::RowsDiffer { sheet: name(), counted, read: self.touched_rows });
        }
        notes
    }

    /// Adds what a text box over the sheet says, without its blank lines; the first ones suffice.
    pub fn put_text_box(&mut self, text: &str) {
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if !lines.is_empty() && self.text_boxes.len() < crate::tables::limits::TEXT_BOXES {
            self.text_boxes.push(crate::source::shortened(&lines.join(" "), 80).into_owned());
        }
    }

    /// The cells of a row, columns ascending.
    pub fn cells_of(&self, row: Row) -> &[Cell] {
        let first = row.first as usize;
        &self.cells[first..first + row.count as usize]
    }

    /// What a cell of this sheet holds.
    pub fn value(&self, cell: Cell) -> Value<'_> {
        match cell.kind {
            Kind::Text => Value::Text(self.slice(cell)),
            Kind::Error => Value::Error(self.slice(cell)),
            Kind::Number => Value::Number(f64::from_bits(cell.bits())),
            Kind::DateTime => chrono::DateTime::from_timestamp(cell.bits() as i64, 0)
                .map_or(Value::Error("#NUM!"), |moment| Value::DateTime(moment.naive_utc())),
            Kind::Boolean => Value::Boolean(cell.first != 0),
        }
    }

    fn slice(&self, cell: Cell) -> &str {
        let start = cell.first as usize;
        self.texts.get(start..start + cell.second as usize).unwrap_or("")
    }

    /// Appends `text` to the arena and gives a text cell for it.
    pub fn push_text(&mut self, column: u16, text: &str) -> Cell {
        let start = self.texts.len() as u32;
        self.texts.push_str(text);
        Cell::text(column, start, text.len() as u32)
    }

    /// Adds a row of cells (columns ascending); an empty row is not stored.
    pub fn push_row(&mut self, number: u32, hidden: bool, cells: &[Cell]) {
        if cells.is_empty() {
            return;
        }
        let first = self.cells.len() as u32;
        self.cells.extend_from_slice(cells);
        self.rows.push(Row { number, first, count: cells.len() as u32, hidden });
    }

    /// Whether a 1-based column is hidden.
    pub fn is_column_hidden(&self, column: u32) -> bool {
        self.hidden_columns.iter().any(|&(first, last)| (first..=last).contains(&column))
    }
}

/// Why a file gives no rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    pub reason: UnreadableReason,
    /// What exactly was found (part, offset, the library's word), for the last line of the message.
    pub detail: String,
}

/// The kinds of unreadable file; a diagnostic of one is worded by its rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnreadableReason {
    /// No byte at all.
    Empty,
    /// The bytes could not be had (no permission, gone, a failing disk); never raised by a reader of formats.
    NotOpened,
    /// Password-protected or encrypted, of any kind.
    Encrypted,
    /// Cut off, wrong checksum, broken structure: not to be trusted in part.
    Damaged,
    /// Something else: a picture, PDF, Word document, archive, …; the name is for people.
    WrongFormat { name: String, save_as: String },
    /// Too large for one file (cells, inflated bytes, parts); says which limit.
    TooLarge { limit: String },
    /// Text in no encoding that is known, or with an unclosed quote.
    BadText { line: u32 },
    /// The reader itself broke on it; a bug of ours or of a library, the file is set aside.
    ReaderFailed,
}

impl Unreadable {
    /// Why the file gives no rows, in a few words.
    pub fn words(&self) -> String {
        let words = match &self.reason {
            UnreadableReason::Encrypted => "文件加了密码".to_owned(),
            UnreadableReason::Empty => "文件是空的".to_owned(),
            UnreadableReason::WrongFormat { name, save_as } => format!("它是{name}，{save_as}"),
            UnreadableReason::TooLarge { limit } => format!("文件太大，{limit}"),
            UnreadableReason::BadText { line } => format!("第 {line} 行的文字读不出来"),
            UnreadableReason::Damaged => "文件损坏".to_owned(),
            UnreadableReason::ReaderFailed => "读取程序出错".to_owned(),
            UnreadableReason::NotOpened => return self.detail.clone(),
        };
        if self.detail.is_empty() { words } else { format!("{words}（{}）", self.detail) }
    }

    /// Broken in itself; `detail` says where.
    pub fn damaged(detail: impl Into<String>) -> Unreadable {
        Unreadable { reason: UnreadableReason::Damaged, detail: detail.into() }
    }

    /// Beyond a limit; `limit` says which, in words for people.
    pub fn too_large(limit: impl Into<String>) -> Unreadable {
        Unreadable { reason: UnreadableReason::TooLarge { limit: limit.into() }, detail: String::new() }
    }

    /// Encrypted; `detail` says by what.
    pub fn encrypted(detail: impl Into<String>) -> Unreadable {
        Unreadable { reason: UnreadableReason::Encrypted, detail: detail.into() }
    }

    /// Another kind of file: its name for people, and what to save it as.
    pub fn wrong_format(name: impl Into<String>, save_as: impl Into<String>) -> Unreadable {
        let reason = UnreadableReason::WrongFormat { name: name.into(), save_as: save_as.into() };
        Unreadable { reason, detail: String::new() }
    }

    /// Text that cannot be taken as it is, from `line` on.
    pub fn bad_text(line: u32, detail: impl Into<String>) -> Unreadable {
        Unreadable { reason: UnreadableReason::BadText { line }, detail: detail.into() }
    }
}
