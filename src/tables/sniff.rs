//! What a file is, told by its first bytes and never by its name.
//!
//! Only signatures are looked at here; containers (zip, OLE) and texts are taken apart elsewhere.

use crate::tables::workbook::Unreadable;

/// What the first bytes promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signature {
    Ole,
    Zip,
    /// A BIFF5 stream that lies bare, without an OLE container.
    BareBiff,
    /// Known, and not readable here.
    Refused(Unreadable),
    /// Nothing known: text, or nothing at all.
    Text,
}

/// What to do with a spreadsheet in a format of another program.
pub const SAVE_AS_XLSX: &str = "用 WPS 或 Excel 打开后另存为 .xlsx";
const MAKE_TABLE: &str = "把内容填进 .xlsx 表格后再报送";
const UNPACK: &str = "解压后把里面的表格逐个放进来";

/// Signatures at the very start of a file.
const AT_START: &[(&[u8], &str, &str)] = &[
    (b"%PDF", "PDF 文件", MAKE_TABLE),
    (b"\x89PNG\r\n\x1a\n", "图片（PNG）", MAKE_TABLE),
    (b"\xff\xd8\xff", "图片（JPEG）", MAKE_TABLE),
    (b"GIF87a", "图片（GIF）", MAKE_TABLE),
    (b"GIF89a", "图片（GIF）", MAKE_TABLE),
    (b"II*\0", "图片（TIFF）", MAKE_TABLE),
    (b"MM\0*", "图片（TIFF）", MAKE_TABLE),
    (b"Rar!\x1a\x07", "压缩包（RAR）", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "压缩包（7z）", UNPACK),
    (b"\xfd7zXZ\0", "压缩包（XZ）", UNPACK),
    (b"BZh", "压缩包（BZip2）", UNPACK),
    (b"MSCF", "压缩包（CAB）", UNPACK),
    (b"{\\rtf", "RTF 文档", MAKE_TABLE),
    (b"SQLite format 3\0", "SQLite 数据库", SAVE_AS_XLSX),
    (b"version https://git-lfs.github.com/spec/", "Git LFS 指针（不是文件本身）", "取回真正的文件后再报送"),
    (b"TABLE\r\n0,1\r\n", "DIF 表格（.dif）", SAVE_AS_XLSX),
    (b"TABLE\n0,1\n", "DIF 表格（.dif）", SAVE_AS_XLSX),
    (b"\0\0\x02\0\x04\x04", "Lotus 1-2-3 表格", SAVE_AS_XLSX),
    (b"\0\0\x02\0\x06\x04", "Lotus 1-2-3 表格", SAVE_AS_XLSX),
    (b"\0\0\x1a\0", "Lotus 1-2-3 表格", SAVE_AS_XLSX),
    (b"\0\0\x02\0", "Quattro Pro 或 Lotus 表格", SAVE_AS_XLSX),
    (b"\xff\0\x02\0", "Works 表格", SAVE_AS_XLSX),
    (b"\x09\x00\x04\x00", "Excel 2 表格（Excel 4 或更早的格式）", SAVE_AS_XLSX),
    (b"\x09\x02\x06\x00", "Excel 3 表格（Excel 4 或更早的格式）", SAVE_AS_XLSX),
    (b"\x09\x04\x06\x00", "Excel 4 表格（Excel 4 或更早的格式）", SAVE_AS_XLSX),
    (b"\x7fELF", "程序文件", MAKE_TABLE),
    (b"PAR1", "Parquet 数据文件", SAVE_AS_XLSX),
    (b"\x78\x9f\x3e\x22", "Outlook 打包的附件（winmail.dat）", "请对方直接把表格作为附件发送，邮件格式选“纯文本”或“HTML”"),
    (b"%!PS", "PostScript 文件", MAKE_TABLE),
];

