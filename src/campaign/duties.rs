//! The types of a reporting duty: how often it is owed, what fulfils it, who owes it.
//!
//! Made once by the campaign reader; whoever asks later gets values, never words to read again.

use chrono::NaiveDate;
use chrono::NaiveTime;

use crate::dates::Recurrence;
use crate::dates::RecurrenceError;
use crate::dates::SettledDay;
use crate::dates::WorkCalendar;

/// A recurrence together with the plan's own words for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurring {
    /// As written: 每周五17:00前, FREQ=WEEKLY;BYDAY=FR.
    pub words: String,
    /// `None` for work that the plan asks for 定期 and no more; reports always have a rule.
    pub rule: Option<Recurrence>,
}

impl Recurring {
    /// Reads the words of a plan.
    ///
    /// # Errors
    /// What cannot be read, by name.
    pub fn read(words: &str) -> Result<Recurring, RecurrenceError> {
        Ok(Recurring { words: words.to_owned(), rule: Some(Recurrence::parse(words)?) })
    }

    /// The days between two days, working days counted by a calendar; none where the words name no frequency.
    pub fn days(&self, first: NaiveDate, last: NaiveDate, calendar: &WorkCalendar) -> Vec<SettledDay> {
        self.rule.as_ref().map(|rule| rule.settled(first, last, calendar)).unwrap_or_default()
    }

    /// The time of day by which it is due, where the words say one.
    pub fn time(&self) -> Option<NaiveTime> {
        self.rule.as_ref().and_then(Recurrence::time)
    }

    /// How often within each period; 1 unless the words say more (每季度至少2次).
    pub fn times(&self) -> u32 {
        self.rule.as_ref().map_or(1, |rule| rule.times.max(1))
    }

    /// The words for a clerk: those of the plan, a rule for machines put into words.
    pub fn shown(&self) -> String {
        match &self.rule {
            Some(rule) if self.words.to_uppercase().contains("FREQ=") => rule.describe(),
            _ => self.words.clone(),
        }
    }
}

/// What counts as a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fulfilment {
    /// Hazards in a ledger.
    Ledger,
    /// A report that there is nothing; hazards do, too.
    ZeroReport,
    /// A text: 方案, 总结, 典型案例.
    Document,
    /// A count form of the campaign, by its id.
    Form(String),
    /// Something done: an inspection, a drill; recorded in `submissions.csv`.
    Activity,
    /// Recorded in `submissions.csv` under this name.
    Named(String),
}

impl Fulfilment {
    /// Reads a word of `fulfilled_by`.
    pub fn read(word: &str) -> Fulfilment {
        match word {
            "ledger" => Fulfilment::Ledger,
            "zero-report" => Fulfilment::ZeroReport,
            "document" => Fulfilment::Document,
            "activity" => Fulfilment::Activity,
            other => match other.strip_prefix("form").and_then(|rest| rest.trim_start().strip_prefix([':', '：'])) {
                Some(form) => Fulfilment::Form(form.trim().to_owned()),
                None => Fulfilment::Named(other.to_owned()),
            },
        }
    }

    /// The words that a clerk reads.
    pub fn label(&self) -> String {
        match self {
            Fulfilment::Ledger => "报送台账".to_owned(),
            Fulfilment::ZeroReport => "零报告".to_owned(),
            Fulfilment::Document => "报送材料".to_owned(),
            Fulfilment::Form(form) => format!("统计表 {form}"),
            Fulfilment::Activity => "开展活动".to_owned(),
            Fulfilment::Named(name) => name.clone(),
        }
    }
}

/// Who owes a report, as the plan says it; which units and offices that are is for `parties`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sender {
    /// Every unit of the roster.
    AllUnits,
    /// A kind of units, a group, a unit or an office.
    Named(String),
}

/// The word that stands for the whole roster.
pub const ALL_UNITS: &str = "units";

impl Sender {
    /// Reads a word of `from`.
    pub fn read(word: String) -> Sender {
        if word == ALL_UNITS { Sender::AllUnits } else { Sender::Named(word) }
    }

    /// The word of the campaign file.
    pub fn word(&self) -> &str {
        match self {
            Sender::AllUnits => ALL_UNITS,
            Sender::Named(name) => name,
        }
    }

    /// The words that a clerk reads.
    pub fn label(&self) -> &str {
        match self {
            Sender::AllUnits => "各单位",
            Sender::Named(name) => name,
        }
    }
}

/// The words for everybody who owes a report.
pub fn senders_label(senders: &[Sender]) -> String {
    senders.iter().map(Sender::label).collect::<Vec<_>>().join("、")
}

const VAGUE: [&str; 9] = ["定期", "不定期", "经常", "适时", "及时", "第一时间", "随时", "常态化", "尽快"];

/// True if words speak of time without saying any.
pub fn is_vague(words: &str) -> bool {
    let named = words.chars().any(|character| character.is_ascii_digit()) || words.contains('每') || words.contains("立即");
    !named && VAGUE.iter().any(|word| words.contains(word))
}

#[cfg(test)]
mod tests {
    use super::Fulfilment;
    use super::Recurring;
    use super::is_vague;

    #[test]
    fn words_of_fulfilled_by() {
        for (word, meant) in [
            ("ledger", Fulfilment::Ledger),
            ("document", Fulfilment::Document),
            ("form: 统计", Fulfilment::Form("统计".to_owned())),
            ("form：a", Fulfilment::Form("a".to_owned())),
            ("演练", Fulfilment::Named("演练".to_owned())),
            ("formal", Fulfilment::Named("formal".to_owned())),
        ] {
            assert_eq!(Fulfilment::read(word), meant, "{word}");
        }
    }

    #[test]
    fn words_of_a_plan_stay_and_rules_are_put_into_words() {
        assert_eq!(Recurring::read("每月29日前").expect("a recurrence").shown(), "每月29日前");
        assert_eq!(Recurring::read("freq=monthly;bymonthday=29").expect("a rule").shown(), "每月 29 日");
        assert!(Recurring::read("有空就报").is_err());
        assert!(is_vague("定期检查") && !is_vague("每月定期检查"));
    }
}
