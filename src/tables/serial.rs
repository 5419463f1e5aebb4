//! Day serials: the numbers by which spreadsheets store dates, in both date systems.
//!
//! A serial that is no day (29 February 1900, below zero, past the year 9999) stays a number. Knows
//! nothing of number format codes.

use chrono::Duration;
use chrono::NaiveDate;
use chrono::NaiveDateTime;
use chrono::Timelike;

use crate::tables::builder::SheetBuilder;
use crate::tables::number_format::CellStyle;
use crate::tables::number_format::NumberClass;
use crate::tables::workbook::Cell;
use crate::tables::workbook::Unreadable;

/// The first serial after 31 December 9999.
const END_1900: f64 = 2_958_466.0;
const END_1904: f64 = 2_957_004.0;

/// The moment that a serial stands for, to the second.
pub fn moment(serial: f64, date_1904: bool) -> Option<NaiveDateTime> {
    let (year, month, day) = match (date_1904, serial) {
        (true, serial) if (0.0..END_1904).contains(&serial) => (1904, 1, 1),
        (false, serial) if (1.0..60.0).contains(&serial) => (1899, 12, 31),
        (false, serial) if (61.0..END_1900).contains(&serial) => (1899, 12, 30),
        _ => return None,
    };
    // To the nearest second: 0:10 is stored as 0.00694444444444444, and midnight as 45137.99999999999.
    let seconds = (serial * 86_400.0).round() as i64;
    NaiveDate::from_ymd_opt(year, month, day)?.and_hms_opt(0, 0, 0)?.checked_add_signed(Duration::seconds(seconds))
}

/// A share of a day, or a number of days, as hours and minutes: `15:30`, `36:05:20`.
pub fn clock(serial: f64) -> Option<String> {
    if !(0.0..END_1900).contains(&serial) {
        return None;
    }
    let seconds = (serial * 86_400.0 + 0.0005).floor() as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    Some(if seconds == 0 { format!("{hours}:{minutes:02}") } else { format!("{hours}:{minutes:02}:{seconds:02}") })
}

/// Puts a number into a sheet as its style shows it: dates as moments, times of day and lengths of
/// time as text, everything else as a number.
#[inline]
pub fn put_number(builder: &mut SheetBuilder, column: u16, value: f64, style: &CellStyle, date_1904: bool) -> Result<(), Unreadable> {
    if !value.is_finite() {
        return builder.put_error(column, "#NUM!", style.flags);
    }
    match &style.class {
        NumberClass::Plain => builder.put(Cell::number(column, value).with(style.flags)),
        NumberClass::Percent => builder.put(Cell::number(column, value).with(style.flags | Cell::PERCENT)),
        NumberClass::Time if value < 1.0 => put_clock(builder, column, value, style),
        NumberClass::Elapsed => put_clock(builder, column, value, style),
        NumberClass::Worded(shown) => match shown.text(value) {
            Some(text) => builder.put_text(column, &text, style.flags),
            None => builder.put(Cell::number(column, value).with(style.flags)),
        },
        class => match moment(value, date_1904) {
            Some(moment) => builder.put(Cell::date_time(column, moment).with(style.flags | coarseness(class))),
            None => builder.put(Cell::number(column, value).with(style.flags)),
        },
    }
}

/// The flag of a date that is shown without its day.
pub fn coarseness(class: &NumberClass) -> u8 {
    match class {
        NumberClass::Month => Cell::MONTH_SHOWN,
        NumberClass::Year => Cell::YEAR_SHOWN,
        _ => 0,
    }
}

fn put_clock(builder: &mut SheetBuilder, column: u16, value: f64, style: &CellStyle) -> Result<(), Unreadable> {
    match clock(value) {
        Some(text) => builder.put_text(column, &text, style.flags),
        None => builder.put(Cell::number(column, value).with(style.flags)),
    }
}

