//! Where the lines and bars of the drawings stand.
//!
//! Lengths are per cent of the width, so that a drawing fills a telephone and a wall alike while its letters keep
//! their size; heights are pixels.

use serde::Serialize;

use crate::documents::dashboard::Bar;
use crate::documents::dashboard::CoursePoint;
use crate::documents::dashboard::Figure;
use crate::documents::dashboard::StackedBar;
use crate::results::OverdueState;

/// Height of the plot, and width of its own units.
const PLOT_HEIGHT: u64 = 200;
const PLOT_WIDTH: i64 = 1000;
/// Height of a bar with its label.
const BAR_STEP: u32 = 40;

/// Lines over time.
#[derive(Debug, PartialEq, Serialize)]
pub struct CourseChart {
    /// Points of the lines: total, rectified, closed, overdue.
    pub lines: [String; 4],
    /// The first line closed to a surface.
    pub area: String,
    /// Heights of the lines' ends.
    pub ends: [u64; 4],
    pub levels: Vec<LevelLine>,
    pub days: Vec<DayMark>,
}

/// A horizontal line with its number.
#[derive(Debug, PartialEq, Serialize)]
pub struct LevelLine {
    pub y: u64,
    pub number: u64,
}

/// A day under the plot.
#[derive(Debug, PartialEq, Serialize)]
pub struct DayMark {
    pub x: String,
    pub anchor: &'static str,
    pub text: String,
}

/// Bars one under the other.
#[derive(Debug, PartialEq, Serialize)]
pub struct BarChart {
    pub height: u32,
    pub bars: Vec<DrawnBar>,
}

/// A bar with its parts; a plain bar has one.
#[derive(Debug, PartialEq, Serialize)]
pub struct DrawnBar {
    pub label: String,
    pub key: String,
    pub shown: String,
    /// Baseline of the label.
    pub label_y: u32,
    pub y: u32,
    pub parts: Vec<BarPart>,
}

/// A part of a bar.
#[derive(Debug, PartialEq, Serialize)]
pub struct BarPart {
    pub x: String,
    pub width: String,
    /// Number of its colour.
    pub tone: usize,
    pub name: &'static str,
    pub count: u32,
}

/// The states in the order of their tones, for the legend.
pub fn legend() -> [&'static str; OverdueState::ALL.len()] {
    OverdueState::ALL.map(OverdueState::label)
}

/// `None` where there are fewer than two days to draw a line between.
pub fn course(points: &[CoursePoint]) -> Option<CourseChart> {
    let (first, last) = (points.first()?, points.last()?);
    let length = (last.date - first.date).num_days();
    if length <= 0 {
        return None;
    }
    let most = points.iter().flat_map(|point| point.counts).max().map_or(0, u64::from);
    let step = level_step(most);
    let steps = most.div_ceil(step).max(1);
    let y = |count: u64| PLOT_HEIGHT - count.min(most) * PLOT_HEIGHT / (step * steps);
    let x = |point: &CoursePoint| (point.date - first.date).num_days() * PLOT_WIDTH / length;
    let line = |index: usize| {
        let places: Vec<String> = points.iter().map(|point| format!("{},{}", x(point), y(point.counts[index].into()))).collect();
        places.join(" ")
    };
    let lines = [line(0), line(1), line(2), line(3)];
    let area = format!("0,{PLOT_HEIGHT} {} {PLOT_WIDTH},{PLOT_HEIGHT}", lines[0]);
    let levels = (0..=steps).map(|level| LevelLine { y: PLOT_HEIGHT - level * PLOT_HEIGHT / steps, number: level * step }).collect();
    Some(CourseChart { area, ends: last.counts.map(|count| y(count.into())), levels, days: day_marks(points, length), lines })
}

/// Between one line and the next, of at most five: 1, 2 or 5 times a power of ten.
fn level_step(most: u64) -> u64 {
    let mut power = 1;
    loop {
        if let Some(step) = [1, 2, 5].map(|step| step * power).into_iter().find(|step| step * 5 >= most) {
            return step;
        }
        power *= 10;
    }
}

