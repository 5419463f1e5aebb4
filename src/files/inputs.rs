//! Which files a command reads: folders walked in one fixed order, each file once.
//!
//! Gives names only; bytes are read one file at a time by [`crate::files::read_source`], so that memory
//! stays bounded however many files there are. Every file that is passed over is told with its reason.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use crate::files::failure::Attempt;
use crate::files::failure::FailureReason;
use crate::files::failure::FileFailure;
use crate::files::names;
use crate::files::skip;
use crate::files::skip::SkipReason;
use crate::files::skip::Skipped;

/// One file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputPath {
    /// Where it lies, absolute.
    pub path: PathBuf,
    /// What it is called: relative to the workspace, `/`-separated.
    pub name: Arc<str>,
    /// Its path below the folder that was named on the command line, for outputs that mirror it.
    pub below: PathBuf,
    /// The SHA-256 of the mail or archive on the disk that it lies in.
    pub within: Option<[u8; 32]>,
}

/// Everything found under the paths that were named.
#[derive(Debug, Default)]
pub struct InputList {
    /// In the order of their names, component by component.
    pub inputs: Vec<InputPath>,
    pub skipped: Vec<Skipped>,
    /// Folders that could not be listed.
    pub unlisted: Vec<FileFailure>,
    /// The folders that were walked, absolute.
    pub folders: Vec<PathBuf>,
}

/// Lists the files under `paths` (files or folders, as seen from `start`).
///
/// `root` is the workspace that names are relative to; `own` are the workspace's own files and folders,
/// which are no submissions when a walk meets them. A path that does not exist is an error: it is a
/// typing mistake, and nothing should be half-done because of it.
pub fn list_inputs(paths: &[PathBuf], start: &Path, root: &Path, own: &[PathBuf]) -> Result<InputList, FileFailure> {
    let mut walk = Walk {
        root,
        own: own.iter().filter_map(|path| fs::canonicalize(path).ok()).collect(),
        inside: Vec::new(),
        folders_seen: BTreeSet::new(),
        files_seen: BTreeSet::new(),
        list: InputList::default(),
    };
    for path in paths {
        let absolute = names::absolute(path, start);
        let metadata = fs::metadata(&absolute).map_err(|error| FileFailure::io(Attempt::Read, path, error))?;
        if !metadata.is_dir() && !metadata.is_file() {
            return Err(FileFailure { path: path.clone(), attempt: Attempt::Read, reason: FailureReason::NotRegular });
        }
        if metadata.is_dir() {
            walk.inside = [root, &absolute].iter().filter_map(|folder| fs::canonicalize(folder).ok()).collect();
            walk.list.folders.push(absolute.clone());
            walk.folder(&absolute, &absolute);
        } else {
            let below = PathBuf::from(absolute.file_name().unwrap_or(absolute.as_os_str()));
            walk.file(absolute, below);
        }
    }
    let mut list = walk.list;
    list.inputs.sort_by(|left, right| left.name.split('/').cmp(right.name.split('/')));
    Ok(list)
}

struct Walk<'a> {
    root: &'a Path,
    own: BTreeSet<PathBuf>,
    /// Workspace and walked folder, resolved: links that lead elsewhere are not followed.
    inside: Vec<PathBuf>,
    folders_seen: BTreeSet<PathBuf>,
    files_seen: BTreeSet<PathBuf>,
    list: InputList,
}

