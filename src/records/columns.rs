//! Settling what each column means: titles that fit two fields are decided by the rest of the sheet, or asked for.

use std::collections::BTreeMap;

use crate::records::labels::Label;
use crate::records::own_papers::is_derived;
use crate::records::own_papers::is_own_list;
use crate::records::sheet::ColumnMeaning;
use crate::records::sheet::ColumnReading;
use crate::records::sheet::Ticked;
use crate::vocabulary::Concept;
use crate::vocabulary::Field;
use crate::vocabulary::Status;
use crate::vocabulary::column_concept;
use crate::vocabulary::is_share;
use crate::vocabulary::label_key;
use crate::vocabulary::nearest_fields;
use crate::vocabulary::read_level;
use crate::vocabulary::read_passed;
use crate::vocabulary::read_status;
use crate::vocabulary::read_tick;

/// What the settling may look at: samples of a column's values, and whether a date of it lies after the fill date.
pub struct Probe<'a> {
    /// The first texts of a column, as written.
    pub samples: &'a dyn Fn(u32) -> Vec<String>,
    /// Whether any date of the column lies after the fill date: `None` when that cannot be said.
    pub lies_ahead: &'a dyn Fn(u32) -> Option<bool>,
    /// How many characters stand in a column, as far as it was looked at.
    pub fullness: &'a dyn Fn(u32) -> usize,
    /// Whether a text names a unit of the roster.
    pub is_unit: &'a dyn Fn(&str) -> bool,
    /// First part of the campaign's 编号.
    pub campaign_code: &'a str,
    pub statuses: &'a BTreeMap<Status, Vec<String>>,
    pub hidden: &'a dyn Fn(u32) -> bool,
}

/// Meanings that need the whole header to be decided, with the column they were read from.
#[derive(Debug, Clone, Default)]
pub struct Settled {
    pub columns: Vec<ColumnReading>,
    /// Column whose prose may hold a status word, with its title, when there is no status column.
    pub status_from: Option<(u32, String)>,
    /// 是否重大隐患: a yes makes it major.
    pub major_flag: Option<u32>,
    /// Columns that may hold the result of an inspection item.
    pub check_results: Vec<u32>,
    /// Whether the header is that of one of our own lists, sent back.
    pub own_paper: bool,
    /// A column without a known title that was taken for the unit because of its values.
    pub unit_by_values: Option<u32>,
    /// Whether the header has the columns of the bureau's own ledger form.
    pub is_ledger: bool,
}

