//! Recurrences in words and as rules: what they fall on, and what is refused by name.

use qingdan::dates::Recurrence;

/// Expands each line's rule, `rule => days of 2023 from 10 January`, or compares its error.
fn check(table: &str) {
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let mut wrong = Vec::new();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (rule, expected) = line.split_once(" => ").expect("every line has an arrow");
        let read = match Recurrence::parse(rule) {
            Ok(recurrence) => {
                let days = recurrence.occurrences(day("2023-01-10"), day("2023-12-31"));
                let shown: Vec<String> = days.iter().map(|day| day.format("%m%d").to_string()).collect();
                if days.is_empty() {
                    wrong.extend((expected != "never").then(|| format!("{rule}: read never, expected {expected}")));
                    continue;
                }
                let kind = if recurrence.is_anchored() { "" } else { "~ " };
                format!("{kind}{}", shown.join(" "))
            }
            Err(error) => error.to_string(),
        };
        if !(read == expected || expected.strip_suffix(" …").is_some_and(|start| read.starts_with(start))) {
            wrong.push(format!("{rule}: read {read}, expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words() {
    check(
        "每周一、三、五 => 0111 0113 0116 …
         每周一至周五 => 0110 0111 0112 0113 0116 …
         每周一报送 => 0116 0123 …
         每周一报 => ~ 0115 0122 …
         每两周 => ~ 0122 0205 …
         每月1日、15日 => 0115 0201 0215 …
         每月5、15、25日前报送 => 0115 0125 0205 …
         每月最后一个周五 => 0127 0224 0331 …
         每月第一个周一 => 0206 0306 …
         每月31日前 => 0131 0331 0531 0731 0831 1031 1231
         次月5日前 => 0205 0305 …
         每季度首月10日前 => 0110 0410 0710 1010
         每季度结束后下一季度15日前 => 0415 0715 1015 0115
         一季度一次 => ~ 0331 0630 0930 1231
         半年一次 => ~ 0630 1231
         每年6月、12月底前 => 0630 1231
         每年12月31日前 => 1231
         每隔一天 => 0110 0112 0114 …
         每半月 => ~ 0115 0131 0215 0228 …
         每旬 => ~ 0110 0120 0131 0210 …
         每周五下午5点前 => 0113 0120 …
         每月5日前上报上月情况 => 0205 0305 …
         每周一检查 => 有两种读法，请写明是“每周一前检查”还是“每周检查一次”
         每月初 => 看不懂周期“每月初”；可写“每周五17:00前”“每月29日前”“每季度末”或 FREQ=MONTHLY;BYMONTHDAY=29
         每季度15日前 => 看不懂周期“每季度15日前”；可写“每周五17:00前”“每月29日前”“每季度末”或 FREQ=MONTHLY;BYMONTHDAY=29
         定期 => 看不懂周期“定期”；可写“每周五17:00前”“每月29日前”“每季度末”或 FREQ=MONTHLY;BYMONTHDAY=29
         周统计、月通报 => 这里有几个周期（周统计；月通报），请分开各写一条",
    );
}

#[test]
fn rules() {
    check(
        "FREQ=WEEKLY;BYDAY=FR => 0113 0120 0127 …
         RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR => 0113 0123 0127 0206 …
         freq=monthly;bymonthday=-1 => 0131 0228 0331 …
         FREQ=MONTHLY;BYMONTHDAY=29,30,31 => 0129 0130 0131 0329 …
         FREQ=MONTHLY;INTERVAL=3 => 0110 0410 0710 1010
         FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1 => 0131 0430 0731 1031
         FREQ=MONTHLY;BYDAY=1FR => 0203 0303 …
         FREQ=MONTHLY;BYDAY=-1FR => 0127 0224 …
         FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13 => 0113 1013
         FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1 => 0630 1231
         FREQ=YEARLY;BYDAY=20MO => 0515
         FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 => never
         FREQ=DAILY;BYMONTH=2;BYDAY=MO => 0206 0213 0220 0227
         FREQ=DAILY;COUNT=3 => 0110 0111 0112
         FREQ=WEEKLY;UNTIL=20230201 => 0110 0117 0124 0131
         FREQ=WEEKLY;UNTIL=20230130T160000Z => 0110 0117 0124 0131
         FREQ=MONTHLY;BYSETPOS=1;BYDAY=MO => 不支持 BYSETPOS；支持 FREQ、INTERVAL、BYDAY、BYMONTHDAY、BYMONTH、UNTIL、COUNT
         FREQ=HOURLY => 不支持 FREQ=HOURLY；支持 DAILY、WEEKLY、MONTHLY、YEARLY
         BYDAY=MO => 缺少 FREQ
         FREQ=DAILY;FREQ=DAILY => FREQ 写了两次
         FREQ=DAILY;INTERVAL=0 => INTERVAL 的值“0”不对
         FREQ=DAILY;BYDAY=XX => BYDAY 的值“XX”不对
         FREQ=MONTHLY;BYMONTHDAY=32 => BYMONTHDAY 的值“32”不对
         FREQ=WEEKLY;UNTIL=20230201;COUNT=3 => COUNT 与 UNTIL 不能同时写
         FREQ=WEEKLY;BYDAY=1FR => BYDAY=1 带序号，只能用于 MONTHLY 或 YEARLY
         FREQ=WEEKLY;BYMONTHDAY=3 => BYMONTHDAY 不能用于 WEEKLY",
    );
}

#[test]
fn absurd_ranges_end() {
    let rule = |text: &str| Recurrence::parse(text).unwrap();
    let (first, last) = (chrono::NaiveDate::MIN, chrono::NaiveDate::MAX);
    assert_eq!(rule("FREQ=DAILY").occurrences(first, last).len(), 109_938);
    assert_eq!(rule("FREQ=DAILY;INTERVAL=4294967295").occurrences(first, last).len(), 1);
    assert!(rule("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30").occurrences(first, last).is_empty());
    assert!(rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30").occurrences(last, first).is_empty());
    assert_eq!(rule("每月31日").skipped_months(first, last).len(), 301 * 5);
}
