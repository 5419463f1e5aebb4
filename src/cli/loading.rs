//! What most commands begin with: the workspace, its campaign, its roster, a ledger.
//!
//! Brings disk and core together and turns what cannot be used into one failure that says what to do.

use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use crate::campaign;
use crate::campaign::Campaign;
use crate::campaign::Ground;
use crate::campaign::Roster;
use crate::cli::failure::Failure;
use crate::cli::pipeline;
use crate::cli::print::diagnostics;
use crate::cli::print::diagnostics::Look;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::dates::WorkCalendar;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::file_place;
use crate::diagnostic::sort_by_place;
use crate::files::Outputs;
use crate::files::Workspace;
use crate::files::names;
use crate::files::read::read_named;
use crate::files::workspace;
use crate::files::workspace::NoWorkspace;
use crate::ledger::Ledger;
use crate::records::FileReading;
use crate::registers::ContactsReading;
use crate::registers::LogReading;
use crate::registers::TaskLogReading;
use crate::results;
use crate::results::TaskStandings;
use crate::rules;
use crate::rules::rule::CampaignContext;
use crate::source::Origin;
use crate::tables::Unreadable;

/// How many errors of the campaign a command that cannot go on shows; `validate` shows them all.
const SHOWN: usize = 3;

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

/// The workspace, ready to work with.
pub struct Loaded {
    pub workspace: Workspace,
    pub campaign: Campaign,
    pub roster: Roster,
    pub roster_path: PathBuf,
    pub calendar: WorkCalendar,
}

/// Reads and checks the campaign and the roster; fails only when there is no campaign to look at.
pub fn examine(session: &Session) -> Result<Examined, Failure> {
    let workspace = Workspace::find(&session.start, session.campaign.as_deref()).map_err(no_workspace)?;
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
                    ground: Ground { campaign: &campaign, roster, calendar, as_of: session.as_of },
                    file: &campaign_name,
                    roster_file: &roster_name,
                };
                examined.diagnostics.extend(rules::check_campaign(&context));
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

/// The workspace, or why no command but `validate` can work with it.
pub fn load(session: &Session) -> Result<Loaded, Failure> {
    let examined = examine(session)?;
    let shown = if session.verbose { usize::MAX } else { SHOWN };
    let errors: Vec<Diagnostic> =
        examined.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).take(shown).cloned().collect();
    let faulty = examined.is_faulty;
    let look = Look { verbose: session.verbose, least: Severity::Error, snippet: &|diagnostic| examined.snippet(diagnostic) };
    let details = diagnostics::list(&errors, &look);
    match (examined.campaign, examined.roster, examined.roster_path, examined.calendar) {
        (Some(campaign), Some(roster), Some(roster_path), Some(calendar)) if !faulty => {
            Ok(Loaded { workspace: examined.workspace, campaign, roster, roster_path, calendar })
        }
        _ => {
            let what = if faulty { "专项定义" } else { "单位名册" };
            Err(Failure::impossible(format!("{what}有错误，无法继续"), "改好后再运行；全部问题见 qingdan validate").with_details(details))
        }
    }
}

