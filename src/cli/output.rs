//! The file that `-o` asks for: an answer as JSON or as a table, put in place whole.

use std::path::Path;

use crate::cli::failure::Stop;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::desk::Desk;
use crate::desk::papers;
use crate::desk::papers::TableFormat;
use crate::documents::Document;
use crate::documents::Imbalance;
use crate::documents::personal::Cover;
use crate::files::Outputs;
use crate::files::names;

/// The same answer in the forms that a file can have.
pub struct Forms<'f, 'd> {
    /// What is hidden in the table.
    pub cover: Cover,
    pub json: &'f dyn Fn() -> serde_json::Result<String>,
    pub document: &'f dyn Fn(TableFormat) -> Result<Document<'d>, Imbalance>,
}

/// True if a file's extension asks for JSON.
pub fn is_json(target: &Path) -> bool {
    target.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

/// Gives the bytes that a file of this name is to hold.
pub fn bytes(target: &Path, forms: &Forms<'_, '_>, session: &Session, report: &mut Report) -> Result<Vec<u8>, Stop> {
    if is_json(target) {
        return Ok((forms.json)()?.into_bytes());
    }
    let format = papers::table_format(target)?;
    table(&(forms.document)(format)?, format, forms.cover, session, report)
}

/// Gives the bytes of a table; cells that were cut are told.
pub fn table(document: &Document<'_>, format: TableFormat, cover: Cover, session: &Session, report: &mut Report) -> Result<Vec<u8>, Stop> {
    let mut notices = Vec::new();
    let bytes = papers::table(document, format, session.as_of, cover, &mut notices);
    report.tell(&notices, session);
    Ok(bytes?)
}

/// Writes the file that was named, if any, over none of those that were `read`.
pub fn write<'p>(
    named: Option<&Path>,
    read: impl IntoIterator<Item = &'p Path>,
    forms: &Forms<'_, '_>,
    desk: &Desk,
    session: &Session,
    report: &mut Report,
) -> Result<(), Stop> {
    let Some(named) = named else { return Ok(()) };
    let target = names::absolute(named, &session.start);
    let bytes = bytes(&target, forms, session, report)?;
    put(&target, &bytes, desk.outputs(read))?;
    report.is_written = true;
    report.say(format!("已写入 {}", desk.workspace.name(&target)));
    Ok(())
}

/// Puts one file in its place.
pub fn put(target: &Path, bytes: &[u8], mut outputs: Outputs) -> Result<(), Stop> {
    outputs.stage(target, bytes)?;
    Ok(outputs.commit()?)
}
