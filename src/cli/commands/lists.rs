//! `lists`: the three lists as an official workbook, whole, combined, or one file per unit; and the campaign's registers.

use std::path::PathBuf;

use crate::campaign::Campaign;
use crate::campaign::Register;
use crate::cli::failure::Failure;
use crate::cli::failure::Stop;
use crate::cli::json;
use crate::cli::output;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::suggestion;
use crate::cli::unit;
use crate::cli::words::count;
use crate::cli::words::escape;
use crate::desk::papers;
use crate::desk::papers::TableFormat;
use crate::documents::personal::Audience;
use crate::documents::personal::Cover;
use crate::documents::registers::registers_document;
use crate::documents::three_lists;
use crate::documents::three_lists::ListForm;
use crate::documents::three_lists::ListRequest;
use crate::documents::three_lists::ListSource;
use crate::files::names;
use crate::results;
use crate::results::RegisterContent;
use crate::results::register_content;

#[derive(Debug, clap::Args)]
#[command(
    about = "出问题清单、任务清单、责任清单（三清单）和方案点名的其他清单，可以直接打印签字",
    after_long_help = "\
例子：
  qingdan lists -o out/三清单.xlsx          全部单位，三张表
  qingdan lists -o out/三清单.xlsx --combined       三清单合在一张表
  qingdan lists --by-unit out/各单位        每个单位一份
  qingdan lists -o out/某某.xlsx --unit 某某卫生院
  qingdan lists -o out/三清单.xlsx --as-of 2023-07-31      补出七月底的清单
  qingdan lists --register work-list -o out/工作清单.xlsx  方案点名的其他清单（campaign.yaml 的 lists.registers）
  qingdan lists --registers -o out/其他清单.xlsx           其他清单全出，一张清单一个工作表"
)]
pub struct Arguments {
    #[arg(value_name = "台账", help = "台账文件（默认：工作区的台账）")]
    ledger: Option<PathBuf>,
    #[arg(short = 'o', long, value_name = "文件", help = "写到这里，.xlsx；合在一张表时也可以是 .csv")]
    output: Option<PathBuf>,
    #[arg(long, help = "三清单合在一张表（方案的表就是合成一张的，在 campaign.yaml 写 lists.form: combined）")]
    combined: bool,
    #[arg(long, conflicts_with = "combined", help = "三清单分成三张表，即使方案的表是合成一张的")]
    separate: bool,
    #[arg(
        long,
        value_name = "代号",
        conflicts_with_all = ["combined", "separate", "by_unit", "unit"],
        help = "改出方案点名的其他清单（lists.registers 里的代号或名称），可以写几次"
    )]
    register: Vec<String>,
    #[arg(long, conflicts_with_all = ["register", "combined", "separate", "by_unit", "unit"], help = "改出方案点名的其他清单，全部")]
    registers: bool,
    #[arg(long, value_name = "文件夹", conflicts_with = "unit", help = "每个有隐患的单位一份，放进这个文件夹")]
    by_unit: Option<PathBuf>,
    #[arg(long, value_name = "单位", help = "只出一个单位（全称或名册里的简称）")]
    unit: Option<String>,
    #[arg(long, help = "联系电话写全，不打星号")]
    full_phones: bool,
}

#[derive(serde::Serialize)]
struct WrittenJson {
    written: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    registers: Vec<RegisterJson>,
}

#[derive(serde::Serialize)]
struct RegisterJson {
    id: String,
    title: String,
    rows: usize,
}

