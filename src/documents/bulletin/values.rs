//! What the sentences of a bulletin can name: every figure by the name that the tables give it.
//!
//! Names are Chinese, because clerks edit the template. Numbers are numbers, so that a template can ask `> 0`; rates are
//! texts, because of the rounding and the — of a zero denominator.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::Datelike;
use minijinja::Value;

use crate::documents::statistics::StatisticsSource;
use crate::documents::statistics::day;
use crate::results::LetterCounts;
use crate::results::figures::Counts;
use crate::results::figures::Dimension;
use crate::results::figures::DutyFigure;
use crate::results::figures::Figures;
use crate::results::figures::Measure;
use crate::results::figures::ReportKind;
use crate::results::figures::ReportPeriod;
use crate::results::figures::RowFigures;
use crate::results::figures::last_over;
use crate::results::figures::rates;
use crate::results::overview::Share;
use crate::vocabulary::Field;
use crate::vocabulary::Status;

type Names = BTreeMap<String, Value>;

/// Everything that a template may name.
pub fn values(source: StatisticsSource<'_>) -> Value {
    let figures = source.figures;
    let mut names = Names::new();
    let mut put = |name: &str, value: Value| {
        names.insert(name.to_owned(), value);
    };
    put("方案", plan(source));
    put("期间", period(figures));
    put("名册", roster(source));
    put("合计", Value::from(counts(&figures.totals)));
    put("比率", Value::from(rate_texts(&figures.totals)));
    put("资金", Value::from(Names::from([("万元".to_owned(), money(figures.funds.yuan))])));
    put("上期", figures.previous.as_ref().map_or(Value::from(()), |(_, before)| Value::from(counts(before))));
    put("增减", changes(figures));
    put("报送", figures.duties_of_units().map(|duties| of_duties(source, duties)).collect());
    put("每次报送", figures.duties.iter().map(|duty| of_duties(source, std::slice::from_ref(duty))).collect());
    put("单位", (0..figures.rows(Dimension::Unit).len()).map(|index| of_unit(figures, index)).collect());
    for dimension in Dimension::ALL.into_iter().filter(|dimension| *dimension != Dimension::Unit) {
        put(dimension.label(), figures.rows(dimension).iter().map(|row| Value::from(of_row(row))).collect());
    }
    put("上级单位", figures.parents.iter().map(|parent| Value::from(of_row(&parent.figures))).collect());
    put("逾期单位", overdue_units(figures));
    put("未报单位", missing_units(source));
    put("倒退", backwards(source));
    put("发函", letters(source));
    Value::from(names)
}

fn plan(source: StatisticsSource<'_>) -> Value {
    let campaign = source.campaign;
    let text = |text: &str| Value::from(text);
    let until_closed = campaign.overdue.until == Status::ClosedOut;
    let major = &campaign.levels.major;
    let control = major.interim_control_required.then_some(Field::InterimControl);
    let required: Vec<&str> =
        major.requires.iter().copied().chain(control).map(|field| field.title().trim_end_matches("（万元）")).collect();
    Value::from(Names::from([
        ("名称".to_owned(), text(&campaign.title)),
        ("印发单位".to_owned(), text(&campaign.issuer)),
        ("文号".to_owned(), text(campaign.document.as_deref().unwrap_or_default())),
        ("开始".to_owned(), Value::from(day(campaign.start))),
        ("结束".to_owned(), Value::from(day(campaign.end))),
        ("逾期叫法".to_owned(), text(if until_closed { "逾期未销号" } else { "逾期未改" })),
        ("逾期算到销号".to_owned(), Value::from(until_closed)),
        ("重大隐患要求".to_owned(), Value::from(required.join("、"))),
    ]))
}

fn period(figures: &Figures) -> Value {
    let period = figures.period;
    Value::from(Names::from([
        ("名称".to_owned(), Value::from(period_name(period))),
        ("简称".to_owned(), Value::from(short_name(period))),
        ("起止".to_owned(), Value::from(span(period))),
        ("叫法".to_owned(), Value::from(period.kind.this_period())),
        ("上期叫法".to_owned(), Value::from(period.kind.last_period())),
        ("开始".to_owned(), Value::from(day(period.start))),
        ("截止".to_owned(), Value::from(day(period.end))),
    ]))
}

