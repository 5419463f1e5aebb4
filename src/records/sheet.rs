//! What a file and its sheets turned out to hold: rows by kind, tables with their headers, records, facts.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::records::envelope::Envelope;
use crate::records::fact::Fact;
use crate::records::issue::Returned;
use crate::records::record::Record;
use crate::source::Origin;
use crate::tables::Format;
use crate::tables::Unreadable;
use crate::tables::Visibility;
use crate::tables::WorkbookNote;
use crate::vocabulary::Field;
use crate::vocabulary::Level;
use crate::vocabulary::Status;

/// What kind of thing a non-blank row is. The keys are those of the JSON interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKind {
    Title,
    Attachment,
    Metadata,
    Header,
    Units,
    Group,
    Record,
    ZeroReport,
    /// An inspection item that was found in order.
    PassedCheck,
    /// A row of a count form.
    Count,
    Subtotal,
    Sample,
    Footer,
    Note,
    RepeatedHeader,
    Blank,
    Unrecognised,
}

impl RowKind {
    /// Every kind, in the order of the JSON interface.
    pub const ALL: [RowKind; 17] = [
        RowKind::Title,
        RowKind::Attachment,
        RowKind::Metadata,
        RowKind::Header,
        RowKind::Units,
        RowKind::Group,
        RowKind::Record,
        RowKind::ZeroReport,
        RowKind::PassedCheck,
        RowKind::Count,
        RowKind::Subtotal,
        RowKind::Sample,
        RowKind::Footer,
        RowKind::Note,
        RowKind::RepeatedHeader,
        RowKind::Blank,
        RowKind::Unrecognised,
    ];

    /// JSON key.
    pub fn key(self) -> &'static str {
        match self {
            RowKind::Title => "title",
            RowKind::Attachment => "attachment",
            RowKind::Metadata => "metadata",
            RowKind::Header => "header",
            RowKind::Units => "units",
            RowKind::Group => "group",
            RowKind::Record => "record",
            RowKind::ZeroReport => "zero_report",
            RowKind::PassedCheck => "passed_check",
            RowKind::Count => "count",
            RowKind::Subtotal => "subtotal",
            RowKind::Sample => "sample",
            RowKind::Footer => "footer",
            RowKind::Note => "note",
            RowKind::RepeatedHeader => "repeated_header",
            RowKind::Blank => "blank",
            RowKind::Unrecognised => "unrecognised",
        }
    }

    /// The word the clerk reads.
    pub fn label(self) -> &'static str {
        match self {
            RowKind::Title => "标题",
            RowKind::Attachment => "附件标记",
            RowKind::Metadata => "填报信息",
            RowKind::Header => "表头",
            RowKind::Units => "计量单位",
            RowKind::Group => "分组",
            RowKind::Record => "记录",
            RowKind::ZeroReport => "零报告",
            RowKind::PassedCheck => "检查合格",
            RowKind::Count => "统计数",
            RowKind::Subtotal => "小计合计",
            RowKind::Sample => "示例",
            RowKind::Footer => "落款",
            RowKind::Note => "说明",
            RowKind::RepeatedHeader => "重复表头",
            RowKind::Blank => "空白",
            RowKind::Unrecognised => "未识别",
        }
    }
}

/// A file that is a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Index into the roster.
    pub unit: Option<usize>,
    pub on: Option<NaiveDate>,
    /// The duties whose name it carries; indices into the campaign's obligations.
    pub duties: Vec<usize>,
    /// Those whose name is like it, where it carries none.
    pub near: Vec<usize>,
}

/// One file, read or not.
#[derive(Debug, Clone)]
pub struct FileReading {
    pub file: Arc<str>,
    pub content: Result<FileContent, Unreadable>,
    /// The file is a text or a picture, and what it says of itself; `content` is no table then.
    pub document: Option<Document>,
    /// The mail or archive that it came in.
    pub envelope: Option<Arc<Envelope>>,
}

impl FileReading {
    /// Roughly the bytes that its records hold in memory.
    pub fn bytes(&self) -> u64 {
        let sheets = self.content.iter().flat_map(|content| &content.sheets);
        sheets.flat_map(|sheet| &sheet.records).map(Record::bytes).sum()
    }
}

