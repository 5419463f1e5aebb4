//! `validate`: campaign, roster, the bureau's own registers, ledger and submissions, every diagnostic at its cell; marked copies to send back.

use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

use crate::campaign::Ground;
use crate::cli::arguments::FailOn;
use crate::cli::commands::paper;
use crate::cli::commands::reading;
use crate::cli::commands::reading::Volume;
use crate::cli::exit::ExitCode;
use crate::cli::failure::Failure;
use crate::cli::json;
use crate::cli::json::validate::Looked;
use crate::cli::json::validate::ValidateJson;
use crate::cli::loading;
use crate::cli::loading::Examined;
use crate::cli::pipeline;
use crate::cli::print::count;
use crate::cli::print::diagnostics;
use crate::cli::print::diagnostics::Look;
use crate::cli::print::diagnostics::Tally;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::sort_by_place;
use crate::documents::validation::validation_document;
use crate::files::InputPath;
use crate::files::Outputs;
use crate::files::list_inputs;
use crate::files::names;
use crate::files::workspace;
use crate::records::FileReading;
use crate::source::SourceFile;

#[derive(Debug, clap::Args)]
#[command(
    about = "检查专项定义、单位名册、台账、各种登记（报送、任务进展、联系人回执）和报送文件，指出每个有问题的单元格",
    after_long_help = "\
例子：
  qingdan validate                          检查整个工作区
  qingdan validate inbox/某某卫生院.xlsx    只检查一个文件（专项定义和名册总要检查）
  qingdan validate campaign.yaml            只检查专项定义和名册
  qingdan validate submissions.csv          只检查报送登记（电话、纸质）
  qingdan validate tasks.csv                只检查任务进展登记
  qingdan validate contacts.csv             只检查联系人回执
  qingdan validate --annotate out/退回      有问题的表格各做一份批注副本，可以直接发回去
  qingdan validate -o out/问题.xlsx         问题写成表格，可以筛选
  qingdan validate --fail-on warning --format json"
)]
pub struct Arguments {
    #[arg(value_name = "路径", help = "文件或文件夹（默认：inbox/、submissions.csv、tasks.csv、contacts.csv、上期结转和台账）")]
    paths: Vec<PathBuf>,
    #[arg(long, value_name = "文件夹", help = "把有问题的表格做成带批注的副本，放进这个文件夹；原件不动")]
    annotate: Option<PathBuf>,
    #[arg(short = 'o', long, value_name = "文件", help = "把问题另写成文件，.xlsx、.csv 或 .json")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "程度", value_enum, default_value = "error", help = "有这种程度的问题时退出码为 1")]
    fail_on: FailOn,
}

/// How many marked copies are named; all are counted.
const NAMED: usize = 5;

