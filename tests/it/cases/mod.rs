//! Plays the stories of `tests/cases`: small workspaces, what somebody does in them, and what has to come out.
//!
//! `tests/cases/README.md` says how a story is written. `CASE=words` plays only the stories whose names contain the words,
//! `CASES=folder` those of another folder, `KEEP=1` keeps the workspaces, `UPDATE=1` rewrites recorded outputs.

mod book;
mod edit;
mod envelope;
mod expectations;
mod story;
mod values;
mod workspace;

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use rayon::prelude::*;

use story::Story;

/// The folders of all stories that are asked for, in order.
fn stories() -> Vec<PathBuf> {
    let own = || Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let folder = std::env::var_os("CASES").map_or_else(own, PathBuf::from);
    let wanted = std::env::var("CASE").unwrap_or_default();
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).filter(|path| path.is_dir()).collect();
    found.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        !name.starts_with('_') && name.contains(&wanted)
    });
    found.sort();
    found
}

#[test]
fn every_story_comes_out_as_it_says() {
    let stories = stories();
    assert!(!stories.is_empty(), "no story has a name with {:?}", std::env::var_os("CASE"));
    let play = |folder: &PathBuf| {
        let played = Story::read(folder).and_then(|story| story.play());
        played.err().map(|fault| format!("✗ {}: {fault}", folder.file_name().unwrap_or_default().to_string_lossy()))
    };
    let faults: Vec<String> = stories.par_iter().filter_map(play).collect();
    let held = stories.len() - faults.len();
    println!("{held} of {} stories hold", stories.len());
    assert!(faults.is_empty(), "{held} of {} stories hold\n{}", stories.len(), faults.join("\n"));
}

/// A story that expects something else must fail, whatever it expects: an expectation that cannot fail is worse than none.
#[test]
fn a_wrong_expectation_is_told() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/_wrong");
    let whole = Story::read(&folder).expect("it reads");
    let Some(expectations) = whole.last_expectations() else { panic!("the last step has expectations") };
    for (name, wrong) in expectations {
        let story = Story::read(&folder).expect("it reads").expecting(name, wrong);
        assert!(story.play().is_err(), "{name}: {wrong} should not hold");
    }
}
