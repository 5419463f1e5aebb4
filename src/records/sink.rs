//! Collecting facts: what repeats down a column is folded into one fact that names the further rows.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::Hash;
use std::hash::Hasher;
use std::mem::Discriminant;
use std::mem::discriminant;

use crate::records::fact::Fact;
use crate::records::fact::FactKind;
use crate::source::shortened;
use crate::vocabulary::is_count;

/// Characters of a cell that a fact repeats; a message is no place for a whole page.
const LONGEST_VALUE: usize = 120;

/// So many equal cells are asked one by one; more become one question.
const MOST_ASKED: usize = 4;

/// True for facts that only the sender can answer, cell by cell.
fn is_asked(kind: &FactKind) -> bool {
    matches!(
        kind,
        FactKind::ChoiceUnclear { .. }
            | FactKind::StatusFromShare(_)
            | FactKind::StatusUnreadable
            | FactKind::UnrecognisedRow(_)
            | FactKind::DescriptionEmpty
            | FactKind::PerhapsZero
            | FactKind::SoundsInOrder
            | FactKind::PassedButHazard
    )
}

/// The facts of one sheet while it is being read.
#[derive(Default)]
pub struct FactSink {
    facts: Vec<Fact>,
    folded: HashMap<(Discriminant<FactKind>, u32, u64), usize>,
    /// The first facts folded under one that is asked, in case there are too few of them.
    spared: HashMap<usize, Vec<Fact>>,
}

impl FactSink {
    /// Records a fact; one that says the same of the same column as an earlier one is folded under it.
    pub fn push(&mut self, row: u32, column: u32, title: &str, value: &str, kind: FactKind) {
        let value = shortened(value, LONGEST_VALUE);
        let value = value.as_ref();
        let sub = match &kind {
            FactKind::DateNote { note, .. } => hash(&discriminant(note)),
            FactKind::UnitByAlias(_) | FactKind::UnitUnknown { .. } | FactKind::UnitAmbiguous { .. } => hash(&value),
            FactKind::LevelUnreadable | FactKind::StatusUnreadable | FactKind::StatusFromShare(_) => hash(&value),
            FactKind::ChoiceUnclear { doubt, .. } => hash(&(doubt, value)),
            FactKind::FilledFromMerge(field) | FactKind::FilledDown(field) | FactKind::Ditto(field) | FactKind::FromLeft(field) => {
                hash(field)
            }
            FactKind::UnrecognisedRow(columns) => hash(columns),
            // A column of counts is one question.
            FactKind::DescriptionEmpty => hash(if is_count(value) { "" } else { value }),
            FactKind::ChecklistUnfilled
            | FactKind::PerhapsZero
            | FactKind::SoundsInOrder
            | FactKind::PassedButHazard
            | FactKind::FundsConverted(_)
            | FactKind::PhoneCleaned(_)
            | FactKind::MovingText(_)
            | FactKind::InvisibleCharacters
            | FactKind::UntitledColumn
            | FactKind::DepartmentInUnitColumn
            | FactKind::UnitBelow
            | FactKind::HiddenRow
            | FactKind::RowAboveHeader
            | FactKind::TemplateRow
            | FactKind::UnitMissing
            | FactKind::UnitFromMetadata
            | FactKind::UnitFromSheetName
            | FactKind::UnitFromFileName
            | FactKind::UnitFromSender(_)
            | FactKind::StatusFromColumn(_)
            | FactKind::ClosedByUnit
            | FactKind::RepeatedHeader
            | FactKind::WideRow(_) => 0,
            // Everything else is asked of the sender cell by cell.
            _ => {
                self.facts.push(Fact { row, column, title: title.to_owned(), value: value.to_owned(), kind, further_rows: Vec::new() });
                return;
            }
        };
        let key = (discriminant(&kind), column, sub);
        if let Some(index) = self.folded.get(&key) {
            let first = &mut self.facts[*index];
            if first.row == row {
                return;
            }
            first.further_rows.push(row);
            if first.further_rows.len() < MOST_ASKED && is_asked(&kind) {
                let fact = Fact { row, column, title: title.to_owned(), value: value.to_owned(), kind, further_rows: Vec::new() };
                self.spared.entry(*index).or_default().push(fact);
            }
            return;
        }
        self.folded.insert(key, self.facts.len());
        self.facts.push(Fact { row, column, title: title.to_owned(), value: value.to_owned(), kind, further_rows: Vec::new() });
    }

    /// True if a fact of some kind was recorded.
    pub fn has(&self, wanted: impl Fn(&FactKind) -> bool) -> bool {
        self.facts.iter().any(|fact| wanted(&fact.kind))
    }

    /// Everything collected, by place. What is asked of the sender is folded only where it is many times the same.
    pub fn finish(mut self) -> Vec<Fact> {
        for index in 0..self.facts.len() {
            let fact = &mut self.facts[index];
            if fact.further_rows.len() < MOST_ASKED && is_asked(&fact.kind) {
                fact.further_rows.clear();
                self.facts.extend(self.spared.remove(&index).unwrap_or_default());
            }
        }
        self.facts.sort_by_key(|fact| (fact.row, fact.column));
        self.facts
    }
}

fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
