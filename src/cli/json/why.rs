//! `why --format json`: where every field of one hazard came from.

use chrono::NaiveDate;
use serde::Serialize;

use crate::desk::why::FieldStory;
use crate::desk::why::Said;
use crate::desk::why::Story;
use crate::render::json::counted;
use crate::render::json::filled;

#[derive(Debug, Serialize)]
pub struct WhyJson<'a> {
    id: &'a str,
    unit: &'a str,
    names: Vec<NameJson<'a>>,
    fields: Vec<FieldJson<'a>>,
}

/// Another number under which the hazard is known.
#[derive(Debug, Serialize)]
struct NameJson<'a> {
    id: &'a str,
    since: Option<NaiveDate>,
}

#[derive(Debug, Serialize)]
struct FieldJson<'a> {
    field: &'a str,
    title: &'a str,
    value: Option<&'a str>,
    set_by: Option<SaidJson<'a>>,
    previous: Vec<SaidJson<'a>>,
}

#[derive(Debug, Serialize)]
struct SaidJson<'a> {
    value: &'a str,
    submitted_on: Option<String>,
    file: &'a str,
    sheet: Option<&'a str>,
    row: Option<u32>,
    by_hand: bool,
}

impl<'a> WhyJson<'a> {
    /// The whole answer, fields in ledger order, then the unknown columns; `names` are the numbers that were joined into it.
    pub fn of(story: &'a Story, names: impl Iterator<Item = (&'a str, Option<NaiveDate>)>) -> WhyJson<'a> {
        let fields = story.fields.iter().map(FieldJson::of).collect();
        WhyJson { id: &story.id, unit: &story.unit, names: names.map(|(id, since)| NameJson { id, since }).collect(), fields }
    }
}

impl<'a> FieldJson<'a> {
    fn of(field: &'a FieldStory) -> FieldJson<'a> {
        FieldJson {
            field: &field.key,
            title: &field.title,
            value: field.value.as_deref(),
            set_by: field.set_by.as_ref().map(SaidJson::of),
            previous: field.previous.iter().map(SaidJson::of).collect(),
        }
    }
}

impl<'a> SaidJson<'a> {
    fn of(said: &'a Said) -> SaidJson<'a> {
        SaidJson {
            value: &said.value,
            submitted_on: said.submitted_on.map(|day| day.to_string()),
            file: &said.from.file,
            sheet: filled(&said.from.sheet),
            row: counted(said.from.row),
            by_hand: said.by_hand,
        }
    }
}
