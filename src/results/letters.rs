//! Which letters of the escalation ladder are due on the as-of day, and which were issued: the overdue result laid beside the register.
//!
//! A letter is due for a unit and a step of the ladder, about every hazard that has reached the step and of which no letter of this
//! step or a later one went out since its deadline. A letter of the time before the deadline belongs to an earlier count: an extension
//! lifts the hazard off the ladder, and after it the ladder begins anew. What is dated after the as-of day was not issued yet.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::ledger::Hazard;
use crate::ledger::Ledger;
use crate::registers::IssuedLetter;
use crate::results::overdue::Overdue;
use crate::results::overdue::OverdueState;

/// What was issued by the as-of day, and what is due then.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LetterStandings {
    /// By day, then by row of the register.
    pub issued: Vec<IssuedLetter>,
    /// For each hazard that a letter names, by its 编号: indices into `issued`, oldest first.
    of_hazard: BTreeMap<String, Vec<usize>>,
    /// In the order of the roster, and of one unit the gravest step first.
    pub due: Vec<DueLetter>,
    /// Indices into [`Overdue::items`] that have reached a step and whose unit is on no roster.
    pub unplaced: Vec<usize>,
    /// 编号 in the register that the ledger does not have.
    pub strangers: Vec<String>,
}

/// How many letters of a step there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LetterCounts {
    /// Issued from a day on.
    pub recent: usize,
    /// Issued at all.
    pub issued: usize,
    pub due: usize,
}

/// A letter to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueLetter {
    /// Index into the roster.
    pub unit: usize,
    /// Index into [`Campaign::escalation`].
    pub rung: usize,
    /// Indices into [`Overdue::items`], in the order of the ledger.
    pub items: Vec<usize>,
    /// Indices into [`LetterStandings::issued`]: letters about any of these hazards, oldest first.
    pub earlier: Vec<usize>,
}

impl LetterStandings {
    /// The letters about a hazard, oldest first.
    pub fn about(&self, hazard: &Hazard) -> impl DoubleEndedIterator<Item = &IssuedLetter> {
        self.of_hazard.get(&hazard.id).into_iter().flatten().filter_map(|letter| self.issued.get(*letter))
    }

    /// The newest letter about a hazard.
    pub fn last(&self, hazard: &Hazard) -> Option<&IssuedLetter> {
        self.about(hazard).next_back()
    }

    /// Counts all letters; the recent ones are those since a day.
    pub fn counts(&self, since: NaiveDate) -> LetterCounts {
        let recent = self.issued.iter().filter(|letter| letter.on >= since).count();
        LetterCounts { recent, issued: self.issued.len(), due: self.due.len() }
    }

    /// Counts the letters of each step, in the order of the ladder, then of steps that it does not have any more.
    pub fn counts_by_step<'a>(&'a self, campaign: &'a Campaign, since: NaiveDate) -> Vec<(&'a str, LetterCounts)> {
        let mut steps: Vec<&str> = campaign.escalation.iter().map(|rung| rung.step.as_str()).collect();
        for letter in self.issued.iter().filter(|letter| letter.rung.is_none()) {
            if !steps.contains(&letter.step.as_str()) {
                steps.push(&letter.step);
            }
        }
        let of_step = |(index, step): (usize, &'a str)| {
            let is_of = |letter: &&IssuedLetter| letter.rung.map_or(letter.step == step, |rung| rung == index);
            let issued: Vec<&IssuedLetter> = self.issued.iter().filter(is_of).collect();
            let recent = issued.iter().filter(|letter| letter.on >= since).count();
            let due = self.due.iter().filter(|due| due.rung == index).count();
            (step, LetterCounts { recent, issued: issued.len(), due })
        };
        steps.into_iter().enumerate().map(of_step).collect()
    }

    /// How many letters are due at each rung of the ladder that has any, the gravest first.
    pub fn due_by_rung(&self) -> Vec<(usize, usize)> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        self.due.iter().for_each(|due| *counts.entry(due.rung).or_default() += 1);
        counts.into_iter().rev().collect()
    }
}

/// Lays the register beside the overdue result; both are of the same ledger and campaign.
pub fn letter_standings(register: &[IssuedLetter], campaign: &Campaign, ledger: &Ledger, overdue: &Overdue) -> LetterStandings {
    let mut issued: Vec<IssuedLetter> = register.iter().filter(|letter| letter.on <= overdue.as_of).cloned().collect();
    issued.sort_by_key(|letter| (letter.on, letter.row));
    let mut of_hazard: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, letter) in issued.iter().enumerate() {
        for hazard in &letter.hazards {
            let letters = of_hazard.entry(hazard.clone()).or_default();
            if letters.last() != Some(&index) {
                letters.push(index);
            }
        }
    }
    let mut standings = LetterStandings { issued, of_hazard, ..LetterStandings::default() };
    let mut due: BTreeMap<(usize, Reverse<usize>), Vec<usize>> = BTreeMap::new();
    for (index, item) in overdue.items.iter().enumerate().filter(|(_, item)| item.state == OverdueState::Overdue) {
        let reached = item.step.as_ref().and_then(|step| campaign.escalation.iter().position(|rung| rung.step == *step));
        let (Some(hazard), Some(rung)) = (ledger.hazards.get(item.hazard), reached) else { continue };
        let is_sent = standings.about(hazard).any(|letter| is_of_this_count(letter.on, item.deadline) && letter.rung >= Some(rung));
        match hazard.unit_index {
            _ if is_sent => {}
            Some(unit) => due.entry((unit, Reverse(rung))).or_default().push(index),
            None => standings.unplaced.push(index),
        }
    }
    let all = due.into_iter().map(|((unit, Reverse(rung)), items)| {
        let hazards = items.iter().filter_map(|item| ledger.hazards.get(overdue.items.get(*item)?.hazard));
        let mut earlier: Vec<usize> = hazards.filter_map(|hazard| standings.of_hazard.get(&hazard.id)).flatten().copied().collect();
        earlier.sort_unstable();
        earlier.dedup();
        DueLetter { unit, rung, items, earlier }
    });
    standings.due = all.collect();
    if !standings.of_hazard.is_empty() {
        let known: BTreeSet<&str> = ledger.hazards.iter().map(|hazard| hazard.id.as_str()).collect();
        standings.strangers = standings.of_hazard.keys().filter(|id| !known.contains(id.as_str())).cloned().collect();
    }
    standings
}

