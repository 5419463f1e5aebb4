//! Values as stories compare them: without white space, days as 2023-07-31, a list for any of several.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// A text to compare by: NFKC, without white space and invisible characters.
pub fn plain(text: &str) -> String {
    let seen = |character: &char| !character.is_whitespace() && !character.is_control() && !is_format(*character);
    text.nfkc().filter(seen).collect()
}

fn is_format(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}')
}

/// The text of a value, as it would stand in a cell.
pub fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// True if a text is the wanted one; `…*` is a text that begins so, a list means any of its values.
pub fn is_same(got: &str, wanted: &Value) -> bool {
    if let Value::Array(choices) = wanted {
        return choices.iter().any(|choice| is_same(got, choice));
    }
    let (got, wanted) = (plain(got), plain(&text(wanted)));
    if let Some(begin) = wanted.strip_suffix('*') {
        return got.starts_with(begin);
    }
    let number = |text: &str| text.parse::<f64>().ok();
    got == wanted || number(&got).is_some_and(|value| Some(value) == number(&wanted))
}

/// True if a text fits a pattern in which `*` stands for anything.
pub fn fits(text: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => text == pattern,
        Some((begin, rest)) => text
            .strip_prefix(begin)
            .is_some_and(|tail| tail.char_indices().map(|(at, _)| at).chain([tail.len()]).any(|at| fits(&tail[at..], rest))),
    }
}

/// The value at `a.b[key=value].c`; `#` counts.
pub fn follow(data: &Value, path: &str) -> Value {
    let mut found = data.clone();
    let mut rest = path;
    while !rest.is_empty() {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let key = &rest[..end];
        found = match key {
            "" => found,
            "#" => found.as_array().map_or(Value::Null, |list| list.len().into()),
            key => found.get(key).cloned().unwrap_or_default(),
        };
        rest = &rest[end..];
        if let Some(picked) = rest.strip_prefix('[') {
            let (pick, tail) = picked.split_once(']').unwrap_or((picked, ""));
            let (name, value) = pick.split_once('=').unwrap_or((pick, ""));
            let is_it = |each: &&Value| each.get(name).is_some_and(|got| is_same(&text(got), &value.into()));
            found = found.as_array().and_then(|list| list.iter().find(is_it)).cloned().unwrap_or_default();
            rest = tail;
        }
        rest = rest.strip_prefix('.').unwrap_or(rest);
    }
    found
}

#[test]
fn values_are_found_and_compared() {
    let data = serde_json::json!({"a": {"b": [{"k": "甲", "n": 1}, {"k": "乙", "n": 2}]}});
    for (path, value) in [("a.b.#", "2"), ("a.b[k=乙].n", "2.0"), ("a.b[k=丙].n", ""), ("a.c", "")] {
        assert!(is_same(&text(&follow(&data, path)), &value.into()), "{path}");
    }
    assert!(is_same("通道 堆物", &"通道堆物".into()) && is_same("通道堆物", &"通道*".into()) && !is_same("通道", &"通道堆物".into()));
    assert!(fits("甲乙丙", "甲*丙") && fits("甲", "*") && !fits("甲乙", "*丙"));
}
