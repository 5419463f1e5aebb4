//! Sending forms out: one workbook a unit with what it has open, ready to be filled in and sent back.

use std::path::Path;
use std::path::PathBuf;

use crate::desk::Desk;
use crate::desk::Notice;
use crate::desk::Refusal;
use crate::desk::refusal::Rendering;
use crate::desk::registers;
use crate::documents::fill_in::FillInSource;
use crate::documents::fill_in::Told;
use crate::documents::fill_in::fill_in;
use crate::documents::unit_files::FileNames;
use crate::ledger::Hazard;
use crate::ledger::Ledger;
use crate::render;
use crate::results;

/// What forms are wanted.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// One for each of these units, as indices into the roster.
    Units(Vec<usize>),
    /// One for anybody, without hazards.
    Blank,
}

/// A form that was made.
pub struct Issued {
    pub target: PathBuf,
    pub bytes: Vec<u8>,
    /// Index into the roster; `None` for anybody's.
    pub unit: Option<usize>,
    /// Hazards that stand in it.
    pub hazards: usize,
}

/// Makes the forms for a folder; `told` says what a unit is told besides.
///
/// # Errors
/// The ledger or its history cannot be read, or a form is larger than a workbook.
pub fn issue(
    folder: &Path,
    wanted: &Wanted,
    told: &dyn Fn(usize) -> Told,
    desk: &Desk,
    notices: &mut Vec<Notice>,
) -> Result<Vec<Issued>, Refusal> {
    let path = desk.ledger_path(None);
    let ledger = if path.exists() { desk.ledger(&path)? } else { Ledger::default() };
    notices.extend(desk.rows_gone(&path, &ledger)?);
    let contacts = registers::contacts(&desk.workspace, desk.ground()).map(|(_, contacts)| contacts);
    let source = FillInSource { campaign: &desk.campaign, roster: &desk.roster, contacts: contacts.as_ref(), as_of: desk.as_of };
    let is_open = |hazard: &&Hazard| !results::is_closed(hazard, desk.as_of) && !results::is_withdrawn(hazard);
    let mut names = FileNames::default();
    let mut make = |unit: Option<usize>| {
        let hazards: Vec<&Hazard> =
            ledger.hazards.iter().filter(|hazard| unit.is_some() && hazard.unit_index == unit).filter(is_open).collect();
        let form = fill_in(source, unit, hazards, &unit.map(told).unwrap_or_default());
        let name = names.give(form.unit.as_deref().unwrap_or("空白"), "填报表");
        let bytes = render::xlsx::fill_in::fill_in(&form)
            .map_err(|error| Refusal::Unrendered { what: Rendering::Document(form.title.clone()), error })?;
        Ok(Issued { target: folder.join(format!("{name}.xlsx")), bytes, unit, hazards: form.hazards.len() })
    };
    match wanted {
        Wanted::Blank => Ok(vec![make(None)?]),
        Wanted::Units(units) => units.iter().map(|unit| make(Some(*unit))).collect(),
    }
}
