//! One hazard as the lines of the history leave it, up to any line.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::ledger::history::HistoryEntry;
use crate::source::Origin;
use crate::vocabulary::Field;

/// A line with its number.
pub type NumberedEntry = (u64, HistoryEntry);

/// What a hazard was after some lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replayed {
    /// Field key or title of an unknown column, and its text; blank ones are not in here.
    pub values: BTreeMap<String, String>,
    /// The day of the submission that a field's value comes from; hand edits have none.
    pub dates: BTreeMap<String, NaiveDate>,
    /// The row that last said something.
    pub origin: Option<Origin>,
    pub submitted_on: Option<NaiveDate>,
}

impl Replayed {
    /// The text of a field or column; `None` when blank.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }

    fn take(&mut self, line: &HistoryEntry, ledger_file: &str) {
        let reported = *line.from.file != *ledger_file;
        for (key, _, new) in &line.set {
            if new.is_empty() {
                self.values.remove(key);
            } else {
                self.values.insert(key.clone(), new.clone());
            }
            match line.submitted_on.filter(|_| reported) {
                Some(day) => drop(self.dates.insert(key.clone(), day)),
                None => drop(self.dates.remove(key)),
            }
        }
        let noted = line.set.iter().find(|(key, ..)| key == Field::SubmittedOn.key()).and_then(|(_, _, day)| day.parse().ok());
        let day = noted.or(line.submitted_on);
        if !line.set.is_empty() && (reported && day >= self.submitted_on || self.origin.is_none()) {
            // Of several rows of one day the first place is where the hazard comes from.
            if day > self.submitted_on || self.origin.as_ref().is_none_or(|origin| line.from < *origin) {
                self.origin = Some(line.from.clone());
            }
            self.submitted_on = day.filter(|_| reported);
        }
    }
}

/// Replays the lines of one hazard, in their order.
pub fn replay<'a>(lines: impl IntoIterator<Item = &'a HistoryEntry>, ledger_file: &str) -> Replayed {
    let mut state = Replayed::default();
    lines.into_iter().for_each(|line| state.take(line, ledger_file));
    state
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn line(day: u32, file: &str, set: &[(&str, &str)]) -> HistoryEntry {
        HistoryEntry {
            id: "a-A-001".to_owned(),
            from: Origin { file: Arc::from(file), sheet: Arc::from(""), row: 2, column: 0 },
            submitted_on: NaiveDate::from_ymd_opt(2023, 7, day),
            set: set.iter().map(|(key, new)| ((*key).to_owned(), None, (*new).to_owned())).collect(),
            event: None,
            case: None,
        }
    }

    #[test]
    fn the_last_word_on_each_field_stands() {
        let lines = [
            line(7, "a.csv", &[("description", "堆物"), ("status", "待整改"), ("remark", "急")]),
            line(21, "b.csv", &[("status", "已整改")]),
            line(22, "ledger.xlsx", &[("remark", ""), ("status", "已销号")]),
        ];
        let check = |until: usize, status: &str, remark: Option<&str>, file: &str, day: u32, of_status: Option<u32>| {
            let state = replay(&lines[..until], "ledger.xlsx");
            assert_eq!((state.text("status"), state.text("remark")), (Some(status), remark));
            assert_eq!(state.origin.as_ref().map(|origin| origin.file.as_ref()), Some(file));
            assert_eq!(state.submitted_on, NaiveDate::from_ymd_opt(2023, 7, day));
            assert_eq!(state.dates.get("status").copied(), of_status.and_then(|day| NaiveDate::from_ymd_opt(2023, 7, day)));
        };
        check(1, "待整改", Some("急"), "a.csv", 7, Some(7));
        check(2, "已整改", Some("急"), "b.csv", 21, Some(21));
        check(3, "已销号", None, "b.csv", 21, None);
    }
}
