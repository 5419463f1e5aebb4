//! Outputs, whole or not at all: everything is written beside its target, then all are renamed together.
//!
//! Refuses to overwrite what was read. When one of several cannot be put in place, those before it are
//! put back. Knows bytes and paths only.

#![allow(clippy::disallowed_methods, reason = "this is where files are written")]

use std::fs;
use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use crate::files::disk;
use crate::files::disk::Writing;
use crate::files::failure::Attempt;
use crate::files::failure::FailureReason;
use crate::files::failure::FileFailure;
use crate::files::journal::Journal;
use crate::files::temporary;
use crate::files::temporary::Temporary;
use crate::files::workspace;
use crate::files::workspace::Workspace;

/// The outputs of one command, staged until [`Outputs::commit`]. Dropped without it, nothing has changed.
#[derive(Debug, Default)]
pub struct Outputs {
    /// Files that must not be written, resolved.
    protected: Vec<PathBuf>,
    /// Folder of the submissions, under its own name and resolved: nothing is written into it.
    inbox: Vec<PathBuf>,
    staged: Vec<Staged>,
    /// Devices and pipes: written at the end, they cannot be renamed onto.
    streams: Vec<(PathBuf, Vec<u8>)>,
}

#[derive(Debug)]
struct Staged {
    target: PathBuf,
    temporary: Temporary,
}

impl Outputs {
    /// Outputs of a command that read the files `inputs`.
    pub fn new<'a>(inputs: impl IntoIterator<Item = &'a Path>) -> Outputs {
        let mut outputs = Outputs::default();
        inputs.into_iter().for_each(|path| outputs.protect(path));
        outputs
    }

    /// Outputs of a command that works in a workspace and read the files `inputs`: what people keep there is never overwritten,
    /// and nothing is put among the submissions.
    pub fn in_workspace<'a>(workspace: &Workspace, inputs: impl IntoIterator<Item = &'a Path>) -> Outputs {
        let mut outputs = Outputs::new(inputs);
        workspace.kept_files().iter().for_each(|path| outputs.protect(path));
        let inbox = workspace.root.join(workspace::INBOX);
        outputs.inbox = fs::canonicalize(&inbox).into_iter().chain([inbox]).collect();
        outputs
    }

    /// One more file that must not be written.
    pub fn protect(&mut self, path: &Path) {
        self.protected.push(real_place(path));
    }

    /// Whether anything would be written by a commit.
    pub fn is_empty(&self) -> bool {
        self.staged.is_empty() && self.streams.is_empty()
    }

    /// Whether `target` may be written at all: asked before long work is begun.
    pub fn check(&self, target: &Path) -> Result<(), FileFailure> {
        self.resolve(target).map(|_| ())
    }

    /// Stages `bytes` for `target`. A target that holds exactly these bytes is left untouched.
    pub fn stage(&mut self, target: &Path, bytes: &[u8]) -> Result<(), FileFailure> {
        let resolved = self.resolve(target)?;
        let metadata = fs::metadata(&resolved).ok();
        if metadata.as_ref().is_some_and(|metadata| !metadata.is_file()) {
            self.streams.push((resolved, bytes.to_vec()));
            return Ok(());
        }
        let same = metadata.is_some_and(|metadata| metadata.len() == bytes.len() as u64)
            && fs::read(&resolved).is_ok_and(|present| present == bytes);
        if same { Ok(()) } else { self.stage_resolved(target, resolved, |writer| writer.write_all(bytes)) }
    }

    /// Stages what `write` writes for `target`.
    pub fn stage_with(&mut self, target: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), FileFailure> {
        let resolved = self.resolve(target)?;
        self.stage_resolved(target, resolved, write)
    }

    fn stage_resolved(
        &mut self,
        target: &Path,
        resolved: PathBuf,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), FileFailure> {
        let present = fs::metadata(&resolved).ok();
        if present.as_ref().is_some_and(|present| present.permissions().readonly()) {
            return Err(FileFailure::io(Attempt::Write, target, io::Error::from(io::ErrorKind::PermissionDenied)));
        }
        if let Some(folder) = resolved.parent().filter(|folder| !folder.exists()) {
            disk::create_folder(folder).map_err(|error| FileFailure::io(Attempt::CreateFolder, folder, error))?;
        }
        temporary::sweep(&resolved);
        let written = Temporary::beside(&resolved, present.as_ref()).and_then(|temporary| {
            if let Some(file) = &temporary.file {
                let mut writer = BufWriter::new(Writing { file, path: &temporary.path });
                write(&mut writer)?;
                writer.flush()?;
                disk::settle(file, &temporary.path, present.as_ref())?;
                writer.get_ref().sync()?;
            }
            Ok(temporary)
        });
        let temporary = written.map_err(|error| FileFailure::io(Attempt::Write, target, error))?;
        self.staged.push(Staged { target: resolved, temporary });
        Ok(())
    }

    /// Where the bytes really go: through a symbolic link to the file it names. Refuses folders, inputs
    /// and a second output under the same name.
    fn resolve(&self, target: &Path) -> Result<PathBuf, FileFailure> {
        let refuse = |reason| Err(FileFailure { path: target.to_path_buf(), attempt: Attempt::Write, reason });
        if target.is_dir() || target.file_name().is_none() {
            return refuse(FailureReason::IsFolder);
        }
        let resolved = real_place(target);
        if self.protected.iter().any(|protected| is_same_place(protected, &resolved)) {
            return refuse(FailureReason::IsInput);
        }
        if self.inbox.iter().any(|inbox| resolved.starts_with(inbox)) {
            return refuse(FailureReason::InInbox);
        }
        if self.staged.iter().any(|staged| staged.target == resolved) {
            return refuse(FailureReason::SameTargetTwice);
        }
        Ok(resolved)
    }

    /// The same as [`Outputs::commit`], and one step for whoever comes after a kill: the next holder of the lock of `root` finishes it.
    pub fn commit_together(self, root: &Path) -> Result<(), FileFailure> {
        if self.staged.is_empty() {
            return self.commit();
        }
        let renames = self.staged.iter().map(|staged| (staged.temporary.path.as_path(), staged.target.as_path()));
        let journal = Journal::write(root, renames).map_err(|error| FileFailure::io(Attempt::Write, root, error))?;
        let committed = self.commit();
        drop(journal);
        committed
    }

    /// Puts every staged file in place. If one cannot be, those before it are put back as they were.
    pub fn commit(mut self) -> Result<(), FileFailure> {
        let mut done: Vec<(PathBuf, Option<Temporary>, bool)> = Vec::new();
        for staged in &self.staged {
            let existed = staged.target.exists();
            let before = if existed { Temporary::second_name(&staged.target) } else { None };
            let renamed = disk::rename(&staged.temporary.path, &staged.target);
            if renamed.is_ok() {
                done.push((staged.target.clone(), before, existed));
            }
            if let Err(error) = renamed.and_then(|()| disk::sync_folder(&staged.target)) {
                put_back(done);
                return Err(FileFailure::io(Attempt::Write, &staged.target, error));
            }
        }
        for (path, bytes) in std::mem::take(&mut self.streams) {
            fs::OpenOptions::new()
                .write(true)
                .open(&path)
                .and_then(|mut stream| stream.write_all(&bytes))
                .map_err(|error| FileFailure::io(Attempt::Write, &path, error))?;
        }
        Ok(())
    }
}

