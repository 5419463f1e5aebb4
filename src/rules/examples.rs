//! Runs the examples of the rules: what each text raises. Tests only.
//!
//! One function a scope; a new scope plugs in at [`run`]. An example of the campaign scope is a
//! campaign file, or a roster when it begins with the title row, or both, parted by `--- units.csv`.
//! The files of the other scopes are made by `example_files`; those of a ledger are merged. A table that is called
//! `submissions.csv`, `tasks.csv` or `contacts.csv` is read as that.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::campaign::Ground;
use crate::campaign::read_campaign;
use crate::campaign::read_roster;
use crate::containers;
use crate::diagnostic::Diagnostic;
use crate::ledger::Cases;
use crate::ledger::MergeInputs;
use crate::ledger::close_cases;
use crate::ledger::decide;
use crate::ledger::merge;
use crate::records::Authority;
use crate::records::Beside;
use crate::records::FileReading;
use crate::records::ReadingBasis;
use crate::records::read_carried;
use crate::records::read_file;
use crate::records::read_letter;
use crate::registers::read_contacts;
use crate::registers::read_letters;
use crate::registers::read_submission_log;
use crate::registers::read_task_log;
use crate::rules::check_campaign;
use crate::rules::check_file;
use crate::rules::check_ledger;
use crate::rules::example_files::ExampleFile;
use crate::rules::example_files::files;
use crate::rules::example_ledgers;
use crate::rules::rule::CampaignContext;
use crate::rules::rule::LedgerContext;
use crate::rules::rule::Rule;
use crate::rules::rule::Scope;
use crate::source::SourceFile;
use crate::tables;
use crate::tables::Unreadable;
use crate::tables::UnreadableReason;

const CAMPAIGN: &str = "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
";

/// The campaign that tables, records and ledgers of the examples belong to.
const WORKING_CAMPAIGN: &str = "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
contacts: {notice: 7d}
obligations:
  - {id: weekly, name: 周统计, every: 每周五17:00前, fulfilled_by: ledger}
  - {id: plan, name: 行动方案, due: 2023-07-10, fulfilled_by: document}
  - {id: drill, name: 应急演练, from: 医院, due: 2023-09-01}
categories:
  - {id: fire, name: 消防安全, synonyms: [消防]}
  - {id: power, name: 用电安全}
escalation: [{after: 1d, step: 提醒敦促函}, {after: 7d, step: 整改通知书}]
forms:
  - {id: zicha, title: 自查情况统计表, columns: [{key: checked, title: 检查家次}, {key: found, title: 发现隐患}, {key: done, title: 已整改, part_of: found}]}
tasks:
  - {id: training, name: 安全培训, lead: 某县卫生健康委员会, due: 2023-07-31}
  - {id: build, name: 项目建设, lead: 某县卫生健康委员会, milestones: [{name: 建成启用, due: 2023-11-30}]}
levels:
  general: {name: 一般, rectify_within: 15d, requires: [measure, responsible]}
  major: {name: 重大, requires: [measure, responsible, funds, deadline, plan], interim_control: required, supervision: 县级}
";

const ROSTER: &str = "\
编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话
H01,甲医院,甲院,医院,东镇,,张三,13800001001
W01,乙镇卫生院,,卫生院,乙镇,,李四,13800001002
";

/// More units, for the names that tables and records write.
const MORE_UNITS: &str = "\
C01,乙镇惠民诊所,惠民诊所,诊所,乙镇,,王五,13800001003
C02,东镇惠民诊所,惠民诊所,诊所,东镇,,赵六,13800001004
";

/// Everything that an example of this rule's scope raises.
pub fn run(rule: &Rule, text: &str) -> Vec<Diagnostic> {
    match rule.scope {
        Scope::Campaign => campaign(text),
        Scope::Table | Scope::Record => tables(text),
        Scope::Ledger => ledger(text),
    }
}

