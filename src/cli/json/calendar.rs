//! `calendar --format json`: the entries of the agenda; with `--year`, the days off and the worked weekends.

use serde::Serialize;

use crate::campaign::Campaign;
use crate::render::json::filled;
use crate::results::agenda::AgendaEntry;
use crate::results::agenda::pending;
use crate::results::statutory_year::StatutoryYear;

#[derive(Debug, Serialize)]
pub struct CalendarJson<'a> {
    entries: Vec<EntryJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pending: Vec<PendingJson<'a>>,
}

/// What is due on a day that is not known yet.
#[derive(Debug, Serialize)]
pub struct PendingJson<'a> {
    kind: &'static str,
    id: &'a str,
    name: &'a str,
    words: &'a str,
    event: &'a str,
}

/// Everything of the campaign that waits for an event.
pub fn pending_json(campaign: &Campaign) -> Vec<PendingJson<'_>> {
    pending(campaign)
        .map(|(kind, id, name, wait)| PendingJson { kind: kind.key(), id, name, words: &wait.words, event: &wait.event })
        .collect()
}

#[derive(Debug, Serialize)]
pub struct EntryJson<'a> {
    date: String,
    time: Option<String>,
    kind: &'static str,
    edge: Option<&'static str>,
    id: &'a str,
    name: &'a str,
    workday: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    provisional: bool,
}

impl<'a> CalendarJson<'a> {
    /// The entries in the order of days.
    pub fn of(campaign: &'a Campaign, entries: &'a [AgendaEntry]) -> CalendarJson<'a> {
        CalendarJson { entries: entries.iter().map(EntryJson::of).collect(), pending: pending_json(campaign) }
    }
}

impl<'a> EntryJson<'a> {
    /// One entry.
    pub fn of(entry: &'a AgendaEntry) -> EntryJson<'a> {
        EntryJson {
            date: entry.date.to_string(),
            time: entry.time.map(|time| time.format("%H:%M").to_string()),
            kind: entry.kind.key(),
            edge: entry.edge.map(|edge| edge.key()),
            id: &entry.id,
            name: &entry.name,
            workday: entry.workday,
            provisional: entry.provisional,
        }
    }
}

#[derive(Debug, Serialize)]
pub struct YearJson<'a> {
    year: i32,
    published: bool,
    notices: Vec<NoticeJson<'a>>,
    runs: Vec<RunJson<'a>>,
}

#[derive(Debug, Serialize)]
struct NoticeJson<'a> {
    title: &'a str,
    number: Option<&'a str>,
    issued: Option<String>,
}

#[derive(Debug, Serialize)]
struct RunJson<'a> {
    start: String,
    end: String,
    days: i64,
    workday: bool,
    name: &'a str,
    notice: Option<&'a str>,
}

impl<'a> YearJson<'a> {
    /// What is known of the year.
    pub fn of(year: &'a StatutoryYear<'a>) -> YearJson<'a> {
        let notices = year.notices.iter().map(|notice| NoticeJson {
            title: &notice.title,
            number: filled(&notice.number),
            issued: notice.issued.map(|day| day.to_string()),
        });
        let runs = year.runs.iter().map(|run| RunJson {
            start: run.first.to_string(),
            end: run.last.to_string(),
            days: run.days(),
            workday: run.works,
            name: &run.name,
            notice: run.notice.map(|notice| if notice.number.is_empty() { notice.title.as_str() } else { notice.number.as_str() }),
        });
        YearJson { year: year.year, published: !year.notices.is_empty(), notices: notices.collect(), runs: runs.collect() }
    }
}
