//! 考核评分: one row for each unit with what it reached in every item, and 评分依据 with every duty and hazard behind
//! those points. A score that cannot be had from its parts is not written.

use std::borrow::Cow;

use crate::campaign::Campaign;
use crate::campaign::Roster;
use crate::campaign::model::Measure;
use crate::campaign::model::Scoring;
use crate::campaign::model::ScoringItem;
use crate::campaign::points_text;
use crate::documents::imbalance::Imbalance;
use crate::documents::sheet::Body;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::ColumnKind;
use crate::documents::sheet::Look;
use crate::documents::sheet::Official;
use crate::documents::sheet::Row;
use crate::documents::sheet::Sheet;
use crate::ledger::Ledger;
use crate::results::Obligations;
use crate::results::Scorecard;
use crate::results::scorecard::Effect;
use crate::results::scorecard::ItemScore;
use crate::results::scorecard::ScoreRow;
use crate::results::scorecard::Subject;
use crate::results::scorecard::UnitScore;
use crate::vocabulary::Field;

/// One row for each unit; the first sheet, and all of the CSV.
pub const SCORE_SHEET: &str = "考核评分";
/// One row for each duty and hazard behind an item of a unit.
pub const BASIS_SHEET: &str = "评分依据";

/// More columns than this take small print.
const MOST_ROOMY_COLUMNS: usize = 11;

/// What the document is made from; all of the same ledger and as-of date.
#[derive(Clone, Copy)]
pub struct ScorecardSource<'a> {
    pub campaign: &'a Campaign,
    /// How the campaign marks; the scores come from it.
    pub scoring: &'a Scoring,
    pub roster: &'a Roster,
    pub ledger: &'a Ledger,
    pub obligations: &'a Obligations,
    pub scorecard: &'a Scorecard,
}

impl<'a> ScorecardSource<'a> {
    fn unit_name(self, unit: &UnitScore) -> &'a str {
        self.roster.units.get(unit.unit).map_or("", |unit| &unit.name)
    }

    /// The items of a unit, each with how the campaign marks it.
    fn items(self, unit: &'a UnitScore) -> impl Iterator<Item = (&'a ScoringItem, &'a ItemScore)> {
        self.scoring.items.iter().zip(&unit.items)
    }
}

/// The two sheets, for a workbook that holds more.
///
/// # Errors
/// [`Imbalance`] when a score is not what its parts make.
pub fn scorecard_sheets<'a>(source: ScorecardSource<'a>) -> Result<[Sheet<'a>; 2], Imbalance> {
    for unit in &source.scorecard.units {
        check(source, unit)?;
    }
    Ok([score_sheet(source), basis_sheet(source)])
}

/// Every number of a unit is held against its parts: credits and deductions, points and maxima, the total.
fn check(source: ScorecardSource<'_>, unit: &UnitScore) -> Result<(), Imbalance> {
    let name = source.unit_name(unit);
    let equal = |what: String, total: u64, sum: u64| if total == sum { Ok(()) } else { Err(Imbalance::Total { what, total, sum }) };
    equal(format!("{name}的评分项目"), source.scoring.items.len() as u64, unit.items.len() as u64)?;
    let (mut points, mut maximum) = (0, 0);
    for (item, score) in source.items(unit) {
        let what = format!("{name}“{}”", item.name);
        let rows = score.rows.len() as u64;
        let deducted = sum(score, |effect| if let Effect::Deduction(points) = effect { points } else { 0 });
        let credits = sum(score, |effect| if let Effect::Credit(credit) = effect { credit } else { 0 });
        let parts = if item.measure.is_deduction() { 100 * rows } else { credits };
        equal(format!("{what}的得失（百分之一）"), u64::from(score.numerator), parts)?;
        let reached = if item.measure.is_deduction() {
            u64::from(score.maximum).saturating_sub(deducted)
        } else {
            equal(format!("{what}的依据"), u64::from(score.denominator), rows)?;
            half_up(u64::from(score.maximum) * credits, 100 * rows)
        };
        if let Some(own) = score.points {
            equal(format!("{what}的得分（百分之一分）"), u64::from(own), reached)?;
            points += u64::from(own);
            maximum += u64::from(score.maximum);
        }
    }
    equal(format!("{name}的得分（百分之一分）"), u64::from(unit.points), points)?;
    equal(format!("{name}的适用项满分（百分之一分）"), u64::from(unit.maximum), maximum)?;
    let full = u64::from(source.scorecard.full);
    let total = if maximum == full { points } else { half_up(points * full, maximum) };
    equal(format!("{name}的总分（百分之一分）"), u64::from(unit.total.unwrap_or(0)), total)
}

