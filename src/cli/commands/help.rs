//! `help`: the same pages as `--help`, for those who type the word.

use crate::cli::arguments;
use crate::cli::failure::Failure;
use crate::cli::failure::Stop;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::suggestion;

#[derive(Debug, clap::Args)]
#[command(about = "显示帮助；help 命令 显示一个命令的写法和例子")]
pub struct Arguments {
    #[arg(value_name = "命令", help = "哪个命令")]
    command: Option<String>,
}

/// Answers without a workspace.
pub fn run(arguments: &Arguments, _session: &Session) -> Result<Report, Stop> {
    let mut grammar = arguments::command();
    grammar.build();
    let Some(name) = &arguments.command else {
        return Ok(Report::clean(grammar.render_long_help().ansi().to_string()));
    };
    if let Some(command) = grammar.find_subcommand_mut(name) {
        return Ok(Report::clean(command.render_long_help().ansi().to_string()));
    }
    let near = suggestion::nearest(name, grammar.get_subcommands().map(clap::Command::get_name), 2);
    let help = if near.is_empty() { String::new() } else { format!("是不是 {}？", near.join("、")) };
    Err(Failure::usage(format!("没有“{name}”这个命令"), format!("{help}全部命令见 qingdan --help")).into())
}
