//! `report --format json`: the figures of the period, each breakdown, the duties, and the hazards behind every number.

use std::borrow::Cow;

use serde::Deserialize;
use serde::Serialize;
use serde::Serializer;
use serde::ser::SerializeMap;
use serde_json::Value;

use crate::documents::cross_check::Disagreement;
use crate::documents::cross_check::shown_figures;
use crate::documents::personal::Cover;
use crate::documents::statistics::StatisticsSource;
use crate::render::json::report_letters::ReportLettersJson;
use crate::render::json::scorecard::ScorecardBasis;
use crate::render::json::scorecard::ScorecardJson;
use crate::results::Obligations;
use crate::results::figures::BackwardsFigure;
use crate::results::figures::Counts;
use crate::results::figures::Dimension;
use crate::results::figures::DutyFigure;
use crate::results::figures::Figures;
use crate::results::figures::Measure;
use crate::results::figures::Measures;
use crate::results::figures::ReportPeriod;
use crate::results::figures::UnitDuties;
use crate::results::figures::rates;

#[derive(Serialize)]
pub struct ReportJson<'a> {
    kind: &'static str,
    title: String,
    as_of: String,
    period: PeriodJson,
    previous: Option<PreviousJson>,
    units: u32,
    totals: CountsJson,
    rates: RatesJson,
    /// 万元
    funds: f64,
    funds_unreadable: u32,
    required: Vec<RequiredJson>,
    by: ByJson<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    by_parent: Vec<ParentJson<'a>>,
    duties: Vec<DutyJson<'a>>,
    backwards: Vec<BackwardsJson<'a>>,
    letters: ReportLettersJson<'a>,
    series: Vec<PointJson>,
    scorecard: Option<ScorecardJson<'a>>,
    hazards: HazardsJson<'a>,
}

#[derive(Serialize)]
struct PeriodJson {
    start: String,
    end: String,
    scheduled: bool,
}

impl PeriodJson {
    fn of(period: ReportPeriod) -> PeriodJson {
        PeriodJson { start: period.start.to_string(), end: period.end.to_string(), scheduled: period.scheduled }
    }
}

#[derive(Serialize)]
struct PreviousJson {
    period: PeriodJson,
    totals: CountsJson,
    rates: RatesJson,
}

/// Counts by the keys of the measures.
struct CountsJson(Counts);

impl Serialize for CountsJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Measure::ALL.map(|measure| (measure.key(), self.0.of(measure))))
    }
}

/// Rates by their keys, in per cent, or null.
struct RatesJson(Counts);

impl Serialize for RatesJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(rates(&self.0).map(|(key, _, share)| (key, share.per_cent())))
    }
}

#[derive(Serialize)]
struct RequiredJson {
    field: &'static str,
    count: u32,
}

/// The breakdowns by the keys of their dimensions.
struct ByJson<'a>(StatisticsSource<'a>);

impl Serialize for ByJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(Dimension::ALL.len()))?;
        for dimension in Dimension::ALL {
            map.serialize_entry(dimension.key(), &rows(self.0, dimension))?;
        }
        map.end()
    }
}

#[derive(Serialize)]
struct RowJson<'a> {
    name: &'a str,
    counts: CountsJson,
    rates: RatesJson,
    funds: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<Option<u32>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duties: Option<UnitDutiesJson>,
}

/// The units below one, added up.
#[derive(Serialize)]
struct ParentJson<'a> {
    #[serde(flatten)]
    row: RowJson<'a>,
    units: Vec<&'a str>,
}

fn parents(figures: &Figures) -> Vec<ParentJson<'_>> {
    let units = figures.rows(Dimension::Unit);
    let mut parents = Vec::new();
    for parent in &figures.parents {
        let row = RowJson {
            name: &parent.figures.label,
            counts: CountsJson(parent.figures.counts),
            rates: RatesJson(parent.figures.counts),
            funds: parent.figures.funds.ten_thousands(),
            code: None,
            rank: Some(parent.rank),
            duties: Some(UnitDutiesJson::of(parent.duties)),
        };
        let units = parent.units.iter().filter_map(|unit| units.get(*unit)).map(|unit| unit.label.as_str()).collect();
        parents.push(ParentJson { row, units });
    }
    parents
}

#[derive(Serialize)]
struct UnitDutiesJson {
    owed: u32,
    in_time: u32,
    late: u32,
    missing: u32,
}

