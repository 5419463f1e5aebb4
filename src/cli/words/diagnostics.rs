//! Diagnostics for people: grouped by file, ordered by place, long lists cut with a count of the rest. Where there are very
//! many, the errors stand one by one and the rest by rule.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::cli::words::count;
use crate::cli::words::escape;
use crate::cli::words::style;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::Tally;
use crate::rules;
use crate::source::Origin;

/// How many diagnostics of one file are shown unless everything is asked for.
pub const SHOWN_PER_FILE: usize = 20;
/// More findings than this in all are too many to read: what is no error is then counted by rule.
const SHOWN_IN_ALL: usize = 60;
/// Rules that are named of each severity then; the others are counted.
const NAMED_RULES: usize = 15;
const VALUE_WIDTH: usize = 60;

/// `3 个错误，2 个警告`
pub fn tally(tally: Tally) -> String {
    count::diagnostics(tally.errors, tally.warnings, tally.notes)
}

/// How a list of diagnostics is shown.
pub struct Look<'a> {
    /// `-v`: nothing is left out.
    pub verbose: bool,
    /// The least grave severity that is shown.
    pub least: Severity,
    /// A diagnostic of a YAML file shown whole with its line and a caret; `None` for everything else.
    pub snippet: &'a dyn Fn(&Diagnostic) -> Option<String>,
}

/// Writes the list as text; `diagnostics` are sorted by place.
pub fn list(diagnostics: &[Diagnostic], look: &Look<'_>) -> String {
    let wanted = diagnostics.iter().filter(|diagnostic| diagnostic.severity <= look.least);
    if look.verbose || wanted.clone().count() <= SHOWN_IN_ALL {
        return one_by_one(diagnostics, look);
    }
    let errors = one_by_one(diagnostics, &Look { least: Severity::Error, ..*look });
    errors + &by_rule(&wanted.filter(|diagnostic| diagnostic.severity > Severity::Error).collect::<Vec<_>>())
}

/// What was found by each rule: how often, in how many files, and where first.
fn by_rule(found: &[&Diagnostic]) -> String {
    let mut rules: BTreeMap<(Severity, &str), Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in found {
        rules.entry((diagnostic.severity, diagnostic.code)).or_default().push(diagnostic);
    }
    let places = |found: &[&Diagnostic]| found.iter().map(|diagnostic| 1 + diagnostic.folded as usize).sum::<usize>();
    let mut rows: Vec<((Severity, &str), usize, Vec<&Diagnostic>)> =
        rules.into_iter().map(|(rule, found)| (rule, places(&found), found)).collect();
    rows.sort_by_key(|((severity, _), count, _)| (*severity, std::cmp::Reverse(*count)));
    let mut text = String::new();
    for group in rows.chunk_by(|one, other| one.0.0 == other.0.0) {
        let [((severity, code), ..), ..] = group else { continue };
        let head = format!("{}按规则归并（-v 逐条列出；看一条规则：qingdan explain {code}）", severity.label());
        text.push_str(&format!("{}\n", style::bold(&head)));
        for ((_, code), count, found) in group.iter().take(NAMED_RULES) {
            let files: BTreeSet<&str> = found.iter().map(|diagnostic| &*diagnostic.place.file).collect();
            let title = rules::find(code).map_or("", |rule| rule.title);
            let in_files = if files.len() > 1 { format!("，{} 个文件", files.len()) } else { String::new() };
            let first = found.first().map(|first| place(&first.place)).unwrap_or_default();
            text.push_str(&format!("  {code}  {title}：{count} 处{in_files}，如 {first}\n"));
        }
        if let Some(rest) = group.get(NAMED_RULES..).filter(|rest| !rest.is_empty()) {
            let count: usize = rest.iter().map(|(_, count, _)| count).sum();
            text.push_str(&style::dim(&format!("  ……另有 {} 条规则，{count} 处", rest.len())));
            text.push('\n');
        }
    }
    text.push('\n');
    text
}

fn one_by_one(diagnostics: &[Diagnostic], look: &Look<'_>) -> String {
    let mut by_file: Vec<(&str, Vec<&Diagnostic>)> = Vec::new();
    for diagnostic in diagnostics {
        match by_file.last_mut() {
            Some((file, group)) if *file == &*diagnostic.place.file => group.push(diagnostic),
            _ => by_file.push((&diagnostic.place.file, vec![diagnostic])),
        }
    }
    let mut text = String::new();
    for (_, group) in by_file {
        file(&group, look, &mut text);
    }
    text
}

