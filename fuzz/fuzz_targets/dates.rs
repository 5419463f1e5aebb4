//! Any text as a date expression.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qingdan::dates::Expression;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _ = Expression::parse(text);
});