impl UnitDutiesJson {
    fn of(duties: UnitDuties) -> UnitDutiesJson {
        UnitDutiesJson { owed: duties.owed, in_time: duties.in_time, late: duties.late, missing: duties.missing }
    }
}

fn rows(source: StatisticsSource<'_>, dimension: Dimension) -> Vec<RowJson<'_>> {
    let figures = source.figures;
    let of_unit = dimension == Dimension::Unit;
    (figures.rows(dimension).iter().enumerate())
        .map(|(index, row)| RowJson {
            name: &row.label,
            counts: CountsJson(row.counts),
            rates: RatesJson(row.counts),
            funds: row.funds.ten_thousands(),
            code: source.roster.units.get(index).filter(|_| of_unit).map(|unit| unit.code.as_ref()),
            rank: figures.ranks.get(index).copied().filter(|_| of_unit),
            duties: figures.unit_duties.get(index).copied().filter(|_| of_unit).map(UnitDutiesJson::of),
        })
        .collect()
}

#[derive(Serialize)]
struct DutyJson<'a> {
    id: &'a str,
    name: &'a str,
    due: String,
    owed: u32,
    reported: u32,
    zero: u32,
    late: u32,
    missing: u32,
    waiting: u32,
    /// reported + zero + late
    came: u32,
    /// reported + zero
    in_time: u32,
    rates: DutyRatesJson,
    missing_parties: Vec<&'a str>,
}

#[derive(Serialize)]
struct DutyRatesJson {
    reported: Option<f64>,
    reported_in_time: Option<f64>,
}

fn duty<'a>(source: StatisticsSource<'a>, duty: &'a DutyFigure) -> DutyJson<'a> {
    let obligation = source.campaign.obligations.get(duty.obligation);
    DutyJson {
        id: obligation.map_or("", |obligation| &obligation.id),
        name: obligation.map_or("", |obligation| &obligation.name),
        due: duty.due.to_string(),
        owed: duty.owed,
        reported: duty.reported,
        zero: duty.zero,
        late: duty.late,
        missing: duty.missing,
        waiting: duty.waiting,
        came: duty.came().part,
        in_time: duty.in_time().part,
        rates: DutyRatesJson { reported: duty.came().per_cent(), reported_in_time: duty.in_time().per_cent() },
        missing_parties: duty.missing_parties.iter().map(|party| party.name(source.roster)).collect(),
    }
}

#[derive(Serialize)]
struct BackwardsJson<'a> {
    id: &'a str,
    unit: &'a str,
    reason: &'a str,
    column: &'a str,
    old: Cow<'a, str>,
    new: Cow<'a, str>,
}

impl<'a> BackwardsJson<'a> {
    fn of(figure: &'a BackwardsFigure) -> BackwardsJson<'a> {
        let BackwardsFigure { id, unit, key, column, old, new, .. } = figure;
        // Words of the ledger, in a paper that anybody may get to see.
        let [old, new] = [old, new].map(|text| Cover::PUBLIC.text(text, false));
        BackwardsJson { id, unit, reason: key, column, old, new }
    }
}

#[derive(Serialize)]
struct PointJson {
    date: String,
    total: u32,
    rectified: u32,
    closed: u32,
    overdue: u32,
}

/// Every hazard that is counted; made one by one, for there may be a hundred thousand.
struct HazardsJson<'a>(StatisticsSource<'a>);

impl Serialize for HazardsJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let StatisticsSource { figures, ledger, .. } = self.0;
        serializer.collect_seq(figures.counted.iter().filter_map(|counted| {
            let hazard = ledger.hazards.get(counted.hazard)?;
            let (rows, measures) = (counted.rows.map(|row| row + 1), MeasuresJson(counted.measures));
            Some(HazardJson { id: &hazard.id, unit: &hazard.unit, rows, measures })
        }))
    }
}

#[derive(Serialize)]
struct HazardJson<'a> {
    id: &'a str,
    unit: &'a str,
    /// The row of each breakdown, from 1, in the order of `by`.
    rows: [u32; 6],
    measures: MeasuresJson,
}

/// Keys of the measures that hold.
struct MeasuresJson(Measures);

impl Serialize for MeasuresJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(Measure::ALL.into_iter().filter(|measure| self.0.holds(*measure)).map(Measure::key))
    }
}

