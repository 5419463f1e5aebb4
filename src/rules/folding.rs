//! One cause, one message: what a rule finds again and again in a sheet is folded with a count.
//!
//! Warnings and notes of one column become one when they are many; so do errors that say the same in the same words. Other
//! errors are asked for cell by cell up to a ceiling, and the rest is counted under the last one.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::findings::fold_under;

/// More warnings or notes of one rule in one column than this become one.
const MOST_ALIKE: usize = 20;
/// Errors of one rule in one sheet beyond this are only counted.
const MOST_ERRORS: usize = 200;
/// More errors of one rule in one column than this that say the same become one.
const MOST_SAME: usize = 4;
/// How many places are remembered beyond the ones that are kept.
const REMEMBERED: usize = 2_000;
/// How many other sheets are named.
const NAMED_SHEETS: usize = 3;

/// What one rule found in one sheet.
#[derive(Default)]
pub struct Folder {
    /// By column; errors all under 0.
    groups: BTreeMap<u32, Group>,
}

#[derive(Default)]
struct Group {
    kept: Vec<Diagnostic>,
    /// Findings that are not kept, and the first of their places.
    further: u32,
    places: Vec<(u32, u32)>,
}

impl Folder {
    /// Takes findings over; keeps the first ones and counts the rest.
    pub fn take(&mut self, found: &mut Vec<Diagnostic>) {
        for diagnostic in found.drain(..) {
            let error = diagnostic.severity == Severity::Error;
            let group = self.groups.entry(if error { 0 } else { diagnostic.place.column }).or_default();
            if group.kept.len() < if error { MOST_ERRORS } else { MOST_ALIKE } {
                group.kept.push(diagnostic);
                continue;
            }
            group.further += 1 + diagnostic.folded;
            if group.places.len() < REMEMBERED {
                group.places.push((diagnostic.place.row, diagnostic.place.column));
            }
        }
    }

    /// What is to be told.
    pub fn finish(self, into: &mut Vec<Diagnostic>) {
        for (_, group) in self.groups {
            let errors = group.kept.first().is_some_and(|first| first.severity == Severity::Error);
            if !errors && group.further == 0 {
                into.extend(group.kept);
                continue;
            }
            let mut causes: BTreeMap<(u32, String), Vec<Diagnostic>> = BTreeMap::new();
            for diagnostic in group.kept {
                // Many warnings of one column are one cause whatever they say.
                let words = if errors { diagnostic.message.clone() } else { String::new() };
                causes.entry((diagnostic.place.column, words)).or_default().push(diagnostic);
            }
            let mut told: Vec<Diagnostic> = Vec::new();
            let mut counted = Some((group.further, group.places));
            for (_, same) in causes {
                if errors && same.len() <= MOST_SAME {
                    told.extend(same);
                    continue;
                }
                let mut places: Vec<(u32, u32)> = same[1..].iter().map(|one| (one.place.row, one.place.column)).collect();
                let mut count: u32 = same[1..].iter().map(|one| 1 + one.folded).sum();
                if !errors && let Some((further, rest)) = counted.take() {
                    count += further;
                    places.extend(rest);
                }
                if let Some(mut bearer) = same.into_iter().next() {
                    fold_under(&mut bearer, count, &places);
                    told.push(bearer);
                }
            }
            told.sort_by_key(|one| (one.place.row, one.place.column));
            if let (Some((further, places)), Some(bearer)) = (counted.filter(|(further, _)| *further > 0), told.last_mut()) {
                fold_under(bearer, further, &places);
            }
            into.append(&mut told);
        }
    }
}

/// The same finding at the same cell of more sheets than this is told once for the file.
const MOST_SHEETS: usize = 3;

/// Folds what is wrong alike in many sheets of one file: the twelve months of a form without a header are one cause.
pub fn fold_sheets(diagnostics: &mut Vec<Diagnostic>) {
    let mut alike: BTreeMap<(&'static str, String, u32, u32), Vec<usize>> = BTreeMap::new();
    for (index, diagnostic) in diagnostics.iter().enumerate().filter(|(_, diagnostic)| !diagnostic.place.sheet.is_empty()) {
        let key = (diagnostic.code, diagnostic.message.clone(), diagnostic.place.row, diagnostic.place.column);
        alike.entry(key).or_default().push(index);
    }
    let mut dropped = Vec::new();
    for indexes in alike.into_values().filter(|indexes| indexes.len() > MOST_SHEETS) {
        let names: Vec<&str> = indexes[1..].iter().take(NAMED_SHEETS).map(|index| diagnostics[*index].place.sheet.as_ref()).collect();
        let more = if names.len() < indexes.len() - 1 { "…" } else { "" };
        let further = format!("（另有 {} 张表也是这样：{}{more}）", indexes.len() - 1, names.join("、"));
        let folded: u32 = indexes[1..].iter().map(|index| 1 + diagnostics[*index].folded).sum();
        let bearer = &mut diagnostics[indexes[0]];
        bearer.message.push_str(&further);
        bearer.folded += folded;
        dropped.extend_from_slice(&indexes[1..]);
    }
    dropped.sort_unstable();
    for index in dropped.into_iter().rev() {
        diagnostics.remove(index);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Folder;
    use crate::diagnostic::Diagnostic;
    use crate::diagnostic::Severity;
    use crate::source::Origin;

    /// How many are told of so many found, how many the bearer counts, and how its message ends.
    fn check(severity: Severity, same: bool, found: u32, told: usize, folded: u32, ending: &str) {
        let mut folder = Folder::default();
        for row in 1..=found {
            let place = Origin { file: Arc::from("甲.csv"), sheet: Arc::from("甲"), row, column: 3 };
            let message = if same { "问题".to_owned() } else { format!("问题{row}") };
            let one =
                Diagnostic { code: "R001", severity, place, field: String::new(), value: None, message, help: String::new(), folded: 0 };
            folder.take(&mut vec![one]);
        }
        let mut out = Vec::new();
        folder.finish(&mut out);
        assert_eq!(out.len(), told);
        assert_eq!(out.iter().map(|diagnostic| diagnostic.folded).sum::<u32>(), folded);
        assert_eq!(told as u32 + folded, found, "nothing is lost");
        assert!(out.last().is_none_or(|last| last.message.ends_with(ending)), "{:?}", out.last());
    }

    #[test]
    fn many_alike_become_one() {
        check(Severity::Warning, true, 0, 0, 0, "");
        check(Severity::Warning, true, 20, 20, 0, "问题");
        check(Severity::Warning, false, 21, 1, 20, "问题1（另有 20 处：C2 至 C21）");
        check(Severity::Note, true, 5000, 1, 4999, "（另有 4999 处：C2 至 C2020…）");
        check(Severity::Error, false, 200, 200, 0, "问题200");
        check(Severity::Error, false, 202, 200, 2, "（另有 2 处：C201、C202）");
        check(Severity::Error, true, 4, 4, 0, "问题");
        check(Severity::Error, true, 60, 1, 59, "问题（另有 59 处：C2 至 C60）");
    }
}