impl Loaded {
    /// What diagnostics and results are judged against.
    pub fn ground(&self, session: &Session) -> Ground<'_> {
        Ground { campaign: &self.campaign, roster: &self.roster, calendar: &self.calendar, as_of: session.as_of }
    }

    /// Where the ledger of an earlier drive lies, if the campaign names one.
    pub fn carried_path(&self) -> Option<PathBuf> {
        carried_path(&self.workspace, &self.campaign)
    }

    /// Outputs of a command that only answers: neither what it read nor anything else of the workspace can be overwritten.
    pub fn outputs<'a>(&self, read: impl IntoIterator<Item = &'a Path>) -> Outputs {
        let mut outputs = self.outputs_beside_ledger(read);
        for name in [workspace::LEDGER, workspace::LEDGER_CSV, workspace::HISTORY] {
            outputs.protect(&self.workspace.root.join(name));
        }
        outputs
    }

    /// Outputs of a command that may write the ledger and its history.
    pub fn outputs_beside_ledger<'a>(&self, read: impl IntoIterator<Item = &'a Path>) -> Outputs {
        let mut outputs = Outputs::in_workspace(&self.workspace, read);
        outputs.protect(&self.roster_path);
        let templates = self.campaign.reports.iter().filter_map(|schedule| schedule.template.as_deref());
        let named = self.campaign.calendar.as_deref().into_iter().chain(templates).map(|relative| self.workspace.path(relative));
        named.chain(self.carried_path()).for_each(|path| outputs.protect(&path));
        outputs
    }

    /// The ledger named on the command line, or the workspace's own.
    pub fn ledger_path(&self, named: Option<&Path>, session: &Session) -> PathBuf {
        named.map_or_else(|| self.workspace.ledger(), |named| names::absolute(named, &session.start))
    }

    /// Where the plan's tasks stand, as far as `tasks.csv` says so; rows of it that do not count are told in the report.
    pub fn tasks(&self, session: &Session, report: &mut Report) -> TaskStandings {
        let rows = match task_log(&self.workspace, self.ground(session)) {
            None => Vec::new(),
            Some((name, log)) => {
                let look = Look { verbose: session.verbose, least: Severity::Warning, snippet: &|_| None };
                report.messages.push_str(&diagnostics::list(&log.diagnostics, &look));
                if log.set_aside > 0 {
                    report.say(format!("{name} 有 {} 行没有计入，改好后再运行", log.set_aside));
                }
                log.rows
            }
        };
        results::task_standings(&rows, self.ground(session))
    }

    /// Reads a ledger; one that is not there or cannot be read ends the command.
    pub fn ledger(&self, path: &Path, session: &Session) -> Result<Ledger, Failure> {
        let reading = self.ledger_reading(path, session)?;
        Ok(pipeline::ledger_of(reading, self.ground(session)))
    }

    /// A ledger file taken apart.
    pub fn ledger_reading(&self, path: &Path, session: &Session) -> Result<FileReading, Failure> {
        let name: Arc<str> = Arc::from(self.workspace.name(path));
        if !path.exists() {
            return Err(if path == self.workspace.ledger() {
                Failure::impossible(format!("还没有台账“{name}”"), "请先运行 qingdan merge 生成台账，或写明台账文件名")
            } else {
                Failure::impossible(format!("没有“{name}”这个文件"), "请核对文件名和所在的文件夹；工作区的台账不必写文件名")
            });
        }
        let source = read_named(path, name.clone()).map_err(|unreadable| unopened(&name, Some(&unreadable)))?;
        let reading = pipeline::read_ledger(&source, self.ground(session));
        match &reading.content {
            // A ledger without hazards still has its header; a file without one is something else, and says nothing about hazards.
            Ok(content) if content.sheets.iter().all(|sheet| sheet.tables.is_empty() && sheet.records.is_empty()) => {
                let what = format!("“{name}”里找不到台账的表头，不像是台账");
                Err(Failure::impossible(what, "请核对文件名；台账是 qingdan merge 写出的 ledger.xlsx，或有“隐患描述”“整改期限”等列名的表"))
            }
            Ok(_) => Ok(reading),
            Err(unreadable) => Err(unopened(&name, Some(unreadable))),
        }
    }
}

/// What to say of lines of the history that could not be read; `None` when there are none.
pub fn unread_lines_words(unread_lines: &[u32]) -> Option<String> {
    let first = unread_lines.first()?;
    Some(format!("{} 有 {} 行读不出来，第一处在第 {first} 行；这些行没有计入", workspace::HISTORY, unread_lines.len()))
}

/// The ledger of an earlier drive that the campaign names (上期结转); one that cannot be opened is a reading, too, so that it
/// is told like any other file.
pub fn carried_over(workspace: &Workspace, ground: Ground<'_>) -> Option<FileReading> {
    let path = workspace.path(&ground.campaign.carry_over.as_ref()?.file);
    let name: Arc<str> = Arc::from(workspace.name(&path));
    Some(match read_named(&path, name.clone()) {
        Ok(file) => pipeline::read_ledger(&file, ground),
        Err(unreadable) => FileReading { file: name, content: Err(unreadable) },
    })
}

