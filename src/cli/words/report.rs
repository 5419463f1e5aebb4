//! The figures of a period on the screen: balance, progress, deadlines, reporting; and what does not add up.

use crate::cli::words::escape;
use crate::cli::words::style;
use crate::cli::words::table;
use crate::documents::bulletin::values::shown;
use crate::documents::cross_check::Disagreement;
use crate::documents::statistics::StatisticsSource;
use crate::documents::statistics::paper_title;
use crate::results::figures::Dimension;
use crate::results::figures::Discrepancy;
use crate::results::figures::Measure;
use crate::results::figures::rates;

/// Units are named from the most overdue on, at most so many unless everything is asked for.
const NAMED: usize = 10;

/// The screen.
pub fn answer(source: StatisticsSource<'_>, verbose: bool, width: Option<u16>) -> String {
    let figures = source.figures;
    let count = |measure: Measure| figures.totals.of(measure);
    let named = |measures: &[Measure]| -> String {
        measures.iter().map(|measure| format!("{} {}", measure.label(), count(*measure))).collect::<Vec<_>>().join("，")
    };
    let mut text = format!("{}\n", style::bold(&escape::visible(&paper_title(source.campaign, figures.period))));
    text.push_str(&format!("  统计期间 {} 至 {}\n", figures.period.start, figures.period.end));
    text.push_str(&format!("  {}\n", balance(source)));
    text.push_str(&format!("  {}\n", named(&[Measure::Total, Measure::Rectified, Measure::Closed])));
    if [Measure::Withdrawn, Measure::WithdrawnBefore].into_iter().any(|measure| count(measure) > 0) {
        let withdrawn = [Measure::WithdrawnBefore, Measure::NewlyWithdrawn, Measure::WithdrawalUndone, Measure::Withdrawn].map(count);
        let [before, newly, undone, now] = withdrawn;
        text.push_str(&format!("  上期撤销 {before} ＋ 本期核实撤销 {newly} － 撤销恢复 {undone} ＝ 核实撤销 {now}，不计入其他各数\n"));
    }
    let rate = |key: &str| {
        rates(&figures.totals)
            .into_iter()
            .find(|(other, ..)| *other == key)
            .map_or_else(String::new, |(_, label, share)| format!("{label} {}（{}/{}）", shown(share), share.part, share.whole))
    };
    text.push_str(&format!("  {}\n", ["rectified", "rectified_in_time", "closed_out"].map(rate).join("，")));
    let open = [
        Measure::Overdue,
        Measure::DueSoon,
        Measure::InTime,
        Measure::Undated,
        Measure::DeadlineUnreadable,
        Measure::StatusUnclear,
        Measure::AwaitingVerification,
    ];
    let due = [Measure::FallenDue, Measure::RectifiedInTime, Measure::Late, Measure::RectifiedUndated, Measure::DueOpen];
    text.push_str(&format!("  {}\n", named(&due)));
    text.push_str(&format!("  {}\n", named(&open)));
    text.push_str(&format!("  {}\n", named(&[Measure::OverdueWeek, Measure::OverdueMonth, Measure::OverdueLonger])));
    let major = [Measure::Major, Measure::MajorRectified, Measure::MajorOpen, Measure::MajorComplete, Measure::MajorSupervised];
    text.push_str(&format!("  {}\n", named(&major)));
    if count(Measure::NotReportedAgain) > 0 || !figures.backwards.is_empty() {
        text.push_str(&format!("  未再报告 {}，倒退 {} 处\n", count(Measure::NotReportedAgain), figures.backwards.len()));
    }
    text.push('\n');
    reporting(source, &mut text);
    parents(source, width, &mut text);
    units(source, verbose, width, &mut text);
    text.push_str(&format!(
        "\n{}：{} 项指标、{} 种分类逐一相加，编号逐条对上\n",
        style::good("勾稽相符"),
        Measure::ALL.len(),
        Dimension::ALL.len()
    ));
    text
}

/// 上期结转 3 ＋ 本期新增 5 － 本期销号 2 ＝ 期末未销号 6; what is 0 on the way is left out.
fn balance(source: StatisticsSource<'_>) -> String {
    let count = |measure: Measure| source.figures.totals.of(measure);
    let mut text = format!("{} {}", Measure::CarriedOver.label(), count(Measure::CarriedOver));
    let parts = [
        ("＋", Measure::New),
        ("＋", Measure::Reopened),
        ("－", Measure::ClosedInPeriod),
        ("－", Measure::WithdrawnInPeriod),
        ("－", Measure::Left),
    ];
    for (sign, measure) in parts {
        if count(measure) > 0 || matches!(measure, Measure::New | Measure::ClosedInPeriod) {
            text.push_str(&format!(" {sign} {} {}", measure.label(), count(measure)));
        }
    }
    format!("{text} ＝ {} {}", Measure::OpenAtEnd.label(), count(Measure::OpenAtEnd))
}

