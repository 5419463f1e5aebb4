//! Any bytes as a mail and as an archive: what comes out has harmless names and stays within the ceilings.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qingdan::containers::Kind;
use qingdan::containers::kind;
use qingdan::containers::open;

fuzz_target!(|data: &[u8]| {
    let _ = kind(data);
    for kind in [Kind::Mail, Kind::Archive] {
        let opened = open(kind, data);
        assert!(opened.parts.len() <= 10_000);
        for part in &opened.parts {
            assert!(!part.name.starts_with('/') && !part.name.contains('\\') && !part.name.chars().any(char::is_control));
            assert!(part.name.split('/').all(|name| name != ".." && name != "."));
        }
    }
});
