//! `completions`: a script that lets the shell complete commands and options.

use clap::ValueEnum;
use clap_complete::Shell;

use crate::cli::arguments;
use crate::cli::failure::Stop;
use crate::cli::session::Report;
use crate::cli::session::Session;

#[derive(Debug, clap::Args)]
#[command(
    about = "输出命令行补全脚本",
    after_long_help = "\
例子：
  qingdan completions bash > ~/.local/share/bash-completion/completions/qingdan
  qingdan completions powershell >> $PROFILE"
)]
pub struct Arguments {
    #[arg(value_name = "外壳", value_enum, help = "补全脚本给哪种命令行外壳用")]
    shell: ShellArgument,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ShellArgument {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
}

/// Answers without a workspace.
pub fn run(arguments: &Arguments, _session: &Session) -> Result<Report, Stop> {
    let shell = match arguments.shell {
        ShellArgument::Bash => Shell::Bash,
        ShellArgument::Zsh => Shell::Zsh,
        ShellArgument::Fish => Shell::Fish,
        ShellArgument::Powershell => Shell::PowerShell,
        ShellArgument::Elvish => Shell::Elvish,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut arguments::command(), "qingdan", &mut script);
    Ok(Report::clean(String::from_utf8_lossy(&script).into_owned()))
}
