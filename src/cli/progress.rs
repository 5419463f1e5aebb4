//! How far a long reading is, on one line of stderr that is rewritten and wiped at the end.

use std::io;
use std::io::Write;

use crate::desk::open::Progress;

/// Fewer files are done before the line could be read.
const WORTH_SHOWING: usize = 50;

/// Shows the line, or wipes it.
pub fn show(progress: Progress) {
    let _ = match progress {
        Progress::Read { done, total } if total >= WORTH_SHOWING => write!(io::stderr(), "\r读取 {done}/{total}"),
        Progress::Finished { total } if total >= WORTH_SHOWING => write!(io::stderr(), "\r\u{1b}[K"),
        _ => Ok(()),
    };
}