/// True for a letter sent since the deadline that counts now.
fn is_of_this_count(sent: NaiveDate, deadline: Option<NaiveDate>) -> bool {
    deadline.is_none_or(|deadline| sent > deadline)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::Ground;
    use crate::campaign::Roster;
    use crate::campaign::model::EscalationStep;
    use crate::dates::DateReading;
    use crate::results;
    use crate::results::three_lists::sample;
    use crate::results::three_lists::sample::day;
    use crate::vocabulary::Status;

    fn campaign() -> Campaign {
        let rung = |after_days, step: &str| EscalationStep { after_days, step: step.to_owned(), answer_within: 5, template: None };
        Campaign {
            escalation: vec![rung(1, "提醒敦促函"), rung(7, "整改通知书"), rung(15, "约谈通知书")], ..sample::campaign(0)
        }
    }

    fn letter(rung: usize, on: NaiveDate, hazards: &[&str]) -> IssuedLetter {
        let hazards = hazards.iter().map(|id| (*id).to_owned()).collect();
        let step = campaign().escalation[rung].step.clone();
        IssuedLetter { number: String::new(), unit: 0, rung: Some(rung), step, on, document: String::new(), hazards, row: 2 }
    }

    /// Unit, rung and numbers of the hazards of each letter that is due.
    fn due(ledger: &Ledger, register: &[IssuedLetter], as_of: NaiveDate) -> Vec<(usize, usize, Vec<usize>)> {
        let campaign = campaign();
        let overdue = results::overdue(ledger, Ground::new(&campaign, &Roster::default(), as_of));
        let standings = letter_standings(register, &campaign, ledger, &overdue);
        standings.due.into_iter().map(|due| (due.unit, due.rung, due.items)).collect()
    }

    #[test]
    fn each_step_is_sent_once_and_the_next_one_when_it_is_reached() {
        let mut hazards: Vec<Hazard> = (1..=4).map(|number| sample::hazard(number, (number as usize - 1) / 2)).collect();
        hazards[0].deadline = DateReading::On(day(7, 1));
        hazards[1].deadline = DateReading::On(day(7, 8));
        hazards[2].deadline = DateReading::On(day(7, 8));
        hazards[3].unit_index = None;
        hazards[3].deadline = DateReading::On(day(7, 1));
        let ledger = Ledger { hazards, extra_columns: Vec::new() };
        assert_eq!(due(&ledger, &[], day(7, 1)), []);
        assert_eq!(due(&ledger, &[], day(7, 9)), [(0, 1, vec![0]), (0, 0, vec![1]), (1, 0, vec![2])]);
        let sent = [letter(1, day(7, 9), &["demo-001-0001"]), letter(0, day(7, 9), &["demo-001-0002"])];
        assert_eq!(due(&ledger, &sent, day(7, 9)), [(1, 0, vec![2])]);
        // What was sent later is not known on the day before.
        assert_eq!(due(&ledger, &sent, day(7, 8)), [(0, 1, vec![0])]);
        assert_eq!(due(&ledger, &sent, day(7, 16)), [(0, 2, vec![0]), (0, 1, vec![1]), (1, 1, vec![2])]);
        let campaign = campaign();
        let overdue = results::overdue(&ledger, Ground::new(&campaign, &Roster::default(), day(7, 16)));
        let stranger = letter(0, day(7, 9), &["demo-001-0099"]);
        let standings = letter_standings(&[&sent[..], &[stranger]].concat(), &campaign, &ledger, &overdue);
        assert_eq!((standings.due[0].earlier.len(), standings.unplaced.len()), (1, 1));
        assert_eq!(standings.strangers, ["demo-001-0099"]);
        assert_eq!(standings.due_by_rung(), [(2, 1), (1, 2)]);
        assert_eq!(standings.last(&ledger.hazards[0]).map(|letter| letter.on), Some(day(7, 9)));
    }

    #[test]
    fn an_extension_lifts_a_hazard_off_the_ladder_and_the_ladder_begins_anew_after_it() {
        let mut hazard = sample::hazard(1, 0);
        hazard.deadline = DateReading::On(day(7, 1));
        let sent = [letter(1, day(7, 9), &["demo-001-0001"])];
        let check = |hazard: &Hazard, as_of, expected: &[(usize, usize, Vec<usize>)]| {
            assert_eq!(due(&Ledger { hazards: vec![hazard.clone()], extra_columns: Vec::new() }, &sent, as_of), expected, "{as_of}");
        };
        check(&hazard, day(7, 16), &[(0, 2, vec![0])]);
        hazard.extended_to = Some(day(7, 31));
        check(&hazard, day(7, 31), &[]);
        check(&hazard, day(8, 1), &[(0, 0, vec![0])]);
        hazard.status = Status::Rectified;
        check(&hazard, day(8, 9), &[]);
    }
}