/// Decides every column of one block (0 for ordinary tables, n for 隐患n of a wide one, shared columns included).
pub fn settle(labels: &[Label], probe: &Probe<'_>) -> Settled {
    let mut settled = Settled::default();
    let certain = |field: Field| labels.iter().any(|label| label.concept == Some(Concept::Field(field)));
    let has = |concept: Concept| labels.iter().any(|label| label.concept == Some(concept));
    settled.is_ledger = certain(Field::SubmittedOn) && (certain(Field::Id) || has(Concept::SequenceOrId));
    let mut taken: BTreeMap<Field, u32> = BTreeMap::new();
    let mut meanings: BTreeMap<u32, ColumnMeaning> = BTreeMap::new();
    if settled.is_ledger {
        // Our own form: its titles mean what they say, and every other column is one that nobody knew.
        for label in labels {
            match Field::ALL.into_iter().find(|field| label.chain.last().is_some_and(|title| title == field.title())) {
                Some(field) => claim(&mut meanings, &mut taken, label.column, field),
                None => {
                    meanings.insert(label.column, ColumnMeaning::Known);
                }
            }
        }
        settled.columns = readings(labels, meanings, probe);
        return settled;
    }
    settled.own_paper = is_own_list(labels);
    let numbers_rows = |column: u32| Some((probe.samples)(column)).is_some_and(|samples| !samples.is_empty() && count_up(&samples));
    if let Some(column) = unit_by_values(labels, probe) {
        settled.unit_by_values = labels.iter().any(|label| label.column == column && label.concept.is_none()).then_some(column);
        claim(&mut meanings, &mut taken, column, Field::Unit);
    }
    if let Some(column) = fullest(labels, Concept::Field(Field::Description), probe) {
        claim(&mut meanings, &mut taken, column, Field::Description);
    }
    // Certain titles first, so that a vague one never takes their field.
    for label in labels {
        if holds(&taken, label.column) {
            continue;
        }
        if let Some(Concept::Field(field)) = label.concept {
            if label.doubtful {
                meanings.insert(label.column, ColumnMeaning::Ambiguous(vec![field]));
                continue;
            }
            if field == Field::Id && !has(Concept::Sequence) && numbers_rows(label.column) {
                meanings.insert(label.column, ColumnMeaning::Sequence);
                continue;
            }
            claim(&mut meanings, &mut taken, label.column, field);
        }
    }
    let holds_shares = |column: u32| {
        let samples = (probe.samples)(column);
        !samples.is_empty() && samples.iter().all(|text| is_share(text))
    };
    let ticked = tick_columns(labels, probe);
    for label in labels {
        if holds(&taken, label.column) {
            continue;
        }
        if settled.own_paper && is_derived(label) {
            meanings.insert(label.column, ColumnMeaning::Derived);
            continue;
        }
        if let Some(stands_for) = ticked.get(&label.column) {
            meanings.insert(label.column, ColumnMeaning::Tick(*stands_for));
            continue;
        }
        let Some(concept) = label.concept else {
            let title = label.chain.last().map_or("", String::as_str);
            meanings.insert(label.column, ColumnMeaning::Unknown { near: nearest_fields(title) });
            continue;
        };
        let column = label.column;
        match concept {
            Concept::Field(_) => {}
            Concept::Sequence => {
                meanings.insert(column, ColumnMeaning::Sequence);
            }
            Concept::SequenceOrId => {
                let samples = (probe.samples)(column);
                let prefix = format!("{}-", probe.campaign_code);
                if samples.iter().any(|text| text.starts_with(&prefix)) {
                    claim(&mut meanings, &mut taken, column, Field::Id);
                } else if !has(Concept::Sequence) && count_up(&samples) {
                    meanings.insert(column, ColumnMeaning::Sequence);
                } else {
                    meanings.insert(column, ColumnMeaning::Known);
                }
            }
            Concept::DeadlineOrRectified => {
                let meaning = match (taken.contains_key(&Field::Deadline), taken.contains_key(&Field::RectifiedOn)) {
                    (true, false) => Some(Field::RectifiedOn),
                    (false, true) => Some(Field::Deadline),
                    (true, true) => None,
                    (false, false) => match (probe.lies_ahead)(column) {
                        Some(true) => Some(Field::Deadline),
                        _ => {
                            meanings.insert(column, ColumnMeaning::Ambiguous(vec![Field::Deadline, Field::RectifiedOn]));
                            continue;
                        }
                    },
                };
                match meaning {
                    Some(field) => claim(&mut meanings, &mut taken, column, field),
                    None => {
                        meanings.insert(column, ColumnMeaning::Known);
                    }
                }
            }
            Concept::UnitOrDepartment => claim(&mut meanings, &mut taken, column, Field::Department),
            Concept::Both(first, second) => match (taken.contains_key(&first), taken.contains_key(&second)) {
                (false, false) => {
                    taken.extend([(first, column), (second, column)]);
                    meanings.insert(column, ColumnMeaning::Both(first, second));
                }
                (true, false) => claim(&mut meanings, &mut taken, column, second),
                (_, true) => claim(&mut meanings, &mut taken, column, first),
            },
            Concept::WeakDescription => claim(&mut meanings, &mut taken, column, Field::Description),
            Concept::CloseOutFlag => {
                meanings.insert(column, ColumnMeaning::CloseOutFlag);
            }
            Concept::MajorFlag => {
                if taken.contains_key(&Field::Level) {
                    meanings.insert(column, ColumnMeaning::Known);
                } else {
                    settled.major_flag = Some(column);
                    claim(&mut meanings, &mut taken, column, Field::Level);
                }
            }
            Concept::StatusOrProgress => {
                let samples = (probe.samples)(column);
                let words = samples.iter().filter(|text| read_status(text, probe.statuses).is_some()).count();
                if !taken.contains_key(&Field::Status) && !samples.is_empty() && words * 2 > samples.len() {
                    claim(&mut meanings, &mut taken, column, Field::Status);
                } else {
                    claim(&mut meanings, &mut taken, column, Field::Progress);
                }
            }
            // 整改完成率 beside a hazard: how far it is, where no column has a status word.
            Concept::Statistic if !has(Concept::Field(Field::Status)) && !has(Concept::StatusOrProgress) && holds_shares(column) => {
                claim(&mut meanings, &mut taken, column, Field::Status);
            }
            Concept::Known | Concept::Statistic | Concept::CheckResult => {
                meanings.insert(column, ColumnMeaning::Known);
            }
        }
    }
    // 区域 is the township of the unit, or, where no column says the place and no value is a township, the place.
    let area = |label: &&Label| label.chain.last().is_some_and(|title| matches!(label_key(title).as_str(), "区域" | "所在区域"));
    if !taken.contains_key(&Field::Location)
        && let Some(label) = labels.iter().find(area)
        && !(probe.samples)(label.column).iter().any(|text| text.ends_with(['镇', '乡', '县', '市', '区', '道', '村', '旗']))
    {
        claim(&mut meanings, &mut taken, label.column, Field::Location);
    }
    // 类别 whose values are all 一般 or 重大 is the level under another name.
    if !taken.contains_key(&Field::Level)
        && let Some(column) = taken.get(&Field::Category).copied()
    {
        let samples = (probe.samples)(column);
        if !samples.is_empty() && samples.iter().all(|text| read_level(text, &BTreeMap::new()).is_some()) {
            taken.remove(&Field::Category);
            claim(&mut meanings, &mut taken, column, Field::Level);
        }
    }
    if !taken.contains_key(&Field::Status) {
        settled.status_from = taken
            .get(&Field::Progress)
            .and_then(|column| labels.iter().find(|label| label.column == *column))
            .map(|label| (label.column, label.chain.join("/")));
    }
    let result = |label: &&Label| matches!(label.concept, Some(Concept::WeakDescription | Concept::CheckResult));
    settled.check_results = labels.iter().filter(result).map(|label| label.column).collect();
    settled.columns = readings(labels, meanings, probe);
    settled
}

