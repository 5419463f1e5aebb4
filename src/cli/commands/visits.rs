//! `visits`: whom each inspection group goes to, drawn so that anybody can draw the same again.

use std::path::PathBuf;

use crate::cli::clock;
use crate::cli::clock::DayArgument;
use crate::cli::failure::Failure;
use crate::cli::failure::Stop;
use crate::cli::json;
use crate::cli::json::visits::VisitsJson;
use crate::cli::output;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::words;
use crate::cli::words::diagnostics;
use crate::cli::words::diagnostics::Look;
use crate::cli::words::escape;
use crate::desk::papers;
use crate::desk::papers::TableFormat;
use crate::desk::registers;
use crate::diagnostic::Severity;
use crate::documents::personal::Audience;
use crate::documents::personal::Cover;
use crate::documents::visits::VisitsSource;
use crate::documents::visits::visits_document;
use crate::files::names;
use crate::results;
use crate::results::visits::DrawSize;
use crate::results::visits::VisitRequest;
use crate::vocabulary::VisitMode;

#[derive(Debug, clap::Args)]
#[command(
    about = "按督查分组安排检查：随机抽查、突击检查、明察暗访、回头检查，抽取可以复核",
    after_long_help = "\
每组在自己的单位里抽，按“种子-单位编码”的 SHA-256 值排名，名次靠前的抽中；种子和全部名次都印在表上，谁都可以复核。
回头检查只去有逾期的、或者已整改还没验收的单位，列出要复查的编号。检查过的在 submissions.csv 里登记：单位,随机抽查,日期,现场。

例子：
  qingdan visits                            每组全部单位和未销号隐患，方式和日期留空
  qingdan visits --mode 随机抽查 --count 3 -o out/检查安排.xlsx    每组抽 3 家，一组一张表，可打印签字
  qingdan visits --mode 突击检查 --share 20% --unvisited    每组抽两成，检查过的不再抽
  qingdan visits --mode 回头检查 --date 2023-09-05 -o out/回头检查.xlsx
  qingdan visits --mode 随机抽查 --count 3 --seed 第2次抽查    换一个种子，换一批单位
  qingdan visits --count 3 --format json"
)]
pub struct Arguments {
    #[arg(long, value_name = "方式", value_parser = parse_mode, help = "随机抽查、突击检查、明察暗访或回头检查（默认：不写就留空）")]
    mode: Option<VisitMode>,
    #[arg(long, value_name = "家数", value_parser = parse_count, conflicts_with = "share", help = "每组抽几家（默认：全部）")]
    count: Option<u32>,
    #[arg(long, value_name = "比例", value_parser = parse_share, help = "每组抽百分之几，如 20%；不足一家的算一家")]
    share: Option<u32>,
    #[arg(long, value_name = "文字", help = "抽取的种子（默认：方案代号-截至日期）；同样的种子抽出同样的单位")]
    seed: Option<String>,
    #[arg(long, help = "检查过的单位不再抽（submissions.csv 里登记的检查）")]
    unvisited: bool,
    #[arg(long, value_name = "日期", value_parser = clock::parse_day, help = "检查日期（默认：留空）")]
    date: Option<DayArgument>,
    #[arg(short = 'o', long, value_name = "文件", help = "另写成文件：.xlsx 打印签字，或 .json")]
    output: Option<PathBuf>,
}

fn parse_mode(text: &str) -> Result<VisitMode, String> {
    VisitMode::read(text).ok_or_else(|| format!("请写 {} 中的一个", VisitMode::ALL.map(VisitMode::label).join("、")))
}

fn parse_count(text: &str) -> Result<u32, String> {
    let count = text.trim().trim_end_matches('家').parse().ok();
    count.filter(|count| *count > 0).ok_or_else(|| "请写 1 以上的整数，如 3".to_owned())
}

fn parse_share(text: &str) -> Result<u32, String> {
    let share = text.trim().trim_end_matches(['%', '％']).parse().ok();
    share.filter(|share| (1..=100).contains(share)).ok_or_else(|| "请写 1% 至 100% 之间的整数，如 20%".to_owned())
}

