//! A workspace in a temporary folder, and the program run in it: what all tests from outside share.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;

use calamine::Reader;
use serde_json::Value;

/// A workspace; deleted in the end.
pub struct Workspace {
    pub folder: tempfile::TempDir,
}

/// What the program answered.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    /// The answer of a finished process.
    pub fn of(output: Output) -> Run {
        Run {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

/// The program, in an environment that changes nothing of its answers.
pub fn qingdan() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("qingdan"));
    command.env_remove("RUST_BACKTRACE").env_remove("NO_COLOR").env_remove("COLUMNS");
    command
}

/// Runs the program in a folder.
pub fn run_in(folder: &Path, words: &[&str]) -> Run {
    Run::of(qingdan().current_dir(folder).args(words).output().expect("the binary runs"))
}

impl Workspace {
    /// A workspace with these files.
    pub fn with(files: &[(&str, &str)]) -> Workspace {
        let workspace = Workspace { folder: tempfile::tempdir().expect("a temporary folder") };
        files.iter().for_each(|(name, text)| workspace.write(name, text));
        workspace
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    /// Writes a file, with the folders above it.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, text).expect("a file");
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).expect("a file")
    }

    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a text")
    }

    pub fn run(&self, words: &[&str]) -> Run {
        run_in(self.root(), words)
    }

    /// The answer of a command that must end well.
    pub fn clean(&self, words: &[&str]) -> String {
        let run = self.run(words);
        assert_eq!(run.code, 0, "{words:?}: {}", run.err);
        run.out
    }

    /// The JSON that a command answers, alone on stdout, however it ends.
    pub fn json(&self, words: &[&str]) -> Value {
        let run = self.run(&[words, &["--format", "json"]].concat());
        serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("JSON alone on stdout of {words:?}: {}", run.err))
    }

    /// The rows of a sheet, their cells parted by bars.
    pub fn rows(&self, file: &str, sheet: &str) -> Vec<String> {
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(self.path(file)).expect("a workbook");
        let range = book.worksheet_range(sheet).expect("the sheet");
        range.rows().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")).collect()
    }

    /// The names of everything in the workspace, hidden files too.
    pub fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        collect(self.root(), self.root(), &mut names);
        names.sort();
        names
    }
}

fn collect(folder: &Path, top: &Path, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, top, names);
        } else {
            names.push(path.strip_prefix(top).expect("below").to_string_lossy().into_owned());
        }
    }
}