/// Where a path leads, through links. What does not exist yet stands in its folder, which may go by another name.
fn real_place(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| match (path.parent().map(fs::canonicalize), path.file_name()) {
        (Some(Ok(folder)), Some(name)) => folder.join(name),
        _ => path.to_path_buf(),
    })
}

/// Compares two resolved paths. Where systems do not tell capitals apart, neither does this.
fn is_same_place(left: &Path, right: &Path) -> bool {
    let folded = |path: &Path| path.to_string_lossy().to_lowercase();
    left == right || (cfg!(any(windows, target_os = "macos")) && folded(left) == folded(right))
}

/// Whether a spreadsheet program seems to have `target` open: Excel and WPS lay a lock file beside it. What they
/// save later would undo what was written.
pub fn is_open_elsewhere(target: &Path) -> bool {
    let Some(name) = target.file_name().map(|name| name.to_string_lossy().into_owned()) else { return false };
    // Excel leaves out the first two characters of long names.
    let shortened: String = name.chars().skip(2).collect();
    [format!("~${name}"), format!("~${shortened}"), format!(".~{name}"), format!(".~lock.{name}#")]
        .iter()
        .any(|lock| target.with_file_name(lock).exists())
}

fn put_back(done: Vec<(PathBuf, Option<Temporary>, bool)>) {
    for (target, before, existed) in done.into_iter().rev() {
        // Best effort: the failure that led here is the one that is told.
        let _ = match before {
            Some(second_name) => disk::rename(&second_name.path, &target),
            None if existed => Ok(()),
            None => disk::remove_file(&target),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn several_outputs_appear_together_and_nothing_else_stays() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut outputs = Outputs::default();
        outputs.stage(&folder.path().join("a.txt"), b"A").expect("staged");
        outputs.stage(&folder.path().join("深/b.txt"), b"B").expect("staged");
        assert!(!folder.path().join("a.txt").exists());
        outputs.commit().expect("written");
        assert_eq!(names(folder.path()), ["a.txt", "深"]);
        assert_eq!(fs::read(folder.path().join("深/b.txt")).expect("read"), b"B");
    }

    #[test]
    fn a_failure_puts_everything_back() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("old.txt"), "old").expect("a file");
        let mut outputs = Outputs::default();
        outputs.stage(&folder.path().join("old.txt"), b"new").expect("staged");
        outputs.stage(&folder.path().join("fresh.txt"), b"new").expect("staged");
        outputs.stage(&folder.path().join("last.txt"), b"new").expect("staged");
        // The last target becomes a folder between staging and commit.
        fs::create_dir(folder.path().join("last.txt")).expect("a folder");
        fs::write(folder.path().join("last.txt/x"), "x").expect("a file");
        let failure = outputs.commit().expect_err("cannot be written");
        assert!(failure.to_string().contains("last.txt"));
        assert_eq!(names(folder.path()), ["last.txt", "old.txt"]);
        assert_eq!(fs::read(folder.path().join("old.txt")).expect("read"), b"old");
    }

    #[test]
    fn inputs_folders_and_doubles_are_refused() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let input = folder.path().join("in.csv");
        fs::write(&input, "x").expect("a file");
        let mut outputs = Outputs::new([input.as_path()]);
        let mut reason = |name: &str| outputs.stage(&folder.path().join(name), b"new").expect_err("refused").reason;
        assert!(matches!(reason("in.csv"), FailureReason::IsInput));
        assert!(matches!(reason("./in.csv"), FailureReason::IsInput));
        assert!(matches!(reason(""), FailureReason::IsFolder));
        outputs.stage(&folder.path().join("out.csv"), b"1").expect("staged");
        assert!(matches!(outputs.stage(&folder.path().join("out.csv"), b"2").expect_err("refused").reason, FailureReason::SameTargetTwice));
    }

    #[test]
    fn what_people_keep_is_not_begun_for_them() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let workspace = Workspace { root: folder.path().to_path_buf(), campaign: folder.path().join(workspace::CAMPAIGN) };
        let mut outputs = Outputs::in_workspace(&workspace, []);
        for name in [workspace::CAMPAIGN, workspace::SUBMISSIONS, workspace::TASKS, workspace::CONTACTS] {
            let refused = outputs.stage(&folder.path().join(name), b"new").expect_err("refused");
            assert!(matches!(refused.reason, FailureReason::IsInput), "{name}");
        }
    }

    #[test]
    fn a_write_that_breaks_off_leaves_the_old_file_and_no_other() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let target = folder.path().join("ledger.xlsx");
        fs::write(&target, "old").expect("a file");
        let mut outputs = Outputs::default();
        let failure = outputs
            .stage_with(&target, |writer| {
                writer.write_all(b"half")?;
                Err(io::Error::from(io::ErrorKind::StorageFull))
            })
            .expect_err("disk full");
        assert!(failure.to_string().contains("磁盘已满"));
        assert_eq!(names(folder.path()), ["ledger.xlsx"]);
        assert_eq!(fs::read(&target).expect("read"), b"old");
    }

    #[test]
    fn a_workbook_that_is_open_is_noticed() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let target = folder.path().join("ledger.xlsx");
        assert!(!is_open_elsewhere(&target));
        fs::write(folder.path().join(".~ledger.xlsx"), "").expect("a lock of WPS");
        assert!(is_open_elsewhere(&target));
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_survive() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let real = folder.path().join("real.csv");
        let link = folder.path().join("link.csv");
        fs::write(&real, "old").expect("a file");
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("permissions");
        std::os::unix::fs::symlink(&real, &link).expect("a link");
        let mut outputs = Outputs::default();
        outputs.stage(&link, b"new").expect("staged");
        outputs.commit().expect("written");
        assert!(link.is_symlink());
        assert_eq!(fs::read(&real).expect("read"), b"new");
        assert_eq!(fs::metadata(&real).expect("metadata").permissions().mode() & 0o777, 0o640);
    }
}