fn reporting(source: StatisticsSource<'_>, text: &mut String) {
    if source.figures.duties.is_empty() {
        text.push_str("  本期没有到期的报送事项\n");
        return;
    }
    for duty in source.figures.duties.iter().rev().take(NAMED).rev() {
        let name = source.campaign.obligations.get(duty.obligation).map_or("", |obligation| &obligation.name);
        text.push_str(&format!(
            "  报送 {} {}：应报 {}，已报 {}，零报告 {}，迟报 {}，未报 {}，报送率 {}\n",
            duty.due,
            escape::visible(name),
            duty.owed,
            duty.reported,
            duty.zero,
            duty.late,
            duty.missing,
            shown(duty.came())
        ));
    }
    if source.figures.duties.len() > NAMED {
        text.push_str(&format!("  以上是最近 {NAMED} 次，本期共 {} 次\n", source.figures.duties.len()));
    }
}

/// The sums by 上级单位, where the roster has any.
fn parents(source: StatisticsSource<'_>, width: Option<u16>, text: &mut String) {
    let parents = &source.figures.parents;
    if parents.is_empty() {
        return;
    }
    let mut table =
        table::table(&["上级单位", "单位数", "累计", "新增", "整改", "整改率", "逾期", "未报", "名次"], &[1, 2, 3, 4, 5, 6, 7, 8], width);
    for parent in parents {
        let count = |measure: Measure| parent.figures.counts.of(measure).to_string();
        table.add_row([
            escape::visible(&parent.figures.label),
            parent.units.len().to_string(),
            count(Measure::Total),
            count(Measure::New),
            count(Measure::Rectified),
            shown(rates(&parent.figures.counts)[0].2),
            count(Measure::Overdue),
            parent.duties.missing.to_string(),
            parent.rank.map_or_else(String::new, |rank| rank.to_string()),
        ]);
    }
    text.push('\n');
    text.push_str(&table::text(&table));
}

fn units(source: StatisticsSource<'_>, verbose: bool, width: Option<u16>, text: &mut String) {
    let rows = source.figures.rows(Dimension::Unit);
    let mut order: Vec<usize> = (0..rows.len()).filter(|index| rows[*index].counts.of(Measure::Total) > 0).collect();
    order.sort_by_key(|index| std::cmp::Reverse((rows[*index].counts.of(Measure::Overdue), rows[*index].counts.of(Measure::OpenAtEnd))));
    let shown_rows = if verbose { order.len() } else { NAMED };
    let mut table = table::table(&["单位", "累计", "新增", "整改", "整改率", "逾期", "重大未整改", "名次"], &[1, 2, 3, 4, 5, 6, 7], width);
    for index in order.iter().take(shown_rows) {
        let row = &rows[*index];
        let count = |measure: Measure| row.counts.of(measure).to_string();
        let rank = source.figures.ranks.get(*index).copied().flatten().map_or_else(String::new, |rank| rank.to_string());
        let rate = rates(&row.counts)[0].2;
        table.add_row([
            escape::visible(&row.label),
            count(Measure::Total),
            count(Measure::New),
            count(Measure::Rectified),
            shown(rate),
            count(Measure::Overdue),
            count(Measure::MajorOpen),
            rank,
        ]);
    }
    if !order.is_empty() {
        text.push('\n');
        text.push_str(&table::text(&table));
    }
    if order.len() > shown_rows {
        text.push_str(&format!("另有 {} 家（全部列出：加 -v）\n", order.len() - shown_rows));
    }
}

/// What the figures break.
pub fn discrepancies(found: &[Discrepancy]) -> String {
    let mut text = format!("{}：没有写出任何文件\n", style::error("数字对不上"));
    for wrong in found {
        text.push_str(&format!("  {}：{}，左边 {}，右边 {}\n", escape::visible(&wrong.place), wrong.equation, wrong.left, wrong.right));
    }
    text.push_str("  这是程序的缺陷，请反馈；原有文件没有改动\n");
    text
}

/// Numbers of finished papers that are not the figures'.
pub fn disagreements(found: &[Disagreement]) -> String {
    let mut text = format!("{}：写好的材料和统计数不一致，没有写出任何文件\n", style::error("数字对不上"));
    for wrong in found.iter().take(50) {
        let place = escape::visible(&wrong.place);
        text.push_str(&format!("  {place}：{}，写的是“{}”，统计数是“{}”\n", wrong.figure, escape::visible(&wrong.shown), wrong.counted));
    }
    if found.len() > 50 {
        text.push_str(&format!("  ……另有 {} 处\n", found.len() - 50));
    }
    text
}
