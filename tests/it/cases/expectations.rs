//! What a story can expect of a step; each check gives the fault in one line. `tests/cases/README.md` lists them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use serde_json::Map;
use serde_json::Value;

use crate::cases::book;
use crate::cases::book::Table;
use crate::cases::values::fits;
use crate::cases::values::follow;
use crate::cases::values::is_same;
use crate::cases::values::plain;
use crate::cases::values::text;
use crate::cases::workspace::Answer;
use crate::cases::workspace::Workspace;

type Checked = Result<(), String>;

/// Checks all expectations of a step.
pub fn check(space: &Workspace, answer: &Answer, wanted: &Map<String, Value>) -> Checked {
    wanted.iter().try_for_each(|(name, value)| check_one(space, answer, name, value))
}

fn check_one(space: &Workspace, answer: &Answer, name: &str, wanted: &Value) -> Checked {
    let ledger = || Ledger::of(space);
    let all = |check: &dyn Fn(&Value) -> Checked| list(wanted)?.iter().try_for_each(check);
    match name {
        "hazards" => ledger()?.check_count(wanted),
        "ledger" => all(&|each| ledger()?.check_row(each)),
        "absent" => all(&|each| ledger()?.check_absent(&text(each))),
        "same_id" => all(&|each| ledger()?.check_same_number(space, each)),
        "unique_headings" => ledger()?.check_titles(),
        "asked" => all(&|each| is_asked(answer, each)?.then_some(()).ok_or_else(|| format!("nothing is said about {each}"))),
        "right_or_asked" => all(&|each| check_right_or_asked(&ledger()?, answer, each)),
        "told" => all(&|each| check_told(answer, each)),
        "at_most" => all(&|each| check_at_most(answer, each)),
        "exit" => check_exit(answer, wanted),
        "states" => check_states(space, &pairs(wanted)?),
        "zero" => check_states(space, &list(wanted)?.iter().map(|unit| (text(unit), "zero".into())).collect()),
        "figures" => check_figures(answer, &pairs(wanted)?),
        "dates" => check_dates(answer, &pairs(wanted)?),
        "says" => all(&|each| {
            let is_said = choices(each).any(|word| answer.out.contains(&word) || answer.err.contains(&word));
            is_said.then_some(()).ok_or_else(|| format!("the output does not say {each}"))
        }),
        "says_not" => all(&|each| {
            let is_said = answer.out.contains(&text(each)) || answer.err.contains(&text(each));
            if is_said { Err(format!("the output says {each}")) } else { Ok(()) }
        }),
        "paper" => all(&|each| check_paper(space, each)),
        "recorded" => check_recorded(space, &text(wanted), &format!("{}{}", answer.out, answer.err)),
        "tables" => all(&|each| check_table(space, each)),
        "any" => {
            let mut faults = Vec::new();
            for each in list(wanted)? {
                match check(space, answer, each.as_object().ok_or("any: a list of sets of expectations")?) {
                    Ok(()) => return Ok(()),
                    Err(fault) => faults.push(fault),
                }
            }
            Err(faults.join(" — nor: "))
        }
        _ => Err(format!("{name}: no such expectation")),
    }
}

fn list(value: &Value) -> Result<&Vec<Value>, String> {
    value.as_array().ok_or_else(|| format!("{value}: a list, please"))
}

fn pairs(value: &Value) -> Result<BTreeMap<String, Value>, String> {
    let object = value.as_object().ok_or_else(|| format!("{value}: keys with values, please"))?;
    Ok(object.iter().map(|(key, value)| (key.clone(), value.clone())).collect())
}

/// The texts of a list, or the one text.
fn choices(value: &Value) -> impl Iterator<Item = String> {
    let texts = value.as_array().map_or_else(|| vec![text(value)], |list| list.iter().map(text).collect());
    texts.into_iter()
}

/// Refuses keys that a check would not look at.
fn known<'a>(value: &'a Value, keys: &[&str]) -> Result<&'a Map<String, Value>, String> {
    let object = value.as_object().ok_or_else(|| format!("{value}: keys with values, please"))?;
    match object.keys().find(|key| !keys.contains(&key.as_str())) {
        Some(key) => Err(format!("{key}: not one of {keys:?}")),
        None => Ok(object),
    }
}

/// The ledger of a workspace; without one, no hazards.
struct Ledger(Table);

