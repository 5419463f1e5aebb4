//! The agenda and the statutory year on the terminal, day by day; what recurs very often is folded to one line.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Pending;
use crate::cli::words::escape;
use crate::cli::words::style;
use crate::cli::words::table;
use crate::documents::calendar::day_mark;
use crate::documents::calendar::responsible;
use crate::documents::calendar::subject;
use crate::documents::calendar::unpublished;
use crate::documents::calendar::weekday;
use crate::results::agenda::AgendaEntry;
use crate::results::agenda::EntryKind;
use crate::results::agenda::pending;
use crate::results::statutory_year::StatutoryYear;

/// What falls on more days than this is told in one line unless everything is asked for.
const MOST_DAYS: usize = 60;

/// The whole answer of `calendar`; `range` is what `--from` and `--until` say.
pub fn agenda(
    campaign: &Campaign,
    entries: &[AgendaEntry],
    range: (Option<NaiveDate>, Option<NaiveDate>),
    verbose: bool,
    width: Option<u16>,
) -> String {
    let (from, until) = (range.0.unwrap_or(campaign.start), range.1.unwrap_or(campaign.end));
    let title = format!("{}：{from} 至 {until}，共 {} 项", escape::visible(&campaign.title), entries.len());
    let mut text = format!("{}\n", style::bold(&title));
    if entries.is_empty() {
        text.push_str("  方案在这段时间没有带日期的安排\n");
        text.push_str(&waiting(campaign));
        return text;
    }
    let key = |entry: &AgendaEntry| (entry.kind, entry.index, entry.step);
    let mut numbers: BTreeMap<(EntryKind, usize, Option<usize>), usize> = BTreeMap::new();
    for entry in entries {
        *numbers.entry(key(entry)).or_default() += 1;
    }
    let often = |entry: &AgendaEntry| !verbose && numbers.get(&key(entry)).is_some_and(|number| *number > MOST_DAYS);
    let mut folded: Vec<&AgendaEntry> = Vec::new();
    let mut list = table::table(&["日期", "星期", "班休", "时间", "类型", "事项", "责任单位"], &[], width);
    for entry in entries {
        if folded.iter().any(|other| key(entry) == key(other)) {
            continue;
        }
        if often(entry) {
            folded.push(entry);
            continue;
        }
        list.add_row(vec![
            entry.date.to_string(),
            weekday(entry.date).to_owned(),
            day_mark(entry.workday, entry.provisional),
            time(entry),
            entry.kind.label().to_owned(),
            escape::short(&subject(entry), 60),
            escape::short(&responsible(campaign, entry), 40),
        ]);
    }
    table::keep_whole(&mut list, &[0, 1, 2, 3, 4]);
    if list.row_count() > 0 {
        text.push_str(&table::text(&list));
    }
    for entry in folded {
        let all: Vec<&AgendaEntry> = entries.iter().filter(|other| key(entry) == key(other)).collect();
        let last = all.last().map_or(entry.date, |last| last.date);
        let off = all.iter().filter(|entry| !entry.workday).count();
        let time = entry.time.map_or_else(String::new, |time| format!("每次 {} 前，", time.format("%H:%M")));
        let name = escape::short(&entry.name, 60);
        text.push_str(&format!(
            "{}：{} 至 {last} 共 {} 次（{time}{off} 次在休息日），加 -v 逐日列出\n",
            style::bold(&name),
            entry.date,
            all.len()
        ));
    }
    let off = entries.iter().filter(|entry| !entry.workday).count();
    if off > 0 {
        text.push_str(&format!("{off} 项落在休息日，日期按方案原文，没有挪动\n"));
    }
    if entries.iter().any(|entry| entry.provisional) {
        text.push_str("标“暂定”的年份放假安排未公布：按周一至周五和日期固定的法定节日推算\n");
    }
    text.push_str(&waiting(campaign));
    text
}

/// What is due on a day that nobody knows yet, a line each.
pub fn waiting(campaign: &Campaign) -> String {
    let line = |(kind, _, name, wait): (EntryKind, &str, &str, &Pending)| {
        format!(
            "待定：{} {}，{}；“{}”的日期写进 events 后自动排期\n",
            kind.label(),
            escape::short(name, 50),
            escape::visible(&wait.words),
            escape::visible(&wait.event)
        )
    };
    pending(campaign).map(line).collect()
}

/// The whole answer of `calendar --year`.
pub fn year(year: &StatutoryYear<'_>, width: Option<u16>) -> String {
    let mut text = format!("{}\n", style::bold(&format!("{} 年放假调休", year.year)));
    for notice in year.notices {
        let issued = notice.issued.map_or_else(String::new, |day| format!("，{day} 发布"));
        text.push_str(&format!("  依据：{} {}{issued}\n", escape::visible(&notice.title), escape::visible(&notice.number)));
    }
    if year.notices.is_empty() {
        text.push_str(&format!("  {}\n", unpublished(year.year)));
    }
    let mut list = table::table(&["日期", "天数", "安排", "节日", "依据"], &[1], width);
    for run in &year.runs {
        let day = |day: NaiveDate| format!("{day} {}", weekday(day));
        list.add_row(vec![
            if run.first == run.last { day(run.first) } else { format!("{} 至 {}", day(run.first), day(run.last)) },
            run.days().to_string(),
            if run.works { "班（调休上班）" } else { "休（放假）" }.to_owned(),
            escape::short(&run.name, 30),
            run.notice.map_or_else(|| "暂定".to_owned(), |notice| escape::short(&notice.number, 40)),
        ]);
    }
    table::keep_whole(&mut list, &[0, 1, 2]);
    if !year.runs.is_empty() {
        text.push_str(&table::text(&list));
    }
    text
}

/// `17:00`, empty for the whole day.
pub fn time(entry: &AgendaEntry) -> String {
    entry.time.map_or_else(String::new, |time| time.format("%H:%M").to_string())
}