/// Whether a field was read from the column.
fn holds(taken: &BTreeMap<Field, u32>, column: u32) -> bool {
    taken.values().any(|known| *known == column)
}

/// Whether the values count rows: whole numbers (1, 002, 3、), each mostly one more than the one before.
fn count_up(samples: &[String]) -> bool {
    let numbers: Option<Vec<u32>> = samples.iter().map(|text| text.trim_end_matches(['.', '、', '．']).parse().ok()).collect();
    let Some(numbers) = numbers else { return false };
    let steps = numbers.windows(2).filter(|pair| pair[1] == pair[0].wrapping_add(1)).count();
    steps * 2 >= numbers.len().saturating_sub(1) && (numbers.len() > 1 || numbers.first().is_none_or(|number| *number < 1_000))
}

/// The column whose values are units of the roster, when titles leave it open: several name units, none does for
/// certain, or the only one that does holds something else.
fn unit_by_values(labels: &[Label], probe: &Probe<'_>) -> Option<u32> {
    let share = |column: u32| {
        let samples = (probe.samples)(column);
        let units = samples.iter().filter(|text| (probe.is_unit)(text)).count();
        (units * 2 >= samples.len() && units > 0).then(|| units * 100 / samples.len())
    };
    let named = |label: &&Label| matches!(label.concept, Some(Concept::Field(Field::Unit) | Concept::UnitOrDepartment));
    let is_certain = |label: &Label| label.concept == Some(Concept::Field(Field::Unit));
    let certain = labels.iter().filter(|label| is_certain(label)).count();
    // Whoever fills in the form stands behind the place where the hazard is.
    let reports =
        |label: &Label| label.chain.iter().any(|title| ["填报", "上报", "报送", "排查", "自查"].iter().any(|word| title.contains(word)));
    let best = labels
        .iter()
        .filter(named)
        .filter_map(|label| {
            let share = share(label.column)?;
            Some((is_certain(label), !reports(label), share, std::cmp::Reverse(label.column)))
        })
        .max();
    if let Some((.., column)) = best {
        return Some(column.0);
    }
    if certain > 0 {
        return None;
    }
    let unknown = labels.iter().filter(|label| label.concept.is_none());
    unknown.filter(|label| share(label.column).is_some_and(|share| share >= 60)).map(|label| label.column).next()
}

