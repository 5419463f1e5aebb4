//! Where a hazard of the merged ledger stands in the ledger's file.
//!
//! The ledger has its titles in row 1 and one hazard a row below, columns in the order of the fields.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::ledger::Hazard;
use crate::rules::rule::LedgerContext;
use crate::source::Origin;
use crate::vocabulary::Field;

/// The cell of a field of the hazard at `index` in the ledger.
pub fn hazard_place(context: &LedgerContext<'_>, index: usize, field: Field) -> Origin {
    let name = context.file.rsplit('/').next().unwrap_or(context.file);
    // A text ledger has no sheets; its stem stands for one, as when it is read.
    let sheet = name.strip_suffix(".csv").unwrap_or("台账");
    Origin { file: Arc::from(context.file), sheet: Arc::from(sheet), row: index as u32 + 2, column: field.index() as u32 + 1 }
}

/// The hazards by 编号, with their index in the ledger.
pub fn hazards_by_id<'a>(context: &LedgerContext<'a>) -> BTreeMap<&'a str, (usize, &'a Hazard)> {
    context.outcome.ledger.hazards.iter().enumerate().map(|(index, hazard)| (hazard.id.as_str(), (index, hazard))).collect()
}
