use super::*;
use crate::campaign::Unit;
use crate::dates::DateReading;
use crate::ledger::Hazard;
use crate::results::three_lists::sample;
use crate::results::three_lists::three_lists;
use crate::vocabulary::Status;

/// Six hazards of three units, one overdue on the day, one closed out, one withdrawn.
fn ledger() -> Ledger {
    let mut hazards: Vec<Hazard> =
        [(1, 0), (2, 0), (1, 1), (2, 1), (1, 3), (2, 3)].map(|(number, unit)| sample::hazard(number, unit)).to_vec();
    hazards[1].deadline = DateReading::On(sample::day(7, 19));
    hazards[2].status = Status::ClosedOut;
    hazards[5].status = Status::Withdrawn;
    Ledger { hazards, extra_columns: Vec::new() }
}

/// Runs `check` on a source of this ledger and campaign as of 31 July.
fn with_source(campaign: &Campaign, ledger: &Ledger, check: impl FnOnce(ListSource<'_>)) {
    let overdue = sample::overdue(ledger, sample::day(7, 31));
    let tasks = sample::tasks(campaign, sample::day(7, 31));
    let lists = three_lists(campaign, ledger, &overdue, &tasks);
    check(ListSource { campaign, roster: &roster(), ledger, overdue: &overdue, lists: &lists });
}

/// One of the units, the health centre of the county town, is on the roster with its kind.
fn roster() -> Roster {
    Roster::new(vec![Unit {
        code: "W01".to_owned(),
        name: Arc::from("城关中心卫生院"),
        aliases: Vec::new(),
        kind: "卫生院".to_owned(),
        town: String::new(),
        above: String::new(),
        group: String::new(),
        contact: String::new(),
        phone: String::new(),
        line: 2,
    }])
}

fn lines(sheet: &Sheet<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let visited: Result<(), ()> = sheet.body.each(|_, row| {
        lines.push(row.cells.iter().map(Cell::shown).collect::<Vec<_>>().join("|"));
        Ok(())
    });
    assert_eq!(visited, Ok(()));
    lines
}

fn official<'s>(sheet: &'s Sheet<'_>) -> &'s Official {
    match &sheet.look {
        Look::Official(official) => official,
        Look::Plain | Look::Filtered(_) | Look::Charts(_) => panic!("the lists are official sheets"),
    }
}

const COMBINED: ListRequest = ListRequest { form: ListForm::Combined, full_phones: false };

#[test]
fn every_hazard_stands_in_all_three_and_tasks_in_two() {
    let (campaign, ledger) = (sample::campaign(2), ledger());
    with_source(&campaign, &ledger, |source| {
        let document = lists(source, ListRequest::default()).expect("the lists agree");
        let names: Vec<&str> = document.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(names, LIST_NAMES);
        let hazards = ["demo-001-0001", "demo-001-0002", "demo-002-0001", "demo-002-0002", "demo-004-0001"];
        assert_eq!(ids(&document.sheets[0]), hazards);
        let with_tasks: Vec<&str> = hazards.into_iter().chain(["demo-T01", "demo-T02"]).collect();
        assert_eq!(ids(&document.sheets[1]), with_tasks);
        assert_eq!(ids(&document.sheets[2]), with_tasks);
        assert!(lines(&document.sheets[1]).contains(&"方案确定的任务（2项）".to_owned()));
        let combined = lists(source, COMBINED).expect("the lists agree");
        assert_eq!(combined.sheets.len(), 1);
        assert_eq!(ids(&combined.sheets[0]), with_tasks);
    });
}

#[test]
fn links_lead_to_the_same_number_on_the_next_list() {
    let (campaign, ledger) = (sample::campaign(2), ledger());
    with_source(&campaign, &ledger, |source| {
        let document = lists(source, ListRequest::default()).expect("the lists agree");
        let mut links = 0;
        for sheet in &document.sheets {
            let visited: Result<(), ()> = sheet.body.each(|_, row| {
                for cell in &row.cells {
                    if let Cell::Link { text, sheet: target, row: line } = cell {
                        links += 1;
                        let there = &lines(&document.sheets[*target as usize])[*line as usize];
                        assert!(*target as usize != 0 || !text.contains("-T"), "tasks do not stand in 问题清单");
                        assert!(document.sheets[*target as usize].name != sheet.name, "a link leads elsewhere");
                        assert!(there.split('|').any(|cell| cell == text), "{text} → {there}");
                    }
                }
                Ok(())
            });
            assert_eq!(visited, Ok(()));
        }
        assert_eq!(links, 3 * 5 + 2 * 2);
    });
}

#[test]
fn overdue_rows_are_marked_in_words() {
    let (campaign, ledger) = (sample::campaign(0), ledger());
    with_source(&campaign, &ledger, |source| {
        for request in [ListRequest::default(), COMBINED] {
            for sheet in &lists(source, request).expect("the lists agree").sheets {
                let mut marks = Vec::new();
                let visited: Result<(), ()> = sheet.body.each(|_, row| {
                    marks.push((row.mark, row.cells.iter().any(|cell| cell.shown() == "▲逾期12天")));
                    Ok(())
                });
                assert_eq!(visited, Ok(()));
                use crate::documents::sheet::Mark;
                let soon = (Mark::DueSoon, false);
                assert_eq!(marks, [soon, (Mark::Overdue, true), (Mark::None, false), soon, soon], "{}", sheet.name);
                assert_eq!(official(sheet).notes[0], "列入清单的隐患共5条，其中一般5条；逾期1条、临期3条、已销号1条。");
            }
        }
    });
}

#[test]
fn phones_are_hidden_unless_asked_for() {
    let ledger = ledger();
    let mut campaign = sample::campaign(0);
    for (masked, full, hidden) in [(true, false, true), (true, true, false), (false, false, false)] {
        campaign.lists.phones_masked = masked;
        with_source(&campaign, &ledger, |source| {
            for form in [ListForm::ThreeSheets, ListForm::Combined] {
                let document = lists(source, ListRequest { form, full_phones: full }).expect("the lists agree");
                let all: String = document.sheets.iter().flat_map(lines).collect();
                assert_eq!(all.contains("13800001001"), !hidden, "{masked} {full}");
                assert_eq!(all.contains("138****1001"), hidden, "{masked} {full}");
            }
        });
    }
}

#[test]
fn pages_say_who_reports_and_who_signs() {
    let (campaign, ledger) = (sample::campaign(0), ledger());
    with_source(&campaign, &ledger, |source| {
        let document = lists(source, ListRequest::default()).expect("the lists agree");
        let page = official(&document.sheets[1]);
        assert_eq!(page.title, "某县卫健系统重大事故隐患专项排查整治2023行动任务清单");
        assert_eq!((page.left.as_str(), page.right.as_str()), ("填报单位（章）：某县卫生健康局", "截至日期：2023年7月31日"));
        assert_eq!(page.attachment.as_deref(), Some("附件3"));
        assert_eq!(page.signature, campaign.lists.footer);
    });
}

#[test]
fn an_empty_list_says_that_nothing_is_recorded() {
    let withdrawn = Ledger { hazards: vec![Hazard { status: Status::Withdrawn, ..sample::hazard(1, 0) }], extra_columns: Vec::new() };
    for (ledger, expected) in [
        (Ledger::default(), "截至2023年7月31日，台账中没有隐患记录"),
        (withdrawn, "截至2023年7月31日，台账中没有应列入清单的隐患记录（撤销的和此后发现的不列入）"),
    ] {
        let campaign = sample::campaign(1);
        with_source(&campaign, &ledger, |source| {
            let document = lists(source, ListRequest::default()).expect("the lists agree");
            assert_eq!(lines(&document.sheets[0]), [expected]);
            assert_eq!(lines(&document.sheets[1]).len(), 3);
            assert!(lists_by_unit(source, COMBINED).expect("the lists agree").is_empty());
            let of_unit = lists_of_unit(source, COMBINED, "北山镇卫生院").expect("the lists agree");
            assert_eq!(lines(&of_unit.sheets[0]), ["截至2023年7月31日，台账中没有本单位的隐患记录"]);
        });
    }
}

#[test]
fn units_get_their_own_hazards_and_tasks() {
    let (campaign, ledger) = (sample::campaign(2), ledger());
    with_source(&campaign, &ledger, |source| {
        let made = lists_by_unit(source, ListRequest::default()).expect("the lists agree");
        let stems: Vec<&str> = made.iter().map(|unit| unit.file_stem.as_str()).collect();
        assert_eq!(stems, ["城关中心卫生院_三清单", "河西区人民医院／南院区_三清单", "康宁,口腔诊所_三清单"]);
        let counted: Vec<usize> = made.iter().map(|unit| ids(&unit.document.sheets[2]).len()).collect();
        // The dental clinic supports both tasks of the plan.
        assert_eq!(counted, [2, 2, 1 + 2]);
        assert_eq!(official(&made[1].document.sheets[0]).left, "填报单位（章）：河西区人民医院/南院区");
        for unit in &made {
            let alone = lists_of_unit(source, ListRequest::default(), &unit.unit).expect("the lists agree");
            assert_eq!(lines(&alone.sheets[2]), lines(&unit.document.sheets[2]));
        }
    });
}

#[test]
fn a_kind_of_units_that_every_task_binds_gets_every_task() {
    let (mut campaign, ledger) = (sample::campaign(2), ledger());
    campaign.universal = vec!["卫生院".to_owned()];
    with_source(&campaign, &ledger, |source| {
        let made = lists_by_unit(source, ListRequest::default()).expect("the lists agree");
        let counted: Vec<usize> = made.iter().map(|unit| ids(&unit.document.sheets[2]).len()).collect();
        assert_eq!(counted, [2 + 2, 2, 1 + 2]);
    });
}

#[test]
fn lists_that_differ_are_refused() {
    let (campaign, ledger) = (sample::campaign(0), ledger());
    let overdue = sample::overdue(&ledger, sample::day(7, 31));
    let mut damaged = three_lists(&campaign, &ledger, &overdue, &sample::tasks(&campaign, sample::day(7, 31)));
    damaged.hazards[1].item = 99;
    let source = ListSource { campaign: &campaign, roster: &roster(), ledger: &ledger, overdue: &overdue, lists: &damaged };
    let refused = lists(source, ListRequest::default()).map(|_| ());
    assert!(refused.is_err());

    let sheet =
        Sheet { name: "问题清单".to_owned(), hidden: false, look: Look::Plain, columns: Vec::new(), body: Body::Rows(Vec::new()) };
    for (expected, found, position) in [
        (vec!["a", "b"], vec!["a", "b"], None),
        (vec!["a", "b"], vec!["a", "c"], Some(2)),
        (vec!["a"], vec!["a", "b"], Some(2)),
        (vec!["a", "b"], vec!["a"], Some(2)),
        (vec!["a", "b"], vec!["b", "a"], Some(1)),
    ] {
        let expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
        let found: Vec<String> = found.into_iter().map(str::to_owned).collect();
        let told = match compare(expected.iter(), &found, &sheet.name) {
            Ok(()) => None,
            Err(Imbalance::Lists { position, .. }) => Some(position),
            Err(other) => panic!("{other}"),
        };
        assert_eq!(told, position, "{expected:?} {found:?}");
    }
}
