//! Reads how the units are marked: items with their points, and grades.
//!
//! What is given back adds up and is in order, so that a score can be worked out without asking again;
//! what does not is told here (C100–C104). Marks nobody.

use std::collections::BTreeSet;

use crate::campaign::model::Grade;
use crate::campaign::model::Measure;
use crate::campaign::model::Obligation;
use crate::campaign::model::Scoring;
use crate::campaign::model::ScoringItem;
use crate::campaign::places::Places;
use crate::campaign::problems::Problems;
use crate::campaign::problems::Report;
use crate::campaign::tree::Position;
use crate::campaign::view::View;
use crate::diagnostic::Severity;
use crate::vocabulary::likeness::meant_key;

/// Points in hundredths that a campaign without `full` gives.
const FULL: u32 = 10_000;
/// What a late report counts for when nothing is said: half of one in time.
const LATE_REPORT: u32 = 50;
/// What a hazard costs when nothing is said: one point.
const EACH: u32 = 100;

/// How the units are marked; `None` when the campaign does not say, or an item cannot be read.
pub fn scoring(view: &View<'_>, obligations: &[Obligation], places: &Places, problems: &mut Problems) -> Option<Scoring> {
    let part = view.part("scoring").filter(View::is_mapping)?;
    let full = if part.get("full").is_some() { part.points("full") } else { Some(FULL) };
    let parts = part.parts("items");
    let mut items: Vec<ScoringItem> = Vec::new();
    for item in &parts {
        let read = read_item(item, obligations, problems);
        if let Some(read) = read {
            check_twice(item, &read, &items, obligations, problems);
            items.push(read);
        }
    }
    let grades = grades(&part, full, problems);
    // An item that cannot be read has been told about; its points are not missing.
    if items.len() < parts.len() || part.get("items").is_none() {
        return None;
    }
    let full = full?;
    check_sum(places.of("scoring.items"), full, &items, problems);
    name_apart(&mut items, obligations);
    Some(Scoring { full, items, grades })
}

fn read_item(part: &View<'_>, obligations: &[Obligation], problems: &mut Problems) -> Option<ScoringItem> {
    let written = part.text("measure")?;
    let measure = Measure::ALL.into_iter().find(|measure| measure.key() == written)?;
    check_keys(part, measure, problems);
    let chosen = match measure {
        Measure::ReportedInTime => chosen_obligations(part, obligations, problems),
        _ => Vec::new(),
    };
    let unsaid = if measure == Measure::ReportedInTime { LATE_REPORT } else { 0 };
    Some(ScoringItem {
        measure,
        name: part.text("name").unwrap_or_default(),
        points: part.points("points")?,
        obligations: chosen,
        late: part.share("late").unwrap_or(unsaid),
        each: part.points("each").unwrap_or(EACH),
    })
}

/// The keys that only some measures have a use for.
fn check_keys(part: &View<'_>, measure: Measure, problems: &mut Problems) {
    let uses: [(&str, &[Measure]); 3] = [
        ("obligations", &[Measure::ReportedInTime]),
        ("late", &[Measure::ReportedInTime, Measure::RectifiedInTime]),
        ("each", &[Measure::Repeats, Measure::Overdue]),
    ];
    for (key, measures) in uses {
        let Some(node) = part.get(key).filter(|_| !measures.contains(&measure)) else { continue };
        let owners: Vec<&str> = measures.iter().map(|measure| measure.key()).collect();
        problems.push(
            node.position,
            Report {
                code: "C104",
                severity: Severity::Error,
                field: format!("{}.{key}", part.path),
                value: None,
                message: format!("{}（{}）用不到 {key}", measure.key(), measure.label()),
                help: format!("删掉 {key}；它只用于 {}", owners.join("、")),
            },
        );
    }
}

/// The obligations that are marked, ascending: those named, else all of them.
fn chosen_obligations(part: &View<'_>, obligations: &[Obligation], problems: &mut Problems) -> Vec<usize> {
    let written = part.texts("obligations");
    if written.is_empty() {
        return (0..obligations.len()).collect();
    }
    let mut chosen = BTreeSet::new();
    for id in &written {
        match obligations.iter().position(|obligation| obligation.id == *id) {
            Some(index) => {
                chosen.insert(index);
            }
            None => problems.push(part.get("obligations").map_or(part.position(), |node| node.position), unknown(part, id, obligations)),
        }
    }
    chosen.into_iter().collect()
}

