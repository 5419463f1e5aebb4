//! `template --format json`: the forms that were written.

use serde::Serialize;

use crate::desk::Desk;
use crate::desk::issuing::Issued;

#[derive(Debug, Serialize)]
pub struct TemplateJson<'a> {
    written: Vec<FormJson<'a>>,
}

#[derive(Debug, Serialize)]
struct FormJson<'a> {
    file: String,
    unit: Option<&'a str>,
    hazards: usize,
}

impl<'a> TemplateJson<'a> {
    /// The forms in the order in which they were made.
    pub fn of(issued: &[Issued], desk: &'a Desk) -> TemplateJson<'a> {
        let unit = |form: &Issued| form.unit.and_then(|unit| desk.roster.units.get(unit)).map(|unit| unit.name.as_ref());
        let form = |form: &Issued| FormJson { file: desk.workspace.name(&form.target), unit: unit(form), hazards: form.hazards };
        TemplateJson { written: issued.iter().map(form).collect() }
    }
}
