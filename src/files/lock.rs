//! One writer per workspace: `.qingdan.lock`, held for as long as a command writes.
//!
//! The system releases it when the process ends, however it ends; whoever takes it next finishes what the last holder began to put
//! in place. Commands that only read never ask.

use std::fs;
use std::fs::File;
use std::fs::TryLockError;
use std::io;
use std::io::Read;
use std::io::Seek;
use std::io::SeekFrom;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use crate::files::disk;
use crate::files::failure::Attempt;
use crate::files::failure::FailureReason;
use crate::files::failure::FileFailure;
use crate::files::journal;

/// Name of the lock file; hidden, so that no walk reads it.
pub const LOCK: &str = ".qingdan.lock";
/// How what a holder says of itself begins.
pub const HOLDER: &str = "进程 ";
/// Bytes of the record in the lock file; shorter ones are filled up with blanks.
const RECORD: usize = 200;

/// The right to write; given back when dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
    /// False on file systems without locks: then nothing keeps a second writer away.
    pub is_guarded: bool,
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
        let stranger =
            || LockRefused::Failed(FileFailure { path: path.clone(), attempt: Attempt::Lock, reason: FailureReason::IsStranger });
        if fs::symlink_metadata(&path).is_ok_and(|metadata| !metadata.is_file()) {
            return Err(stranger());
        }
        let mut file = disk::open_own(&path, true).map_err(failed)?;
        let is_guarded = match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                let holder = told(&file).ok().flatten().filter(|text| !text.is_empty());
                let age = file.metadata().and_then(|metadata| metadata.modified()).ok().and_then(|since| since.elapsed().ok());
                return Err(LockRefused::Held { holder, age });
            }
            // Network file systems without locks: better one writer unguarded than none, and that is told.
            Err(TryLockError::Error(_)) => false,
            Ok(()) => true,
        };
        // Somebody's file under this name is not written over.
        if told(&file).map_err(failed)?.is_none() || has_other_names(&file) {
            return Err(stranger());
        }
        disk::belong(&file, &path, None);
        tell(&mut file, holder).map_err(failed)?;
        let lock = Lock { file, is_guarded };
        journal::finish(root).map_err(|error| LockRefused::Failed(FileFailure::io(Attempt::Write, root, error)))?;
        Ok(lock)
    }
}

/// What the file says of its holder; `None` for a file that no run has written.
fn told(mut file: &File) -> io::Result<Option<String>> {
    let mut text = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.take(RECORD as u64 + 1).read_to_end(&mut text)?;
    let text = String::from_utf8(text).ok().filter(|text| text.len() <= RECORD);
    Ok(text.map(|text| text.trim().to_owned()).filter(|text| text.is_empty() || text.starts_with(HOLDER)))
}

/// Writes the record over the one before it; the file is never emptied.
fn tell(file: &mut File, holder: &str) -> io::Result<()> {
    let mut record = if holder.is_empty() || holder.starts_with(HOLDER) { holder.to_owned() } else { format!("{HOLDER}{holder}") };
    while record.len() > RECORD {
        record.pop();
    }
    record.push_str(&" ".repeat(RECORD - record.len()));
    file.seek(SeekFrom::Start(0))?;
    file.write_all(record.as_bytes())
}

#[cfg(unix)]
fn has_other_names(file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    file.metadata().is_ok_and(|metadata| metadata.nlink() > 1)
}

#[cfg(not(unix))]
fn has_other_names(_: &File) -> bool {
    false
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The name of a process that is gone would only mislead; a leftover does no harm either.
        let _ = tell(&mut self.file, "");
        let _ = self.file.unlock();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "the tests of the disk use the disk")]

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

    #[cfg(unix)]
    #[test]
    fn somebodys_file_is_neither_emptied_nor_followed() {
        use std::os::unix::fs::symlink;
        for plant in [
            |own: &Path, lock: &Path| symlink(own, lock),
            |own: &Path, lock: &Path| fs::hard_link(own, lock),
            |own: &Path, lock: &Path| fs::copy(own, lock).map(|_| ()),
        ] {
            for text in ["name: 专项\n", ""] {
                let folder = tempfile::tempdir().expect("a temporary folder");
                let [own, lock] = ["campaign.yaml", LOCK].map(|name| folder.path().join(name));
                fs::write(&own, text).expect("a file");
                plant(&own, &lock).expect("planted");
                let taken = Lock::take(folder.path(), "进程 7");
                assert!(text.is_empty() || matches!(taken, Err(LockRefused::Failed(_))), "{taken:?}");
                drop(taken);
                assert_eq!(fs::read_to_string(&own).expect("read"), text);
            }
        }
        let folder = tempfile::tempdir().expect("a temporary folder");
        rustix::fs::mknodat(rustix::fs::CWD, folder.path().join(LOCK), rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0)
            .expect("a pipe");
        assert!(matches!(Lock::take(folder.path(), "进程 7"), Err(LockRefused::Failed(_))));
    }
}
