//! A city of six counties with twenty facilities each: every figure by county is the sum of its facilities.

use serde_json::Value;

use crate::workspace::Workspace;

const COUNTIES: usize = 6;
const FACILITIES: usize = 20;

const CAMPAIGN: &str = "\
campaign: city-2023
title: 清江市医疗机构安全专项整治
issuer: 清江市卫生健康委员会
issued: 2023-05-22
period: {start: 2023-05-25, end: 2023-12-31}
units: units.csv
obligations:
  - {id: ledger, name: 隐患台账, from: 医院, every: 每月15日前, start: 2023-06-01, fulfilled_by: ledger}
  - {id: counts, name: 检查情况统计表, from: 医院, every: 每月15日前, start: 2023-06-01, fulfilled_by: {form: counts}}
forms:
  - {id: counts, title: 检查情况统计表, columns: [{key: checked, title: 检查家次, unit: 家次}, {key: found, title: 发现隐患, unit: 项, equals: total}, {key: done, title: 已整改, unit: 项, part_of: found, equals: rectified}]}
";

/// What facility `facility` of county `county` has: hazards, of them rectified, visits.
fn has(county: usize, facility: usize) -> (usize, usize, usize) {
    let found = (county * 7 + facility * 3) % 5;
    (found, found.min((county + facility) % 4), county + facility * 2)
}

fn name(county: usize, facility: usize) -> String {
    format!("清江{}县第{}医院", county + 1, facility + 1)
}

/// Of the last facility of each county nothing came; the first county sends for its own.
fn city() -> Workspace {
    let mut roster = "编码,单位名称,类别,上级单位\n".to_owned();
    (0..COUNTIES).for_each(|county| roster.push_str(&format!("C{county},清江{}县卫生健康局,县区,\n", county + 1)));
    let mut files = vec![("campaign.yaml".to_owned(), CAMPAIGN.to_owned())];
    for county in 0..COUNTIES {
        let (mut ledger, mut counts) = ("单位名称,隐患描述,等级,发现日期,整改期限,状态,整改完成日期\n".to_owned(), String::new());
        counts.push_str("单位名称,检查家次（家次）,发现隐患（项）,已整改（项）\n");
        for facility in 0..FACILITIES {
            roster.push_str(&format!("F{county}{facility:02},{},医院,C{county}\n", name(county, facility)));
            if facility + 1 == FACILITIES {
                continue;
            }
            let (found, done, visits) = has(county, facility);
            let unit = name(county, facility);
            for hazard in 0..found {
                let state = if hazard < done { "已整改,2023-06-20" } else { "待整改," };
                ledger.push_str(&format!("{unit},{}楼配电箱未上锁,一般,2023-06-12,2023-06-27,{state}\n", hazard + 1));
            }
            if found == 0 {
                ledger.push_str(&format!("{unit},无隐患,,,,,\n"));
            }
            counts.push_str(&format!("{unit},{visits},{found},{done}\n"));
        }
        let sender = format!("清江{}县卫生健康局", county + 1);
        files.push((format!("inbox/{sender}-台账-20230714.csv"), ledger));
        files.push((format!("inbox/{sender}-统计表-20230714.csv"), counts));
    }
    files.push(("units.csv".to_owned(), roster));
    Workspace::with(&files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
}

fn answer(city: &Workspace, words: &[&str]) -> Value {
    let run = city.run(&[words, &["--as-of", "2023-07-16", "--format", "json"]].concat());
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{words:?}: {error}\n{}{}", run.out, run.err))
}

/// The numbers below these keys, wherever they stand.
fn numbers(value: &Value, path: &str, into: &mut Vec<(String, i64)>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| numbers(value, &format!("{path}.{key}"), into)),
        Value::Number(number) => into.extend(number.as_i64().map(|number| (path.to_owned(), number))),
        _ => {}
    }
}

fn assert_sum(parent: &Value, parts: &[&Value]) {
    let mut whole = Vec::new();
    numbers(parent, "", &mut whole);
    assert!(!whole.is_empty(), "{parent}");
    for (path, number) in whole {
        let of = |part: &&Value| {
            let mut found = Vec::new();
            numbers(part, "", &mut found);
            found.into_iter().find(|(own, _)| *own == path).map_or(0, |(_, number)| number)
        };
        assert_eq!(parts.iter().map(of).sum::<i64>(), number, "{path}");
    }
}

#[test]
fn every_figure_by_county_is_the_sum_of_its_facilities() {
    let city = city();
    city.run(&["merge", "--as-of", "2023-07-16"]);
    let report = answer(&city, &["report", "summary"]);
    let parents = report["by_parent"].as_array().expect("rows by county");
    assert_eq!(parents.len(), COUNTIES);
    let units = report["by"]["unit"].as_array().expect("rows by unit");
    for (county, parent) in parents.iter().enumerate() {
        let own: Vec<&Value> = parent["units"].as_array().expect("units").iter().collect();
        assert_eq!(own.len(), FACILITIES + 1);
        let parts: Vec<&Value> = units.iter().filter(|unit| own.contains(&&unit["name"])).collect();
        for key in ["counts", "duties"] {
            assert_sum(&parent[key], &parts.iter().map(|part| &part[key]).collect::<Vec<_>>());
        }
        let expected: usize = (0..FACILITIES - 1).map(|facility| has(county, facility).0).sum();
        assert_eq!(parent["counts"]["total"], expected, "county {county}");
    }
    assert_sum(&report["totals"], &parents.iter().map(|parent| &parent["counts"]).collect::<Vec<_>>());
    let mut ranks: Vec<i64> = parents.iter().filter_map(|parent| parent["rank"].as_i64()).collect();
    ranks.sort_unstable();
    assert_eq!((ranks.len(), ranks[0]), (COUNTIES, 1));
}

#[test]
fn whoever_is_missing_is_missing_in_the_county_too() {
    let city = city();
    let submissions = answer(&city, &["submissions"]);
    for period in submissions["obligations"].as_array().expect("periods").iter().filter(|period| period["latest"] == true) {
        let parents = period["by_parent"].as_array().expect("rows by county");
        assert_eq!(parents.len(), COUNTIES);
        for parent in parents {
            assert_eq!((&parent["owed"], &parent["by_state"]["missing"]), (&FACILITIES.into(), &1.into()), "{parent}");
        }
        assert_sum(&period["by_state"], &parents.iter().map(|parent| &parent["by_state"]).collect::<Vec<_>>());
    }
}

#[test]
fn counts_by_county_are_the_sums_of_what_was_sent_and_agree_with_the_ledger() {
    let city = city();
    city.run(&["merge", "--as-of", "2023-07-16"]);
    let form = answer(&city, &["forms", "counts"]);
    let parents = form["by_parent"].as_array().expect("rows by county");
    for (county, parent) in parents.iter().enumerate() {
        let sum = |pick: fn((usize, usize, usize)) -> usize| (0..FACILITIES - 1).map(|facility| pick(has(county, facility))).sum::<usize>();
        assert_eq!((&parent["found"], &parent["done"]), (&sum(|own| own.0).into(), &sum(|own| own.1).into()), "county {county}");
        assert_eq!(parent["checked"], sum(|own| own.2), "county {county}");
    }
    assert_eq!(form["missing"].as_array().map(Vec::len), Some(COUNTIES));
    assert_eq!((&form["compared"], form["differences"].as_array().map(Vec::len)), (&true.into(), Some(0)));
}
