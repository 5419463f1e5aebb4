//! Every step on the disk that can fail, one function each, so that tests can make each of them fail or be the last before a kill.
//!
//! Opens only regular files, and the program's own files never through a link. Keeps owner and mode of what is replaced. Refuses to
//! know what is written and why.

#![allow(clippy::disallowed_methods, reason = "this is where files are opened and written")]

use std::fmt;
use std::fs;
use std::fs::File;
use std::fs::Metadata;
use std::fs::OpenOptions;
use std::io;
use std::io::Read;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

#[cfg(test)]
#[path = "disk/faults.rs"]
pub mod faults;

/// A pipe, a socket or a device stands where a file is expected.
#[derive(Debug)]
pub struct NotRegular;

impl fmt::Display for NotRegular {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not a regular file")
    }
}

impl std::error::Error for NotRegular {}

/// Marks the place before a step, for tests that stop there.
fn step(path: &Path) -> io::Result<()> {
    #[cfg(test)]
    faults::step(path)?;
    let _ = path;
    Ok(())
}

/// Opens a regular file for reading. A pipe is refused instead of waited for.
pub fn open(path: &Path) -> io::Result<File> {
    step(path)?;
    regular(unwaiting(OpenOptions::new().read(true), false).open(path)?)
}

/// Opens a file of the program's own, never through a link and never emptying it; made where it does not exist, if `create`.
pub fn open_own(path: &Path, create: bool) -> io::Result<File> {
    step(path)?;
    regular(unwaiting(OpenOptions::new().read(true).write(true).create(create).truncate(false), true).open(path)?)
}

/// Reads a file of the program's own that is no longer than `most` bytes, never through a link. A longer one gives `None`.
pub fn read_own(path: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    step(path)?;
    let file = regular(unwaiting(OpenOptions::new().read(true), true).open(path)?)?;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// Creates a file that must not exist yet; `private` ones nobody else can read until they are given their mode.
pub fn create_new(path: &Path, private: bool) -> io::Result<File> {
    step(path)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if private {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let _ = private;
    options.open(path)
}

/// Does not wait for the other end of a pipe; `own` files are not opened through a link.
fn unwaiting(options: &mut OpenOptions, own: bool) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = if own { OFlags::NONBLOCK | OFlags::NOFOLLOW } else { OFlags::NONBLOCK };
        options.custom_flags(i32::try_from(flags.bits()).unwrap_or(0));
    }
    #[cfg(windows)]
    if own {
        use std::os::windows::fs::OpenOptionsExt;
        /// Opens a link itself, which then is no regular file.
        const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
        options.custom_flags(FILE_FLAG_OPEN_REPARSE_POINT);
    }
    let _ = own;
    options
}

fn regular(file: File) -> io::Result<File> {
    let metadata = file.metadata()?;
    match metadata.is_file() {
        true => Ok(file),
        false if metadata.is_dir() => Err(io::Error::from(io::ErrorKind::IsADirectory)),
        false => Err(io::Error::other(NotRegular)),
    }
}

/// A file that is being written.
pub struct Writing<'a> {
    pub file: &'a File,
    pub path: &'a Path,
}

impl Write for Writing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        step(self.path)?;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Writing<'_> {
    /// Makes the bytes durable.
    pub fn sync(&self) -> io::Result<()> {
        step(self.path)?;
        self.file.sync_all()
    }
}

pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    step(to)?;
    fs::rename(from, to)
}

/// Lets two folders change places in one step; false where the system has no such step.
pub fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    step(other)?;
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::fs::CWD;
        use rustix::fs::RenameFlags;
        use rustix::io::Errno;
        match rustix::fs::renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
            Ok(()) => Ok(true),
            Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    {
        let _ = one;
        Ok(false)
    }
}

/// Gives a file a second name; false where the file system has no second names.
pub fn link(from: &Path, to: &Path) -> io::Result<()> {
    step(to)?;
    fs::hard_link(from, to)
}

pub fn remove_file(path: &Path) -> io::Result<()> {
    step(path)?;
    fs::remove_file(path)
}

pub fn remove_folder(path: &Path) -> io::Result<()> {
    step(path)?;
    fs::remove_dir_all(path)
}

/// Makes a folder and those above it; each belongs to whoever owns the one above.
pub fn create_folder(path: &Path) -> io::Result<()> {
    step(path)?;
    let missing: Vec<&Path> = path.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists()).collect();
    fs::create_dir_all(path)?;
    missing.into_iter().rev().for_each(|folder| {
        if let Ok(handle) = File::open(folder) {
            belong(&handle, folder, None);
        }
    });
    Ok(())
}

/// Gives a new file the owner and the mode of the one that it replaces. What the superuser makes anew (a job of cron) belongs to the
/// owner of the folder, so that the clerk can work on.
pub fn settle(file: &File, path: &Path, present: Option<&Metadata>) -> io::Result<()> {
    belong(file, path, present);
    match present {
        Some(present) => file.set_permissions(present.permissions()),
        None => Ok(()),
    }
}

#[cfg(unix)]
pub fn belong(file: &File, path: &Path, present: Option<&Metadata>) {
    use std::os::unix::fs::MetadataExt;
    use std::os::unix::fs::fchown;
    let Ok(own) = file.metadata() else { return };
    let folder = path.parent().and_then(|folder| fs::metadata(folder).ok()).filter(|_| own.uid() == 0);
    let Some(model) = present.or(folder.as_ref()) else { return };
    if (model.uid(), model.gid()) != (own.uid(), own.gid()) && fchown(file, Some(model.uid()), Some(model.gid())).is_err() {
        // Only the superuser gives files away; the group may still be one of ours.
        let _ = fchown(file, None, Some(model.gid()));
    }
}

#[cfg(not(unix))]
pub fn belong(_: &File, _: &Path, _: Option<&Metadata>) {}

/// Makes a rename itself durable where folders can be synced; elsewhere the file's own sync must do.
pub fn sync_folder(target: &Path) -> io::Result<()> {
    step(target)?;
    if !cfg!(unix) {
        return Ok(());
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    match File::open(folder).and_then(|handle| handle.sync_all()) {
        // A folder that may be written to but not listed, or a file system that cannot sync folders.
        Err(error)
            if matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) =>
        {
            Ok(())
        }
        other => other,
    }
}
