//! The zip package of a workbook: reading parts within bounds, writing it again with a few parts changed.
//!
//! Entries that nobody changed are copied as they are, compressed bytes and all, in their order. Nothing
//! that the package declares is trusted: entries, declared and inflated sizes are bounded. Knows nothing of
//! what the parts mean.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::io::Read;
use std::io::Write;

use zip::CompressionMethod;
use zip::ZipArchive;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::render::annotate::xml::Odd;

/// More entries than any office program writes.
const ENTRIES: usize = 20_000;
/// Bytes that all entries together may declare.
const DECLARED: u64 = 512 << 20;

/// An opened package and what is to be changed in it.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Entry by its name in lower case, without a leading `/`: part names do not differ by case.
    entries: BTreeMap<String, usize>,
    changed: BTreeMap<usize, Vec<u8>>,
    added: Vec<(String, Vec<u8>)>,
}

impl<'a> Package<'a> {
    /// Opens a package.
    ///
    /// # Errors
    /// Not a zip file, beyond the bounds, encrypted, or two entries under one name.
    pub fn open(bytes: &'a [u8]) -> Result<Package<'a>, Odd> {
        Package::open_declaring(bytes, DECLARED)
    }

    /// Opens a package of which all entries together may declare so many bytes; each that is read is bounded all the same.
    ///
    /// # Errors
    /// As [`Package::open`].
    pub fn open_declaring(bytes: &'a [u8], most: u64) -> Result<Package<'a>, Odd> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Odd(format!("压缩包打不开：{error}")))?;
        if archive.len() > ENTRIES {
            return Err(Odd(format!("压缩包里的部件超过 {ENTRIES} 个")));
        }
        if archive.has_duplicate_names() {
            return Err(Odd("压缩包里有同名部件".to_owned()));
        }
        let mut entries = BTreeMap::new();
        let mut declared = 0_u64;
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(|error| Odd(format!("压缩包有误：{error}")))?;
            declared = declared.saturating_add(entry.size());
            if entry.encrypted() {
                return Err(Odd("压缩包加了密码".to_owned()));
            }
            let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
            if entries.insert(key(&name), index).is_some() {
                return Err(Odd(format!("压缩包里有同名部件：{name}")));
            }
        }
        if declared > most {
            return Err(Odd("解压后超过 512 MB".to_owned()));
        }
        Ok(Package { archive, entries, changed: BTreeMap::new(), added: Vec::new() })
    }

    /// Whether there is such a part.
    pub fn has(&self, name: &str) -> bool {
        self.entries.contains_key(&key(name)) || self.added.iter().any(|(added, _)| key(added) == key(name))
    }

    /// The bytes of a part as it came in, up to `limit`; the checksum is verified when it is read whole.
    ///
    /// # Errors
    /// No such part, damaged, or larger than it says.
    pub fn bytes(&mut self, name: &str, limit: u64) -> Result<Vec<u8>, Odd> {
        let index = *self.entries.get(&key(name)).ok_or_else(|| Odd(format!("缺少部件 {name}")))?;
        let entry = self.archive.by_index(index).map_err(|error| Odd(format!("部件 {name} 打不开：{error}")))?;
        let mut bytes = Vec::new();
        entry.take(limit).read_to_end(&mut bytes).map_err(|error| Odd(format!("部件 {name} 损坏：{error}")))?;
        Ok(bytes)
    }

    /// The text of a part, without a byte order mark.
    ///
    /// # Errors
    /// As [`Package::bytes`]; or not in UTF-8.
    pub fn text(&mut self, name: &str) -> Result<String, Odd> {
        let mut bytes = self.bytes(name, DECLARED)?;
        if bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        let text = String::from_utf8(bytes).map_err(|_| Odd(format!("部件 {name} 不是 UTF-8 编码")))?;
        let declaration = text.get(..text.find("?>").unwrap_or(0)).unwrap_or("").to_ascii_lowercase();
        if declaration.contains("encoding") && !declaration.contains("utf-8") && !declaration.contains("ascii") {
            return Err(Odd(format!("部件 {name} 声明的编码不是 UTF-8")));
        }
        Ok(text)
    }

    /// Gives a part new bytes; a part that is not there is added at the end.
    pub fn put(&mut self, name: &str, bytes: Vec<u8>) {
        match self.entries.get(&key(name)) {
            Some(&index) => {
                self.changed.insert(index, bytes);
            }
            None => self.added.push((name.to_owned(), bytes)),
        }
    }

    /// A part name that is not taken: `{stem}{number}{ending}` with the first free number from 1.
    pub fn free_name(&self, stem: &str, ending: &str) -> String {
        let mut number = 1_u32;
        loop {
            let name = format!("{stem}{number}{ending}");
            if !self.has(&name) {
                return name;
            }
            number += 1;
        }
    }

    /// Writes the package: every entry in its order, the changed ones with their new bytes, then the added ones.
    ///
    /// # Errors
    /// An entry cannot be copied.
    pub fn write(mut self) -> Result<Vec<u8>, Odd> {
        let odd = |error: zip::result::ZipError| Odd(format!("压缩包写不成：{error}"));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..self.archive.len() {
            let entry = self.archive.by_index_raw(index).map_err(odd)?;
            match self.changed.get(&index) {
                Some(bytes) => {
                    writer.start_file(String::from_utf8_lossy(entry.name_raw()), options).map_err(odd)?;
                    writer.write_all(bytes).map_err(|error| odd(error.into()))?;
                }
                None => writer.raw_copy_file(entry).map_err(odd)?,
            }
        }
        for (name, bytes) in &self.added {
            writer.start_file(name.as_str(), options).map_err(odd)?;
            writer.write_all(bytes).map_err(|error| odd(error.into()))?;
        }
        Ok(writer.finish().map_err(odd)?.into_inner())
    }
}

fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(entries: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in entries {
            writer.start_file(*name, SimpleFileOptions::default()).expect("a fresh name");
            writer.write_all(content.as_bytes()).expect("memory takes it");
        }
        writer.finish().expect("memory takes it").into_inner()
    }

    #[test]
    fn what_is_not_changed_stays_in_its_place() {
        let bytes = package(&[("b.xml", "<b/>"), ("a.xml", "<a/>"), ("目录/c.xml", "<c/>")]);
        let mut opened = Package::open(&bytes).expect("a good package");
        opened.put("/A.xml", b"<new/>".to_vec());
        opened.put("d.xml", b"<d/>".to_vec());
        assert_eq!(opened.free_name("d", ".xml"), "d1.xml");
        let written = opened.write().expect("everything can be copied");
        let mut again = ZipArchive::new(Cursor::new(written)).expect("a good package");
        let names: Vec<String> = again.file_names().map(|name| name.expect("a good name").into_owned()).collect();
        assert_eq!(names, ["b.xml", "a.xml", "目录/c.xml", "d.xml"]);
        let mut text = String::new();
        again.by_name("a.xml").expect("it is there").read_to_string(&mut text).expect("it is text");
        assert_eq!(text, "<new/>");
    }

    #[test]
    fn odd_packages_are_refused() {
        for bytes in [Vec::new(), b"PK\x03\x04".to_vec(), package(&[("a.xml", ""), ("A.xml", "")])] {
            assert!(Package::open(&bytes).is_err());
        }
    }

    #[test]
    fn only_utf8_is_text() {
        let cases = [
            ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>", true),
            ("<a/>", true),
            ("<?xml version=\"1.0\" encoding=\"GBK\"?><a/>", false),
        ];
        for (content, good) in cases {
            let bytes = package(&[("a.xml", content)]);
            let mut opened = Package::open(&bytes).expect("a good package");
            assert_eq!(opened.text("a.xml").is_ok(), good, "{content}");
        }
    }
}
