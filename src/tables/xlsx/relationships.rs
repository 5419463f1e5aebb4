//! The relationships of a part: which other parts it points to, and as what.
//!
//! Targets are resolved inside the package; those that point outside of it are left out, nothing
//! outside of the file is ever read.

use crate::tables::package::Package;
use crate::tables::package::resolve;
use crate::tables::workbook::Unreadable;
use crate::tables::xml::Scanner;
use crate::tables::xml::Token;

/// One relationship.
#[derive(Debug, Clone)]
pub struct Relationship {
    pub id: String,
    /// Last segment of the type's address, e.g. `worksheet`; the same in strict and transitional files.
    pub kind: String,
    /// The part it points to.
    pub target: String,
}

/// The relationships of `part` (empty name: of the package itself), none if there are none.
///
/// # Errors
/// When the relationships are there and cannot be read.
pub fn of_part(package: &mut Package<'_>, part: &str) -> Result<Vec<Relationship>, Unreadable> {
    let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
    let path = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
    if !package.has(&path) {
        return Ok(Vec::new());
    }
    let mut relationships = Vec::new();
    let mut scanner = Scanner::new(package.part(&path)?, &path);
    loop {
        match scanner.next()? {
            Token::Open { name: b"Relationship", attributes, .. } => {
                if attributes.get("TargetMode") == Some(b"External") {
                    continue;
                }
                let (Some(id), Some(kind), Some(target)) = (attributes.text("Id"), attributes.text("Type"), attributes.text("Target"))
                else {
                    continue;
                };
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                relationships.push(Relationship { id, kind, target: resolve(part, &target) });
            }
            Token::End => return Ok(relationships),
            _ => {}
        }
    }
}
