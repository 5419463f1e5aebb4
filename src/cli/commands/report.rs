//! `report`: the statistics of a period as a workbook, a bulletin, a dashboard, a table or JSON; all from one set of figures.
//!
//! Nothing is written unless every sum agrees in every paper; see `documents::cross_check`.

use std::path::PathBuf;

use crate::cli::failure::Stop;
use crate::cli::json;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::words;
use crate::desk::Desk;
use crate::desk::Notice;
use crate::desk::Refusal;
use crate::desk::figures;
use crate::desk::figures::Judged;
use crate::desk::figures::Statistics;
use crate::desk::inbox;
use crate::desk::papers;
use crate::desk::papers::PaperKind;
use crate::documents::bulletin;
use crate::documents::statistics::paper_title;
use crate::files::names;
use crate::render::json::report::ReportJson;
use crate::results::figures::ReportKind;

#[derive(Debug, clap::Args)]
#[command(
    about = "出周统计、月通报、季度通报、工作总结：统计表、Word 通报、网页看板，同一套数",
    after_long_help = "\
例子：
  qingdan report weekly                                在屏幕上看本周的数
  qingdan report monthly -o out/统计表.xlsx -o out/通报.docx -o out/看板.html
  qingdan report monthly --papers out/7月 --as-of 2023-07-31      四样都出，放进一个文件夹
  qingdan report weekly --as-of 2023-07-31 --format json
  qingdan report monthly --show-template > 通报模板.txt      取出通报的模板，改好后：
  qingdan report monthly -o out/通报.docx --template 通报模板.txt
  qingdan report monthly --names                       模板里能用的名字和现在的数

统计期间：专项定义的“reports”里定了日子的，从上一次的第二天算起；
没有定的，周统计从星期一算起，月通报从一号算起。
过去的日子按当时已经报来的内容统计，补印出来与当时的一样。"
)]
pub struct Arguments {
    #[arg(value_name = "种类", value_enum, help = "哪一种")]
    kind: KindArgument,
    #[arg(value_name = "台账", help = "台账文件（默认：工作区的台账）")]
    ledger: Option<PathBuf>,
    #[arg(
        short = 'o',
        long,
        value_name = "文件",
        help = "写成文件，可以写几个：.xlsx 统计表，.docx 通报，.html 看板，.csv 分单位统计表，.json 数据"
    )]
    output: Vec<PathBuf>,
    #[arg(long, value_name = "文件夹", help = "统计表、通报、看板、数据四样都写进这个文件夹")]
    papers: Option<PathBuf>,
    #[arg(long, value_name = "文件", help = "通报正文用这个模板（默认：专项定义里写的，没有写的用内置的）")]
    template: Option<PathBuf>,
    #[arg(long, conflicts_with_all = ["output", "papers"], help = "显示通报正文的模板，不出报表")]
    show_template: bool,
    #[arg(long, conflicts_with_all = ["show_template", "output", "papers"], help = "显示模板里能用的名字和现在的数")]
    names: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum KindArgument {
    #[value(alias = "周", alias = "周统计")]
    Weekly,
    #[value(alias = "月", alias = "月通报")]
    Monthly,
    #[value(alias = "季", alias = "季度")]
    Quarterly,
    #[value(alias = "总结")]
    Summary,
}

impl KindArgument {
    /// The kind of paper.
    pub fn kind(self) -> ReportKind {
        match self {
            KindArgument::Weekly => ReportKind::Weekly,
            KindArgument::Monthly => ReportKind::Monthly,
            KindArgument::Quarterly => ReportKind::Quarterly,
            KindArgument::Summary => ReportKind::Summary,
        }
    }
}

/// Answers, and writes the papers that were asked for, all or none.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    let kind = arguments.kind.kind();
    let targets = targets(arguments, kind, session)?;
    let desk = session.open()?;
    let template = papers::template(arguments.template.as_deref(), kind, &desk)?;
    if arguments.show_template {
        return Ok(Report::clean(template));
    }
    let mut report = Report::clean("");
    let mut notices = Vec::new();
    let path = desk.ledger_path(arguments.ledger.as_deref());
    let judged = Judged::read(&path, &desk)?;
    notices.extend(desk.rows_gone(&path, &judged.ledger)?);
    if session.as_of < desk.campaign.start {
        notices.push(Notice::BeforeStart { as_of: session.as_of, start: desk.campaign.start });
    }
    let came_in = inbox::gather(&desk, &mut notices)?;
    let counted = figures::count(judged, kind, &came_in, &desk, &mut notices);
    report.tell(&notices, session);
    let statistics = match counted {
        Err(Refusal::FiguresOff(found)) => return Ok(report.with_findings(words::report::discrepancies(&found))),
        counted => counted?,
    };
    let source = statistics.source(&desk);
    if arguments.names {
        let names = bulletin::template::names(&bulletin::values::values(source));
        report.result = names.into_iter().map(|(name, value)| format!("{name}\t{value}\n")).collect();
        return Ok(report);
    }
    report.result = if session.is_json() {
        json::text(&ReportJson::of(source, &statistics.obligations, paper_title(&desk.campaign, statistics.figures.period)))?
    } else {
        words::report::answer(source, session.verbose, session.width)
    };
    write(&targets, &statistics, &template, arguments, &desk, session, report)
}

/// Makes every paper, reads its numbers back, and puts all in place or none.
fn write(
    targets: &[(PathBuf, PaperKind)],
    statistics: &Statistics,
    template: &str,
    arguments: &Arguments,
    desk: &Desk,
    session: &Session,
    mut report: Report,
) -> Result<Report, Stop> {
    let mut outputs = desk.outputs(statistics.inputs.iter().map(PathBuf::as_path));
    arguments.template.iter().for_each(|named| outputs.protect(&desk.absolute(named)));
    let mut disagreements = Vec::new();
    for (target, kind) in targets {
        let mut notices = Vec::new();
        let paper = papers::make(*kind, statistics, template, desk, &mut notices);
        report.tell(&notices, session);
        let paper = paper?;
        disagreements.extend(paper.wrong);
        outputs.stage(target, &paper.bytes)?;
    }
    if !disagreements.is_empty() {
        return Ok(report.with_findings(words::report::disagreements(&disagreements)));
    }
    outputs.commit()?;
    report.is_written = true;
    for (target, _) in targets {
        report.say(format!("已写入 {}", desk.workspace.name(target)));
    }
    report.next_step(if targets.is_empty() {
        format!("写成文件：qingdan report {} --papers out/{}", statistics.figures.period.kind.key(), session.as_of)
    } else {
        "打开核对；通报的文号、签发人、成文日期和印章由办公室填".to_owned()
    });
    Ok(report)
}

/// Where every paper goes, and what it is.
fn targets(arguments: &Arguments, kind: ReportKind, session: &Session) -> Result<Vec<(PathBuf, PaperKind)>, Stop> {
    let mut targets = Vec::new();
    for output in &arguments.output {
        targets.push((names::absolute(output, &session.start), PaperKind::of(output)?));
    }
    if let Some(folder) = &arguments.papers {
        let folder = names::absolute(folder, &session.start);
        targets.extend(papers::whole_set(kind).map(|(name, paper)| (folder.join(name), paper)));
    }
    Ok(targets)
}
