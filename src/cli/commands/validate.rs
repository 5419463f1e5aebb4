//! `validate`: campaign, roster, the bureau's own registers, ledger and submissions, every diagnostic at its cell; marked copies to send back.

use std::path::Path;
use std::path::PathBuf;

use crate::campaign::Ground;
use crate::cli::arguments::FailOn;
use crate::cli::exit::ExitCode;
use crate::cli::failure::Failure;
use crate::cli::failure::Stop;
use crate::cli::json;
use crate::cli::json::validate::ValidateJson;
use crate::cli::output;
use crate::cli::output::Forms;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::words;
use crate::desk::Examined;
use crate::desk::checking;
use crate::desk::checking::CheckRequest;
use crate::desk::checking::Checked;
use crate::desk::checking::Looked;
use crate::desk::open;
use crate::desk::registers;
use crate::diagnostic::sort_by_place;
use crate::documents::personal::Cover;
use crate::documents::validation::validation_document;
use crate::files::Outputs;
use crate::files::names;
use crate::files::workspace;

#[derive(Debug, clap::Args)]
#[command(
    about = "检查专项定义、单位名册、台账、各种登记（报送、任务进展、联系人回执、发函）和报送文件，指出每个有问题的单元格",
    after_long_help = "\
例子：
  qingdan validate                          检查整个工作区
  qingdan validate inbox/某某卫生院.xlsx    只检查一个文件（专项定义和名册总要检查）
  qingdan validate campaign.yaml            只检查专项定义和名册
  qingdan validate submissions.csv          只检查报送登记（电话、纸质）
  qingdan validate tasks.csv                只检查任务进展登记
  qingdan validate contacts.csv             只检查联系人回执
  qingdan validate notices.csv              只检查发函登记
  qingdan validate --annotate out/退回      有问题的表格各做一份批注副本，可以直接发回去
  qingdan validate -o out/问题.xlsx         问题写成表格，可以筛选
  qingdan validate --fail-on warning --format json"
)]
pub struct Arguments {
    #[arg(
        value_name = "路径",
        help = "文件或文件夹（默认：inbox/、submissions.csv、tasks.csv、contacts.csv、notices.csv、上期结转和台账）"
    )]
    paths: Vec<PathBuf>,
    #[arg(long, value_name = "文件夹", help = "把有问题的表格做成带批注的副本，放进这个文件夹；原件不动")]
    annotate: Option<PathBuf>,
    #[arg(short = 'o', long, value_name = "文件", help = "把问题另写成文件，.xlsx、.csv 或 .json")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "程度", value_enum, default_value = "error", help = "有这种程度的问题时退出码为 1")]
    fail_on: FailOn,
}

/// Checks, and writes nothing but marked copies.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    let aim = aim(arguments, session);
    let session = &aim.session;
    let examined = open::examine(&session.place(), session.as_of)?;
    let mut report = Report::clean("");
    let mut outputs = Outputs::in_workspace(&examined.workspace, examined.roster_path.as_deref());
    outputs.protect(&examined.workspace.root.join(workspace::NOTICES));
    let mut checked = check(arguments, &aim, &examined, &mut outputs, &mut report)?;
    sort_by_place(&mut checked.diagnostics);
    let as_json = || json::text(&ValidateJson::of(&checked.diagnostics, checked.looked));
    if let Some(output) = &arguments.output {
        let target = names::absolute(output, &session.start);
        let issuer = examined.campaign.as_ref().map_or("", |campaign| campaign.issuer.as_str());
        let forms = Forms { cover: Cover::NONE, json: &as_json, document: &|_| Ok(validation_document(&checked.diagnostics, issuer)) };
        outputs.stage(&target, &output::bytes(&target, &forms, session, &mut report)?)?;
        report.say(format!("已写入 {}", examined.workspace.name(&target)));
    }
    report.is_written = !outputs.is_empty();
    outputs.commit()?;
    if checked.diagnostics.iter().any(|diagnostic| arguments.fail_on.is_reached_by(diagnostic.severity)) {
        report.exit = ExitCode::Findings;
    }
    report.result = if session.is_json() { as_json()? } else { words::validate::answer(&checked, &examined, session.verbose) };
    report.messages.push_str(&words::validate::unmarked(&checked));
    report.next_step(words::validate::next_step(&checked, &examined, arguments.annotate.is_some()));
    Ok(report)
}

