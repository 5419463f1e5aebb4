//! The campaign's agenda, and the statutory holidays, as calendar events for phones and calendar programs.
//!
//! What an event says, and the key by which a program knows it again; how it is written belongs to `render`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono::NaiveTime;

use crate::campaign::Campaign;
use crate::documents::calendar::day_note;
use crate::documents::calendar::responsible;
use crate::documents::calendar::subject;
use crate::results::agenda::AgendaEntry;
use crate::results::statutory_year::StatutoryYear;

/// A calendar of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Events {
    pub name: String,
    pub events: Vec<Event>,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The same for the same matter however often the calendar is made; different for every event of it.
    pub key: String,
    pub first: NaiveDate,
    /// Last day, included.
    pub last: NaiveDate,
    /// The time of the first day; `None` for whole days.
    pub time: Option<NaiveTime>,
    pub summary: String,
    pub description: String,
    pub category: &'static str,
    /// Whether a program should remind of it.
    pub remind: bool,
}

/// The entries of the agenda. A single day that moves keeps its key, so that the event moves with it; a recurring
/// one is known by its day.
pub fn agenda_events(campaign: &Campaign, entries: &[AgendaEntry]) -> Events {
    let mut used: BTreeMap<String, u32> = BTreeMap::new();
    let event = |entry: &AgendaEntry| {
        let edge = entry.edge.map_or("", |edge| edge.key());
        let day = entry.occurrence.map_or_else(String::new, |day| day.to_string());
        let key = format!("{}|{}|{edge}|{}|{day}", campaign.code, entry.kind.key(), entry.id);
        let count = used.entry(key.clone()).or_default();
        *count += 1;
        let key = if *count > 1 { format!("{key}|{count}") } else { key };
        let task = entry.step.and_then(|_| campaign.tasks.get(entry.index)).map_or_else(String::new, |task| task.name.clone());
        let lines = [campaign.title.clone(), task, responsible(campaign, entry), day_note(entry.date, entry.workday, entry.provisional)];
        Event {
            key,
            first: entry.date,
            last: entry.date,
            time: entry.time,
            summary: subject(entry),
            description: lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"),
            category: entry.kind.label(),
            remind: true,
        }
    };
    Events { name: campaign.title.clone(), events: entries.iter().map(event).collect() }
}

/// The days off and the worked weekends of a year.
pub fn statutory_events(year: &StatutoryYear<'_>) -> Events {
    let event = |run: &crate::results::statutory_year::SpecialRun<'_>| Event {
        key: format!("statutory|{}|{}", if run.works { "work" } else { "off" }, run.first),
        first: run.first,
        last: run.last,
        time: None,
        summary: format!("{}{}", run.name, if run.works { "调休上班" } else { "放假" }),
        description: run.notice.map_or_else(|| "暂定：通知尚未公布".to_owned(), |notice| format!("{} {}", notice.title, notice.number)),
        category: if run.works { "调休" } else { "放假" },
        remind: false,
    };
    Events { name: format!("{}年放假调休", year.year), events: year.runs.iter().map(event).collect() }
}
