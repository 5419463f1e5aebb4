//! A zip archive as an envelope: its files one after the other, each counted while it is inflated.
//!
//! Workbooks are zip archives too; those belong to `tables`. Knows no mails.

use std::io::Cursor;
use std::io::Read;

use encoding_rs::GB18030;
use zip::CompressionMethod;
use zip::ZipArchive;

use crate::containers::limits;
use crate::containers::refusal;
use crate::tables::Unreadable;

/// Parts by which an archive is known as a document of some program, in small letters.
const OF_DOCUMENTS: [&str; 8] = [
    "[content_types].xml",
    "mimetype",
    "content.xml",
    "ofd.xml",
    "index/document.iwa",
    "index.zip",
    "meta-inf/container.xml",
    "meta-inf/manifest.mf",
];

/// True for a zip archive that is an envelope and no document.
pub fn is_envelope(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"PK\x03\x04") && !bytes.starts_with(b"PK\x05\x06") {
        return false;
    }
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    !archive.file_names().flatten().any(|name| {
        let name = name.replace('\\', "/").to_ascii_lowercase();
        OF_DOCUMENTS.contains(&name.as_str()) || name.starts_with("xl/") || name.starts_with("word/")
    })
}

/// A file of an archive: its name as written, and its bytes or why there are none.
pub type Entry = (String, Result<Vec<u8>, Unreadable>);

/// An archive whose directory is sound.
pub struct Archive<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Archive<'a> {
    /// Opens the directory.
    ///
    /// # Errors
    /// Damaged, encrypted, or with entries that lie over each other.
    pub fn open(bytes: &'a [u8]) -> Result<Archive<'a>, Unreadable> {
        let damaged = |error: zip::result::ZipError| Unreadable::damaged(format!("压缩包目录：{error}"));
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if archive.len() > limits::ENCLOSED_FILES {
            return Err(refusal::beyond(
                format!("压缩包里的文件超过 {} 个", limits::ENCLOSED_FILES),
                "请分成几包，或者解压后只把表格放进来",
            ));
        }
        for index in 0..archive.len() {
            if archive.by_index_raw(index).map_err(damaged)?.encrypted() {
                return Err(Unreadable::encrypted("压缩包加了密码"));
            }
        }
        match archive.has_overlapping_files() {
            Ok(false) => Ok(Archive { archive }),
            Ok(true) => Err(Unreadable::damaged("压缩包内的文件互相重叠")),
            Err(error) => Err(damaged(error)),
        }
    }

    /// How many entries there are, folders counted.
    pub fn len(&self) -> usize {
        self.archive.len()
    }

    /// The file at a position, read if it is no larger than `most`; `None` for a folder.
    ///
    /// # Errors
    /// All files together would be larger than is allowed, or this one is a bomb.
    pub fn entry(&mut self, index: usize, most: u64) -> Result<Option<Entry>, Unreadable> {
        let mut entry = match self.archive.by_index(index) {
            Ok(entry) => entry,
            Err(error) => return Ok(Some((format!("文件{}", index + 1), Err(Unreadable::damaged(error.to_string()))))),
        };
        if entry.is_dir() {
            return Ok(None);
        }
        let name = name(entry.name_raw());
        if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            let why = Unreadable::wrong_format(format!("用“{}”方法压缩的文件", entry.compression()), "解压后把里面的表格逐个放进来");
            return Ok(Some((name, Err(why))));
        }
        let ratio_limit = limits::ENCLOSED_FREE.max(entry.compressed_size().saturating_mul(limits::ENCLOSED_RATIO));
        let mut bytes = Vec::with_capacity(usize::try_from(entry.size().min(most).min(limits::ENCLOSED_FREE)).unwrap_or(0));
        let limit = most.min(ratio_limit);
        match entry.by_ref().take(limit + 1).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() as u64 > most => Err(beyond()),
            Ok(_) if bytes.len() as u64 > ratio_limit => Err(refusal::beyond(
                format!("“{name}”展开后超过压缩大小的 {} 倍，不像真的表格", limits::ENCLOSED_RATIO),
                "请对方核对这个压缩包，重新发送",
            )),
            Ok(_) => Ok(Some((name, Ok(bytes)))),
            Err(error) => Ok(Some((name, Err(Unreadable::damaged(error.to_string()))))),
        }
    }
}

/// What is said when all files together are larger than is allowed.
pub fn beyond() -> Unreadable {
    refusal::beyond(
        format!("里面的文件展开后合计超过 {} MB", limits::ENCLOSED_BYTES >> 20),
        "请解压后，或把附件另存出来，只把表格逐个放进来",
    )
}

/// Chinese programs write GBK and do not say so.
fn name(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(raw).0.into_owned(),
    }
}
