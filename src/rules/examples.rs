//! Runs the examples of the rules: what each text raises. Tests only.
//!
//! One function a scope; a new scope plugs in at [`run`]. An example of the campaign scope is a
//! campaign file, or a roster when it begins with the title row, or both, parted by `--- units.csv`.

use std::sync::Arc;

use crate::campaign::read_campaign;
use crate::campaign::read_roster;
use crate::diagnostic::Diagnostic;
use crate::rules::check_campaign;
use crate::rules::rule::CampaignContext;
use crate::rules::rule::Rule;
use crate::rules::rule::Scope;
use crate::source::SourceFile;

const CAMPAIGN: &str = "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
";

const ROSTER: &str = "\
编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话
H01,甲医院,甲院,医院,东镇,,张三,13800001001
W01,乙镇卫生院,,卫生院,乙镇,,李四,13800001002
";

/// Everything that an example of this rule's scope raises.
pub fn run(rule: &Rule, text: &str) -> Vec<Diagnostic> {
    match rule.scope {
        Scope::Campaign => campaign(text),
        Scope::Table | Scope::Record | Scope::Ledger => unreachable!("no rule of this scope is registered yet"),
    }
}

fn campaign(text: &str) -> Vec<Diagnostic> {
    let (yaml, roster) = match text.split_once("--- units.csv\n") {
        Some(parts) => parts,
        None if text.starts_with("编码,") => (CAMPAIGN, text),
        None => (text, ROSTER),
    };
    let bytes = match yaml.strip_prefix("# 以 GB18030 保存\n") {
        Some(rest) => encoding_rs::GB18030.encode(rest).0.into_owned(),
        None => yaml.as_bytes().to_vec(),
    };
    let reading = read_campaign(&SourceFile { name: Arc::from("campaign.yaml"), bytes });
    let units = read_roster(&SourceFile { name: Arc::from("units.csv"), bytes: roster.as_bytes().to_vec() });
    let mut diagnostics = reading.diagnostics;
    diagnostics.extend(units.diagnostics);
    if let Some(campaign) = &reading.campaign {
        let roster = units.roster.unwrap_or_default();
        let context = CampaignContext { campaign, roster: &roster, file: "campaign.yaml", roster_file: "units.csv" };
        diagnostics.extend(check_campaign(&context));
    }
    diagnostics
}
