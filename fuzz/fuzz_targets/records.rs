//! Any bytes as a submission: kinds of rows, headers, records and what the rules say of them.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use qingdan::campaign::Ground;
use qingdan::campaign::read_campaign;
use qingdan::campaign::read_roster;
use qingdan::records::Authority;
use qingdan::records::ReadingBasis;
use qingdan::records::read_file;
use qingdan::rules::check_file;
use qingdan::source::SourceFile;

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let extension = ["csv", "html", "xlsx", "xls"][usize::from(*first) % 4];
    let source = SourceFile { name: Arc::from(format!("甲镇卫生院20230714.{extension}")), bytes: bytes.to_vec() };
    let campaign = "campaign: t\ntitle: 测试\nissuer: 办\nperiod: {start: 2023-01-01, end: 2023-12-31}\nunits: units.csv\n";
    let campaign = read_campaign(&SourceFile { name: "campaign.yaml".into(), bytes: campaign.into() }).campaign.expect("a campaign");
    let roster = read_roster(&SourceFile { name: "units.csv".into(), bytes: "编码,单位名称\n001,甲镇卫生院\n".into() }).roster.expect("a roster");
    let ground = Ground::new(&campaign, &roster, campaign.end);
    let reading = read_file(&source, &ReadingBasis { ground, authority: Authority::Unit });
    let _ = check_file(&reading, ground);
});
