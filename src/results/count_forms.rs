//! Count forms put together: the newest figures of each unit, their sums, who is missing, and what does not agree.
//!
//! Values only. A cumulative form takes the newest table of each unit; one that counts its period takes what was sent
//! for the last period that has fallen due.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::campaign::CountForm;
use crate::campaign::FormRows;
use crate::campaign::Fulfilment;
use crate::campaign::Ground;
use crate::campaign::Party;
use crate::records::Count;
use crate::records::FormRow;
use crate::results::figures::Dimension;
use crate::results::figures::Figures;
use crate::results::figures::Measure;
use crate::results::obligations::DutyState;
use crate::results::obligations::Obligations;

/// What a consolidated row stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowOf {
    Unit(usize),
    Category(String),
    All,
}

/// One consolidated row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsolidatedRow {
    pub of: RowOf,
    /// By column of the form, in ten-thousandths.
    pub counts: Vec<Option<i64>>,
}

/// A figure that is not what the ledger says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerDifference {
    pub of: RowOf,
    pub column: usize,
    pub reported: i64,
    pub ledger: i64,
}

/// Whether the figures were held against the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// No column asks for it.
    NotAsked,
    NoLedger,
    /// The ledger has rows from which no figure can be made.
    Impossible,
    /// A form of a period that is over: the ledger says what it knows on the as-of day.
    PeriodOver,
    Done,
}

/// Something in the tables that cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFault {
    pub unit: Option<usize>,
    pub column: usize,
    pub kind: FaultKind,
    pub file: Arc<str>,
    pub sheet: Arc<str>,
    pub row: u32,
}

/// What cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// The column that it is a part of, with both numbers.
    PartExceedsWhole {
        whole: usize,
        part: i64,
        of: i64,
    },
    /// A cumulative number that was larger before.
    Fell {
        before: i64,
        on: Option<NaiveDate>,
        now: i64,
    },
    Unreadable(String),
    /// Another file of the same day says otherwise; its name.
    SentTwice {
        other: Arc<str>,
    },
    /// The row names nobody on the roster; it is in no sum.
    UnknownUnit(String),
}

/// A form, put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consolidated {
    /// Index into the campaign's forms.
    pub form: usize,
    pub as_of: NaiveDate,
    /// The period's due day, where a duty asks for the form.
    pub due: Option<NaiveDate>,
    /// The due day before that.
    pub after: Option<NaiveDate>,
    /// Units in the order of the roster, categories in that of the campaign.
    pub rows: Vec<ConsolidatedRow>,
    /// What each unit sent for each row, for forms whose rows are sums over units.
    pub parts: Vec<(usize, RowOf, Vec<Option<i64>>)>,
    /// 下属单位 that are on no roster, by the one that reports for them.
    pub below: Vec<(usize, String, Vec<Option<i64>>)>,
    /// By column; `None` for a column that is not summed.
    pub totals: Vec<Option<i64>>,
    pub missing: Vec<Party>,
    /// They reported by telephone, on paper or without a table: no figures are known.
    pub without_figures: Vec<Party>,
    /// Units whose table names no day, counted into this period although it may be of another.
    pub undated: BTreeSet<usize>,
    pub differences: Vec<LedgerDifference>,
    pub compared: Compared,
    pub faults: Vec<FormFault>,
}

/// Everything that belongs to one unit and one row of the form, by day and file.
type Versions<'a> = BTreeMap<(Option<NaiveDate>, Arc<str>), Vec<&'a FormRow>>;