/// A file that could be read.
#[derive(Debug, Clone)]
pub struct FileContent {
    pub format: Format,
    pub notes: Vec<WorkbookNote>,
    pub sheets: Vec<SheetReading>,
    /// Date found in the file name, e.g. `附件2-20230714.xlsx`; without one the day on which the file came by mail.
    pub name_date: Option<NaiveDate>,
    /// What the side sheets of a ledger of our own say; empty for any other file.
    pub carried: Carried,
    /// The form that it is; `None` for any other file.
    pub returned: Option<Returned>,
}

/// What a ledger of our own carries besides its hazards.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Carried {
    /// Rows of the sheet 退回.
    pub rejected: Vec<CarriedRow>,
    /// Sheet 字段出处: 编号, field, date of the submission its value comes from.
    pub older_fields: Vec<(String, Field, NaiveDate)>,
    /// Rows of the sheet 冲突, and what the clerk decided there; and the sheet's name as the file has it.
    pub conflicts: Vec<CarriedConflict>,
    pub conflict_sheet: Arc<str>,
    /// Rows of the sheet 疑似重复.
    pub pairs: Vec<CarriedPair>,
    pub pair_sheet: Arc<str>,
    /// Rows of the sheet 已并入.
    pub names: Vec<CarriedName>,
    /// Sheet 合并标记: the merge that wrote the workbook.
    pub mark: Option<CarriedMark>,
}

/// A conflict as an earlier merge listed it.
#[derive(Debug, Clone, PartialEq)]
pub struct CarriedConflict {
    pub row: u32,
    /// Column of 采用.
    pub column: u32,
    pub id: String,
    /// `None` when the cell names no field.
    pub field: Option<Field>,
    pub kept: String,
    pub other: String,
    pub kept_from: String,
    pub other_from: String,
    pub other_on: Option<NaiveDate>,
    /// 采用, as the clerk wrote it.
    pub word: String,
}

/// Two hazards that an earlier merge found alike.
#[derive(Debug, Clone, PartialEq)]
pub struct CarriedPair {
    pub row: u32,
    /// Column of 裁定.
    pub column: u32,
    pub id: String,
    pub other: String,
    /// 裁定, as the clerk wrote it.
    pub word: String,
}

/// A number that became a name of another hazard, and one thing that it was known by.
#[derive(Debug, Clone, PartialEq)]
pub struct CarriedName {
    pub id: String,
    pub into: String,
    /// Found day, place, words.
    pub texts: [String; 3],
    pub on: Option<NaiveDate>,
}

/// Which merge wrote a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedMark {
    /// Digest of the ledger's content as it was written.
    pub digest: String,
    /// How many lines the history had after that merge.
    pub lines: u64,
}

/// A row that an earlier merge returned.
#[derive(Debug, Clone, PartialEq)]
pub struct CarriedRow {
    pub origin: Origin,
    /// 退回原因, as written.
    pub reason: String,
    pub unit: String,
    pub submitted_on: Option<NaiveDate>,
    /// Column title (or field key where it is a ledger column) and text.
    pub values: Vec<(String, String)>,
}

/// One sheet taken apart.
#[derive(Debug, Clone)]
pub struct SheetReading {
    pub sheet: Arc<str>,
    pub visibility: Visibility,
    /// How many rows of each kind; the sum is the number of rows the sheet holds.
    pub rows: BTreeMap<RowKind, u32>,
    pub metadata: Metadata,
    /// The tables found, top to bottom.
    pub tables: Vec<TableReading>,
    pub records: Vec<Record>,
    pub zero_reports: Vec<ZeroReport>,
    /// The count forms of the sheet, top to bottom.
    pub counts: Vec<CountTable>,
    /// Rows that could not be understood: row and its text.
    pub unrecognised: Vec<(u32, String)>,
    pub facts: Vec<Fact>,
    /// The sheet is the bureau's own ledger form (sheet 台账 with 编号, 来源 and 最近报送).
    pub is_ledger: bool,
}

/// A form that counts (自查次数 | 发现隐患（项） | 已整改（项）): no hazard stands in it.
#[derive(Debug, Clone, PartialEq)]
pub struct CountTable {
    /// First and last row of the header, 1-based.
    pub header_rows: (u32, u32),
    pub columns: Vec<CountColumn>,
    pub rows: Vec<CountRow>,
}

/// One column of a count form.
#[derive(Debug, Clone, PartialEq)]
pub struct CountColumn {
    /// 1-based column.
    pub column: u32,
    /// The title as written, header rows joined with `/`.
    pub title: String,
    /// The unit in the title or below it: 项, 家, 万元.
    pub unit: Option<String>,
}

