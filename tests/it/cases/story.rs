//! A story as its folder tells it, and how it is played: a copy of the folder, step by step, up to the first fault.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Map;
use serde_json::Value;

use crate::cases::expectations;
use crate::cases::workspace::Workspace;

/// What is in a story's folder but not in its workspace.
const PAPERS: [&str; 4] = ["story.md", "case.yaml", "case.json", "expected"];

/// A story.
pub struct Story {
    folder: PathBuf,
    case: Case,
}

/// The steps, as `case.yaml` or `case.json` has them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    as_of: String,
    /// Kept so that a repair does not go too far; plays no part here.
    #[serde(default, rename = "guard")]
    _guard: bool,
    steps: Vec<Step>,
}

/// One step; exactly one of its acts is given.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Step {
    run: Option<Vec<String>>,
    as_of: Option<String>,
    text: bool,
    exit: Option<Value>,
    expect: Map<String, Value>,
    put: Option<Put>,
    edit: Option<Edit>,
    delete_row: Option<BTreeMap<String, Value>>,
    delete: Option<String>,
    replace: Option<Replace>,
}

/// Words of a text file that somebody changes, wherever they stand.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Replace {
    file: String,
    text: String,
    by: String,
}

/// A file that somebody puts into the workspace.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Put {
    from: String,
    to: String,
}

/// A cell that the clerk types into the ledger.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    #[serde(default)]
    file: Option<String>,
    #[serde(default, rename = "where")]
    row: BTreeMap<String, Value>,
    #[serde(default)]
    id: Option<String>,
    column: String,
    value: Value,
}

impl Story {
    /// Reads the story of a folder.
    pub fn read(folder: &Path) -> Result<Story, String> {
        let path = ["case.yaml", "case.json"].map(|name| folder.join(name)).into_iter().find(|path| path.is_file());
        let path = path.ok_or("has neither case.yaml nor case.json")?;
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        // JSON is read as such: its strings stay strings whatever they look like.
        let case = if path.extension().is_some_and(|extension| extension == "json") {
            serde_json::from_str(&text).map_err(|error| error.to_string())
        } else {
            serde_saphyr::from_str(&text).map_err(|error| error.to_string())
        };
        Ok(Story { folder: folder.to_owned(), case: case? })
    }

    /// Plays it; the fault of the first step that does not hold.
    pub fn play(&self) -> Result<(), String> {
        let space = Workspace::new(&self.folder, &PAPERS, &self.case.as_of)?;
        for (number, step) in self.case.steps.iter().enumerate() {
            step.play(&space).map_err(|fault| {
                let line = fault.split_whitespace().collect::<Vec<_>>().join(" ");
                format!("step {}: {}", number + 1, line.chars().take(400).collect::<String>())
            })?;
        }
        Ok(())
    }

    /// What is expected of the last step.
    pub fn last_expectations(&self) -> Option<&Map<String, Value>> {
        self.case.steps.last().map(|step| &step.expect)
    }

    /// The same story, with nothing but this expected of the last step.
    pub fn expecting(mut self, name: &str, wanted: &Value) -> Story {
        if let Some(step) = self.case.steps.last_mut() {
            step.expect = Map::from_iter([(name.to_owned(), wanted.clone())]);
        }
        self
    }
}

impl Step {
    fn play(&self, space: &Workspace) -> Result<(), String> {
        if let Some(words) = &self.run {
            let answer = space.run(words, self.text, self.as_of.as_deref());
            space.remember();
            if !(0..=3).contains(&answer.code) || answer.err.contains("panicked at") {
                return Err(format!("crashed, exit {}: {}", answer.code, answer.err));
            }
            let usual = serde_json::json!([0, 1]);
            expectations::check_exit(&answer, self.exit.as_ref().unwrap_or(&usual))?;
            return expectations::check(space, &answer, &self.expect);
        }
        if let Some(put) = &self.put {
            return space.put(&put.from, &put.to);
        }
        if let Some(edit) = &self.edit {
            let by_id = || BTreeMap::from([("编号".to_owned(), Value::from(edit.id.clone()))]);
            let row = if edit.row.is_empty() { by_id() } else { edit.row.clone() };
            return space.edit(edit.file.as_deref().unwrap_or("ledger.xlsx"), &row, &edit.column, &edit.value);
        }
        if let Some(row) = &self.delete_row {
            let mut row = row.clone();
            let file = row.remove("file");
            return space.delete_row(file.as_ref().and_then(Value::as_str).unwrap_or("ledger.xlsx"), &row);
        }
        if let Some(replace) = &self.replace {
            return space.replace(&replace.file, &replace.text, &replace.by);
        }
        match &self.delete {
            Some(pattern) => space.delete(pattern),
            None => Err("does nothing: run, put, edit, delete_row, delete or replace".to_owned()),
        }
    }
}
