//! Facts: what was found or repaired while reading a sheet, each with its cell. `rules` word them.

use crate::dates::DateNote;
use crate::dates::UnreadableDate;
use crate::vocabulary::Doubt;
use crate::vocabulary::Field;
use crate::vocabulary::Status;

/// A fact about one cell, row or sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// 1-based; 0 for the whole sheet.
    pub row: u32,
    /// 1-based; 0 for the whole row.
    pub column: u32,
    /// Column title as written, empty when not about a column.
    pub title: String,
    /// The cell as written.
    pub value: String,
    pub kind: FactKind,
    /// Further rows of the same column where the same thing was found (folded: one cause, one message).
    pub further_rows: Vec<u32>,
}

/// The kinds of fact.
#[derive(Debug, Clone, PartialEq)]
pub enum FactKind {
    /// No row looks like a header: the sheet's rows are unrecognised.
    NoHeader,
    /// Header only, no record and no zero report: zero or forgotten?
    HeaderOnly,
    /// The sheet says zero and also lists hazards.
    ZeroWithRecords,
    /// A mail that brings no file and does not say that nothing was found; how many pictures its text shows.
    LetterWithoutReport(u32),
    /// 无重大隐患: general hazards are left open.
    ZeroMajorOnly,
    /// A needed column is missing.
    MissingColumn(Field),
    /// A column title that maps to nothing, with the nearest fields.
    UnknownColumn {
        near: Vec<Field>,
    },
    /// A value in a column that has no title; kept under a title made from its letter.
    UntitledColumn,
    /// A column that could be either field.
    AmbiguousColumn(Vec<Field>),
    /// Two columns for one field.
    RepeatedColumn(Field),
    /// A header was repeated inside the table.
    RepeatedHeader,
    /// A value was taken from the merged area it lies in.
    FilledFromMerge(Field),
    /// A blank unit (or category) was taken from the row above without a merge.
    FilledDown(Field),
    /// The category came from a group row.
    CategoryFromGroup(String),
    /// The unit came from the metadata line, sheet name or file name.
    UnitFromMetadata,
    UnitFromSheetName,
    UnitFromFileName,
    /// Whoever sent the mail, as told to people.
    UnitFromSender(String),
    /// The unit column holds a department; the unit came from elsewhere.
    DepartmentInUnitColumn,
    /// A unit that is on no roster, taken under the one that reports for it.
    UnitBelow,
    /// 简称 or former name, resolved.
    UnitByAlias(String),
    UnitUnknown {
        near: Vec<String>,
    },
    UnitAmbiguous {
        candidates: Vec<String>,
    },
    UnitMissing,
    /// Row, column or sheet is hidden but was read.
    HiddenRow,
    HiddenColumn,
    HiddenSheet,
    /// An error value (#REF!) stands in a cell that counts.
    ErrorValue(Field),
    /// A formula without a stored result.
    FormulaWithoutResult,
    /// The text is longer than a cell of a workbook holds; the rest was left out.
    TextTooLong,
    /// Characters that cannot be seen were removed.
    InvisibleCharacters,
    /// Several hazards in one cell; the parts.
    SeveralHazards(Vec<String>),
    /// No description: the record cannot be a hazard.
    NoDescription,
    /// What stands as the description names no hazard (a number, 见附件, #VALUE!).
    DescriptionEmpty,
    /// The item was found in order, and the row says what only a hazard has; the text of the result.
    PassedButHazard,
    /// The description says that something is as it should be.
    SoundsInOrder,
    /// A row that sounds like a zero report without being surely one.
    PerhapsZero,
    /// A printed item of a checklist beside which nothing is filled in.
    ChecklistUnfilled,
    /// The table counts and holds no hazard; its rows.
    CountForm(u32),
    /// The level is not one of the legal pair.
    LevelUnreadable,
    /// The status word is unknown.
    StatusUnreadable,
    /// A choice that names no answer: nothing ticked, several, or a bracket against its word.
    ChoiceUnclear {
        field: Field,
        doubt: Doubt,
    },
    /// The status cell holds a share of the work; the status that follows from it.
    StatusFromShare(Status),
    /// Another column says the opposite; the title and text of the cell it contradicts.
    StatusContradicted {
        title: String,
        text: String,
    },
    /// The status was read from 进展情况, 是否整改, 销号情况.
    StatusFromColumn(String),
    /// The unit itself says 已销号; read as rectified.
    ClosedByUnit,
    /// A date cell that cannot be read, with the days that fit.
    DateUnreadable {
        field: Field,
        reason: UnreadableDate,
        candidates: Vec<chrono::NaiveDate>,
    },
    /// A repair made while reading a date.
    DateNote {
        field: Field,
        note: DateNote,
    },
    /// An extension was written into the deadline cell.
    ExtensionInDeadline(chrono::NaiveDate),
    /// The funds cell holds no number.
    FundsUnreadable,
    /// 元 converted to 万元, 约 dropped and the like; the value read.
    FundsConverted(f64),
    /// The phone looks damaged (1.38E+10, wrong number of digits).
    PhoneDamaged,
    /// The phone was put right: a leading apostrophe or a trailing `.0` taken off; what is kept.
    PhoneCleaned(String),
    /// ¥ stands before an amount whose column is in 万元.
    FundsSign,
    /// A date in a column of words: `3-2` that a program took for the second of March.
    DateInWords,
    /// The same in the column of descriptions; the row has no description.
    DescriptionIsDate,
    /// 同左 was resolved from the cell to the left.
    FromLeft(Field),
    /// 同左, but what stands to the left is of another kind.
    LeftUnfit(Field),
    /// A date whose year lies further from the campaign than the campaign is long.
    YearFar(chrono::NaiveDate),
    /// A text that a formula with TODAY() or NOW() makes anew each day.
    MovingText(Field),
    /// A placeholder was left (XX, ××, 待填).
    Placeholder,
    /// 255 characters exactly: probably cut by an old program.
    TextCut,
    /// Text is struck through; what it means is not known.
    StruckThrough,
    /// The cell carries a comment; its text.
    Comment(String),
    /// A row that could not be understood; the columns that it fills.
    UnrecognisedRow(Vec<u16>),
    /// A typed total differs from what was counted.
    TotalDiffers {
        stated: f64,
        counted: u32,
    },
    /// A sample row was left in and set aside.
    SampleRow,
    /// 同上 was resolved from the row above.
    Ditto(Field),
    /// A wide row was taken apart into this many hazards.
    WideRow(u32),
    /// The sheet is a form with one hazard.
    FormSheet,
    /// The sheet is turned: titles down a column, so many hazards beside it.
    TransposedSheet(u32),
    /// Rows above the first header that look like rows of a table.
    RowAboveHeader,
    /// A row of a template that was never filled in: {.x}, ${x}.
    TemplateRow,
    /// The sheet holds no table of hazards and was set aside, with so many rows.
    SheetSetAside(u32),
    /// Rows alike in which nothing but the description is missing; their number.
    PrefilledRows(u32),
    /// A sheet that classifies hazards beside one that lists them; its rows.
    ReferenceSheet(u32),
    /// Below a table that was read stands one of something else, with so many rows.
    ForeignTable(u32),
    /// The hazard stands on an earlier sheet of the workbook, in this row.
    OnAnotherSheet {
        sheet: String,
        row: u32,
        /// Several rows fit equally well: it stays a hazard of its own.
        undecided: bool,
    },
    /// No title names the unit; the column was taken because its values are units of the roster.
    UnitByValues,
}