/// Checks, and writes nothing but marked copies.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Failure> {
    let Aim { session, mut paths, is_whole } = aim(arguments, session);
    let examined = loading::examine(&session)?;
    let [log, tasks, contacts] =
        [workspace::SUBMISSIONS, workspace::TASKS, workspace::CONTACTS].map(|name| examined.workspace.root.join(name));
    let carried = examined.carried_path();
    let wanted = |path: &PathBuf| is_whole || paths.contains(path);
    let (with_log, with_tasks, with_contacts) = (wanted(&log), wanted(&tasks), wanted(&contacts));
    let with_carried = is_whole || carried.as_ref().is_some_and(|carried| paths.contains(carried));
    // These have readers of their own. One that is named and does not exist is a typing mistake like any other.
    let has_own_reader = |path: &PathBuf| [&log, &tasks, &contacts].contains(&path) || Some(path) == carried.as_ref();
    paths.retain(|path| !has_own_reader(path) || !path.exists());
    let mut report = Report::clean("");
    let mut checked = Checked { diagnostics: examined.diagnostics.clone(), looked: Looked::default(), unmarked: Vec::new() };
    let mut outputs = Outputs::in_workspace(&examined.workspace, examined.roster_path.as_deref());
    let only_campaign = !arguments.paths.is_empty() && paths.is_empty();
    match (&examined.campaign, &examined.roster, &examined.calendar) {
        _ if only_campaign && !(with_log || with_tasks || with_contacts || with_carried) => {}
        (Some(campaign), Some(roster), Some(calendar)) if !examined.is_faulty => {
            let ground = Ground { campaign, roster, calendar, as_of: session.as_of };
            if with_log && let Some((_, log)) = loading::submission_log(&examined.workspace, ground) {
                checked.looked.files += 1;
                checked.diagnostics.extend(log.diagnostics);
            }
            if with_tasks && let Some((_, log)) = loading::task_log(&examined.workspace, ground) {
                checked.looked.files += 1;
                checked.diagnostics.extend(log.diagnostics);
            }
            if with_contacts && let Some((_, contacts)) = loading::contacts(&examined.workspace, ground) {
                checked.looked.files += 1;
                checked.diagnostics.extend(contacts.diagnostics);
            }
            if with_carried && let Some(reading) = loading::carried_over(&examined.workspace, ground) {
                checked.looked.add(Volume::of(&reading));
                checked.diagnostics.extend(pipeline::check_carried_over(reading, ground));
            }
            if !only_campaign {
                files(&paths, arguments.annotate.as_deref(), &examined, ground, &session, &mut checked, &mut outputs, &mut report)?;
            }
        }
        _ => report.say("专项定义或单位名册有错误，报送文件没有检查；请先改好它们"),
    }
    sort_by_place(&mut checked.diagnostics);
    let as_json = || json::text(&ValidateJson::of(&checked.diagnostics, checked.looked));
    if let Some(output) = &arguments.output {
        let target = names::absolute(output, &session.start);
        let bytes = if paper::is_json(&target) {
            as_json()?.into_bytes()
        } else {
            let issuer = examined.campaign.as_ref().map_or("", |campaign| campaign.issuer.as_str());
            let document = validation_document(&checked.diagnostics, issuer);
            paper::bytes(&document, paper::table_format(&target)?, session.as_of, &mut report)?
        };
        outputs.stage(&target, &bytes)?;
        report.say(format!("已写入 {}", examined.workspace.name(&target)));
    }
    outputs.commit()?;
    report.exit = if checked.diagnostics.iter().any(|diagnostic| arguments.fail_on.is_reached_by(diagnostic.severity)) {
        ExitCode::Findings
    } else {
        ExitCode::Clean
    };
    report.result = if session.is_json() { as_json()? } else { text(&checked, &examined, &session) };
    advise(&checked, arguments, &examined, &mut report);
    Ok(report)
}

struct Checked {
    diagnostics: Vec<Diagnostic>,
    looked: Looked,
    /// Files with errors of which no marked copy could be made, and why.
    unmarked: Vec<String>,
}

/// A YAML file among the paths is the campaign to check; a folder with a campaign of its own is the workspace.
fn aim(arguments: &Arguments, session: &Session) -> Aim {
    let mut session = session.clone();
    let mut paths = Vec::new();
    let mut is_whole = arguments.paths.is_empty();
    for path in &arguments.paths {
        let absolute = names::absolute(path, &session.start);
        let is_yaml =
            path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml"));
        if is_yaml && absolute.exists() {
            session.campaign = Some(absolute);
        } else if session.campaign.is_none() && absolute.is_dir() && absolute.join(workspace::CAMPAIGN).exists() {
            session.campaign = Some(absolute.join(workspace::CAMPAIGN));
            paths.extend(default_paths(&absolute));
            is_whole = true;
        } else {
            paths.push(absolute);
        }
    }
    Aim { session, paths, is_whole }
}

/// What is to be checked.
struct Aim {
    session: Session,
    /// Named files and folders; none for the workspace's usual ones.
    paths: Vec<PathBuf>,
    /// The workspace with all that belongs to it.
    is_whole: bool,
}

fn default_paths(root: &Path) -> Vec<PathBuf> {
    [workspace::INBOX, workspace::LEDGER, workspace::LEDGER_CSV]
        .map(|name| root.join(name))
        .into_iter()
        .filter(|path| path.exists())
        .collect()
}

