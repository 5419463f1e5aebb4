//! What makes several renames one step for whoever comes after a kill: a list of them, `.qingdan-commit`, written before the
//! first and taken away after the last. The next writer finishes what stands in it.
//!
//! Knows paths only. A target that somebody has changed since is left alone, and then so are those after it.

#![allow(clippy::disallowed_methods, reason = "this is where files are written")]

use std::fs;
use std::io;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

use serde::Deserialize;
use serde::Serialize;

use crate::files::outputs::sync_folder;
use crate::files::temporary;
use crate::files::temporary::Temporary;

/// Name of the list; hidden, so that no walk reads it.
const JOURNAL: &str = ".qingdan-commit";

/// One rename that is due.
#[derive(Serialize, Deserialize)]
struct Rename {
    from: PathBuf,
    to: PathBuf,
    /// What stood there when the list was written.
    before: Option<Standing>,
}

/// Enough of a file to see that somebody saved it anew.
#[derive(Serialize, Deserialize, PartialEq, Eq)]
struct Standing {
    bytes: u64,
    modified: u128,
}

impl Standing {
    fn of(path: &Path) -> Option<Standing> {
        let metadata = fs::metadata(path).ok()?;
        let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Standing { bytes: metadata.len(), modified: modified.as_nanos() })
    }
}

/// A list that stands on the disk; taken away when dropped.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
}

impl Journal {
    /// Writes the list of the renames from the first path of each pair to the second, durably. `None` for names that are not
    /// UTF-8, which it cannot hold: those go without.
    pub fn write<'a>(root: &Path, renames: impl Iterator<Item = (&'a Path, &'a Path)>) -> io::Result<Option<Journal>> {
        let listed: Vec<Rename> =
            renames.map(|(from, to)| Rename { from: from.to_path_buf(), to: to.to_path_buf(), before: Standing::of(to) }).collect();
        let Ok(bytes) = serde_json::to_vec(&listed) else { return Ok(None) };
        let path = root.join(JOURNAL);
        let temporary = Temporary::beside(&path)?;
        if let Some(mut file) = temporary.file.as_ref() {
            file.write_all(&bytes)?;
            file.sync_all()?;
        }
        fs::rename(&temporary.path, &path)?;
        sync_folder(&path);
        Ok(Some(Journal { path }))
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        // Where it stays, all its renames are found done.
        let _ = fs::remove_file(&self.path);
    }
}

/// Does what a killed writer left undone, and clears up after it. The caller holds the lock.
pub fn finish(root: &Path) -> io::Result<()> {
    let path = root.join(JOURNAL);
    // One that was killed while it wrote the list itself had put nothing in place.
    temporary::sweep(&path);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let renames: Vec<Rename> = serde_json::from_slice(&bytes).unwrap_or_default();
    for rename in &renames {
        if !rename.from.exists() {
            continue;
        }
        if Standing::of(&rename.to) != rename.before {
            break;
        }
        fs::rename(&rename.from, &rename.to)?;
        sync_folder(&rename.to);
    }
    fs::remove_file(&path)?;
    renames.iter().for_each(|rename| temporary::sweep(&rename.to));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The folder after a kill when `done` of the two renames were done, with the names that stand in it after the repair.
    fn repaired(done: usize, edit: Option<&str>) -> (String, String, usize) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let [history, ledger] = ["history.jsonl", "ledger.xlsx"].map(|name| folder.path().join(name));
        fs::write(&history, "old").expect("a file");
        fs::write(&ledger, "old").expect("a file");
        let staged = [&history, &ledger].map(|target| {
            let temporary = Temporary::beside(target).expect("a temporary file");
            fs::write(&temporary.path, "new").expect("written");
            (temporary.path.clone(), target.clone(), temporary)
        });
        let journal = Journal::write(folder.path(), staged.iter().map(|(from, to, _)| (from.as_path(), to.as_path())));
        for (from, to, _) in staged.iter().take(done) {
            fs::rename(from, to).expect("renamed");
        }
        // Killed: nothing is taken away, and the locks are released.
        std::mem::forget(journal.expect("written"));
        for (_, _, mut temporary) in staged {
            temporary.file = None;
            std::mem::forget(temporary);
        }
        if let Some(text) = edit {
            fs::write(&ledger, text).expect("a file");
        }
        finish(folder.path()).expect("repaired");
        let read = |path: &Path| fs::read_to_string(path).expect("read");
        (read(&history), read(&ledger), fs::read_dir(folder.path()).expect("a folder").count())
    }

    #[test]
    fn what_was_begun_is_finished_and_what_was_changed_since_is_kept() {
        let check =
            |done, edit, ledger: &str| assert_eq!(repaired(done, edit), ("new".to_owned(), ledger.to_owned(), 2), "{done} {edit:?}");
        check(0, None, "new");
        check(1, None, "new");
        check(2, None, "new");
        check(1, Some("changed by hand"), "changed by hand");
    }

    #[test]
    fn a_list_that_nobody_can_read_stops_nothing() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join(JOURNAL), "half").expect("a file");
        finish(folder.path()).expect("nothing to do");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
    }
}
