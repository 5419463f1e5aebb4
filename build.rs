//! Lists the sample inboxes (folders of `examples`) so that the binary can carry them.
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
    println!("cargo::rerun-if-changed=build.rs");
    let mut code = String::from("static SAMPLE_INBOXES: &[(&str, &[SampleFile])] = &[\n");
    for name in CARRIED {
        let folder = examples.join(format!("inbox-{name}"));
        writeln!(code, "    ({name:?}, &[").expect("text grows");
        list(&folder, &folder, &mut code);
        code.push_str("    ]),\n");
    }
    code.push_str("];\n");
    std::fs::write(output.join("sample_inboxes.rs"), code).expect("the output folder can be written");
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