fn unknown(part: &View<'_>, id: &str, obligations: &[Obligation]) -> Report {
    let known: Vec<&str> = obligations.iter().map(|obligation| obligation.id.as_str()).collect();
    let by_name = obligations.iter().find(|obligation| obligation.name == id).map(|obligation| obligation.id.as_str());
    let near = by_name.or_else(|| meant_key(id, known.iter().copied())).map_or_else(String::new, |word| format!("是否想写 {word}？"));
    let listed =
        if known.is_empty() { "方案里没有写报送要求".to_owned() } else { format!("报送要求有：{}", known.join("、")) };
    Report {
        code: "C101",
        severity: Severity::Error,
        field: format!("{}.obligations", part.path),
        value: Some(id.to_owned()),
        message: format!("没有代号是“{id}”的报送要求"),
        help: format!("{near}{listed}"),
    }
}

/// The same thing may not be marked twice; reports may be parted among several items.
fn check_twice(part: &View<'_>, item: &ScoringItem, before: &[ScoringItem], obligations: &[Obligation], problems: &mut Problems) {
    let Some(first) = before.iter().find(|other| {
        let shared = obligations.is_empty() || other.obligations.iter().any(|obligation| item.obligations.contains(obligation));
        other.measure == item.measure && (item.measure != Measure::ReportedInTime || shared)
    }) else {
        return;
    };
    let shared = first.obligations.iter().find(|obligation| item.obligations.contains(obligation));
    let of = shared.and_then(|index| obligations.get(*index)).map_or_else(String::new, |obligation| format!("里的“{}”", obligation.name));
    problems.push(
        part.get("measure").map_or(part.position(), |node| node.position),
        Report {
            code: "C102",
            severity: Severity::Error,
            field: format!("{}.measure", part.path),
            value: Some(item.measure.key().to_owned()),
            message: format!("{}（{}）{of}前面已经评过", item.measure.key(), item.measure.label()),
            help: "两项合成一项；报送要分开评的，各写各的 obligations，不要重复".to_owned(),
        },
    );
}

/// The items must make up the full score, and there must be one.
fn check_sum(position: Position, full: u32, items: &[ScoringItem], problems: &mut Problems) {
    let sum: u64 = items.iter().map(|item| u64::from(item.points)).sum();
    if sum == u64::from(full) && full > 0 {
        return;
    }
    let terms: Vec<String> = items.iter().map(|item| points_text(u64::from(item.points))).collect();
    let sum = if terms.len() > 1 { format!("{}＝{}", terms.join("＋"), points_text(sum)) } else { points_text(sum) };
    problems.push(
        position,
        Report {
            code: "C100",
            severity: Severity::Error,
            field: "scoring.items".to_owned(),
            value: None,
            message: format!("各项目的分值 {sum}，满分是 {}", points_text(u64::from(full))),
            help: "改分值（points）或满分（full），让两边相等且大于 0".to_owned(),
        },
    );
}

/// The grades, put in descending order; that they were not is told.
fn grades(part: &View<'_>, full: Option<u32>, problems: &mut Problems) -> Vec<Grade> {
    let mut grades: Vec<Grade> = Vec::new();
    let mut tell = |position: Position, path: &str, from: u32, message: String| {
        problems.push(
            position,
            Report {
                code: "C103",
                severity: Severity::Error,
                field: path.to_owned(),
                value: Some(points_text(u64::from(from))),
                message,
                help: "由高到低排列，最高一等不高于满分，最低一等写 from: 0".to_owned(),
            },
        );
    };
    let parts = part.parts("grades");
    for (index, grade) in parts.iter().enumerate() {
        let (Some(from), Some(name)) = (grade.points("from"), grade.text("name")) else { continue };
        let here = points_text(u64::from(from));
        if let Some(before) = grades.last().filter(|before| before.from <= from) {
            let message = format!("“{name}”从 {here} 分起，不低于前一等“{}”的 {} 分", before.name, points_text(u64::from(before.from)));
            tell(grade.position(), &grade.path, from, message);
        } else if let Some(full) = full.filter(|full| from > *full) {
            let message = format!("“{name}”从 {here} 分起，高于满分 {}，谁也得不到", points_text(u64::from(full)));
            tell(grade.position(), &grade.path, from, message);
        } else if index + 1 == parts.len() && from > 0 {
            tell(grade.position(), &grade.path, from, format!("最低一等“{name}”从 {here} 分起，不到 {here} 分的单位没有等次"));
        }
        grades.push(Grade { from, name });
    }
    grades.sort_by_key(|grade| std::cmp::Reverse(grade.from));
    grades
}