/// Up to five days, evenly spread, the first and the last among them.
fn day_marks(points: &[CoursePoint], length: i64) -> Vec<DayMark> {
    let last = points.len() - 1;
    let parts = last.min(4);
    (0..=parts)
        .filter_map(|part| {
            let (first, point) = (points.first()?, points.get(part * last / parts)?);
            let anchor = match part {
                0 => "start",
                _ if part == parts => "end",
                _ => "middle",
            };
            let x = per_cent(u64::try_from((point.date - first.date).num_days()).ok()?, u64::try_from(length).ok()?);
            Some(DayMark { x, anchor, text: point.date.format("%-m月%-d日").to_string() })
        })
        .collect()
}

/// One bar for each span of days.
pub fn ageing(bars: &[Bar]) -> BarChart {
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0);
    chart(bars.iter().map(|bar| {
        let part =
            BarPart { x: "0%".to_owned(), width: share(bar.count, most), tone: bar.urgency.into(), name: bar.label, count: bar.count };
        (bar.label, &bar.figure, if bar.count > 0 { vec![part] } else { Vec::new() })
    }))
}

/// One bar for each row, parted by state; the longest fills the width.
pub fn stacked(bars: &[StackedBar]) -> BarChart {
    let most = bars.iter().map(|bar| bar.parts.iter().sum()).max().unwrap_or(0);
    chart(bars.iter().map(|bar| {
        let mut before = 0;
        let mut parts = Vec::new();
        for (tone, (state, count)) in OverdueState::ALL.into_iter().zip(bar.parts).enumerate() {
            if count > 0 {
                parts.push(BarPart { x: share(before, most), width: share(count, most), tone, name: state.label(), count });
            }
            before += count;
        }
        (bar.label.as_str(), &bar.total, parts)
    }))
}

fn chart<'a>(bars: impl Iterator<Item = (&'a str, &'a Figure, Vec<BarPart>)>) -> BarChart {
    let bars: Vec<DrawnBar> = bars
        .zip(0..)
        .map(|((label, figure, parts), index)| DrawnBar {
            label: label.to_owned(),
            key: figure.key.clone(),
            shown: figure.shown.clone(),
            label_y: index * BAR_STEP + 14,
            y: index * BAR_STEP + 20,
            parts,
        })
        .collect();
    BarChart { height: u32::try_from(bars.len()).unwrap_or(0) * BAR_STEP, bars }
}

fn share(part: u32, whole: u32) -> String {
    per_cent(part.into(), whole.into())
}

/// In whole numbers, so that no machine rounds otherwise.
fn per_cent(part: u64, whole: u64) -> String {
    let hundredths = (part * 20_000 + whole) / (2 * whole.max(1));
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn the_highest_level_holds_the_highest_number() {
        for (most, step) in
            [(0, 1), (5, 1), (6, 2), (11, 5), (37, 10), (90, 20), (271, 100), (4000, 1000), (u32::MAX.into(), 1_000_000_000)]
        {
            assert_eq!(level_step(most), step, "{most}");
        }
    }

    #[test]
    fn lines_run_over_the_whole_plot() {
        let day = |day: u32| NaiveDate::from_ymd_opt(2023, 7, day).expect("a day of the calendar");
        let point = |on: u32, total: u32| CoursePoint { date: day(on), counts: [total, total / 2, 0, 0] };
        assert_eq!(course(&[point(3, 4)]), None);
        let chart = course(&[point(3, 0), point(10, 20), point(17, 40)]).expect("three days");
        assert_eq!(chart.lines[0], "0,200 500,100 1000,0");
        assert_eq!(chart.ends, [0, 100, 200, 200]);
        let days: Vec<(&str, &str)> = chart.days.iter().map(|mark| (mark.x.as_str(), mark.text.as_str())).collect();
        assert_eq!(days, [("0.00%", "7月3日"), ("50.00%", "7月10日"), ("100.00%", "7月17日")]);
    }

    #[test]
    fn parts_stand_side_by_side() {
        let figure = Figure { key: "by.level.1.total".to_owned(), shown: "4".to_owned() };
        let chart = stacked(&[StackedBar { label: "一般".to_owned(), total: figure, parts: [1, 0, 0, 0, 0, 0, 0, 3] }]);
        let parts: Vec<(&str, &str, usize)> =
            chart.bars[0].parts.iter().map(|part| (part.x.as_str(), part.width.as_str(), part.tone)).collect();
        assert_eq!(parts, [("0.00%", "25.00%", 0), ("25.00%", "75.00%", 7)]);
        assert_eq!(chart.height, 40);
    }
}
