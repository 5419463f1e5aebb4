//! What the READMEs show is what the program answers: their commands are run, and every line shown must stand in the
//! answer, in that order. `…` stands for lines that are left out.

use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use qingdan::campaign::read_campaign;
use qingdan::diagnostic::Severity;
use qingdan::source::SourceFile;

fn page(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("the page is there")
}

/// The contents of all fenced blocks of one kind.
fn blocks(page: &str, kind: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Option<(bool, String)> = None;
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(fence)) => open = Some((fence == kind, String::new())),
            (Some((wanted, _)), Some(_)) => {
                if *wanted {
                    found.extend(open.take().map(|(_, text)| text));
                }
                open = None;
            }
            (Some((_, text)), None) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    found
}

/// Runs the commands of a page one after the other and compares what it shows of each answer.
fn check(name: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut place: PathBuf = folder.path().to_owned();
    let mut answer: Vec<String> = Vec::new();
    let mut compared = 0;
    for line in blocks(&page(name), "console").iter().flat_map(|block| block.lines()) {
        if let Some(command) = line.strip_prefix("$ cd ") {
            place.push(command);
            answer.clear();
        } else if let Some(command) = line.strip_prefix("$ qingdan ") {
            let run = Command::new(env!("CARGO_BIN_EXE_qingdan"))
                .args(command.split_whitespace())
                .current_dir(&place)
                .env_remove("COLUMNS")
                .output()
                .expect("the program runs");
            let text = [run.stdout, run.stderr].map(|bytes| String::from_utf8(bytes).expect("UTF-8")).concat();
            answer = text.lines().rev().map(|line| line.trim_end().to_owned()).collect();
        } else if !line.is_empty() && line != "…" {
            // The answer is kept backwards: what is before the line goes, the line itself too.
            while answer.pop().unwrap_or_else(|| panic!("{name} shows a line that the program does not say: {line}")) != line.trim_end() {}
            compared += 1;
        }
    }
    assert!(compared >= 5, "{name} shows nothing that could be wrong");
}

#[test]
fn the_readme_shows_what_the_program_says() {
    check("README.md");
}

#[test]
fn the_chinese_readme_shows_what_the_program_says() {
    check("README.zh-CN.md");
}

#[test]
fn the_page_about_cron_shows_what_happens() {
    check("docs/cron.md");
}

#[test]
fn the_smallest_campaign_reads() {
    let yaml = blocks(&page("README.md"), "yaml");
    let file = SourceFile { name: Arc::from("campaign.yaml"), bytes: yaml.first().expect("a campaign").clone().into_bytes() };
    let read = read_campaign(&file);
    let errors: Vec<_> = read.diagnostics.iter().filter(|diagnostic| diagnostic.severity <= Severity::Warning).collect();
    assert!(read.campaign.is_some() && errors.is_empty(), "{errors:#?}");
}