/// Writes the lists.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    if arguments.output.is_none() && arguments.by_unit.is_none() {
        return Err(Failure::usage("没有写明清单写到哪里", "请加 -o out/三清单.xlsx，或用 --by-unit out/各单位").into());
    }
    let format = arguments.output.as_deref().map(papers::table_format).transpose()?;
    let desk = session.open()?;
    let registers = registers(arguments, &desk.campaign)?;
    let combined = arguments.combined || desk.campaign.lists.combined && !arguments.separate;
    if format == Some(TableFormat::Csv) && registers.as_ref().map_or(!combined, |registers| registers.len() > 1) {
        return Err(match registers {
            None => Failure::usage("三张表写不进一个 .csv", "请加 --combined 合在一张表，或写成 .xlsx"),
            Some(_) => Failure::usage("几张清单写不进一个 .csv", "请用 --register 只出一张，或写成 .xlsx"),
        }
        .into());
    }
    let path = desk.ledger_path(arguments.ledger.as_deref());
    let ledger = desk.ledger(&path)?;
    let overdue = results::overdue(&ledger, desk.ground());
    let (mut report, mut notices) = (Report::clean(""), Vec::new());
    notices.extend(desk.rows_gone(&path, &ledger)?);
    let tasks = desk.tasks(&mut notices);
    report.tell(&notices, session);
    let lists = results::three_lists::three_lists(&desk.campaign, &ledger, &overdue, &tasks);
    let source = ListSource { campaign: &desk.campaign, roster: &desk.roster, ledger: &ledger, overdue: &overdue, lists: &lists };
    let form = if combined { ListForm::Combined } else { ListForm::ThreeSheets };
    let request = ListRequest { form, full_phones: arguments.full_phones };
    let unit = arguments.unit.as_deref().map(|written| unit::named(written, &desk.roster)).transpose()?;
    let unit = unit.and_then(|unit| desk.roster.units.get(unit)).map(|unit| &*unit.name);
    let cover = Cover::new(Audience::Unit, &desk.campaign, arguments.full_phones);
    let mut outputs = desk.outputs([path.as_path()]);
    let mut written = Vec::new();
    let contents: Vec<(&Register, RegisterContent)> = (registers.iter().flatten())
        .map(|register| {
            let content = register_content(register, &desk.campaign, &desk.calendar, &ledger, &overdue, &lists);
            (*register, content)
        })
        .collect();
    if let (Some(output), Some(format)) = (&arguments.output, format) {
        let document = match (&unit, registers.is_some()) {
            (_, true) => registers_document(source, &contents, arguments.full_phones),
            (Some(unit), false) => three_lists::lists_of_unit(source, request, unit),
            (None, false) => three_lists::lists(source, request),
        }?;
        let target = names::absolute(output, &session.start);
        outputs.stage(&target, &output::table(&document, format, cover, session, &mut report)?)?;
        written.push(target);
    }
    if let Some(folder) = &arguments.by_unit {
        let folder = names::absolute(folder, &session.start);
        for of_unit in three_lists::lists_by_unit(source, request)? {
            let target = folder.join(format!("{}.xlsx", of_unit.file_stem));
            outputs.stage(&target, &output::table(&of_unit.document, TableFormat::Workbook, cover, session, &mut report)?)?;
            written.push(target);
        }
    }
    outputs.commit()?;
    report.is_written = true;
    let names: Vec<String> = written.iter().map(|target| desk.workspace.name(target)).collect();
    report.result = if session.is_json() {
        let register = |(register, content): &(&Register, RegisterContent)| RegisterJson {
            id: register.id.clone(),
            title: register.title.clone(),
            rows: content.entries.len(),
        };
        json::text(&WrittenJson { written: names.clone(), registers: contents.iter().map(register).collect() })?
    } else if registers.is_some() {
        let line = |(register, content): &(&Register, RegisterContent)| {
            format!("{}（截至 {}）：{} 行\n", escape::visible(&register.title), session.as_of, content.entries.len())
        };
        contents.iter().map(line).collect()
    } else {
        format!("三清单（截至 {}，{}）：{}\n", session.as_of, count::hazards(lists.hazards.len()), count::files(names.len()))
    };
    for name in &names {
        report.say(format!("已写入 {name}"));
    }
    report.next_step("用 WPS 或 Excel 打开核对，打印后签字");
    Ok(report)
}

/// The registers asked for; `None` when the three lists are.
fn registers<'a>(arguments: &Arguments, campaign: &'a Campaign) -> Result<Option<Vec<&'a Register>>, Failure> {
    let all = &campaign.lists.registers;
    if !arguments.registers && arguments.register.is_empty() {
        return Ok(None);
    }
    if all.is_empty() {
        let help = "在 campaign.yaml 的 lists 下写 registers，例如 registers: [{id: work, title: 工作清单, rows: tasks}]";
        return Err(Failure::usage("专项定义里没有其他清单（lists.registers）", help));
    }
    if arguments.registers {
        return Ok(Some(all.iter().collect()));
    }
    let mut chosen: Vec<&Register> = Vec::new();
    for written in &arguments.register {
        let found = campaign.register(written).or_else(|| all.iter().find(|register| register.title == *written));
        let Some(found) = found else {
            let known = all.iter().flat_map(|register| [register.id.as_str(), register.title.as_str()]);
            let near = suggestion::nearest(written, known, 2);
            let question = if near.is_empty() { String::new() } else { format!("是不是 {}？", near.join("、")) };
            let ids: Vec<String> = all.iter().map(|register| format!("{}（{}）", register.id, register.title)).collect();
            return Err(Failure::usage(
                format!("没有“{}”这张清单", escape::visible(written)),
                format!("{question}可以出的有 {}", ids.join("、")),
            ));
        };
        if !chosen.iter().any(|register| register.id == found.id) {
            chosen.push(found);
        }
    }
    Ok(Some(chosen))
}
