//! What a rule is: identity, explanation, two executable examples and a pure check.

use std::sync::Arc;

use crate::campaign::Ground;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::ledger::MergeOutcome;
use crate::records::Document;
use crate::records::Fact;
use crate::records::FileReading;
use crate::records::Record;
use crate::records::SheetReading;
use crate::source::Origin;
use crate::source::shortened;

/// What a rule looks at; the first letter of its code follows from it (C, T, R, L).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    Campaign,
    Table,
    Record,
    Ledger,
}

/// The pure check; each pushes what it finds and never stops at the first finding.
#[derive(Clone, Copy)]
pub enum Check {
    /// The campaign file and the roster.
    Campaign(fn(&CampaignContext<'_>, &mut Vec<Diagnostic>)),
    /// One file, readable or not.
    File(fn(&FileReading, &mut Vec<Diagnostic>)),
    /// One text or picture with what it says of itself.
    Document(fn(&FileReading, &Document, Ground<'_>, &mut Vec<Diagnostic>)),
    /// One sheet with its facts.
    Sheet(fn(&SheetContext<'_>, &mut Vec<Diagnostic>)),
    /// One fact of a sheet: what was found or repaired while it was read.
    Fact(fn(&SheetContext<'_>, &Fact, &mut Vec<Diagnostic>)),
    /// One record.
    Record(fn(&RecordContext<'_>, &mut Vec<Diagnostic>)),
    /// The merged ledger.
    Ledger(fn(&LedgerContext<'_>, &mut Vec<Diagnostic>)),
    /// Raised where the thing is found (YAML reader, roster reader); the rule gives identity and words.
    Reader,
    /// No longer checked; the code is never used again.
    Retired,
}

/// The campaign as text and as read.
pub struct CampaignContext<'a> {
    pub ground: Ground<'a>,
    /// Name of the campaign file, for places.
    pub file: &'a str,
    /// Name of the roster file.
    pub roster_file: &'a str,
}

impl CampaignContext<'_> {
    /// Where a key path such as `phases[0].end` stands in the campaign file.
    pub fn place(&self, path: &str) -> Origin {
        let position = self.ground.campaign.places.of(path);
        Origin { file: Arc::from(self.file), sheet: Arc::from(""), row: position.line, column: position.column }
    }

    /// A line of the roster.
    pub fn roster_line(&self, line: u32) -> Origin {
        Origin { file: Arc::from(self.roster_file), sheet: Arc::from(""), row: line, column: 0 }
    }
}

/// A sheet within its file.
pub struct SheetContext<'a> {
    pub file: &'a FileReading,
    pub sheet: &'a SheetReading,
    pub ground: Ground<'a>,
}

/// A record within its sheet.
pub struct RecordContext<'a> {
    pub sheet: &'a SheetContext<'a>,
    pub record: &'a Record,
}

/// The outcome of a merge.
pub struct LedgerContext<'a> {
    pub outcome: &'a MergeOutcome,
    pub ground: Ground<'a>,
    /// Name of the ledger file, for places.
    pub file: &'a str,
}

/// A small input that shows the rule: CSV text for tables, records and ledgers, YAML for campaigns.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    pub text: &'static str,
    /// For `bad`: the cell (`C3`) or line (`7`) where the diagnostic must stand; empty for the whole file.
    pub place: &'static str,
}

/// One rule.
#[derive(Clone, Copy)]
pub struct Rule {
    /// `C0xx`, `T0xx`, `R0xx`, `L0xx`; never reused.
    pub code: &'static str,
    /// Kebab-case, naming the offence: `deadline-before-found`.
    pub name: &'static str,
    pub scope: Scope,
    pub severity: Severity,
    /// The heading, Chinese.
    pub title: &'static str,
    /// 查什么
    pub finds: &'static str,
    /// 为什么要紧
    pub matters: &'static str,
    /// 怎样改
    pub remedy: &'static str,
    /// Must raise exactly this code at the stated place.
    pub bad: Example,
    /// Must not raise this code.
    pub good: Example,
    pub check: Check,
}

impl Rule {
    /// A finding of this rule; its help is the rule's remedy unless the caller knows better.
    pub fn diagnostic(&self, place: Origin, field: &str, value: Option<String>, message: String) -> Diagnostic {
        Diagnostic {
            code: self.code,
            severity: self.severity,
            place,
            field: field.to_owned(),
            value: value.map(|value| shortened(&value, 200).into_owned()),
            message,
            help: self.remedy.to_owned(),
            folded: 0,
        }
    }

    /// A finding at a key path of the campaign file.
    pub fn at(&self, context: &CampaignContext<'_>, path: &str, value: Option<String>, message: String) -> Diagnostic {
        self.diagnostic(context.place(path), path, value, message)
    }
}
