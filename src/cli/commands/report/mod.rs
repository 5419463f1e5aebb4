//! `report`: the statistics of a period as a workbook, a bulletin, a dashboard, a table or JSON; all from one set of figures.
//!
//! Nothing is written unless every sum agrees in every paper; see `documents::cross_check`.

pub mod papers;
pub mod statistics;

use std::path::PathBuf;

use crate::cli::commands::report::papers::Paper;
use crate::cli::commands::report::papers::PaperKind;
use crate::cli::commands::report::statistics::Statistics;
use crate::cli::commands::submissions;
use crate::cli::commands::submissions::Inputs;
use crate::cli::exit::ExitCode;
use crate::cli::failure::Failure;
use crate::cli::json;
use crate::cli::json::report::ReportJson;
use crate::cli::loading;
use crate::cli::loading::Loaded;
use crate::cli::pipeline;
use crate::cli::print;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::documents::bulletin;
use crate::documents::statistics::paper_title;
use crate::files::names;
use crate::files::read::read_named;
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

impl Arguments {
    /// All papers of this ledger in a folder.
    pub fn whole_set(kind: ReportKind, ledger: PathBuf, folder: PathBuf) -> Arguments {
        Arguments {
            kind: KindArgument::of(kind),
            ledger: Some(ledger),
            output: Vec::new(),
            papers: Some(folder),
            template: None,
            show_template: false,
            names: false,
        }
    }
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
    fn of(kind: ReportKind) -> KindArgument {
        match kind {
            ReportKind::Weekly => KindArgument::Weekly,
            ReportKind::Monthly => KindArgument::Monthly,
            ReportKind::Quarterly => KindArgument::Quarterly,
            ReportKind::Summary => KindArgument::Summary,
        }
    }

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
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Failure> {
    run_on(arguments, None, session)
}

/// The same; where the inbox has been read already, it is not read again.
pub fn run_on(arguments: &Arguments, came_in: Option<&Inputs>, session: &Session) -> Result<Report, Failure> {
    let kind = arguments.kind.kind();
    let targets = targets(arguments, kind, session)?;
    let loaded = loading::load(session)?;
    let template = template(arguments, &loaded, kind, session)?;
    if arguments.show_template {
        return Ok(Report::clean(template));
    }
    let mut report = Report::clean("");
    let path = loaded.ledger_path(arguments.ledger.as_deref(), session);
    let reading = loaded.ledger_reading(&path, session)?;
    let (impossible, ledger) = statistics::judged(reading, &loaded, session);
    if !impossible.is_empty() {
        return Err(statistics::refusal(&impossible, session));
    }
    if session.as_of < loaded.campaign.start {
        report.say(format!("注意：{} 早于专项开始的 {}", session.as_of, loaded.campaign.start));
    }
    let gathered;
    let came_in = match came_in {
        Some(came_in) => came_in,
        None => {
            gathered = submissions::gather(&loaded, session, &mut report)?;
            &gathered
        }
    };
    let statistics = Statistics::gather(&loaded, &path, ledger, kind, came_in, session, &mut report)?;
    let discrepancies = statistics.figures.discrepancies();
    if !discrepancies.is_empty() {
        return Ok(Report { exit: ExitCode::Findings, result: print::report::discrepancies(&discrepancies), ..report });
    }
    if arguments.names {
        let names = bulletin::template::names(&bulletin::values::values(statistics.source(&loaded)));
        report.result = names.into_iter().map(|(name, value)| format!("{name}\t{value}\n")).collect();
        return Ok(report);
    }
    let title = paper_title(&loaded.campaign, statistics.figures.period);
    let source = statistics.source(&loaded);
    report.result = if session.is_json() {
        json::text(&ReportJson::of(source, &statistics.obligations, title))?
    } else {
        print::report::answer(source, session.verbose, session.width)
    };
    let mut outputs = loaded.outputs(statistics.inputs.iter().map(PathBuf::as_path));
    if let Some(named) = &arguments.template {
        outputs.protect(&names::absolute(named, &session.start));
    }
    let mut disagreements = Vec::new();
    for (target, paper_kind) in &targets {
        let Paper { bytes, wrong } = papers::paper(*paper_kind, &statistics, &loaded, &template, session, &mut report)?;
        disagreements.extend(wrong);
        outputs.stage(target, &bytes)?;
    }
    if !disagreements.is_empty() {
        return Ok(Report { exit: ExitCode::Findings, result: print::report::disagreements(&disagreements), ..report });
    }
    outputs.commit()?;
    for (target, _) in &targets {
        report.say(format!("已写入 {}", loaded.workspace.name(target)));
    }
    report.next_step(if targets.is_empty() {
        format!("写成文件：qingdan report {} --papers out/{}", kind.key(), session.as_of)
    } else {
        "打开核对；通报的文号、签发人、成文日期和印章由办公室填".to_owned()
    });
    Ok(report)
}

/// Where every paper goes, and what it is.
fn targets(arguments: &Arguments, kind: ReportKind, session: &Session) -> Result<Vec<(PathBuf, PaperKind)>, Failure> {
    let mut targets = Vec::new();
    for output in &arguments.output {
        let target = names::absolute(output, &session.start);
        targets.push((target, PaperKind::of(output)?));
    }
    if let Some(folder) = &arguments.papers {
        let folder = names::absolute(folder, &session.start);
        targets.extend(papers::whole_set(kind).map(|(name, paper)| (folder.join(name), paper)));
    }
    Ok(targets)
}

/// The template's text: the one named, else the campaign's, else the built-in one.
fn template(arguments: &Arguments, loaded: &Loaded, kind: ReportKind, session: &Session) -> Result<String, Failure> {
    match &arguments.template {
        Some(named) => read_template(&names::absolute(named, &session.start), &names::shown(named)),
        None => campaign_template(loaded, kind),
    }
}

/// The template that the campaign names for this kind of report, else the built-in one.
pub fn campaign_template(loaded: &Loaded, kind: ReportKind) -> Result<String, Failure> {
    let schedules = loaded.campaign.reports.iter().filter(|schedule| schedule.kind == kind);
    match schedules.filter_map(|schedule| schedule.template.as_deref()).next() {
        Some(relative) => read_template(&loaded.workspace.path(relative), relative),
        None => Ok(bulletin::BUILT_IN.to_owned()),
    }
}

/// Written by hand in whatever the office's editor saves.
fn read_template(path: &std::path::Path, name: &str) -> Result<String, Failure> {
    let cannot = |why: String| {
        let help = "取出内置模板再改：qingdan report monthly --show-template > 通报模板.txt；模板是文本文件，不是 Word 文档";
        Failure::impossible(format!("通报模板“{name}”用不了：{why}"), help)
    };
    let file = read_named(path, std::sync::Arc::from(name)).map_err(|why| cannot(pipeline::unreadable_words(&why)))?;
    pipeline::decoded(&file).ok_or_else(|| cannot("它不是文本文件".to_owned()))
}
