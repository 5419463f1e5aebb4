//! What rendering gives back: the bytes, the cells that could not be shown whole, or why there are no bytes.

/// A rendered document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    pub bytes: Vec<u8>,
    /// To be told to the clerk; empty in all but extreme cases.
    pub cut: Vec<CutCell>,
}

/// A cell that the format could not take whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutCell {
    /// Name of the sheet.
    pub sheet: String,
    /// As Excel names it, e.g. `F12`.
    pub cell: String,
    /// Title of the column.
    pub column: String,
    /// Length of the text in characters.
    pub characters: usize,
    pub reason: CutReason,
}

/// What happened to the cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CutReason {
    /// Longer than a cell may be (32,767 UTF-16 units): the text was cut and ends with a mark.
    TooLong,
    /// The text is whole in the file, but no row is high enough to print all of it.
    NotPrintedWhole,
}

impl CutReason {
    /// The words for the clerk.
    pub fn label(self) -> &'static str {
        match self {
            CutReason::TooLong => "超过单元格字数上限，已截断",
            CutReason::NotPrintedWhole => "文字过长，打印不全（文件中完整保留）",
        }
    }
}

/// Why there are no bytes.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// More rows or columns than a worksheet can have.
    #[error("工作表“{sheet}”需要{rows}行{columns}列，超过了一张工作表的上限（1048576行、16384列），请改存为 .csv")]
    TooLarge { sheet: String, rows: usize, columns: usize },
    /// More columns than a table of a text can have.
    #[error("表“{table}”有{columns}列，超过了 Word 表格的上限（{most}列），请拆成几张表，或改存为 .xlsx")]
    TooManyColumns { table: String, columns: usize, most: usize },
    /// A chart points outside its table: a bug of ours.
    #[error("工作表“{sheet}”的图“{chart}”指向了表格以外的行或列，未写出文件")]
    Chart { sheet: String, chart: String },
    /// Names that cannot be sheet names, no sheet at all, and the like: a bug of ours.
    #[error("无法生成工作簿：{0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The page's template does not fit its content: a bug of ours.
    #[error("无法生成网页：{0}")]
    Page(#[from] minijinja::Error),
    /// The target could not be written.
    #[error("写出时出错：{0}")]
    Write(#[from] std::io::Error),
}
