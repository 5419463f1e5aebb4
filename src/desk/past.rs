//! A ledger as it was known on past days, with the help of its history: one reading of both for all the days.
//!
//! A first pass over the history finds the hazards from which anything is taken back, a second one holds the lines of these
//! alone, so that a long history is never held whole. What was known is for `ledger::as_known` to say.

use std::collections::HashMap;
use std::path::PathBuf;

use chrono::NaiveDate;

use crate::campaign::Ground;
use crate::desk::Refusal;
use crate::files::history::each_line;
use crate::ledger::HistoryEntry;
use crate::ledger::Known;
use crate::ledger::Ledger;
use crate::ledger::Past;
use crate::ledger::as_known;
use crate::ledger::history;
use crate::ledger::register::LastSaid;
use crate::vocabulary::Field;

/// The ledgers of past days.
pub struct LedgersAsKnown {
    /// In the order of the days that were asked for.
    pub known: Vec<Known>,
    /// Numbers of the history's lines that could not be read; what they said is not taken back.
    pub unread_lines: Vec<u32>,
}

/// What a history says of the time after the earliest day.
#[derive(Default)]
struct Later {
    /// The date of its newest line.
    newest_line: Option<NaiveDate>,
    /// Until when each hazard changed; only hazards that changed after the earliest day.
    changed_until: HashMap<String, NaiveDate>,
    unread_lines: Vec<u32>,
}

/// The history of a ledger: its lines on the disk, and after them those of a merge that is not written yet.
pub struct History<'a> {
    pub path: PathBuf,
    pub unwritten: &'a [u8],
}

impl History<'_> {
    /// Calls `line` with each line, numbered from 1.
    fn each_line(&self, mut line: impl FnMut(u32, &[u8])) -> Result<(), Refusal> {
        let mut last = 0;
        each_line(&self.path, |number, bytes| {
            last = number;
            line(number, bytes);
        })?;
        for (number, bytes) in (last.saturating_add(1)..).zip(self.unwritten.split(|byte| *byte == b'\n')) {
            line(number, bytes.trim_ascii());
        }
        Ok(())
    }
}

/// Gives a ledger as it was known on each of the days; `name` is the ledger's own, under which edits by hand stand in the history.
pub fn ledgers_as_known(
    ground: Ground<'_>,
    ledger: Ledger,
    history: &History<'_>,
    name: &str,
    days: &[NaiveDate],
) -> Result<LedgersAsKnown, Refusal> {
    let Some((last, others)) = days.split_last() else { return Ok(LedgersAsKnown { known: Vec::new(), unread_lines: Vec::new() }) };
    let (earliest, latest) = others.iter().fold((*last, *last), |(earliest, latest), day| (earliest.min(*day), latest.max(*day)));
    let later = Later::of(&ledger, earliest, history)?;
    let entries = if later.newest_line > Some(earliest) { later.entries(latest, history)? } else { Vec::new() };
    let on = |ledger: Ledger, day: NaiveDate| {
        if later.newest_line <= Some(day) {
            return Known { ledger, ..Known::default() };
        }
        let lines: Vec<&HistoryEntry> = entries.iter().filter(|line| later.changed_until.get(&line.id) > Some(&day)).collect();
        as_known(ledger, &Past { ground: ground.on(day), history: &lines, ledger_file: name })
    };
    let mut known: Vec<Known> = others.iter().map(|day| on(ledger.clone(), *day)).collect();
    known.push(on(ledger, *last));
    Ok(LedgersAsKnown { known, unread_lines: later.unread_lines })
}

/// Notes when each hazard without a found day was first reported, as far as that could lie after the as-of day. Reads the history
/// only where it does.
///
/// # Errors
/// The history is there and cannot be read.
pub fn note_first_reports(ledger: &mut Ledger, history: &History<'_>, as_of: NaiveDate) -> Result<(), Refusal> {
    let mut first: HashMap<String, NaiveDate> = (ledger.hazards.iter())
        .filter(|hazard| hazard.found_on.day().is_none())
        .filter_map(|hazard| Some((hazard.id.clone(), hazard.submitted_on.filter(|day| *day > as_of)?)))
        .collect();
    if first.is_empty() {
        return Ok(());
    }
    history.each_line(|_, line| {
        let Some(line) = history::glance(line) else { return };
        if let (Some(known), Some(day)) = (first.get_mut(line.id()), line.submitted_on) {
            *known = day.min(*known);
        }
    })?;
    for hazard in &mut ledger.hazards {
        hazard.first_reported = first.get(&hazard.id).copied();
    }
    Ok(())
}

