//! Any bytes as campaign.yaml and as a roster.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use qingdan::campaign::read_campaign;
use qingdan::campaign::read_roster;
use qingdan::source::SourceFile;

fuzz_target!(|data: &[u8]| {
    let file = |name: &str| SourceFile { name: Arc::from(name), bytes: data.to_vec() };
    let _ = read_campaign(&file("campaign.yaml"));
    let _ = read_roster(&file("units.csv"));
});