fn sum(score: &ItemScore, part: impl Fn(Effect) -> u32) -> u64 {
    score.rows.iter().map(|row| u64::from(part(row.effect))).sum()
}

/// Rounded half up; nothing for nothing divided by nothing.
fn half_up(numerator: u64, denominator: u64) -> u64 {
    (2 * numerator + denominator).checked_div(2 * denominator).unwrap_or(0)
}

fn score_sheet<'a>(source: ScorecardSource<'a>) -> Sheet<'a> {
    let units = &source.scorecard.units;
    let graded = !source.scoring.grades.is_empty();
    let remarked = units.iter().any(|unit| unit.maximum < source.scorecard.full);
    let mut columns = vec![Column::new("序号", ColumnKind::Number, 4), Column::new("单位", ColumnKind::Word, 16).growing(3)];
    columns.extend(source.scoring.items.iter().map(|item| Column::new(item.name.clone(), ColumnKind::Word, 10).growing(1)));
    columns.push(Column::new("总分", ColumnKind::Number, 8));
    if graded {
        columns.push(Column::new("等次", ColumnKind::Word, 8));
    }
    columns.push(Column::new("名次", ColumnKind::Number, 5));
    if remarked {
        columns.push(Column::new("说明", ColumnKind::Prose, 16).growing(2));
    }
    let row = |(index, unit): (usize, &'a UnitScore)| {
        let mut cells = vec![Cell::Integer(index as i64 + 1), Cell::text(Some(source.unit_name(unit)))];
        cells.extend(unit.items.iter().map(|item| Cell::owned(reached(item))));
        cells.push(unit.total.map_or(dash(), |total| Cell::Decimal(f64::from(total) / 100.0)));
        if graded {
            let grade = unit.grade.and_then(|grade| source.scoring.grades.get(grade));
            cells.push(grade.map_or(dash(), |grade| Cell::text(Some(&grade.name))));
        }
        cells.push(unit.rank.map_or(dash(), |rank| Cell::Integer(i64::from(rank))));
        if remarked {
            cells.push(Cell::owned(remark(unit, source.scorecard.full)));
        }
        Row::entry(cells)
    };
    let mut rows: Vec<Row<'a>> = units.iter().enumerate().map(row).collect();
    if rows.is_empty() {
        rows.push(Row::group("名册上没有单位"));
    }
    let look = Look::Official(Box::new(Official {
        attachment: None,
        title: format!("{}考核评分表", source.campaign.title),
        left: format!("考核单位（章）：{}", source.campaign.issuer),
        right: format!("截至日期：{}", source.scorecard.as_of.format("%Y年%-m月%-d日")),
        notes: notes(source, remarked),
        signature: source.campaign.lists.footer.clone(),
        dense: columns.len() > MOST_ROOMY_COLUMNS,
    }));
    Sheet { name: SCORE_SHEET.to_owned(), hidden: false, look, columns, body: Body::Rows(rows) }
}

fn dash<'a>() -> Cell<'a> {
    Cell::Text(Cow::Borrowed("—"))
}

/// 得分/满分
fn reached(item: &ItemScore) -> String {
    match item.points {
        Some(points) => format!("{}/{}", points_text(u64::from(points)), points_text(u64::from(item.maximum))),
        None => "不适用".to_owned(),
    }
}

