//! The workspace opened: campaign, roster, calendar and ledger, each with everything that is wrong with it.

use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use crate::campaign;
use crate::campaign::Campaign;
use crate::campaign::Ground;
use crate::campaign::Roster;
use crate::dates::WorkCalendar;
use crate::desk::Notice;
use crate::desk::Refusal;
use crate::desk::past::History;
use crate::desk::past::note_first_reports;
use crate::desk::registers;
use crate::desk::registers::not_opened;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::sort_by_place;
use crate::files::Outputs;
use crate::files::Workspace;
use crate::files::names;
use crate::files::read::read_named;
use crate::files::read::read_within;
use crate::files::workspace;
use crate::ledger;
use crate::ledger::Ledger;
use crate::ledger::MergeInputs;
use crate::ledger::MergeOutcome;
use crate::records;
use crate::records::Authority;
use crate::records::FileReading;
use crate::records::ReadingBasis;
use crate::results;
use crate::results::TaskStandings;
use crate::rules;
use crate::rules::rule::CampaignContext;
use crate::source::Origin;
use crate::source::SourceFile;
use crate::tables::OWN;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The workspace as far as it could be read, with everything that is wrong with it.
pub struct Examined {
    pub workspace: Workspace,
    /// `None` when the campaign cannot be used.
    pub campaign: Option<Campaign>,
    pub roster: Option<Roster>,
    pub roster_path: Option<PathBuf>,
    pub calendar: Option<WorkCalendar>,
    /// Sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The campaign file as decoded.
    pub text: String,
    /// Whether the campaign file was read with an error; parts of it are then missing and nothing should be built on it.
    pub is_faulty: bool,
}

/// Where to look for a workspace.
#[derive(Debug, Clone)]
pub struct Place {
    /// The folder to start from, upwards; relative paths are seen from here.
    pub start: PathBuf,
    /// The campaign file, where one is named.
    pub campaign: Option<PathBuf>,
}

/// A workspace on a day, ready to work with.
#[derive(Debug)]
pub struct Desk {
    pub workspace: Workspace,
    pub campaign: Campaign,
    pub roster: Roster,
    pub roster_path: PathBuf,
    pub calendar: WorkCalendar,
    /// What is doubtful about campaign and roster, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// 统计截至日.
    pub as_of: NaiveDate,
    /// The folder that relative paths are seen from.
    pub start: PathBuf,
    /// Is told how far the reading of many files is.
    pub watch: Option<fn(Progress)>,
}

/// How far a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    Read { done: usize, total: usize },
    Finished { total: usize },
}

/// Reads and checks the campaign and the roster; fails only when there is no campaign to look at.
pub fn examine(place: &Place, as_of: NaiveDate) -> Result<Examined, Refusal> {
    let workspace = Workspace::find(&place.start, place.campaign.as_deref()).map_err(Refusal::NoWorkspace)?;
    let campaign_name: Arc<str> = Arc::from(workspace.name(&workspace.campaign));
    let mut examined = Examined {
        campaign: None,
        roster: None,
        roster_path: None,
        calendar: None,
        diagnostics: Vec::new(),
        text: String::new(),
        is_faulty: true,
        workspace,
    };
    let file = match read_named(&examined.workspace.campaign, campaign_name.clone()) {
        Ok(file) => file,
        Err(unreadable) => {
            examined.diagnostics.push(not_opened("C001", campaign_name, &unreadable));
            return Ok(examined);
        }
    };
    let read = campaign::read_campaign(&file);
    examined.is_faulty = read.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    examined.diagnostics = read.diagnostics;
    examined.text = read.text;
    let Some(campaign) = read.campaign else { return Ok(examined) };
    match read_calendar(&examined.workspace, &campaign) {
        Ok(calendar) => examined.calendar = Some(calendar),
        Err(message) => {
            examined.is_faulty = true;
            examined.diagnostics.push(bad_calendar(&campaign, &campaign_name, message));
        }
    }
    let roster_path = examined.workspace.path(&campaign.units);
    let roster_name: Arc<str> = Arc::from(examined.workspace.name(&roster_path));
    match read_named(&roster_path, roster_name.clone()) {
        Ok(file) => {
            let read = campaign::read_roster(&file);
            examined.diagnostics.extend(read.diagnostics);
            let roster = read.roster;
            if let (Some(roster), Some(calendar)) = (&roster, &examined.calendar) {
                let context = CampaignContext {
                    ground: Ground { campaign: &campaign, roster, calendar, as_of },
                    file: &campaign_name,
                    roster_file: &roster_name,
                };
                examined.diagnostics.extend(rules::check_campaign(&context));
                examined.is_faulty |= examined.diagnostics.iter().any(rules::stops_everything);
            }
            examined.roster = roster;
        }
        Err(unreadable) => examined.diagnostics.push(not_opened("C055", roster_name, &unreadable)),
    }
    examined.roster_path = Some(roster_path);
    examined.campaign = Some(campaign);
    sort_by_place(&mut examined.diagnostics);
    Ok(examined)
}

