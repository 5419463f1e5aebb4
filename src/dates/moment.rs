//! Moments as programs write them: 2023-07-30T16:00:00.000Z, 2023-07-31 00:00:00+08:00, midnight less 43 seconds.
//!
//! A moment that states its zone is brought to the time of China; one that does not is believed, and doubted only
//! where a program is known to be wrong. Knows no words.

use chrono::Datelike;
use chrono::Days;
use chrono::Duration;
use chrono::NaiveDate;
use chrono::NaiveDateTime;
use chrono::NaiveTime;
use chrono::Timelike;

use crate::dates::plain;
use crate::dates::reading::DateNote;

/// Hours by which the time of China is ahead of UTC.
const AHEAD: i64 = 8;

/// The day that a moment of local time stands for, and what has to be said about it.
///
/// Shanghai's own time before 1927 was eight hours, five minutes and 43 seconds ahead; libraries that use it for today
/// turn midnight into 23:59:17 of the day before. Midnight that was stored in UTC reads as 16:00:00 of the day before.
pub(crate) fn local_day(moment: NaiveDateTime) -> (NaiveDate, Option<DateNote>) {
    let day = moment.date();
    let next = day.checked_add_days(Days::new(1));
    let time = moment.time();
    match (time.num_seconds_from_midnight(), next) {
        (0, _) => (day, None),
        (86_356..=86_358, Some(next)) => (next, Some(DateNote::LocalDay)),
        (57_600, Some(next)) => (day, Some(DateNote::PerhapsUtc(next))),
        _ => (day, Some(DateNote::TimeDropped)),
    }
}

/// Reads a text that a program wrote as a moment; `None` for any other text, and for what people write by hand.
pub(crate) fn in_text(text: &str) -> Option<(NaiveDate, Option<DateNote>)> {
    let text = text.trim();
    let (date, rest) = text.split_at_checked(text.find(['T', ' '])?)?;
    let day = plain::date(date)?;
    let rest = rest[1..].trim_start();
    let digits = rest.find(|character: char| !character.is_ascii_digit() && !":.".contains(character)).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(digits);
    let clock = clock.split('.').next().unwrap_or_default();
    let by_program = clock.matches(':').count() == 2;
    let time = ["%H:%M:%S", "%H:%M"].iter().find_map(|pattern| NaiveTime::parse_from_str(clock, pattern).ok())?;
    let moment = day.and_time(time);
    let Some(offset) = offset(zone.trim())? else {
        return by_program.then(|| local_day(moment));
    };
    let local = moment.checked_add_signed(Duration::hours(AHEAD) - Duration::minutes(offset))?;
    if !plain::YEARS.contains(&local.year()) {
        return None;
    }
    let (found, note) = local_day(local);
    let note = if found == day { note.map(|_| DateNote::TimeDropped) } else { Some(DateNote::LocalDay) };
    Some((found, note))
}

/// Whether a text is a date as a spreadsheet program writes the cell into a text file: `2月3日`, `3-Feb`, `2023/2/3`.
/// `3-2` and `3.2` are what somebody typed.
pub fn looks_like_a_date_cell(text: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.trim();
    let text = [" 00:00:00", " 0:00:00", " 00:00", " 0:00"].iter().find_map(|midnight| text.strip_suffix(midnight)).unwrap_or(text);
    if text.is_empty() || text.len() > 24 {
        return false;
    }
    if plain::date(text).is_some() {
        return true;
    }
    let number = |part: &str, most: u32| part.len() <= 4 && part.parse::<u32>().is_ok_and(|value| (1..=most).contains(&value));
    // 2月3日, 2023年2月
    if let Some(rest) = text.strip_suffix('日')
        && let Some((month, day)) = rest.split_once('月')
    {
        return number(month.rsplit_once('年').map_or(month, |(_, month)| month), 12) && number(day, 31);
    }
    if let Some((year, month)) = text.strip_suffix('月').and_then(|rest| rest.split_once('年')) {
        return year.len() == 4 && number(year, 2100) && number(month, 12);
    }
    // 3-Feb, Feb-3, 3-Feb-23
    let lower = text.to_ascii_lowercase();
    let parts: Vec<&str> = lower.split(['-', '/']).collect();
    let is_month = |part: &&str| MONTHS.contains(part);
    if (2..=3).contains(&parts.len()) && parts.iter().filter(|part| is_month(part)).count() == 1 {
        return parts.iter().all(|part| is_month(part) || number(part, 2100));
    }
    // 2/3/2023, 02/03/23
    matches!(parts.as_slice(), [one, two, year] if text.contains('/') && number(one, 31) && number(two, 31) && matches!(year.len(), 2 | 4) && number(year, 2100))
}

/// Minutes ahead of UTC: `Z`, `UTC`, `+08:00`, `+0000`; `Some(None)` where no zone is stated.
fn offset(zone: &str) -> Option<Option<i64>> {
    let zone = zone.strip_prefix("UTC").or_else(|| zone.strip_prefix("GMT")).map_or(zone, |rest| if rest.is_empty() { "Z" } else { rest });
    match zone.chars().next() {
        None => return Some(None),
        Some('Z' | 'z') => return (zone.len() == 1).then_some(Some(0)),
        Some('+' | '-') => {}
        Some(_) => return None,
    }
    let digits: String = zone[1..].chars().filter(|character| *character != ':').collect();
    let number: i64 = digits.parse().ok()?;
    let minutes = match digits.len() {
        1 | 2 => number * 60,
        4 => number / 100 * 60 + number % 100,
        _ => return None,
    };
    (minutes <= 14 * 60).then_some(Some(if zone.starts_with('-') { -minutes } else { minutes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, Option<DateNote>)>) {
        let expected = expected.map(|(day, note)| (day.parse().expect("a day"), note));
        assert_eq!(in_text(text), expected, "{text}");
    }

    #[test]
    fn moments_are_days_of_china() {
        let next: NaiveDate = "2023-07-31".parse().expect("a day");
        for text in [
            "2023-07-30T16:00:00.000Z",
            "2023-07-30T16:00Z",
            "2023-07-30 16:00:00 UTC",
            "2023-07-30T16:00:00+0000",
            "2023/7/30 16:00:00+00:00",
            "2023-07-30T15:59:17Z",
            "2023-07-30 23:59:17",
            "2023-07-30T11:00:00-05:00",
        ] {
            check(text, Some(("2023-07-31", Some(DateNote::LocalDay))));
        }
        check("2023-07-31T00:00:00+08:00", Some(("2023-07-31", None)));
        check("2023-07-31T00:00:00Z", Some(("2023-07-31", Some(DateNote::TimeDropped))));
        check("2023-07-30 16:00:00", Some(("2023-07-30", Some(DateNote::PerhapsUtc(next)))));
        check("2023-07-31T23:59:59", Some(("2023-07-31", Some(DateNote::TimeDropped))));
        for text in ["2月3日", "3-Feb", "Feb-3", "3-Feb-23", "2023/2/3", "2023-02-03 00:00:00", "2023年2月3日", "2023年2月", "02/03/2023"]
        {
            assert!(looks_like_a_date_cell(text), "{text}");
        }
        for text in ["3-2", "3.2", "3/2", "2月3日会议室", "12-A", "may", "A-may-1", "1/2/3", "", "门诊楼", "13月3日", "2023"] {
            assert!(!looks_like_a_date_cell(text), "{text}");
        }
        for text in ["2023-07-31", "2023-07-31 16:00", "2023-07-31 下午", "2023年7月31日 16:00前", "2023-07-31 25:00:00", ""] {
            check(text, None);
        }
    }
}
