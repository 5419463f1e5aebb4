//! The numbers that the papers of the made-up plan must show, and what the papers call them.

use chrono::Days;

use crate::report_figures::made_up::Case;
use crate::report_figures::made_up::LABELS;
use crate::report_figures::made_up::duties;
use crate::report_figures::made_up::known_on;
use crate::report_figures::reckoned::Plan;
use crate::report_figures::reckoned::Reckoning;
use crate::report_figures::reckoned::Rows;
use crate::report_figures::reckoned::day;
use crate::report_figures::reckoned::half_up;

/// The measures of the contract in the order of the papers: key, and what the papers call it.
pub const MEASURES: [(&str, &str); 45] = [
    ("carried_over", "上期结转"),
    ("new", "本期新增"),
    ("new_from_before", "其中补报"),
    ("reopened", "本期恢复"),
    ("closed_in_period", "本期销号"),
    ("withdrawn_in_period", "本期撤销"),
    ("left", "本期转出"),
    ("open_at_end", "期末未销号"),
    ("rectified_in_period", "本期整改"),
    ("total", "累计排查"),
    ("rectified", "累计整改"),
    ("closed", "累计销号"),
    ("withdrawn", "核实撤销"),
    ("withdrawn_before", "上期撤销"),
    ("newly_withdrawn", "本期核实撤销"),
    ("withdrawal_undone", "撤销恢复"),
    ("fallen_due", "已到期"),
    ("rectified_in_time", "按期整改"),
    ("late", "超期完成"),
    ("rectified_undated", "整改日期不明"),
    ("due_open", "到期未整改"),
    ("overdue", "逾期未改"),
    ("due_soon", "临期"),
    ("in_time", "未到期"),
    ("undated", "无期限"),
    ("deadline_unreadable", "期限有误"),
    ("status_unclear", "状态不明"),
    ("awaiting_verification", "待验收"),
    ("overdue_1_7", "逾期1—7天"),
    ("overdue_8_30", "逾期8—30天"),
    ("overdue_over_30", "逾期30天以上"),
    ("left_0_10", "剩余10天以内"),
    ("left_11_20", "剩余11—20天"),
    ("left_over_20", "剩余20天以上"),
    ("general", "一般隐患"),
    ("general_rectified", "一般隐患已整改"),
    ("major", "重大隐患"),
    ("major_rectified", "重大隐患已整改"),
    ("major_closed", "重大隐患已整改销号"),
    ("major_open", "重大隐患未整改"),
    ("major_unclear", "重大隐患状态不明"),
    ("major_complete", "其中五落实齐全"),
    ("major_supervised", "其中挂牌督办"),
    ("level_unknown", "未定级"),
    ("not_reported_again", "未再报告"),
];
pub const RATES: [(&str, &str, &str, &str); 6] = [
    ("rectified", "整改率", "rectified", "total"),
    ("rectified_in_time", "按期整改率", "rectified_in_time", "fallen_due"),
    ("closed_out", "销号率", "closed", "total"),
    ("general_rectified", "一般隐患整改率", "general_rectified", "general"),
    ("major_rectified", "重大隐患整改率", "major_rectified", "major"),
    ("major_complete", "五落实齐全率", "major_complete", "major_open"),
];
pub const DIMENSIONS: [(&str, &str); 6] =
    [("unit", "单位"), ("category", "类别"), ("level", "等级"), ("source", "来源"), ("phase", "发现阶段"), ("group", "分组")];

pub fn rate(part: u64, whole: u64) -> String {
    half_up(part, whole).map_or_else(|| "—".to_owned(), |rate| format!("{rate}%"))
}

/// A report with all its numbers worked out anew.
pub struct Expected {
    pub now: Reckoning,
    pub before: Option<Reckoning>,
    pub rows: Rows,
}

pub fn expected(newest: &Rows, case: &Case, plan: &Plan) -> Expected {
    let (start, end) = (day(case.start), day(case.end));
    let rows = known_on(newest, end);
    let earlier = known_on(newest, start - Days::new(1));
    let now = Reckoning::of(&rows, &earlier, start, end, plan);
    let before = (!case.before.is_empty() && start > day("2023-05-01")).then(|| {
        let first = day(case.before);
        Reckoning::of(&earlier, &known_on(newest, first - Days::new(1)), first, start - Days::new(1), plan)
    });
    Expected { now, before, rows }
}

