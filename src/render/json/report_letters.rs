//! The letters of the escalation ladder in `report --format json`.

use serde::Serialize;

use crate::documents::statistics::StatisticsSource;
use crate::results::LetterCounts;

#[derive(Serialize)]
pub struct ReportLettersJson<'a> {
    #[serde(flatten)]
    all: CountsJson,
    by_step: Vec<StepJson<'a>>,
}

#[derive(Serialize)]
struct StepJson<'a> {
    step: &'a str,
    #[serde(flatten)]
    counts: CountsJson,
}

#[derive(Serialize)]
struct CountsJson {
    issued_in_period: usize,
    issued: usize,
    due: usize,
}

impl CountsJson {
    fn of(counts: LetterCounts) -> CountsJson {
        CountsJson { issued_in_period: counts.recent, issued: counts.issued, due: counts.due }
    }
}

impl<'a> ReportLettersJson<'a> {
    /// All letters, and those of each step of the ladder.
    pub fn of(source: StatisticsSource<'a>) -> ReportLettersJson<'a> {
        let since = source.figures.period.start;
        let steps = source.letters.counts_by_step(source.campaign, since).into_iter();
        let by_step = steps.map(|(step, counts)| StepJson { step, counts: CountsJson::of(counts) }).collect();
        ReportLettersJson { all: CountsJson::of(source.letters.counts(since)), by_step }
    }
}
