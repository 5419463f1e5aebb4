//! Each paper held against the reckoning, number by number; gives how many numbers it was.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::report_figures::expected::DIMENSIONS;
use crate::report_figures::expected::Expected;
use crate::report_figures::expected::MEASURES;
use crate::report_figures::expected::RATES;
use crate::report_figures::expected::meant;
use crate::report_figures::expected::rate;
use crate::report_figures::made_up::Case;
use crate::report_figures::made_up::LABELS;
use crate::report_figures::made_up::duties;
use crate::report_figures::reckoned::Plan;
use crate::report_figures::reckoned::day;
use crate::report_figures::reckoned::half_up;
use crate::report_figures::scraped::paragraphs;
use crate::report_figures::scraped::sheet;

/// Number of a breakdown and label of a row; `None` for all hazards.
type RowOf<'l> = Option<(usize, &'l str)>;

/// Every measure of the JSON: the sets behind it, its numbers in total and by row.
pub fn check_json(text: &str, expected: &Expected) -> usize {
    let json: Value = serde_json::from_str(text).expect("JSON");
    let mut checked = 0;
    for (key, _) in MEASURES {
        let hazards = json["hazards"].as_array().expect("hazards");
        let listed: BTreeSet<&str> = hazards
            .iter()
            .filter(|hazard| hazard["measures"].as_array().expect("keys").iter().any(|measure| measure == key))
            .map(|hazard| hazard["id"].as_str().expect("an id"))
            .collect();
        let own: BTreeSet<&str> = expected.now.behind(key).iter().map(String::as_str).collect();
        assert_eq!(listed, own, "{key}");
        assert_eq!(json["totals"][key], own.len(), "{key}");
        if let Some(before) = &expected.before {
            assert_eq!(json["previous"]["totals"][key], before.count(key, None), "previous {key}");
        } else {
            assert!(json["previous"].is_null());
        }
        for (dimension, (name, _)) in DIMENSIONS.iter().enumerate() {
            let rows = json["by"][*name].as_array().expect("rows");
            assert_eq!(rows.iter().map(|row| row["name"].as_str().expect("a name")).collect::<Vec<_>>(), LABELS[dimension]);
            let mut sum = 0;
            for (row, label) in rows.iter().zip(LABELS[dimension]) {
                let counted = expected.now.count(key, Some((dimension, label)));
                assert_eq!(row["counts"][key], counted, "{key} {label}");
                sum += counted;
                checked += 1;
            }
            assert_eq!(sum, own.len() as u64, "the rows of {name} add up to {key}");
        }
    }
    for (key, _, part, whole) in RATES {
        let shown = json["rates"][key].as_f64().map(|rate| format!("{rate:.1}"));
        assert_eq!(shown, half_up(expected.now.count(part, None), expected.now.count(whole, None)), "{key}");
    }
    // The balance, in total and of each unit.
    for row in [&json["totals"]].into_iter().chain(json["by"]["unit"].as_array().expect("units").iter().map(|row| &row["counts"])) {
        let number = |key: &str| row[key].as_i64().expect("a number");
        let end = number("carried_over") + number("new") + number("reopened")
            - number("closed_in_period")
            - number("withdrawn_in_period")
            - number("left");
        assert_eq!(end, number("open_at_end"), "{row}");
    }
    checked
}

