//! Manual pages, made from the grammar itself so that they say what the help says.
//!
//! The headings that clap's generator writes in English become those of the Chinese help.

use clap::Command;
use clap_mangen::Man;

use crate::cli::arguments;

/// Headings of the generator with those that stand for them.
const HEADINGS: [(&str, &str); 7] = [
    ("NAME", "名称"),
    ("SYNOPSIS", "用法"),
    ("DESCRIPTION", "说明"),
    ("OPTIONS", "选项"),
    ("SUBCOMMANDS", "命令"),
    ("EXTRA", "补充"),
    ("VERSION", "版本"),
];

/// Every page with the name of its file, that of the program itself first.
pub fn pages() -> Vec<(String, String)> {
    let mut grammar = arguments::command();
    grammar.build();
    let mut pages = vec![("qingdan.1".to_owned(), page(&grammar, "qingdan"))];
    for command in grammar.get_subcommands().filter(|command| !command.is_hide_set()) {
        let name = format!("qingdan-{}", command.get_name());
        pages.push((format!("{name}.1"), page(command, &name)));
    }
    pages
}

/// Keeps line ends from here on.
const AS_IT_STANDS: &str = ".nf\n";

fn page(command: &Command, name: &str) -> String {
    // The name of the page; what is typed stands in the usage.
    let command = command.clone().display_name(name).version(env!("CARGO_PKG_VERSION"));
    let mut page = Vec::new();
    // Writing to memory cannot fail.
    let rendered = Man::new(command).title(name).section("1").source(concat!("qingdan ", env!("CARGO_PKG_VERSION"))).render(&mut page);
    debug_assert!(rendered.is_ok());
    let mut text = String::new();
    for line in String::from_utf8_lossy(&page).lines() {
        let heading = line.strip_prefix(".SH ").map(|heading| heading.trim_matches('"'));
        if heading.is_some() && text.contains(AS_IT_STANDS) {
            text.push_str(".fi\n");
        }
        match HEADINGS.iter().find(|(english, _)| heading == Some(english)) {
            Some((_, chinese)) => text.push_str(&format!(".SH {chinese}\n")),
            None => text.push_str(&format!("{line}\n")),
        }
        // Lines of examples stand one below the other; and Chinese text is not spread over the line.
        match heading {
            Some("EXTRA") => text.push_str(AS_IT_STANDS),
            _ if line.starts_with(".TH ") => text.push_str(".ad l\n"),
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_command_has_a_page_with_what_its_help_says() {
        let pages = pages();
        let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        assert!(names[0] == "qingdan.1" && names.contains(&"qingdan-merge.1") && names.contains(&"qingdan-notice.1"), "{names:?}");
        for (name, page) in &pages {
            assert!(page.contains(".SH 名称\n") && page.contains(".SH 用法\n"), "{name}: {page}");
            assert!(HEADINGS.iter().all(|(english, _)| !page.contains(&format!(".SH {english}\n"))), "{name}: {page}");
        }
        let merge = &pages.iter().find(|(name, _)| name == "qingdan-merge.1").expect("a page").1;
        assert!(merge.contains("withdraw") && merge.contains("例子"), "{merge}");
    }
}
