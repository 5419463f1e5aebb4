//! JSON: the shapes of what is written into files, apart from the core's types, so that the keys stay when the core changes.
//! Documented in `docs/json.md`.

pub mod diagnostics;
pub mod report;
mod report_letters;
pub mod scorecard;

use serde::Serialize;

/// Renders one JSON value, indented, ending in a line break.
///
/// # Errors
/// The value cannot be written as JSON: a bug of ours.
pub fn text(value: &impl Serialize) -> serde_json::Result<String> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}

/// `None` for the empty text, which JSON writes as `null`.
pub(crate) fn filled(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// `None` for 0, which stands for "the whole" in places.
pub(crate) fn counted(number: u32) -> Option<u32> {
    (number > 0).then_some(number)
}
