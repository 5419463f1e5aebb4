//! Spellings of date cells beyond the catalogue, in one setting: what is read, or why not.
//!
//! The setting: a campaign from 2023-05-20 to 2023-12-31, a sheet filled in on 2023-08-05, a hazard found on
//! 2023-07-28. `past:` marks a cell that looks back and has no found date; `number:` a numeric cell.

use qingdan::dates::CellInput;
use qingdan::dates::Context;
use qingdan::dates::DateReading;
use qingdan::dates::read_cell;

/// Reads one line of a table, `spelling => expected`, and compares.
fn check(table: &str) {
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let forward = Context {
        period: Some((day("2023-05-20"), day("2023-12-31"))),
        document: Some(day("2023-08-05")),
        found_on: Some(day("2023-07-28")),
        ..Context::default()
    };
    let back = Context { found_on: None, looks_back: true, ..forward };
    let mut wrong = Vec::new();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (spelling, expected) = line.split_once(" => ").expect("every line has an arrow");
        let cell = match (spelling.strip_prefix("past:"), spelling.strip_prefix("number:")) {
            (Some(text), _) => read_cell(CellInput::Text(text), &back),
            (_, Some(number)) => read_cell(CellInput::Number(number.parse().unwrap()), &forward),
            _ => read_cell(CellInput::Text(spelling), &forward),
        };
        let mut read = match cell.reading {
            DateReading::On(day) => day.to_string(),
            DateReading::Unreadable(why) => format!("{why:?}"),
            DateReading::Undated(undated) => format!("{undated:?}"),
            other => format!("{other:?}"),
        };
        if let Some(extension) = cell.extension {
            read.push_str(&format!(" extended {extension}"));
        }
        for candidate in cell.candidates {
            read.push_str(&format!(" ?{candidate}"));
        }
        if read != expected {
            wrong.push(format!("{spelling}: read {read}, expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn days_with_words_around_them() {
    check(
        "2023年7月31日前完成整改 => 2023-07-31
         2023年7月31日前更换完毕 => 2023-07-31
         7月底前完成并长期坚持 => 2023-07-31
         整改期限：2023年7月31日 => 2023-07-31
         2023年7月31日前（含当日） => 2023-07-31
         2023年7月31日（预计） => 2023-07-31
         2023年7月31日（星期一）前 => 2023-07-31
         2023年7月31日 星期一 => 2023-07-31
         2023年7月31日下班前 => 2023-07-31
         2023年7月31日24时前 => 2023-07-31
         2023.7.31至2023.8.31止 => 2023-08-31
         延期至2023.9.30 => 2023-09-30
         2023/7/31 上午 12:00:00 => 2023-07-31
         2023-07-31T08:00:00Z => 2023-07-31
         2023-07-30T16:00:00.000Z => 2023-07-31
         20230731.0 => 2023-07-31
         45138.0 => 2023-07-31
         2023.7.31,延期至2023.9.30 => 2023-07-31 extended 2023-09-30
         2023.7.31（延期到9月底） => 2023-07-31 extended 2023-09-30
         2023年12月20日延期至1月20日 => 2023-12-20 extended 2024-01-20",
    );
}

#[test]
fn words_that_nobody_taught_are_not_passed_over() {
    check(
        "2023年7月31日左右 => NotADate ?2023-07-31
         约7月底 => NotADate ?2023-07-31
         2023年7月31日前后 => NotADate ?2023-07-31
         7月31日后 => NotADate ?2023-07-31
         2023年7月31日起 => NotADate ?2023-07-31
         2023年7月31日（已延期） => NotADate ?2023-07-31
         2023年7月31日(原2023年6月30日) => NotADate ?2023-06-30 ?2023-07-31
         2023年7月31日，2023年8月31日 => NotADate ?2023-07-31 ?2023-08-31
         立行立改，7月31日前 => NotADate ?2023-07-31
         7月31日已完成 => NotADate ?2023-07-31
         1.2023年7月31日 => NotADate ?2023-07-31
         2023-07-31 25:61 => NotADate ?2023-07-31
         张三 => NotADate
         灭火器过期3个 => NotADate
         100号病房 => NotADate
         XX年X月X日 => NotADate
         3天前 => NotADate
         一周后 => NotADate",
    );
}

#[test]
fn separators_and_ranges() {
    check(
        "2023 7 31 => 2023-07-31
         2023 - 7 - 31 => 2023-07-31
         2023. 7. 31 => 2023-07-31
         2023、7、31 => 2023-07-31
         2023—7—31 => 2023-07-31
         2023一07一31 => 2023-07-31
         2023年7.31 => 2023-07-31
         2023.7月31日 => 2023-07-31
         2023.7月底前 => 2023-07-31
         2023.7.31日 => 2023-07-31
         7.1-7.31 => 2023-07-31
         7.1-31 => 2023-07-31
         7月1-31日 => 2023-07-31
         7-1-7-31 => 2023-07-31
         2023-7-1-7-31 => 2023-07-31
         2023-07-01-2023-07-31 => 2023-07-31
         2023-07-01至07-31 => 2023-07-31
         2023年7月1日一7月31日 => 2023-07-31
         8~11月 => 2023-11-30
         2023.5-12 => Ambiguous ?2023-05-12 ?2023-12-31
         2023.9.30-2023.7.31 => Ambiguous ?2023-07-31 ?2023-09-30
         12月20日至1月10日 => 2024-01-10",
    );
}

#[test]
fn years_that_are_short_or_missing() {
    check(
        "24/2/29 => 2024-02-29
         23/2/29 => Ambiguous ?2029-02-23
         07/31/23 => 2023-07-31
         99/7/31 => Impossible
         二三年七月三十一日 => 2023-07-31
         Jul-23 => Ambiguous ?2023-07-23 ?2023-07-31
         23.7 => Ambiguous ?2023-07-23 ?2023-07-31
         1月20日 => 2024-01-20
         3月31日 => Ambiguous ?2023-03-31 ?2024-03-31
         2月29日 => Impossible
         217年7月10日 => OutOfRange
         1923-07-31 => OutOfRange
         2023 => Ambiguous ?2023-12-31
         25日前 => Ambiguous ?2023-08-25 ?2023-09-25
         月底前 => Ambiguous ?2023-07-31 ?2023-08-31
         年底前 => 2023-12-31
         7月初 => Ambiguous ?2023-07-01 ?2023-07-10
         上半年前 => Ambiguous ?2022-12-31 ?2023-06-30
         3月内 => Ambiguous ?2023-03-31 ?2023-10-28 ?2024-03-31
         12小时内 => Ambiguous ?2023-07-28 ?2023-07-29
         收到通知后5日内 => NeedsAnchor
         自发现之日起30日内 => 2023-08-27
         半个月 => 2023-08-12",
    );
}

#[test]
fn cells_that_look_back() {
    check(
        "past:7月31日 => 2023-07-31
         past:8月5日 => 2023-08-05
         past:8月6日 => 2022-08-06
         past:12月20日 => 2022-12-20
         past:5月10日 => 2023-05-10
         past:7月31日已完成 => 2023-07-31
         past:已于7月31日完成 => 2023-07-31
         past:已完成（2023.7.31） => 2023-07-31
         past:√2023.7.31 => 2023-07-31
         past:2023年7月 => Ambiguous ?2023-07-01 ?2023-07-31
         past:7月底 => Ambiguous ?2023-07-31
         past:7月3日至5日 => Ambiguous ?2023-07-03 ?2023-07-05
         past:2023年7月上旬 => Ambiguous ?2023-07-01 ?2023-07-10
         past:立行立改 => Immediate
         past:2023.7.3 => 2023-07-03
         past:20230703 => 2023-07-03",
    );
}

#[test]
fn digits_without_separators_and_numbers() {
    check(
        "2017922 => Ambiguous ?2017-09-22
         2017112 => Ambiguous ?2017-01-12 ?2017-11-02
         202246 => Ambiguous ?2022-04-06
         202307 => Ambiguous ?2023-07-31
         230731 => Ambiguous ?2023-07-31
         202211月30日 => Ambiguous ?2022-11-30
         2017926日 => Ambiguous ?2017-09-26
         number:2017112 => Ambiguous ?2017-01-12 ?2017-11-02
         number:20230732 => Impossible
         number:2023 => OutOfRange
         number:2023.2 => 2023-02-28
         number:2023.731 => Ambiguous ?2023-07-31
         number:7.1 => Ambiguous ?2023-07-01 ?2023-07-10
         number:7.2 => Ambiguous ?2023-07-02 ?2023-07-20
         number:7.5 => 2023-07-05
         number:7.05 => 2023-07-05
         number:7.32 => Impossible
         number:13.5 => OutOfRange
         number:45138.5 => 2023-07-31
         number:0 => OutOfRange
         number:-3 => OutOfRange
         number:61 => OutOfRange
         number:99999999 => OutOfRange
         number:NaN => OutOfRange
         number:1e300 => OutOfRange",
    );
}
