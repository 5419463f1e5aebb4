//! Telling what was put right in the ledger before the merge: a few things one by one, many as one message.

use crate::diagnostic::Diagnostic;
use crate::ledger::register::PutRight;
use crate::ledger::register::PutRightKind;
use crate::rules::Rule;
use crate::rules::rule::LedgerContext;

/// More things of one kind than this are one message.
const MOST_ALONE: usize = 5;

/// Tells everything of one kind; `words` words one of them, and `many` begins the message for all of them.
pub fn tell(
    rule: &Rule,
    kind: PutRightKind,
    field: &str,
    context: &LedgerContext<'_>,
    diagnostics: &mut Vec<Diagnostic>,
    words: impl Fn(&PutRight) -> String,
    many: &str,
) {
    let found: Vec<&PutRight> = context.outcome.put_right.iter().filter(|put_right| put_right.kind == kind).collect();
    if found.len() <= MOST_ALONE {
        let value = |put_right: &PutRight| (!put_right.written.is_empty()).then(|| put_right.written.clone());
        diagnostics.extend(found.iter().map(|one| rule.diagnostic(one.place.clone(), field, value(one), words(one))));
        return;
    }
    let Some(first) = found.first() else { return };
    let mut ids: Vec<&str> = found.iter().map(|one| one.id.as_str()).filter(|id| !id.is_empty()).take(MOST_ALONE).collect();
    ids.dedup();
    let named = if ids.is_empty() { words(first) } else { format!("{} 等", ids.join("、")) };
    let mut told = rule.diagnostic(first.place.clone(), field, None, format!("{many}，共 {} 行：{named}", found.len()));
    told.folded = u32::try_from(found.len() - 1).unwrap_or(u32::MAX);
    diagnostics.push(told);
}
