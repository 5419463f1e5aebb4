//! `docs/cli.md`, made from the grammar itself so that it cannot be out of date.

use clap::Command;

use crate::cli::arguments;

/// The reference of every command as Markdown.
pub fn reference_page() -> String {
    let mut page = String::from("# 命令参考\n\n本页由程序生成，与 `qingdan 命令 --help` 一致。\n");
    let mut grammar = arguments::command().term_width(100);
    grammar.build();
    section(&mut page, "qingdan", &grammar);
    for command in grammar.get_subcommands().filter(|command| !command.is_hide_set()) {
        section(&mut page, &format!("qingdan {}", command.get_name()), command);
    }
    page
}

fn section(page: &mut String, title: &str, command: &Command) {
    let help = command.clone().term_width(100).render_long_help().to_string();
    let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
    page.push_str(&format!("\n## {title}\n\n```text\n{}\n```\n", lines.join("\n").trim()));
}