fn file(group: &[&Diagnostic], look: &Look<'_>, text: &mut String) {
    let wanted: Vec<&&Diagnostic> = group.iter().filter(|diagnostic| diagnostic.severity <= look.least).collect();
    let limit = if look.verbose { usize::MAX } else { SHOWN_PER_FILE };
    // The gravest are kept when a list is cut, but what is kept stays in the order of the sheet.
    let mut kept: Vec<usize> = (0..wanted.len()).collect();
    kept.sort_by_key(|index| wanted.get(*index).map(|diagnostic| diagnostic.severity));
    kept.truncate(limit);
    kept.sort_unstable();
    for diagnostic in kept.iter().filter_map(|index| wanted.get(*index)) {
        one(diagnostic, look, text);
    }
    let mut rest: BTreeMap<Severity, usize> = BTreeMap::new();
    for (index, diagnostic) in wanted.iter().enumerate() {
        if kept.binary_search(&index).is_err() {
            *rest.entry(diagnostic.severity).or_default() += 1;
        }
    }
    if !rest.is_empty() {
        let number = |severity| rest.get(&severity).copied().unwrap_or(0);
        let words = count::diagnostics(number(Severity::Error), number(Severity::Warning), number(Severity::Note));
        text.push_str(&style::dim(&format!("……这个文件另有 {words}，加 -v 全部列出")));
        text.push('\n');
    }
    if !kept.is_empty() {
        text.push('\n');
    }
}

fn one(diagnostic: &Diagnostic, look: &Look<'_>, text: &mut String) {
    if let Some(snippet) = (look.snippet)(diagnostic) {
        text.push_str(snippet.trim_end());
        text.push('\n');
        return;
    }
    let mut first = format!("{} {}  {}", style::severity(diagnostic.severity), diagnostic.code, place(&diagnostic.place));
    if !diagnostic.field.is_empty() {
        first.push_str(&format!(" {}", escape::short(&diagnostic.field, VALUE_WIDTH)));
    }
    text.push_str(&first);
    text.push('\n');
    let mut line = |label: &str, words: &str| {
        if !words.is_empty() {
            text.push_str(&format!("    {label}{words}\n"));
        }
    };
    if let Some(value) = &diagnostic.value {
        line("读到：", &format!("“{}”", escape::short(value, VALUE_WIDTH)));
    }
    line("", &escape::visible(&diagnostic.message));
    line("改法：", &escape::visible(&diagnostic.help));
    // Rules that name the further cells have said how many there are.
    if diagnostic.folded > 0 && !diagnostic.message.contains("另有") {
        line("", &format!("同一原因还有 {} 处", diagnostic.folded));
    }
}

/// `文件 › 工作表!C7`; for text files without sheets `文件 第12行`.
pub fn place(origin: &Origin) -> String {
    let mut shown = escape::visible(&origin.file);
    if !origin.sheet.is_empty() {
        shown.push_str(&format!(" › {}", escape::visible(&origin.sheet)));
    }
    match (origin.row, origin.column) {
        (0, _) => {}
        (row, 0) => shown.push_str(&format!(" 第{row}行")),
        (row, column) if origin.sheet.is_empty() => shown.push_str(&format!(" 第{row}行第{column}列")),
        (row, column) => shown.push_str(&format!("!{}", crate::source::cell_name(row, column))),
    }
    shown
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn diagnostic(severity: Severity, row: u32) -> Diagnostic {
        Diagnostic {
            code: "R012",
            severity,
            place: Origin { file: Arc::from("inbox/甲.xlsx"), sheet: Arc::from("台账"), row, column: 3 },
            field: "整改期限".to_owned(),
            value: Some("2023.6.31\u{202e}".to_owned()),
            message: "没有这一天".to_owned(),
            help: "请写 2023-06-30".to_owned(),
            folded: 2,
        }
    }

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn a_diagnostic_says_where_what_and_what_to_do() {
        let look = Look { verbose: false, least: Severity::Note, snippet: &|_| None };
        let text = plain(&list(&[diagnostic(Severity::Error, 7)], &look));
        assert_eq!(
            text,
            "错误 R012  inbox/甲.xlsx › 台账!C7 整改期限\n    读到：“2023.6.31<U+202E>”\n    没有这一天\n    改法：请写 2023-06-30\n    同一原因还有 2 处\n\n"
        );
    }

    #[test]
    fn a_long_list_keeps_the_errors_and_counts_the_rest() {
        let mut diagnostics: Vec<Diagnostic> = (1..=30).map(|row| diagnostic(Severity::Warning, row)).collect();
        diagnostics.push(diagnostic(Severity::Error, 31));
        let check = |verbose: bool, shown: usize, rest: Option<&str>| {
            let text = plain(&list(&diagnostics, &Look { verbose, least: Severity::Note, snippet: &|_| None }));
            assert_eq!(text.matches("R012").count(), shown);
            assert!(text.contains("错误 R012"));
            assert!(rest.is_none_or(|rest| text.contains(rest)), "{text}");
        };
        check(false, SHOWN_PER_FILE, Some("另有 11 个警告"));
        check(true, 31, None);
    }

    #[test]
    fn very_many_are_counted_by_rule_and_no_error_is_left_out() {
        let mut diagnostics: Vec<Diagnostic> = (1..=70).map(|row| diagnostic(Severity::Warning, row)).collect();
        diagnostics.push(diagnostic(Severity::Error, 71));
        let text = plain(&list(&diagnostics, &Look { verbose: false, least: Severity::Note, snippet: &|_| None }));
        // Each finding stands for itself and the two folded under it.
        assert!(text.contains("错误 R012  inbox/甲.xlsx › 台账!C71"), "{text}");
        assert!(text.contains("警告按规则归并") && text.contains("：210 处，如 inbox/甲.xlsx › 台账!C1\n"), "{text}");
        assert_eq!(text.lines().count(), 9, "{text}");
    }
}
