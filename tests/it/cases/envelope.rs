//! Mails and zip archives described as text: `名称.eml.txt`, `名称.zip.txt`. What they enclose is named in their lines.

use std::fs;
use std::io::Cursor;
use std::io::Write;
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::cases::book;

/// A line that encloses a file: `attach: 台账.xlsx = enclosed/台账.xlsx.txt`.
const ATTACH: &str = "attach: ";

/// The bytes of a file, or of what it describes; `story` is the folder that enclosed files are named from.
pub fn bytes_of(from: &Path, story: &Path) -> Result<Vec<u8>, String> {
    let told = |error: &dyn std::fmt::Display| format!("{}: {error}", from.display());
    let name = from.to_string_lossy();
    if name.ends_with(".xlsx.txt") {
        let folder = tempfile::tempdir().map_err(|error| told(&error))?;
        let target = folder.path().join("a.xlsx");
        book::make(&fs::read_to_string(from).map_err(|error| told(&error))?, &target).map_err(|error| told(&error))?;
        return fs::read(target).map_err(|error| told(&error));
    }
    if !is_described(from) {
        return fs::read(from).map_err(|error| told(&error));
    }
    let text = fs::read_to_string(from).map_err(|error| told(&error))?;
    let mut enclosed = Vec::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        match line.strip_prefix(ATTACH).and_then(|rest| rest.split_once(" = ")) {
            Some((name, file)) => enclosed.push((name.trim(), bytes_of(&story.join(file.trim()), story)?)),
            None => lines.push(line),
        }
    }
    if name.ends_with(".zip.txt") { archive(&enclosed).map_err(|error| told(&error)) } else { Ok(mail(&lines.join("\n"), &enclosed)) }
}

/// True for a text that describes a mail or an archive.
pub fn is_described(from: &Path) -> bool {
    let name = from.to_string_lossy();
    name.ends_with(".eml.txt") || name.ends_with(".zip.txt")
}

fn archive(enclosed: &[(&str, Vec<u8>)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in enclosed {
        writer.start_file(*name, SimpleFileOptions::default())?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// A mail as programs write it: the text first, then each file in base64, a mail as it is.
fn mail(text: &str, enclosed: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    // A mail in a mail holds less than the outer one, and so has another boundary.
    let boundary = format!("=_{}", text.len() + enclosed.iter().map(|(_, bytes)| bytes.len()).sum::<usize>());
    let mut out = format!("{head}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"{boundary}\"\n\n").into_bytes();
    let boundary = format!("--{boundary}");
    out.extend(format!("{boundary}\nContent-Type: text/plain; charset=utf-8\n\n{body}\n").bytes());
    for (name, bytes) in enclosed {
        if name.ends_with(".eml") {
            out.extend(format!("{boundary}\nContent-Type: message/rfc822; name=\"{name}\"\n\n").bytes());
            out.extend(bytes);
            out.push(b'\n');
            continue;
        }
        let head = format!("Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"{name}\"");
        out.extend(format!("{boundary}\n{head}\nContent-Transfer-Encoding: base64\n\n{}\n", base64(bytes)).bytes());
    }
    out.extend(format!("{boundary}--\n").bytes());
    out
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for (index, group) in bytes.chunks(3).enumerate() {
        if index % 19 == 0 && index > 0 {
            out.push('\n');
        }
        let number = group.iter().fold(0u32, |sum, byte| (sum << 8) | u32::from(*byte)) << (8 * (3 - group.len()));
        for place in 0..4 {
            let letter = LETTERS[((number >> (18 - 6 * place)) & 63) as usize];
            out.push(if place <= group.len() { char::from(letter) } else { '=' });
        }
    }
    out
}