impl Ledger {
    fn of(space: &Workspace) -> Result<Ledger, String> {
        Ok(Ledger(space.ledger()?.unwrap_or(Table { titles: Vec::new(), records: Vec::new() })))
    }

    fn get<'a>(&self, record: &'a [String], title: &str) -> &'a str {
        self.0.get(record, title).unwrap_or_default()
    }

    fn records(&self) -> impl Iterator<Item = &Vec<String>> {
        self.0.records.iter().map(|(_, record)| record)
    }

    fn described(&self, wanted: &Value) -> Vec<&Vec<String>> {
        self.records().filter(|record| is_same(self.get(record, "隐患描述"), wanted)).collect()
    }

    fn check_count(&self, wanted: &Value) -> Checked {
        let descriptions = || self.records().map(|record| plain(self.get(record, "隐患描述"))).take(8).collect::<Vec<_>>();
        let count = self.0.records.len();
        if is_same(&count.to_string(), wanted) { Ok(()) } else { Err(format!("{count} hazards, should be {wanted}: {:?}", descriptions())) }
    }

    fn check_row(&self, wanted: &Value) -> Checked {
        let columns = pairs(wanted)?;
        let fits = |record: &Vec<String>| columns.iter().all(|(title, value)| is_same(self.get(record, title), value));
        let found: Vec<&Vec<String>> = match columns.get("describes") {
            Some(description) => self.described(description),
            None => self.records().filter(|record| fits(record)).collect(),
        };
        let [record] = found[..] else { return Err(format!("{} hazards are {wanted}, should be one", found.len())) };
        for (title, value) in columns.iter().filter(|(title, _)| *title != "describes") {
            let got = self.get(record, title);
            if !is_same(got, value) {
                return Err(format!("{title} of {wanted}: {got:?}"));
            }
        }
        Ok(())
    }

    fn check_absent(&self, pattern: &str) -> Checked {
        match self.records().map(|record| plain(self.get(record, "隐患描述"))).find(|text| fits(text, &plain(pattern))) {
            Some(description) => Err(format!("registered as a hazard: {description}")),
            None => Ok(()),
        }
    }

    fn check_same_number(&self, space: &Workspace, wanted: &Value) -> Checked {
        let (first, now) = match wanted {
            Value::Object(_) => (text(&wanted["first"]), wanted["now"].clone()),
            one => (text(one), one.clone()),
        };
        let number = space.first_number(&first).ok_or_else(|| format!("{first} was never in the ledger"))?;
        let found: Vec<String> = self.described(&now).iter().map(|record| plain(self.get(record, "编号"))).collect();
        if found == [number.as_str()] { Ok(()) } else { Err(format!("{now}: number {found:?}, should be {number} as at first")) }
    }

    fn check_titles(&self) -> Checked {
        let titles: Vec<&String> = self.0.titles.iter().filter(|title| !title.is_empty()).collect();
        match titles.iter().enumerate().find(|(at, title)| titles[..*at].contains(title)) {
            Some((_, title)) => Err(format!("the ledger has two columns {title}")),
            None => Ok(()),
        }
    }
}

/// How grave a diagnostic is.
fn severity(word: &str) -> usize {
    ["note", "warning", "error"].iter().position(|own| *own == word).unwrap_or_default()
}

fn is_grave(diagnostic: &Value, least: &str) -> bool {
    severity(diagnostic["severity"].as_str().unwrap_or("note")) >= severity(least)
}

fn words_of(diagnostic: &Value) -> String {
    ["code", "message", "help", "value", "field", "file"].map(|key| text(&diagnostic[key])).join(" ")
}

/// True if a diagnostic of the answer names the file, one of the places and one of the words.
fn is_asked(answer: &Answer, wanted: &Value) -> Result<bool, String> {
    let keys = known(wanted, &["file", "at", "sheet", "least", "words", "describes", "column", "value"])?;
    let at = &wanted["at"];
    let places: Vec<Value> = at.as_array().cloned().unwrap_or_else(|| vec![at.clone()]);
    let least = wanted["least"].as_str().unwrap_or("warning");
    for diagnostic in answer.diagnostics().iter().filter(|diagnostic| is_grave(diagnostic, least)) {
        let is_file = text(&diagnostic["file"]).ends_with(&text(&wanted["file"]));
        let is_sheet = wanted["sheet"].is_null() || diagnostic["sheet"].is_null() || diagnostic["sheet"] == wanted["sheet"];
        let said = words_of(diagnostic);
        let is_worded = !keys.contains_key("words") || choices(&wanted["words"]).any(|word| said.contains(&word));
        if is_file && is_sheet && is_worded {
            for place in &places {
                if names(diagnostic, place)? {
                    return Ok(true);
                }
            }
        }
    }
    Ok(false)
}

