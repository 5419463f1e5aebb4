//! The small scalars of a campaign file: codes, days, counts, flags, times of day.
//!
//! Text in, value or nothing out; what is wrong with a text is said by the caller.

use chrono::NaiveTime;

/// Whether a text can be an id: it becomes part of 编号 and of file names.
pub fn is_code(text: &str) -> bool {
    text.chars().count() <= 40 && text.chars().all(|character| character.is_alphanumeric() || matches!(character, '-' | '_' | '.'))
}

/// A whole number.
pub fn count(text: &str) -> Option<u32> {
    let digits = text.trim();
    (!digits.is_empty() && digits.chars().all(|character| character.is_ascii_digit())).then(|| digits.parse().ok()).flatten()
}

/// A number of points in hundredths: `30` is 3000, `0.5` is 50. At most two decimals and 10000 points.
pub fn points(text: &str) -> Option<u32> {
    let text = text.trim();
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let hundredths = match decimals.len() {
        1 => count(decimals)? * 10,
        2 => count(decimals)?,
        _ => return None,
    };
    let whole = count(whole).filter(|whole| *whole <= 10_000)?;
    Some(whole * 100 + hundredths).filter(|points| *points <= 1_000_000)
}

/// A share of one in hundredths: `0.5` is 50.
pub fn share(text: &str) -> Option<u32> {
    points(text).filter(|share| *share <= 100)
}

/// A number of days: `15d`, `15`, `15天`, `15日`. At most 3660: ten years.
pub fn days(text: &str) -> Option<u32> {
    let text = text.trim();
    let number = text.strip_suffix(['d', 'D', '天', '日']).unwrap_or(text);
    count(number).filter(|days| *days <= 3660)
}

/// A number of working days: `5wd`, `5`, `5个工作日`. At most 250: a year.
pub fn workdays(text: &str) -> Option<u32> {
    let text = text.trim();
    let number = ["wd", "WD", "个工作日", "工作日"].into_iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text);
    count(number).filter(|days| *days <= 250)
}

/// `true`, `false` and the words people use for them.
pub fn flag(text: &str) -> Option<bool> {
    match text.trim() {
        "true" | "True" | "TRUE" | "yes" | "是" | "有" => Some(true),
        "false" | "False" | "FALSE" | "no" | "否" | "无" => Some(false),
        _ => None,
    }
}

/// A time of day: `15:30`, `15：30`, `9:00`. 24:00 is the last minute of the day.
pub fn time(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.trim().split_once([':', '：'])?;
    if minute.chars().count() != 2 {
        return None;
    }
    match (count(hour)?, count(minute)?) {
        (24, 0) => NaiveTime::from_hms_opt(23, 59, 0),
        (hour, minute) => NaiveTime::from_hms_opt(hour, minute, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::count;
    use super::days;
    use super::flag;
    use super::is_code;
    use super::points;
    use super::share;
    use super::time;
    use super::workdays;

    #[test]
    fn scalars() {
        for (text, value) in [
            ("15d", Some(15)),
            ("15", Some(15)),
            ("15天", Some(15)),
            ("0d", Some(0)),
            ("-1", None),
            ("1.5d", None),
            ("9999999999", None),
            ("d", None),
        ] {
            assert_eq!(days(text), value, "{text}");
        }
        for (text, value) in
            [("5wd", Some(5)), ("5", Some(5)), ("10个工作日", Some(10)), ("3 工作日", Some(3)), ("5d", None), ("251", None)]
        {
            assert_eq!(workdays(text), value, "{text}");
        }
        for (text, value) in [
            ("15:30", Some("15:30:00")),
            ("15：30", Some("15:30:00")),
            ("24:00", Some("23:59:00")),
            ("25:00", None),
            ("15", None),
            ("15:3", None),
        ] {
            assert_eq!(time(text).map(|time| time.to_string()), value.map(str::to_owned), "{text}");
        }
        for (text, value) in [("true", Some(true)), ("否", Some(false)), ("maybe", None)] {
            assert_eq!(flag(text), value, "{text}");
        }
        for (text, value) in [("wushen-2023", true), ("a b", false), ("a/b", false), ("消防", true), ("C014", true)] {
            assert_eq!(is_code(text), value, "{text}");
        }
        assert_eq!(count(""), None);
        for (text, value) in [
            ("30", Some(3000)),
            ("2.5", Some(250)),
            ("0.05", Some(5)),
            ("10000", Some(1_000_000)),
            ("10000.01", None),
            ("1.234", None),
            ("1.", None),
            (".5", None),
            ("-1", None),
            ("1e3", None),
            ("99999999999", None),
        ] {
            assert_eq!(points(text), value, "{text}");
        }
        assert_eq!((share("1"), share("0.5"), share("1.01")), (Some(100), Some(50), None));
    }
}