/// Reads something with the working campaign and its roster, as of 2023-07-31.
/// `@方案期间 2023-05-20 2024-12-31` gives the campaign another period, `@收下属单位` lets it take units below.
fn with_basis<T>(text: &str, work: impl FnOnce(&ReadingBasis<'_>) -> T) -> T {
    let period = text.lines().find_map(|line| line.strip_prefix("@方案期间 ")?.split_once(' '));
    let (start, end) = period.unwrap_or(("2023-05-20", "2023-12-31"));
    let yaml = WORKING_CAMPAIGN.replace("2023-05-20", start).replace("2023-12-31", end);
    let below = if text.lines().any(|line| line == "@收下属单位") { "accept_below: true\n" } else { "" };
    let yaml = format!("{yaml}{below}");
    let yaml =
        carried_name(text).map_or(yaml.clone(), |(file, expected)| format!("{yaml}carry_over: {{file: {file}, expected: {expected}}}\n"));
    let campaign = read_campaign(&SourceFile { name: Arc::from("campaign.yaml"), bytes: yaml.into_bytes() });
    let units = read_roster(&SourceFile { name: Arc::from("units.csv"), bytes: format!("{ROSTER}{MORE_UNITS}").into_bytes() });
    let campaign = campaign.campaign.expect("the campaign of the examples can be read");
    let roster = units.roster.expect("the roster of the examples can be read");
    let as_of = NaiveDate::from_ymd_opt(2023, 7, 31).expect("a day");
    work(&ReadingBasis { ground: Ground::new(&campaign, &roster, as_of), authority: Authority::Unit })
}

/// `@上期结转 前次.csv 2` makes that file the ledger of an earlier drive, of which two hazards are expected.
fn carried_name(text: &str) -> Option<(&str, &str)> {
    text.lines().find_map(|line| line.strip_prefix("@上期结转 ")?.split_once(' '))
}

pub fn readings(text: &str, basis: &ReadingBasis<'_>) -> Vec<FileReading> {
    let read = |example: ExampleFile| {
        let mut reading = match containers::kind(&example.file.bytes) {
            Some(kind) => {
                let opened = containers::open(kind, &example.file.bytes);
                let letter = &opened.mails.first().expect("the containers of the examples are mails").letter;
                read_letter(example.file.name.clone(), letter, &Beside::default(), &Arc::default(), basis)
            }
            None => read_file(&example.file, basis),
        };
        if example.reader_fails {
            reading.content = Err(Unreadable { reason: UnreadableReason::ReaderFailed, detail: "示例".to_owned() });
        }
        reading
    };
    files(text).into_iter().map(read).collect()
}

/// Everything that the files of a text raise.
pub fn tables(text: &str) -> Vec<Diagnostic> {
    with_basis(text, |basis| {
        if text.starts_with("--- submissions.csv\n") {
            return files(text)
                .iter()
                .flat_map(|log| read_submission_log(&log.file, basis.ground.campaign, basis.ground.roster).diagnostics)
                .collect();
        }
        if text.starts_with("--- tasks.csv\n") {
            return files(text).iter().flat_map(|log| read_task_log(&log.file, basis.ground.campaign).diagnostics).collect();
        }
        if text.starts_with("--- contacts.csv\n") {
            return files(text)
                .iter()
                .flat_map(|file| read_contacts(&file.file, basis.ground.campaign, basis.ground.roster).diagnostics)
                .collect();
        }
        if text.starts_with("--- notices.csv\n") {
            return files(text)
                .iter()
                .flat_map(|file| read_letters(&file.file, basis.ground.campaign, basis.ground.roster).diagnostics)
                .collect();
        }
        readings(text, basis).iter().flat_map(|reading| check_file(reading, basis.ground)).collect()
    })
}

/// Files of an example that are the ledger merged into, and its sheets.
const OWN_SHEETS: [&str; 3] = ["台账.csv", "冲突.csv", "疑似重复.csv"];

fn ledger(text: &str) -> Vec<Diagnostic> {
    with_basis(text, |basis| {
        if let Some(order) = text.lines().next().and_then(|line| line.strip_prefix('@')).filter(|order| example_ledgers::is_order(order)) {
            return example_ledgers::run(order, text, basis);
        }
        let carried = carried_name(text).map(|(file, _)| file);
        let bureau = ReadingBasis { authority: Authority::Bureau, ..*basis };
        let own = |file: &str| OWN_SHEETS.contains(&file);
        let mut base = readings(text, &bureau).into_iter().find(|reading| *reading.file == *OWN_SHEETS[0]);
        if let Some(content) = base.as_mut().and_then(|base| base.content.as_mut().ok()) {
            let sheets = files(text).into_iter().filter(|file| own(&file.file.name)).filter_map(|file| tables::read(&file.file).ok());
            content.carried = read_carried(&sheets.flat_map(|workbook| workbook.sheets).collect::<Vec<_>>());
        }
        let mut cases = Cases::default();
        let decided = base.as_mut().map(|base| decide(base, &mut cases, &[], &bureau)).unwrap_or_default();
        let mut outcome = merge(MergeInputs {
            ground: basis.ground,
            base,
            carried: readings(text, &bureau).into_iter().find(|reading| Some(&*reading.file) == carried),
            files: readings(text, basis).into_iter().filter(|reading| Some(&*reading.file) != carried && !own(&reading.file)).collect(),
            received: None,
            assigned: BTreeSet::new(),
            earlier_identities: Vec::new(),
            joined: cases.joined(),
            take_over: None,
            vacant: Default::default(),
        });
        outcome.questions = decided.questions;
        close_cases(&mut outcome, &cases);
        check_ledger(&LedgerContext { outcome: &outcome, ground: basis.ground, file: "ledger.xlsx" })
    })
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
        let ground = Ground::new(campaign, &roster, campaign.start);
        let context = CampaignContext { ground, file: "campaign.yaml", roster_file: "units.csv" };
        diagnostics.extend(check_campaign(&context));
    }
    diagnostics
}
