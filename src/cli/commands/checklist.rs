//! `checklist`: the campaign's categories as a field inspection form, and the hazards outside all of them.

use std::path::PathBuf;

use crate::campaign::Campaign;
use crate::campaign::Roster;
use crate::cli::failure::Failure;
use crate::cli::failure::Stop;
use crate::cli::json;
use crate::cli::output;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::words::count;
use crate::cli::words::escape;
use crate::desk::papers;
use crate::desk::papers::TableFormat;
use crate::documents::checklist::ChecklistSource;
use crate::documents::checklist::checklist;
use crate::documents::checklist::item_count;
use crate::documents::personal::Cover;
use crate::files::names;
use crate::results;
use crate::results::checklist::category_of;
use crate::results::checklist::concerns;
use crate::results::checklist::file_hazards;
use crate::vocabulary::label_key;

#[derive(Debug, clap::Args)]
#[command(
    about = "把方案的检查类别和内容出成现场检查表；台账里归不进任何类别的隐患另列一张",
    after_long_help = "\
例子：
  qingdan checklist -o out/检查表.xlsx      全部类别
  qingdan checklist -o out/消防.xlsx --category 消防安全     只出一类（代号、名称、别名都行，可写多次）
  qingdan checklist -o out/诊所.xlsx --kind 诊所    只出适用于这类单位的内容"
)]
pub struct Arguments {
    #[arg(short = 'o', long, value_name = "文件", help = "写到这里，.xlsx")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "类别", help = "只出这些类别（代号、名称或别名；可写多次）")]
    category: Vec<String>,
    #[arg(long, value_name = "单位类别", help = "只出适用于这类单位的内容（名册的“类别”一栏）")]
    kind: Option<String>,
}

#[derive(serde::Serialize)]
struct WrittenJson<'a> {
    written: [String; 1],
    categories: Vec<&'a str>,
    items: usize,
    unfiled: Option<Vec<&'a str>>,
}

/// Writes the form.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    let Some(output) = &arguments.output else {
        return Err(Failure::usage("没有写明检查表写到哪里", "请加 -o out/检查表.xlsx").into());
    };
    let target = names::absolute(output, &session.start);
    if papers::table_format(&target).ok() != Some(TableFormat::Workbook) {
        return Err(Failure::usage(format!("检查表是打印用的，不能写成“{}”", names::shown(output)), "文件名请以 .xlsx 结尾").into());
    }
    let desk = session.open()?;
    let campaign = &desk.campaign;
    let kind = arguments.kind.as_deref().map(|written| kind_named(written, &desk.roster, campaign)).transpose()?;
    let categories = chosen(campaign, &arguments.category, kind.as_deref())?;
    let path = desk.workspace.ledger();
    let ledger = if path.exists() { Some(desk.ledger(&path)?) } else { None };
    let filing = ledger.as_ref().map(|ledger| {
        let overdue = results::overdue(ledger, desk.ground());
        file_hazards(campaign, ledger, &overdue)
    });
    let filed = ledger.as_ref().zip(filing.as_ref());
    let source = ChecklistSource { campaign, categories: &categories, kind: kind.as_deref(), filed, as_of: session.as_of };
    let mut report = Report::clean("");
    let mut outputs = desk.outputs([path.as_path()]);
    outputs.stage(&target, &output::table(&checklist(source), TableFormat::Workbook, Cover::NONE, session, &mut report)?)?;
    outputs.commit()?;
    report.is_written = true;

    let name = desk.workspace.name(&target);
    let items = item_count(source);
    let unfiled: Option<Vec<&str>> = filed.map(|(ledger, filing)| {
        filing.unfiled.iter().filter_map(|index| ledger.hazards.get(*index)).map(|hazard| hazard.id.as_str()).collect()
    });
    report.result = if session.is_json() {
        let categories = categories.iter().filter_map(|index| campaign.categories.get(*index)).map(|category| category.id.as_str());
        json::text(&WrittenJson { written: [name.clone()], categories: categories.collect(), items, unfiled: unfiled.clone() })?
    } else {
        let unfiled = unfiled.as_ref().map_or_else(
            || "；还没有台账，没有核对未归类的隐患".to_owned(),
            |unfiled| format!("；台账中归不进类别的 {}", count::hazards(unfiled.len())),
        );
        format!("检查表：{} 类，{items} 项{unfiled}\n", categories.len())
    };
    report.say(format!("已写入 {name}"));
    report.next_step(match unfiled.is_some_and(|unfiled| !unfiled.is_empty()) {
        true => "看“未归类”一页：改正台账里的类别，或在方案的 categories 里加别名",
        false => "用 WPS 或 Excel 打开核对，打印后带到现场",
    });
    Ok(report)
}

/// The categories that are wanted, in printing order.
fn chosen(campaign: &Campaign, wanted: &[String], kind: Option<&str>) -> Result<Vec<usize>, Failure> {
    if campaign.categories.is_empty() {
        return Err(Failure::impossible("方案没有写检查类别（categories），出不了检查表", "请在 campaign.yaml 里写上 categories 和 items"));
    }
    let mut chosen = Vec::new();
    for written in wanted {
        match category_of(campaign, written) {
            Some(index) => chosen.push(index),
            None => {
                let known: Vec<String> = campaign.categories.iter().map(|category| escape::short(&category.name, 30)).collect();
                return Err(Failure::usage(
                    format!("方案里没有“{}”这个类别", escape::short(written, 30)),
                    format!("方案的类别有：{}", known.join("、")),
                ));
            }
        }
    }
    let concerned = |index: &usize| {
        let fits = |kind: &str| campaign.categories.get(*index).is_some_and(|category| concerns(category, kind));
        (wanted.is_empty() || chosen.contains(index)) && kind.is_none_or(fits)
    };
    let all: Vec<usize> = (0..campaign.categories.len()).filter(concerned).collect();
    if all.is_empty() {
        return Err(Failure::usage(
            format!("所选类别都不适用于“{}”", escape::short(kind.unwrap_or_default(), 30)),
            "见方案 categories 的 kinds；不写 kinds 的类别各类单位都查",
        ));
    }
    Ok(all)
}

/// The kind of units as roster or campaign write it.
fn kind_named(written: &str, roster: &Roster, campaign: &Campaign) -> Result<String, Failure> {
    let mut kinds: Vec<&str> = roster.units.iter().map(|unit| unit.kind.as_str()).collect();
    kinds.extend(campaign.categories.iter().flat_map(|category| &category.kinds).map(String::as_str));
    kinds.retain(|kind| !kind.is_empty());
    kinds.sort_unstable();
    kinds.dedup();
    match kinds.iter().find(|kind| label_key(kind) == label_key(written)) {
        Some(kind) => Ok((*kind).to_owned()),
        None => Err(Failure::usage(
            format!("名册和方案里都没有“{}”这类单位", escape::short(written, 30)),
            format!("现有单位类别：{}", kinds.iter().map(|kind| escape::short(kind, 30)).collect::<Vec<_>>().join("、")),
        )),
    }
}
