//! Tests that police the registry, and the one test that runs the examples of all rules.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::campaign::Ground;
use crate::campaign::read_campaign;
use crate::campaign::read_roster;
use crate::campaign::shipped;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::ALL;
use crate::rules::catalogue_page;
use crate::rules::check_campaign;
use crate::rules::examples;
use crate::rules::page;
use crate::rules::rule::CampaignContext;
use crate::rules::rule::Check;
use crate::rules::rule::Scope;
use crate::source::SourceFile;
use crate::source::cell_name;

#[test]
fn codes_are_unique_sorted_and_fit_their_scope() {
    for pair in ALL.windows(2) {
        assert!(pair[0].code < pair[1].code, "{} stands before {}", pair[0].code, pair[1].code);
    }
    for rule in ALL {
        let letter = match rule.scope {
            Scope::Campaign => 'C',
            Scope::Table => 'T',
            Scope::Record => 'R',
            Scope::Ledger => 'L',
        };
        let digits = rule.code.strip_prefix(letter).unwrap_or("");
        assert!(digits.len() == 3 && digits.chars().all(|digit| digit.is_ascii_digit()), "{}", rule.code);
    }
}

#[test]
fn names_are_kebab_case_and_unique() {
    let names: BTreeSet<&str> = ALL.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), ALL.len());
    for name in names {
        assert!(name.split('-').all(|part| !part.is_empty() && part.chars().all(|letter| letter.is_ascii_lowercase())), "{name}");
    }
}

#[test]
fn sections_are_complete() {
    for rule in ALL {
        for section in [rule.title, rule.finds, rule.matters, rule.remedy] {
            assert!(!section.is_empty() && !section.contains('\n'), "{}", rule.code);
        }
        for sentence in [rule.finds, rule.matters, rule.remedy] {
            assert!(sentence.ends_with('。'), "{}: {sentence}", rule.code);
        }
        assert!(!rule.title.ends_with('。'), "{}", rule.code);
    }
}

#[test]
fn every_rule_file_is_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let mut files = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("the folder of the rules") {
        let name = entry.expect("an entry of the folder").file_name().to_string_lossy().into_owned();
        let is_rule = name.len() > 5 && name.as_bytes()[1..4].iter().all(u8::is_ascii_digit);
        if is_rule {
            files.insert(name);
        }
    }
    let listed: BTreeSet<String> =
        ALL.iter().map(|rule| format!("{}_{}.rs", rule.code.to_lowercase(), rule.name.replace('-', "_"))).collect();
    assert_eq!(files, listed);
}

/// Whether a diagnostic stands at the place that an example promises: a line, a cell, or the whole file.
fn stands_at(diagnostic: &Diagnostic, place: &str) -> bool {
    match place {
        "" => diagnostic.place.row == 0,
        place => place == diagnostic.place.row.to_string() || place == cell_name(diagnostic.place.row, diagnostic.place.column),
    }
}

#[test]
fn bad_examples_raise_their_rule_and_good_ones_do_not() {
    let mut faults = Vec::new();
    for rule in ALL.iter().filter(|rule| !matches!(rule.check, Check::Retired)) {
        let bad = examples::run(rule, rule.bad.text);
        let own: Vec<&Diagnostic> = bad.iter().filter(|diagnostic| diagnostic.code == rule.code).collect();
        if own.is_empty() || !own.iter().all(|diagnostic| stands_at(diagnostic, rule.bad.place) && diagnostic.severity == rule.severity) {
            faults.push(format!("{} bad: {own:#?}", rule.code));
        }
        let foreign = bad.iter().filter(|diagnostic| diagnostic.code != rule.code && diagnostic.severity == Severity::Error);
        faults.extend(foreign.map(|diagnostic| format!("{} bad also raises {} {}", rule.code, diagnostic.code, diagnostic.message)));
        let good = examples::run(rule, rule.good.text);
        let raised = good.iter().filter(|diagnostic| diagnostic.code == rule.code || diagnostic.severity == Severity::Error);
        faults.extend(raised.map(|diagnostic| format!("{} good raises {} {}", rule.code, diagnostic.code, diagnostic.message)));
        for diagnostic in bad.iter().chain(&good) {
            if diagnostic.message.is_empty() || diagnostic.help.is_empty() {
                faults.push(format!("{}: a diagnostic without words: {diagnostic:?}", rule.code));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn pages_are_found_whatever_the_case() {
    assert!(page("c014").is_some_and(|page| page.starts_with("# C014 阶段重叠\n")));
    assert_eq!(page("C999"), None);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test compares a generated page, and rewrites it when told to")]
fn the_page_of_all_rules_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    if std::env::var("UPDATE").is_ok() {
        std::fs::write(&path, catalogue_page()).expect("docs can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == catalogue_page(), "docs/rules.md is out of date: run UPDATE=1 cargo test --lib rules::");
}

/// Code and key path of everything that the campaign rules find in a shipped campaign.
fn shipped_findings(name: &str) -> Vec<String> {
    let shipped = shipped().iter().find(|shipped| shipped.name == name).expect("a shipped campaign");
    let file = |name: &str, text: &str| SourceFile { name: Arc::from(name), bytes: text.as_bytes().to_vec() };
    let campaign = read_campaign(&file("campaign.yaml", shipped.yaml)).campaign.expect("it is read by a test of its own");
    let roster = read_roster(&file("units.csv", shipped.units_csv)).roster.expect("it is read by a test of its own");
    let context =
        CampaignContext { ground: Ground::new(&campaign, &roster, campaign.start), file: "campaign.yaml", roster_file: "units.csv" };
    check_campaign(&context).iter().map(|diagnostic| format!("{} {}", diagnostic.code, diagnostic.field)).collect()
}

#[test]
fn the_contradictions_of_the_wushen_plan_are_found() {
    assert_eq!(
        shipped_findings("wushen-2023"),
        [
            "C019 phases[0].start",
            "C025 phases[0].end",
            "C075 phases[2].name",
            "C022 phases[2].end",
            "C023 obligations",
            "C020 obligations[2].due",
            "C029 obligations[2].due",
            "C032 obligations[3].every",
            "C032 obligations[4].every",
            "C025 tasks[0].due",
            "C072 tasks[1].name",
        ]
    );
}