/// The number that a key of the dashboard means, as the page shows it.
pub fn meant(key: &str, expected: &Expected, case: &Case, plan: &Plan) -> Option<String> {
    let parts: Vec<&str> = key.split('.').collect();
    let of = |reckoning: &Reckoning, row: Option<(usize, &str)>, parts: &[&str]| match parts {
        ["rates", wanted] => {
            let (_, _, part, whole) = RATES.iter().find(|(key, ..)| key == wanted)?;
            Some(rate(reckoning.count(part, row), reckoning.count(whole, row)))
        }
        [wanted] => Some(reckoning.count(wanted, row).to_string()),
        _ => None,
    };
    let of_duty = |numbers: [u64; 6], wanted: &[&str]| {
        let [owed, in_time, zero, late, missing, waiting] = numbers;
        let count = match wanted {
            ["owed"] => owed,
            ["came"] => in_time + late,
            ["in_time"] => in_time,
            ["zero"] => zero,
            ["late"] => late,
            ["missing"] => missing,
            ["waiting"] => waiting,
            ["rates", "reported"] => return Some(rate(in_time + late, owed)),
            ["rates", "reported_in_time"] => return Some(rate(in_time, owed)),
            _ => return None,
        };
        Some(count.to_string())
    };
    let signed = |number: i64, digits: String| match number {
        0 => "0".to_owned(),
        1.. => format!("+{digits}"),
        _ => format!("−{digits}"),
    };
    let all = duties(case);
    match parts.as_slice() {
        ["totals", rest @ ..] => of(&expected.now, None, rest),
        ["previous", rest @ ..] => of(expected.before.as_ref()?, None, rest),
        ["change", "rates", wanted] => {
            let of_rate = |reckoning: &Reckoning| {
                let (_, _, part, whole) = RATES.iter().find(|(key, ..)| key == wanted)?;
                let shown = half_up(reckoning.count(part, None), reckoning.count(whole, None))?;
                shown.replace('.', "").parse::<i64>().ok()
            };
            let (now, before) = (of_rate(&expected.now), of_rate(expected.before.as_ref()?));
            Some(now.zip(before).map_or_else(
                || "—".to_owned(),
                |(now, before)| {
                    let size = (now - before).unsigned_abs();
                    signed(now - before, format!("{}.{}", size / 10, size % 10))
                },
            ))
        }
        ["change", wanted] => {
            let change = expected.now.count(wanted, None) as i64 - expected.before.as_ref()?.count(wanted, None) as i64;
            Some(signed(change, change.unsigned_abs().to_string()))
        }
        ["by", dimension, row, rest @ ..] => {
            let dimension = DIMENSIONS.iter().position(|(key, _)| key == dimension)?;
            let label = LABELS[dimension].get(row.parse::<usize>().ok()?.checked_sub(1)?)?;
            match rest {
                ["rank"] => Some(expected.now.rank(label, plan).map_or_else(|| "—".to_owned(), |rank| rank.to_string())),
                ["duties", ..] => {
                    let (mut owed, mut in_time, mut late, mut missing) = (0, 0, 0, 0);
                    for (friday, _) in &all {
                        owed += 1;
                        let odd = (*friday - day("2023-05-05")).num_days() / 7 % 2 == 1;
                        let waits = *friday == day(case.end);
                        match *label {
                            "甲镇卫生院" | "乙镇卫生院" => in_time += 1,
                            "没有隐患的诊所" if !odd => in_time += 1,
                            "丙镇卫生院" if !waits => late += 1,
                            _ if waits => {}
                            _ => missing += 1,
                        }
                    }
                    of_duty([owed, in_time, 0, late, missing, 0], &rest[1..])
                }
                _ => of(&expected.now, Some((dimension, label)), rest),
            }
        }
        ["duties", "all", rest @ ..] => {
            let sum = all.iter().fold([0; 6], |sum, (_, numbers)| std::array::from_fn(|place| sum[place] + numbers[place]));
            of_duty(sum, rest)
        }
        ["duties", row, rest @ ..] => of_duty(all.get(row.parse::<usize>().ok()? - 1)?.1, rest),
        ["series", row, wanted] => {
            let days = expected.now.weeks_back(day("2023-05-01"), day(case.end));
            let on = *days.get(row.parse::<usize>().ok()? - 1)?;
            let point = Reckoning::of(&expected.rows, &expected.rows, on, on, plan);
            Some(point.count(wanted, None).to_string())
        }
        ["overdue", row, "days"] => expected.now.longest_overdue().get(row.parse::<usize>().ok()? - 1).map(|days| days.to_string()),
        _ => None,
    }
}
