//! `submissions`: per obligation who reported, who sent a zero report, who is late, who is missing and whom to call.

use std::path::PathBuf;

use crate::campaign::Campaign;
use crate::cli::failure::Failure;
use crate::cli::failure::Stop;
use crate::cli::json;
use crate::cli::json::submissions::SubmissionsJson;
use crate::cli::output;
use crate::cli::output::Forms;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::suggestion;
use crate::cli::words;
use crate::cli::words::escape;
use crate::cli::words::submissions::Extent;
use crate::desk::Notice;
use crate::desk::inbox;
use crate::desk::registers;
use crate::diagnostic::Severity;
use crate::documents::personal::Audience;
use crate::documents::personal::Cover;
use crate::documents::submissions::SubmissionsSource;
use crate::documents::submissions::submissions_document;
use crate::results;

#[derive(Debug, clap::Args)]
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
  qingdan submissions -o out/催报.xlsx --full-phones    电话写全，仅供内部催报
  qingdan submissions --as-of 2023-08-15 --format json"
)]
pub struct Arguments {
    #[arg(long, value_name = "代号", help = "只看这一项报送要求（代号或名称）")]
    obligation: Option<String>,
    #[arg(long, help = "列出每一期，不只是最近一期")]
    all: bool,
    #[arg(short = 'o', long, value_name = "文件", help = "另写成文件，.xlsx、.csv 或 .json")]
    output: Option<PathBuf>,
    #[arg(long, help = "催报名单上的电话写全（默认按专项定义 lists 的 phones，遮住中间四位）")]
    full_phones: bool,
}

/// Answers, and writes a file only where `-o` says so.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    let desk = session.open()?;
    let (campaign, roster) = (&desk.campaign, &desk.roster);
    let (mut report, mut notices) = (Report::clean(""), Vec::new());
    let came_in = inbox::gather(&desk, &mut notices)?;
    let wanted = arguments.obligation.as_deref().map(|written| obligation_named(written, campaign)).transpose()?;
    let contacts = registers::contacts(&desk.workspace, desk.ground()).map(|(_, reading)| reading);
    if let Some(reading) = &contacts {
        notices.push(Notice::Diagnosed { diagnostics: reading.diagnostics.clone(), least: Severity::Error });
    }
    report.tell(&notices, session);
    let contacts = contacts.as_ref();
    let mut answer = results::obligations(&came_in.evidence, desk.ground());
    if let Some(wanted) = wanted {
        answer.periods.retain(|period| period.obligation == wanted);
    }
    let as_json = || json::text(&SubmissionsJson::of(&answer, campaign, roster));
    report.result = if session.is_json() {
        as_json()?
    } else {
        let extent = Extent { all: arguments.all, verbose: session.verbose, width: session.width };
        words::submissions::answer(&answer, campaign, roster, contacts, extent)
    };
    let source = SubmissionsSource { campaign, roster, obligations: &answer, contacts, all: arguments.all };
    let forms = Forms {
        cover: Cover::new(Audience::Unit, campaign, arguments.full_phones),
        json: &as_json,
        document: &|_| submissions_document(source),
    };
    let read = came_in.files.iter().map(PathBuf::as_path);
    output::write(arguments.output.as_deref(), read, &forms, &desk, session, &mut report)?;
    let open = answer.periods.iter().any(|period| period.is_latest && !period.to_call(roster, session.as_of).is_empty());
    report.next_step(match (open, &arguments.output) {
        (true, None) => "写成表格分头催报：qingdan submissions -o out/催报.xlsx --full-phones",
        (true, Some(_)) => "催报后把电话、纸质报送记进 submissions.csv（列：单位,报送事项,日期,方式,备注）",
        (false, _) => "合并进台账：qingdan merge",
    });
    Ok(report)
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
