//! Properties of the date reader: it never panics, and it reads back every day that it is shown.

use chrono::Datelike;
use chrono::NaiveDate;
use proptest::prelude::*;
use qingdan::dates::CellInput;
use qingdan::dates::Context;
use qingdan::dates::DateReading;
use qingdan::dates::Expression;
use qingdan::dates::Recurrence;
use qingdan::dates::UnreadableDate;
use qingdan::dates::WorkCalendar;
use qingdan::dates::read_cell;

/// Ways of writing a day in full.
const FORMATS: [&str; 31] = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y年%m月%d日",
    "%Y-%-m-%-d",
    "%Y/%-m/%-d",
    "%Y.%-m.%-d",
    "%Y年%-m月%-d日",
    "%Y年%-m月%-d号",
    "%Y年%-m月%-d",
    "%Y%m%d",
    "%Y-%m-%d 00:00:00",
    "%Y-%m-%dT00:00:00",
    "%Y/%-m/%-d 15:30",
    "%Y年%-m月%-d日15：30",
    "%Y年 %-m月 %-d日",
    "%Y 年 %-m 月 %-d 日",
    "%Y年%-m月\n%-d日",
    "%Y年%-m月%-d日前",
    "%Y-%m-%d前",
    "%Y.%-m.%-d前完成",
    "限%Y年%-m月%-d日",
    "（%Y年%-m月%-d日）",
    "%Y－%m－%d",
    "%Y．%-m．%-d",
    "%d-%b-%Y",
    "%b %-d, %Y",
    "%-d %B %Y",
    "%Y、%-m、%-d",
    "%Y %m %d",
    "整改期限：%Y年%-m月%-d日",
];

fn days() -> impl Strategy<Value = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(2015, 1, 1).unwrap().num_days_from_ce();
    let last = NaiveDate::from_ymd_opt(2035, 12, 31).unwrap().num_days_from_ce();
    (first..=last).prop_map(|day| NaiveDate::from_num_days_from_ce_opt(day).unwrap())
}

fn read(text: &str) -> DateReading {
    read_cell(CellInput::Text(text), &Context::default()).reading
}

/// The day in Chinese numerals: 二〇二三年七月三十一日.
fn in_numerals(day: NaiveDate) -> String {
    let digit = |digit: u32| ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'][digit as usize];
    let small = |number: u32| match (number / 10, number % 10) {
        (0, unit) => digit(unit).to_string(),
        (tens, unit) => {
            let tens = if tens == 1 { String::new() } else { digit(tens).to_string() };
            let unit = if unit == 0 { String::new() } else { digit(unit).to_string() };
            format!("{tens}十{unit}")
        }
    };
    let year: String = day.year().to_string().bytes().map(|byte| digit(u32::from(byte - b'0'))).collect();
    format!("{year}年{}月{}日", small(day.month()), small(day.day()))
}

/// Pieces of which date texts are made; strung together they reach deeper than random characters.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "2023",
        "23",
        "7",
        "31",
        "13",
        "0",
        "年",
        "月",
        "日",
        "号",
        "底",
        "末",
        "前",
        "至",
        "-",
        "—",
        ".",
        "/",
        " ",
        "（",
        "）",
        "延期至",
        "旬",
        "上",
        "下",
        "中",
        "季度",
        "第",
        "Q",
        "内",
        "天",
        "个",
        "工作日",
        "周",
        "星期",
        "五",
        "每",
        "起",
        "从",
        "为期",
        "半",
        "今年",
        "本",
        "即日",
        "立行立改",
        "长期",
        "15:30",
        "点",
        "FREQ=",
        ";",
        "BYDAY=",
        "十",
        "二",
        "〇",
        "O",
        "Jul",
        "同上",
        "无",
        "9999999999",
        "%",
        "后",
        "两会",
        "\u{200b}",
        "\n",
        "完成",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn contexts() -> impl Strategy<Value = Context> {
    let day = || prop::option::of(days());
    (day(), day(), day(), day(), any::<bool>()).prop_map(|(one, other, document, found_on, looks_back)| Context {
        period: one.zip(other).map(|(one, other)| (one.min(other), one.max(other))),
        document,
        found_on,
        above: found_on.map(DateReading::On),
        looks_back,
    })
}