/// Looks at the first bytes.
pub fn signature(bytes: &[u8]) -> Signature {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Signature::Ole;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Signature::Zip;
    }
    if matches!(bytes, [0x09, 0x08, 0x04 | 0x06 | 0x08 | 0x10, 0, 0, 0x05, ..]) {
        return Signature::BareBiff;
    }
    for (start, name, save_as) in AT_START {
        if bytes.starts_with(start) {
            return Signature::Refused(Unreadable::wrong_format(*name, *save_as));
        }
    }
    match bytes {
        [0x1F, 0x8B, ..] => Signature::Refused(Unreadable::wrong_format("gzip 压缩文件（可能是 Gnumeric 表格）", SAVE_AS_XLSX)),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Signature::Refused(Unreadable::wrong_format("图片（BMP）", MAKE_TABLE)),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
            Signature::Refused(Unreadable::wrong_format("图片（WebP）", MAKE_TABLE))
        }
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => {
            let picture = [&b"heic"[..], b"heix", b"mif1", b"msf1", b"hevc", b"avif"].iter().any(|known| brand.starts_with(known));
            let name = if picture { "图片（HEIC）" } else { "视频文件" };
            Signature::Refused(Unreadable::wrong_format(name, MAKE_TABLE))
        }
        [b'M', b'Z', ..] if bytes.contains(&0) => Signature::Refused(Unreadable::wrong_format("程序文件", MAKE_TABLE)),
        _ if is_sylk(bytes) => Signature::Refused(Unreadable::wrong_format("SYLK 表格（.slk）", SAVE_AS_XLSX)),
        _ if is_tar(bytes) => Signature::Refused(Unreadable::wrong_format("压缩包（TAR）", UNPACK)),
        _ if has_zip_behind_junk(bytes) => Signature::Zip,
        _ => Signature::Text,
    }
}

/// `ID;P…` and a second record; the columns `ID;Phase` of a text file are none.
fn is_sylk(bytes: &[u8]) -> bool {
    let second = bytes.iter().position(|&byte| byte == b'\n' || byte == b'\r').map(|end| bytes[end..].trim_ascii_start());
    bytes.starts_with(b"ID;P")
        && second.is_some_and(|line| matches!(line, [b'A'..=b'Z', b';', ..] | [b'A'..=b'Z', b'A'..=b'Z', b';', ..] | [b'E', ..]))
}

fn is_tar(bytes: &[u8]) -> bool {
    bytes.get(257..262) == Some(b"ustar")
}

/// A zip archive is found from its end; whatever stands before it does not matter.
fn has_zip_behind_junk(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(66 << 10)..];
    memchr::memchr(0, &bytes[..bytes.len().min(64 << 10)]).is_some()
        && memchr::memmem::find(tail, b"PK\x05\x06").is_some()
        && memchr::memmem::find(bytes, b"PK\x03\x04").is_some()
}

/// What a decoded text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextKind {
    Html,
    SpreadsheetMl,
    Refused(Unreadable),
    /// Rows, if anything.
    Plain,
}

/// Looks at the beginning of a decoded text.
pub fn text_kind(text: &str) -> TextKind {
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let mut head: String = start.chars().take(4096).collect();
    head.make_ascii_lowercase();
    if head.starts_with("mime-version:") || is_mail(&head) {
        let name = if head.contains("multipart/related") { "单个文件网页（MHTML）" } else { "电子邮件" };
        return TextKind::Refused(Unreadable::wrong_format(name, "另存其中的附件或表格为 .xlsx"));
    }
    if !head.starts_with('<') {
        return TextKind::Plain;
    }
    if head.contains("urn:schemas-microsoft-com:office:spreadsheet") && head.contains("<?xml") && !head.contains("<html") {
        return TextKind::SpreadsheetMl;
    }
    if head.contains("<office:document") {
        return TextKind::Refused(Unreadable::wrong_format("单个 XML 的 OpenDocument 文件（.fods 等）", "另存为 .ods 或 .xlsx"));
    }
    if head.contains("gnumeric") && head.contains(":workbook") {
        return TextKind::Refused(Unreadable::wrong_format("Gnumeric 表格", SAVE_AS_XLSX));
    }
    if head.contains("<w:worddocument") || head.contains("schemas.microsoft.com/office/word/2003/wordml") {
        return TextKind::Refused(Unreadable::wrong_format("Word 2003 XML 文档", MAKE_TABLE));
    }
    let is_html = ["<html", "<!doctype html", "<table", "<head", "<body", "<meta", "<style", "<div", "<center", "<font", "<tr", "<p>"];
    if is_html.iter().any(|tag| head.contains(tag)) {
        return TextKind::Html;
    }
    if head.starts_with("<?xml") {
        return TextKind::Refused(Unreadable::wrong_format("XML 文件，不是表格", SAVE_AS_XLSX));
    }
    TextKind::Plain
}

