//! A zip archive from a stranger, opened only after its directory has been looked over.
//!
//! Duplicate, overlapping or encrypted entries are refused. Every part is inflated through a counter
//! and to its end, so that its checksum is checked. Part names are compared without regard to case,
//! with `/` for `\` and without a leading `/`, as spreadsheet programs do. Knows no spreadsheet.

use std::collections::BTreeMap;
use std::io;
use std::io::Cursor;
use std::io::Read;

use zip::CompressionMethod;
use zip::ZipArchive;
use zip::read::ZipFile;

use crate::tables::limits;
use crate::tables::limits::Ceilings;
use crate::tables::workbook::Unreadable;

/// A zip archive whose directory is sound.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Index of each part under its normalised name.
    parts: BTreeMap<String, usize>,
    inflated: u64,
    /// What it may hold.
    pub ceilings: &'static Ceilings,
}

impl<'a> Package<'a> {
    /// Opens the archive and checks all its entries.
    ///
    /// # Errors
    /// Damaged, encrypted or beyond the limits; see the module.
    pub fn open(bytes: &'a [u8], ceilings: &'static Ceilings) -> Result<Package<'a>, Unreadable> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Unreadable::damaged(format!("压缩包目录：{error}")))?;
        if archive.len() > limits::ARCHIVE_ENTRIES {
            return Err(Unreadable::too_large(format!("压缩包内的部件超过 {} 个", limits::ARCHIVE_ENTRIES)));
        }
        if archive.has_duplicate_names() {
            return Err(Unreadable::damaged("压缩包内有重名的部件"));
        }
        let mut parts = BTreeMap::new();
        let mut encrypted = false;
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(|error| Unreadable::damaged(format!("压缩包目录：{error}")))?;
            encrypted |= entry.encrypted();
            if entry.is_dir() {
                continue;
            }
            if entry.name_raw().contains(&0) {
                return Err(Unreadable::damaged("压缩包内有含空字符的部件名"));
            }
            let name = normalised(&String::from_utf8_lossy(entry.name_raw()));
            if parts.insert(name, index).is_some() {
                return Err(Unreadable::damaged("压缩包内有只差大小写或斜杠的同名部件"));
            }
        }
        if encrypted {
            return Err(Unreadable::encrypted("压缩包加了密码"));
        }
        match archive.has_overlapping_files() {
            Ok(false) => Ok(Package { archive, parts, inflated: 0, ceilings }),
            Ok(true) => Err(Unreadable::damaged("压缩包内的部件互相重叠")),
            Err(error) => Err(Unreadable::damaged(format!("压缩包目录：{error}"))),
        }
    }

    /// Whether there is such a part.
    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&normalised(name))
    }

    /// Opens a part for reading; it must be read to its end for its checksum to count.
    ///
    /// # Errors
    /// When the part is missing, uses a method that spreadsheets do not, or is declared too large.
    pub fn part(&mut self, name: &str) -> Result<Part<'_, 'a>, Unreadable> {
        let Some(&index) = self.parts.get(&normalised(name)) else {
            return Err(Unreadable::damaged(format!("缺少部件 {name}")));
        };
        let entry = self.archive.by_index(index).map_err(|error| Unreadable::damaged(format!("{name}：{error}")))?;
        if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            return Err(Unreadable::damaged(format!("{name}：压缩方法 {} 不是电子表格所用的", entry.compression())));
        }
        let packed = entry.compressed_size();
        if entry.size() > self.ceilings.part {
            return Err(Unreadable::too_large(format!("{name} 展开后超过 {} MB", self.ceilings.part >> 20)));
        }
        if entry.size() > limits::INFLATION_FREE && entry.size() / limits::INFLATION_RATIO > packed {
            return Err(Unreadable::too_large(format!("{name} 展开后超过压缩大小的 {} 倍", limits::INFLATION_RATIO)));
        }
        Ok(Part { declared: entry.size(), entry, own: 0, total: &mut self.inflated, most: self.ceilings.package })
    }

    /// A part held whole, for the small ones.
    ///
    /// # Errors
    /// As [`part`](Self::part); also beyond [`limits::SMALL_PART_BYTES`].
    pub fn bytes(&mut self, name: &str) -> Result<Vec<u8>, Unreadable> {
        let mut part = self.part(name)?;
        if part.declared > limits::SMALL_PART_BYTES {
            return Err(Unreadable::too_large(format!("{name} 展开后超过 {} MB", limits::SMALL_PART_BYTES >> 20)));
        }
        let mut bytes = Vec::with_capacity(part.declared as usize);
        part.read_to_end(&mut bytes).map_err(|error| read_error(name, &error))?;
        Ok(bytes)
    }
}

/// A part being inflated, counted against the limits.
pub struct Part<'p, 'a> {
    entry: ZipFile<'p, Cursor<&'a [u8]>>,
    declared: u64,
    own: u64,
    total: &'p mut u64,
    /// What all parts may hold.
    most: u64,
}

impl Read for Part<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.entry.read(buffer)?;
        if count == 0 && !buffer.is_empty() && self.own != self.declared {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "部件比压缩包目录所说的短"));
        }
        self.own += count as u64;
        *self.total += count as u64;
        if *self.total > self.most {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, (self.most >> 20).to_string()));
        }
        Ok(count)
    }
}

/// What an error in the middle of a part means.
pub fn read_error(name: &str, error: &io::Error) -> Unreadable {
    if error.kind() == io::ErrorKind::FileTooLarge {
        return Unreadable::too_large(format!("文件展开后超过 {error} MB"));
    }
    Unreadable::damaged(format!("{name}：{error}"))
}

fn normalised(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_ascii_lowercase()
}

/// Resolves the target of a relationship against the part that names it, never leaving the package.
///
/// ```text
/// xl/workbook.xml + worksheets/sheet1.xml → xl/worksheets/sheet1.xml
/// xl/workbook.xml + /xl/styles.xml        → xl/styles.xml
/// ```
pub fn resolve(from: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut segments: Vec<&str> = Vec::new();
    if !target.starts_with('/') {
        segments.extend(from.split('/'));
        segments.pop();
    }
    for segment in target.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            other => segments.push(other),
        }
    }
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_resolve_as_the_package_conventions_say() {
        for (from, target, expected) in [
            ("xl/workbook.xml", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/workbook.xml", "/xl/styles.xml", "xl/styles.xml"),
            ("xl/worksheets/sheet1.xml", "../comments1.xml", "xl/comments1.xml"),
            ("xl/workbook.xml", "../../../../etc/passwd", "etc/passwd"),
            ("xl/workbook.xml", "worksheets\\sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/workbook.xml", "./a/./b", "xl/a/b"),
        ] {
            assert_eq!(resolve(from, target), expected, "{target}");
        }
    }
}
