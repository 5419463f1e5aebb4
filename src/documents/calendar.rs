//! 工作日历: every dated part of the plan as a list to hang up, month by month; and 放假调休 of a year.
//!
//! The words for a day, a duty and who owes it are here too, so that screen, paper and phone say the same.

use std::borrow::Cow;

use chrono::Datelike;
use chrono::NaiveDate;
use chrono::Weekday;

use crate::campaign::Campaign;
use crate::campaign::duties::senders_label;
use crate::documents::sheet::Body;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::ColumnKind;
use crate::documents::sheet::Document;
use crate::documents::sheet::Look;
use crate::documents::sheet::Official;
use crate::documents::sheet::Row;
use crate::documents::sheet::Sheet;
use crate::results::agenda::AgendaEntry;
use crate::results::agenda::EntryKind;
use crate::results::statutory_year::StatutoryYear;

/// What is to happen: the name, and of a phase which end of it. A step of a task is a sentence; 开始 behind it stands apart.
pub fn subject(entry: &AgendaEntry) -> String {
    match entry.edge {
        None => entry.name.clone(),
        Some(edge) if entry.kind == EntryKind::Task => format!("{}（{}）", entry.name, edge.label()),
        Some(edge) => format!("{}{}", entry.name, edge.label()),
    }
}

/// Who owes it to whom; empty where the plan does not say.
pub fn responsible(campaign: &Campaign, entry: &AgendaEntry) -> String {
    match entry.kind {
        EntryKind::Phase => String::new(),
        EntryKind::Obligation => campaign.obligations.get(entry.index).map_or_else(String::new, |obligation| {
            let to = obligation.to.as_ref().map_or_else(String::new, |to| format!("→{to}"));
            format!("{}{to}", senders_label(&obligation.from))
        }),
        EntryKind::Task => campaign
            .tasks
            .get(entry.index)
            .map_or_else(String::new, |task| task.lead.iter().chain(&task.supporting).map(String::as_str).collect::<Vec<_>>().join("、")),
        EntryKind::Report => campaign.issuer.clone(),
    }
}

/// 星期四
pub fn weekday(date: NaiveDate) -> &'static str {
    match date.weekday() {
        Weekday::Mon => "星期一",
        Weekday::Tue => "星期二",
        Weekday::Wed => "星期三",
        Weekday::Thu => "星期四",
        Weekday::Fri => "星期五",
        Weekday::Sat => "星期六",
        Weekday::Sun => "星期日",
    }
}

/// 班 or 休, with 暂定 where nothing published says so.
pub fn day_mark(workday: bool, provisional: bool) -> String {
    format!("{}{}", if workday { "班" } else { "休" }, if provisional { "（暂定）" } else { "" })
}

/// What must be said of a day: that nobody works on it, that a weekend is worked, that the calendar is not published.
pub fn day_note(date: NaiveDate, workday: bool, provisional: bool) -> String {
    let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let note = match (workday, weekend) {
        (false, _) => "当天休息",
        (true, true) => "调休上班",
        (true, false) => "",
    };
    match (note, provisional) {
        (note, false) => note.to_owned(),
        ("", true) => format!("{}年放假安排未公布，暂定", date.year()),
        (note, true) => format!("{note}（{}年放假安排未公布，暂定）", date.year()),
    }
}

/// The agenda as one sheet, a group for each month.
pub fn agenda_document<'a>(campaign: &'a Campaign, entries: &'a [AgendaEntry], as_of: NaiveDate) -> Document<'a> {
    let columns = vec![
        Column::new("序号", ColumnKind::Number, 4),
        Column::new("日期", ColumnKind::Date, 10),
        Column::new("星期", ColumnKind::Word, 6),
        Column::new("时间", ColumnKind::Word, 6),
        Column::new("班休", ColumnKind::Word, 4),
        Column::new("类型", ColumnKind::Word, 4),
        Column::new("事项", ColumnKind::Prose, 24).growing(4),
        Column::new("责任单位", ColumnKind::Prose, 14).growing(2),
        Column::new("备注", ColumnKind::Prose, 10).growing(1),
    ];
    let mut rows = Vec::new();
    let mut month = None;
    for (number, entry) in (1i64..).zip(entries) {
        let own = (entry.date.year(), entry.date.month());
        if month != Some(own) {
            month = Some(own);
            rows.push(Row::group(format!("{}年{}月", own.0, own.1)));
        }
        rows.push(Row::entry(vec![
            Cell::Integer(number),
            Cell::Date(entry.date),
            Cell::Text(Cow::Borrowed(weekday(entry.date))),
            entry.time.map_or(Cell::Empty, |time| Cell::owned(time.format("%H:%M").to_string())),
            Cell::Text(Cow::Borrowed(if entry.workday { "班" } else { "休" })),
            Cell::Text(Cow::Borrowed(entry.kind.label())),
            Cell::owned(subject(entry)),
            Cell::owned(responsible(campaign, entry)),
            Cell::owned(day_note(entry.date, entry.workday, entry.provisional)),
        ]));
    }
    if rows.is_empty() {
        rows.push(Row::group("方案在这段时间没有带日期的安排"));
    }
    let mut notes = vec![
        "注：班为工作日（含调休上班），休为休息日；阶段、任务、报送的日期按方案原文，休息日不自动挪动，方案另有写明的除外。".to_owned(),
    ];
    if entries.iter().any(|entry| entry.provisional) {
        notes.push("标“暂定”的日期所在年份的放假安排尚未公布，公布后请更新程序或历法文件，重新打印。".to_owned());
    }
    let title = format!("{}工作日历", campaign.title);
    let look = official(title.clone(), format!("编制单位：{}", campaign.issuer), as_of, notes);
    let sheet = Sheet { name: "工作日历".to_owned(), hidden: false, look, columns, body: Body::Rows(rows) };
    Document { title, issuer: campaign.issuer.clone(), sheets: vec![sheet] }
}