impl<'a> ReportJson<'a> {
    /// The whole answer.
    pub fn of(source: StatisticsSource<'a>, obligations: &'a Obligations, title: String) -> ReportJson<'a> {
        let figures = source.figures;
        let scorecard = source.campaign.scoring.as_ref().zip(figures.scorecard.as_ref()).map(|(scoring, scorecard)| {
            let StatisticsSource { campaign, roster, ledger, .. } = source;
            ScorecardJson::of(ScorecardBasis { campaign, scoring, roster, ledger, obligations }, scorecard)
        });
        let point = |point: &crate::results::figures::Point| PointJson {
            date: point.date.to_string(),
            total: point.total,
            rectified: point.rectified,
            closed: point.closed,
            overdue: point.overdue,
        };
        let previous = figures.previous.as_ref().map(|(period, counts)| PreviousJson {
            period: PeriodJson::of(*period),
            totals: CountsJson(*counts),
            rates: RatesJson(*counts),
        });
        ReportJson {
            kind: figures.period.kind.key(),
            title,
            as_of: figures.period.end.to_string(),
            period: PeriodJson::of(figures.period),
            previous,
            units: u32::try_from(source.roster.units.len()).unwrap_or(u32::MAX),
            totals: CountsJson(figures.totals),
            rates: RatesJson(figures.totals),
            funds: figures.funds.ten_thousands(),
            funds_unreadable: figures.funds.unreadable,
            required: figures.required.iter().map(|(field, count)| RequiredJson { field: field.key(), count: *count }).collect(),
            by: ByJson(source),
            by_parent: parents(source.figures),
            duties: figures.duties.iter().map(|figure| duty(source, figure)).collect(),
            backwards: figures.backwards.iter().map(BackwardsJson::of).collect(),
            letters: ReportLettersJson::of(source),
            series: figures.series.iter().map(point).collect(),
            scorecard,
            hazards: HazardsJson(source),
        }
    }
}

/// The parts of the finished JSON that hold figures; the long list of hazards is passed over.
#[derive(Deserialize)]
struct FiguresRead {
    totals: Value,
    rates: Value,
    by: Value,
    duties: Value,
}

/// What in the finished JSON is not the figures'.
pub fn read_back(figures: &Figures, text: &str) -> Vec<Disagreement> {
    let Ok(json) = serde_json::from_str::<FiguresRead>(text) else {
        let shown = "读不回来".to_owned();
        return vec![Disagreement { place: "数据".to_owned(), figure: "全部".to_owned(), shown, counted: String::new() }];
    };
    let mut wrong = Vec::new();
    for (key, counted) in shown_figures(figures) {
        let shown = looked_up(&json, &key).map(shown_value).unwrap_or_default();
        if shown != counted {
            wrong.push(Disagreement { place: format!("数据 {key}"), figure: key, shown, counted });
        }
    }
    wrong
}

/// The value that stands under the key of a figure.
fn looked_up<'v>(json: &'v FiguresRead, key: &str) -> Option<&'v Value> {
    let parts: Vec<&str> = key.split('.').collect();
    match parts.as_slice() {
        ["by", dimension, row, rest @ ..] => {
            let row = json.by.get(*dimension)?.get(row.parse::<usize>().ok()?.checked_sub(1)?)?;
            match rest {
                ["rates", rate] => row.get("rates")?.get(*rate),
                [name] => row.get("counts")?.get(*name),
                _ => None,
            }
        }
        ["duties", row, rest @ ..] => {
            let row = json.duties.get(row.parse::<usize>().ok()?.checked_sub(1)?)?;
            match rest {
                ["rates", rate] => row.get("rates")?.get(*rate),
                [name] => row.get(*name),
                _ => None,
            }
        }
        ["totals", "rates", rate] => json.rates.get(*rate),
        ["totals", name] => json.totals.get(*name),
        _ => None,
    }
}

/// A value as papers show it.
fn shown_value(value: &Value) -> String {
    match value {
        Value::Null => "—".to_owned(),
        Value::Number(number) if number.is_f64() => format!("{:.1}%", number.as_f64().unwrap_or(f64::NAN)),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documentation_names_every_measure_and_closes_what_it_opens() {
        let page = include_str!("../../../docs/json.md");
        for measure in Measure::ALL {
            let expected = format!("`{}` {}", measure.key(), measure.label());
            assert!(page.contains(&expected), "docs/json.md: {expected}");
        }
        // An example that is not closed swallows the headings behind it.
        let mut is_open = false;
        for line in page.lines() {
            assert!(!(is_open && line.starts_with('#')), "docs/json.md: {line} stands in an example");
            is_open ^= line.starts_with("```");
        }
        assert!(!is_open);
    }
}
