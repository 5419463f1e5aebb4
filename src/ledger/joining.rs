//! 并入编号: which hazards are to become names of others, and which of these words cannot be carried out.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::ledger::cases::Cases;
use crate::ledger::outcome::Doubt;
use crate::ledger::outcome::Question;
use crate::records::Record;
use crate::records::UnitReading;
use crate::source::Origin;
use crate::vocabulary::Field;
use crate::vocabulary::label_key;

/// One hazard that becomes a name of another.
pub struct Join {
    pub id: String,
    pub into: String,
    pub place: Origin,
}

/// The words in the column 并入编号, laid beside the numbers of the ledger.
pub struct Joining {
    /// Every 编号 of the ledger, as it is compared, with the text and the unit.
    numbers: BTreeMap<String, (String, String)>,
    /// Numbers that became names in earlier rounds, with the hazard that they stand for now.
    names: BTreeMap<String, String>,
    asked: BTreeMap<String, (String, Origin)>,
}

impl Joining {
    /// Knows the numbers of the ledger's rows.
    pub fn new<'r>(records: impl Iterator<Item = &'r Record>, cases: &Cases) -> Joining {
        let mut numbers = BTreeMap::new();
        for record in records {
            if let Some(id) = record.values.get(Field::Id) {
                let unit = match &record.unit {
                    UnitReading::Known(index) => format!("{index}"),
                    _ => record.values.get(Field::Unit).unwrap_or_default().to_owned(),
                };
                numbers.entry(label_key(id)).or_insert_with(|| (id.to_owned(), unit));
            }
        }
        let names = cases.joined().into_iter().map(|(id, joined)| (label_key(&id), joined.into)).collect();
        Joining { numbers, names, asked: BTreeMap::new() }
    }

    /// Whether the ledger has a row with this number, or once had one that was joined.
    pub fn knows(&self, id: &str) -> bool {
        let key = label_key(id);
        self.numbers.contains_key(&key) || self.names.contains_key(&key)
    }

    /// Takes a word of the clerk.
    pub fn ask_for(&mut self, id: &str, word: &str, place: Origin) {
        self.asked.insert(id.to_owned(), (word.to_owned(), place));
    }

    /// What can be carried out, and what has to be asked, by the 编号 of its row.
    pub fn carried_out(self) -> (Vec<Join>, Vec<(String, Question)>) {
        let mut into: BTreeMap<&str, String> = BTreeMap::new();
        let mut doubts: BTreeMap<&str, Doubt> = BTreeMap::new();
        for (id, (word, _)) in &self.asked {
            match self.target(id, word) {
                Ok(target) => drop(into.insert(id, target)),
                Err(doubt) => drop(doubts.insert(id, doubt)),
            }
        }
        for id in into.keys().copied() {
            if let Some(circle) = circle(id, &into) {
                doubts.insert(id, Doubt::Circle(circle));
            }
        }
        let mut joins = Vec::new();
        let mut questions = Vec::new();
        for (id, (word, place)) in &self.asked {
            match (doubts.remove(id.as_str()), into.get(id.as_str())) {
                (Some(doubt), _) => {
                    questions.push((id.clone(), Question { place: place.clone(), title: "并入编号", text: word.clone(), doubt }));
                }
                (None, Some(target)) => joins.push(Join { id: id.clone(), into: target.clone(), place: place.clone() }),
                (None, None) => {}
            }
        }
        (joins, questions)
    }

    /// The number that a word means: written whole, or the last digits alone, of a hazard of the same unit.
    fn target(&self, id: &str, word: &str) -> Result<String, Doubt> {
        let own = self.numbers.get(&label_key(id));
        let unit = own.map_or("", |(_, unit)| unit.as_str());
        let key = label_key(word);
        let key = ["并入", "合并到", "合并至", "合并入", "同"].iter().find_map(|start| key.strip_prefix(start)).unwrap_or(&key);
        let named = self.numbers.get(key).or_else(|| self.numbers.get(&label_key(self.names.get(key)?)));
        if let Some((target, of_unit)) = named {
            return match () {
                () if target == id => Err(Doubt::IntoItself),
                () if of_unit != unit => Err(Doubt::IntoOtherUnit(target.clone())),
                () => Ok(target.clone()),
            };
        }
        let digits = key.bytes().all(|byte| byte.is_ascii_digit()) && !key.is_empty();
        let number: Option<u32> = key.parse().ok().filter(|_| digits);
        let last = |text: &str| text.rsplit_once('-').and_then(|(_, last)| last.parse::<u32>().ok());
        let mut fitting = self.numbers.values().filter(|(text, of_unit)| number.is_some() && of_unit == unit && last(text) == number);
        match (fitting.next(), fitting.next()) {
            (Some((target, _)), None) if target == id => Err(Doubt::IntoItself),
            (Some((target, _)), None) => Ok(target.clone()),
            _ => Err(Doubt::IntoUnknown),
        }
    }
}

/// The numbers of a circle that begins and ends with this one.
fn circle(id: &str, into: &BTreeMap<&str, String>) -> Option<Vec<String>> {
    let mut passed = vec![id.to_owned()];
    let mut seen = BTreeSet::from([id]);
    let mut now = id;
    while let Some(next) = into.get(now) {
        passed.push(next.clone());
        if next == id {
            return Some(passed);
        }
        if !seen.insert(next) {
            return None;
        }
        now = next;
    }
    None
}
