//! A folder of results that appears as a whole: filled under another name beside its place, then put there by a rename.
//!
//! A run that is killed leaves the old folder or the new one, never a mixture; the next run, for whatever folder beside it, puts right
//! what the killed one left. What others have put into the old folder moves along. Knows names and bytes only.

#![allow(clippy::disallowed_methods, reason = "this is where files are written")]

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use crate::files::disk;
use crate::files::disk::Writing;
use crate::files::failure::Attempt;
use crate::files::failure::FailureReason;
use crate::files::failure::FileFailure;

/// Tells which files of a folder were written by a run, from the bytes of its index.
pub type Listed<'a> = &'a dyn Fn(&[u8]) -> Vec<String>;

/// A folder that is being filled. Dropped without [`StagedFolder::place`], nothing has changed.
#[derive(Debug)]
pub struct StagedFolder {
    target: PathBuf,
    /// Where it is filled: `.qingdan-2023-08-15.new`.
    new: PathBuf,
    /// Where the one before waits until the new one stands: `.qingdan-2023-08-15.old`.
    old: PathBuf,
}

/// Name of the file that says what a folder holds; written last.
pub const INDEX: &str = "index.json";

/// How the names of folders on their way begin and end; nobody else calls a folder so.
const PREFIX: &str = ".qingdan-";
const NEW: &str = ".new";
const OLD: &str = ".old";
/// Put before the name of a file that no run wrote, where a run now writes one of that name.
const FOREIGN: &str = "原有-";

impl StagedFolder {
    /// Begins to fill a folder for `target`, after putting right what killed runs left beside it. The caller holds the lock.
    pub fn begin(target: &Path, listed: Listed<'_>) -> Result<StagedFolder, FileFailure> {
        // Through a link to the folder that it names, so that nothing is moved from one disk to another.
        let target = &fs::canonicalize(target).unwrap_or_else(|_| target.to_path_buf());
        let parent = target.parent().unwrap_or(Path::new(""));
        if let Some(path) = [parent, target].into_iter().find(|path| fs::symlink_metadata(path).is_ok() && !path.is_dir()) {
            return Err(FileFailure { path: path.to_path_buf(), attempt: Attempt::CreateFolder, reason: FailureReason::IsFile });
        }
        recover_all(parent, listed).map_err(|error| FileFailure::io(Attempt::Write, parent, error))?;
        let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let beside = |ending: &str| parent.join(format!("{PREFIX}{name}{ending}"));
        let staged = StagedFolder { target: target.to_path_buf(), new: beside(NEW), old: beside(OLD) };
        disk::create_folder(&staged.new).map_err(|error| FileFailure::io(Attempt::CreateFolder, target, error))?;
        Ok(staged)
    }

    /// Where the folder is filled.
    pub fn path(&self) -> &Path {
        &self.new
    }

