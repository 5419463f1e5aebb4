//! What every reading of one file needs: the ground it is read against, room, and a net under the readers.

use std::panic;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::Arc;

use crate::campaign::Ground;
use crate::desk::Desk;
use crate::desk::open::Progress;
use crate::files::Workspace;
use crate::records;
use crate::records::Envelope;
use crate::records::FileReading;
use crate::records::ReadingBasis;
use crate::source::SourceFile;
use crate::tables::Unreadable;
use crate::tables::UnreadableReason;

/// Bytes that the records of one run may hold; see `docs/limits.md`.
pub const RUN_BYTES: u64 = 512 << 20;

/// What the files are read against.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    pub ground: Ground<'a>,
    /// Where `contacts.csv` lies, which knows the senders of mails.
    pub workspace: &'a Workspace,
    pub watch: Option<fn(Progress)>,
    /// Files that are the bureau's own word; all others are submissions.
    pub ledgers: &'a [PathBuf],
}

impl<'a> Reader<'a> {
    /// Reads what comes in to a workspace.
    pub fn of(desk: &'a Desk) -> Reader<'a> {
        Reader { ground: desk.ground(), workspace: &desk.workspace, watch: desk.watch, ledgers: &[] }
    }
}

/// What is kept of the files before leaves no room for another.
pub fn no_room() -> Unreadable {
    Unreadable::too_large(format!("这一次读进的内容合计超过 {} MB，请分批合并", RUN_BYTES >> 20))
}

/// A reader that breaks on one file sets that file aside and nothing else.
pub fn guarded(source: &SourceFile, envelope: Option<&Arc<Envelope>>, basis: &ReadingBasis<'_>) -> FileReading {
    panic::catch_unwind(AssertUnwindSafe(|| records::read_enclosed(source, envelope.cloned(), basis))).unwrap_or_else(|_| FileReading {
        envelope: envelope.cloned(),
        ..FileReading::unreadable(source.name.clone(), Unreadable { reason: UnreadableReason::ReaderFailed, detail: String::new() })
    })
}