/// The column that says most, if several columns bear the meaning.
fn fullest(labels: &[Label], concept: Concept, probe: &Probe<'_>) -> Option<u32> {
    let columns: Vec<u32> = labels.iter().filter(|label| label.concept == Some(concept)).map(|label| label.column).collect();
    if columns.len() < 2 {
        return None;
    }
    columns.into_iter().map(|column| ((probe.fullness)(column), std::cmp::Reverse(column))).max().map(|(_, column)| column.0)
}

/// The columns that are there to be ticked: titles that are answers (已整改 | 未整改, 一般 | 重大, 是 | 否 under 是否整改)
/// over cells that hold nothing but ticks.
fn tick_columns(labels: &[Label], probe: &Probe<'_>) -> BTreeMap<u32, Ticked> {
    let mut columns: BTreeMap<u32, Ticked> =
        labels.iter().filter_map(|label| Some((label.column, stands_for(label, probe.statuses)?))).collect();
    let mut any = false;
    columns.retain(|column, _| {
        let samples = (probe.samples)(*column);
        let ticks = samples.iter().filter(|text| read_tick(text).is_some()).count();
        any |= ticks > 0;
        // A day or a word among ticks is asked at its cell.
        ticks * 2 >= samples.len()
    });
    if any { columns } else { BTreeMap::new() }
}

/// What a tick under a title says.
fn stands_for(label: &Label, statuses: &BTreeMap<Status, Vec<String>>) -> Option<Ticked> {
    let (title, groups) = label.chain.split_last()?;
    let group = groups.last().and_then(|group| column_concept(group, &BTreeMap::new()));
    let passed = read_passed(title).value();
    match group {
        Some(Concept::WeakDescription | Concept::CheckResult) => return passed.map(Ticked::Passed),
        Some(Concept::Field(Field::Status) | Concept::StatusOrProgress) => return read_status(title, statuses).map(Ticked::Status),
        Some(Concept::Field(Field::Level)) => return read_level(title, &BTreeMap::new()).map(Ticked::Level),
        _ => {}
    }
    if matches!(label.concept, None | Some(Concept::Statistic | Concept::CheckResult)) {
        let known = |title: &str| title.chars().count() >= 2;
        return read_status(title, statuses)
            .filter(|_| known(title) && passed.is_none())
            .map(Ticked::Status)
            .or_else(|| read_level(title, &BTreeMap::new()).map(Ticked::Level))
            .or_else(|| passed.filter(|_| known(title)).map(Ticked::Passed));
    }
    None
}

/// Every labelled column with its meaning.
fn readings(labels: &[Label], mut meanings: BTreeMap<u32, ColumnMeaning>, probe: &Probe<'_>) -> Vec<ColumnReading> {
    let reading = |label: &Label| ColumnReading {
        column: label.column,
        title: label.chain.join("/"),
        meaning: meanings.remove(&label.column).unwrap_or(ColumnMeaning::Known),
        hidden: (probe.hidden)(label.column),
    };
    labels.iter().map(reading).collect()
}

fn claim(meanings: &mut BTreeMap<u32, ColumnMeaning>, taken: &mut BTreeMap<Field, u32>, column: u32, field: Field) {
    if let std::collections::btree_map::Entry::Vacant(free) = taken.entry(field) {
        free.insert(column);
        meanings.insert(column, ColumnMeaning::Field(field));
    } else {
        meanings.insert(column, ColumnMeaning::Repeated(field));
    }
}