#[expect(clippy::too_many_arguments, reason = "the wire between everything that validate joins")]
fn files(
    paths: &[PathBuf],
    annotate: Option<&Path>,
    examined: &Examined,
    ground: Ground<'_>,
    session: &Session,
    checked: &mut Checked,
    outputs: &mut Outputs,
    report: &mut Report,
) -> Result<(), Failure> {
    let workspace = &examined.workspace;
    let paths = if paths.is_empty() { default_paths(&workspace.root) } else { paths.to_vec() };
    let own = workspace.own_files(examined.roster_path.clone().into_iter().chain(examined.carried_path()));
    let list = list_inputs(&paths, &session.start, &workspace.root, &own)?;
    let annotate = annotate.map(|folder| names::absolute(folder, &session.start));
    if let Some(folder) = &annotate
        && list.folders.iter().any(|listed| folder.starts_with(listed))
    {
        return Err(Failure::usage(
            "批注副本不能放在报送文件的文件夹里，否则下次会被当成报送文件",
            "请换一个文件夹，例如 --annotate out/退回",
        ));
    }
    list.inputs.iter().for_each(|input| outputs.protect(&input.path));
    let ledgers = [workspace::LEDGER, workspace::LEDGER_CSV].map(|name| workspace.root.join(name));
    let mut copies = Vec::new();
    let mut taken = BTreeSet::new();
    let each = reading::each(&list, ground, session, &ledgers, |input, source, reading| {
        // The bureau's own ledger is corrected where it lies; only submissions go back.
        let annotate = annotate.as_deref().filter(|_| !ledgers.contains(&input.path));
        one(input, source, &reading, ground, annotate)
    });
    for file in each {
        checked.looked.add(file.volume);
        checked.diagnostics.extend(file.diagnostics);
        match file.marked {
            Some(Ok(copy)) => {
                let target = copy.target(&taken);
                outputs.stage(&target, &copy.bytes)?;
                taken.insert(target.clone());
                copies.push(workspace.name(&target));
            }
            Some(Err(why)) => checked.unmarked.push(why),
            None => {}
        }
    }
    for copy in copies.iter().take(NAMED) {
        report.say(format!("批注副本：{copy}"));
    }
    if copies.len() > NAMED {
        report.say(format!("……一共 {} 份批注副本", copies.len()));
    }
    let unlisted = reading::unlisted(&list, &workspace.root);
    checked.diagnostics.extend(reading::check_all(&unlisted, ground));
    reading::tell_skipped(&list, session.verbose, report);
    Ok(())
}

struct CheckedFile {
    diagnostics: Vec<Diagnostic>,
    volume: Volume,
    /// The marked copy, where one was asked for and is needed.
    marked: Option<Result<MarkedCopy, String>>,
}

/// A marked copy on its way to the folder for returns.
struct MarkedCopy {
    /// Where the original's name would put it.
    path: PathBuf,
    extension: &'static str,
    bytes: Vec<u8>,
}

impl MarkedCopy {
    /// The original's name with the copy's extension. 甲.csv beside 甲.xls would take the same name; the later one keeps
    /// its own extension within its name.
    fn target(&self, taken: &BTreeSet<PathBuf>) -> PathBuf {
        let plain = self.path.with_extension(self.extension);
        if taken.contains(&plain) { self.path.with_added_extension(self.extension) } else { plain }
    }
}

fn one(input: &InputPath, source: Option<&SourceFile>, reading: &FileReading, ground: Ground<'_>, annotate: Option<&Path>) -> CheckedFile {
    let mut diagnostics = pipeline::check_file(reading, ground);
    sort_by_place(&mut diagnostics);
    let faulty = diagnostics.iter().any(|diagnostic| diagnostic.severity <= Severity::Warning);
    let marked = match (annotate, source) {
        (Some(folder), Some(source)) if faulty => Some(
            pipeline::annotate(source, &diagnostics, ground.as_of)
                .map(|annotated| MarkedCopy { path: folder.join(&input.below), extension: annotated.extension, bytes: annotated.bytes })
                .map_err(|why| format!("{}：{why}", input.name)),
        ),
        _ => None,
    };
    CheckedFile { diagnostics, volume: Volume::of(reading), marked }
}

fn text(checked: &Checked, examined: &Examined, session: &Session) -> String {
    let look = Look { verbose: session.verbose, least: Severity::Note, snippet: &|diagnostic| examined.snippet(diagnostic) };
    let mut text = diagnostics::list(&checked.diagnostics, &look);
    let Looked { files, rows, records } = checked.looked;
    text.push_str(&format!("检查了 {}（{rows} 行，{records} 条记录）：{}\n", count::files(files), Tally::of(&checked.diagnostics).words()));
    text
}

fn advise(checked: &Checked, arguments: &Arguments, examined: &Examined, report: &mut Report) {
    for why in &checked.unmarked {
        report.say(format!("没有做批注副本：{why}"));
    }
    let tally = Tally::of(&checked.diagnostics);
    let first_error = checked.diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
    match first_error {
        Some(error) if examined.is_faulty => {
            report.next_step(format!("改好 {} 后再运行；规则说明：qingdan explain {}", workspace::CAMPAIGN, error.code));
        }
        Some(error) if arguments.annotate.is_none() => report.next_step(format!(
            "退回修改：qingdan validate --annotate out/退回；规则说明：qingdan explain {}；照样合并：qingdan merge",
            error.code
        )),
        Some(_) => report.next_step("把批注副本发回各单位；其余照常合并：qingdan merge"),
        None if tally.warnings > 0 => report.next_step("核对警告后合并：qingdan merge"),
        None => report.next_step("qingdan merge"),
    }
}
