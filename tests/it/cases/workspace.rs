//! The copy of a story's folder in which it is played: runs commands, and remembers which number each hazard had first.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;

use serde_json::Value;

use crate::cases::book;
use crate::cases::book::Table;
use crate::cases::edit;
use crate::cases::edit::Change;
use crate::cases::envelope;
use crate::cases::values::fits;
use crate::cases::values::is_same;
use crate::cases::values::plain;
use crate::cases::values::text;

/// Titles by which the ledger's sheet is known.
const LEDGER: [&str; 4] = ["编号", "单位名称", "隐患描述", "状态"];
/// The end of the name of a text that describes a workbook.
const DESCRIBED: &str = ".xlsx.txt";

/// A workspace in a temporary folder.
pub struct Workspace {
    root: PathBuf,
    /// The folder of the story.
    pub story: PathBuf,
    as_of: String,
    /// The number that each hazard had when it was first seen, by its description.
    first: RefCell<BTreeMap<String, String>>,
    /// Deleted with the workspace.
    _folder: Option<tempfile::TempDir>,
}

/// What a command answered.
pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
    pub json: Value,
}

impl Answer {
    /// What was said about the inputs.
    pub fn diagnostics(&self) -> &[Value] {
        self.json.get("diagnostics").and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }
}

impl Workspace {
    /// Copies what all stories have (`_default` beside them), then the story's own files, but for its papers.
    pub fn new(story: &Path, papers: &[&str], as_of: &str) -> Result<Workspace, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let root = folder.path().to_owned();
        let folder = if std::env::var_os("KEEP").is_some() {
            println!("{} is played in {}", story.display(), folder.keep().display());
            None
        } else {
            Some(folder)
        };
        let space = Workspace { root, story: story.to_owned(), as_of: as_of.to_owned(), first: RefCell::default(), _folder: folder };
        let shared = story.parent().unwrap_or(story).join("_default");
        for (from, left_out) in [(shared.as_path(), &[][..]), (story, papers)] {
            space.copy(from, Path::new(""), left_out)?;
        }
        fs::create_dir_all(space.root.join("inbox")).map_err(|error| error.to_string())?;
        Ok(space)
    }

    fn copy(&self, from: &Path, to: &Path, left_out: &[&str]) -> Result<(), String> {
        let told = |error: std::io::Error| format!("{}: {error}", from.display());
        for entry in fs::read_dir(from).map_err(told)? {
            let entry = entry.map_err(told)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if left_out.contains(&name.as_str()) {
                continue;
            }
            let to = to.join(&name);
            if entry.path().is_dir() {
                self.copy(&entry.path(), &to, &[])?;
            } else {
                self.place(&entry.path(), &to)?;
            }
        }
        Ok(())
    }

    /// Puts a file at a place of the workspace, or the workbook that it describes.
    fn place(&self, from: &Path, to: &Path) -> Result<(), String> {
        let told = |error: &dyn std::fmt::Display| format!("{}: {error}", from.display());
        let name = to.to_string_lossy();
        let is_described = from.to_string_lossy().ends_with(DESCRIBED);
        let is_envelope = envelope::is_described(from);
        let target = self.root.join(if is_described || is_envelope { name.trim_end_matches(".txt") } else { &name });
        fs::create_dir_all(target.parent().unwrap_or(&self.root)).map_err(|error| told(&error))?;
        if is_envelope {
            return fs::write(target, envelope::bytes_of(from, &self.story)?).map_err(|error| told(&error));
        }
        let bytes = fs::read(from).map_err(|error| told(&error))?;
        if is_described {
            let description = String::from_utf8(bytes).map_err(|error| told(&error))?;
            return book::make(&self.numbered(&description), &target).map_err(|error| told(&error));
        }
        let is_text = target.extension().is_some_and(|extension| extension == "csv");
        let bytes = match String::from_utf8(bytes) {
            Ok(text) if is_text => self.numbered(&text).into_bytes(),
            Ok(text) => text.into_bytes(),
            Err(error) => error.into_bytes(),
        };
        fs::write(target, bytes).map_err(|error| told(&error))
    }

    /// Runs a command; as JSON unless its text is asked for.
    pub fn run(&self, words: &[String], as_text: bool, as_of: Option<&str>) -> Answer {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("qingdan"));
        command.current_dir(&self.root).stdin(Stdio::null()).env_clear();
        command.envs([("HOME", self.root.as_os_str())]).envs([("LC_ALL", "C.UTF-8"), ("NO_COLOR", "1"), ("TZ", "Asia/Shanghai")]);
        command.args(words).args(["--as-of", as_of.unwrap_or(&self.as_of)]);
        if !as_text {
            command.args(["--format", "json"]);
        }
        let done = command.output().expect("the binary runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let out = text(&done.stdout);
        let json = serde_json::from_str(&out).unwrap_or_default();
        Answer { code: done.status.code().unwrap_or(-1), out, err: text(&done.stderr), json }
    }

    /// The ledger, if there is one.
    pub fn ledger(&self) -> Result<Option<Table>, String> {
        for name in ["ledger.xlsx", "ledger.csv"] {
            let path = self.root.join(name);
            if path.is_file() {
                let mut found = book::read(&path)?.iter().find_map(|page| page.table(&LEDGER));
                if let Some(table) = &mut found {
                    let (titles, mut records) = (table.titles.clone(), std::mem::take(&mut table.records));
                    let named = Table { titles, records: Vec::new() };
                    records.retain(|(_, record)| {
                        ["编号", "隐患描述"].iter().any(|title| named.get(record, title).is_some_and(|text| !plain(text).is_empty()))
                    });
                    table.records = records;
                }
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Remembers the numbers of hazards that are seen for the first time.
    pub fn remember(&self) {
        let Ok(Some(table)) = self.ledger() else { return };
        for (_, record) in &table.records {
            let of = |title| plain(table.get(record, title).unwrap_or_default());
            self.first.borrow_mut().entry(of("隐患描述")).or_insert_with(|| of("编号"));
        }
    }

    /// The number that a hazard had first.
    pub fn first_number(&self, description: &str) -> Option<String> {
        self.first.borrow().get(&plain(description)).cloned()
    }

    /// A text in which `{编号:描述}` has become the number of that hazard.
    fn numbered(&self, text: &str) -> String {
        let mut parts = text.split("{编号:");
        let mut done = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            match part.split_once('}').and_then(|(name, rest)| Some((self.first_number(name)?, rest))) {
                Some((number, rest)) => done.extend([number.as_str(), rest]),
                None => done.extend(["{编号:", part]),
            }
        }
        done
    }

    /// The files that fit a path, in order; at least one. The last part of the path may have `*`.
    pub fn files(&self, pattern: &str) -> Result<Vec<PathBuf>, String> {
        let (folder, name) = pattern.rsplit_once('/').unwrap_or(("", pattern));
        let entries = fs::read_dir(self.root.join(folder)).map_err(|error| format!("{folder}: {error}"))?;
        let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        found.retain(|path| path.file_name().is_some_and(|own| fits(&own.to_string_lossy(), name)));
        found.sort();
        if found.is_empty() { Err(format!("there is no file {pattern}")) } else { Ok(found) }
    }

    /// Copies a file within the workspace; numbers of hazards are filled into its text.
    pub fn put(&self, from: &str, to: &str) -> Result<(), String> {
        let described = self.story.join(format!("{from}.txt"));
        if described.is_file() {
            return self.place(&described, Path::new(&format!("{to}.txt")));
        }
        self.place(&self.files(from)?[0], Path::new(to))
    }

    /// Replaces words of a text file; they must be there.
    pub fn replace(&self, file: &str, text: &str, by: &str) -> Result<(), String> {
        let path = self.root.join(file);
        let before = fs::read_to_string(&path).map_err(|error| format!("{file}: {error}"))?;
        if !before.contains(text) {
            return Err(format!("{file} does not hold {text}"));
        }
        fs::write(path, before.replace(text, by)).map_err(|error| format!("{file}: {error}"))
    }

    /// Types a text into the one row of a workbook that has these values.
    pub fn edit(&self, file: &str, row: &BTreeMap<String, Value>, column: &str, value: &Value) -> Result<(), String> {
        let (path, sheet, number, titles) = self.find(file, row, Some(column))?;
        let at = titles.iter().position(|title| *title == plain(column)).ok_or_else(|| format!("{file}: no column {column}"))?;
        edit::change(&path, sheet, &Change::Cell { row: number, column: at + 1, typed: &self.numbered(&text(value)) })
    }

    /// Deletes the one row of a workbook that has these values.
    pub fn delete_row(&self, file: &str, row: &BTreeMap<String, Value>) -> Result<(), String> {
        let (path, sheet, number, _) = self.find(file, row, None)?;
        edit::change(&path, sheet, &Change::Row(number))
    }

    /// Path, sheet, row and titles of the one row with these values.
    fn find(
        &self,
        file: &str,
        row: &BTreeMap<String, Value>,
        column: Option<&str>,
    ) -> Result<(PathBuf, usize, usize, Vec<String>), String> {
        let path = self.root.join(file);
        let titles: Vec<&str> = row.keys().map(String::as_str).chain(column).collect();
        for (sheet, page) in book::read(&path)?.iter().enumerate() {
            let Some(table) = page.table(&titles) else { continue };
            let is_it = |record: &[String]| row.iter().all(|(title, value)| is_same(table.get(record, title).unwrap_or_default(), value));
            let found: Vec<usize> = table.records.iter().filter(|(_, record)| is_it(record)).map(|(number, _)| *number).collect();
            if let [number] = found[..] {
                return Ok((path, sheet, number, table.titles));
            }
        }
        Err(format!("{file}: no single row with {row:?} on a sheet with {titles:?}"))
    }

    /// Deletes files.
    pub fn delete(&self, pattern: &str) -> Result<(), String> {
        self.files(pattern)?.iter().try_for_each(|path| fs::remove_file(path).map_err(|error| format!("{}: {error}", path.display())))
    }
}
