//! The text form of a working calendar: one line a notice, a holiday or a make-up working day.
//!
//! Comma-separated so that a spreadsheet program can edit it; knows nothing of counting. A file that
//! contradicts itself (a day both off and worked, an end before its start) is refused with its line.

use std::fmt;
use std::sync::Arc;

use chrono::Datelike;
use chrono::NaiveDate;

use crate::dates::calendar::Notice;
use crate::dates::calendar::SpecialDay;
use crate::dates::plain;

/// No holiday is longer; a longer run is a slip of the pen.
const LONGEST_RUN: i64 = 31;

/// Why a calendar file cannot be read, with the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarError {
    /// 1-based line of the file.
    pub line: u32,
    pub kind: CalendarErrorKind,
}

/// What is wrong with the line; the text is what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarErrorKind {
    /// The first column is none of 通知, 放假, 上班.
    UnknownKind(String),
    /// A notice without a year between 1990 and 2100.
    NotAYear(String),
    /// A day that cannot be read, or lies outside 1990–2100.
    NotADay(String),
    /// A run that ends before it starts.
    Reversed(NaiveDate, NaiveDate),
    /// A run of more than 31 days.
    TooLong(NaiveDate, NaiveDate),
    /// A day that an earlier line already names.
    Twice(NaiveDate),
    /// No name of the holiday.
    NoName,
    /// Not one notice in the whole file: no year would be known.
    NoNotice,
}

impl fmt::Display for CalendarError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "历法文件第 {} 行：", self.line)?;
        match &self.kind {
            CalendarErrorKind::UnknownKind(text) => write!(out, "第一列应为“通知”“放假”或“上班”，现为“{text}”"),
            CalendarErrorKind::NotAYear(text) => write!(out, "“通知”行的第二列应为年份（如 2027），现为“{text}”"),
            CalendarErrorKind::NotADay(text) => write!(out, "“{text}”不是日期，应写成 2027-01-01"),
            CalendarErrorKind::Reversed(start, end) => write!(out, "止日 {end} 早于起日 {start}"),
            CalendarErrorKind::TooLong(start, end) => write!(out, "{start} 至 {end} 超过 {LONGEST_RUN} 天，请核对"),
            CalendarErrorKind::Twice(day) => write!(out, "{day} 已在前面的行里写过"),
            CalendarErrorKind::NoName => write!(out, "第四列应写节日名称"),
            CalendarErrorKind::NoNotice => write!(out, "没有“通知”行，无从知道哪些年份已经公布"),
        }
    }
}

impl std::error::Error for CalendarError {}

/// Reads the file: notices ascending by year, days ascending.
pub(crate) fn parse(text: &str) -> Result<(Vec<Notice>, Vec<SpecialDay>), CalendarError> {
    let mut notices = Vec::new();
    let mut days: Vec<(SpecialDay, u32)> = Vec::new();
    let mut last_line = 0;
    for (line, content) in (1u32..).zip(text.trim_start_matches('\u{feff}').lines()) {
        last_line = line;
        let content = content.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = content.split([',', '，', '\t']).map(|column| column.trim().trim_matches('"').trim()).collect();
        let column = |index: usize| columns.get(index).copied().unwrap_or("");
        let fail = |kind| Err(CalendarError { line, kind });
        match column(0) {
            "类型" | "" if columns.iter().skip(1).all(|text| text.is_empty()) || column(0) == "类型" => {}
            "通知" => {
                let Some(year) = column(1).trim_end_matches('年').parse().ok().filter(|year| plain::YEARS.contains(year)) else {
                    return fail(CalendarErrorKind::NotAYear(column(1).to_string()));
                };
                let issued = match column(5) {
                    "" => None,
                    text => match plain::date(text) {
                        Some(date) => Some(date),
                        None => return fail(CalendarErrorKind::NotADay(text.to_string())),
                    },
                };
                notices.push(Notice { year, title: column(3).to_string(), number: column(4).to_string(), issued });
            }
            kind @ ("放假" | "上班") => {
                let day = |text: &str| plain::date(text).ok_or(CalendarError { line, kind: CalendarErrorKind::NotADay(text.to_string()) });
                let start = day(column(1))?;
                let end = if column(2).is_empty() { start } else { day(column(2))? };
                if end < start {
                    return fail(CalendarErrorKind::Reversed(start, end));
                }
                if i64::from(end.num_days_from_ce() - start.num_days_from_ce()) >= LONGEST_RUN {
                    return fail(CalendarErrorKind::TooLong(start, end));
                }
                if column(3).is_empty() {
                    return fail(CalendarErrorKind::NoName);
                }
                let name: Arc<str> = Arc::from(column(3));
                for date in start.iter_days().take_while(|date| *date <= end) {
                    days.push((SpecialDay { date, works: kind == "上班", name: Arc::clone(&name) }, line));
                }
            }
            other => return fail(CalendarErrorKind::UnknownKind(other.to_string())),
        }
    }
    if notices.is_empty() {
        return Err(CalendarError { line: last_line.max(1), kind: CalendarErrorKind::NoNotice });
    }
    notices.sort_by_key(|notice| notice.year);
    days.sort_by_key(|(day, line)| (day.date, *line));
    for pair in days.windows(2) {
        if let [(one, _), (other, line)] = pair
            && one.date == other.date
        {
            return Err(CalendarError { line: *line, kind: CalendarErrorKind::Twice(one.date) });
        }
    }
    Ok((notices, days.into_iter().map(|(day, _)| day).collect()))
}