fn remark(unit: &UnitScore, full: u32) -> String {
    match unit.total {
        None => "各项都没有可评的内容，不评分".to_owned(),
        Some(_) if unit.maximum < full => {
            format!("适用项共{}分，得{}分，已折算", points_text(u64::from(unit.maximum)), points_text(u64::from(unit.points)))
        }
        Some(_) => String::new(),
    }
}

fn notes(source: ScorecardSource<'_>, remarked: bool) -> Vec<String> {
    let mut notes = vec!["注：各项为得分/满分，四舍五入到百分之一分；同分同名次。每一分的来历见“评分依据”。".to_owned()];
    if remarked {
        let full = points_text(u64::from(source.scorecard.full));
        notes.push(format!(
            "“不适用”是该单位没有可评的内容（没有到期的报送、没有相应的隐患）：不得分也不失分，总分＝得分÷适用项满分×{full}。"
        ));
    }
    let explained: Vec<String> = source.scoring.items.iter().map(|item| format!("{}：{}", item.name, explanation(item))).collect();
    notes.push(format!("{}。", explained.join("；")));
    notes
}

/// How an item is counted, for whoever has to answer for it.
fn explanation(item: &ScoringItem) -> String {
    let late = match item.late {
        0 => "晚了的不算".to_owned(),
        late => format!("晚了的一次算{}次", points_text(u64::from(late))),
    };
    let each = points_text(u64::from(item.each));
    match item.measure {
        Measure::ReportedInTime => format!("按时的÷截止日已过的，{late}"),
        Measure::RectifiedInTime => format!("期限内整改的÷期限已到的，{late}"),
        Measure::Rectified => "已整改和已销号的÷全部".to_owned(),
        Measure::MajorHandled => "按期整改的，和未整改但要求的各项齐全的÷全部重大隐患".to_owned(),
        Measure::Repeats => format!("整改后又在同一部位发现同样的隐患，每条扣{each}分，扣完为止"),
        Measure::Overdue => format!("逾期未整改的每条扣{each}分，扣完为止"),
    }
}

fn basis_sheet<'a>(source: ScorecardSource<'a>) -> Sheet<'a> {
    let columns = vec![
        Column::new("单位", ColumnKind::Word, 20),
        Column::new("项目", ColumnKind::Word, 14),
        Column::new("得分/满分", ColumnKind::Word, 11),
        Column::new("依据", ColumnKind::Code, 18),
        Column::new("内容", ColumnKind::Prose, 30),
        Column::new("情况", ColumnKind::Prose, 22),
        Column::new("得失", ColumnKind::Word, 8),
    ];
    let mut rows = Vec::new();
    for unit in &source.scorecard.units {
        for (item, score) in source.items(unit) {
            let leading = || [Cell::text(Some(source.unit_name(unit))), Cell::text(Some(&item.name)), Cell::owned(reached(score))];
            // Every item of every unit is accounted for, also where nothing was gained or lost.
            if score.rows.is_empty() {
                let (found, effect) =
                    if score.points.is_some() { ("没有要扣分的", "不扣") } else { ("没有可评的内容", "不适用") };
                let cells = [Cell::Empty, Cell::Empty, Cell::text(Some(found)), Cell::text(Some(effect))];
                rows.push(Row::entry(leading().into_iter().chain(cells).collect()));
            }
            rows.extend(score.rows.iter().map(|row| Row::entry(leading().into_iter().chain(basis_cells(source, row)).collect())));
        }
    }
    Sheet { name: BASIS_SHEET.to_owned(), hidden: false, look: Look::Plain, columns, body: Body::Rows(rows) }
}