/// Answers, and writes a file only where `-o` says so.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    let target = arguments.output.as_ref().map(|output| names::absolute(output, &session.start));
    if let Some(target) = target.as_ref().filter(|target| !output::is_json(target))
        && papers::table_format(target).ok() != Some(TableFormat::Workbook)
    {
        return Err(
            Failure::usage(format!("检查安排是打印用的，不能写成“{}”", names::shown(target)), "文件名请以 .xlsx 或 .json 结尾").into()
        );
    }
    let desk = session.open()?;
    let campaign = &desk.campaign;
    let path = desk.workspace.ledger();
    if arguments.mode == Some(VisitMode::Revisit) && !path.exists() {
        return Err(Failure::impossible("还没有台账，不知道哪些隐患要复查", "请先运行 qingdan merge 生成台账").into());
    }
    let ledger = if path.exists() { Some(desk.ledger(&path)?) } else { None };
    let overdue = ledger.as_ref().map(|ledger| results::overdue(ledger, desk.ground()));
    let mut report = Report::clean("");
    let log = registers::submission_log(&desk.workspace, desk.ground()).map(|(_, log)| log).unwrap_or_default();
    let look = Look { verbose: session.verbose, least: Severity::Error, snippet: &|_| None };
    report.messages.push_str(&diagnostics::list(&log.diagnostics, &look));

    let seed = match arguments.seed.as_deref().map(str::trim) {
        Some("") => return Err(Failure::usage("种子是空的", "写几个字，例如 --seed 第2次抽查；不写就用方案代号和截至日期").into()),
        Some(seed) => seed.to_owned(),
        None => format!("{}-{}", campaign.code, session.as_of),
    };
    let size = match (arguments.count, arguments.share) {
        (Some(count), _) => DrawSize::Count(count),
        (None, Some(share)) => DrawSize::Share(share),
        (None, None) => DrawSize::All,
    };
    let request = VisitRequest { ground: desk.ground(), mode: arguments.mode, size, seed: &seed, unvisited: arguments.unvisited };
    let plan = results::visits::visits(request, ledger.as_ref().zip(overdue.as_ref()), &log.visits().cloned().collect::<Vec<_>>());
    let on = arguments.date.and_then(|date| date.resolve(session.today));
    let source = VisitsSource { campaign, roster: &desk.roster, plan: &plan, ledger: ledger.as_ref(), on };
    let as_json = || json::text(&VisitsJson::of(source));
    report.result = if session.is_json() { as_json()? } else { words::visits::answer(source, session.verbose, session.width) };
    if let Some(on) = on.filter(|on| !desk.calendar.is_workday(*on)) {
        report.say(format!("注意：检查日期 {on} 不是工作日"));
    }
    if let Some(target) = &target {
        let bytes = if output::is_json(target) {
            as_json()?.into_bytes()
        } else {
            output::table(
                &visits_document(source),
                TableFormat::Workbook,
                Cover::new(Audience::Unit, campaign, false),
                session,
                &mut report,
            )?
        };
        let mut outputs = desk.outputs([path.as_path()]);
        outputs.stage(target, &bytes)?;
        outputs.commit()?;
        report.is_written = true;
        report.say(format!("已写入 {}", desk.workspace.name(target)));
    }
    let mode = arguments.mode.unwrap_or(VisitMode::Random).label();
    report.next_step(match &target {
        None => format!("打印签字：qingdan visits {}-o out/检查安排.xlsx", as_typed(arguments)),
        Some(_) => format!("检查后在 submissions.csv 里登记：单位,{mode},日期,现场；发现的隐患照常报送、合并"),
    });
    Ok(report)
}

/// The options that decide what is drawn, as they were typed.
fn as_typed(arguments: &Arguments) -> String {
    let mut words = Vec::new();
    words.extend(arguments.mode.map(|mode| format!("--mode {}", mode.label())));
    words.extend(arguments.count.map(|count| format!("--count {count}")));
    words.extend(arguments.share.map(|share| format!("--share {share}%")));
    words.extend(arguments.seed.as_ref().map(|seed| format!("--seed \"{}\"", escape::visible(seed))));
    words.extend(arguments.unvisited.then(|| "--unvisited".to_owned()));
    words.iter().map(|word| format!("{word} ")).collect()
}