#[cfg(test)]
mod tests {
    use crate::dates::calendar::DayKind;
    use crate::dates::calendar::WorkCalendar;

    /// Reads a file and gives its error as the clerk sees it, or `ok`.
    fn check(text: &str, expected: &str) {
        let shown = match WorkCalendar::parse(text) {
            Ok(_) => "ok".to_string(),
            Err(error) => error.to_string(),
        };
        assert_eq!(shown, expected, "{text:?}");
    }

    #[test]
    fn errors_name_the_line() {
        check("通知,2027\n放假,2027-01-01,,元旦\n", "ok");
        check("\u{feff}类型,起,止,名称\r\n通知,2027年,,某通知,某号,2026/11/1\r\n放假,2027/1/1,2027.1.3,元旦,,\r\n,,,\r\n", "ok");
        check("通知\t2027\n上班，2027年1月9日，，元旦", "ok");
        check("", "历法文件第 1 行：没有“通知”行，无从知道哪些年份已经公布");
        check("放假,2027-01-01,,元旦\n", "历法文件第 1 行：没有“通知”行，无从知道哪些年份已经公布");
        check("通知,27\n", "历法文件第 1 行：“通知”行的第二列应为年份（如 2027），现为“27”");
        check("通知,2027\n休息,2027-01-01,,元旦", "历法文件第 2 行：第一列应为“通知”“放假”或“上班”，现为“休息”");
        check("通知,2027\n# 说明\n放假,2027-02-30,,春节", "历法文件第 3 行：“2027-02-30”不是日期，应写成 2027-01-01");
        check("通知,2027\n放假,2027-01-03,2027-01-01,元旦", "历法文件第 2 行：止日 2027-01-01 早于起日 2027-01-03");
        check("通知,2027\n放假,2027-01-01,2028-01-03,元旦", "历法文件第 2 行：2027-01-01 至 2028-01-03 超过 31 天，请核对");
        check("通知,2027\n放假,2027-01-01,2027-01-03,元旦\n上班,2027-01-03,,元旦", "历法文件第 3 行：2027-01-03 已在前面的行里写过");
        check("通知,2027\n放假,2027-01-01", "历法文件第 2 行：第四列应写节日名称");
    }

    #[test]
    fn a_calendar_of_ones_own_replaces_the_shipped_one() {
        let calendar = WorkCalendar::parse("通知,2027,,自定\n放假,2027-01-01,2027-01-03,元旦\n上班,2026-12-27,,元旦\n").unwrap();
        let day = |y, m, d| calendar.day(chrono::NaiveDate::from_ymd_opt(y, m, d).unwrap());
        assert_eq!(day(2026, 12, 27), DayKind::MakeUpWorkday("元旦".into()));
        assert_eq!(day(2026, 12, 26), DayKind::Unknown);
        assert_eq!(day(2027, 1, 1), DayKind::Holiday("元旦".into()));
        assert_eq!(day(2027, 5, 1), DayKind::Weekend);
        assert_eq!(day(2027, 5, 3), DayKind::Workday);
    }
}
