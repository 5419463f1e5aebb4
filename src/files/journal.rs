//! A write-ahead list that makes a group of renames atomic across kills: `.qingdan-commit`, written before the first rename and
//! taken away after the last. The next writer finishes what stands in it.
//!
//! Everything in it is relative to the folder in which it stands: in a copy of the folder it speaks of the copy. It can only put the
//! program's own temporaries in the place they were made for, so that a list from elsewhere renames nobody's files. A target that
//! somebody has changed since is left alone, and then so are those after it. Knows paths only.

use std::fs;
use std::io;
use std::io::Write;
use std::path::Component;
use std::path::Path;
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

use serde::Deserialize;
use serde::Serialize;

use crate::files::disk;
use crate::files::disk::Writing;
use crate::files::temporary;
use crate::files::temporary::Temporary;
use crate::files::workspace;

/// Name of the list; hidden, so that no walk reads it.
const JOURNAL: &str = ".qingdan-commit";
/// A list of ours names a few files.
const MOST_BYTES: u64 = 64 << 10;

/// One rename that is due.
#[derive(Serialize, Deserialize)]
struct Rename {
    /// Name of the temporary, in the folder of the target.
    from: String,
    /// Length of the temporary: it was written to its end.
    bytes: u64,
    /// The target, as seen from the folder of the list.
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
        let metadata = fs::symlink_metadata(path).ok()?;
        let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Standing { bytes: metadata.len(), modified: modified.as_nanos() })
    }
}

impl Rename {
    /// `None` for a target outside the folder of the list, which then goes without.
    fn new(root: &Path, from: &Path, to: &Path) -> Option<Rename> {
        let bytes = fs::symlink_metadata(from).ok()?.len();
        let from = from.file_name()?.to_str()?.to_owned();
        let rename = Rename { from, bytes, to: to.strip_prefix(root).ok()?.to_path_buf(), before: Standing::of(to) };
        rename.places(root).map(|_| rename)
    }

    /// Temporary and target, if both are what this program would have written into the folder.
    fn places(&self, root: &Path) -> Option<(PathBuf, PathBuf)> {
        let stays_inside = self.to.components().all(|part| matches!(part, Component::Normal(_)));
        let name = self.to.file_name().filter(|_| stays_inside)?;
        let target = root.join(&self.to);
        let folder = target.parent()?;
        // A link on the way would lead out of the folder.
        let leads_there = fs::canonicalize(folder).ok()? == fs::canonicalize(root).ok()?.join(self.to.parent()?);
        let is_ours = temporary::is_made_for(&self.from, name) && !workspace::is_kept_by_hand(name);
        let is_free = fs::symlink_metadata(&target).map_or(true, |metadata| metadata.is_file());
        (leads_there && is_ours && is_free).then(|| (folder.join(&self.from), target.clone()))
    }
}

/// A list that stands on the disk; taken away when dropped.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
}

impl Journal {
    /// Writes the list of the renames from the first path of each pair to the second, durably. `None` where nothing of it can be
    /// listed: targets outside `root`, and names that are not UTF-8, go without.
    pub fn write<'a>(root: &Path, renames: impl Iterator<Item = (&'a Path, &'a Path)>) -> io::Result<Option<Journal>> {
        let real = fs::canonicalize(root)?;
        let listed: Vec<Rename> = renames.filter_map(|(from, to)| Rename::new(&real, from, to)).collect();
        let Ok(bytes) = serde_json::to_vec(&listed) else { return Ok(None) };
        if listed.is_empty() {
            return Ok(None);
        }
        let path = root.join(JOURNAL);
        let temporary = Temporary::beside(&path, None)?;
        if let Some(file) = temporary.file.as_ref() {
            let mut writing = Writing { file, path: &temporary.path };
            writing.write_all(&bytes)?;
            writing.sync()?;
        }
        disk::rename(&temporary.path, &path)?;
        let journal = Journal { path };
        disk::sync_folder(&journal.path)?;
        Ok(Some(journal))
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        // Where it stays, all its renames are found done.
        let _ = disk::remove_file(&self.path);
    }
}