/// One row of a count form as written.
#[derive(Debug, Clone, PartialEq)]
pub struct CountRow {
    pub row: u32,
    /// Column and text of every cell that holds something.
    pub cells: Vec<(u32, String)>,
}

impl FileReading {
    /// A file of which nothing could be read.
    pub fn unreadable(file: Arc<str>, why: Unreadable) -> FileReading {
        FileReading { file, content: Err(why), document: None, envelope: None }
    }

    /// True if nothing of the file can be used.
    pub fn is_lost(&self) -> bool {
        self.content.is_err() && self.document.is_none()
    }

    /// A ledger without any row, in place of one that is gone.
    pub fn empty_ledger(file: Arc<str>) -> FileReading {
        let content = FileContent {
            format: Format::Xlsx,
            notes: Vec::new(),
            sheets: vec![SheetReading::empty_ledger()],
            name_date: None,
            carried: Carried::default(),
            returned: None,
        };
        FileReading { file, content: Ok(content), document: None, envelope: None }
    }
}

impl SheetReading {
    /// The bureau's own ledger form without any row.
    pub fn empty_ledger() -> SheetReading {
        SheetReading {
            sheet: Arc::from(""),
            visibility: Visibility::Visible,
            rows: BTreeMap::new(),
            metadata: Metadata::default(),
            tables: Vec::new(),
            records: Vec::new(),
            zero_reports: Vec::new(),
            counts: Vec::new(),
            unrecognised: Vec::new(),
            facts: Vec::new(),
            is_ledger: true,
        }
    }
}

/// The metadata lines above and below a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Metadata {
    /// 填报单位 with its row and column.
    pub unit: Option<(String, u32, u32)>,
    /// 填报日期 / 截止到.
    pub filled_on: Option<(NaiveDate, u32, u32)>,
    pub contact: Option<String>,
    pub phone: Option<String>,
}

/// One table of a sheet.
#[derive(Debug, Clone)]
pub struct TableReading {
    /// First and last row of the header, 1-based.
    pub header_rows: (u32, u32),
    pub columns: Vec<ColumnReading>,
    /// Rows below the header that belong to this table: first and last.
    pub body_rows: (u32, u32),
    /// The table is one of our own three lists, sent back.
    pub own_paper: bool,
    /// A typed total: row, column, the number stated, the number of records above it.
    pub stated_totals: Vec<StatedTotal>,
}

/// A 合计 typed by hand beside what was counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StatedTotal {
    pub row: u32,
    pub column: u32,
    pub stated: f64,
    pub counted: u32,
}

/// One column of a table: its title and what it means.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnReading {
    /// 1-based column.
    pub column: u32,
    /// The title as written, header rows joined with `/` (lower label last).
    pub title: String,
    pub meaning: ColumnMeaning,
    pub hidden: bool,
}

/// What a column means.
#[derive(Debug, Clone, PartialEq)]
pub enum ColumnMeaning {
    Field(Field),
    /// 责任部门/责任人: two fields, told apart in each cell.
    Both(Field, Field),
    /// 序号: counted, never a key.
    Sequence,
    /// A column of our own papers that follows from others (逾期情况): not read.
    Derived,
    /// 是否销号 / 销号情况: read into status.
    CloseOutFlag,
    /// A column that is there to be ticked: 已整改 beside 未整改, 一般 beside 重大.
    Tick(Ticked),
    /// A column that is known but is no ledger field (复查结果, 配合单位 …); kept.
    Known,
    /// Maps to nothing; kept. Near misses are suggested.
    Unknown {
        near: Vec<Field>,
    },
    /// 整改时间, 完成时间 and the like: two fields fit and the sheet does not decide.
    Ambiguous(Vec<Field>),
    /// A second column for a field that another column already has; kept as an extra.
    Repeated(Field),
}

impl ColumnMeaning {
    /// Whether values of the field stand in the column.
    pub fn holds(&self, field: Field) -> bool {
        match self {
            ColumnMeaning::Field(known) => *known == field,
            ColumnMeaning::Both(first, second) => *first == field || *second == field,
            _ => false,
        }
    }
}

/// What a tick in a column stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ticked {
    Status(Status),
    Level(Level),
    /// 合格 or 不合格 of an inspection item.
    Passed(bool),
}

/// "Nothing found this week", said in so many words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZeroReport {
    pub row: u32,
    pub column: u32,
    pub text: String,
    /// The unit it speaks for.
    pub unit: crate::records::record::UnitReading,
    /// 无重大隐患: says nothing of general hazards.
    pub major_only: bool,
}
