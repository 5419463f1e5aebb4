//! Lists the sample inboxes so that the binary can carry them: folders of `examples`, and the small inboxes
//! that stand beside the shipped campaigns.
//!
//! Writes one Rust file of names and `include_bytes!`; no other work is done at build time.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a build script talks to cargo and writes files")]

use std::fmt::Write;
use std::path::Path;
use std::path::PathBuf;

/// The inboxes that the binary carries; others are for tests only.
const CARRIED: [&str; 1] = ["wushen"];

fn main() {
    let manifest = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets the manifest folder"));
    let output = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets the output folder"));
    let examples = manifest.join("examples");
    println!("cargo::rerun-if-changed=examples");
    println!("cargo::rerun-if-changed=campaigns");
    println!("cargo::rerun-if-changed=build.rs");
    let mut code = String::from("static SAMPLE_INBOXES: &[(&str, &[SampleFile])] = &[\n");
    let carried = CARRIED.map(|name| (name.to_owned(), examples.join(format!("inbox-{name}"))));
    for (name, folder) in carried.into_iter().chain(small_inboxes(&manifest.join("campaigns"))) {
        writeln!(code, "    ({name:?}, &[").expect("text grows");
        list(&folder, &folder, &mut code);
        code.push_str("    ]),\n");
    }
    code.push_str("];\n");
    std::fs::write(output.join("sample_inboxes.rs"), code).expect("the output folder can be written");
}

/// The inboxes beside the shipped campaigns, each named after its campaign.
fn small_inboxes(campaigns: &Path) -> Vec<(String, PathBuf)> {
    let named = |folder: PathBuf| Some((format!("{}-small", folder.file_name()?.to_string_lossy()), folder.join("inbox")));
    sorted_entries(campaigns).into_iter().filter_map(named).filter(|(_, inbox)| inbox.is_dir()).collect()
}

fn list(folder: &Path, top: &Path, code: &mut String) {
    for path in sorted_entries(folder) {
        if path.is_dir() {
            list(&path, top, code);
            continue;
        }
        let below: Vec<String> =
            path.strip_prefix(top).expect("below the top").iter().map(|part| part.to_string_lossy().into_owned()).collect();
        writeln!(code, "        ({:?}, include_bytes!({:?})),", below.join("/"), path).expect("text grows");
    }
}

fn sorted_entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    entries
}
