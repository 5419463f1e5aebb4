//! `notice --format json`: the letters that were written or would be.

use serde::Serialize;

use crate::desk::Desk;
use crate::desk::letter_papers::MadeLetter;
use crate::desk::letters::Issuing;

#[derive(Debug, Serialize)]
pub struct LettersJson<'a> {
    as_of: String,
    written: bool,
    register: Option<&'a str>,
    letters: Vec<LetterJson<'a>>,
    unplaced: &'a [String],
    strangers: &'a [String],
    unmade: &'a [String],
}

#[derive(Debug, Serialize)]
struct LetterJson<'a> {
    number: &'a str,
    unit: &'a str,
    step: &'a str,
    on: String,
    answer_by: String,
    provisional: bool,
    days: i64,
    hazards: &'a [String],
    earlier: &'a [String],
    file: &'a str,
}

impl<'a> LettersJson<'a> {
    /// The whole answer, in the order of the roster.
    pub fn of(issuing: &'a Issuing, desk: &'a Desk) -> LettersJson<'a> {
        LettersJson {
            as_of: desk.as_of.to_string(),
            written: issuing.is_written,
            register: issuing.register.as_deref(),
            letters: issuing.letters.iter().map(|letter| LetterJson::of(letter, desk)).collect(),
            unplaced: &issuing.unplaced,
            strangers: &issuing.strangers,
            unmade: &issuing.unmade,
        }
    }
}

impl<'a> LetterJson<'a> {
    fn of(letter: &'a MadeLetter, desk: &'a Desk) -> LetterJson<'a> {
        LetterJson {
            number: &letter.number,
            unit: desk.roster.units.get(letter.unit).map_or("", |unit| &unit.name),
            step: desk.campaign.escalation.get(letter.rung).map_or("", |rung| &rung.step),
            on: letter.on.to_string(),
            answer_by: letter.answer.day.to_string(),
            provisional: letter.answer.is_provisional,
            days: letter.longest,
            hazards: &letter.hazards,
            earlier: &letter.earlier,
            file: &letter.file,
        }
    }
}