/// A date or moment in ISO 8601, as strict OOXML, ODS and SpreadsheetML write it. A moment in UTC is given in
/// the time of China, where the file is from.
pub fn iso_moment(text: &str) -> Option<NaiveDateTime> {
    if let Some(utc) = text.trim().strip_suffix('Z').filter(|utc| utc.contains('T')) {
        return iso_moment(utc)?.checked_add_signed(Duration::hours(8));
    }
    let text = text.trim().trim_end_matches('Z');
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return date.and_hms_opt(0, 0, 0);
    }
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S%.f"]
        .iter()
        .find_map(|pattern| NaiveDateTime::parse_from_str(text, pattern).ok())
        // To the nearest second, as `moment`.
        .and_then(|moment| moment.checked_add_signed(Duration::milliseconds(500))?.with_nanosecond(0))
}

/// A length of time in ISO 8601, `PT15H30M00S`, in days.
pub fn iso_duration(text: &str) -> Option<f64> {
    let mut seconds = 0.0;
    let mut number = String::new();
    for character in text.trim().strip_prefix("PT")?.chars() {
        let unit = match character {
            'H' => 3600.0,
            'M' => 60.0,
            'S' => 1.0,
            digit => {
                number.push(digit);
                continue;
            }
        };
        seconds += number.parse::<f64>().ok().filter(|value| value.is_finite())? * unit;
        number.clear();
    }
    number.is_empty().then_some(seconds / 86_400.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(serial: f64, date_1904: bool, expected: &str) {
        let found = moment(serial, date_1904).map_or_else(|| "-".to_owned(), |moment| moment.to_string());
        assert_eq!(found, expected, "{serial}");
    }

    #[test]
    fn serials_are_moments_in_both_date_systems() {
        check(45_068.0, false, "2023-05-22 00:00:00");
        check(45_068.0 - 1_462.0, true, "2023-05-22 00:00:00");
        check(45_068.645_833_333_3, false, "2023-05-22 15:30:00");
        check(45_137.999_999_999, false, "2023-07-31 00:00:00");
        check(1.0, false, "1900-01-01 00:00:00");
        check(59.0, false, "1900-02-28 00:00:00");
        check(60.0, false, "-");
        check(61.0, false, "1900-03-01 00:00:00");
        check(0.0, false, "-");
        check(0.0, true, "1904-01-01 00:00:00");
        check(-3.0, false, "-");
        check(2_958_465.0, false, "9999-12-31 00:00:00");
        check(99_999_999.0, false, "-");
        check(f64::NAN, false, "-");
        check(f64::INFINITY, true, "-");
    }

    #[test]
    fn shares_of_a_day_are_clock_times() {
        assert_eq!(clock(0.645_833_333_333_333).as_deref(), Some("15:30"));
        assert_eq!(clock(1.5).as_deref(), Some("36:00"));
        assert_eq!(clock(0.000_011_574_074_074).as_deref(), Some("0:00:01"));
        assert_eq!(clock(-0.5), None);
        assert_eq!(iso_duration("PT15H30M00S").and_then(clock).as_deref(), Some("15:30"));
        assert_eq!(iso_duration("PT1106064H00M01S").and_then(clock).as_deref(), Some("1106064:00:01"));
        assert_eq!(iso_duration("P1D"), None);
        assert_eq!(iso_duration("PTxH"), None);
    }

    #[test]
    fn iso_dates_are_read_with_and_without_time() {
        for (text, expected) in [
            ("2026-03-05", "2026-03-05 00:00:00"),
            ("2026-03-05T15:30:00Z", "2026-03-05 23:30:00"),
            ("2026-03-05T16:00:00.000Z", "2026-03-06 00:00:00"),
            ("2026-03-05T15:30", "2026-03-05 15:30:00"),
            ("2026-03-04T23:59:59.99991", "2026-03-05 00:00:00"),
        ] {
            assert_eq!(iso_moment(text).map(|moment| moment.to_string()).as_deref(), Some(expected));
        }
        assert_eq!(iso_moment("2026-02-30"), None);
        assert_eq!(iso_moment("明天"), None);
    }
}
