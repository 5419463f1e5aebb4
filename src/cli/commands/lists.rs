//! `lists`: the three lists as an official workbook, whole, combined, or one file per unit.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::campaign::Roster;
use crate::campaign::UnitMatch;
use crate::cli::commands::merge::table_format;
use crate::cli::failure::Failure;
use crate::cli::json;
use crate::cli::loading;
use crate::cli::loading::Loaded;
use crate::cli::pipeline;
use crate::cli::pipeline::ListsWanted;
use crate::cli::pipeline::TableFormat;
use crate::cli::print::count;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::files::Outputs;
use crate::files::names;
use crate::ledger::Ledger;

#[derive(Debug, clap::Args)]
#[command(
    about = "出问题清单、任务清单、责任清单（三清单），可以直接打印签字",
    after_long_help = "\
例子：
  qingdan lists -o out/三清单.xlsx          全部单位，三张表
  qingdan lists -o out/三清单.xlsx --combined       三清单合在一张表
  qingdan lists --by-unit out/各单位        每个单位一份
  qingdan lists -o out/某某.xlsx --unit 某某卫生院
  qingdan lists -o out/三清单.xlsx --as-of 2023-07-31      补出七月底的清单"
)]
pub struct Arguments {
    #[arg(value_name = "台账", help = "台账文件（默认：工作区的台账）")]
    ledger: Option<PathBuf>,
    #[arg(short = 'o', long, value_name = "文件", help = "写到这里，.xlsx；合在一张表时也可以是 .csv")]
    output: Option<PathBuf>,
    #[arg(long, help = "三清单合在一张表")]
    combined: bool,
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
}

/// Writes the lists.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Failure> {
    if arguments.output.is_none() && arguments.by_unit.is_none() {
        return Err(Failure::usage("没有写明清单写到哪里", "请加 -o out/三清单.xlsx，或用 --by-unit out/各单位"));
    }
    let format = arguments.output.as_deref().map(table_format).transpose()?;
    if format == Some(TableFormat::Csv) && !arguments.combined {
        return Err(Failure::usage("三张表写不进一个 .csv", "请加 --combined 合在一张表，或写成 .xlsx"));
    }
    let loaded = loading::load(session)?;
    let path = loaded.ledger_path(arguments.ledger.as_deref(), session);
    let ledger = loaded.ledger(&path, session)?;
    let unit = arguments.unit.as_deref().map(|written| unit_named(written, &loaded.roster)).transpose()?;
    let mut outputs = Outputs::new([path.as_path(), loaded.workspace.campaign.as_path(), loaded.roster_path.as_path()]);
    let mut written = Vec::new();
    if let (Some(output), Some(format)) = (&arguments.output, format) {
        let wanted = ListsWanted { combined: arguments.combined, unit, full_phones: arguments.full_phones };
        let target = names::absolute(output, &session.start);
        outputs.stage(&target, &bytes(&ledger, &loaded, session, &wanted, format)?)?;
        written.push(target);
    }
    if let Some(folder) = &arguments.by_unit {
        let folder = names::absolute(folder, &session.start);
        for (unit, file) in unit_files(&ledger, &loaded.roster) {
            let wanted = ListsWanted { combined: arguments.combined, unit: Some(unit), full_phones: arguments.full_phones };
            let target = folder.join(file);
            outputs.stage(&target, &bytes(&ledger, &loaded, session, &wanted, TableFormat::Workbook)?)?;
            written.push(target);
        }
    }
    outputs.commit()?;
    let names: Vec<String> = written.iter().map(|target| loaded.workspace.name(target)).collect();
    let result = if session.is_json() {
        json::text(&WrittenJson { written: names.clone() })?
    } else {
        format!("三清单（截至 {}，台账 {}）：{}\n", session.as_of, count::hazards(ledger.hazards.len()), count::files(names.len()))
    };
    let mut report = Report::clean(result);
    for name in &names {
        report.say(format!("已写入 {name}"));
    }
    report.next_step("用 WPS 或 Excel 打开核对，打印后签字");
    Ok(report)
}

fn bytes(ledger: &Ledger, loaded: &Loaded, session: &Session, wanted: &ListsWanted, format: TableFormat) -> Result<Vec<u8>, Failure> {
    pipeline::lists_bytes(ledger, &loaded.judged(session), wanted, format)
        .map_err(|why| Failure::impossible(format!("写不出三清单：{why}"), "没有写任何文件；请反馈"))
}

/// The official name of the unit meant; anything but one unit is asked back.
fn unit_named(written: &str, roster: &Roster) -> Result<String, Failure> {
    let names = |indexes: &[usize]| -> Vec<String> {
        indexes.iter().filter_map(|index| roster.units.get(*index)).map(|unit| unit.name.to_string()).take(5).collect()
    };
    match roster.find(written) {
        UnitMatch::Exact(index) | UnitMatch::Alias(index) => Ok(names(&[index]).concat()),
        UnitMatch::Ambiguous(indexes) => {
            Err(Failure::usage(format!("“{written}”对应多个单位：{}", names(&indexes).join("、")), "请写单位全称"))
        }
        UnitMatch::Unknown(near) if near.is_empty() => Err(Failure::usage(format!("单位名册里没有“{written}”"), "单位名称见 units.csv")),
        UnitMatch::Unknown(near) => {
            Err(Failure::usage(format!("单位名册里没有“{written}”"), format!("是不是 {}？", names(&near).join("、"))))
        }
    }
}

/// Each unit that has a hazard with the name of its file, in ledger order; units that left the roster go without a code.
fn unit_files(ledger: &Ledger, roster: &Roster) -> Vec<(String, String)> {
    let mut seen: BTreeMap<&str, ()> = BTreeMap::new();
    let mut files = Vec::new();
    for hazard in &ledger.hazards {
        if seen.insert(&hazard.unit, ()).is_some() {
            continue;
        }
        let code = hazard.unit_index.and_then(|index| roster.units.get(index)).map_or("", |unit| unit.code.as_str());
        let stem = if code.is_empty() { hazard.unit.to_string() } else { format!("{code}-{}", hazard.unit) };
        files.push((hazard.unit.to_string(), format!("{}.xlsx", file_stem(&stem))));
    }
    files
}

/// A unit's name as a file name on every system: no separators, no reserved signs, not too long.
fn file_stem(name: &str) -> String {
    let safe: String = name
        .chars()
        .map(|character| if character.is_control() || "/\\:*?\"<>|".contains(character) { '_' } else { character })
        .take(60)
        .collect();
    safe.trim_matches(['.', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_safe_everywhere() {
        let check = |name: &str, expected: &str| assert_eq!(file_stem(name), expected);
        check("0012-某某卫生院", "0012-某某卫生院");
        check("甲/乙:丙", "甲_乙_丙");
        check("../x.", "_x");
    }
}