/// What the period is called in a title: 2023年7月, 2023年第三季度.
pub fn period_name(period: ReportPeriod) -> String {
    let (year, month) = (period.end.year(), period.end.month());
    match period.kind {
        ReportKind::Weekly => span(period),
        ReportKind::Monthly => format!("{year}年{month}月"),
        ReportKind::Quarterly => {
            let quarter = ["一", "二", "三", "四"].get(period.end.month0() as usize / 3).copied().unwrap_or_default();
            format!("{year}年第{quarter}季度")
        }
        ReportKind::Summary => format!("截至{}", day(period.end)),
    }
}

/// What the period is called where its days stand behind it.
fn short_name(period: ReportPeriod) -> String {
    match period.kind {
        ReportKind::Weekly | ReportKind::Summary => period.kind.this_period().to_owned(),
        ReportKind::Monthly | ReportKind::Quarterly => period_name(period),
    }
}

/// Its days without saying a year twice: 2023年7月30日至8月15日.
fn span(period: ReportPeriod) -> String {
    match (period.start, period.end) {
        (start, end) if start == end => day(end),
        (start, end) if start.year() == end.year() => format!("{}至{}", day(start), end.format("%-m月%-d日")),
        (start, end) => format!("{}至{}", day(start), day(end)),
    }
}

fn roster(source: StatisticsSource<'_>) -> Value {
    let rows = source.figures.rows(Dimension::Unit);
    let with_hazards = rows.iter().filter(|row| row.counts.of(Measure::Total) > 0).count();
    let done = |row: &&RowFigures| row.counts.of(Measure::Total) > 0 && row.counts.of(Measure::Rectified) == row.counts.of(Measure::Total);
    let count = |number: usize| Value::from(number);
    Value::from(Names::from([
        ("单位数".to_owned(), count(source.roster.units.len())),
        ("有隐患单位数".to_owned(), count(with_hazards)),
        ("没有隐患记录的单位数".to_owned(), count(rows.len() - with_hazards)),
        ("全部整改的单位数".to_owned(), count(rows.iter().filter(done).count())),
        ("主送".to_owned(), Value::from("各有关单位")),
    ]))
}

fn counts(counts: &Counts) -> Names {
    Measure::ALL.into_iter().map(|measure| (measure.label().to_owned(), Value::from(counts.of(measure)))).collect()
}

fn rate_texts(counts: &Counts) -> Names {
    rates(counts).into_iter().map(|(_, label, share)| (label.to_owned(), Value::from(shown(share)))).collect()
}

/// A rate as papers print it.
pub fn shown(share: Share) -> String {
    share.per_cent().map_or_else(|| "—".to_owned(), |rate| format!("{rate:.1}%"))
}

/// 万元 without needless decimals.
fn money(yuan: i64) -> Value {
    if yuan % 10_000 == 0 { Value::from(yuan / 10_000) } else { Value::from(yuan as f64 / 10_000.0) }
}

/// 增加12, 减少3, 持平 for each measure; texts, because a sign alone is read past.
fn changes(figures: &Figures) -> Value {
    let Some((_, before)) = &figures.previous else { return Value::from(Names::new()) };
    let words = |measure: Measure| {
        let change = i64::from(figures.totals.of(measure)) - i64::from(before.of(measure));
        match change {
            0 => "持平，仍为".to_owned() + &figures.totals.of(measure).to_string(),
            1.. => format!("增加{change}"),
            _ => format!("减少{}", -change),
        }
    };
    Value::from(Measure::ALL.into_iter().map(|measure| (measure.label().to_owned(), Value::from(words(measure)))).collect::<Names>())
}

