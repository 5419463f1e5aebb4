//! The last net under the readers: a panic in one of them, or in a library, is an answer about one
//! file and not the end of the run.
//!
//! The process-wide panic hook is wrapped once; it stays silent on a thread that reads a file.

use std::cell::Cell;
use std::panic;
use std::panic::AssertUnwindSafe;
use std::sync::Once;

use crate::tables::workbook::Unreadable;
use crate::tables::workbook::UnreadableReason;

thread_local! {
    static SILENT: Cell<bool> = const { Cell::new(false) };
}

static WRAP_HOOK: Once = Once::new();

/// Runs a reader; its panic becomes [`UnreadableReason::ReaderFailed`].
pub fn caught<T>(read: impl FnOnce() -> Result<T, Unreadable>) -> Result<T, Unreadable> {
    WRAP_HOOK.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |information| {
            if !SILENT.get() {
                previous(information);
            }
        }));
    });
    let before = SILENT.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(read));
    SILENT.set(before);
    outcome.unwrap_or_else(|payload| {
        let said = payload.downcast_ref::<String>().cloned().or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(Unreadable { reason: UnreadableReason::ReaderFailed, detail: said.unwrap_or_default() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_answer() {
        let caught_panic: Result<(), _> = caught(|| panic!("索引越界"));
        assert_eq!(caught_panic, Err(Unreadable { reason: UnreadableReason::ReaderFailed, detail: "索引越界".to_owned() }));
        assert_eq!(caught(|| Ok(1)), Ok(1));
    }
}