/// True if a diagnostic is about a place: a cell or its whole row, a row, the file itself, or anything in it.
fn names(diagnostic: &Value, place: &Value) -> Result<bool, String> {
    let (row, column) = (diagnostic["row"].as_u64(), diagnostic["column"].as_u64());
    Ok(match place {
        Value::Number(number) => row == number.as_u64(),
        Value::String(word) if word == "any" => true,
        Value::String(word) if word == "file" => row.is_none(),
        Value::String(cell) => {
            let (wanted_row, wanted_column) = book::place_of(cell)?;
            row == Some(u64::from(wanted_row) + 1) && column.is_none_or(|column| column == u64::from(wanted_column) + 1)
        }
        _ => return Err(format!("at: {place}: a cell, a row, file or any, please")),
    })
}

fn check_right_or_asked(ledger: &Ledger, answer: &Answer, wanted: &Value) -> Checked {
    let found = ledger.described(&wanted["describes"]);
    let column = text(&wanted["column"]);
    let is_right = found.len() == 1 && is_same(ledger.get(found[0], &column), &wanted["value"]);
    if is_right || is_asked(answer, wanted)? {
        return Ok(());
    }
    let got: Vec<&str> = found.iter().map(|record| ledger.get(record, &column)).collect();
    Err(format!("{}: {column} is {got:?}, should be {}, and nothing is said about {}", wanted["describes"], wanted["value"], wanted["at"]))
}

fn check_told(answer: &Answer, wanted: &Value) -> Checked {
    let is_it = |diagnostic: &Value| is_grave(diagnostic, "warning") && choices(wanted).any(|word| words_of(diagnostic).contains(&word));
    if answer.diagnostics().iter().any(is_it) { Ok(()) } else { Err(format!("no warning or error speaks of {wanted}")) }
}

fn check_at_most(answer: &Answer, wanted: &Value) -> Checked {
    let keys = known(wanted, &["count", "code", "file", "words", "least"])?;
    let is_it = |diagnostic: &&Value| {
        let words = words_of(diagnostic);
        (!keys.contains_key("code") || diagnostic["code"] == wanted["code"])
            && text(&diagnostic["file"]).contains(&text(&wanted["file"]))
            && is_grave(diagnostic, wanted["least"].as_str().unwrap_or("note"))
            && (!keys.contains_key("words") || choices(&wanted["words"]).any(|word| words.contains(&word)))
    };
    let found: Vec<&Value> = answer.diagnostics().iter().filter(is_it).collect();
    if found.len() as u64 <= wanted["count"].as_u64().ok_or("at_most: how many? (count)")? {
        return Ok(());
    }
    Err(format!("{} diagnostics, should be {wanted} at most: {}", found.len(), words_of(found[0])))
}

/// Checks the exit code of a command.
pub fn check_exit(answer: &Answer, wanted: &Value) -> Checked {
    if is_same(&answer.code.to_string(), wanted) {
        return Ok(());
    }
    let said = if answer.err.trim().is_empty() { &answer.out } else { &answer.err };
    Err(format!("exit {}, should be {wanted}: {}", answer.code, said.trim()))
}

/// Checks the states of units under a duty, as `submissions` tells them.
fn check_states(space: &Workspace, wanted: &BTreeMap<String, Value>) -> Checked {
    let json = space.run(&["submissions".to_owned()], false, None).json;
    let mut duties: Vec<&Value> = json["obligations"].as_array().map(|list| list.iter().collect()).unwrap_or_default();
    duties.retain(|duty| wanted.get("obligation").is_none_or(|id| duty["id"] == *id));
    let duty = duties.iter().find(|duty| duty["latest"] == true).or(duties.first()).ok_or("no such duty")?;
    for (unit, states) in wanted.iter().filter(|(key, _)| *key != "obligation") {
        let own = duty["units"].as_array().and_then(|units| units.iter().find(|own| own["unit"] == *unit.as_str()));
        let got = own.map(|own| text(&own["state"])).unwrap_or_default();
        if !is_same(&got, states) {
            return Err(format!("{unit}: {got}, should be {states}"));
        }
    }
    Ok(())
}

