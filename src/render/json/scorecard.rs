//! The scorecard as a part of a larger answer: how units are marked, and what each scored with the rows behind it.

use serde::Serialize;

use crate::campaign::Campaign;
use crate::campaign::Roster;
use crate::campaign::model::Scoring;
use crate::ledger::Ledger;
use crate::results::Obligations;
use crate::results::Scorecard;
use crate::results::scorecard::Effect;
use crate::results::scorecard::Finding;
use crate::results::scorecard::ItemScore;
use crate::results::scorecard::ScoreRow;
use crate::results::scorecard::Subject;
use crate::vocabulary::Field;

#[derive(Debug, Serialize)]
pub struct ScorecardJson<'a> {
    full: f64,
    items: Vec<ScoringItemJson<'a>>,
    units: Vec<UnitJson<'a>>,
}

#[derive(Debug, Serialize)]
struct ScoringItemJson<'a> {
    measure: &'a str,
    name: &'a str,
    points: f64,
}

#[derive(Debug, Serialize)]
struct UnitJson<'a> {
    unit: &'a str,
    code: &'a str,
    total: Option<f64>,
    grade: Option<&'a str>,
    rank: Option<u32>,
    points: f64,
    maximum: f64,
    items: Vec<ItemJson<'a>>,
}

#[derive(Debug, Serialize)]
struct ItemJson<'a> {
    points: Option<f64>,
    maximum: f64,
    numerator: f64,
    denominator: u32,
    rows: Vec<RowJson<'a>>,
}

#[derive(Debug, Serialize)]
struct RowJson<'a> {
    id: Option<&'a str>,
    obligation: Option<&'a str>,
    due: Option<String>,
    finding: &'a str,
    lacking: Vec<&'a str>,
    earlier: Option<&'a str>,
    credit: Option<f64>,
    deduction: Option<f64>,
}

/// What the indices of a scorecard point into.
#[derive(Clone, Copy)]
pub struct ScorecardBasis<'a> {
    pub campaign: &'a Campaign,
    pub scoring: &'a Scoring,
    pub roster: &'a Roster,
    pub ledger: &'a Ledger,
    pub obligations: &'a Obligations,
}

impl<'a> ScorecardJson<'a> {
    /// All units, in roster order.
    pub fn of(basis: ScorecardBasis<'a>, scorecard: &'a Scorecard) -> ScorecardJson<'a> {
        let items = basis.scoring.items.iter().map(|item| ScoringItemJson {
            measure: item.measure.key(),
            name: &item.name,
            points: number(item.points),
        });
        let units = scorecard.units.iter().filter_map(|unit| {
            let listed = basis.roster.units.get(unit.unit)?;
            Some(UnitJson {
                unit: &listed.name,
                code: &listed.code,
                total: unit.total.map(number),
                grade: unit.grade.and_then(|grade| basis.scoring.grades.get(grade)).map(|grade| grade.name.as_str()),
                rank: unit.rank,
                points: number(unit.points),
                maximum: number(unit.maximum),
                items: unit.items.iter().map(|item| item_json(basis, item)).collect(),
            })
        });
        ScorecardJson { full: number(scorecard.full), items: items.collect(), units: units.collect() }
    }
}

/// Hundredths as a number.
fn number(hundredths: u32) -> f64 {
    f64::from(hundredths) / 100.0
}

fn item_json<'a>(basis: ScorecardBasis<'a>, item: &'a ItemScore) -> ItemJson<'a> {
    ItemJson {
        points: item.points.map(number),
        maximum: number(item.maximum),
        numerator: number(item.numerator),
        denominator: item.denominator,
        rows: item.rows.iter().map(|row| row_json(basis, row)).collect(),
    }
}

fn row_json<'a>(basis: ScorecardBasis<'a>, row: &'a ScoreRow) -> RowJson<'a> {
    let id = |index: usize| basis.ledger.hazards.get(index).map(|hazard| hazard.id.as_str());
    let period = match row.subject {
        Subject::Duty(index) => basis.obligations.periods.get(index),
        Subject::Hazard(_) => None,
    };
    let obligation = period.and_then(|period| basis.campaign.obligations.get(period.obligation));
    let (credit, deduction) = match row.effect {
        Effect::Credit(credit) => (Some(number(credit)), None),
        Effect::Deduction(points) => (None, Some(number(points))),
    };
    RowJson {
        id: if let Subject::Hazard(index) = row.subject { id(index) } else { None },
        obligation: obligation.map(|obligation| obligation.id.as_str()),
        due: period.and_then(|period| period.due).map(|due| due.to_string()),
        finding: row.finding.key(),
        lacking: if let Finding::Lacking(fields) = &row.finding { fields.iter().copied().map(Field::key).collect() } else { Vec::new() },
        earlier: if let Finding::CameBack(earlier) = row.finding { id(earlier) } else { None },
        credit,
        deduction,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::ScorecardBasis;
    use super::ScorecardJson;
    use crate::campaign::Ground;
    use crate::campaign::read_campaign;
    use crate::campaign::read_roster;
    use crate::ledger::Ledger;
    use crate::results::obligations;
    use crate::results::overdue;
    use crate::results::scorecard;
    use crate::source::SourceFile;

    #[test]
    fn keys_and_their_order_stay() {
        const CAMPAIGN: &str = "campaign: demo\ntitle: 示例\nissuer: 某县卫健委\nperiod: {start: 2023-06-01, end: 2023-12-31}\nunits: units.csv\n\
            obligations: [{id: plan, name: 方案, due: 2023-06-09}]\n\
            scoring: {items: [{measure: reported_in_time, points: 60}, {measure: overdue, points: 40}], grades: [{from: 0, name: 不合格}]}\n";
        let file = |name: &str, text: &str| SourceFile { name: Arc::from(name), bytes: text.as_bytes().to_vec() };
        let campaign = read_campaign(&file("campaign.yaml", CAMPAIGN)).campaign.expect("a campaign");
        let roster = read_roster(&file("units.csv", "编码,单位名称\nH01,甲医院\n")).roster.expect("a roster");
        let ledger = Ledger::default();
        let as_of = "2023-06-10".parse().expect("a day");
        let duties = obligations(&[], Ground::new(&campaign, &roster, as_of));
        let overdue = overdue(&ledger, Ground::new(&campaign, &roster, as_of));
        let card = scorecard(&campaign, &roster, &ledger, &overdue, &duties).expect("a scorecard");
        let scoring = campaign.scoring.as_ref().expect("a scoring");
        let basis = ScorecardBasis { campaign: &campaign, scoring, roster: &roster, ledger: &ledger, obligations: &duties };
        let text = serde_json::to_string(&ScorecardJson::of(basis, &card)).expect("it can be written");
        assert_eq!(
            text,
            r#"{"full":100.0,"items":[{"measure":"reported_in_time","name":"按时报送","points":60.0},{"measure":"overdue","name":"逾期","points":40.0}],"units":[{"unit":"甲医院","code":"H01","total":0.0,"grade":"不合格","rank":1,"points":0.0,"maximum":60.0,"items":[{"points":0.0,"maximum":60.0,"numerator":0.0,"denominator":1,"rows":[{"id":null,"obligation":"plan","due":"2023-06-09","finding":"missing","lacking":[],"earlier":null,"credit":0.0,"deduction":null}]},{"points":null,"maximum":40.0,"numerator":0.0,"denominator":0,"rows":[]}]}]}"#
        );
    }
}