/// One obligation with all its due days of the period added up; who is missing is told of the last one.
fn of_duties(source: StatisticsSource<'_>, duties: &[DutyFigure]) -> Value {
    let Some(last) = last_over(duties) else { return Value::from(()) };
    let name = source.campaign.obligations.get(last.obligation).map_or("", |obligation| &obligation.name);
    let missing: Vec<String> = last.missing_parties.iter().map(|party| party.name(source.roster).to_owned()).collect();
    let sum = |pick: fn(&DutyFigure) -> u32| duties.iter().map(pick).sum::<u32>();
    let share = |pick: fn(&DutyFigure) -> Share| {
        let parts = duties.iter().map(pick);
        shown(parts.fold(Share { part: 0, whole: 0 }, |all, one| Share { part: all.part + one.part, whole: all.whole + one.whole }))
    };
    Value::from(Names::from([
        ("事项".to_owned(), Value::from(name)),
        ("次数".to_owned(), Value::from(duties.len())),
        ("截止".to_owned(), Value::from(last.due.format("%-m月%-d日").to_string())),
        ("应报".to_owned(), Value::from(sum(|duty| duty.owed))),
        ("已报".to_owned(), Value::from(sum(|duty| duty.reported))),
        ("零报告".to_owned(), Value::from(sum(|duty| duty.zero))),
        ("迟报".to_owned(), Value::from(sum(|duty| duty.late))),
        ("未报".to_owned(), Value::from(sum(|duty| duty.missing))),
        ("今天截止".to_owned(), Value::from(sum(|duty| duty.waiting))),
        ("报送率".to_owned(), Value::from(share(DutyFigure::came))),
        ("按时报送率".to_owned(), Value::from(share(DutyFigure::in_time))),
        ("未报单位".to_owned(), Value::from(missing)),
    ]))
}

fn of_row(row: &RowFigures) -> Names {
    let mut names = counts(&row.counts);
    names.extend(rate_texts(&row.counts));
    names.insert("名称".to_owned(), Value::from(row.label.as_str()));
    names.insert("整改资金".to_owned(), money(row.funds.yuan));
    names
}

fn of_unit(figures: &Figures, index: usize) -> Value {
    let Some(row) = figures.rows(Dimension::Unit).get(index) else { return Value::from(()) };
    let mut names = of_row(row);
    let duties = figures.unit_duties.get(index).copied().unwrap_or_default();
    names.insert("名次".to_owned(), figures.ranks.get(index).copied().flatten().map_or(Value::from(()), Value::from));
    let numbers = [("应报", duties.owed), ("按时", duties.in_time), ("迟报", duties.late), ("未报", duties.missing)];
    names.extend(numbers.map(|(name, number)| (name.to_owned(), Value::from(number))));
    Value::from(names)
}

/// Units with overdue hazards, the most first.
fn overdue_units(figures: &Figures) -> Value {
    let rows = figures.rows(Dimension::Unit);
    let mut units: Vec<usize> = (0..rows.len()).filter(|index| rows[*index].counts.of(Measure::Overdue) > 0).collect();
    units.sort_by_key(|index| std::cmp::Reverse(rows[*index].counts.of(Measure::Overdue)));
    units.into_iter().map(|index| of_unit(figures, index)).collect()
}

/// Who is missing in any duty of the period, each once, in the order in which they are first missing.
fn missing_units(source: StatisticsSource<'_>) -> Value {
    let mut seen = BTreeSet::new();
    let parties = source.figures.duties.iter().flat_map(|duty| &duty.missing_parties);
    parties.map(|party| party.name(source.roster)).filter(|name| seen.insert(*name)).map(Value::from).collect()
}

/// Letters of the escalation ladder, all and by step.
fn letters(source: StatisticsSource<'_>) -> Value {
    let since = source.figures.period.start;
    let counts = |counts: LetterCounts| {
        [("本期", counts.recent), ("累计", counts.issued), ("待发", counts.due)].map(|(name, count)| (name.to_owned(), Value::from(count)))
    };
    let of_step = |(step, of_step): (&str, LetterCounts)| {
        let name = ("步骤".to_owned(), Value::from(step));
        Value::from(counts(of_step).into_iter().chain([name]).collect::<Names>())
    };
    let steps = source.letters.counts_by_step(source.campaign, since).into_iter().map(of_step);
    let all = counts(source.letters.counts(since)).into_iter().chain([("分步".to_owned(), steps.collect::<Value>())]);
    Value::from(all.collect::<Names>())
}

fn backwards(source: StatisticsSource<'_>) -> Value {
    let text = |text: &str| Value::from(text);
    let item = |item: &crate::results::figures::BackwardsFigure| {
        Value::from(Names::from([
            ("编号".to_owned(), text(&item.id)),
            ("单位".to_owned(), text(&item.unit)),
            ("情形".to_owned(), text(item.reason)),
            ("栏目".to_owned(), text(&item.column)),
            ("原值".to_owned(), text(&item.old)),
            ("现值".to_owned(), text(&item.new)),
        ]))
    };
    source.figures.backwards.iter().map(item).collect()
}
