//! Every date expression that is understood, with an example that is executed, and the clerks' page about them.
//!
//! One entry a spelling. The numbers group spellings of one kind; the page `docs/dates.md` is made from
//! here, and a test reads each entry's text in its setting and compares.

mod cells;
mod page;
mod plans;
mod recurring;
mod relative;

use std::sync::LazyLock;

use chrono::NaiveDate;

use crate::dates::calendar::WorkCalendar;
use crate::dates::expression::Expression;
use crate::dates::reading::CellInput;
use crate::dates::reading::CellReading;
use crate::dates::reading::Context;
use crate::dates::reading::DateNote;
use crate::dates::reading::DateReading;
use crate::dates::reading::Undated;
use crate::dates::reading::UnreadableDate;
use crate::dates::reading::read_cell;
use crate::dates::recurrence::Recurrence;

pub use page::catalogue_page;

/// One spelling, what it means, and what is read in a given setting.
#[derive(Debug, Clone, Copy)]
pub struct CatalogueEntry {
    /// Groups spellings of one kind; 1 to 100, ascending, none left out.
    pub number: u8,
    /// As it stands in the plan or cell.
    pub text: &'static str,
    pub setting: Setting,
    /// What is read, in the form of [`CatalogueEntry::read`].
    pub reads: &'static str,
    /// What the spelling means, for the clerk.
    pub meaning: &'static str,
}

/// Where a spelling stands and what is known around it.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    pub place: Place,
    /// Period as `start/end`, document's day, found date; empty if not known.
    pub period: &'static str,
    pub document: &'static str,
    pub found_on: &'static str,
}

/// Where a spelling stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Place {
    /// A phase or due day of a campaign file.
    Plan,
    /// A deadline cell, as text.
    Deadline,
    /// A cell that looks back (发现日期, 整改完成日期), as text.
    Past,
    /// A deadline cell that holds a number, in the 1900 or the 1904 system.
    Number(f64),
    Number1904(f64),
    /// A recurrence, expanded over the period.
    Recurrence,
    /// A lead time, with the due day or event as the document's day.
    LeadTime,
}

/// A setting with nothing but a place and a period.
const fn at(place: Place, period: &'static str) -> Setting {
    Setting { place, period, document: "", found_on: "" }
}

const fn entry(number: u8, text: &'static str, setting: Setting, reads: &'static str, meaning: &'static str) -> CatalogueEntry {
    CatalogueEntry { number, text, setting, reads, meaning }
}

/// All entries, ascending by number.
pub fn catalogue() -> &'static [CatalogueEntry] {
    static ALL: LazyLock<Vec<CatalogueEntry>> =
        LazyLock::new(|| [plans::PLANS, relative::RELATIVE, recurring::RECURRING, cells::CELLS].concat());
    &ALL
}

impl CatalogueEntry {
    /// Reads the text in its setting and says what came out, in Chinese: a day, `A 至 B`, `A 前`, `A 起`, or why
    /// there is none; then in brackets what was assumed.
    pub fn read(&self) -> String {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let period = self.setting.period.split_once('/').and_then(|(start, end)| Some((day(start)?, day(end)?)));
        let context = Context {
            period,
            document: day(self.setting.document),
            found_on: day(self.setting.found_on),
            above: None,
            looks_back: self.setting.place == Place::Past,
        };
        let cell = |input| shown_cell(&read_cell(input, &context));
        match self.setting.place {
            Place::Plan => shown_plan(self.text, &context),
            Place::Deadline | Place::Past => cell(CellInput::Text(self.text)),
            Place::Number(value) => cell(CellInput::Number(value)),
            Place::Number1904(value) => cell(CellInput::Number1904(value)),
            Place::Recurrence => shown_recurrence(self.text, period),
            Place::LeadTime => {
                let event = context.document.and_then(|event| Expression::parse(self.text).around(event, WorkCalendar::shipped()));
                event.map_or("不是提前量".to_string(), |found| found.date.to_string())
            }
        }
    }

    /// Whether the clerk is asked instead of an answer being taken.
    pub fn is_asked(&self) -> bool {
        self.reads.starts_with("请核实")
    }
}

fn shown_plan(text: &str, context: &Context) -> String {
    let resolution = Expression::parse(text).resolve(context);
    let days = match (resolution.start, resolution.end) {
        (Some(start), Some(end)) if start == end => start.to_string(),
        (Some(start), Some(end)) => format!("{start} 至 {end}"),
        (None, Some(end)) => format!("{end} 前"),
        (Some(start), None) => format!("{start} 起"),
        (None, None) => shown_reading(resolution.reading, &resolution.candidates),
    };
    format!("{days}{}{}", shown_extension(resolution.extension), shown_notes(&resolution.notes))
}