/// Every numeric cell of the workbook's sheets by unit and by class, of the comparison and of the evidence.
pub fn check_workbook(path: &Path, expected: &Expected, case: &Case, plan: &Plan) -> usize {
    let mut checked = 0;
    let count = |key: &str, row: Option<(usize, &str)>| expected.now.count(key, row).to_string();
    let of_rate = |part: &str, whole: &str, row: Option<(usize, &str)>| {
        half_up(expected.now.count(part, row), expected.now.count(whole, row)).unwrap_or_else(|| "—".to_owned())
    };
    let other = |row: Option<(usize, &str)>| {
        let of = |key| expected.now.count(key, row) as i64;
        (of("reopened") - of("withdrawn_in_period") - of("left")).to_string()
    };
    let progress = |row: Option<(usize, &str)>| {
        let mut numbers: Vec<String> =
            ["carried_over", "new", "rectified_in_period", "closed_in_period"].map(|key| count(key, row)).to_vec();
        numbers.extend([
            other(row),
            count("open_at_end", row),
            count("total", row),
            count("rectified", row),
            of_rate("rectified", "total", row),
        ]);
        numbers.extend([count("general", row), count("general_rectified", row), of_rate("general_rectified", "general", row)]);
        numbers.extend(["major", "major_rectified", "major_closed"].map(|key| count(key, row)));
        numbers.push(of_rate("major_rectified", "major", row));
        numbers.extend(["major_open", "major_complete", "major_supervised"].map(|key| count(key, row)));
        numbers.push(expected.now.funds(row));
        numbers.push(row.and_then(|(_, label)| expected.now.rank(label, plan)).map_or_else(String::new, |rank| rank.to_string()));
        numbers
    };
    let deadlines = |row: Option<(usize, &str)>| {
        let mut numbers = vec![count("fallen_due", row), count("rectified_in_time", row), of_rate("rectified_in_time", "fallen_due", row)];
        let keys = [
            "late",
            "rectified_undated",
            "due_open",
            "overdue",
            "due_soon",
            "in_time",
            "undated",
            "awaiting_verification",
            "closed",
            "overdue_1_7",
            "overdue_8_30",
        ];
        numbers.extend(keys.map(|key| count(key, row)));
        numbers.extend(["overdue_over_30", "left_0_10", "left_11_20", "left_over_20"].map(|key| count(key, row)));
        let duty = |wanted: &str| match row {
            Some((_, label)) => {
                let place = LABELS[0].iter().position(|known| *known == label).expect("a unit") + 1;
                meant(&format!("by.unit.{place}.duties.{wanted}"), expected, case, plan).expect("a key")
            }
            None => meant(&format!("duties.all.{wanted}"), expected, case, plan).expect("a key"),
        };
        numbers.extend(["owed", "in_time", "late", "missing"].map(duty));
        numbers.push(duty("rates.reported_in_time").trim_end_matches('%').to_owned());
        numbers
    };
    let classes = |row: Option<(usize, &str)>| {
        let mut numbers = ["carried_over", "new", "closed_in_period"].map(|key| count(key, row)).to_vec();
        numbers.extend([
            other(row),
            count("open_at_end", row),
            count("total", row),
            count("rectified", row),
            of_rate("rectified", "total", row),
        ]);
        numbers.extend([count("closed", row), of_rate("rectified_in_time", "fallen_due", row)]);
        numbers.extend(["overdue", "due_soon", "undated", "major", "major_open"].map(|key| count(key, row)));
        numbers.push(expected.now.funds(row));
        numbers
    };
    let mut check_rows = |name: &str, dimensions: &[usize], numbers: &dyn Fn(RowOf<'_>) -> Vec<String>| {
        let table = sheet(path, name);
        let mut place =
            table.iter().position(|row| row[0] == "1" || row[0].starts_with("按单位") || row[0].starts_with("按类别")).expect("rows");
        for dimension in dimensions {
            place += usize::from(!table[place][0].is_empty() && table[place][0] != "1");
            for label in LABELS[*dimension].iter().copied().map(Some).chain([None]) {
                let row = &table[place];
                assert_eq!(row[1], label.unwrap_or("合计"), "{name} {place}");
                let own = numbers(label.map(|label| (*dimension, label)));
                assert_eq!(row[2..2 + own.len()], own, "{name} {label:?}");
                checked += own.len();
                place += 1;
            }
        }
    };
    check_rows("统计表", &[0], &progress);
    check_rows("逾期和报送", &[0], &deadlines);
    check_rows("分类统计", &[1, 2, 3, 4, 5], &classes);
    let comparison = sheet(path, "与上期比较");
    let row_of = |label: &str| comparison.iter().find(|row| row[1] == label).unwrap_or_else(|| panic!("no {label}"));
    for (key, label) in MEASURES {
        let now = expected.now.count(key, None);
        let before = expected.before.as_ref().map(|before| before.count(key, None));
        let change = before.map_or_else(|| "—".to_owned(), |before| (now as i64 - before as i64).to_string());
        let own = [before.map_or_else(|| "—".to_owned(), |before| before.to_string()), now.to_string(), change];
        assert_eq!(row_of(label)[2..5], own, "{label}");
        checked += 3;
    }
    for (_, label, part, whole) in RATES {
        assert_eq!(row_of(label)[3], of_rate(part, whole, None), "{label}");
        assert_eq!(row_of(label)[6], format!("{}÷{}", expected.now.count(part, None), expected.now.count(whole, None)), "{label}");
        checked += 2;
    }
    for title in &plan.required {
        assert_eq!(row_of(title)[3], expected.now.filled(title).to_string(), "{title}");
        checked += 1;
    }
    let evidence = sheet(path, "编号依据");
    for (key, label) in MEASURES {
        let column = evidence[0].iter().position(|title| title == label).unwrap_or_else(|| panic!("no column {label}"));
        let listed: BTreeSet<String> = evidence[1..].iter().filter(|row| row[column] == "1").map(|row| row[0].clone()).collect();
        assert_eq!(listed, *expected.now.behind(key), "编号依据 {label}");
        checked += 1;
    }
    let reporting = sheet(path, "报送情况");
    let first = reporting.iter().position(|row| row[0] == "1").expect("a duty");
    for (place, (friday, [owed, in_time, zero, late, missing, waiting])) in duties(case).into_iter().enumerate() {
        let row = &reporting[first + place];
        assert_eq!(row[2], friday.to_string());
        assert_eq!(row[3..9], [owed, in_time - zero, zero, late, missing, waiting].map(|number| number.to_string()), "{friday}");
        assert_eq!(
            row[9..11],
            [rate(in_time + late, owed), rate(in_time, owed)].map(|rate| rate.trim_end_matches('%').to_owned()),
            "{friday}"
        );
        checked += 8;
    }
    // The charts' tables end in the totals.
    let last = |name: &str| {
        let table = sheet(path, name);
        table.into_iter().rfind(|row| row[0] == "合计" || row[0] == day(case.end).to_string()).unwrap_or_else(|| panic!("{name}"))
    };
    let [total, rectified, closed, overdue] = ["total", "rectified", "closed", "overdue"].map(|key| expected.now.count(key, None));
    assert_eq!(last("进展图")[1..5], [total, rectified, closed, overdue].map(|number| number.to_string()));
    assert_eq!(last("类别图")[1..4], [total - rectified, rectified, total].map(|number| number.to_string()));
    assert_eq!(last("单位图")[1..5], [overdue, total - rectified - overdue, rectified, total].map(|number| number.to_string()));
    let waiting = expected.now.count("due_soon", None) + expected.now.count("in_time", None);
    assert_eq!(last("时限图")[1], (overdue + waiting).to_string());
    checked + 12
}

