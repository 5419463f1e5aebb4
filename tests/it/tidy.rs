//! The house rules that a compiler does not check: layers, file sizes, module headers, names, generated pages.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// The layers, upstream first. A module imports only from its own layer and those before it.
const LAYERS: [&[&str]; 12] = [
    &["source", "digest"],
    &["vocabulary", "dates"],
    &["diagnostic", "tables"],
    &["campaign"],
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
            let Some(start) = line.find("crate::") else { continue };
            let imported: String =
                line[start + 7..].chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect();
            match layer(&imported) {
                Some(other) if other < own || imported == module => {}
                Some(_) => wrong.push(format!("src/{file}:{}: {module} may not know {imported}", number + 1)),
                None => {}
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
