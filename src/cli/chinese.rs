//! Makes clap speak Chinese: headings, usage lines, defaults and possible values of every command.
//!
//! clap has no translations, so the finished grammar is walked once and its look replaced.
//! Errors are worded in `cli::usage_error`.

use clap::Arg;
use clap::ArgAction;
use clap::Command;

const TEMPLATE: &str = "{before-help}{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// The same grammar with Chinese looks.
pub fn speak(root: Command) -> Command {
    let root = root
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .subcommand_value_name("命令")
        .subcommand_help_heading("命令")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .max_term_width(100)
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version).help("显示版本").help_heading("通用选项"));
    let name = root.get_name().to_owned();
    dress(root, &name)
}

fn dress(command: Command, path: &str) -> Command {
    let usage = usage_line(&command, path);
    command
        .help_template(TEMPLATE)
        .override_usage(usage)
        .disable_help_flag(true)
        .mut_args(dress_argument)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help("显示帮助（-h 简短，--help 附例子）")
                .help_heading("通用选项"),
        )
        .mut_subcommands(|subcommand| {
            let path = format!("{path} {}", subcommand.get_name());
            dress(subcommand, &path)
        })
}

fn dress_argument(argument: Arg) -> Arg {
    let argument = match argument.get_help_heading() {
        Some(_) => argument,
        None if argument.is_positional() => argument.help_heading("参数"),
        None => argument.help_heading("选项"),
    };
    if !argument.get_action().takes_values() {
        return argument;
    }
    let mut help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let values: Vec<String> =
        argument.get_possible_values().iter().filter(|value| !value.is_hide_set()).map(|value| value.get_name().to_owned()).collect();
    if !values.is_empty() {
        help.push_str(&format!("（可选：{}）", values.join("、")));
    }
    let defaults: Vec<String> = argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    if !defaults.is_empty() {
        help.push_str(&format!("（默认：{}）", defaults.join("、")));
    }
    argument.help(help).hide_possible_values(true).hide_default_value(true)
}

/// `qingdan merge [选项] [路径]…`, with the options that must be given.
fn usage_line(command: &Command, path: &str) -> String {
    let mut usage = path.to_owned();
    if command.has_subcommands() {
        usage.push_str(" <命令> [选项]");
        return usage;
    }
    for option in command.get_opts().filter(|option| option.is_required_set()) {
        if let Some(long) = option.get_long() {
            usage.push_str(&format!(" --{long} <{}>", value_name(option)));
        }
    }
    usage.push_str(" [选项]");
    for positional in command.get_positionals() {
        let many =
            positional.get_num_args().is_some_and(|range| range.max_values() > 1) || matches!(positional.get_action(), ArgAction::Append);
        let name = value_name(positional);
        let shown = if positional.is_required_set() { format!(" <{name}>") } else { format!(" [{name}]") };
        usage.push_str(&shown);
        if many {
            usage.push('…');
        }
    }
    usage
}

fn value_name(argument: &Arg) -> String {
    argument.get_value_names().and_then(|names| names.first()).map_or_else(|| "值".to_owned(), ToString::to_string)
}