/// Every number that stands before 项, 家, 家次 or % in the sentences, and the two tables.
pub fn check_bulletin(path: &Path, json: &Value, expected: &Expected, case: &Case, plan: &Plan) -> usize {
    let count = |key: &str| expected.now.count(key, None);
    let share = |key: &str| meant(&format!("totals.rates.{key}"), expected, case, plan).expect("a rate");
    let this = match case.kind {
        "weekly" => ["本周", "上周"],
        "monthly" => ["本月", "上月"],
        "quarterly" => ["本季度", "上季度"],
        _ => ["专项行动以来", "专项行动开始前"],
    };
    let mut said = vec![
        format!(
            "全系统{}家单位累计排查隐患{}项，已整改{}项，整改率{}；",
            LABELS[0].len(),
            count("total"),
            count("rectified"),
            share("rectified")
        ),
        format!("已销号{}项，销号率{}", count("closed"), share("closed_out")),
        format!("其中一般隐患{}项，已整改{}项，整改率{}；", count("general"), count("general_rectified"), share("general_rectified")),
        format!("重大隐患{}项，已整改{}项，整改率{}。", count("major"), count("major_rectified"), share("major_rectified")),
        format!("另有{}项没有定级，请有关单位尽快补报等级。", count("level_unknown")),
        format!("累计落实整改资金{}万元。", expected.now.funds(None)),
        format!("上期结转{}项，本期新增{}项", count("carried_over"), count("new")),
        format!("本期整改{}项，本期销号{}项", count("rectified_in_period"), count("closed_in_period")),
        format!("期末未销号{}项。", count("open_at_end")),
        format!(
            "整改期限已到的{}项中，按期整改{}项，按期整改率{}；",
            count("fallen_due"),
            count("rectified_in_time"),
            share("rectified_in_time")
        ),
        format!("超期完成{}项；", count("late")),
        format!("逾期未改{}项", count("overdue")),
        format!("其中逾期7天以内{}项、8至30天{}项、30天以上{}项", count("overdue_1_7"), count("overdue_8_30"), count("overdue_over_30")),
        format!("已整改待验收{}项，请", count("awaiting_verification")),
        format!("未整改的重大隐患{}项，", count("major_open")),
        format!("填写齐全的{}项（{}），挂牌督办的{}项。", count("major_complete"), share("major_complete"), count("major_supervised")),
    ];
    if count("withdrawn") + count("withdrawn_before") > 0 {
        let undone = count("withdrawal_undone");
        let undone = if undone > 0 { format!("，恢复{undone}项") } else { String::new() };
        said.push(format!(
            "另有核实撤销{}项（上期{}项，本期新增{}项{undone}），不计入以上各数。",
            count("withdrawn"),
            count("withdrawn_before"),
            count("newly_withdrawn")
        ));
    }
    let optional = [
        ("new_from_before", "其中", "项发现于本期以前"),
        ("reopened", "恢复", "项"),
        ("withdrawn_in_period", "撤销", "项"),
        ("left", "转出", "项"),
        ("rectified_undated", "无法判定是否按期的", "项；"),
        ("due_soon", "临期", "项"),
        ("in_time", "未到期", "项"),
        ("undated", "无期限", "项"),
        ("deadline_unreadable", "期限有误", "项"),
        ("status_unclear", "状态不明", "项"),
        ("major_unclear", "另有", "项重大隐患填报的状态无法判定"),
    ];
    for (key, before, after) in optional {
        if count(key) > 0 {
            said.push(format!("{before}{}{after}", count(key)));
        }
    }
    if let Some(before) = &expected.before {
        for (key, label) in [("total", "累计排查"), ("overdue", "逾期未改")] {
            let change = count(key) as i64 - before.count(key, None) as i64;
            said.push(match change {
                0 => format!("{label}持平，仍为{}项", count(key)),
                1.. => format!("{label}增加{change}项"),
                _ => format!("{label}减少{}项", -change),
            });
        }
    }
    let all = duties(case);
    let sum = all.iter().fold([0; 6], |sum, (_, numbers)| std::array::from_fn(|place| sum[place] + numbers[place]));
    let [owed, in_time, zero, late, missing, waiting] = sum;
    let of = if all.len() > 1 { "家次" } else { "家" };
    for (label, number) in
        [("已报", in_time - zero), ("零报告", zero), ("迟报", late), ("未报", missing), ("当天截止、还可以报的", waiting)]
    {
        if number > 0 {
            said.push(format!("{label}{number}{of}，"));
        }
    }
    said.push(format!("应报{owed}{of}，"));
    said.push(format!("报送率{}，按时报送率{}。", rate(in_time + late, owed), rate(in_time, owed)));
    let overdue_units: Vec<(&str, u64)> = expected.now.overdue_units(plan);
    said.push(format!("{}家单位有逾期未改的隐患", overdue_units.len()));
    for (unit, number) in overdue_units.iter().take(10) {
        said.push(format!("{unit}（{number}项）"));
    }
    let backwards = json["backwards"].as_array().expect("a list").len();
    if backwards > 0 {
        said.push(format!("{backwards}处与以前报送的相比倒退"));
    }
    let (paragraphs, tables) = paragraphs(path);
    let mut text = paragraphs.join("\n");
    for words in &said {
        assert!(text.contains(words.as_str()), "{} {}: no “{words}” in\n{text}", case.kind, case.end);
        text = text.replacen(words.as_str(), "＊", 1);
    }
    // What is left names no number of anything.
    for unit in ["项", "家", "处", "%", "万元"] {
        for (place, _) in text.match_indices(unit) {
            let before = text[..place].chars().next_back();
            assert!(!before.is_some_and(|character| character.is_ascii_digit()), "{unit} after a number that nobody checked: {text}");
        }
    }
    assert!(text.contains(this[0]) && (expected.before.is_none() || text.contains(this[1])));
    let mut checked = said.len();
    for (dimension, name) in [(1, "类别"), (0, "单位")] {
        let table =
            tables.iter().find(|table| table[0].get(1).is_some_and(|title| title == name)).unwrap_or_else(|| panic!("no table of {name}"));
        for (place, label) in LABELS[dimension].iter().copied().map(Some).chain([None]).enumerate() {
            let row = label.map(|label| (dimension, label));
            let number = |key| expected.now.count(key, row);
            let own = [
                label.unwrap_or("合计").to_owned(),
                number("total").to_string(),
                number("new").to_string(),
                number("rectified").to_string(),
                rate(number("rectified"), number("total")),
                rate(number("rectified_in_time"), number("fallen_due")),
                number("overdue").to_string(),
                number("major_open").to_string(),
            ];
            assert_eq!(table[place + 1][1..], own, "{name}");
            checked += 7;
        }
    }
    checked
}