/// A message has at least two header lines of mail at its top.
fn is_mail(head: &str) -> bool {
    const HEADERS: &[&str] =
        &["received:", "from:", "to:", "return-path:", "delivered-to:", "subject:", "date:", "message-id:", "mime-version:", "x-"];
    head.lines().take(3).filter(|line| HEADERS.iter().any(|header| line.starts_with(header))).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::workbook::UnreadableReason;

    fn check(bytes: &[u8], words: &str) {
        let refusal = match signature(bytes) {
            Signature::Refused(refusal) => refusal,
            Signature::Text => match text_kind(&String::from_utf8_lossy(bytes)) {
                TextKind::Refused(refusal) => refusal,
                other => panic!("{other:?} for {words}"),
            },
            other => panic!("{other:?} for {words}"),
        };
        let UnreadableReason::WrongFormat { name, save_as } = refusal.reason else { panic!("another reason") };
        assert!(name.contains(words) && !save_as.is_empty(), "{name} should contain {words}");
    }

    #[test]
    fn other_formats_are_called_by_their_names() {
        check(b"%PDF-1.7", "PDF");
        check(b"\x89PNG\r\n\x1a\n\0", "PNG");
        check(b"\xff\xd8\xff\xe0", "JPEG");
        check(b"\0\0\0\x18ftypheic", "HEIC");
        check(b"RIFF\0\0\0\0WEBPVP8 ", "WebP");
        check(b"BM\x36\x10\0\0\0\0\0\0", "BMP");
        check(b"Rar!\x1a\x07\0", "RAR");
        check(b"7z\xbc\xaf\x27\x1c\0", "7z");
        check(b"\x1f\x8b\x08", "Gnumeric");
        check(b"ID;PWXL;N;E\r\nP;PGeneral\r\n", "SYLK");
        check(b"TABLE\r\n0,1\r\n\"EXCEL\"\r\n", "DIF");
        check(b"\0\0\x02\0\x06\x04\x06\0", "Lotus");
        check(b"\x09\x04\x06\x00\0\0", "Excel 4 或更早");
        check(b"version https://git-lfs.github.com/spec/v1\noid", "LFS");
        check(b"{\\rtf1", "RTF");
        check(b"From: a\nTo: b\nSubject: c\n\n", "邮件");
        check(b"MIME-Version: 1.0\nContent-Type: multipart/related;\n", "MHTML");
        check(b"<?xml version=\"1.0\"?><office:document xmlns:office=\"x\">", "OpenDocument");
        check(b"<?xml version=\"1.0\"?><gnm:Workbook xmlns:gnm=\"http://www.gnumeric.org/v10.dtd\">", "Gnumeric");
        check(b"<?xml version=\"1.0\"?><note/>", "XML");
    }

    #[test]
    fn tables_in_text_are_recognised() {
        for (text, expected) in [
            ("<html><body><table>", TextKind::Html),
            ("\r\n<TABLE border=1>", TextKind::Html),
            ("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", TextKind::SpreadsheetMl),
            ("<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">", TextKind::Html),
            ("单位,隐患\n", TextKind::Plain),
            ("<5人的诊所,隐患\n", TextKind::Plain),
            ("date: 1\nvalue: 2\n", TextKind::Plain),
            ("", TextKind::Plain),
        ] {
            assert_eq!(text_kind(text), expected, "{text}");
        }
    }
}
