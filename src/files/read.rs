//! One input file into memory, or the reason why not.
//!
//! A file that cannot be had is a reading like any other: it becomes a diagnostic and the run goes on.

#![allow(clippy::disallowed_methods, reason = "this is where files are opened")]

use std::fs;
use std::io;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use crate::files::disk;
use crate::files::failure;
use crate::files::inputs::InputPath;
use crate::source::SourceFile;
use crate::tables::Ceilings;
use crate::tables::STRANGERS;
use crate::tables::Unreadable;
use crate::tables::UnreadableReason;

/// Reads one listed file.
pub fn read_source(input: &InputPath) -> Result<SourceFile, Unreadable> {
    read_named(&input.path, input.name.clone())
}

/// Reads the file at `path` under `name`.
pub fn read_named(path: &Path, name: Arc<str>) -> Result<SourceFile, Unreadable> {
    read_within(path, name, &STRANGERS)
}

/// The same, within other ceilings than those of a file that somebody sent.
pub fn read_within(path: &Path, name: Arc<str>, ceilings: &Ceilings) -> Result<SourceFile, Unreadable> {
    match read_limited(path, ceilings.file) {
        Ok(Some(bytes)) => Ok(SourceFile { name, bytes }),
        Ok(None) => Err(Unreadable {
            reason: UnreadableReason::TooLarge { limit: format!("单个文件不超过 {} MB", ceilings.file >> 20) },
            detail: String::new(),
        }),
        Err(error) => Err(Unreadable { reason: UnreadableReason::NotOpened, detail: failure::io_reason(&error) }),
    }
}

/// The bytes of a regular file; `None` when it is larger than `limit`.
fn read_limited(path: &Path, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    if metadata.len() > limit {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    // A file may grow between the two calls; the limit holds for what is read, not for what was promised.
    disk::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_had_is_a_reason_not_an_abort() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.csv");
        fs::write(&path, "12345").expect("a file");
        assert_eq!(read_limited(&path, 5).expect("read"), Some(b"12345".to_vec()));
        assert_eq!(read_limited(&path, 4).expect("read"), None);
        let reason = |path: &Path| read_named(path, Arc::from("a.csv")).expect_err("unreadable").reason;
        assert_eq!(reason(&folder.path().join("none")), UnreadableReason::NotOpened);
        assert_eq!(reason(folder.path()), UnreadableReason::NotOpened);
    }
}
