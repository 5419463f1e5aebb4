//! `submissions`: per obligation who reported, who sent a zero report, who is late, who is missing and whom to call.

use std::path::PathBuf;
use std::sync::Arc;

use crate::campaign::Campaign;
use crate::cli::commands::paper;
use crate::cli::commands::reading;
use crate::cli::failure::Failure;
use crate::cli::json;
use crate::cli::json::submissions::SubmissionsJson;
use crate::cli::loading;
use crate::cli::loading::Loaded;
use crate::cli::print;
use crate::cli::print::count;
use crate::cli::print::diagnostics;
use crate::cli::print::diagnostics::Look;
use crate::cli::print::escape;
use crate::cli::print::submissions::Extent;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::suggestion;
use crate::diagnostic::Severity;
use crate::documents::submissions::SubmissionsSource;
use crate::documents::submissions::submissions_document;
use crate::files::InputList;
use crate::files::list_inputs;
use crate::files::names;
use crate::files::workspace;
use crate::ledger::Mentions;
use crate::records::FileReading;
use crate::results;
use crate::results::Evidence;
use crate::results::Obligations;
use crate::results::obligations::evidence_of_file;
use crate::results::obligations::evidence_of_log;

#[derive(Debug, Default, clap::Args)]
#[command(
    about = "查每项报送要求谁报了、谁零报告、谁迟报、谁没报，给出报送率和催报名单",
    after_long_help = "\
inbox/ 里的文件算报送，submissions.csv 里登记的电话、纸质、活动也算（列：单位,报送事项,日期,方式,备注）。
有 contacts.csv（联系人回执，列：单位,角色,姓名,职务,办公电话,手机号码,变更申请日期,生效日期,备注）的，催报名单上加列联络员和电话。

例子：
  qingdan submissions                       每项报送要求最近一期的情况
  qingdan submissions --obligation weekly   只看一项（代号或名称）
  qingdan submissions --all                 从头到现在每一期的报送率
  qingdan submissions -o out/报送情况.xlsx  明细、统计和催报名单写成表格；.csv、.json 也可以
  qingdan submissions --as-of 2023-08-15 --format json"
)]
pub struct Arguments {
    #[arg(long, value_name = "代号", help = "只看这一项报送要求（代号或名称）")]
    obligation: Option<String>,
    #[arg(long, help = "列出每一期，不只是最近一期")]
    all: bool,
    #[arg(short = 'o', long, value_name = "文件", help = "另写成文件，.xlsx、.csv 或 .json；表格里有联系电话，仅供内部使用")]
    output: Option<PathBuf>,
}

impl Arguments {
    /// The answer as a file, everything else as it is by default.
    pub fn written(output: PathBuf) -> Arguments {
        Arguments { output: Some(output), ..Arguments::default() }
    }
}

/// How many files that say nothing of their sender are named; all are counted.
const NAMED: usize = 5;

/// Answers, and writes a file only where `-o` says so.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Failure> {
    let loaded = loading::load(session)?;
    let mut report = Report::clean("");
    let inputs = gather(&loaded, session, &mut report)?;
    answer(arguments, &loaded, &inputs, session, report)
}

/// The same of what has been gathered already.
pub fn answer(arguments: &Arguments, loaded: &Loaded, inputs: &Inputs, session: &Session, mut report: Report) -> Result<Report, Failure> {
    let wanted = arguments.obligation.as_deref().map(|written| obligation_named(written, &loaded.campaign)).transpose()?;
    let contacts = loading::contacts(&loaded.workspace, loaded.ground(session));
    if let Some((_, reading)) = &contacts {
        let look = Look { verbose: session.verbose, least: Severity::Error, snippet: &|_| None };
        report.messages.push_str(&diagnostics::list(&reading.diagnostics, &look));
    }
    let contacts = contacts.as_ref().map(|(_, reading)| reading);
    let mut answer = results::obligations(&inputs.evidence, loaded.ground(session));
    if let Some(wanted) = wanted {
        answer.periods.retain(|period| period.obligation == wanted);
    }
    let as_json = || json::text(&SubmissionsJson::of(&answer, &loaded.campaign, &loaded.roster));
    report.result = if session.is_json() {
        as_json()?
    } else {
        let extent = Extent { all: arguments.all, verbose: session.verbose, width: session.width };
        print::submissions::answer(&answer, &loaded.campaign, &loaded.roster, contacts, extent)
    };
    if let Some(output) = &arguments.output {
        let target = names::absolute(output, &session.start);
        let bytes = if paper::is_json(&target) {
            as_json()?.into_bytes()
        } else {
            let format = paper::table_format(&target)?;
            let (campaign, roster) = (&loaded.campaign, &loaded.roster);
            let source = SubmissionsSource { campaign, roster, obligations: &answer, contacts, all: arguments.all };
            paper::bytes(&submissions_document(source).map_err(paper::unbalanced)?, format, session.as_of, &mut report)?
        };
        let mut outputs = loaded.outputs(inputs.files.iter().map(PathBuf::as_path));
        outputs.stage(&target, &bytes)?;
        outputs.commit()?;
        report.say(format!("已写入 {}", loaded.workspace.name(&target)));
    }
    advise(&answer, loaded, arguments, session, &mut report);
    Ok(report)
}