/// The statutory year as one sheet.
pub fn statutory_document<'a>(year: &'a StatutoryYear<'a>, as_of: NaiveDate) -> Document<'a> {
    let columns = vec![
        Column::new("序号", ColumnKind::Number, 4),
        Column::new("开始", ColumnKind::Date, 10),
        Column::new("结束", ColumnKind::Date, 10),
        Column::new("天数", ColumnKind::Number, 4),
        Column::new("安排", ColumnKind::Word, 8),
        Column::new("节日", ColumnKind::Word, 12),
        Column::new("依据", ColumnKind::Prose, 24).growing(1),
    ];
    let row = |(number, run): (i64, &'a crate::results::statutory_year::SpecialRun<'a>)| {
        Row::entry(vec![
            Cell::Integer(number),
            Cell::Date(run.first),
            Cell::Date(run.last),
            Cell::Integer(run.days()),
            Cell::Text(Cow::Borrowed(if run.works { "调休上班" } else { "放假" })),
            Cell::text(Some(&run.name)),
            Cell::owned(run.notice.map_or_else(|| "暂定".to_owned(), |notice| format!("{} {}", notice.title, notice.number))),
        ])
    };
    let rows = (1i64..).zip(&year.runs).map(row).collect();
    let title = format!("{}年放假调休安排", year.year);
    let notes = if year.notices.is_empty() { vec![unpublished(year.year)] } else { Vec::new() };
    let look = official(title.clone(), String::new(), as_of, notes);
    let sheet = Sheet { name: "放假调休".to_owned(), hidden: false, look, columns, body: Body::Rows(rows) };
    Document { title, issuer: String::new(), sheets: vec![sheet] }
}

/// What must be said of a year without a notice.
pub fn unpublished(year: i32) -> String {
    format!("{year} 年的放假安排未公布（或本程序没有收录）：只列日期固定的法定节日，跨这一年的工作日计算一律为暂定。")
}

fn official(title: String, left: String, as_of: NaiveDate, notes: Vec<String>) -> Look {
    let right = format!("编制日期：{}", as_of.format("%Y年%-m月%-d日"));
    Look::Official(Box::new(Official { attachment: None, title, left, right, notes, signature: Vec::new(), dense: false }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::WorkCalendar;
    use crate::documents::events::agenda_events;
    use crate::documents::sheet::RowKind;
    use crate::results::agenda::agenda;
    use crate::results::three_lists::sample;

    #[test]
    fn the_words_for_a_day() {
        let day = |text: &str| text.parse().expect("a day");
        let check = |date: &str, workday: bool, provisional: bool, expected: &str| {
            assert_eq!(day_note(day(date), workday, provisional), expected, "{date}");
        };
        check("2023-05-25", true, false, "");
        check("2023-10-07", true, false, "调休上班");
        check("2023-10-02", false, false, "当天休息");
        check("2027-03-01", true, true, "2027年放假安排未公布，暂定");
        check("2027-03-06", false, true, "当天休息（2027年放假安排未公布，暂定）");
        assert_eq!(day_mark(false, true), "休（暂定）");
    }

    #[test]
    fn paper_and_phone_hold_every_entry_once() {
        let campaign = sample::campaign(3);
        let entries = agenda(&campaign, &WorkCalendar::statutory());
        assert_eq!(entries.len(), 3);
        let document = agenda_document(&campaign, &entries, sample::day(7, 1));
        let mut kinds = Vec::new();
        let visited: Result<(), ()> = document.sheets[0].body.each(|_, row| {
            kinds.push(row.kind);
            Ok(())
        });
        assert_eq!(visited, Ok(()));
        assert_eq!(kinds.iter().filter(|kind| **kind == RowKind::Entry).count(), 3);
        assert_eq!(kinds.iter().filter(|kind| **kind == RowKind::Group).count(), 3);
        let doubled: Vec<_> = entries.iter().chain(&entries).cloned().collect();
        let mut keys: Vec<String> = agenda_events(&campaign, &doubled).events.into_iter().map(|event| event.key).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), 6, "every event has a key of its own");
    }
}
