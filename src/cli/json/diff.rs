//! `diff --format json`: what came, went and changed between two ledgers, then the sums.

use serde::Serialize;

use crate::render::json::filled;
use crate::results::Difference;
use crate::results::difference::ChangeKind;
use crate::results::difference::Counts;

#[derive(Debug, Serialize)]
pub struct DiffJson<'a> {
    old: &'a str,
    new: &'a str,
    as_of: String,
    old_as_of: String,
    added: Vec<&'a str>,
    removed: Vec<&'a str>,
    changed: Vec<ChangedJson<'a>>,
    backwards: Vec<BackwardsJson<'a>>,
    progress: Vec<ProgressJson<'a>>,
    newly_overdue: Vec<&'a str>,
    summary: SummaryJson<'a>,
}

#[derive(Debug, Serialize)]
struct ChangedJson<'a> {
    id: &'a str,
    unit: &'a str,
    state: Option<&'a str>,
    fields: Vec<FieldJson<'a>>,
}

#[derive(Debug, Serialize)]
struct FieldJson<'a> {
    field: &'a str,
    old: Option<&'a str>,
    new: Option<&'a str>,
    kind: &'a str,
}

#[derive(Debug, Serialize)]
struct BackwardsJson<'a> {
    id: &'a str,
    reason: &'a str,
    field: &'a str,
    old: Option<&'a str>,
    new: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct ProgressJson<'a> {
    id: &'a str,
    kind: &'a str,
}

#[derive(Debug, Serialize)]
struct SummaryJson<'a> {
    #[serde(flatten)]
    counts: CountsJson,
    derived: usize,
    by_unit: Vec<UnitJson<'a>>,
}

#[derive(Debug, Serialize)]
struct UnitJson<'a> {
    unit: &'a str,
    #[serde(flatten)]
    counts: CountsJson,
}

#[derive(Debug, Serialize)]
struct CountsJson {
    old: u32,
    new: u32,
    added: u32,
    removed: u32,
    changed: u32,
    unchanged: u32,
    backwards: u32,
    rectified: u32,
    closed_out: u32,
    withdrawn: u32,
    extended: u32,
    newly_overdue: u32,
}

impl CountsJson {
    fn of(counts: &Counts) -> CountsJson {
        CountsJson {
            old: counts.old,
            new: counts.new,
            added: counts.added,
            removed: counts.removed,
            changed: counts.changed,
            unchanged: counts.unchanged,
            backwards: counts.backwards,
            rectified: counts.rectified,
            closed_out: counts.closed_out,
            withdrawn: counts.withdrawn,
            extended: counts.extended,
            newly_overdue: counts.newly_overdue,
        }
    }
}

impl<'a> DiffJson<'a> {
    /// The whole answer; `old` and `new` are the names of the two files.
    pub fn of(difference: &'a Difference<'a>, old: &'a str, new: &'a str) -> DiffJson<'a> {
        DiffJson {
            old,
            new,
            as_of: difference.as_of.to_string(),
            old_as_of: difference.old_as_of.to_string(),
            added: difference.added.iter().map(|added| added.hazard.id.as_str()).collect(),
            removed: difference.removed.iter().map(|removed| removed.hazard.id.as_str()).collect(),
            changed: changed(difference),
            backwards: backwards(difference),
            progress: progress(difference),
            newly_overdue: difference.newly_overdue.iter().map(|hazard| hazard.id.as_str()).collect(),
            summary: SummaryJson {
                counts: CountsJson::of(&difference.counts),
                derived: difference.derived.len(),
                by_unit: difference
                    .by_unit
                    .iter()
                    .map(|unit| UnitJson { unit: &unit.unit, counts: CountsJson::of(&unit.counts) })
                    .collect(),
            },
        }
    }
}

fn changed<'a>(difference: &'a Difference<'a>) -> Vec<ChangedJson<'a>> {
    let of_hazard = difference.changed.iter().map(|changed| {
        let fields = changed.fields.iter().map(|field| FieldJson {
            field: field.column.key(),
            old: filled(&field.old),
            new: filled(&field.new),
            kind: field.kind.key(),
        });
        ChangedJson {
            id: &changed.new.id,
            unit: &changed.new.unit,
            state: changed.state.map(|(state, _)| state.key()),
            fields: fields.collect(),
        }
    });
    of_hazard.collect()
}

fn backwards<'a>(difference: &'a Difference<'a>) -> Vec<BackwardsJson<'a>> {
    let items = difference.backwards().into_iter().map(|item| BackwardsJson {
        id: item.hazard,
        reason: item.reason.key(),
        field: item.column.key(),
        old: filled(item.old),
        new: filled(item.new),
    });
    items.collect()
}

fn progress<'a>(difference: &'a Difference<'a>) -> Vec<ProgressJson<'a>> {
    let mut steps = Vec::new();
    for changed in &difference.changed {
        for field in &changed.fields {
            if let ChangeKind::Progress(progress) = field.kind {
                steps.push(ProgressJson { id: &changed.new.id, kind: progress.key() });
            }
        }
    }
    steps
}