/// Checks what was aimed at, the registers first, as far as campaign and roster can be worked with.
fn check(arguments: &Arguments, aim: &Aim, examined: &Examined, outputs: &mut Outputs, report: &mut Report) -> Result<Checked, Stop> {
    let session = &aim.session;
    let workspace = &examined.workspace;
    let files = [workspace::SUBMISSIONS, workspace::TASKS, workspace::CONTACTS, workspace::NOTICES];
    let [log, tasks, contacts, letters] = files.map(|name| workspace.root.join(name));
    let carried = examined.carried_path();
    let wanted = |path: &Path| aim.is_whole || aim.paths.iter().any(|named| named == path);
    // These have readers of their own. One that is named and does not exist is a typing mistake like any other.
    let has_own_reader = |path: &PathBuf| [&log, &tasks, &contacts, &letters].contains(&path) || Some(path) == carried.as_ref();
    let paths: Vec<PathBuf> = aim.paths.iter().filter(|path| !has_own_reader(path) || !path.exists()).cloned().collect();
    let with_carried = carried.as_deref().is_some_and(wanted) || aim.is_whole;
    let with_registers = [&log, &tasks, &contacts, &letters].into_iter().any(|path| wanted(path)) || with_carried;
    let only_campaign = !arguments.paths.is_empty() && paths.is_empty();
    let mut all = Checked { diagnostics: examined.diagnostics.clone(), ..Checked::default() };
    let (Some(campaign), Some(roster), Some(calendar), false) =
        (&examined.campaign, &examined.roster, &examined.calendar, examined.is_faulty)
    else {
        if !only_campaign || with_registers {
            report.say("专项定义或单位名册有错误，报送文件没有检查；请先改好它们");
        }
        return Ok(all);
    };
    let ground = Ground { campaign, roster, calendar, as_of: session.as_of };
    let registers = [
        wanted(&log).then(|| registers::submission_log(workspace, ground).map(|(_, log)| log.diagnostics)).flatten(),
        wanted(&tasks).then(|| registers::task_log(workspace, ground).map(|(_, log)| log.diagnostics)).flatten(),
        wanted(&contacts).then(|| registers::contacts(workspace, ground).map(|(_, contacts)| contacts.diagnostics)).flatten(),
        wanted(&letters).then(|| registers::letters(workspace, ground).map(|(_, letters)| letters.diagnostics)).flatten(),
    ];
    for diagnostics in registers.into_iter().flatten() {
        all.looked.files += 1;
        all.diagnostics.extend(diagnostics);
    }
    if with_carried && let Some(reading) = registers::carried_over(workspace, ground) {
        all.looked.add(Looked::of(&reading));
        all.diagnostics.extend(registers::check_carried_over(reading, ground));
    }
    if only_campaign {
        return Ok(all);
    }
    let annotate = arguments.annotate.as_deref().map(|folder| names::absolute(folder, &session.start));
    let request = CheckRequest { paths: &paths, annotate: annotate.as_deref(), start: &session.start, watch: session.watch() };
    let checked = checking::check(&request, examined, ground, outputs)?;
    if checked.is_misplaced {
        let help = "请换一个文件夹，例如 --annotate out/退回";
        return Err(Failure::usage("批注副本不能放在报送文件的文件夹里，否则下次会被当成报送文件", help).into());
    }
    report.tell(&checked.notices, session);
    report.messages.push_str(&words::validate::copies(&checked, session.verbose));
    all.looked.add(checked.looked);
    all.diagnostics.extend(checked.diagnostics);
    Ok(Checked { diagnostics: all.diagnostics, looked: all.looked, ..checked })
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
            paths.extend(checking::default_paths(&absolute));
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