    /// A file of the folder that stands in the place; `None` where there is none.
    pub fn standing(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.target.join(name)).ok()
    }

    /// The files that have been filled in, by name, with their bytes.
    pub fn files(&self) -> Result<Vec<(String, Vec<u8>)>, FileFailure> {
        let read = || -> io::Result<Vec<(String, Vec<u8>)>> {
            let mut files = Vec::new();
            for entry in fs::read_dir(&self.new)? {
                let entry = entry?;
                files.push((entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path())?));
            }
            files.sort();
            Ok(files)
        };
        read().map_err(|error| FileFailure::io(Attempt::Read, &self.new, error))
    }

    /// Takes a file out again that only helped to make the others.
    pub fn remove(&self, name: &str) -> Result<(), FileFailure> {
        disk::remove_file(&self.new.join(name)).map_err(|error| FileFailure::io(Attempt::Write, &self.new.join(name), error))
    }

    /// Writes one file of the folder, durably.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), FileFailure> {
        let path = self.new.join(name);
        let written = disk::create_new(&path, false).and_then(|file| {
            disk::belong(&file, &path, None);
            let mut writing = Writing { file: &file, path: &path };
            writing.write_all(bytes)?;
            writing.sync()
        });
        written.map_err(|error| FileFailure::io(Attempt::Write, &self.target.join(name), error))
    }

    /// Puts the folder in its place. Until [`Placed::finish`] the one before can be put back.
    ///
    /// A folder that stands there with the same files stays as it is, by the date too; `same` says whether two indexes name the same.
    pub fn place(self, same: &dyn Fn(&[u8], &[u8]) -> bool) -> Result<Placed, FileFailure> {
        let failed = |error| FileFailure::io(Attempt::Replace, &self.target, error);
        if self.stands_already(same).map_err(failed)? {
            return Ok(Placed { target: self.target.clone(), old: self.old.clone(), changed: false });
        }
        // The names of the files are durable before the folder is moved.
        disk::sync_folder(&self.new.join(INDEX)).map_err(failed)?;
        let stood = self.target.exists();
        if stood && self.change_places().map_err(failed)? {
            // Both names have always been there.
        } else {
            if stood {
                disk::rename(&self.target, &self.old).map_err(failed)?;
            }
            if let Err(error) = disk::rename(&self.new, &self.target) {
                // Best effort: the failure that led here is the one that is told.
                let _ = disk::rename(&self.old, &self.target);
                return Err(failed(error));
            }
        }
        let placed = Placed { target: self.target.clone(), old: self.old.clone(), changed: true };
        if let Err(error) = disk::sync_folder(&self.target) {
            let failure = failed(error);
            placed.undo();
            return Err(failure);
        }
        Ok(placed)
    }

    /// Lets the new folder and the one in the place change places, so that there is a folder at every moment. The new one waits under the
    /// name of the old one: after a kill before the change it is cleared like an old one, and after it is one.
    fn change_places(&self) -> io::Result<bool> {
        disk::rename(&self.new, &self.old)?;
        match disk::exchange(&self.old, &self.target) {
            Ok(true) => Ok(true),
            failed => {
                disk::rename(&self.old, &self.new)?;
                failed
            }
        }
    }

    /// Whether the target holds every staged file with the same bytes, and an index that says the same.
    fn stands_already(&self, same: &dyn Fn(&[u8], &[u8]) -> bool) -> io::Result<bool> {
        for entry in fs::read_dir(&self.new)? {
            let entry = entry?;
            let Ok(present) = fs::read(self.target.join(entry.file_name())) else { return Ok(false) };
            let staged = fs::read(entry.path())?;
            let is_index = entry.file_name() == INDEX;
            if present != staged && !(is_index && same(&present, &staged)) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// After a kill: a folder that was moved away and not replaced comes back; one that was replaced is cleared; one that was
/// being filled goes.
fn recover_all(parent: &Path, listed: Listed<'_>) -> io::Result<()> {
    let entries = match fs::read_dir(parent) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str().and_then(|name| name.strip_prefix(PREFIX)) else { continue };
        if name.ends_with(NEW) && entry.path().is_dir() {
            disk::remove_folder(&entry.path())?;
        } else if let Some(name) = name.strip_suffix(OLD) {
            let target = parent.join(name);
            if target.exists() { clear_old(&entry.path(), &target, listed)? } else { disk::rename(&entry.path(), &target)? }
        }
    }
    Ok(())
}

/// A folder in its place.
#[derive(Debug)]
pub struct Placed {
    target: PathBuf,
    old: PathBuf,
    /// Whether anything was touched: the same may have stood there already.
    pub changed: bool,
}

impl Placed {
    /// What came after it went wrong: the folder before stands again.
    pub fn undo(self) {
        // Best effort: the failure that led here is the one that is told, and the next run puts the rest right.
        if !self.changed {
            return;
        }
        if self.old.exists() && matches!(disk::exchange(&self.old, &self.target), Ok(true)) {
            let _ = disk::remove_folder(&self.old);
        } else if disk::remove_folder(&self.target).is_ok() && self.old.exists() {
            let _ = disk::rename(&self.old, &self.target);
        }
    }

    /// Removes the folder before; what others put into it moves along.
    pub fn finish(self, listed: Listed<'_>) -> Result<(), FileFailure> {
        clear_old(&self.old, &self.target, listed).map_err(|error| FileFailure::io(Attempt::Write, &self.target, error))
    }
}

/// Moves what no run wrote out of the old folder into the new one, and removes the rest. The index goes last: as long as there
/// is anything else, it says what is whose.
fn clear_old(old: &Path, target: &Path, listed: Listed<'_>) -> io::Result<()> {
    if !old.exists() {
        return Ok(());
    }
    let own: BTreeSet<String> = fs::read(old.join(INDEX)).map(|index| listed(&index)).unwrap_or_default().into_iter().collect();
    for entry in fs::read_dir(old)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name == INDEX {
            continue;
        }
        if own.contains(&name) && entry.path().is_file() {
            disk::remove_file(&entry.path())?;
            continue;
        }
        // Somebody's file may be called what a paper of the new folder is called.
        let mut kept = target.join(entry.file_name());
        let mut name = name;
        while kept.exists() {
            name = format!("{FOREIGN}{name}");
            kept = target.join(&name);
        }
        disk::rename(&entry.path(), &kept)?;
    }
    disk::remove_folder(old)
}

