//! `man`: the manual pages, from the same grammar as the help.

use std::path::PathBuf;

use crate::cli::failure::Stop;
use crate::cli::manual;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::files::Outputs;
use crate::files::names;

#[derive(Debug, clap::Args)]
#[command(
    about = "输出手册页（man），内容与 --help 一致",
    after_long_help = "\
例子：
  qingdan man | man -l -                         直接看
  qingdan man -o ~/.local/share/man/man1         总的一页和每个命令一页，装好后 man qingdan、man qingdan-merge"
)]
pub struct Arguments {
    #[arg(short = 'o', long, value_name = "文件夹", help = "总的一页和每个命令一页，写进这个文件夹（默认：总的一页输出到屏幕）")]
    output: Option<PathBuf>,
}

/// Answers without a workspace; writes only where `-o` says so.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    let pages = manual::pages();
    let Some(folder) = &arguments.output else {
        return Ok(Report::clean(pages.into_iter().next().map(|(_, page)| page).unwrap_or_default()));
    };
    let folder = names::absolute(folder, &session.start);
    let mut outputs = Outputs::default();
    for (name, page) in &pages {
        outputs.stage(&folder.join(name), page.as_bytes())?;
    }
    outputs.commit()?;
    let mut report = Report::clean("");
    report.is_written = true;
    report.say(format!("已写入 {} 页：{}", pages.len(), names::shown(&folder)));
    report.next_step("看总的一页：man qingdan");
    Ok(report)
}