/// 依据, 内容, 情况, 得失
fn basis_cells<'a>(source: ScorecardSource<'a>, row: &ScoreRow) -> [Cell<'a>; 4] {
    let (subject, content) = match row.subject {
        Subject::Hazard(index) => {
            let hazard = source.ledger.hazards.get(index);
            let description = hazard.and_then(|hazard| hazard.text(Field::Description));
            let content = Cell::text(description);
            (Cell::text(hazard.map(|hazard| hazard.id.as_str())), content)
        }
        Subject::Duty(index) => {
            let period = source.obligations.periods.get(index);
            let obligation = period.and_then(|period| source.campaign.obligations.get(period.obligation));
            let id = obligation.map_or("", |obligation| obligation.id.as_str());
            let due = period.and_then(|period| period.due).map_or_else(String::new, |due| format!(" {due}"));
            (Cell::owned(format!("{id}{due}")), Cell::text(obligation.map(|obligation| obligation.name.as_str())))
        }
    };
    let effect = match row.effect {
        Effect::Credit(credit) => format!("计{}", points_text(u64::from(credit))),
        Effect::Deduction(points) => format!("扣{}分", points_text(u64::from(points))),
    };
    [subject, content, Cell::owned(row.finding.words(source.ledger)), Cell::owned(effect)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::Unit;
    use crate::campaign::model::Grade;
    use crate::campaign::model::Obligation;
    use crate::results::DutyState;
    use crate::results::obligations::DutyPeriod;
    use crate::results::scorecard::Finding;
    use crate::results::three_lists::sample;

    fn roster() -> Roster {
        let unit = |(index, name): (usize, &str)| Unit {
            code: format!("{:03}", index + 1),
            name: std::sync::Arc::from(name),
            aliases: Vec::new(),
            kind: String::new(),
            town: String::new(),
            above: String::new(),
            group: String::new(),
            contact: String::new(),
            phone: String::new(),
            line: index as u32 + 2,
        };
        Roster::new(["城关中心卫生院", "北山镇卫生院"].into_iter().enumerate().map(unit).collect())
    }

    fn item(measure: Measure, points: u32) -> ScoringItem {
        ScoringItem { measure, name: measure.label().to_owned(), points, obligations: vec![0], late: 50, each: 250 }
    }

    fn scoring() -> Scoring {
        let grade = |from: u32, name: &str| Grade { from, name: name.to_owned() };
        Scoring {
            full: 10_000,
            items: vec![item(Measure::ReportedInTime, 6000), item(Measure::Overdue, 4000)],
            grades: vec![grade(9000, "优秀"), grade(0, "合格")],
        }
    }

    fn card() -> Scorecard {
        let duty = |state: DutyState, credit: u32| ScoreRow {
            subject: Subject::Duty(0),
            finding: Finding::Report(state),
            effect: Effect::Credit(credit),
        };
        let overdue = ScoreRow { subject: Subject::Hazard(0), finding: Finding::Overdue(Some(3)), effect: Effect::Deduction(250) };
        let reports = |rows: Vec<ScoreRow>, points: u32, numerator: u32| ItemScore {
            maximum: 6000,
            points: Some(points),
            numerator,
            denominator: rows.len() as u32,
            rows,
        };
        let first = UnitScore {
            unit: 0,
            items: vec![
                reports(vec![duty(DutyState::Zero, 100), duty(DutyState::Late, 50), duty(DutyState::Missing, 0)], 3000, 150),
                ItemScore { maximum: 4000, points: Some(3750), numerator: 100, denominator: 2, rows: vec![overdue] },
            ],
            points: 6750,
            maximum: 10_000,
            total: Some(6750),
            rank: Some(2),
            grade: Some(1),
        };
        let second = UnitScore {
            unit: 1,
            items: vec![
                reports(vec![duty(DutyState::Zero, 100)], 6000, 100),
                ItemScore { maximum: 4000, points: None, numerator: 0, denominator: 0, rows: Vec::new() },
            ],
            points: 6000,
            maximum: 6000,
            total: Some(10_000),
            rank: Some(1),
            grade: Some(0),
        };
        Scorecard { as_of: sample::day(7, 31), full: 10_000, units: vec![first, second] }
    }

    fn check(damage: fn(&mut Scorecard), expected: Result<&[&str], &str>) {
        let mut campaign = sample::campaign(0);
        campaign.obligations = vec![Obligation {
            id: "weekly".to_owned(),
            name: "周统计".to_owned(),
            from: Vec::new(),
            to: None,
            via: None,
            when: None,
            due: None,
            pending: None,
            every: None,
            time: None,
            start: None,
            until: None,
            fulfilled_by: Vec::new(),
            on_day_off: crate::campaign::model::DayOffPolicy::Keep,
            line: 1,
        }];
        let period = DutyPeriod {
            obligation: 0,
            due: Some(sample::day(7, 28)),
            time: None,
            on_day_off: false,
            is_provisional: false,
            is_latest: true,
            duties: Vec::new(),
            by_state: [0; 5],
        };
        let obligations = Obligations { as_of: sample::day(7, 31), periods: vec![period] };
        let (scoring, roster) = (scoring(), roster());
        let ledger = Ledger { hazards: vec![sample::hazard(1, 0)], extra_columns: Vec::new() };
        let mut scorecard = card();
        damage(&mut scorecard);
        let source = ScorecardSource {
            campaign: &campaign,
            scoring: &scoring,
            roster: &roster,
            ledger: &ledger,
            obligations: &obligations,
            scorecard: &scorecard,
        };
        let told = scorecard_sheets(source).map(|sheets| {
            let mut lines = Vec::new();
            for sheet in &sheets {
                let visited: Result<(), ()> = sheet.body.each(|_, row| {
                    lines.push(row.cells.iter().map(Cell::shown).collect::<Vec<_>>().join("|"));
                    Ok(())
                });
                assert_eq!(visited, Ok(()));
            }
            lines
        });
        match expected {
            Ok(lines) => assert_eq!(told.expect("the scores add up"), lines),
            Err(what) => {
                let told = told.expect_err("the scores do not add up").to_string();
                assert!(told.contains(what), "{told}");
            }
        }
    }

    #[test]
    fn every_item_of_every_unit_is_accounted_for() {
        let lines = [
            "1|城关中心卫生院|30/60|37.5/40|67.5|合格|2|",
            "2|北山镇卫生院|60/60|不适用|100|优秀|1|适用项共60分，得60分，已折算",
            "城关中心卫生院|按时报送|30/60|weekly 2023-07-28|周统计|零报告|计1",
            "城关中心卫生院|按时报送|30/60|weekly 2023-07-28|周统计|迟报|计0.5",
            "城关中心卫生院|按时报送|30/60|weekly 2023-07-28|周统计|未报|计0",
            "城关中心卫生院|逾期|37.5/40|demo-001-0001|疏散通道堆放杂物，影响应急疏散|逾期 3 天|扣2.5分",
            "北山镇卫生院|按时报送|60/60|weekly 2023-07-28|周统计|零报告|计1",
            "北山镇卫生院|逾期|不适用|||没有可评的内容|不适用",
        ];
        check(|_| {}, Ok(&lines));
        check(|card| card.units.clear(), Ok(&["名册上没有单位"]));
    }

    #[test]
    fn scores_that_differ_from_their_parts_are_refused() {
        check(|card| card.units[0].total = Some(6751), Err("城关中心卫生院的总分（百分之一分）的合计是6751，各项相加是6750"));
        check(|card| card.units[1].total = Some(6000), Err("北山镇卫生院的总分"));
        check(|card| card.units[0].points += 1, Err("城关中心卫生院的得分"));
        check(|card| card.units[1].maximum = 10_000, Err("适用项满分"));
        check(|card| card.units[0].items[0].points = Some(2999), Err("“按时报送”的得分"));
        check(|card| card.units[0].items[0].rows.truncate(2), Err("“按时报送”的依据"));
        check(|card| card.units[0].items[0].numerator = 200, Err("“按时报送”的得失"));
        check(|card| card.units[0].items[1].points = Some(4000), Err("“逾期”的得分"));
        check(|card| card.units[0].items.truncate(1), Err("评分项目"));
    }
}
