//! What the five source plans ask for, and where the shipped campaigns answer it: every row of `inventory.csv` stands
//! in the campaign file that it belongs to, and every contradiction that a program can see is found at its place.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use qingdan::campaign::Ground;
use qingdan::campaign::Shipped;
use qingdan::campaign::read_campaign;
use qingdan::campaign::read_roster;
use qingdan::campaign::shipped;
use qingdan::diagnostic::Diagnostic;
use qingdan::rules::check_campaign;
use qingdan::rules::rule::CampaignContext;
use qingdan::source::SourceFile;

/// Which plan the first part of an id means.
const PLANS: [(&str, &str); 5] =
    [("S000", "four-topics-2020"), ("S001", "jinshan-2021"), ("S002", "winter-2023"), ("S003", "wushen-2023"), ("S004", "zhudao-2020")];

/// The line of a campaign file from which on it lists what no program can check.
const UNCHECKED: &str = "# 机器无法检查：";

/// One row of the list.
struct Row {
    id: String,
    /// What is found, as `rule@key path`; `不查` for what no program can check; empty for what the file merely says.
    found: Vec<String>,
}

impl Row {
    fn is_unchecked(&self) -> bool {
        self.found == ["不查"]
    }

    fn is_contradiction(&self) -> bool {
        self.id.contains("-F")
    }

    fn plan(&self) -> &'static Shipped {
        let name = PLANS.iter().find(|(prefix, _)| self.id.starts_with(prefix)).map(|(_, name)| *name);
        shipped().iter().find(|shipped| Some(shipped.name) == name).expect("every prefix has its campaign")
    }
}

fn rows() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inventory.csv");
    let text = std::fs::read_to_string(path).expect("the list is there");
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let [id, gist, found] = cells.as_slice() else { panic!("three cells, no more: {line}") };
        assert!(!gist.is_empty(), "{id} says nothing");
        Row { id: (*id).to_owned(), found: found.split_whitespace().map(str::to_owned).collect() }
    };
    text.lines().skip(1).map(row).collect()
}

/// Whether an id stands in a text, and not merely as the beginning of a longer one.
fn names(text: &str, id: &str) -> bool {
    text.match_indices(id).any(|(at, _)| !text[at + id.len()..].starts_with(|next: char| next.is_ascii_digit()))
}

/// The parts of a campaign file: what a key stands beside or below, and what no program can check.
fn parts(yaml: &str) -> (&str, &str) {
    yaml.split_once(UNCHECKED).unwrap_or((yaml, ""))
}

/// Everything that is found in a campaign text: by its reader, then by the rules.
fn findings(yaml: &str, units_csv: &str) -> Vec<Diagnostic> {
    let file = |name: &str, text: &str| SourceFile { name: Arc::from(name), bytes: text.as_bytes().to_vec() };
    let reading = read_campaign(&file("campaign.yaml", yaml));
    let campaign = reading.campaign.expect("a shipped campaign can be read");
    let roster = read_roster(&file("units.csv", units_csv)).roster.expect("a shipped roster can be read");
    let context =
        CampaignContext { ground: Ground::new(&campaign, &roster, campaign.start), file: "campaign.yaml", roster_file: "units.csv" };
    let mut found = reading.diagnostics;
    found.extend(check_campaign(&context));
    found
}

#[test]
fn the_list_is_whole() {
    let rows = rows();
    let ids: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!((rows.len(), ids.len()), (133, 133));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &rows {
        *counts.entry(&row.id[..4]).or_default() += 1;
    }
    assert_eq!(counts.into_values().collect::<Vec<_>>(), [39, 15, 31, 31, 17]);
}

