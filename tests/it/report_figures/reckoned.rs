//! The definitions of the contract once more: which hazards each measure holds of, told from the texts of the ledger's rows.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::Days;
use chrono::NaiveDate;

/// 编号 → column → text.
pub type Rows = BTreeMap<String, BTreeMap<String, String>>;

/// One row.
pub type Row = BTreeMap<String, String>;

/// What of the campaign the numbers depend on.
pub struct Plan {
    pub units: Vec<String>,
    /// Days within which a hazard of level 一般 is due where no deadline is written.
    pub general_within: u64,
    pub due_soon: i64,
    /// Columns that a major hazard must have filled in.
    pub required: Vec<&'static str>,
    /// The label of a row in a breakdown.
    pub row_of: fn(&Row, usize) -> String,
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("{text} is no day"))
}

/// Per cent with one decimal, half up, worked out in whole numbers; `None` of nothing.
pub fn half_up(part: u64, whole: u64) -> Option<String> {
    if whole == 0 {
        return None;
    }
    let mut tenths = part * 1000 / whole;
    if part * 1000 % whole * 2 >= whole {
        tenths += 1;
    }
    Some(format!("{}.{}", tenths / 10, tenths % 10))
}

/// One hazard on one day.
struct Standing {
    found: bool,
    closed: bool,
    withdrawn: bool,
    rectified: bool,
    unclear: bool,
    deadline: Option<NaiveDate>,
    rectified_on: Option<NaiveDate>,
}

fn date(row: &Row, title: &str) -> Option<NaiveDate> {
    row[title].parse().ok()
}

fn standing(row: &Row, on: NaiveDate, plan: &Plan) -> Standing {
    let found_on = date(row, "发现日期");
    let status = row["状态"].as_str();
    let rectified_on = date(row, "整改完成日期");
    let withdrawn = status == "撤销";
    let closed_out = match (status, date(row, "销号日期")) {
        ("已销号", Some(closed)) => closed <= on,
        ("已销号", None) => rectified_on.is_none_or(|done| done <= on),
        _ => false,
    };
    let closed = closed_out;
    let done = (status == "已整改" || status == "已销号") && rectified_on.is_none_or(|done| done <= on);
    let deadline = match (date(row, "延期至"), row["整改期限"].as_str()) {
        (Some(extended), _) => Some(extended),
        (None, "") if row["等级"] == "一般" => found_on.map(|found| found + Days::new(plan.general_within)),
        (None, "立行立改") => found_on,
        (None, stated) => stated.parse().ok(),
    };
    let unclear = !closed && !withdrawn && !done && !["", "待整改", "整改中", "已整改", "已销号"].contains(&status);
    Standing {
        unclear,
        found: found_on.is_none_or(|found| found <= on),
        closed,
        withdrawn,
        rectified: done || closed,
        deadline,
        rectified_on,
    }
}

/// The sets behind every measure.
pub struct Reckoning {
    sets: BTreeMap<&'static str, BTreeSet<String>>,
    /// Label of each hazard in each breakdown.
    labels: BTreeMap<String, Vec<String>>,
    yuan: BTreeMap<String, u64>,
    filled: BTreeMap<String, u64>,
    /// Days overdue of each overdue hazard.
    days: BTreeMap<String, i64>,
}

