//! A file that is written beside its target until it is whole.
//!
//! Named `.qingdan-<target>-<process>-<n>.tmp` and locked while its writer lives. One that nobody
//! holds was left by a killed run; the next run for the same target removes it. Refuses to know
//! what is written.

#![allow(clippy::disallowed_methods, reason = "this is where files are written")]

use std::ffi::OsStr;
use std::fs;
use std::fs::File;
use std::fs::Metadata;
use std::fs::TryLockError;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use crate::files::disk;

const PREFIX: &str = ".qingdan-";
const SUFFIX: &str = ".tmp";

/// A temporary file; removed when dropped, unless it was renamed.
#[derive(Debug)]
pub struct Temporary {
    pub path: PathBuf,
    /// Open and locked; `None` for a mere name (the second link of a file that is being replaced).
    pub file: Option<File>,
}

impl Drop for Temporary {
    fn drop(&mut self) {
        self.file = None;
        // Either it was renamed and is gone, or nothing better can be done: the next run removes it.
        let _ = disk::remove_file(&self.path);
    }
}

impl Temporary {
    /// A new, empty, locked file beside `target`. One that replaces a file is closed to others until it is settled; a new one has the
    /// permissions of any new file.
    pub fn beside(target: &Path, present: Option<&Metadata>) -> io::Result<Temporary> {
        let mut attempts = 0u32;
        loop {
            attempts += 1;
            let path = free_name(target, attempts)?;
            let file = match disk::create_new(&path, present.is_some()) {
                Ok(file) => file,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempts < 1000 => continue,
                Err(error) => return Err(error),
            };
            let temporary = Temporary { path, file: Some(file) };
            // Another run may have swept the file between its creation and its lock; then it is made anew.
            // File systems without locks go without: there only the sweeping is lost.
            let held = match temporary.file.as_ref().map(File::try_lock) {
                Some(Err(TryLockError::WouldBlock)) => false,
                _ => temporary.path.exists(),
            };
            if held || attempts >= 1000 {
                return Ok(temporary);
            }
        }
    }

    /// A second name for the file that `target` is now, so that it can be put back; `None` where the file
    /// system has no second names.
    pub fn second_name(target: &Path) -> Option<Temporary> {
        for number in 500_001..500_100 {
            let path = free_name(target, number).ok()?;
            match disk::link(target, &path) {
                Ok(()) => return Some(Temporary { path, file: None }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(_) => return None,
            }
        }
        None
    }
}

/// Removes what killed runs left beside `target`. Files of runs that are still going on are locked and stay.
pub fn sweep(target: &Path) {
    let Some(folder) = target.parent() else { return };
    let Some(start) = target.file_name().map(start_of) else { return };
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if !name.starts_with(&start) || !name.ends_with(SUFFIX) {
            continue;
        }
        // A link or a pipe of that name is none of ours.
        let unheld = disk::open_own(&entry.path(), false).is_ok_and(|file| file.try_lock().is_ok());
        if unheld {
            let _ = disk::remove_file(&entry.path());
        }
    }
}

/// The name of a temporary for `target`, for tests that plant one.
#[cfg(test)]
pub fn name_for(target: &Path, number: u32) -> String {
    free_name(target, number).expect("a name").file_name().expect("a name").to_string_lossy().into_owned()
}

fn free_name(target: &Path, number: u32) -> io::Result<PathBuf> {
    let name = target.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidFilename))?;
    Ok(target.with_file_name(format!("{}{}-{number}{SUFFIX}", start_of(name), std::process::id())))
}

/// True for a name that a temporary of the target `name` bears.
pub fn is_made_for(temporary: &str, name: &OsStr) -> bool {
    let middle = temporary.strip_prefix(&start_of(name)).and_then(|rest| rest.strip_suffix(SUFFIX));
    middle.is_some_and(|middle| !middle.is_empty() && middle.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'))
}

/// The beginning of the names of all temporary files of one target. The target's name goes in as a
/// number (FNV-1a), because a long Chinese name with anything added would exceed 255 bytes.
fn start_of(name: &OsStr) -> String {
    let hash = name
        .as_encoded_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{PREFIX}{hash:016x}-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_go_and_held_files_stay() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let target = folder.path().join("台账.xlsx");
        let leftover = folder.path().join(format!("{}99999-1{SUFFIX}", start_of(OsStr::new("台账.xlsx"))));
        let stranger = folder.path().join(format!("{}99999-1{SUFFIX}", start_of(OsStr::new("别的.xlsx"))));
        fs::write(&leftover, "half").expect("a file");
        fs::write(&stranger, "half").expect("a file");
        let held = Temporary::beside(&target, None).expect("a temporary file");
        sweep(&target);
        assert!(!leftover.exists() && stranger.exists() && held.path.exists());
        let path = held.path.clone();
        drop(held);
        assert!(!path.exists());
    }

    #[cfg(unix)]
    #[test]
    fn what_replaces_a_private_file_is_private_from_the_start() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let target = folder.path().join("ledger.xlsx");
        fs::write(&target, "").expect("a file");
        let temporary = Temporary::beside(&target, fs::metadata(&target).ok().as_ref()).expect("a temporary file");
        assert_eq!(fs::metadata(&temporary.path).expect("metadata").permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn the_longest_name_still_fits() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let target = folder.path().join(format!("{}.xlsx", "表".repeat(83)));
        assert!(Temporary::beside(&target, None).is_ok());
    }
}
