//! A template, filled in: the bureau's sentences with the figures of the period in them.
//!
//! A name that there is not is an error that says its line and the nearest names there are, never an empty place in a
//! signed paper. Templates are data from outside: what they may do is bounded.

use minijinja::Environment;
use minijinja::ErrorKind;
use minijinja::UndefinedBehavior;
use minijinja::Value;

/// The template that is used where the campaign names none.
pub const BUILT_IN: &str = include_str!("bulletin.txt");
/// Steps that a template may take: a thousand units in every loop, many times over.
const MOST_STEPS: u64 = 20_000_000;

/// Why a template gives no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("模板第 {line} 行{what}")]
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

/// Fills a template in.
///
/// # Errors
/// [`TemplateError`] at the first line that cannot be filled in.
pub fn fill(template: &str, values: &Value) -> Result<String, TemplateError> {
    let template = template.trim_start_matches('\u{feff}');
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment.set_fuel(Some(MOST_STEPS));
    environment.render_str(template, values).map_err(|error| explained(&error, template, values))
}

fn explained(error: &minijinja::Error, template: &str, values: &Value) -> TemplateError {
    let line = error.line().unwrap_or(0);
    let text = line.checked_sub(1).and_then(|index| template.lines().nth(index)).unwrap_or_default().trim().to_owned();
    let near = unknown_names(&text, values);
    let what = match error.kind() {
        ErrorKind::SyntaxError => "的花括号写得不对：名字要写成 {{ 名字 }}，条件要有 {% if … %} 和 {% endif %}".to_owned(),
        ErrorKind::UndefinedError if near.is_empty() => "用了一个没有的名字".to_owned(),
        ErrorKind::UndefinedError => format!("用了没有的名字：{}", near.join("；")),
        ErrorKind::UnknownFilter | ErrorKind::UnknownFunction | ErrorKind::UnknownTest => "用了程序不认识的写法".to_owned(),
        ErrorKind::OutOfFuel => "的循环太多，写不完".to_owned(),
        _ => format!("写不出来（{}）", error.detail().unwrap_or_default()),
    };
    TemplateError { line, what, text, near }
}

/// Names of the line that nothing stands for, each with the nearest one there is.
fn unknown_names(line: &str, values: &Value) -> Vec<String> {
    let inside = |rest: &str| -> Vec<String> {
        let name = |text: char| text.is_alphanumeric() || matches!(text, '.' | '_' | '—');
        rest.split(|text: char| !name(text)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let mut unknown = Vec::new();
    for part in line.split("{{").skip(1).chain(line.split("{%").skip(1)) {
        let end = part.find("}}").or_else(|| part.find("%}")).unwrap_or(part.len());
        for word in inside(&part[..end]) {
            let Some((group, name)) = word.split_once('.') else { continue };
            let Ok(of_group) = values.get_attr(group) else { continue };
            if of_group.is_undefined() || of_group.kind() != minijinja::value::ValueKind::Map {
                continue;
            }
            if of_group.get_attr(name).is_ok_and(|value| !value.is_undefined()) {
                continue;
            }
            let known: Vec<String> = of_group.try_iter().into_iter().flatten().map(|key| key.to_string()).collect();
            let nearest = known.iter().max_by(|left, right| closeness(left, name).total_cmp(&closeness(right, name)));
            unknown.push(match nearest.filter(|nearest| closeness(nearest, name) > 0.3) {
                Some(nearest) => format!("“{word}”，是不是“{group}.{nearest}”"),
                None => format!("“{word}”"),
            });
        }
    }
    unknown.dedup();
    unknown
}

fn closeness(left: &str, right: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(left, right)
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
        minijinja::value::ValueKind::Map => {
            for key in value.try_iter().into_iter().flatten() {
                let Ok(inner) = value.get_item(&key) else { continue };
                collect(&format!("{path}.{key}"), &inner, found);
            }
        }
        minijinja::value::ValueKind::Seq | minijinja::value::ValueKind::Iterable => {
            let count = value.len().unwrap_or(0);
            let keys: Vec<String> = match value.get_item_by_index(0) {
                Ok(first) if first.kind() == minijinja::value::ValueKind::Map => {
                    first.try_iter().into_iter().flatten().map(|key| key.to_string()).collect()
                }
                _ => Vec::new(),
            };
            let of = if keys.is_empty() { String::new() } else { format!("，每个有：{}", keys.join("、")) };
            found.push((path.to_owned(), format!("{count} 个，用 {{% for 个 in {path} %}}…{{% endfor %}} 逐个写{of}")));
        }
        _ => found.push((path.to_owned(), value.to_string())),
    }
}
