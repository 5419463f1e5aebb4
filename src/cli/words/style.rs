//! The few colours: red for errors, yellow for warnings, blue for notes, bold and dim.
//!
//! Codes are always written; the terminal strips them where they are not wanted.

use anstyle::AnsiColor;
use anstyle::Style;

use crate::diagnostic::Severity;

fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// Something is wrong.
pub fn error(text: &str) -> String {
    paint(AnsiColor::Red.on_default().bold(), text)
}

/// All is well.
pub fn good(text: &str) -> String {
    paint(AnsiColor::Green.on_default(), text)
}

/// Headings.
pub fn bold(text: &str) -> String {
    paint(Style::new().bold(), text)
}

/// Beside the point.
pub fn dim(text: &str) -> String {
    paint(Style::new().dimmed(), text)
}

/// The label of a severity in its colour.
pub fn severity(severity: Severity) -> String {
    match severity {
        Severity::Error => error(severity.label()),
        Severity::Warning => paint(AnsiColor::Yellow.on_default().bold(), severity.label()),
        Severity::Note => paint(AnsiColor::Blue.on_default(), severity.label()),
    }
}
