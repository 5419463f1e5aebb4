//! `explain`: the page of one rule, or the list of all.

use crate::cli::failure::Failure;
use crate::cli::failure::Stop;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::suggestion;
use crate::cli::words::escape;
use crate::rules;
use crate::rules::Check;
use crate::rules::Rule;

#[derive(Debug, clap::Args)]
#[command(
    about = "解释一条规则：查什么、为什么、错例和对例、怎样改；不写代码则列出全部",
    after_long_help = "\
例子：
  qingdan explain R012
  qingdan explain deadline-before-found     也可以写规则的英文名
  qingdan explain                           列出全部规则"
)]
pub struct Arguments {
    #[arg(value_name = "规则代码", help = "诊断中的代码，如 R012")]
    code: Option<String>,
}

/// Answers without a workspace.
pub fn run(arguments: &Arguments, _session: &Session) -> Result<Report, Stop> {
    let rules = rules::ALL;
    let Some(written) = arguments.code.as_deref().map(str::trim) else {
        let mut report = Report::clean(list(rules));
        report.next_step("看一条规则：qingdan explain 代码");
        return Ok(report);
    };
    let known = rules.iter().find(|rule| rule.code.eq_ignore_ascii_case(written) || rule.name.eq_ignore_ascii_case(written));
    match known.and_then(|rule| rules::page(rule.code)) {
        Some(page) => Ok(Report::clean(page)),
        None => Err(unknown(written, rules).into()),
    }
}

fn list(rules: &[&Rule]) -> String {
    rules
        .iter()
        .filter(|rule| !matches!(rule.check, Check::Retired))
        .map(|rule| format!("{}  {}  {}（{}）\n", rule.code, rule.severity.label(), rule.title, rule.name))
        .collect()
}

fn unknown(written: &str, rules: &[&Rule]) -> Failure {
    let upper = written.to_uppercase();
    let codes = suggestion::nearest(&upper, rules.iter().map(|rule| rule.code), 3);
    let names = suggestion::nearest(&written.to_lowercase(), rules.iter().map(|rule| rule.name), 2);
    let near: Vec<&str> = if written.len() <= 5 { codes } else { names };
    let help = if near.is_empty() { String::new() } else { format!("是不是 {}？", near.join("、")) };
    Failure::usage(format!("没有“{}”这条规则", escape::short(written, 40)), format!("{help}全部规则见 qingdan explain"))
}
