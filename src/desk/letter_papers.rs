//! One letter as bytes: from its template, with what its readers may see, and with its numbers read back.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono::NaiveDate;

use crate::desk::Desk;
use crate::desk::Notice;
use crate::desk::Refusal;
use crate::desk::papers;
use crate::desk::refusal::Rendering;
use crate::documents::cross_check;
use crate::documents::letter;
use crate::documents::letter::AnswerBy;
use crate::documents::letter::LetterSource;
use crate::documents::personal::Audience;
use crate::documents::personal::Cover;
use crate::documents::personal::leaks;
use crate::render;

/// One letter that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeLetter {
    pub number: String,
    /// Index into the roster.
    pub unit: usize,
    /// Index into the ladder.
    pub rung: usize,
    pub on: NaiveDate,
    /// 编号 of the hazards.
    pub hazards: Vec<String>,
    /// The most days that one of them is over.
    pub longest: i64,
    /// 编号 of earlier letters about them.
    pub earlier: Vec<String>,
    pub answer: AnswerBy,
    /// Name of the file.
    pub file: String,
}

/// Makes a letter and reads it back; templates that were read stay in `templates`, by rung.
///
/// # Errors
/// The template cannot be used, a number in the letter is not the result's, or a number of a person would go out.
pub fn made(
    desk: &Desk,
    source: LetterSource<'_>,
    unit: usize,
    file: String,
    templates: &mut BTreeMap<usize, String>,
    notices: &mut Vec<Notice>,
) -> Result<(MadeLetter, Vec<u8>), Refusal> {
    let template = match templates.entry(source.rung) {
        Entry::Occupied(read) => read.into_mut(),
        Entry::Vacant(place) => place.insert(template(desk, source.rung)?),
    };
    let template = template.as_str();
    let step = source.step();
    let (mut manuscript, sentences) = letter::letter(source, template).map_err(|error| Refusal::Letter { step: step.to_owned(), error })?;
    let cover = Cover::new(Audience::Unit, &desk.campaign, false);
    cover.tables_of(&mut manuscript);
    papers::refuse_leaks(leaks::of_lines(step, &sentences, cover, template))?;
    let bytes = render::docx::docx(&manuscript, source.overdue.as_of)
        .map_err(|error| Refusal::Unrendered { what: Rendering::Document(step.to_owned()), error })?;
    let paper = format!("{}的{step}", source.unit);
    let mut wrong = cross_check::text::text(&paper, &manuscript, &bytes);
    wrong.extend(cross_check::letter::letter(&paper, source, &bytes));
    if !wrong.is_empty() {
        return Err(Refusal::PapersOff(wrong));
    }
    let foreign = cross_check::letter::foreign_numbers(source, &sentences);
    if !foreign.is_empty() {
        notices.push(Notice::LetterNumbers { paper, numbers: foreign });
    }
    let items = || source.items.iter().filter_map(|item| source.overdue.items.get(*item));
    let letter = MadeLetter {
        number: source.number.to_owned(),
        unit,
        rung: source.rung,
        on: source.overdue.as_of,
        hazards: items().filter_map(|item| Some(source.ledger.hazards.get(item.hazard)?.id.clone())).collect(),
        longest: items().filter_map(|item| item.days).max().unwrap_or(0),
        earlier: source.earlier.iter().map(|letter| letter.number.clone()).collect(),
        answer: source.answer,
        file,
    };
    Ok((letter, bytes))
}

/// Gives the template of a step: the campaign's, else the built-in one.
///
/// # Errors
/// The template cannot be read or is no text.
pub fn template(desk: &Desk, rung: usize) -> Result<String, Refusal> {
    match desk.campaign.escalation.get(rung) {
        Some(step) => match &step.template {
            Some(relative) => papers::read_template(&desk.workspace.path(relative), relative),
            None => Ok(letter::built_in(&step.step).to_owned()),
        },
        None => Ok(letter::built_in("").to_owned()),
    }
}

/// Gives the day until which a letter of a day is to be answered; the first working day that counts is the one after it.
pub fn answer_by(desk: &Desk, rung: usize, on: NaiveDate) -> AnswerBy {
    let workdays = desk.campaign.escalation.get(rung).map_or(0, |rung| rung.answer_within);
    let counted = i32::try_from(workdays).ok().and_then(|workdays| desk.calendar.add_workdays(on, workdays));
    let (day, is_provisional) = counted.map_or((on, true), |counted| (counted.date, !counted.unknown_years.is_empty()));
    AnswerBy { workdays, day, is_provisional }
}

/// Gives the name of a unit.
pub fn unit_name(desk: &Desk, unit: usize) -> &str {
    desk.roster.units.get(unit).map_or("", |unit| &unit.name)
}