/// The workspace's `submissions.csv` with its name; `None` where there is none.
pub fn submission_log(workspace: &Workspace, ground: Ground<'_>) -> Option<(Arc<str>, LogReading)> {
    let path = workspace.root.join(workspace::SUBMISSIONS);
    if !path.exists() {
        return None;
    }
    let name: Arc<str> = Arc::from(workspace.name(&path));
    let reading = match read_named(&path, name.clone()) {
        Ok(file) => pipeline::read_log(&file, ground),
        Err(unreadable) => LogReading { diagnostics: vec![not_opened("T060", name.clone(), &unreadable)], ..LogReading::default() },
    };
    Some((name, reading))
}

/// The workspace's `tasks.csv` with its name; `None` where there is none.
pub fn task_log(workspace: &Workspace, ground: Ground<'_>) -> Option<(Arc<str>, TaskLogReading)> {
    let path = workspace.root.join(workspace::TASKS);
    if !path.exists() {
        return None;
    }
    let name: Arc<str> = Arc::from(workspace.name(&path));
    let reading = match read_named(&path, name.clone()) {
        Ok(file) => pipeline::read_task_log(&file, ground),
        Err(unreadable) => TaskLogReading { diagnostics: vec![not_opened("T065", name.clone(), &unreadable)], ..TaskLogReading::default() },
    };
    Some((name, reading))
}

/// The workspace's `contacts.csv` with its name; `None` where there is none.
pub fn contacts(workspace: &Workspace, ground: Ground<'_>) -> Option<(Arc<str>, ContactsReading)> {
    let path = workspace.root.join(workspace::CONTACTS);
    if !path.exists() {
        return None;
    }
    let name: Arc<str> = Arc::from(workspace.name(&path));
    let reading = match read_named(&path, name.clone()) {
        Ok(file) => pipeline::read_contacts(&file, ground),
        Err(unreadable) => {
            ContactsReading { diagnostics: vec![not_opened("T070", name.clone(), &unreadable)], ..ContactsReading::default() }
        }
    };
    Some((name, reading))
}

/// The statutory calendar, or the campaign's own if it names one; else why that one cannot be used.
fn read_calendar(workspace: &Workspace, campaign: &Campaign) -> Result<WorkCalendar, String> {
    let Some(relative) = &campaign.calendar else { return Ok(WorkCalendar::statutory()) };
    let path = workspace.path(relative);
    let file = read_named(&path, Arc::from(workspace.name(&path)))
        .map_err(|why| format!("历法文件打不开：{}", pipeline::unreadable_words(&why)))?;
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

/// The diagnostic of a campaign or roster that could not even be opened, under the rule for what cannot be read.
fn not_opened(code: &'static str, file: Arc<str>, unreadable: &Unreadable) -> Diagnostic {
    Diagnostic {
        code,
        severity: Severity::Error,
        place: file_place(&file),
        field: String::new(),
        value: None,
        message: format!("文件打不开：{}", pipeline::unreadable_words(unreadable)),
        help: "请核对文件是否存在、有没有读取权限".to_owned(),
        folded: 0,
    }
}

fn unopened(name: &str, why: Option<&Unreadable>) -> Failure {
    let reason = why.map(pipeline::unreadable_words).unwrap_or_default();
    let reason = if reason.is_empty() { String::new() } else { format!("：{reason}") };
    Failure::impossible(format!("无法读取“{name}”{reason}"), "请检查这个文件；逐项检查用 qingdan validate")
}

fn no_workspace(why: NoWorkspace) -> Failure {
    match why {
        NoWorkspace::NotFound { start } => Failure::impossible(
            format!("在“{}”及其上级文件夹中没有找到 campaign.yaml", names::shown(&start)),
            "请进入工作区文件夹，或用 -c 写明专项定义文件；新建工作区用 qingdan init，先看演示用 qingdan demo",
        ),
        NoWorkspace::NamedMissing { named } => {
            Failure::impossible(format!("专项定义文件“{}”不存在", names::shown(&named)), "请核对 -c 后面的路径；新建工作区用 qingdan init")
        }
    }
}