/// Where the ledger of an earlier drive lies.
fn carried_path(workspace: &Workspace, campaign: &Campaign) -> Option<PathBuf> {
    campaign.carry_over.as_ref().map(|carry_over| workspace.path(&carry_over.file))
}

impl Examined {
    /// Where the ledger of an earlier drive lies, if the campaign names one.
    pub fn carried_path(&self) -> Option<PathBuf> {
        carried_path(&self.workspace, self.campaign.as_ref()?)
    }

    /// A diagnostic of the campaign file shown with its line; `None` for those of other files.
    pub fn snippet(&self, diagnostic: &Diagnostic) -> Option<String> {
        let name = self.workspace.name(&self.workspace.campaign);
        (*diagnostic.place.file == *name && !self.text.is_empty()).then(|| campaign::snippet(&self.text, diagnostic, true))
    }
}

impl Desk {
    /// Opens the workspace at a place.
    ///
    /// # Errors
    /// There is none, or its campaign or roster cannot be worked with; [`examine`] tells all that is wrong.
    pub fn open(place: &Place, as_of: NaiveDate) -> Result<Desk, Refusal> {
        let examined = examine(place, as_of)?;
        let start = place.start.clone();
        match examined {
            Examined {
                workspace,
                campaign: Some(campaign),
                roster: Some(roster),
                roster_path: Some(roster_path),
                calendar: Some(calendar),
                diagnostics,
                is_faulty: false,
                ..
            } => Ok(Desk { workspace, campaign, roster, roster_path, calendar, diagnostics, as_of, start, watch: None }),
            Examined { workspace, diagnostics, text, is_faulty, .. } => {
                let errors = diagnostics.into_iter().filter(|diagnostic| diagnostic.severity == Severity::Error).collect();
                Err(Refusal::Faulty { is_roster: !is_faulty, errors, campaign: (workspace.name(&workspace.campaign), text) })
            }
        }
    }

