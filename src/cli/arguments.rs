//! The command line as clap sees it: the options every command shares, and the commands.
//!
//! Words that people read are Chinese; the grammar is here, its look is `cli::chinese`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;
use clap::CommandFactory;
use clap::FromArgMatches;
use clap::Parser;
use clap::ValueEnum;

use crate::cli::chinese;
use crate::cli::clock;
use crate::cli::clock::DayArgument;
use crate::cli::commands::Command;
use crate::cli::exit;
use crate::cli::session::OutputFormat;
use crate::diagnostic::Severity;

const FIRST_STEP: &str = "第一次用：qingdan demo 两分钟走一遍；每个命令的例子：qingdan 命令 --help";

// The documentation of these structures is the help itself; comments here would end up in it.

#[derive(Debug, Parser)]
#[command(name = "qingdan", version, about = "专项整治清单：把各单位报来的隐患台账合并成一本账，查逾期，出三清单")]
pub struct Arguments {
    #[command(flatten)]
    pub common: CommonArguments,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "通用选项")]
pub struct CommonArguments {
    #[arg(
        short = 'c',
        long = "campaign",
        global = true,
        value_name = "文件",
        help = "专项定义文件（默认：当前或上级文件夹中的 campaign.yaml）"
    )]
    pub campaign: Option<PathBuf>,
    #[arg(
        long = "as-of",
        global = true,
        value_name = "日期",
        value_parser = clock::parse_day,
        help = "统计截至日，如 2023-08-15、昨天（默认：今天，北京时间）"
    )]
    pub as_of: Option<DayArgument>,
    #[arg(long, global = true, value_name = "格式", value_enum, default_value = "text", help = "屏幕输出的格式")]
    pub format: OutputFormat,
    #[arg(short = 'q', long, global = true, help = "只输出结果，不输出提示")]
    pub quiet: bool,
    #[arg(short = 'v', long, global = true, conflicts_with = "quiet", help = "全部列出，不省略")]
    pub verbose: bool,
    #[arg(long, global = true, value_name = "何时", value_enum, default_value = "auto", help = "是否用颜色；也可设环境变量 NO_COLOR")]
    pub color: ColorArgument,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorArgument {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Never,
}

impl FailOn {
    /// Whether a diagnostic of this severity is enough for exit code 1.
    pub fn is_reached_by(self, severity: Severity) -> bool {
        match self {
            FailOn::Error => severity == Severity::Error,
            FailOn::Warning => severity <= Severity::Warning,
            FailOn::Never => false,
        }
    }
}

/// Reads a command line; help and version come back as errors, as clap has them.
pub fn parse<T: Into<OsString> + Clone>(words: impl IntoIterator<Item = T>) -> Result<Arguments, clap::Error> {
    command().try_get_matches_from(words).and_then(|matches| Arguments::from_arg_matches(&matches))
}

/// The whole command line, ready to parse or to describe.
pub fn command() -> clap::Command {
    let tail = format!("{FIRST_STEP}\n\n{}", exit::TABLE);
    chinese::speak(Arguments::command().after_help(FIRST_STEP).after_long_help(tail))
}