/// What came in, and the files it came in.
pub struct Inputs {
    pub evidence: Vec<Evidence>,
    /// Which hazards it names.
    pub mentions: Mentions,
    pub files: Vec<PathBuf>,
}

/// What one file says of duties and hazards.
pub struct Said {
    evidence: Vec<Evidence>,
    mentions: Mentions,
}

impl Said {
    /// Taken from a file that has been read.
    pub fn of_file(reading: &FileReading, loaded: &Loaded) -> Said {
        Said { evidence: evidence_of_file(reading, &loaded.campaign, &loaded.roster), mentions: Mentions::of_file(reading, &loaded.roster) }
    }
}

/// Reads the inbox and `submissions.csv`; what could not be counted is told in `report`.
pub fn gather(loaded: &Loaded, session: &Session, report: &mut Report) -> Result<Inputs, Failure> {
    let ground = loaded.ground(session);
    let inbox = loaded.workspace.root.join(workspace::INBOX);
    let paths: Vec<PathBuf> = Some(inbox).into_iter().filter(|inbox| inbox.exists()).collect();
    let own = loaded.workspace.own_files([loaded.roster_path.clone()].into_iter().chain(loaded.carried_path()));
    let list = list_inputs(&paths, &session.start, &loaded.workspace.root, &own)?;
    let each = reading::each(&list, ground, session, &[], |input, _, reading| {
        let said = Said::of_file(&reading, loaded);
        let is_lost = reading.content.is_err() && said.evidence.is_empty();
        (said, is_lost.then(|| input.name.clone()))
    });
    let (said, lost): (Vec<Said>, Vec<Option<Arc<str>>>) = each.into_iter().unzip();
    let lost: Vec<Arc<str>> = lost.into_iter().flatten().collect();
    reading::tell_skipped(&list, session.verbose, report);
    if !lost.is_empty() {
        let names: Vec<String> = lost.iter().take(NAMED).map(|name| escape::visible(name)).collect();
        let more = if lost.len() > NAMED { "等" } else { "" };
        report.say(format!("{}读不出来，文件名也看不出是哪家的，没有计入：{}{more}", count::files(lost.len()), names.join("、")));
    }
    for folder in &list.unlisted {
        report.say(format!("文件夹打不开，里面的文件没有计入：{folder}"));
    }
    Ok(Inputs::new(list, said, loaded, session, report))
}

impl Inputs {
    /// What each listed file says, and what `submissions.csv` says besides.
    pub fn new(list: InputList, of_files: Vec<Said>, loaded: &Loaded, session: &Session, report: &mut Report) -> Inputs {
        let files = list.inputs.into_iter().map(|input| input.path).collect();
        let mut inputs = Inputs { evidence: Vec::new(), mentions: Mentions::default(), files };
        for said in of_files {
            inputs.evidence.extend(said.evidence);
            inputs.mentions.add(said.mentions);
        }
        inputs.add_log(loaded, session, report);
        inputs
    }

    fn add_log(&mut self, loaded: &Loaded, session: &Session, report: &mut Report) {
        let Some((name, log)) = loading::submission_log(&loaded.workspace, loaded.ground(session)) else { return };
        self.evidence.extend(evidence_of_log(&name, log.submissions()));
        let look = Look { verbose: session.verbose, least: Severity::Warning, snippet: &|_| None };
        report.messages.push_str(&diagnostics::list(&log.diagnostics, &look));
        if log.set_aside > 0 {
            report.say(format!("{name} 有 {} 行没有计入，改好后再运行", log.set_aside));
        }
    }
}

/// The obligation meant by an id or a name.
fn obligation_named(written: &str, campaign: &Campaign) -> Result<usize, Failure> {
    let found = campaign.obligations.iter().position(|obligation| obligation.id == written || obligation.name == written);
    found.ok_or_else(|| {
        let known = campaign.obligations.iter().flat_map(|obligation| [obligation.id.as_str(), obligation.name.as_str()]);
        let ids: Vec<&str> = campaign.obligations.iter().map(|obligation| obligation.id.as_str()).collect();
        let help = match (suggestion::nearest(written, known, 3).as_slice(), ids.as_slice()) {
            (_, []) => "专项定义里没有报送要求（obligations）".to_owned(),
            ([], ids) => format!("有 {}", ids.join("、")),
            (near, _) => format!("是不是 {}？", near.join("、")),
        };
        Failure::usage(format!("没有“{}”这一项报送要求", escape::visible(written)), help)
    })
}

fn advise(answer: &Obligations, loaded: &Loaded, arguments: &Arguments, session: &Session, report: &mut Report) {
    let open = answer.periods.iter().any(|period| period.is_latest && !period.to_call(&loaded.roster, session.as_of).is_empty());
    report.next_step(match (open, &arguments.output) {
        (true, None) => "写成表格分头催报：qingdan submissions -o out/报送情况.xlsx",
        (true, Some(_)) => "催报后把电话、纸质报送记进 submissions.csv（列：单位,报送事项,日期,方式,备注）",
        (false, _) => "合并进台账：qingdan merge",
    });
}
