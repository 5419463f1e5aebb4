//! Figures of a made-up ledger for tests of papers.

use std::sync::Arc;

use crate::campaign::Campaign;
use crate::campaign::Ground;
use crate::campaign::Roster;
use crate::campaign::read_roster;
use crate::dates::DateReading;
use crate::documents::statistics::StatisticsSource;
use crate::ledger::Hazard;
use crate::ledger::Ledger;
use crate::ledger::Mentions;
use crate::records::Reading;
use crate::results::LetterStandings;
use crate::results::figures::FigureInputs;
use crate::results::figures::Figures;
use crate::results::figures::ReportKind;
use crate::results::figures::figures;
use crate::results::figures::report_period;
use crate::results::obligations::Obligations;
use crate::results::three_lists::sample;
use crate::source::SourceFile;
use crate::vocabulary::Level;
use crate::vocabulary::Status;

/// A campaign, its roster, a ledger of every kind of hazard and their figures on 2023-07-31.
pub(crate) struct Sample {
    pub campaign: Campaign,
    pub roster: Roster,
    pub ledger: Ledger,
    pub figures: Figures,
    pub letters: LetterStandings,
}

impl Sample {
    /// Two dozen hazards of three units.
    pub(crate) fn new() -> Sample {
        let text = "编码,单位名称,简称,类别,乡镇\n001,城关中心卫生院,,卫生院,城关镇\n002,河西区人民医院/南院区,,医院,河西\n003,北山镇卫生院,,卫生院,北山镇\n";
        let file = SourceFile { name: Arc::from("units.csv"), bytes: text.as_bytes().to_vec() };
        let roster = read_roster(&file).roster.expect("a roster");
        let campaign = sample::campaign(2);
        let ledger = Ledger { hazards: (1..=24).map(hazard).collect(), extra_columns: Vec::new() };
        let as_of = sample::day(7, 31);
        let obligations = Obligations { as_of, periods: Vec::new() };
        let figures = figures(FigureInputs {
            ground: Ground::new(&campaign, &roster, as_of),
            period: report_period(&campaign, ReportKind::Monthly, as_of),
            ledger: &ledger,
            before: &ledger,
            long_before: &ledger,
            obligations: &obligations,
            mentions: &Mentions::default(),
        });
        Sample { campaign, roster, ledger, figures, letters: LetterStandings::default() }
    }

    /// As the papers take it.
    pub(crate) fn source(&self) -> StatisticsSource<'_> {
        StatisticsSource {
            campaign: &self.campaign,
            roster: &self.roster,
            ledger: &self.ledger,
            figures: &self.figures,
            letters: &self.letters,
        }
    }
}

fn hazard(number: u32) -> Hazard {
    let found = sample::day(6 + number % 2, 1 + number);
    let status = match number % 4 {
        0 => Status::ClosedOut,
        1 => Status::Rectified,
        2 => Status::InRectification,
        _ => Status::Open,
    };
    let done = matches!(status, Status::ClosedOut | Status::Rectified).then(|| found + chrono::Days::new(5));
    Hazard {
        found_on: DateReading::On(found),
        deadline: DateReading::On(found + chrono::Days::new(u64::from(number % 3) * 10)),
        status,
        rectified_on: done,
        closed_out_on: done.filter(|_| status == Status::ClosedOut),
        level: Reading::Value(if number.is_multiple_of(5) { Level::Major } else { Level::General }),
        ..sample::hazard(number, (number as usize) % 3)
    }
}
