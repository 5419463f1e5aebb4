//! The core's functions as the commands call them, one each: the seam between the edge and the core.
//!
//! Values in, values out. No command calls the core past this file, so that what a command needs can be read here.

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Roster;
use crate::diagnostic::Diagnostic;
use crate::ledger::Ledger;
use crate::ledger::MergeOutcome;
use crate::records::FileReading;
use crate::results::Overdue;
use crate::results::Rates;
use crate::source::SourceFile;
use crate::tables::Unreadable;

/// A campaign file as read.
pub struct CampaignRead {
    /// Not to be worked with while `diagnostics` holds an error.
    pub campaign: Option<Campaign>,
    pub diagnostics: Vec<Diagnostic>,
    /// The text as decoded, for showing the lines that diagnostics name.
    pub text: String,
}

/// Reads a campaign file.
pub fn read_campaign(file: &SourceFile) -> CampaignRead {
    let _ = file;
    CampaignRead { campaign: None, diagnostics: Vec::new(), text: String::new() }
}

/// A roster as read.
pub fn read_roster(file: &SourceFile) -> (Option<Roster>, Vec<Diagnostic>) {
    let _ = file;
    (None, Vec::new())
}

/// The rules that look at the campaign and its roster as a whole.
pub fn check_campaign(campaign: &Campaign, roster: &Roster, file: &str, roster_file: &str) -> Vec<Diagnostic> {
    let _ = (campaign, roster, file, roster_file);
    Vec::new()
}

/// The line of the campaign's `text` a diagnostic stands on, with a caret.
pub fn snippet(text: &str, diagnostic: &Diagnostic) -> Option<String> {
    let _ = (text, diagnostic);
    None
}

/// One submission or ledger, taken apart.
pub fn read_file(file: &SourceFile, campaign: &Campaign, roster: &Roster) -> FileReading {
    let _ = (campaign, roster);
    FileReading { file: file.name.clone(), content: Err(unread()) }
}

fn unread() -> crate::tables::Unreadable {
    crate::tables::Unreadable { reason: crate::tables::UnreadableReason::ReaderFailed, detail: String::new() }
}

/// Why a file gives no rows, in words for people.
pub fn unreadable_words(unreadable: &Unreadable) -> String {
    unreadable.detail.clone()
}

/// The rules that look at one file, its sheets and records.
pub fn check_file(reading: &FileReading, context: &Judged<'_>) -> Vec<Diagnostic> {
    let _ = (reading, context);
    Vec::new()
}

/// What is to be said of a campaign or roster that could not even be opened.
pub fn check_unopened(reading: &FileReading) -> Vec<Diagnostic> {
    let _ = reading;
    Vec::new()
}

/// What diagnostics are judged against.
#[derive(Clone, Copy)]
pub struct Judged<'a> {
    pub campaign: &'a Campaign,
    pub roster: &'a Roster,
    pub as_of: NaiveDate,
}

/// What goes into a merge.
pub struct MergeInputs<'a> {
    pub judged: Judged<'a>,
    /// The ledger that is merged into; `None` for the first merge.
    pub base: Option<FileReading>,
    pub submissions: Vec<FileReading>,
    /// `--received`
    pub received: Option<NaiveDate>,
}

/// The merge.
pub fn merge(inputs: MergeInputs<'_>) -> MergeOutcome {
    let _ = (inputs.judged, inputs.base, inputs.submissions, inputs.received);
    MergeOutcome::default()
}

/// The rules that look at the outcome of a merge.
pub fn check_merge(outcome: &MergeOutcome, context: &Judged<'_>, ledger_file: &str) -> Vec<Diagnostic> {
    let _ = (outcome, context, ledger_file);
    Vec::new()
}

/// The hazards of a ledger file.
pub fn ledger_of(reading: FileReading, context: &Judged<'_>) -> Ledger {
    merge(MergeInputs { judged: *context, base: Some(reading), submissions: Vec::new(), received: None }).ledger
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    Workbook,
    Csv,
}

/// The ledger file of a merge.
pub fn ledger_bytes(outcome: &MergeOutcome, context: &Judged<'_>, format: TableFormat) -> Result<Vec<u8>, String> {
    let _ = (outcome, context, format);
    Err("台账还不能写出".to_owned())
}

/// What the as-of date says about the ledger. `calendar` is the campaign's own calendar file, if it names one.
pub fn overdue(ledger: &Ledger, context: &Judged<'_>, calendar: Option<&SourceFile>) -> Result<Overdue, String> {
    let _ = (ledger, calendar);
    Ok(Overdue {
        as_of: context.as_of,
        items: Vec::new(),
        by_state: [0; 6],
        late: 0,
        by_unit: Vec::new(),
        rates: Rates::default(),
        unknown_years: Vec::new(),
    })
}

/// The overdue answer as a table.
pub fn overdue_bytes(overdue: &Overdue, ledger: &Ledger, context: &Judged<'_>, format: TableFormat) -> Result<Vec<u8>, String> {
    let _ = (overdue, ledger, context, format);
    Err("逾期表还不能写出".to_owned())
}

/// How the three lists are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListsWanted {
    /// One sheet instead of three.
    pub combined: bool,
    /// Official name of the one unit wanted.
    pub unit: Option<String>,
    /// Phone numbers in full, whatever the campaign says.
    pub full_phones: bool,
}

/// The three lists.
pub fn lists_bytes(ledger: &Ledger, context: &Judged<'_>, wanted: &ListsWanted, format: TableFormat) -> Result<Vec<u8>, String> {
    let _ = (ledger, context, wanted, format);
    Err("三清单还不能写出".to_owned())
}

/// The sender's own workbook with the wrong cells marked; `Err` says why this file cannot be marked.
pub fn annotate(file: &SourceFile, reading: &FileReading, diagnostics: &[Diagnostic]) -> Result<Annotated, String> {
    let _ = (file, reading, diagnostics);
    Err("还不能批注".to_owned())
}

/// A marked copy.
pub struct Annotated {
    pub bytes: Vec<u8>,
    /// Extension of the copy, without the dot; text files come back as workbooks.
    pub extension: &'static str,
}

/// JSON Schema of campaign.yaml.
pub fn schema() -> serde_json::Value {
    serde_json::Value::Null
}

/// A campaign that the binary carries.
#[derive(Debug, Clone, Copy)]
pub struct ShippedCampaign {
    pub name: &'static str,
    pub title: &'static str,
    pub yaml: &'static str,
    pub units_csv: &'static str,
}

impl ShippedCampaign {
    /// What the campaign calls its roster.
    pub fn roster_name(&self) -> &'static str {
        "units.csv"
    }
}

/// Every shipped campaign.
pub fn shipped() -> Vec<ShippedCampaign> {
    Vec::new()
}

/// A rule as `explain` lists it.
#[derive(Debug, Clone, Copy)]
pub struct RuleEntry {
    pub code: &'static str,
    pub name: &'static str,
    pub title: &'static str,
}

/// Every rule, by code.
pub fn rules() -> Vec<RuleEntry> {
    Vec::new()
}

/// The page of one rule.
pub fn rule_page(code: &str) -> Option<String> {
    let _ = code;
    None
}
