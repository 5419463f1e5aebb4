//! One pass over a history: its links, every 编号 in it, the merges it tells of.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::ledger::cases::Cases;
use crate::ledger::history;
use crate::ledger::history::Event;
use crate::ledger::history::Outline;
use crate::ledger::register::chain::Chain;
use crate::ledger::register::chain::ChainHead;
use crate::ledger::register::last_said::LastSaid;

/// What a merge wrote: the day, the content of the ledger, and where the history stood then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub digest: String,
    pub day: NaiveDate,
    /// Number of the merge's own line, the last of those that it wrote.
    pub line: u64,
}

/// What the history says of the ledger as a whole.
#[derive(Default)]
pub struct Survey {
    pub head: ChainHead,
    /// Lines whose link does not hold, with the reason.
    pub broken: Vec<(u64, &'static str)>,
    /// Every 编号 that was ever given.
    pub assigned: BTreeSet<String>,
    /// 编号 whose place, words or found day were once another.
    pub moved: BTreeSet<String>,
    /// 编号 whose first words no line tells: they stood in the ledger before the history began.
    pub unbegun: BTreeSet<String>,
    /// The last values; `None` where the ledger is known to hold them.
    pub last_said: Option<LastSaid>,
    /// The merges, in order; none in histories of old.
    pub merges: Vec<Mark>,
    /// Hash of every file that was read, as the newest merge that read it found it.
    pub files: BTreeMap<String, String>,
    /// Files that were taken back, with the hash that they had.
    pub withdrawn_files: BTreeMap<String, String>,
    /// 编号 that only a file which was taken back has named.
    pub vacant: BTreeSet<String>,
    /// 编号 of which a file speaks that is being taken back.
    pub touched: BTreeSet<String>,
    /// What was asked of the clerk, and what became of it.
    pub cases: Cases,
    /// 编号 of another campaign: line and 编号.
    pub foreign: Vec<(u64, String)>,
}

impl Survey {
    /// True if the history has no line.
    pub fn is_empty(&self) -> bool {
        self.head.lines == 0
    }

    /// True if every hazard of the ledger has its lines: histories that know of merges do.
    pub fn is_complete(&self) -> bool {
        !self.merges.is_empty()
    }

    /// The hazards that a ledger with these numbers lacks.
    pub fn missing_from<'a>(&'a self, held: &BTreeSet<&str>) -> impl Iterator<Item = &'a String> {
        self.assigned.iter().filter(|id| !held.contains(id.as_str()) && !self.vacant.contains(*id))
    }

    /// The newest merge that wrote a ledger with this digest.
    pub fn merge_of(&self, digest: &str) -> Option<&Mark> {
        self.merges.iter().rev().find(|merge| merge.digest == digest)
    }
}

/// Makes a survey of a history, line by line.
pub struct Surveyor {
    survey: Survey,
    chain: Chain,
    /// Files that are being taken back.
    withdrawing: BTreeSet<String>,
    /// What every 编号 of the campaign begins with.
    start: String,
    /// Name of the ledger: lines from there tell of edits by hand.
    ledger_file: String,
}

impl Surveyor {
    /// Begins; the values are noted where `deep` asks for them.
    pub fn new(campaign: &Campaign, deep: bool, ledger_file: &str) -> Surveyor {
        let survey = Survey { last_said: deep.then(LastSaid::default), ..Survey::default() };
        let (chain, withdrawing) = (Chain::default(), BTreeSet::new());
        Surveyor { survey, chain, withdrawing, start: format!("{}-", campaign.code), ledger_file: ledger_file.to_owned() }
    }

    /// The same, looking for what these files have said.
    pub fn withdrawing(self, files: &BTreeSet<String>) -> Surveyor {
        Surveyor { withdrawing: files.clone(), ..self }
    }

    /// Takes the next line with its number; blank lines are none.
    pub fn take(&mut self, number: u64, line: &[u8]) {
        if line.is_empty() {
            return;
        }
        let outline = history::outline(line);
        self.chain.take(number, line, outline.as_ref().map(Outline::link));
        let Some(outline) = outline else { return };
        let survey = &mut self.survey;
        let Some(id) = outline.id() else {
            survey.merges.extend(outline.merge.map(|merge| Mark { digest: merge.ledger.into_owned(), day: merge.day, line: number }));
            for file in outline.files.keys() {
                survey.withdrawn_files.remove(file);
            }
            survey.files.extend(outline.files);
            survey.withdrawn_files.extend(outline.withdrawn);
            return;
        };
        if !id.starts_with(&self.start) {
            survey.foreign.push((number, id.to_owned()));
            return;
        }
        match outline.event() {
            Some(Event::Withdrawn) => drop(survey.vacant.insert(id.to_owned())),
            None => drop(survey.vacant.remove(id)),
            Some(_) => {}
        }
        if outline.file.as_deref().is_some_and(|file| self.withdrawing.contains(file)) {
            survey.touched.insert(id.to_owned());
        }
        if outline.moves() {
            survey.moved.insert(id.to_owned());
        }
        if outline.event() == Some(Event::TakenOver) {
            survey.unbegun.remove(id);
        }
        if !survey.assigned.contains(id) {
            survey.assigned.insert(id.to_owned());
            if !outline.begins() {
                survey.unbegun.insert(id.to_owned());
            }
        }
        let of_cases = outline.speaks_of_cases(&self.ledger_file) || survey.cases.disputes(id);
        if let Some(entry) = of_cases.then(|| history::read(line)).flatten() {
            survey.cases.note(&entry.line(), *entry.from.file == *self.ledger_file);
        }
        if let Some(last_said) = &mut survey.last_said
            && let Some(line) = history::glance(line)
        {
            last_said.note_line(&line);
        }
    }

    /// What the history says.
    pub fn finish(mut self) -> Survey {
        (self.survey.head, self.survey.broken) = self.chain.finish();
        // A hazard that became a name of another is not missing from the ledger.
        self.survey.vacant.extend(self.survey.cases.joined().into_keys());
        self.survey
    }
}

/// How a history was found when the ledger was laid beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// Name of the history.
    pub file: Arc<str>,
    /// Lines whose link does not hold, with the reason.
    pub broken: Vec<(u64, &'static str)>,
    /// The ledger was written by a merge of which the history knows nothing: how many lines it had then.
    pub cut_from: Option<u64>,
    /// How many lines it has.
    pub lines: u64,
    /// There is none beside a ledger that had one.
    pub is_missing: bool,
    /// Lines of old that are sealed now.
    pub sealed: Option<u64>,
}
