//! The machine interface at the rim: one set of structs per command, apart from the core's types, so that
//! the keys stay when the core changes. Documented in `docs/json.md`.

pub mod calendar;
pub mod diagnostics;
pub mod diff;
pub mod merge;
pub mod overdue;
pub mod report;
pub mod scorecard;
pub mod status;
pub mod submissions;
pub mod validate;
pub mod verify;
pub mod visits;
pub mod why;

use anyhow::Context;
use serde::Serialize;

use crate::cli::failure::Failure;

/// One JSON object on stdout, indented, ending in a line break.
pub fn text(value: &impl Serialize) -> Result<String, Failure> {
    Ok(serde_json::to_string_pretty(value).context("无法生成 JSON")? + "\n")
}

/// `None` for the empty text, which JSON writes as `null`.
fn filled(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// `None` for 0, which stands for "the whole" in places.
fn counted(number: u32) -> Option<u32> {
    (number > 0).then_some(number)
}