#[test]
fn every_row_stands_in_its_campaign() {
    let (mut fields, mut unchecked, mut missing) = (0, 0, Vec::new());
    for row in rows() {
        let plan = row.plan();
        let (said, not_checked) = parts(plan.yaml);
        // Before the first key stands the list of contradictions; a row that is none stands beside a key.
        let keys = said.split_once("\ncampaign:").map_or("", |(_, keys)| keys);
        let stands = match (row.is_unchecked(), row.is_contradiction()) {
            (true, _) => names(not_checked, &row.id),
            (false, true) => names(said, &row.id) && !names(not_checked, &row.id),
            (false, false) => names(keys, &row.id) && !names(not_checked, &row.id),
        };
        if row.is_unchecked() {
            unchecked += 1
        } else {
            fields += 1
        }
        if !stands {
            missing.push(format!("{} in {}", row.id, plan.name));
        }
        for other in shipped().iter().filter(|other| other.name != plan.name && names(other.yaml, &row.id)) {
            missing.push(format!("{} stands in {}, too", row.id, other.name));
        }
    }
    println!("{fields} rows are said by a campaign file, {unchecked} are named as beyond checking");
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert_eq!((fields, unchecked), (122, 11));
}

#[test]
fn contradictions_are_found_at_their_place() {
    let (mut contradictions, mut visible, mut missing) = (0, 0, Vec::new());
    let found: BTreeMap<&str, Vec<Diagnostic>> =
        shipped().iter().map(|shipped| (shipped.name, findings(shipped.yaml, shipped.units_csv))).collect();
    for row in rows() {
        contradictions += usize::from(row.is_contradiction());
        if row.is_unchecked() || row.found.is_empty() {
            continue;
        }
        visible += 1;
        for wanted in &row.found {
            let (code, path) = wanted.split_once('@').expect("rule@key path");
            let diagnostic = found[row.plan().name].iter().find(|diagnostic| diagnostic.code == code && diagnostic.field == path);
            // What is not written has no line: a plan without phases or without reports.
            let has_line = diagnostic.is_some_and(|diagnostic| diagnostic.place.row > 0 || ["C017", "C018"].contains(&code));
            if !has_line {
                missing.push(format!("{} {wanted}", row.id));
            }
        }
    }
    println!("{contradictions} contradictions, {visible} of them found");
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert_eq!((contradictions, visible), (49, 34));
}

/// S000-F3: the reports on the 29th end in January; moved to the end of February they would miss that month.
#[test]
fn a_february_without_its_29th_is_told_when_it_matters() {
    let plan = Row { id: "S000-F3".to_owned(), found: Vec::new() }.plan();
    let tells = |yaml: &str| {
        findings(yaml, plan.units_csv).iter().any(|diagnostic| diagnostic.code == "C033" && diagnostic.field.starts_with("obligations"))
    };
    let longer = plan.yaml.replace("until: 2021-01-31", "until: 2021-02-28");
    assert_ne!(longer, plan.yaml);
    assert!(!tells(plan.yaml) && tells(&longer));
}

/// The offices of the eighteen topics as the plan of Zhudao names them.
#[test]
fn the_eighteen_topics_have_their_offices() {
    let plan = shipped().iter().find(|shipped| shipped.name == "zhudao-2020").expect("it is shipped");
    let file = SourceFile { name: Arc::from("campaign.yaml"), bytes: plan.yaml.as_bytes().to_vec() };
    let campaign = read_campaign(&file).campaign.expect("a shipped campaign can be read");
    let topics = &campaign.tasks[..18];
    let leads = |office: &str| topics.iter().filter(|task| task.lead.as_deref() == Some(office)).count();
    let supports = |office: &str| topics.iter().filter(|task| task.supporting.iter().any(|name| name == office)).count();
    let leading = [("安监办", 4), ("重点项目办", 3), ("城建办", 2), ("交通办", 2), ("消防办", 1), ("渔安办", 1)];
    let leading = leading.into_iter().chain(["食安办", "统计站", "环保办", "文化站", "卫健办"].map(|office| (office, 1)));
    for (office, count) in leading {
        assert_eq!(leads(office), count, "{office}");
    }
    assert_eq!(supports("卫健办"), 3);
    let sizes: Vec<usize> = topics.iter().map(|task| task.supporting.len()).collect();
    assert_eq!(sizes, [10, 13, 7, 14, 5, 10, 2, 10, 6, 1, 5, 3, 4, 5, 1, 3, 2, 3]);
}