/// Puts a form together from what came in by the as-of day.
pub fn consolidate(form: usize, rows: &[FormRow], obligations: &Obligations, ground: Ground<'_>) -> Option<Consolidated> {
    let definition = ground.campaign.forms.get(form)?;
    let asked = asked_period(definition, obligations, ground);
    let mut done = Consolidated {
        form,
        as_of: ground.as_of,
        due: asked.as_ref().and_then(|asked| asked.due),
        after: asked.as_ref().and_then(|asked| asked.after),
        rows: Vec::new(),
        parts: Vec::new(),
        below: Vec::new(),
        totals: Vec::new(),
        missing: Vec::new(),
        without_figures: Vec::new(),
        undated: BTreeSet::new(),
        differences: Vec::new(),
        compared: Compared::NotAsked,
        faults: Vec::new(),
    };
    let after = if definition.cumulative { None } else { asked.as_ref().and_then(|asked| asked.after) };
    let known = |row: &&FormRow| row.form == form && row.on.is_none_or(|on| on <= ground.as_of);
    let mut of_units: BTreeMap<(usize, RowOf, String), Versions<'_>> = BTreeMap::new();
    for row in rows.iter().filter(known) {
        let whose = match (row.unit, row.sender) {
            (Some(unit), _) => Some((unit, String::new())),
            (None, Some(sender)) if ground.campaign.accept_below => Some((sender, row.label.clone())),
            _ => None,
        };
        let of_period = row.on.is_none() || after.is_none_or(|after| row.on > Some(after));
        match whose {
            Some((unit, below)) => {
                let of = row_of(definition, unit, &row.label, ground);
                of_units.entry((unit, of, below)).or_default().entry((row.on, row.file.clone())).or_default().push(row);
            }
            None if of_period => done.faults.push(fault(row, 0, FaultKind::UnknownUnit(row.label.clone()))),
            None => {}
        }
    }
    for ((unit, of, below), versions) in &of_units {
        let Some((key, newest)) = versions.last_key_value() else { continue };
        if after.is_some_and(|after| key.0.is_some_and(|on| on <= after)) {
            continue;
        }
        if after.is_some() && key.0.is_none() {
            done.undated.insert(*unit);
        }
        let counts = sums(definition, newest);
        done.faults.extend(newest.iter().flat_map(|row| faults_of(definition, row)));
        let earlier = versions.range(..key.clone()).next_back();
        if let Some(((_, other), before)) = earlier.filter(|((on, _), _)| *on == key.0) {
            let differs = sums(definition, before).iter().zip(&counts).position(|(before, now)| before != now);
            done.faults
                .extend(newest.first().zip(differs).map(|(row, column)| fault(row, column, FaultKind::SentTwice { other: other.clone() })));
        } else if definition.cumulative
            && let Some(((on, _), before)) = earlier
        {
            let fallen = fell(&sums(definition, before), &counts);
            done.faults.extend(newest.first().into_iter().flat_map(|row| {
                fallen.iter().map(|(column, before, now)| fault(row, *column, FaultKind::Fell { before: *before, on: *on, now: *now }))
            }));
        }
        if below.is_empty() {
            done.parts.push((*unit, of.clone(), counts));
        } else {
            done.below.push((*unit, below.clone(), counts));
        }
    }
    done.rows = consolidated_rows(definition, &done, ground);
    done.totals = totals(definition, done.rows.iter().map(|row| &row.counts));
    let has_figures =
        |party: &Party| matches!(party, Party::Unit(unit) if of_parts(&done).any(|own| own == *unit || ground.roster.is_above(*unit, own)));
    let owing = asked.map_or_else(|| everybody(ground), |asked| asked.parties);
    let (mut missing, mut without_figures) = (Vec::new(), Vec::new());
    for (party, came) in owing {
        match (has_figures(&party), came) {
            (true, _) => {}
            (false, true) => without_figures.push(party),
            (false, false) => missing.push(party),
        }
    }
    (done.missing, done.without_figures) = (missing, without_figures);
    Some(done)
}

fn of_parts(done: &Consolidated) -> impl Iterator<Item = usize> {
    done.parts.iter().map(|(unit, ..)| *unit).chain(done.below.iter().map(|(unit, ..)| *unit))
}