/// Whatever is read obeys these.
fn check_reading(text: &str, context: &Context) -> Result<(), TestCaseError> {
    let cell = read_cell(CellInput::Text(text), context);
    prop_assert_eq!(&cell, &read_cell(CellInput::Text(text), context));
    prop_assert!(cell.candidates.is_sorted());
    if let DateReading::On(_) = cell.reading {
        prop_assert!(cell.candidates.is_empty());
    }
    if let DateReading::Unreadable(_) = cell.reading {
        prop_assert!(cell.notes.is_empty());
    }
    let resolution = Expression::parse(text).resolve(context);
    if let (Some(start), Some(end)) = (resolution.start, resolution.end) {
        prop_assert!(start <= end, "{} {}", start, end);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_way_of_writing_a_day_reads_as_that_day(day in days()) {
        for format in FORMATS {
            let text = day.format(format).to_string();
            prop_assert_eq!(read(&text), DateReading::On(day), "{}", text);
            prop_assert_eq!(Expression::parse(&text).resolve(&Context::default()).end, Some(day), "{}", text);
        }
        let text = in_numerals(day);
        prop_assert_eq!(read(&text), DateReading::On(day), "{}", text);
        let full_width: String = day.to_string().chars().map(|sign| char::from_u32(sign as u32 + 0xfee0).unwrap()).collect();
        prop_assert_eq!(read(&full_width), DateReading::On(day), "{}", full_width);
        let two_digits = day.format("%y/%-m/%-d").to_string();
        prop_assert_eq!(read(&two_digits), DateReading::On(day), "{}", two_digits);
    }

    #[test]
    fn numbers_read_as_the_day_they_stand_for_or_are_asked(day in days()) {
        let context = Context { period: NaiveDate::from_ymd_opt(day.year(), 1, 1).zip(NaiveDate::from_ymd_opt(day.year(), 12, 31)), ..Context::default() };
        let serial = (day - NaiveDate::from_ymd_opt(1899, 12, 30).unwrap()).num_days() as f64;
        prop_assert_eq!(read_cell(CellInput::Number(serial), &context).reading, DateReading::On(day));
        prop_assert_eq!(read_cell(CellInput::Number1904(serial - 1462.0), &context).reading, DateReading::On(day));
        // What a spreadsheet keeps of 7.30 typed into a numeric cell.
        let typed: f64 = format!("{}.{:02}", day.month(), day.day()).parse().unwrap();
        match read_cell(CellInput::Number(typed), &context) {
            cell if cell.reading == DateReading::On(day) => prop_assert!(day.day() % 10 != 0),
            cell => {
                prop_assert_eq!(cell.reading, DateReading::Unreadable(UnreadableDate::Ambiguous));
                prop_assert!(cell.candidates.contains(&day), "{}", typed);
            }
        }
    }

    #[test]
    fn a_range_reads_as_its_two_ends(one in days(), other in days()) {
        let (start, end) = (one.min(other), one.max(other));
        for format in ["%Y年%-m月%-d日", "%Y-%m-%d", "%Y.%-m.%-d", "%Y/%-m/%-d"] {
            for join in ["至", "—", "-", "~", "到", " - "] {
                let text = format!("{}{join}{}", start.format(format), end.format(format));
                let resolution = Expression::parse(&text).resolve(&Context::default());
                prop_assert_eq!((resolution.start, resolution.end), (Some(start), Some(end)), "{}", text);
            }
        }
    }

    #[test]
    fn a_day_without_its_year_is_found_in_the_period(day in days()) {
        let context = Context { period: NaiveDate::from_ymd_opt(day.year(), 1, 1).zip(NaiveDate::from_ymd_opt(day.year(), 12, 31)), ..Context::default() };
        for format in ["%-m月%-d日", "%-m.%-d", "%-m/%-d", "%m-%d", "%-m月%-d号前", "%-d-%b"] {
            let text = day.format(format).to_string();
            prop_assert_eq!(read_cell(CellInput::Text(&text), &context).reading, DateReading::On(day), "{}", text);
        }
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC{0,200}", context in contexts()) {
        check_reading(&text, &context)?;
        let _ = Recurrence::parse(&text);
        let _ = WorkCalendar::parse(&text);
    }

    #[test]
    fn date_like_texts_are_read_without_a_panic(text in pieces(), context in contexts()) {
        check_reading(&text, &context)?;
        if let Ok(recurrence) = Recurrence::parse(&text) {
            let (start, end) = context.period.unwrap_or((NaiveDate::MIN, NaiveDate::MAX));
            let days = recurrence.occurrences(start, end);
            prop_assert!(days.is_sorted() && days.iter().all(|day| (start..=end).contains(day)));
            let _ = (recurrence.skipped_months(start, end), recurrence.describe());
        }
    }

    #[test]
    fn any_number_is_read_without_a_panic(number in any::<f64>(), small in -10.0..70_000.0f64, context in contexts()) {
        for value in [number, small, small.trunc(), (small * 100.0).trunc() / 100.0] {
            for input in [CellInput::Number(value), CellInput::Number1904(value)] {
                let cell = read_cell(input, &context);
                if let DateReading::On(day) = cell.reading {
                    prop_assert!((1990..=2100).contains(&day.year()));
                }
            }
        }
    }
}