/// Does what a killed writer left undone, and clears up after it. The caller holds the lock.
pub fn finish(root: &Path) -> io::Result<()> {
    let path = root.join(JOURNAL);
    // One that was killed while it wrote the list itself had put nothing in place.
    temporary::sweep(&path);
    let metadata = match fs::symlink_metadata(&path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            [workspace::LEDGER, workspace::LEDGER_CSV, workspace::HISTORY, workspace::NOTICES]
                .iter()
                .for_each(|name| temporary::sweep(&root.join(name)));
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    // A link, a pipe or a folder of that name is none of ours, and says nothing.
    let bytes = if metadata.is_file() { disk::read_own(&path, MOST_BYTES)?.unwrap_or_default() } else { Vec::new() };
    let renames: Vec<Rename> = serde_json::from_slice(&bytes).unwrap_or_default();
    let mut targets = Vec::new();
    let mut is_undisturbed = true;
    for rename in &renames {
        let Some((from, to)) = rename.places(root) else { break };
        let staged = fs::symlink_metadata(&from).ok();
        if let Some(staged) = staged.filter(|_| is_undisturbed) {
            is_undisturbed = staged.is_file() && staged.len() == rename.bytes && Standing::of(&to) == rename.before;
            if is_undisturbed {
                disk::rename(&from, &to)?;
                disk::sync_folder(&to)?;
            }
        }
        targets.push(to);
    }
    if metadata.is_dir() {
        fs::remove_dir(&path)?
    } else {
        disk::remove_file(&path)?
    }
    targets.iter().for_each(|target| temporary::sweep(target));
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "the tests of the disk use the disk")]

    use super::*;

    /// The folder after a kill when `done` of the two renames were done, with the names that stand in it after the repair.
    fn repaired(done: usize, edit: Option<&str>) -> (String, String, usize) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let [history, ledger] = ["history.jsonl", "ledger.xlsx"].map(|name| folder.path().join(name));
        fs::write(&history, "old").expect("a file");
        fs::write(&ledger, "old").expect("a file");
        let staged = [&history, &ledger].map(|target| {
            let temporary = Temporary::beside(target, None).expect("a temporary file");
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

    /// Writes a list with one rename of a planted temporary, finishes it, and gives what stands under `to` then.
    fn planted(to: &str, from: impl Fn(&Path) -> String, root: &Path) -> Option<String> {
        let target = root.join(to);
        let from = from(&target);
        let _ = fs::write(target.with_file_name(&from), "planted");
        let list = serde_json::json!([{"from": from, "bytes": 7, "to": to, "before": Standing::of(&target)}]);
        fs::write(root.join(JOURNAL), list.to_string()).expect("a file");
        finish(root).expect("finished");
        assert!(!root.join(JOURNAL).exists(), "{to}");
        fs::read_to_string(target).ok()
    }

    #[test]
    fn a_planted_list_renames_nobodys_files() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join("copy");
        fs::create_dir_all(root.join("sub")).expect("folders");
        let outside = folder.path().join("ledger.xlsx");
        for path in [&outside, &root.join("campaign.yaml"), &root.join("ledger.xlsx"), &root.join("submissions.csv")] {
            fs::write(path, "mine").expect("a file");
        }
        let ours = |target: &Path| temporary::name_for(target, 1);
        let mine = Some("mine".to_owned());
        assert_eq!(planted("../ledger.xlsx", ours, &root), mine);
        assert_eq!(planted(outside.to_str().expect("UTF-8"), ours, &root), mine);
        assert_eq!(planted("campaign.yaml", ours, &root), mine);
        assert_eq!(planted("submissions.csv", ours, &root), mine);
        assert_eq!(planted("ledger.xlsx", |_| "secret.txt".to_owned(), &root), mine);
        assert_eq!(planted("ledger.xlsx", |_| "../ledger.xlsx".to_owned(), &root), mine);
        assert_eq!(planted("ledger.xlsx", ours, &root).as_deref(), Some("planted"));
    }

    #[cfg(unix)]
    #[test]
    fn a_list_neither_leads_through_links_nor_waits_at_pipes() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join("root");
        fs::create_dir_all(folder.path().join("outside")).expect("folders");
        fs::create_dir(&root).expect("a folder");
        symlink(folder.path().join("outside"), root.join("sub")).expect("a link");
        assert_eq!(planted("sub/ledger.xlsx", |target| temporary::name_for(target, 1), &root), None);
        let own = root.join("campaign.yaml");
        fs::write(&own, "mine").expect("a file");
        symlink(&own, root.join(JOURNAL)).expect("a link");
        finish(&root).expect("finished");
        assert!(fs::read_to_string(&own).is_ok_and(|text| text == "mine") && !root.join(JOURNAL).is_symlink());
        rustix::fs::mknodat(rustix::fs::CWD, root.join(JOURNAL), rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0).expect("a pipe");
        finish(&root).expect("finished");
        assert!(!root.join(JOURNAL).exists());
    }

    #[test]
    fn a_copy_of_the_folder_finishes_in_itself() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let [original, copy] = ["original", "copy"].map(|name| folder.path().join(name));
        fs::create_dir(&original).expect("a folder");
        fs::create_dir(&copy).expect("a folder");
        let target = original.join("ledger.xlsx");
        let temporary = Temporary::beside(&target, None).expect("a temporary file");
        fs::write(&temporary.path, "new").expect("written");
        let journal = Journal::write(&original, [(temporary.path.as_path(), target.as_path())].into_iter()).expect("written");
        for entry in fs::read_dir(&original).expect("a folder") {
            let path = entry.expect("an entry").path();
            fs::copy(&path, copy.join(path.file_name().expect("a name"))).expect("copied");
        }
        fs::write(&target, "worked on").expect("written");
        finish(&copy).expect("finished");
        assert_eq!(fs::read_to_string(&target).expect("read"), "worked on");
        assert_eq!(fs::read_to_string(copy.join("ledger.xlsx")).expect("read"), "new");
        assert!(temporary.path.exists());
        drop(journal);
    }
}