/// The last period of the duty that asks for a form.
struct Asked {
    due: Option<NaiveDate>,
    /// The due day before: what came by then is of an earlier period.
    after: Option<NaiveDate>,
    /// Everybody who owes it, and whether something came.
    parties: Vec<(Party, bool)>,
}

fn asked_period(form: &CountForm, obligations: &Obligations, ground: Ground<'_>) -> Option<Asked> {
    let asks = |index: usize| {
        let obligation = ground.campaign.obligations.get(index);
        obligation.is_some_and(|obligation| obligation.fulfilled_by.contains(&Fulfilment::Form(form.id.clone())))
    };
    let at = obligations.periods.iter().position(|period| period.is_latest && asks(period.obligation))?;
    let period = obligations.periods.get(at)?;
    let before = at.checked_sub(1).and_then(|before| obligations.periods.get(before));
    let came = |state: DutyState| !matches!(state, DutyState::Missing | DutyState::NotDue);
    Some(Asked {
        due: period.due,
        after: before.filter(|before| before.obligation == period.obligation).and_then(|before| before.due),
        parties: period.duties.iter().map(|duty| (duty.party.clone(), came(duty.state))).collect(),
    })
}

/// Where no duty asks for a form, every unit that has none below it is expected.
fn everybody(ground: Ground<'_>) -> Vec<(Party, bool)> {
    let units = 0..ground.roster.units.len();
    let above: Vec<usize> = units.clone().filter_map(|unit| ground.roster.above(unit)).collect();
    units.filter(|unit| !above.contains(unit)).map(|unit| (Party::Unit(unit), false)).collect()
}

fn row_of(form: &CountForm, unit: usize, label: &str, ground: Ground<'_>) -> RowOf {
    match form.rows {
        FormRows::Unit => RowOf::Unit(unit),
        FormRows::Single => RowOf::All,
        FormRows::Category => {
            let known = ground.campaign.categories.iter().find(|category| {
                category.name == label || category.id == label || category.synonyms.iter().any(|synonym| synonym == label)
            });
            RowOf::Category(known.map_or(label, |category| category.name.as_str()).to_owned())
        }
    }
}

fn sums(form: &CountForm, rows: &[&FormRow]) -> Vec<Option<i64>> {
    let sum = |column: usize| add(rows.iter().map(|row| row.counts.get(column).and_then(|(_, count)| count.number())));
    (0..form.columns.len()).map(sum).collect()
}

/// The sum of what is there; `None` where nothing is.
fn add(numbers: impl Iterator<Item = Option<i64>>) -> Option<i64> {
    numbers.flatten().reduce(|sum, number| sum.saturating_add(number))
}

/// The sums of the columns that are summed.
pub fn totals<'c>(form: &CountForm, rows: impl Iterator<Item = &'c Vec<Option<i64>>>) -> Vec<Option<i64>> {
    let rows: Vec<&Vec<Option<i64>>> = rows.collect();
    let total = |(index, sum): (usize, bool)| {
        if sum { add(rows.iter().map(|row| row.get(index).copied().flatten())) } else { None }
    };
    form.columns.iter().map(|column| column.sum).enumerate().map(total).collect()
}

fn consolidated_rows(form: &CountForm, done: &Consolidated, ground: Ground<'_>) -> Vec<ConsolidatedRow> {
    let mut of_rows: BTreeMap<RowOf, Vec<&Vec<Option<i64>>>> = BTreeMap::new();
    for (_, of, counts) in &done.parts {
        of_rows.entry(of.clone()).or_default().push(counts);
    }
    for (unit, label, counts) in &done.below {
        of_rows.entry(row_of(form, *unit, label, ground)).or_default().push(counts);
    }
    let summed = |counts: &[&Vec<Option<i64>>]| {
        let sum = |column: usize| add(counts.iter().map(|row| row.get(column).copied().flatten()));
        (0..form.columns.len()).map(sum).collect()
    };
    let mut rows: Vec<ConsolidatedRow> = of_rows.into_iter().map(|(of, counts)| ConsolidatedRow { of, counts: summed(&counts) }).collect();
    let place = |of: &RowOf| match of {
        RowOf::Category(name) => ground.campaign.categories.iter().position(|category| category.name == *name).unwrap_or(usize::MAX),
        RowOf::Unit(unit) => *unit,
        RowOf::All => 0,
    };
    rows.sort_by_key(|row| place(&row.of));
    rows
}

