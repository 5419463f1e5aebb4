//! The subset of RFC 5545 recurrence rules: FREQ, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, UNTIL, COUNT.
//!
//! Everything else is refused by its name, never ignored.

use chrono::Duration;
use chrono::NaiveDate;
use chrono::NaiveDateTime;
use chrono::Weekday;

use crate::dates::recurrence::ByDay;
use crate::dates::recurrence::Frequency;
use crate::dates::recurrence::Recurrence;
use crate::dates::recurrence::RecurrenceError;

/// Reads a rule in capitals, with or without `RRULE:`.
pub(super) fn parse(text: &str) -> Result<Recurrence, RecurrenceError> {
    let rule = text.strip_prefix("RRULE:").unwrap_or(text).trim_end_matches(';');
    let mut recurrence = Recurrence::every(Frequency::Daily);
    let mut seen: Vec<&str> = Vec::new();
    for part in rule.split(';') {
        let Some((name, value)) = part.split_once('=') else {
            return Err(RecurrenceError::BadValue { part: "RRULE".to_string(), value: part.to_string() });
        };
        if seen.contains(&name) {
            return Err(RecurrenceError::Repeated(name.to_string()));
        }
        seen.push(name);
        take(&mut recurrence, name, value)?;
    }
    check(&recurrence, &seen)?;
    Ok(recurrence)
}

fn take(recurrence: &mut Recurrence, name: &str, value: &str) -> Result<(), RecurrenceError> {
    let bad = || RecurrenceError::BadValue { part: name.to_string(), value: value.to_string() };
    let positive = || value.parse::<u32>().ok().filter(|number| *number > 0).ok_or_else(bad);
    match name {
        "FREQ" => {
            recurrence.frequency = match value {
                "DAILY" => Frequency::Daily,
                "WEEKLY" => Frequency::Weekly,
                "MONTHLY" => Frequency::Monthly,
                "YEARLY" => Frequency::Yearly,
                other => return Err(RecurrenceError::UnsupportedFrequency(other.to_string())),
            }
        }
        "INTERVAL" => recurrence.interval = positive()?,
        "COUNT" => recurrence.count = Some(positive()?),
        "UNTIL" => recurrence.until = Some(until(value).ok_or_else(bad)?),
        "BYDAY" => recurrence.by_day = list(value, weekday).ok_or_else(bad)?,
        "BYMONTHDAY" => {
            recurrence.by_month_day =
                list(value, |item| item.parse::<i32>().ok().filter(|day| (1..=31).contains(&day.abs()))).ok_or_else(bad)?;
        }
        "BYMONTH" => {
            recurrence.by_month = list(value, |item| item.parse::<u32>().ok().filter(|month| (1..=12).contains(month))).ok_or_else(bad)?
        }
        other => return Err(RecurrenceError::UnsupportedPart(other.to_string())),
    }
    Ok(())
}

fn check(recurrence: &Recurrence, seen: &[&str]) -> Result<(), RecurrenceError> {
    if !seen.contains(&"FREQ") {
        return Err(RecurrenceError::NoFrequency);
    }
    if recurrence.count.is_some() && recurrence.until.is_some() {
        return Err(RecurrenceError::CountAndUntil);
    }
    if recurrence.frequency == Frequency::Weekly && !recurrence.by_month_day.is_empty() {
        return Err(RecurrenceError::MonthDayInWeek);
    }
    let numbered = recurrence.by_day.iter().find_map(|by| by.nth);
    if let Some(nth) = numbered {
        let yearly = recurrence.frequency == Frequency::Yearly;
        // With days of the month the number would say nothing, and RFC 5545 gives it no meaning.
        if !(yearly || recurrence.frequency == Frequency::Monthly) || !recurrence.by_month_day.is_empty() {
            return Err(RecurrenceError::NumberedWeekday(nth.to_string()));
        }
    }
    Ok(())
}

fn list<T>(value: &str, item: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    value.split(',').map(item).collect()
}

fn weekday(text: &str) -> Option<ByDay> {
    let (number, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let weekday = match name {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    };
    let nth = match number {
        "" => None,
        number => Some(number.parse::<i32>().ok().filter(|nth| (1..=53).contains(&nth.abs()))?),
    };
    Some(ByDay { nth, weekday })
}

/// A day, a local time or a time in UTC, of which the day in China counts.
fn until(value: &str) -> Option<NaiveDate> {
    let day = |text: &str| NaiveDate::parse_from_str(text, "%Y%m%d").ok().filter(|_| text.len() == 8);
    match value.split_once('T') {
        None => day(value).or_else(|| value.parse().ok()),
        Some(_) => {
            let local = value.trim_end_matches('Z');
            let moment = NaiveDateTime::parse_from_str(local, "%Y%m%dT%H%M%S").ok()?;
            let moment = if local.len() < value.len() { moment.checked_add_signed(Duration::hours(8))? } else { moment };
            Some(moment.date())
        }
    }
}
