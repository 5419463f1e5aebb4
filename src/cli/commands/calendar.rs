//! `calendar`: every dated part of the plan as a table, a file or an iCalendar; or the days off of a year.

use std::path::Path;
use std::path::PathBuf;

use crate::cli::clock;
use crate::cli::clock::DayArgument;
use crate::cli::failure::Failure;
use crate::cli::failure::Stop;
use crate::cli::json;
use crate::cli::json::calendar::CalendarJson;
use crate::cli::json::calendar::YearJson;
use crate::cli::output;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::words;
use crate::dates::WorkCalendar;
use crate::desk::papers;
use crate::documents::Document;
use crate::documents::calendar::agenda_document;
use crate::documents::calendar::statutory_document;
use crate::documents::events::Events;
use crate::documents::events::agenda_events;
use crate::documents::events::statutory_events;
use crate::documents::personal::Cover;
use crate::files::Outputs;
use crate::files::Workspace;
use crate::files::names;
use crate::files::workspace::NoWorkspace;
use crate::render;
use crate::results::agenda::agenda;
use crate::results::statutory_year::statutory_year;

#[derive(Debug, clap::Args)]
#[command(
    about = "列出方案的全部日期：阶段、报送、任务、报表，可导入手机和电脑日历；也能查放假调休",
    after_long_help = "\
例子：
  qingdan calendar                          整个专项的日期，写明星期和班休
  qingdan calendar --from 2023-08-01 --until 2023-08-31   只看这一段
  qingdan calendar -o out/日历.ics          导入手机、Thunderbird、Outlook；日期改了再导入，同一事项不会变成两个
  qingdan calendar -o out/日历.xlsx         打印张贴；.csv、.json 也可以
  qingdan calendar --year 2026              2026 年的放假和调休，写明依据的通知"
)]
pub struct Arguments {
    #[arg(short = 'o', long, value_name = "文件", help = "另写成文件，.ics、.xlsx、.csv 或 .json")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "日期", value_parser = clock::parse_day, help = "从这一天起（含）")]
    from: Option<DayArgument>,
    #[arg(long, value_name = "日期", value_parser = clock::parse_day, help = "到这一天止（含）")]
    until: Option<DayArgument>,
    #[arg(long, value_name = "年份", value_parser = parse_year, conflicts_with_all = ["from", "until"], help = "改为列出这一年的放假和调休")]
    year: Option<i32>,
}

fn parse_year(text: &str) -> Result<i32, String> {
    let year = text.trim().trim_end_matches('年').parse().ok();
    year.filter(|year| (1990..=2100).contains(year)).ok_or_else(|| "请写 1990 至 2100 之间的年份，如 2026".to_owned())
}

/// Answers, and writes a file only where `-o` says so.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    match arguments.year {
        Some(year) => of_year(year, arguments, session),
        None => of_campaign(arguments, session),
    }
}

fn of_campaign(arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    let day = |argument: Option<DayArgument>| argument.and_then(|argument| argument.resolve(session.today));
    let (from, until) = (day(arguments.from), day(arguments.until));
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        return Err(Failure::usage(format!("--until {until} 早于 --from {from}"), "请把两个日期对调").into());
    }
    let desk = session.open()?;
    let campaign = &desk.campaign;
    let mut entries = agenda(campaign, &desk.calendar);
    entries.retain(|entry| from.is_none_or(|from| entry.date >= from) && until.is_none_or(|until| entry.date <= until));
    let as_json = || json::text(&CalendarJson::of(campaign, &entries));
    let result = if session.is_json() {
        as_json()?
    } else {
        words::calendar::agenda(campaign, &entries, (from, until), session.verbose, session.width)
    };
    let mut report = Report::clean(result);
    if let Some(output) = &arguments.output {
        let paper = Paper {
            json: &as_json,
            events: &|| agenda_events(campaign, &entries),
            document: &|| agenda_document(campaign, &entries, session.as_of),
        };
        write(output, desk.outputs([]), &paper, session, &mut report)?;
        report.say(format!("已写入 {}", desk.workspace.name(&names::absolute(output, &session.start))));
    }
    report.next_step(match &arguments.output {
        None => "导入手机或电脑日历：qingdan calendar -o out/日历.ics",
        Some(_) => "看专项进展：qingdan status",
    });
    Ok(report)
}

/// Holidays belong to no campaign: outside a workspace the calendar of this version answers.
fn of_year(year: i32, arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    let desk = match Workspace::find(&session.start, session.campaign.as_deref()) {
        Err(NoWorkspace::NotFound { .. }) => None,
        _ => Some(session.open()?),
    };
    let calendar = desk.as_ref().map_or(WorkCalendar::shipped(), |desk| &desk.calendar);
    let found = statutory_year(calendar, year);
    let as_json = || json::text(&YearJson::of(&found));
    let mut report = Report::clean(if session.is_json() { as_json()? } else { words::calendar::year(&found, session.width) });
    if let Some(output) = &arguments.output {
        let outputs = desk.as_ref().map_or_else(Outputs::default, |desk| desk.outputs([]));
        let paper = Paper { json: &as_json, events: &|| statutory_events(&found), document: &|| statutory_document(&found, session.as_of) };
        write(output, outputs, &paper, session, &mut report)?;
        report.say(format!("已写入 {}", names::shown(output)));
    }
    Ok(report)
}

/// The same answer in every form that a file can have.
struct Paper<'a> {
    json: &'a dyn Fn() -> serde_json::Result<String>,
    events: &'a dyn Fn() -> Events,
    document: &'a dyn Fn() -> Document<'a>,
}

fn write(output: &Path, mut outputs: Outputs, paper: &Paper<'_>, session: &Session, report: &mut Report) -> Result<(), Stop> {
    let target = names::absolute(output, &session.start);
    let bytes = if output::is_json(&target) {
        (paper.json)()?.into_bytes()
    } else if target.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ics")) {
        render::ics::ics(&(paper.events)(), session.as_of)
    } else {
        let format = papers::table_format(&target).map_err(|_| {
            Failure::usage(format!("不知道“{}”要写成什么格式", names::shown(&target)), "文件名请以 .ics、.xlsx、.csv 或 .json 结尾")
        })?;
        output::table(&(paper.document)(), format, Cover::NONE, session, report)?
    };
    outputs.stage(&target, &bytes)?;
    outputs.commit()?;
    report.is_written = true;
    Ok(())
}
