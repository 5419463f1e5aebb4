//! Any bytes as a line of history.jsonl.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qingdan::ledger::history;

fuzz_target!(|data: &[u8]| {
    let _ = history::outline(data);
    let _ = history::glance(data);
    let _ = history::read(data);
});
