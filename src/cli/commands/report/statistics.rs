//! What the papers are made from, gathered from the workspace: the ledger as it was known on three days, and what was reported.

use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

use chrono::NaiveDate;

use crate::cli::commands::submissions::Inputs;
use crate::cli::exit::ExitCode;
use crate::cli::failure::Failure;
use crate::cli::known::LedgersAsKnown;
use crate::cli::known::ledgers_as_known;
use crate::cli::loading;
use crate::cli::loading::Loaded;
use crate::cli::pipeline;
use crate::cli::print::diagnostics;
use crate::cli::print::diagnostics::Look;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::documents::statistics::StatisticsSource;
use crate::files::workspace;
use crate::ledger::Ledger;
use crate::records::FileReading;
use crate::results;
use crate::results::Obligations;
use crate::results::figures::FigureInputs;
use crate::results::figures::Figures;
use crate::results::figures::ReportKind;
use crate::results::figures::figures;
use crate::results::figures::long_before;
use crate::results::figures::report_period;

/// Rules whose findings make the figures of a ledger absurd: dates in an impossible order, and totals typed by hand that
/// are not the sums of their rows.
const IMPOSSIBLE: [&str; 4] = ["R036", "R041", "R042", "T034"];

/// The figures, and what they were counted from.
pub struct Statistics {
    /// As known on the last day of the period.
    pub ledger: Ledger,
    pub obligations: Obligations,
    pub figures: Figures,
    /// Files that were read; no paper may be written over one.
    pub inputs: Vec<PathBuf>,
}

impl Statistics {
    /// Counts what was read from the ledger at `path` and what came in.
    pub fn gather(
        loaded: &Loaded,
        path: &Path,
        ledger: Ledger,
        kind: ReportKind,
        came_in: &Inputs,
        session: &Session,
        report: &mut Report,
    ) -> Result<Statistics, Failure> {
        let period = report_period(&loaded.campaign, kind, session.as_of);
        let long_before = long_before(&loaded.campaign, period);
        let days: Vec<NaiveDate> = [session.as_of, period.day_before()].into_iter().chain(long_before).collect();
        let LedgersAsKnown { known, unread_lines } = ledgers_as_known(loaded, ledger, path, &days)?;
        if let Some(words) = loading::unread_lines_words(&unread_lines) {
            report.say(format!("注意：{words}，过去的数可能不全"));
        }
        if let Some(later) = known.first().map(|known| known.later.len()).filter(|later| *later > 0) {
            report.say(format!("台账里有 {later} 条隐患的报送日期晚于 {}，按当时还不知道处理，没有计入", session.as_of));
        }
        let mut ledgers = known.into_iter().map(|known| known.ledger);
        let [ledger, before, long_before] = std::array::from_fn(|_| ledgers.next().unwrap_or_default());
        let obligations = results::obligations(&came_in.evidence, loaded.ground(session));
        let figures = figures(FigureInputs {
            ground: loaded.ground(session),
            period,
            ledger: &ledger,
            before: &before,
            long_before: &long_before,
            obligations: &obligations,
            mentions: &came_in.mentions,
        });
        let own = [&loaded.workspace.campaign, &loaded.roster_path, path].map(Path::to_path_buf);
        let log = loaded.workspace.root.join(workspace::SUBMISSIONS);
        let history = loaded.workspace.history_of(path);
        let inputs = own.into_iter().chain([log, history]).chain(came_in.files.iter().cloned()).collect();
        Ok(Statistics { ledger, obligations, figures, inputs })
    }

    /// As the papers take it.
    pub fn source<'a>(&'a self, loaded: &'a Loaded) -> StatisticsSource<'a> {
        StatisticsSource { campaign: &loaded.campaign, roster: &loaded.roster, ledger: &self.ledger, figures: &self.figures }
    }
}

/// The hazards of a ledger, and its rows from which no honest figure can be made, with those that would be left out of every
/// figure: of a unit that is not on the roster (any more), without a description, with a found day that cannot be read.
pub fn judged(reading: FileReading, loaded: &Loaded, session: &Session) -> (Vec<Diagnostic>, Ledger) {
    let ground = loaded.ground(session);
    let mut found = pipeline::check_file(&reading, ground);
    let file = reading.file.clone();
    let outcome = pipeline::ledger_outcome(reading, ground, BTreeSet::new());
    // Those that were returned in earlier rounds stand on a sheet of their own and are no hazards.
    let left_out: BTreeSet<(&str, u32)> = (outcome.rejected.iter().map(|row| &row.origin))
        .filter(|origin| origin.file == file)
        .map(|origin| (origin.sheet.as_ref(), origin.row))
        .collect();
    found.retain(|diagnostic| {
        let is_left_out = left_out.contains(&(diagnostic.place.sheet.as_ref(), diagnostic.place.row));
        IMPOSSIBLE.contains(&diagnostic.code) || is_left_out && diagnostic.severity == Severity::Error
    });
    (found, outcome.ledger)
}

/// What the clerk does about such rows.
const MEND: &str = "在台账里改好上面指出的格子，保存、关闭，再运行一次；单位撤并了的，仍要留在单位名册里；确实不必改的，在 campaign.yaml 的 waive 里写明规则和理由";

/// The rows, each with its cell, and that nothing can be counted from them.
fn told(impossible: &[Diagnostic], session: &Session) -> (String, String) {
    let look = Look { verbose: session.verbose, least: Severity::Note, snippet: &|_| None };
    let said = format!("台账里有 {} 处前后矛盾或不能计入，据此统计的数站不住", impossible.len());
    (diagnostics::list(impossible, &look), said)
}

/// The end of `report` when there are such rows: exit code 1, nothing written; said under `-q`, too.
pub fn refusal(impossible: &[Diagnostic], session: &Session) -> Failure {
    let (details, said) = told(impossible, session);
    Failure { exit: ExitCode::Findings, ..Failure::impossible(format!("{said}，没有写出任何文件"), MEND) }.with_details(details)
}

/// The same as a part of a day's work that went on without the reports.
pub fn withheld(impossible: &[Diagnostic], session: &Session) -> String {
    let (details, said) = told(impossible, session);
    format!("{details}{said}，报表没有出；台账、逾期表和三清单已经写好\n下一步：{MEND}\n")
}