fn check_figures(answer: &Answer, wanted: &BTreeMap<String, Value>) -> Checked {
    if answer.json.is_null() {
        return Err(format!("no JSON came, exit {}: {}", answer.code, answer.err));
    }
    for (path, value) in wanted {
        let got = follow(&answer.json, path);
        if got.is_null() != value.is_null() || !(value.is_null() || is_same(&text(&got), value)) {
            return Err(format!("{path}: {got}, should be {value}"));
        }
    }
    Ok(())
}

fn check_dates(answer: &Answer, wanted: &BTreeMap<String, Value>) -> Checked {
    let entries = answer.json["entries"].as_array().cloned().unwrap_or_default();
    for (duty, days) in wanted {
        let is_it = |entry: &&Value| {
            entry["id"] == *duty.as_str() && ["obligation", "report"].contains(&entry["kind"].as_str().unwrap_or_default())
        };
        let got: Vec<Value> = entries.iter().filter(is_it).map(|entry| entry["date"].clone()).collect();
        if Value::from(got.clone()) != *days {
            return Err(format!("{duty}: {got:?}, should be {days}"));
        }
    }
    Ok(())
}

fn check_paper(space: &Workspace, wanted: &Value) -> Checked {
    known(wanted, &["file", "has", "has_not"])?;
    let file = text(&wanted["file"]);
    let mut whole = String::new();
    for path in space.files(&file)? {
        for cell in book::read(&path)?.iter().flat_map(|page| &page.rows).flatten() {
            let _ = writeln!(whole, "{}", plain(cell));
        }
    }
    for (key, should) in [("has", true), ("has_not", false)] {
        let words = wanted[key].as_array().cloned().unwrap_or_default();
        if let Some(word) = words.iter().find(|word| whole.contains(&plain(&text(word))) != should) {
            return Err(format!("{file} {} {word}", if should { "does not say" } else { "says" }));
        }
    }
    Ok(())
}

/// Compares a text with the one in the story's `expected/`; `UPDATE=1` rewrites that.
fn check_recorded(space: &Workspace, name: &str, got: &str) -> Checked {
    let path = space.story.join("expected").join(name);
    let is_story = !space.story.file_name().unwrap_or_default().to_string_lossy().starts_with('_');
    if is_story && std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(space.story.join("expected"))
            .and_then(|()| fs::write(&path, got))
            .map_err(|error| format!("{name}: {error}"))?;
    }
    let kept = fs::read_to_string(&path).map_err(|error| format!("expected/{name}: {error}; UPDATE=1 writes it"))?;
    let differs = kept.lines().zip(got.lines()).find(|(kept, got)| kept != got);
    match differs {
        _ if kept == got => Ok(()),
        Some((kept, got)) => Err(format!("expected/{name} has “{kept}”, now it is “{got}”")),
        None => Err(format!("expected/{name} has {} lines, now there are {}", kept.lines().count(), got.lines().count())),
    }
}

/// Compares columns of a sheet, read back, with the recorded CSV.
fn check_table(space: &Workspace, wanted: &Value) -> Checked {
    known(wanted, &["file", "sheet", "columns", "is"])?;
    let file = text(&wanted["file"]);
    let columns: Vec<String> = choices(&wanted["columns"]).collect();
    let titles: Vec<&str> = columns.iter().map(String::as_str).collect();
    let pages = book::read(&space.files(&file)?[0])?;
    let is_sheet = |page: &&book::Page| wanted["sheet"].is_null() || is_same(&page.name, &wanted["sheet"]);
    let table =
        pages.iter().filter(is_sheet).find_map(|page| page.table(&titles)).ok_or_else(|| format!("{file}: no sheet with {titles:?}"))?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&titles).map_err(|error| error.to_string())?;
    for (_, record) in &table.records {
        writer.write_record(titles.iter().map(|title| table.get(record, title).unwrap_or_default())).map_err(|error| error.to_string())?;
    }
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    check_recorded(space, &text(&wanted["is"]), &String::from_utf8_lossy(&bytes))
}
