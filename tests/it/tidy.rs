//! The house rules that a compiler does not check: layers, file sizes, module headers, names, generated pages.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// The layers, upstream first. A module imports only from its own layer and those before it.
const LAYERS: [&[&str]; 12] = [
    &["source", "digest"],
    &["vocabulary", "dates"],
    &["diagnostic", "tables"],
    &["campaign", "containers"],
    &["records", "registers"],
    &["ledger"],
    &["results"],
    &["rules", "documents"],
    &["render"],
    &["files"],
    &["desk"],
    &["cli"],
];

/// A file of more lines than this holds two ideas.
const MOST_LINES: usize = 500;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        for entry in fs::read_dir(current).expect("a folder of the sources") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn sources() -> Vec<(String, String)> {
    let folder = root().join("src");
    rust_files(&folder)
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&folder).expect("inside").to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(&path).expect("UTF-8"))
        })
        .collect()
}

fn module_of(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap_or("")
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// The part of a file before its tests.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

#[test]
fn data_move_one_way() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let module = module_of(&file);
        if matches!(module, "lib" | "main") || file.ends_with("tests.rs") || file.contains("/tests/") {
            continue;
        }
        let own = layer(module).unwrap_or_else(|| panic!("{file}: module {module} is in no layer; put it into one in tests/it/tidy.rs"));
        for (number, line) in without_tests(&text).lines().enumerate() {
            for (start, _) in line.match_indices("crate::") {
                let imported: String =
                    line[start + 7..].chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect();
                match layer(&imported) {
                    Some(other) if other < own || imported == module => {}
                    Some(_) => wrong.push(format!("src/{file}:{}: {module} may not know {imported}", number + 1)),
                    None => {}
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_hold_one_idea() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let lines = text.lines().count();
        // Word tables are lists, not code.
        if lines > MOST_LINES && !file.starts_with("vocabulary/") {
            wrong.push(format!("src/{file}: {lines} lines"));
        }
        if !text.starts_with("//!") && !file.ends_with("tests.rs") {
            wrong.push(format!("src/{file}: does not say in its first lines what it is"));
        }
        let stem = file.rsplit('/').next().unwrap_or("").trim_end_matches(".rs");
        if ["util", "utils", "helper", "helpers", "common", "misc", "manager"].contains(&stem) {
            wrong.push(format!("src/{file}: name it after its concept"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_left_over() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        for (number, line) in text.lines().enumerate() {
            for mark in ["todo!", "unimplemented!", "FIXME", "allow(dead_code)", "use super::super"] {
                if line.contains(mark) {
                    wrong.push(format!("src/{file}:{}: {mark}", number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn integration_tests_are_one_binary() {
    let single: Vec<PathBuf> =
        fs::read_dir(root().join("tests")).expect("the tests").map(|entry| entry.expect("readable").path()).collect();
    let single = single.iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    assert_eq!(single.collect::<Vec<_>>(), Vec::<&PathBuf>::new(), "put it into tests/it: each file here is a binary that links the crate");
}

/// Circles of files that import each other, still to be cut. No other may come, and what is cut leaves the list.
const CIRCLES: &[&str] = &[
    "campaign/content.rs campaign/schedule.rs",
    "campaign/events.rs campaign/plan_date.rs campaign/view.rs",
    "dates/calendar.rs dates/calendar_file.rs",
    "dates/expression.rs dates/length_phrase.rs dates/moment.rs dates/phrase.rs dates/reading.rs dates/serial.rs dates/tail.rs dates/words.rs",
    "dates/recurrence/following.rs dates/recurrence/words.rs",
    "documents/chart.rs documents/sheet.rs",
    "documents/ledger.rs documents/ledger_cases.rs",
    "ledger/cases.rs ledger/history.rs ledger/outcome.rs",
    "ledger/identity.rs ledger/twins.rs",
    "ledger/register/whole.rs ledger/register/withdrawal.rs",
    "records/body.rs records/form.rs records/header.rs records/left.rs records/plan.rs records/readings.rs records/transposed.rs",
    "records/checks.rs records/classify.rs",
    "records/read.rs records/tables_of_sheet.rs",
    "registers/contact_checks.rs registers/contacts.rs",
    "registers/task_contradictions.rs registers/tasks.rs",
    "render/docx/page.rs render/docx/paragraphs.rs",
    "render/xlsx.rs render/xlsx/stream.rs",
    "render/xlsx/official.rs render/xlsx/stream/official.rs",
    "results/agenda.rs results/figures.rs results/overview.rs",
    "results/scorecard.rs results/scorecard/measures.rs",
    "rules/example_ledgers.rs rules/examples.rs",
];

/// The files that a file imports by a path from the crate's root.
fn imports<'s>(text: &str, sources: &'s BTreeMap<String, String>) -> BTreeSet<&'s str> {
    let mut found = BTreeSet::new();
    for line in without_tests(text).lines().filter(|line| !line.trim_start().starts_with("//")) {
        for (start, _) in line.match_indices("crate::") {
            let path: String =
                line[start + 7..].chars().take_while(|character| character.is_alphanumeric() || "_:".contains(*character)).collect();
            let parts: Vec<&str> = path.split("::").collect();
            let files = (1..=parts.len()).rev().flat_map(|length| {
                let stem = parts.get(..length).unwrap_or_default().join("/");
                [format!("{stem}.rs"), format!("{stem}/mod.rs")]
            });
            found.extend(files.into_iter().find_map(|file| sources.get_key_value(&file)).map(|(file, _)| file.as_str()));
        }
    }
    found
}

/// Every file that can be reached from one by imports.
fn reached<'s>(from: &str, edges: &BTreeMap<&'s str, BTreeSet<&'s str>>) -> BTreeSet<&'s str> {
    let mut seen = BTreeSet::new();
    let mut next: Vec<&str> = edges.get(from).into_iter().flatten().copied().collect();
    while let Some(file) = next.pop() {
        if seen.insert(file) {
            next.extend(edges.get(file).into_iter().flatten());
        }
    }
    seen
}

#[test]
fn no_circle_of_files_comes_new() {
    let sources: BTreeMap<String, String> = sources().into_iter().filter(|(file, _)| !file.ends_with("tests.rs")).collect();
    let edges: BTreeMap<&str, BTreeSet<&str>> = sources.iter().map(|(file, text)| (file.as_str(), imports(text, &sources))).collect();
    let all: BTreeMap<&str, BTreeSet<&str>> = edges.keys().map(|file| (*file, reached(file, &edges))).collect();
    let mut circles: BTreeSet<String> = BTreeSet::new();
    for (file, reach) in all.iter().filter(|(file, reach)| reach.contains(*file)) {
        let circle: Vec<&str> = reach.iter().filter(|other| all[**other].contains(file)).copied().collect();
        if circle.len() > 1 {
            circles.insert(circle.join(" "));
        }
    }
    let known: BTreeSet<String> = CIRCLES.iter().map(|circle| (*circle).to_owned()).collect();
    let new: Vec<&String> = circles.difference(&known).collect();
    let cut: Vec<&String> = known.difference(&circles).collect();
    assert!(new.is_empty(), "cut these circles: {new:#?}");
    assert!(cut.is_empty(), "these are cut; take them out of CIRCLES: {cut:#?}");
}