impl Later {
    fn of(ledger: &Ledger, earliest: NaiveDate, history: &History<'_>) -> Result<Later, Refusal> {
        let mut later = Later::default();
        let mut last_said = LastSaid::default();
        history.each_line(|number, line| match history::glance(line) {
            Some(line) => {
                if let Some(day) = line.submitted_on {
                    later.newest_line = later.newest_line.max(Some(day));
                    later.note(line.id(), day, earliest);
                }
                last_said.note_line(&line);
            }
            None if line.is_empty() || history::outline(line).is_some() => {}
            None => later.unread_lines.push(number),
        })?;
        for hazard in &ledger.hazards {
            // Typed by hand after the last merge: later than every day.
            let changed = if last_said.differs_from(hazard) { Some(NaiveDate::MAX) } else { hazard.submitted_on };
            if let Some(day) = changed {
                later.note(&hazard.id, day, earliest);
            }
        }
        Ok(later)
    }

    /// The lines of the hazards that changed, in their order. Of one first reported after all the days nothing but that is held.
    fn entries(&self, latest: NaiveDate, history: &History<'_>) -> Result<Vec<HistoryEntry>, Refusal> {
        let mut entries = Vec::new();
        let mut first_reported_later: HashMap<&str, bool> = HashMap::new();
        history.each_line(|_, line| {
            let Some((id, _)) = history::id(line).and_then(|id| self.changed_until.get_key_value(id.as_ref())) else { return };
            if first_reported_later.get(id.as_str()) == Some(&true) {
                return;
            }
            let Some(mut entry) = history::read(line) else { return };
            let begins_later = || entry.begins_hazard() && entry.submitted_on > Some(latest);
            if *first_reported_later.entry(id).or_insert_with(begins_later) {
                entry.set.retain(|(key, ..)| key == Field::Description.key());
                entry.set.shrink_to_fit();
            }
            entries.push(entry);
        })?;
        Ok(entries)
    }

    fn note(&mut self, id: &str, day: NaiveDate, earliest: NaiveDate) {
        if day <= earliest {
            return;
        }
        match self.changed_until.get_mut(id) {
            Some(known) => *known = day.max(*known),
            None => drop(self.changed_until.insert(id.to_owned(), day)),
        }
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods)] // The workspace that is read is made here.
mod tests {
    use super::*;
    use crate::desk::Desk;
    use crate::desk::Place;

    #[test]
    fn a_ledger_is_read_once_for_all_days() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in [
            ("campaign.yaml", "campaign: a\ntitle: 甲\nissuer: 乙\nperiod: {start: 2023-05-20, end: 2023-12-31}\nunits: units.csv\n"),
            ("units.csv", "编码,单位名称\nA,甲院\n"),
            ("ledger.csv", "编号,单位名称,隐患描述,状态,来源,最近报送\na-A-001,甲院,堆物,已整改,b.csv 第2行,2023-07-21\n"),
            (
                "history.jsonl",
                "{\"id\":\"a-A-001\",\"submitted_on\":\"2023-07-07\",\"file\":\"a.csv\",\"row\":2,\"set\":{\"description\":\"堆物\",\"status\":\"待整改\"}}\n\
                 坏行\n\
                 {\"id\":\"a-A-001\",\"submitted_on\":\"2023-07-21\",\"file\":\"b.csv\",\"row\":2,\"set\":{\"status\":\"已整改\"},\"old\":{\"status\":\"待整改\"}}\n",
            ),
        ] {
            std::fs::write(folder.path().join(name), text).expect("written");
        }
        let day = |day: u32| NaiveDate::from_ymd_opt(2023, 7, day).expect("a date");
        let as_of = day(21);
        let place = Place { start: folder.path().to_path_buf(), campaign: None };
        let desk = Desk::open(&place, as_of).unwrap_or_else(|_| panic!("the workspace reads"));
        let path = desk.workspace.ledger();
        let ledger = desk.ledger(&path).unwrap_or_else(|_| panic!("the ledger reads"));
        let days = [21, 14, 6].map(day);
        let LedgersAsKnown { known, unread_lines } = ledgers_as_known(
            desk.ground(),
            ledger,
            &History { path: desk.workspace.history_of(&path), unwritten: b"" },
            "ledger.csv",
            &days,
        )
        .unwrap_or_else(|_| panic!("the history reads"));
        assert_eq!(unread_lines, [2]);
        let found: Vec<_> = known
            .iter()
            .map(|known| {
                let status = known.ledger.hazards.first().and_then(|hazard| hazard.text(Field::Status));
                (known.ledger.hazards.len(), status, known.undone)
            })
            .collect();
        assert_eq!(found, [(1, Some("已整改"), 0), (1, Some("待整改"), 1), (0, None, 0)]);
    }
}
