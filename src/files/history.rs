//! `history.jsonl` on disk: appended to as a whole new file, read line by line.
//!
//! Knows lines; what they say is for `ledger::history`.

#![allow(clippy::disallowed_methods, reason = "this is where files are opened")]

use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::io::Seek;
use std::io::SeekFrom;
use std::io::Write;
use std::path::Path;

use crate::files::disk;
use crate::files::failure::Attempt;
use crate::files::failure::FileFailure;
use crate::files::outputs::Outputs;

/// Stages the old content of `path` followed by what `lines` writes (each line ending in a line break).
pub fn append(outputs: &mut Outputs, path: &Path, lines: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), FileFailure> {
    copy_with(outputs, path, path, lines)
}

/// Stages the content of `from` followed by what `lines` writes, as `path`.
pub fn copy_with(
    outputs: &mut Outputs,
    from: &Path,
    path: &Path,
    lines: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), FileFailure> {
    outputs.stage_with(path, |writer| {
        match disk::open(from) {
            Ok(old) => copy_whole_lines(old, writer)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        lines(writer)
    })
}

/// Copies, and ends the last line if an editor left it without its break.
fn copy_whole_lines(mut old: impl Read, writer: &mut dyn Write) -> io::Result<()> {
    let mut buffer = [0u8; 64 * 1024];
    let mut last = b'\n';
    loop {
        let count = old.read(&mut buffer)?;
        let Some(chunk) = buffer.get(..count) else { break };
        let Some(end) = chunk.last() else { break };
        last = *end;
        writer.write_all(chunk)?;
    }
    if last == b'\n' { Ok(()) } else { writer.write_all(b"\n") }
}

/// Calls `line` with each line, numbered from 1. A file that does not exist has none.
pub fn each_line(path: &Path, mut line: impl FnMut(u32, &[u8])) -> Result<(), FileFailure> {
    let failed = |error| FileFailure::io(Attempt::Read, path, error);
    let file = match disk::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(error)),
    };
    let mut reader = BufReader::new(file);
    let mut bytes = Vec::new();
    let mut number = 0u32;
    loop {
        bytes.clear();
        if reader.read_until(b'\n', &mut bytes).map_err(failed)? == 0 {
            return Ok(());
        }
        number = number.saturating_add(1);
        line(number, bytes.trim_ascii());
    }
}

/// The last line; `None` for a file that does not exist or holds none.
pub fn last_line(path: &Path) -> Result<Option<Vec<u8>>, FileFailure> {
    let failed = |error| FileFailure::io(Attempt::Read, path, error);
    let mut file = match disk::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    let length = file.metadata().map_err(failed)?.len();
    let mut reach = 64 << 10;
    loop {
        let start = length.saturating_sub(reach);
        file.seek(SeekFrom::Start(start)).map_err(failed)?;
        let mut tail = Vec::new();
        (&mut file).take(reach).read_to_end(&mut tail).map_err(failed)?;
        let tail = tail.trim_ascii_end();
        match tail.iter().rposition(|byte| *byte == b'\n') {
            Some(end) => return Ok(tail.get(end + 1..).map(<[u8]>::to_vec)),
            None if start == 0 => return Ok(Some(tail.to_vec()).filter(|line| !line.is_empty())),
            None => reach *= 16,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_appended_to_whole_lines() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("history.jsonl");
        let add = |lines: &'static str| {
            let mut outputs = Outputs::default();
            append(&mut outputs, &path, |writer| writer.write_all(lines.as_bytes())).expect("staged");
            outputs.commit().expect("written");
        };
        add("");
        add("{\"a\":1}\n");
        std::fs::write(&path, "{\"a\":1}").expect("an editor that drops the last break");
        add("{\"b\":2}\n");
        let mut seen = Vec::new();
        each_line(&path, |number, line| seen.push((number, String::from_utf8_lossy(line).into_owned()))).expect("read");
        assert_eq!(seen, [(1, "{\"a\":1}".to_owned()), (2, "{\"b\":2}".to_owned())]);
        assert_eq!(last_line(&path).expect("read"), Some(b"{\"b\":2}".to_vec()));
        let long = format!("{{}}\n{}", "x".repeat(200_000));
        std::fs::write(&path, &long).expect("written");
        assert_eq!(last_line(&path).expect("read").map(|line| line.len()), Some(200_000));
        assert_eq!(last_line(&folder.path().join("none")).expect("read"), None);
    }
}