impl Walk<'_> {
    fn skip(&mut self, path: &Path, reason: SkipReason) {
        self.list.skipped.push(Skipped { name: names::relative_to(path, self.root), reason });
    }

    fn folder(&mut self, folder: &Path, top: &Path) {
        if let Ok(real) = fs::canonicalize(folder)
            && !self.folders_seen.insert(real)
        {
            return self.skip(folder, SkipReason::FolderSeen);
        }
        let entries: Result<Vec<PathBuf>, _> =
            fs::read_dir(folder).and_then(|entries| entries.map(|entry| entry.map(|found| found.path())).collect());
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => return self.list.unlisted.push(FileFailure::io(Attempt::List, folder, error)),
        };
        entries.sort();
        for path in entries {
            self.entry(path, top);
        }
    }

    fn entry(&mut self, path: PathBuf, top: &Path) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if let Some(reason) = skip::by_name(&name) {
            return self.skip(&path, reason);
        }
        if fs::canonicalize(&path).is_ok_and(|real| self.own.contains(&real)) {
            return self.skip(&path, SkipReason::OwnFile);
        }
        if fs::canonicalize(&path).is_ok_and(|real| !self.inside.iter().any(|folder| real.starts_with(folder))) {
            return self.skip(&path, SkipReason::LinkOutside);
        }
        match fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => self.folder(&path, top),
            Ok(metadata) if metadata.is_file() => {
                let below = path.strip_prefix(top).unwrap_or(&path).to_path_buf();
                self.file(path, below);
            }
            Ok(_) => self.skip(&path, SkipReason::NotRegular),
            Err(_) => self.skip(&path, SkipReason::BrokenLink),
        }
    }

    fn file(&mut self, path: PathBuf, below: PathBuf) {
        let real = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        if !self.files_seen.insert(real) {
            return self.skip(&path, SkipReason::FileSeen);
        }
        let name = Arc::from(names::relative_to(&path, self.root));
        self.list.inputs.push(InputPath { path, name, below, within: None });
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "the tests of the disk use the disk")]

    use super::*;

    fn workspace(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
            fs::write(path, "x").expect("a file");
        }
        folder
    }

    fn listed(list: &InputList) -> Vec<&str> {
        list.inputs.iter().map(|input| &*input.name).collect()
    }

    #[test]
    fn a_walk_is_ordered_by_components_and_tells_what_it_skips() {
        let folder = workspace(&["inbox/b/1.csv", "inbox/b.csv", "inbox/a/z.csv", "inbox/~$a.xlsx", "inbox/.hid/x.csv", "inbox/Thumbs.db"]);
        let list = list_inputs(&[PathBuf::from("inbox")], folder.path(), folder.path(), &[]).expect("listed");
        assert_eq!(listed(&list), ["inbox/a/z.csv", "inbox/b/1.csv", "inbox/b.csv"]);
        let skipped: Vec<(&str, SkipReason)> = list.skipped.iter().map(|skipped| (skipped.name.as_str(), skipped.reason)).collect();
        assert_eq!(
            skipped,
            [("inbox/.hid", SkipReason::Hidden), ("inbox/Thumbs.db", SkipReason::SystemFile), ("inbox/~$a.xlsx", SkipReason::OfficeLock)]
        );
    }

    #[test]
    fn each_file_is_read_once_and_own_files_never() {
        let folder = workspace(&["inbox/a.csv", "ledger.xlsx", "out/l.xlsx"]);
        let own = [folder.path().join("ledger.xlsx"), folder.path().join("out")];
        let paths = [PathBuf::from("."), PathBuf::from("inbox/a.csv")];
        let list = list_inputs(&paths, folder.path(), folder.path(), &own).expect("listed");
        assert_eq!(listed(&list), ["inbox/a.csv"]);
        assert_eq!(list.skipped.iter().filter(|skipped| skipped.reason == SkipReason::OwnFile).count(), 2);
        assert_eq!(list.skipped.iter().filter(|skipped| skipped.reason == SkipReason::FileSeen).count(), 1);
    }

    #[test]
    fn a_missing_path_is_an_error() {
        let folder = workspace(&[]);
        let failure = list_inputs(&[PathBuf::from("没有.xlsx")], folder.path(), folder.path(), &[]).expect_err("missing");
        assert!(failure.to_string().contains("没有.xlsx"));
    }

    #[cfg(unix)]
    #[test]
    fn loops_of_links_end() {
        let folder = workspace(&["inbox/a/1.csv"]);
        std::os::unix::fs::symlink(folder.path().join("inbox"), folder.path().join("inbox/a/loop")).expect("a link");
        std::os::unix::fs::symlink("nowhere", folder.path().join("inbox/broken")).expect("a link");
        let list = list_inputs(&[PathBuf::from("inbox")], folder.path(), folder.path(), &[]).expect("listed");
        assert_eq!(listed(&list), ["inbox/a/1.csv"]);
        let reasons: Vec<SkipReason> = list.skipped.iter().map(|skipped| skipped.reason).collect();
        assert_eq!(reasons, [SkipReason::FolderSeen, SkipReason::BrokenLink]);
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_outside_are_not_read() {
        use std::os::unix::fs::symlink;
        let folder = workspace(&["w/inbox/a.csv", "w/notes/b.csv", "secret.csv", "share/c.csv"]);
        let root = folder.path().join("w");
        for (target, name) in [("secret.csv", "s.csv"), ("share", "share"), ("w/notes/b.csv", "b.csv")] {
            symlink(folder.path().join(target), root.join("inbox").join(name)).expect("a link");
        }
        let list = list_inputs(&[PathBuf::from("inbox")], &root, &root, &[]).expect("listed");
        assert_eq!(listed(&list), ["inbox/a.csv", "inbox/b.csv"]);
        assert_eq!(list.skipped.iter().filter(|skipped| skipped.reason == SkipReason::LinkOutside).count(), 2);
        // An inbox that is itself a link to a share is read.
        symlink(folder.path().join("share"), root.join("from")).expect("a link");
        let list = list_inputs(&[PathBuf::from("from")], &root, &root, &[]).expect("listed");
        assert_eq!(listed(&list), ["from/c.csv"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_refused_and_not_waited_for() {
        let folder = workspace(&[]);
        let pipe = folder.path().join("p.csv");
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0).expect("a pipe");
        let failure = list_inputs(std::slice::from_ref(&pipe), folder.path(), folder.path(), &[]).expect_err("refused");
        assert!(matches!(failure.reason, FailureReason::NotRegular));
        let read = crate::files::read::read_named(&pipe, Arc::from("p.csv")).expect_err("refused");
        assert!(read.detail.contains("不是普通文件"), "{}", read.detail);
    }
}