impl Reckoning {
    /// `rows` as known on the last day, `earlier` as known on the day before the first.
    pub fn of(rows: &Rows, earlier: &Rows, start: NaiveDate, end: NaiveDate, plan: &Plan) -> Reckoning {
        let mut reckoning = Reckoning {
            sets: BTreeMap::new(),
            labels: BTreeMap::new(),
            yuan: BTreeMap::new(),
            filled: BTreeMap::new(),
            days: BTreeMap::new(),
        };
        for (id, row) in rows {
            let now = standing(row, end, plan);
            let before = earlier.get(id).map(|row| standing(row, start - Days::new(1), plan)).filter(|before| before.found);
            reckoning.labels.insert(id.clone(), (0..6).map(|dimension| (plan.row_of)(row, dimension)).collect());
            let mut put = |key: &'static str, holds: bool| {
                if holds {
                    reckoning.sets.entry(key).or_default().insert(id.clone());
                }
            };
            let was_withdrawn = before.as_ref().is_some_and(|before| before.withdrawn);
            let was_open = before.as_ref().is_some_and(|before| !before.closed && !before.withdrawn);
            let was_closed = before.as_ref().is_some_and(|before| before.closed || before.withdrawn);
            put("carried_over", was_open);
            put("left", was_open && !now.found);
            put("withdrawn_before", was_withdrawn);
            put("withdrawal_undone", was_withdrawn && !(now.found && now.withdrawn));
            if !now.found {
                continue;
            }
            put("withdrawn", now.withdrawn);
            put("newly_withdrawn", now.withdrawn && !was_withdrawn);
            put("withdrawn_in_period", now.withdrawn && was_open);
            if now.withdrawn {
                continue;
            }
            let is_new = before.is_none();
            put("new", is_new);
            put("new_from_before", is_new && date(row, "发现日期").is_some_and(|found| found < start));
            put("reopened", was_closed && !now.closed);
            put("closed_in_period", now.closed && !was_closed);
            put("open_at_end", !now.closed);
            put("rectified_in_period", now.rectified && !before.as_ref().is_some_and(|before| before.rectified));
            put("total", true);
            put("rectified", now.rectified);
            put("closed", now.closed);
            let fallen_due = !now.unclear && now.deadline.is_some_and(|deadline| deadline < end);
            put("fallen_due", fallen_due);
            let by_then = now.rectified_on.zip(now.deadline).is_some_and(|(done, deadline)| done <= deadline);
            put("rectified_in_time", fallen_due && now.rectified && by_then);
            let has_happened = now.rectified && now.rectified_on.is_some_and(|done| done <= end);
            put("rectified_undated", fallen_due && now.rectified && !has_happened);
            put("due_open", fallen_due && !now.rectified);
            put("late", has_happened && now.deadline.is_some() && !by_then);
            let left = now.deadline.map(|deadline| (deadline - end).num_days());
            let open = !now.rectified && !now.unclear;
            put("overdue", open && left.is_some_and(|left| left < 0));
            put("due_soon", open && left.is_some_and(|left| (0..=plan.due_soon).contains(&left)));
            put("in_time", open && left.is_some_and(|left| left > plan.due_soon));
            // The words without a day (尽快, 待资金到位) have no digits; a day that cannot be read has.
            let unreadable = left.is_none() && row["整改期限"].contains(|letter: char| letter.is_ascii_digit());
            put("undated", open && left.is_none() && !unreadable);
            put("deadline_unreadable", open && unreadable);
            put("status_unclear", now.unclear);
            put("awaiting_verification", now.rectified && !now.closed);
            put("overdue_1_7", open && left.is_some_and(|left| (-7..0).contains(&left)));
            put("overdue_8_30", open && left.is_some_and(|left| (-30..-7).contains(&left)));
            put("overdue_over_30", open && left.is_some_and(|left| left < -30));
            put("left_0_10", open && left.is_some_and(|left| (0..=10).contains(&left)));
            put("left_11_20", open && left.is_some_and(|left| (11..=20).contains(&left)));
            put("left_over_20", open && left.is_some_and(|left| left > 20));
            let [general, major] = ["一般", "重大"].map(|level| row["等级"] == level);
            put("general", general);
            put("general_rectified", general && now.rectified);
            put("major", major);
            put("major_rectified", major && now.rectified);
            put("major_closed", major && now.closed);
            put("major_open", major && open);
            put("major_unclear", major && now.unclear);
            put("level_unknown", !general && !major);
            let is_filled = |title: &str| !["", "/", "-", "—", "无"].contains(&row[title].as_str());
            let complete = plan.required.iter().all(|title| is_filled(title)) && is_filled("临时管控措施");
            put("major_complete", major && open && complete);
            put("major_supervised", major && open && is_filled("督办"));
            if major && open {
                for title in plan.required.iter().filter(|title| is_filled(title)) {
                    *reckoning.filled.entry((*title).to_owned()).or_default() += 1;
                }
            }
            let amount: f64 = row["整改资金（万元）"].parse().unwrap_or(0.0);
            reckoning.yuan.insert(id.clone(), (amount * 10_000.0).round() as u64);
            if open && left.is_some_and(|left| left < 0) {
                reckoning.days.insert(id.clone(), -left.unwrap_or(0));
            }
        }
        reckoning
    }

    /// The hazards behind a measure.
    pub fn behind(&self, key: &str) -> &BTreeSet<String> {
        static NONE: BTreeSet<String> = BTreeSet::new();
        self.sets.get(key).unwrap_or(&NONE)
    }

    /// How many they are: all, or those of one row of a breakdown.
    pub fn count(&self, key: &str, row: Option<(usize, &str)>) -> u64 {
        self.behind(key).iter().filter(|id| row.is_none_or(|(dimension, label)| self.labels[*id][dimension] == label)).count() as u64
    }

    /// 万元 as a cell shows it.
    pub fn funds(&self, row: Option<(usize, &str)>) -> String {
        let own = self.yuan.iter().filter(|(id, _)| row.is_none_or(|(dimension, label)| self.labels[*id][dimension] == label));
        let yuan: u64 = own.map(|(_, yuan)| yuan).sum();
        (yuan as f64 / 10_000.0).to_string()
    }

    /// How many open major hazards have a column filled in.
    pub fn filled(&self, title: &str) -> u64 {
        self.filled.get(title).copied().unwrap_or(0)
    }

    /// One more than the units that are better: a higher share rectified, or the same and fewer overdue.
    pub fn rank(&self, unit: &str, plan: &Plan) -> Option<u64> {
        let of = |unit: &str| ["rectified", "total", "overdue"].map(|key| self.count(key, Some((0, unit))));
        let [rectified, total, overdue] = of(unit);
        let is_better = |other: &&String| {
            let [their_rectified, their_total, their_overdue] = of(other);
            let (theirs, ours) = (their_rectified * total, rectified * their_total);
            their_total > 0 && (theirs > ours || theirs == ours && their_overdue < overdue)
        };
        (total > 0).then(|| 1 + plan.units.iter().filter(is_better).count() as u64)
    }

    /// Units with overdue hazards, the most first, in the order of the roster among equals.
    pub fn overdue_units<'p>(&self, plan: &'p Plan) -> Vec<(&'p str, u64)> {
        let of = |unit: &'p String| (unit.as_str(), self.count("overdue", Some((0, unit))));
        let mut units: Vec<(&str, u64)> = plan.units.iter().map(of).filter(|(_, number)| *number > 0).collect();
        units.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
        units
    }

    /// Days overdue, the longest first.
    pub fn longest_overdue(&self) -> Vec<i64> {
        let mut days: Vec<i64> = self.days.values().copied().collect();
        days.sort_unstable_by_key(|days| std::cmp::Reverse(*days));
        days
    }

    /// The days of the course: weeks counted back from the last.
    pub fn weeks_back(&self, first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
        let mut days: Vec<NaiveDate> = (0..=26).map(|week| last - Days::new(7 * week)).filter(|day| *day >= first).collect();
        days.reverse();
        days
    }
}
