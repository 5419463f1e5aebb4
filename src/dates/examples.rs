//! A hundred kinds of date expressions, executed as documentation tests. Nothing but examples.
//!
//! The numbers are those of the [catalogue](crate::dates::catalogue()), which adds the settings and the meaning in Chinese.
//!
//! # Fixed days, months and ranges of plans: 1–38
//!
//! Each line: number, text, first day (empty for a mere deadline), last day (empty for an open end).
//!
//! ```
//! # use qingdan::dates::{Context, Expression};
//! # let day = |text: &str| text.parse::<chrono::NaiveDate>().ok();
//! # let check = |period: (&str, &str), document: &str, rows: &[(u8, &str, &str, &str)]| {
//! #     let context = Context { period: day(period.0).zip(day(period.1)), document: day(document), ..Context::default() };
//! #     for (number, text, start, end) in rows {
//! #         let resolution = Expression::parse(text).resolve(&context);
//! #         assert_eq!((resolution.start, resolution.end), (day(start), day(end)), "{number} {text}");
//! #     }
//! # };
//! // A plan from May to December 2023.
//! check(("2023-05-20", "2023-12-31"), "2023-05-20", &[
//!     (1, "2023年7月底前", "", "2023-07-31"),
//!     (2, "2023年5月20日前", "", "2023-05-20"),
//!     (3, "2023年12月10日前", "", "2023-12-10"),
//!     (14, "12月上旬(完成整改)", "2023-12-01", "2023-12-10"),
//!     (30, "7月24日至25日", "2023-07-24", "2023-07-25"),
//!     (32, "9月16日—30日", "2023-09-16", "2023-09-30"),
//!     (34, "8——11月", "2023-08-01", "2023-11-30"),
//! ]);
//! // One from June 2020 to October 2021: a date without a year is its first occurrence.
//! check(("2020-06-05", "2021-10-31"), "", &[
//!     (4, "2020 年 8 月 30 日前", "", "2020-08-30"),
//!     (5, "6 月 10 日前", "", "2020-06-10"),
//!     (6, "2021年 5 月 25 日前", "", "2021-05-25"),
//!     (8, "2020 年 6 月中旬至 8 月底", "2020-06-11", "2020-08-31"),
//!     (9, "2021 年 2 月至 5 月底", "2021-02-01", "2021-05-31"),
//!     (10, "2020 年 9 月至 2021 年 1 月底", "2020-09-01", "2021-01-31"),
//!     (11, "2020 年 6 月 5 日至 2021年 10 月", "2020-06-05", "2021-10-31"),
//!     (12, "6月上旬", "2020-06-01", "2020-06-10"),
//! ]);
//! // A winter campaign that crosses the year's end.
//! check(("2023-12-09", "2024-03-09"), "", &[
//!     (7, "12月30日前", "", "2023-12-30"),
//!     (33, "12月22日至1月22日", "2023-12-22", "2024-01-22"),
//! ]);
//! // Years stated: no context is needed.
//! check(("", ""), "", &[
//!     (13, "2012年4月中旬至9月底", "2012-04-11", "2012-09-30"),
//!     (15, "2020年8月", "2020-08-01", "2020-08-31"),
//!     (16, "2020年8月至12月", "2020-08-01", "2020-12-31"),
//!     (17, "2021年", "2021-01-01", "2021-12-31"),
//!     (18, "2021年年底前", "", "2021-12-31"),
//!     (18, "2021年底前", "", "2021-12-31"),
//!     (19, "2022年年底", "", "2022-12-31"),
//!     (20, "到2022年", "", "2022-12-31"),
//!     (25, "2024年7月底前", "", "2024-07-31"),
//!     (26, "2024年8月—2025年9月", "2024-08-01", "2025-09-30"),
//!     (27, "2025年10月—12月", "2025-10-01", "2025-12-31"),
//!     (28, "2023年12月1日至2024年3月25日", "2023-12-01", "2024-03-25"),
//!     (29, "2024年3月26日至3月31日", "2024-03-26", "2024-03-31"),
//!     (31, "( 2008年12月22日 至25日)", "2008-12-22", "2008-12-25"),
//!     (34, "2013年7-9月", "2013-07-01", "2013-09-30"),
//!     (35, "2023年12月至2024年3月", "2023-12-01", "2024-03-31"),
//!     (36, "从2012年11月1日起至2013年2月28日结束", "2012-11-01", "2013-02-28"),
//!     (38, "2020年年底", "", "2020-12-31"),
//!     (38, "2022年6月底前", "", "2022-06-30"),
//! ]);
//! // The year of the document: 今年, 年底, 年内.
//! check(("2021-01-01", "2021-12-31"), "2021-03-01", &[
//!     (21, "年底前", "", "2021-12-31"),
//!     (21, "年内", "2021-01-01", "2021-12-31"),
//!     (22, "今年12月底前", "", "2021-12-31"),
//!     (22, "今年12月10日前", "", "2021-12-10"),
//!     (23, "6月底前", "", "2021-06-30"),
//!     (24, "4月份", "2021-04-01", "2021-04-30"),
//!     (24, "7月份开工", "2021-07-01", ""),
//!     (37, "今年4-5月", "2021-04-01", "2021-05-31"),
//! ]);
//! ```
//!
//! # Relative days, events, lengths: 39–56
//!
//! ```
//! use qingdan::dates::{Context, DateNote, DateReading, Expression, Undated, UnreadableDate, WorkCalendar};
//! # let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
//! let on = |document: &str, text: &str| Expression::parse(text).resolve(&Context { document: Some(day(document)), ..Context::default() });
//! assert_eq!(on("2023-05-20", "即日起").start, Some(day("2023-05-20"))); // 39
//! assert_eq!(on("2023-05-20", "自即日起").end, None);
//! let three_months = on("2019-12-09", "从12月9日起为期三个月"); // 40
//! assert_eq!((three_months.start, three_months.end), (Some(day("2019-12-09")), Some(day("2020-03-09"))));
//! // An explicit end counts; the stated length is compared with it.
//! for (document, text, start, end, stated) in [
//!     ("2022-04-06", "为期8个月(从即日起至2022年11月30日)", "2022-04-06", "2022-11-30", "2022-12-06"),   // 41
//!     ("2021-10-20", "从10月20日起至2022年1月30日…利用100天", "2021-10-20", "2022-01-30", "2022-01-28"), // 42
//!     ("2017-07-10", "从即日起至10月20日 \"百日攻坚\"", "2017-07-10", "2017-10-20", "2017-10-18"),        // 43
//!     ("2021-02-22", "从即日起至2021年5月31日 \"百日行动\"", "2021-02-22", "2021-05-31", "2021-06-02"),   // 44
//!     ("2019-12-16", "自即日起到2020年5月底…为期半年", "2019-12-16", "2020-05-31", "2020-06-16"),         // 45
//! ] {
//!     let range = on(document, text);
//!     assert_eq!((range.start, range.end, range.stated_end), (Some(day(start)), Some(day(end)), Some(day(stated))), "{text}");
//!     assert!(range.notes.contains(&DateNote::StatedLengthDiffers(day(stated))));
//! }
//! for text in [
//!     "即日起至2024年全国“两会”结束",             // 46
//!     "即日起至2014年全国\"两会\"结束",           // 47
//!     "全国两会闭幕后2日内",                       // 48
//!     "节前", "重要活动前", "春节前夕",            // 50
//!     "岁末年初", "今冬明春", "汛期", "高温季节",  // 51
//! ] {
//!     assert_eq!(on("2023-12-01", text).reading, DateReading::Undated(Undated::Event), "{text}");
//! }
//! assert_eq!(on("2023-05-20", "自5月下旬起，每周").start, Some(day("2023-05-21"))); // 49
//! // Counted from the day the hazard was found.
//! let found = |text: &str| Expression::parse(text).resolve(&Context { found_on: Some(day("2023-09-28")), ..Context::default() }).end;
//! assert_eq!(found("3日内"), Some(day("2023-10-01"))); // 52
//! assert_eq!(found("24小时内"), Some(day("2023-09-29")));
//! assert_eq!(found("5个工作日内"), Some(day("2023-10-11"))); // across the National Day holiday
//! assert_eq!(found("一年内"), Some(day("2024-09-28"))); // 55
//! assert_eq!(found("不超过1年"), Some(day("2024-09-28")));
//! // Lead times wait for their day; lengths without a beginning are asked about.
//! let calendar = WorkCalendar::statutory();
//! let around = |text: &str| Expression::parse(text).around(day("2023-10-31"), &calendar).unwrap().date;
//! assert_eq!(around("期限届满前15个工作日"), day("2023-10-10")); // 53
//! assert_eq!(around("提前1周"), day("2023-10-24")); // 54
//! assert_eq!(around("全国两会闭幕后2日内"), day("2023-11-02"));
//! for text in ["一个月时间", "利用2天时间"] {
//!     assert_eq!(on("2023-05-20", text).reading, DateReading::Unreadable(UnreadableDate::NeedsAnchor)); // 56
//! }
//! ```
//!
//! # Recurrences: 57–69
//!
//! ```
//! # use qingdan::dates::{Recurrence, RecurrenceError};
//! # let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
//! # let check = |text: &str, anchored: bool, days: &[&str]| {
//! #     let recurrence = Recurrence::parse(text).unwrap();
//! #     let found: Vec<String> = recurrence.occurrences(day("2021-01-01"), day("2021-12-31")).iter().map(|day| day.format("%m-%d").to_string()).collect();
//! #     assert!(found.starts_with(&days.iter().map(|day| day.to_string()).collect::<Vec<_>>()), "{text} {found:?}");
//! #     assert_eq!(recurrence.is_anchored(), anchored, "{text}");
//! # };
//! // Over 2021; `false`: no day of its own, due at the end of the period.
//! check("每天 15:30 之前", true, &["01-01", "01-02"]); // 57
//! assert_eq!(Recurrence::parse("每天 15:30 之前").unwrap().time().unwrap().to_string(), "15:30:00");
//! check("每月 29 日前", true, &["01-29", "03-29"]); // 58
//! check("每季度至少…1次", false, &["03-31", "06-30", "09-30", "12-31"]); // 59
//! check("每季度召开一次", false, &["03-31"]); // 60
//! check("每季度报送一次", false, &["03-31"]);
//! check("每半年报送一次", false, &["06-30", "12-31"]); // 61
//! // Of the quarter just over: the first falls into the second quarter, the last after the end of the year.
//! check("下一季度15日前", true, &["04-15", "07-15", "10-15", "01-15"]); // 62
//! check("下一年1月31日前", true, &["01-31"]);
//! check("每年年底", true, &["12-31"]); // 63
//! check("每年至少1次", false, &["12-31"]);
//! check("每两个月", false, &["02-28", "04-30"]); // 64
//! check("周统计", false, &["01-03", "01-10"]); // 65
//! check("月通报", false, &["01-31", "02-28"]);
//! assert!(matches!(Recurrence::parse("周统计、月通报"), Err(RecurrenceError::SeveralRules(_))));
//! check("周调度", false, &["01-03"]); // 66
//! check("半年度、年度及重要活动前", false, &["06-30", "12-31"]); // 67
//! assert_eq!(Recurrence::parse("半年度、年度及重要活动前").unwrap().unscheduled.as_deref(), Some("重要活动前"));
//! check("每周五17:00前", true, &["01-01", "01-08"]); // 68
//! check("每月末", true, &["01-31", "02-28"]); // 69
//! check("月底前", true, &["01-31"]);
//! check("季末", true, &["03-31", "06-30"]);
//! check("每季度末月25日前", true, &["03-25", "06-25"]);
//! ```
//!
//! # Ledger cells: 70–100
//!
//! ```
//! use qingdan::dates::{CellInput, CellReading, Context, DateNote, DateReading, Undated, UnreadableDate, read_cell};
//! # let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
//! let context = Context { period: Some((day("2023-05-20"), day("2023-12-31"))), found_on: Some(day("2023-07-28")), ..Context::default() };
//! let text = |text: &str| -> CellReading { read_cell(CellInput::Text(text), &context) };
//! let number = |number: f64| -> CellReading { read_cell(CellInput::Number(number), &context) };
//!
//! for spelling in [
//!     "20230731",                                                          // 70
//!     "2023.7.31", "2023.07.31", "2023.7",                                 // 71
//!     "2023/7/31", "2023-7-31", "2023-07-31 00:00:00",                     // 72
//!     "23/7/31", "23.7.31",                                                // 73
//!     "7.31", "7-31", "7/31",                                              // 74
//!     "7月31号", "7月31",                                                  // 75
//!     "二〇二三年七月", "二○二三年七月三十一日", "二O二三年七月",          // 76
//!     "45138",                                                             // 77
//!     "2023.5—2023.7", "2023年5月-7月",                                    // 78
//!     "２０２３年７月３１日",                                              // 79
//!     "2023年 7月\n31日",                                                  // 80
//!     "2023年7月", "7月份", "7月底", "7月末",                              // 81
//!     "2023年7月下旬",                                                     // 82
//!     "2023-07-31前", "7.31前完成", "限7月31日",                           // 85
//!     "31/07/2023", "07/31/2023", "31-Jul-23",                             // 86
//!     "2023.7.31(延期至2023.9.30)",                                        // 97
//!     "2023年7月31日15:30", "2023年7月31日15：30", "2023年7月31日下午3点半", // 98
//!     "2023年7月31日（星期二）",                                           // 100
//!     "3天内",                                                             // 89
//! ] {
//!     assert_eq!(text(spelling).reading, DateReading::On(day("2023-07-31")), "{spelling}");
//! }
//! assert_eq!(number(45138.0).reading, DateReading::On(day("2023-07-31"))); // 77
//! assert_eq!(read_cell(CellInput::Number1904(43676.0), &context).reading, DateReading::On(day("2023-07-31")));
//! assert_eq!(text("2023年7月中旬").reading, DateReading::On(day("2023-07-20"))); // 82
//! assert_eq!(text("2023.7.31(延期至2023.9.30)").extension, Some(day("2023-09-30"))); // 97
//! assert!(text("2023年7月31日（星期二）").notes.contains(&DateNote::WeekdayMismatch)); // 100
//! for spelling in ["2023年三季度", "Q3", "第三季度末"] {
//!     assert_eq!(text(spelling).reading, DateReading::On(day("2023-09-30"))); // 87
//! }
//! assert_eq!(text("下半年").reading, DateReading::On(day("2023-12-31"))); // 88
//! assert_eq!(text("年中").reading, DateReading::Undated(Undated::Vague));
//! assert_eq!(text("15个工作日内").reading, DateReading::On(day("2023-08-18"))); // 89
//!
//! // Asked about, with both readings.
//! for (cell, one, other) in [
//!     (number(2023.1), "2023-01-31", "2023-10-31"),    // 71
//!     (number(7.3), "2023-07-03", "2023-07-30"),       // 74
//!     (text("07/08/2023"), "2023-07-08", "2023-08-07"), // 86
//! ] {
//!     assert_eq!(cell.reading, DateReading::Unreadable(UnreadableDate::Ambiguous));
//!     assert_eq!(cell.candidates, [day(one), day(other)]);
//! }
//!
//! use DateReading::{Blank, Immediate};
//! let unreadable = DateReading::Unreadable;
//! let undated = DateReading::Undated;
//! for (spellings, reading) in [
//!     (&["2023年6月31日", "2023年2月29日"][..], unreadable(UnreadableDate::Impossible)),                                 // 83
//!     (&["2023年13月", "20230732"], unreadable(UnreadableDate::Impossible)),                                             // 84
//!     (&["立行立改", "立即整改", "即知即改", "当场整改", "现场整改", "已立即整改"], Immediate),                          // 90
//!     (&["长期坚持", "持续推进", "常态化", "长期", "持续整改"], undated(Undated::Ongoing)),                              // 91
//!     (&["尽快", "近期", "及时", "限期", "按要求"], undated(Undated::Vague)),                                            // 92
//!     (&["已完成", "已整改", "√", "是"], unreadable(UnreadableDate::StatusWord)),                                        // 93
//!     (&["同上", "〃", "\""], unreadable(UnreadableDate::DittoWithoutAbove)),                                            // 94
//!     (&["同左"], unreadable(UnreadableDate::LeftUnfit)),                                                                // 94
//!     (&["无", "—", "/", ""], Blank),                                                                                    // 95
//!     (&["待资金到位", "搬迁后", "新楼投用前"], undated(Undated::Conditional)),                                          // 96
//!     (&["春节前", "国庆前", "中秋前"], undated(Undated::Event)),                                                        // 99
//! ] {
//!     for spelling in spellings {
//!         assert_eq!(text(spelling).reading, reading, "{spelling}");
//!     }
//! }
//! // 94: with a reading above.
//! let below = read_cell(CellInput::Text("同上"), &Context { above: Some(DateReading::On(day("2023-07-31"))), ..context });
//! assert_eq!((below.reading, below.notes), (DateReading::On(day("2023-07-31")), vec![DateNote::Ditto]));
//! ```
