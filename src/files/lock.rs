//! One writer per workspace: `.qingdan.lock`, held for as long as a command writes.
//!
//! The system releases it when the process ends, however it ends; whoever takes it next finishes what the last holder began to put
//! in place. Commands that only read never ask.

#![allow(clippy::disallowed_methods, reason = "this is where files are opened")]

use std::fs;
use std::fs::File;
use std::fs::OpenOptions;
use std::fs::TryLockError;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use crate::files::failure::Attempt;
use crate::files::failure::FileFailure;
use crate::files::journal;

/// Name of the lock file; hidden, so that no walk reads it.
pub const LOCK: &str = ".qingdan.lock";

/// The right to write; given back when dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

/// Why the right to write was not given.
#[derive(Debug)]
pub enum LockRefused {
    /// Another process writes; what it wrote about itself, where that can be read.
    Held {
        holder: Option<String>,
        /// How long it has held the lock; `None` where the clocks do not tell.
        age: Option<Duration>,
    },
    Failed(FileFailure),
}

impl Lock {
    /// Takes the lock of the workspace `root` without waiting. `holder` is what others are told.
    pub fn take(root: &Path, holder: &str) -> Result<Lock, LockRefused> {
        let path = root.join(LOCK);
        let failed = |error| LockRefused::Failed(FileFailure::io(Attempt::Lock, &path, error));
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                let holder = fs::read_to_string(&path).ok().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
                let age = file.metadata().and_then(|metadata| metadata.modified()).ok().and_then(|since| since.elapsed().ok());
                return Err(LockRefused::Held { holder, age });
            }
            // Network file systems without locks: better one writer unguarded than none.
            Err(TryLockError::Error(_)) | Ok(()) => {}
        }
        let mut lock = Lock { file };
        let told = lock.file.set_len(0).and_then(|()| lock.file.write_all(holder.as_bytes()));
        told.map_err(failed)?;
        journal::finish(root).map_err(|error| LockRefused::Failed(FileFailure::io(Attempt::Write, root, error)))?;
        Ok(lock)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The name of a process that is gone would only mislead; a leftover does no harm either.
        let _ = self.file.set_len(0);
        let _ = self.file.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_is_told_who_the_first_is() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let first = Lock::take(folder.path(), "进程 7").expect("locked");
        match Lock::take(folder.path(), "进程 8") {
            Err(LockRefused::Held { holder, age }) => {
                assert_eq!(holder.as_deref(), Some("进程 7"));
                assert!(age.is_some_and(|age| age < Duration::from_secs(60)));
            }
            other => panic!("expected a refusal, got {other:?}"),
        }
        drop(first);
        assert!(Lock::take(folder.path(), "进程 8").is_ok());
    }
}
