//! The ceilings of one file, each with its reason. A file beyond one of them is refused by name.
//!
//! They keep a reading within 2 GiB of memory and 20 seconds, also when the file lies about its
//! sizes. Only the sizes that a large ledger of the bureau's own reaches differ by whose file it is. Nothing here knows a
//! format; the readers decide where a limit is asked.

/// What one file may hold, by whose it is.
#[derive(Debug, PartialEq, Eq)]
pub struct Ceilings {
    /// Bytes of the file.
    pub file: u64,
    /// Cells with a value in a whole workbook, at 16 bytes each.
    pub cells: u64,
    /// Bytes of text stored for a whole workbook; a text arena can address 4 GiB.
    pub text: u64,
    /// Bytes of text that all cells of a workbook hand out together, a shared text once for each cell that shows it:
    /// everything behind the tables copies what it reads.
    pub handed_out: u64,
    /// Inflated bytes of one part: a sheet of 1,048,576 × 20 blank styled cells is about 600 MB of XML.
    pub part: u64,
    /// Inflated bytes of all the parts that are read.
    pub package: u64,
    /// Bytes of a text file (CSV, HTML, XML). Decoding may need seven times as much for a moment.
    pub text_file: u64,
    /// Bytes that the records of one file may hold.
    pub records: u64,
    /// The same by the size of the file: a small file that becomes large by merged cells, 同上 or shared texts is made to do so.
    pub record_ratio: u64,
}

impl Ceilings {
    /// Bytes that the records of a file of this size may hold.
    pub fn record_bytes(&self, file_bytes: usize) -> u64 {
        (file_bytes as u64).saturating_mul(self.record_ratio).clamp(LEAST_RECORD_BYTES, self.records)
    }
}

/// The ceilings of a file that somebody sent.
pub const STRANGERS: Ceilings = Ceilings {
    file: 512 << 20,
    cells: 20_000_000,
    text: 256 << 20,
    handed_out: 128 << 20,
    part: 1 << 30,
    package: 3 << 29,
    text_file: 128 << 20,
    records: 384 << 20,
    record_ratio: 64,
};

/// The ceilings of a ledger of the bureau's own: what a merge writes is read again, up to the rows of a worksheet and beyond
/// them in a text file.
pub const OWN: Ceilings = Ceilings {
    file: 3 << 30,
    cells: 100_000_000,
    text: 3 << 30,
    handed_out: 3 << 30,
    part: 6 << 30,
    package: 8 << 30,
    text_file: 3 << 30,
    records: 6 << 30,
    record_ratio: 256,
};

const LEAST_RECORD_BYTES: u64 = 24 << 20;

/// Rows of a sheet as Excel counts them; a reference beyond is an error, never a wrap-around.
pub const ROWS: u32 = 1_048_576;

/// Columns of a sheet as Excel counts them.
pub const COLUMNS: u32 = 16_384;

/// Columns that real tables do not reach …
pub const USUAL_COLUMNS: u16 = 1_024;

/// … and cells that a workbook may have beyond them: every one of them is looked at as a possible title.
pub const FAR_CELLS: u64 = 1_000_000;

/// Bytes of one cell's text. Excel stops at 32,767 characters, which are at most 96 KB; text files have no such rule.
pub const CELL_BYTES: usize = 256 << 10;

/// Shared strings of a workbook.
pub const STRINGS: usize = 10_000_000;

/// Sheets of a workbook.
pub const SHEETS: usize = 4_096;

/// Merged areas of a workbook.
pub const MERGES: usize = 1_000_000;

/// Comments of a workbook.
pub const COMMENTS: usize = 200_000;

/// Text boxes of a sheet that are told; the first ones suffice.
pub const TEXT_BOXES: usize = 100;

/// Cell styles of a workbook; Excel itself stops at 65,490.
pub const STYLES: usize = 1_000_000;

/// Entries of a zip archive.
pub const ARCHIVE_ENTRIES: usize = 50_000;

/// Inflated bytes of a part that is held whole.
pub const SMALL_PART_BYTES: u64 = 1 << 20;

/// How many times its packed size a part may inflate to …
pub const INFLATION_RATIO: u64 = 250;

/// … once it is larger than this. Small parts may have any ratio.
pub const INFLATION_FREE: u64 = 128 << 20;

/// One XML tag, comment or CDATA section.
pub const TAG_BYTES: usize = 16 << 20;

/// Nesting of XML elements.
pub const XML_DEPTH: usize = 2_048;

/// Columns that cells of one HTML table step over because a cell from above covers them.
pub const COVERED_STEPS: u64 = 500_000_000;

/// Notes on ragged rows of one text file; the first ones suffice to see the pattern.
pub const RAGGED_NOTES: usize = 1_000;
