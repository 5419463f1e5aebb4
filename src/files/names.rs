//! How a path is called in messages, in the ledger's 来源 and in JSON.
//!
//! Relative to the workspace where it lies in it, `/` between folders, the same on every system.
//! Names that are not UTF-8 stay readable. Refuses to open anything.

use std::ffi::OsStr;
use std::path::Component;
use std::path::Path;
use std::path::PathBuf;

/// The path without `.` and without `..` where they can be resolved by reading alone; symbolic links stay.
pub fn lexical(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(clean.components().next_back(), Some(Component::Normal(_))) => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    clean
}

/// The absolute, cleaned form of a path as seen from `base`.
pub fn absolute(path: &Path, base: &Path) -> PathBuf {
    lexical(&base.join(path))
}

/// The name of `path` for people: relative to `root` if it lies below, else as given.
pub fn relative_to(path: &Path, root: &Path) -> String {
    shown(path.strip_prefix(root).unwrap_or(path))
}

/// A path as text, `/`-separated.
pub fn shown(path: &Path) -> String {
    let mut text = String::new();
    for component in path.components() {
        match component {
            Component::RootDir => text.push('/'),
            Component::Prefix(prefix) => text.push_str(&part(prefix.as_os_str())),
            other => {
                if !text.is_empty() && !text.ends_with('/') {
                    text.push('/');
                }
                text.push_str(&part(other.as_os_str()));
            }
        }
    }
    if text.is_empty() { ".".to_owned() } else { text }
}

/// One part of a path. Bytes that are no UTF-8 are read as GB18030 (names out of old archives), because a unit is
/// often known by the file's name alone; what is not that either is written as `\xNN`.
fn part(name: &OsStr) -> String {
    if let Some(text) = name.to_str() {
        return text.to_owned();
    }
    let bytes = name.as_encoded_bytes();
    if let Some(text) = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        return text.into_owned();
    }
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_relative_clean_and_slash_separated() {
        let root = Path::new("/工作/专项");
        let check = |given: &str, expected: &str| {
            assert_eq!(relative_to(&absolute(Path::new(given), root), root), expected, "{given}");
        };
        check("inbox/a.xlsx", "inbox/a.xlsx");
        check("./inbox/../inbox/a.xlsx", "inbox/a.xlsx");
        check("/工作/专项/inbox/甲.xls", "inbox/甲.xls");
        check("../别处/乙.csv", "/工作/别处/乙.csv");
        check(".", ".");
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_utf8_stay_readable() {
        use std::os::unix::ffi::OsStrExt;
        let check = |bytes: &[u8], expected: &str| assert_eq!(shown(Path::new(OsStr::from_bytes(bytes))), expected);
        check(b"\xCC\xA8\xD5\xCB.xls", "台账.xls");
        check(b"a\xFF.xls", "a\\xFF.xls");
    }
}
