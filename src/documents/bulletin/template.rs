//! A template, filled in: the bureau's sentences with the figures of the period in them.
//!
//! A name that there is not is an error that says its line and the nearest names there are, never an empty place in a
//! signed paper. Templates are data from outside: what they may do is bounded.

use minijinja::Environment;
use minijinja::ErrorKind;
use minijinja::UndefinedBehavior;
use minijinja::Value;
use minijinja::value::ValueKind;

use crate::documents::bulletin::misuse;
use crate::vocabulary::likeness::likeness;

/// The template that is used where the campaign names none.
pub const BUILT_IN: &str = include_str!("bulletin.txt");
/// Steps that a template may take: a thousand units in every loop, many times over.
const MOST_STEPS: u64 = 20_000_000;

/// Why a template gives no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("模板{}{what}", place(*line))]
pub struct TemplateError {
    /// From 1; 0 where it is not known.
    pub line: usize,
    /// What is wrong, in a clause.
    pub what: String,
    /// The line as it stands in the template.
    pub text: String,
    /// Names like those of the line that nothing stands for.
    pub near: Vec<String>,
}

fn place(line: usize) -> String {
    if line == 0 { String::new() } else { format!("第 {line} 行") }
}

/// Fills a template in.
///
/// # Errors
/// [`TemplateError`] at the first line that cannot be filled in.
pub fn fill(template: &str, values: &Value) -> Result<String, TemplateError> {
    let template = template.trim_start_matches('\u{feff}');
    misuse::check(template)?;
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment.set_fuel(Some(MOST_STEPS));
    environment.set_formatter(|output, state, value| match value.kind() {
        ValueKind::Map | ValueKind::Seq | ValueKind::Iterable => Err(minijinja::Error::from(ErrorKind::NonPrimitive)),
        _ => minijinja::escape_formatter(output, state, value),
    });
    environment.render_str(template, values).map_err(|error| explained(&error, template, values))
}

fn explained(error: &minijinja::Error, template: &str, values: &Value) -> TemplateError {
    let line = error.line().unwrap_or(0);
    let text = line.checked_sub(1).and_then(|index| template.lines().nth(index)).unwrap_or_default().trim().to_owned();
    let near = unknown_names(&text, values);
    let detail = error.detail().unwrap_or_default();
    let what = match error.kind() {
        ErrorKind::SyntaxError => "的花括号写得不对：名字要写成 {{ 名字 }}，条件要有 {% if … %} 和 {% endif %}".to_owned(),
        ErrorKind::UndefinedError if near.is_empty() => "用了一个没有的名字".to_owned(),
        ErrorKind::UndefinedError => format!("用了没有的名字：{}", near.join("；")),
        ErrorKind::UnknownFilter | ErrorKind::UnknownFunction | ErrorKind::UnknownTest | ErrorKind::UnknownMethod => {
            "用了程序不认识的写法".to_owned()
        }
        ErrorKind::OutOfFuel => "的循环太多，写不完".to_owned(),
        ErrorKind::InvalidOperation if detail.contains("range") || detail.contains("recursion") => "的循环太多，写不完".to_owned(),
        ErrorKind::InvalidOperation => "算不出来：只有项数、家数可以加减乘除，零不能作除数；比率是写好的文字，不能再算".to_owned(),
        ErrorKind::NonPrimitive => {
            "要印的是一串东西，不是一个数：请写到底，如 合计.累计排查，或用 {% for 个 in 单位 %}{{ 个.名称 }}{% endfor %} 逐个写".to_owned()
        }
        ErrorKind::TemplateNotFound | ErrorKind::BadInclude => "要引用别的模板，这里不行；请把那一段直接写进来".to_owned(),
        _ => "写不出来，程序不认识这样写".to_owned(),
    };
    TemplateError { line, what, text, near }
}

/// Names of the line that nothing stands for, each with the nearest one there is.
fn unknown_names(line: &str, values: &Value) -> Vec<String> {
    let mut unknown = Vec::new();
    for part in line.split("{{").skip(1).chain(line.split("{%").skip(1)) {
        let end = part.find("}}").or_else(|| part.find("%}")).unwrap_or(part.len());
        let is_of_name = |character: char| character.is_alphanumeric() || matches!(character, '.' | '_' | '—');
        let words = part[..end].split(|character: char| !is_of_name(character));
        for word in words.filter(|word| !word.is_ascii()) {
            if let Some(nearest) = unknown_name(word, values) {
                unknown.push(nearest);
            }
        }
    }
    unknown.dedup();
    unknown
}

/// What is said of a word in a tag that may be a name; nothing where it is one, or the name of a loop.
fn unknown_name(word: &str, values: &Value) -> Option<String> {
    let (group, name) = word.split_once('.').unwrap_or((word, ""));
    let of_group = values.get_attr(group).ok().filter(|of_group| !of_group.is_undefined());
    let known: Vec<String> = match &of_group {
        Some(of_group) if of_group.kind() == ValueKind::Map => {
            if name.is_empty() || of_group.get_attr(name).is_ok_and(|value| !value.is_undefined()) {
                return None;
            }
            of_group.try_iter().into_iter().flatten().map(|key| format!("{group}.{key}")).collect()
        }
        Some(_) => return None,
        None => names(values).into_iter().map(|(name, _)| name).collect(),
    };
    // A name without its group is near to every group that has it.
    let near = |known: &str| likeness(known, word).max(likeness(known.split_once('.').map_or(known, |(_, name)| name), word));
    let is_total = |known: &str| known.starts_with("合计.");
    let by_nearness = |left: &&String, right: &&String| near(left).total_cmp(&near(right)).then(is_total(left).cmp(&is_total(right)));
    let nearest = known.iter().max_by(by_nearness);
    match nearest.filter(|nearest| near(nearest) > 0.3) {
        Some(nearest) => Some(format!("“{word}”，是不是“{nearest}”")),
        None if of_group.is_some() => Some(format!("“{word}”")),
        None => None,
    }
}

/// Every name that a template may use with what it stands for now, in the order of their groups.
pub fn names(values: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for group in values.try_iter().into_iter().flatten() {
        let Ok(value) = values.get_item(&group) else { continue };
        collect(&group.to_string(), &value, &mut found);
    }
    found
}

fn collect(path: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value.kind() {
        ValueKind::Map => {
            for key in value.try_iter().into_iter().flatten() {
                let Ok(inner) = value.get_item(&key) else { continue };
                collect(&format!("{path}.{key}"), &inner, found);
            }
        }
        ValueKind::Seq | ValueKind::Iterable => {
            let count = value.len().unwrap_or(0);
            let keys: Vec<String> = match value.get_item_by_index(0) {
                Ok(first) if first.kind() == ValueKind::Map => first.try_iter().into_iter().flatten().map(|key| key.to_string()).collect(),
                _ => Vec::new(),
            };
            let of = if keys.is_empty() { String::new() } else { format!("，每个有：{}", keys.join("、")) };
            found.push((path.to_owned(), format!("{count} 个，用 {{% for 个 in {path} %}}…{{% endfor %}} 逐个写{of}")));
        }
        _ => found.push((path.to_owned(), value.to_string())),
    }
}
