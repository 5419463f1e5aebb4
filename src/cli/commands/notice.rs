//! `notice`: letters by the escalation ladder, each once, with their rows in the register.

use std::path::PathBuf;

use crate::cli::failure::Failure;
use crate::cli::failure::Stop;
use crate::cli::json;
use crate::cli::json::letters::LettersJson;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::suggestion;
use crate::cli::unit;
use crate::cli::words;
use crate::desk::letter_papers;
use crate::desk::letters;
use crate::desk::letters::LetterRequest;

#[derive(Debug, clap::Args)]
#[command(
    about = "按督办步骤发函：逾期到了哪一步，就给那家写哪一步的函（Word），附隐患表和送达回证，登记后不重复发",
    after_long_help = "\
步骤和天数由专项定义的 escalation 定；同一条隐患同一步只发一次，到了下一步再发，并写明以前发过的。
批准延期（台账“延期至”）的不再发；延期以后又逾期的，从第一步重新算。发过的登记在 notices.csv，文号由办公室填进去。

例子：
  qingdan notice --dry-run                    看今天该发哪些，什么也不写
  qingdan notice                              写进 out/发函，登记在 notices.csv
  qingdan notice --unit 柳湾镇卫生院 --step 整改通知书 -o out/督办
  qingdan notice --again --unit 柳湾镇卫生院  最近一份丢了，补一份（注明补发，不登记）
  qingdan notice --show-template --step 约谈通知书 > 约谈模板.txt   取出模板，改好后写进 escalation 的 template
  qingdan notice --names                      模板里能用的名字和现在的数"
)]
pub struct Arguments {
    #[arg(long, value_name = "步骤", help = "只发这一步的函，如 整改通知书（默认：各步都发）")]
    step: Option<String>,
    #[arg(long, value_name = "单位", help = "只发给这家（全称或简称），可以写几个（默认：各单位都发）")]
    unit: Vec<String>,
    #[arg(short = 'o', long, value_name = "文件夹", help = "函写进这个文件夹（默认：out/发函）")]
    output: Option<PathBuf>,
    #[arg(long, help = "只看该发哪些，不写函，也不登记")]
    dry_run: bool,
    #[arg(long, help = "各单位最近一份函再写一份，注明补发，不登记")]
    again: bool,
    #[arg(long, conflicts_with_all = ["output", "again", "names"], help = "显示函的模板（写 --step 的那一步，默认第一步），不发函")]
    show_template: bool,
    #[arg(long, conflicts_with_all = ["output", "again"], help = "显示模板里能用的名字和现在的数，不发函")]
    names: bool,
}

/// Writes the letters that are due, all of them and the register or nothing.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    let desk = session.open()?;
    let steps: Vec<&str> = desk.campaign.escalation.iter().map(|rung| rung.step.as_str()).collect();
    let rung = arguments.step.as_deref().map(|written| rung(written, &steps)).transpose()?;
    if steps.is_empty() {
        let help = "在 campaign.yaml 写 escalation，例如 escalation: [{after: 1d, step: 提醒敦促函}, {after: 7d, step: 整改通知书}]";
        return Err(Failure::usage("专项定义里没有督办步骤（escalation），不知道逾期几天该发什么函", help).into());
    }
    if arguments.show_template {
        return Ok(Report::clean(letter_papers::template(&desk, rung.unwrap_or(0))?));
    }
    let units = arguments.unit.iter().map(|written| unit::named(written, &desk.roster)).collect::<Result<Vec<usize>, Failure>>()?;
    let request = LetterRequest {
        rung,
        units,
        folder: arguments.output.as_deref().map(|folder| desk.absolute(folder)),
        dry_run: arguments.dry_run,
        again: arguments.again,
        holder: session.holder.clone(),
    };
    if arguments.names {
        let names = letters::names(&desk, &request)?;
        return Ok(Report::clean(names.into_iter().map(|(name, value)| format!("{name}\t{value}\n")).collect::<String>()));
    }
    let (mut report, mut notices) = (Report::clean(""), Vec::new());
    let issuing = letters::issue(&desk, &request, &mut notices)?;
    report.is_written = issuing.is_written;
    report.tell(&notices, session);
    report.messages.push_str(&words::letters::messages(&issuing, session.verbose));
    report.result = match session.is_json() {
        true => json::text(&LettersJson::of(&issuing, &desk))?,
        false => words::letters::answer(&issuing, &request, &desk, session.width),
    };
    report.next_step(words::letters::next_step(&issuing, &request));
    Ok(report)
}

/// The rung of the ladder that is meant by a step's name.
fn rung(written: &str, steps: &[&str]) -> Result<usize, Failure> {
    steps.iter().position(|step| *step == written).ok_or_else(|| {
        let near = suggestion::nearest(written, steps.iter().copied(), 1);
        let question = if near.is_empty() { String::new() } else { format!("是不是 {}？", near.join("、")) };
        Failure::usage(format!("督办步骤里没有“{written}”"), format!("{question}可以写的有 {}", steps.join("、")))
    })
}