fn shown_cell(cell: &CellReading) -> String {
    format!("{}{}{}", shown_reading(cell.reading, &cell.candidates), shown_extension(cell.extension), shown_notes(&cell.notes))
}

fn shown_extension(extension: Option<NaiveDate>) -> String {
    extension.map_or(String::new(), |day| format!("，延期至 {day}"))
}

fn shown_recurrence(text: &str, period: Option<(NaiveDate, NaiveDate)>) -> String {
    let recurrence = match Recurrence::parse(text) {
        Ok(recurrence) => recurrence,
        Err(error) => return error.to_string(),
    };
    let Some((start, end)) = period else { return recurrence.describe() };
    let days = recurrence.settled(start, end, WorkCalendar::shipped());
    let days: Vec<String> = days.iter().map(|settled| settled.day.format("%m-%d").to_string()).collect();
    format!("{}：{}", recurrence.describe(), days.join("、"))
}

fn shown_reading(reading: DateReading, candidates: &[NaiveDate]) -> String {
    let choices = candidates.iter().map(NaiveDate::to_string).collect::<Vec<_>>().join("、");
    match reading {
        DateReading::Blank => "空".to_string(),
        DateReading::On(day) => day.to_string(),
        DateReading::Immediate => "发现当日".to_string(),
        DateReading::Undated(Undated::Ongoing) => "无日期（长期）".to_string(),
        DateReading::Undated(Undated::Vague) => "无日期（含糊）".to_string(),
        DateReading::Undated(Undated::Conditional) => "无日期（附条件）".to_string(),
        DateReading::Undated(Undated::Event) => "无日期（等事件）".to_string(),
        DateReading::Unreadable(why) => {
            let why = match why {
                UnreadableDate::Ambiguous => "不止一种读法",
                UnreadableDate::Impossible => "没有这一天",
                UnreadableDate::StatusWord => "是状态，不是日期",
                UnreadableDate::LeftUnfit => "左边没有可照抄的",
                UnreadableDate::Moving => "公式，每天会变",
                UnreadableDate::DittoWithoutAbove => "上面没有可照抄的",
                UnreadableDate::NeedsAnchor => "缺起算日",
                UnreadableDate::OutOfRange => "不像日期的数",
                UnreadableDate::NotADate => "不是日期",
            };
            if choices.is_empty() { format!("请核实：{why}") } else { format!("请核实：{why}（{choices}）") }
        }
    }
}

fn shown_notes(notes: &[DateNote]) -> String {
    let words: Vec<String> = notes
        .iter()
        .filter_map(|note| match note {
            DateNote::Normalised => None,
            DateNote::YearInferred(_) => Some("补年份".to_string()),
            DateNote::YearAlsoPossible(day) => Some(format!("期内另有 {day}")),
            DateNote::TwoDigitYear(_) => Some("两位年份".to_string()),
            DateNote::EndOfSpan => Some("取末日".to_string()),
            DateNote::EndOfRange => Some("取止日".to_string()),
            DateNote::Serial => Some("日期序列号".to_string()),
            DateNote::CountedFromFound(days) => Some(format!("发现之日起 {days} 天")),
            DateNote::WorkdaysFromFound(days) => Some(format!("发现之日起 {days} 个工作日")),
            DateNote::WeekdayMismatch => Some("星期不符".to_string()),
            DateNote::Ditto => Some("照上一格".to_string()),
            DateNote::TimeDropped => Some("时刻略去".to_string()),
            DateNote::LocalDay => Some("换成北京时间的日子".to_string()),
            DateNote::PerhapsUtc(day) => Some(format!("也可能是 {day}")),
            DateNote::EndOfPeriod => Some("按期间计算".to_string()),
            DateNote::StatedLengthDiffers(day) => Some(format!("写明的时长应到 {day}")),
        })
        .collect();
    if words.is_empty() { String::new() } else { format!("【{}】", words.join("，")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_reads_as_it_says() {
        let mut wrong = Vec::new();
        for entry in catalogue() {
            let read = entry.read();
            if read != entry.reads {
                wrong.push(format!("{:>3} {} → {read}\n      expected {}", entry.number, entry.text, entry.reads));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn numbers_run_from_1_to_100() {
        let mut numbers: Vec<u8> = catalogue().iter().map(|entry| entry.number).collect();
        assert!(numbers.is_sorted());
        numbers.dedup();
        assert_eq!(numbers, (1..=100).collect::<Vec<u8>>());
    }
}
