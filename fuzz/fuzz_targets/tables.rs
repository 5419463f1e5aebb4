//! Any bytes as a file: rows, or one reason.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use qingdan::source::SourceFile;

fuzz_target!(|data: &[u8]| {
    // The first byte picks the extension, which breaks ties between formats.
    let Some((first, bytes)) = data.split_first() else { return };
    let extension = ["xlsx", "xls", "xlsb", "ods", "csv", "html", "xml", "txt"][usize::from(*first) % 8];
    let _ = qingdan::tables::read(&SourceFile { name: Arc::from(format!("甲.{extension}")), bytes: bytes.to_vec() });
});