impl Drop for StagedFolder {
    fn drop(&mut self) {
        // Nothing of it is wanted any more; what cannot be removed now is removed by the next run.
        let _ = disk::remove_folder(&self.new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(index: &[u8]) -> Vec<String> {
        String::from_utf8_lossy(index).split(',').map(str::to_owned).collect()
    }

    fn run(target: &Path, files: &[(&str, &str)]) -> bool {
        let staged = StagedFolder::begin(target, &listed).expect("begun");
        for (name, text) in files {
            staged.write(name, text.as_bytes()).expect("written");
        }
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        staged.write(INDEX, names.join(",").as_bytes()).expect("written");
        let placed = staged.place(&|_, _| false).expect("in place");
        let changed = placed.changed;
        placed.finish(&listed).expect("cleared");
        changed
    }

    fn content(folder: &Path) -> Vec<(String, String)> {
        let mut files: Vec<(String, String)> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry"))
            .map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read_to_string(entry.path()).unwrap_or_default()))
            .collect();
        files.sort();
        files
    }

    fn names(folder: &Path) -> Vec<String> {
        content(folder).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn a_folder_appears_whole_and_again_with_what_others_put_there() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let target = root.path().join("2023-08-15");
        assert!(run(&target, &[("a", "1"), ("b", "2")]));
        assert!(!run(&target, &[("a", "1"), ("b", "2")]));
        fs::write(target.join("签字.jpg"), "x").expect("a file");
        assert!(run(&target, &[("a", "3")]));
        assert_eq!(names(&target), ["a", "index.json", "签字.jpg"]);
        assert_eq!(names(root.path()), ["2023-08-15"]);
    }

    #[test]
    fn a_run_that_stops_half_way_leaves_nothing() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let target = root.path().join("2023-08-15");
        run(&target, &[("a", "1")]);
        let staged = StagedFolder::begin(&target, &listed).expect("begun");
        staged.write("a", b"2").expect("written");
        drop(staged);
        assert_eq!(content(&target)[0], ("a".to_owned(), "1".to_owned()));
        assert_eq!(names(root.path()), ["2023-08-15"]);
    }

    #[test]
    fn what_is_undone_was_never_there() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let target = root.path().join("d");
        for before in [None, Some("1")] {
            if let Some(text) = before {
                run(&target, &[("a", text)]);
            }
            let staged = StagedFolder::begin(&target, &listed).expect("begun");
            staged.write("a", b"2").expect("written");
            staged.place(&|_, _| false).expect("in place").undo();
            assert_eq!(fs::read_to_string(target.join("a")).ok().as_deref(), before);
        }
    }

    #[test]
    fn every_moment_of_a_kill_is_put_right() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let target = root.path().join("d");
        let [old, new] = [".qingdan-d.old", ".qingdan-d.new"].map(|name| root.path().join(name));
        // While it was filled.
        run(&target, &[("a", "1")]);
        fs::create_dir(&new).expect("a folder");
        fs::write(new.join("half"), "").expect("a file");
        drop(StagedFolder::begin(&target, &listed).expect("begun"));
        assert_eq!(names(root.path()), ["d"]);
        // Between the two renames.
        fs::rename(&target, &old).expect("moved");
        drop(StagedFolder::begin(&target, &listed).expect("begun"));
        assert_eq!(names(&target), ["a", "index.json"]);
        // After both, before the old one was cleared.
        fs::create_dir(&old).expect("a folder");
        for (name, text) in [("a", "0"), ("gone", "0"), (INDEX, "a,gone"), ("签字.jpg", "x")] {
            fs::write(old.join(name), text).expect("a file");
        }
        drop(StagedFolder::begin(&target, &listed).expect("begun"));
        assert_eq!(names(&target), ["a", "index.json", "签字.jpg"]);
        assert_eq!(content(&target)[0].1, "1");
        assert_eq!(names(root.path()), ["d"]);
    }
}