fn fault(row: &FormRow, column: usize, kind: FaultKind) -> FormFault {
    FormFault { unit: row.unit, column, kind, file: row.file.clone(), sheet: row.sheet.clone(), row: row.row }
}

fn faults_of(form: &CountForm, row: &FormRow) -> Vec<FormFault> {
    let number = |column: usize| row.counts.get(column).and_then(|(_, count)| count.number());
    let mut faults = Vec::new();
    for (index, column) in form.columns.iter().enumerate() {
        if let Some((_, Count::Unreadable(text))) = row.counts.get(index) {
            faults.push(fault(row, index, FaultKind::Unreadable(text.clone())));
        }
        if let Some(whole) = column.part_of
            && let (Some(part), Some(of)) = (number(index), number(whole))
            && part > of
        {
            faults.push(fault(row, index, FaultKind::PartExceedsWhole { whole, part, of }));
        }
    }
    faults
}

fn fell(before: &[Option<i64>], now: &[Option<i64>]) -> Vec<(usize, i64, i64)> {
    let pairs = before.iter().zip(now).enumerate();
    pairs.filter_map(|(column, (before, now))| Some((column, (*before)?, (*now)?))).filter(|(_, before, now)| now < before).collect()
}

/// Holds the columns that say so against the figures of the ledger.
pub fn differences(done: &Consolidated, figures: &Figures, ground: Ground<'_>) -> Vec<LedgerDifference> {
    let Some(form) = ground.campaign.forms.get(done.form) else { return Vec::new() };
    let mut differences = Vec::new();
    for row in &done.rows {
        let of_dimension = |dimension: Dimension, name: &str| {
            figures.rows(dimension).iter().find(|figure| figure.label == name).map(|figure| figure.counts).unwrap_or_default()
        };
        let counts = match &row.of {
            RowOf::Unit(unit) => of_dimension(Dimension::Unit, ground.roster.units.get(*unit).map_or("", |unit| &unit.name)),
            RowOf::Category(name) => of_dimension(Dimension::Category, name),
            RowOf::All => figures.totals,
        };
        for (index, column) in form.columns.iter().enumerate() {
            let measure = Measure::ALL.into_iter().find(|measure| column.equals.as_deref() == Some(measure.key()));
            let (Some(measure), Some(reported)) = (measure, row.counts.get(index).copied().flatten()) else { continue };
            let ledger = i64::from(counts.of(measure)) * crate::records::form_rows::ONE;
            if reported != ledger {
                differences.push(LedgerDifference { of: row.of.clone(), column: index, reported, ledger });
            }
        }
    }
    differences
}

/// The rows under the unit at the top of each, in the order of the roster; units without one above or below stand under `None`.
pub fn by_parent<'d>(done: &'d Consolidated, ground: Ground<'_>) -> Vec<(Option<usize>, Vec<&'d ConsolidatedRow>)> {
    let roster = ground.roster;
    let tops = roster.tops();
    let mut groups: BTreeMap<(bool, Option<usize>), Vec<&ConsolidatedRow>> = BTreeMap::new();
    for row in &done.rows {
        let RowOf::Unit(unit) = row.of else { continue };
        let parent = Some(roster.top(unit)).filter(|top| tops.contains(top));
        groups.entry((parent.is_none(), parent)).or_default().push(row);
    }
    if groups.keys().all(|(_, parent)| parent.is_none()) {
        return Vec::new();
    }
    groups.into_iter().map(|((_, parent), rows)| (parent, rows)).collect()
}