/// Items without a name are called after their measure; several of one measure after their reports too.
fn name_apart(items: &mut [ScoringItem], obligations: &[Obligation]) {
    let measures: Vec<Measure> = items.iter().map(|item| item.measure).collect();
    for item in items.iter_mut().filter(|item| item.name.is_empty()) {
        let alone = measures.iter().filter(|measure| **measure == item.measure).count() == 1;
        let names: Vec<&str> = item.obligations.iter().filter_map(|index| obligations.get(*index)).map(|one| one.name.as_str()).collect();
        let label = item.measure.label();
        item.name = if alone || names.is_empty() { label.to_owned() } else { format!("{label}（{}）", names.join("、")) };
    }
}

/// Hundredths as people write points: `30`, `2.5`.
pub fn points_text(hundredths: u64) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match (rest, rest % 10) {
        (0, _) => whole.to_string(),
        (_, 0) => format!("{whole}.{}", rest / 10),
        _ => format!("{whole}.{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::points_text;
    use crate::campaign::CampaignReading;
    use crate::campaign::model::Measure;
    use crate::campaign::read_campaign;
    use crate::source::SourceFile;

    const HEAD: &str = "\
campaign: demo
title: 示例
issuer: 某县卫健委
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: weekly, name: 周统计, every: 每周五, fulfilled_by: ledger}
  - {id: zero, name: 零报告, every: 每天, fulfilled_by: zero-report}
";

    fn read(scoring: &str) -> CampaignReading {
        read_campaign(&SourceFile { name: Arc::from("campaign.yaml"), bytes: format!("{HEAD}{scoring}").into_bytes() })
    }

    /// Code, line and words of every problem of a campaign with this `scoring` from line 9 on.
    fn check(scoring: &str, found: &[(&str, u32, &str)]) {
        let reading = read(scoring);
        let told = &reading.diagnostics;
        assert_eq!(told.len(), found.len(), "{scoring}\n{told:#?}");
        for (diagnostic, (code, line, words)) in told.iter().zip(found) {
            assert_eq!((diagnostic.code, diagnostic.place.row), (*code, *line), "{scoring}\n{told:#?}");
            let all = format!("{}；{}", diagnostic.message, diagnostic.help);
            assert!(all.contains(words), "{all} ∌ {words}");
        }
    }

    #[test]
    fn mistakes_are_told_at_their_line() {
        let whole = "{measure: rectified, points: 100}";
        for (scoring, code, line, words) in [
            (
                "scoring:\n  items:\n    - {measure: rectified, points: 60}\n    - {measure: overdue, points: 30.5}\n",
                "C100",
                10,
                "60＋30.5＝90.5，满分是 100",
            ),
            ("scoring: {full: 60, items: [{measure: rectified, points: 100}]}\n", "C100", 9, "分值 100，满分是 60"),
            ("scoring: {full: 0, items: [{measure: rectified, points: 0}]}\n", "C100", 9, "大于 0"),
            ("scoring: {items: []}\n", "C100", 9, "分值 0，满分是 100"),
            (
                "scoring:\n  items:\n    - {measure: reported_in_time, points: 100, obligations: [weekli]}\n",
                "C101",
                11,
                "是否想写 weekly？",
            ),
            ("scoring:\n  items:\n    - {measure: reported_in_time, points: 100, obligations: 周统计}\n", "C101", 11, "是否想写 weekly？"),
            (
                "scoring:\n  items:\n    - {measure: overdue, points: 50}\n    - {measure: overdue, points: 50, each: 2}\n",
                "C102",
                12,
                "前面已经评过",
            ),
            (
                "scoring:\n  items:\n    - {measure: reported_in_time, points: 50}\n    - {measure: reported_in_time, points: 50, obligations: [zero]}\n",
                "C102",
                12,
                "“零报告”前面已经评过",
            ),
            (
                &format!(
                    "scoring:\n  items: [{whole}]\n  grades:\n    - {{from: 60, name: 合格}}\n    - {{from: 90, name: 优秀}}\n    - {{from: 0, name: 不合格}}\n"
                ),
                "C103",
                13,
                "不低于前一等“合格”的 60 分",
            ),
            (&format!("scoring:\n  items: [{whole}]\n  grades: [{{from: 60, name: 合格}}]\n"), "C103", 11, "不到 60 分的单位没有等次"),
            (
                &format!("scoring:\n  items: [{whole}]\n  grades: [{{from: 101, name: 优秀}}, {{from: 0, name: 其他}}]\n"),
                "C103",
                11,
                "高于满分 100",
            ),
            (
                "scoring:\n  items:\n    - {measure: rectified, points: 100, each: 2}\n",
                "C104",
                11,
                "用不到 each；删掉 each；它只用于 repeats、overdue",
            ),
            ("scoring:\n  items:\n    - {measure: rectified_intime, points: 100}\n", "C004", 11, "是否想写 rectified_in_time？"),
            ("scoring:\n  items:\n    - {measure: 按期整改, points: 100}\n", "C004", 11, "是否想写 rectified_in_time？"),
            ("scoring:\n  items:\n    - {measure: rectified, points: 一百}\n", "C004", 11, "分数"),
            ("scoring:\n  items:\n    - {measure: rectified_in_time, points: 100, late: 1.5}\n", "C004", 11, "0 到 1"),
            ("scoring:\n  items:\n    - {measure: rectified, point: 100, points: 100}\n", "C002", 11, "points"),
            ("scoring:\n  items:\n    - {measure: rectified}\n", "C003", 11, "points"),
            ("scoring: {full: 100}\n", "C003", 9, "items"),
            ("scoring: 100\n", "C004", 9, "考核评分"),
        ] {
            check(scoring, &[(code, line, words)]);
        }
    }

    #[test]
    fn a_sound_scoring_is_read_with_its_defaults() {
        let reading = read(
            "scoring:\n  items:\n    - {measure: reported_in_time, points: 20, obligations: [zero], late: 0.25}\n    \
             - {measure: reported_in_time, points: 10, obligations: [weekly]}\n    - {measure: rectified_in_time, points: 62.5}\n    \
             - {measure: repeats, points: 7.5, each: 2, name: 屡改屡犯}\n  grades: [{from: 90, name: 优秀}, {from: 0, name: 不合格}]\n",
        );
        assert!(reading.diagnostics.is_empty(), "{:#?}", reading.diagnostics);
        let scoring = reading.campaign.and_then(|campaign| campaign.scoring).expect("a scoring");
        assert_eq!(scoring.full, 10_000);
        let told: Vec<_> = scoring
            .items
            .iter()
            .map(|item| (item.measure, item.name.as_str(), item.points, item.late, item.each, &item.obligations[..]))
            .collect();
        assert_eq!(
            told,
            [
                (Measure::ReportedInTime, "按时报送（零报告）", 2000, 25, 100, &[1][..]),
                (Measure::ReportedInTime, "按时报送（周统计）", 1000, 50, 100, &[0][..]),
                (Measure::RectifiedInTime, "按期整改", 6250, 0, 100, &[][..]),
                (Measure::Repeats, "屡改屡犯", 750, 0, 200, &[][..]),
            ]
        );
        assert_eq!(scoring.grades.iter().map(|grade| grade.from).collect::<Vec<_>>(), [9000, 0]);
        let plain = read("scoring: {items: [{measure: reported_in_time, points: 100}]}\n").campaign.and_then(|campaign| campaign.scoring);
        assert_eq!(plain.map(|scoring| scoring.items[0].obligations.clone()), Some(vec![0, 1]));
        assert_eq!(read("").campaign.map(|campaign| campaign.scoring), Some(None));
    }

    #[test]
    fn points_are_written_as_people_write_them() {
        for (hundredths, text) in [(0, "0"), (5, "0.05"), (250, "2.5"), (3000, "30"), (1234, "12.34")] {
            assert_eq!(points_text(hundredths), text);
        }
    }
}