    /// What everything derived stands on.
    pub fn ground(&self) -> Ground<'_> {
        Ground { campaign: &self.campaign, roster: &self.roster, calendar: &self.calendar, as_of: self.as_of }
    }

    /// Resolves a path as it was named.
    pub fn absolute(&self, named: &Path) -> PathBuf {
        names::absolute(named, &self.start)
    }

    /// Where the ledger of an earlier drive lies, if the campaign names one.
    pub fn carried_path(&self) -> Option<PathBuf> {
        carried_path(&self.workspace, &self.campaign)
    }

    /// Outputs of a command that only answers: neither what it read nor anything else of the workspace can be overwritten.
    pub fn outputs<'a>(&self, read: impl IntoIterator<Item = &'a Path>) -> Outputs {
        let mut outputs = self.outputs_beside_letters(read);
        outputs.protect(&self.workspace.root.join(workspace::NOTICES));
        outputs
    }

    /// Outputs of a command that may write the register of letters.
    pub fn outputs_beside_letters<'a>(&self, read: impl IntoIterator<Item = &'a Path>) -> Outputs {
        let mut outputs = self.outputs_beside_all(read);
        for name in [workspace::LEDGER, workspace::LEDGER_CSV, workspace::HISTORY] {
            outputs.protect(&self.workspace.root.join(name));
        }
        outputs
    }

    /// Outputs of a command that may write the ledger and its history.
    pub fn outputs_beside_ledger<'a>(&self, read: impl IntoIterator<Item = &'a Path>) -> Outputs {
        let mut outputs = self.outputs_beside_all(read);
        outputs.protect(&self.workspace.root.join(workspace::NOTICES));
        outputs
    }

    /// Outputs that can overwrite nothing that people keep in the workspace or that the campaign names.
    fn outputs_beside_all<'a>(&self, read: impl IntoIterator<Item = &'a Path>) -> Outputs {
        let mut outputs = Outputs::in_workspace(&self.workspace, read);
        outputs.protect(&self.roster_path);
        let of_reports = self.campaign.reports.iter().filter_map(|schedule| schedule.template.as_deref());
        let templates = of_reports.chain(self.campaign.escalation.iter().filter_map(|step| step.template.as_deref()));
        let named = self.campaign.calendar.as_deref().into_iter().chain(templates).map(|relative| self.workspace.path(relative));
        named.chain(self.carried_path()).for_each(|path| outputs.protect(&path));
        outputs
    }

    /// The ledger named on the command line, or the workspace's own.
    pub fn ledger_path(&self, named: Option<&Path>) -> PathBuf {
        named.map_or_else(|| self.workspace.ledger(), |named| self.absolute(named))
    }

    /// Where the plan's tasks stand, as far as `tasks.csv` says so; rows of it that do not count are told.
    pub fn tasks(&self, notices: &mut Vec<Notice>) -> TaskStandings {
        let rows = match registers::task_log(&self.workspace, self.ground()) {
            None => Vec::new(),
            Some((name, log)) => {
                notices.push(Notice::Diagnosed { diagnostics: log.diagnostics, least: Severity::Warning });
                if log.set_aside > 0 {
                    notices.push(Notice::RowsSetAside { file: name, rows: log.set_aside });
                }
                log.rows
            }
        };
        results::task_standings(&rows, self.ground())
    }

    /// Reads a ledger; one that is not there or cannot be read ends the command.
    ///
    /// # Errors
    /// It is not there, cannot be read or is no ledger.
    pub fn ledger(&self, path: &Path) -> Result<Ledger, Refusal> {
        let mut ledger = ledger_outcome(self.ledger_reading(path)?, self.ground(), BTreeSet::new()).ledger;
        note_first_reports(&mut ledger, &History { path: self.workspace.history_of(path), unwritten: b"" }, self.ground().as_of)?;
        Ok(ledger)
    }

    /// Reads a ledger file into records.
    ///
    /// # Errors
    /// It is not there, cannot be read or is no ledger.
    pub fn ledger_reading(&self, path: &Path) -> Result<FileReading, Refusal> {
        let name: Arc<str> = Arc::from(self.workspace.name(path));
        if !path.exists() {
            return Err(Refusal::LedgerMissing { name, is_own: path == self.workspace.ledger() });
        }
        let source = read_within(path, name.clone(), &OWN).map_err(|why| Refusal::LedgerUnreadable { name, why: Some(why) })?;
        self.ledger_of(&source)
    }

    /// Reads the bytes of a ledger into records.
    ///
    /// # Errors
    /// They cannot be read or are no ledger.
    pub fn ledger_of(&self, source: &SourceFile) -> Result<FileReading, Refusal> {
        let name = || source.name.clone();
        let reading = records::read_file(source, &ReadingBasis { ground: self.ground(), authority: Authority::Bureau });
        match &reading.content {
            // A ledger without hazards still has its header; a file without one is something else, and says nothing about hazards.
            Ok(content) if content.sheets.iter().all(|sheet| sheet.tables.is_empty() && sheet.records.is_empty()) => {
                Err(Refusal::NoLedger { name: name() })
            }
            Ok(_) => Ok(reading),
            Err(why) => Err(Refusal::LedgerUnreadable { name: name(), why: Some(why.clone()) }),
        }
    }
}

/// Gives the hazards of a ledger file with what became of its rows, by merging nothing into it. Rows without a 编号 are numbered
/// after every one that is `assigned`.
pub fn ledger_outcome(reading: FileReading, ground: Ground<'_>, assigned: BTreeSet<String>) -> MergeOutcome {
    ledger::merge(MergeInputs {
        ground,
        base: Some(reading),
        carried: None,
        files: Vec::new(),
        received: None,
        assigned,
        earlier_identities: Vec::new(),
        take_over: None,
        vacant: Default::default(),
        joined: std::collections::BTreeMap::new(),
    })
}

/// The statutory calendar, or the campaign's own if it names one; else why that one cannot be used.
fn read_calendar(workspace: &Workspace, campaign: &Campaign) -> Result<WorkCalendar, String> {
    let Some(relative) = &campaign.calendar else { return Ok(WorkCalendar::statutory()) };
    let path = workspace.path(relative);
    let file = read_named(&path, Arc::from(workspace.name(&path))).map_err(|why| format!("历法文件打不开：{}", why.words()))?;
    // Written by hand in whatever the office's editor saves.
    let text = match std::str::from_utf8(&file.bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').into(),
        Err(_) => encoding_rs::GB18030.decode(&file.bytes).0,
    };
    WorkCalendar::parse(&text).map_err(|error| error.to_string())
}

/// The diagnostic of a campaign that names a calendar which cannot be used.
fn bad_calendar(campaign: &Campaign, file: &Arc<str>, message: String) -> Diagnostic {
    let position = campaign.places.of("calendar");
    Diagnostic {
        code: "C004",
        severity: Severity::Error,
        place: Origin { file: file.clone(), sheet: Arc::from(""), row: position.line, column: position.column },
        field: "calendar".to_owned(),
        value: campaign.calendar.clone(),
        message,
        help: "改好历法文件，或写 calendar: cn 用法定节假日".to_owned(),
        folded: 0,
    }
}
