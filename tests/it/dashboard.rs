//! The dashboard as bytes: every number is the figure it says, nothing is asked of the network, strangers' texts are harmless, and a
//! thousand units stay small.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use chrono::Days;
use chrono::NaiveDate;
use qingdan::campaign::Campaign;
use qingdan::campaign::Ground;
use qingdan::campaign::Roster;
use qingdan::campaign::read_campaign;
use qingdan::campaign::read_roster;
use qingdan::documents::cross_check;
use qingdan::documents::cross_check::Disagreement;
use qingdan::documents::dashboard::dashboard;
use qingdan::documents::statistics::StatisticsSource;
use qingdan::ledger::Ledger;
use qingdan::ledger::Mentions;
use qingdan::ledger::MergeInputs;
use qingdan::ledger::merge;
use qingdan::records::Authority;
use qingdan::records::ReadingBasis;
use qingdan::records::read_file;
use qingdan::render::html::html;
use qingdan::render::html::marked;
use qingdan::results::LetterStandings;
use qingdan::results::figures::Dimension;
use qingdan::results::figures::FigureInputs;
use qingdan::results::figures::Figures;
use qingdan::results::figures::Measure;
use qingdan::results::figures::ReportKind;
use qingdan::results::figures::figures;
use qingdan::results::figures::report_period;
use qingdan::results::obligations;
use qingdan::results::per_cent;
use qingdan::source::SourceFile;

const HOSTILE: [&str; 5] = [
    "<script>alert(1)</script>诊所",
    "\"><img src=x onerror=alert(1)>'&amp;卫生院",
    "甲\u{202E}院生卫\u{202C}镇{{ 7 * 7 }}{% raw %}",
    "</table></style><b data-figure=\"totals.total\">999</b>站",
    "VeryLongNameWithoutAnySpaceVeryLongNameWithoutAnySpaceVeryLongNameWithoutAnySpace医院",
];

struct Case {
    campaign: Campaign,
    roster: Roster,
    ledger: Ledger,
    figures: Figures,
}

fn file(name: &str, text: &str) -> SourceFile {
    SourceFile { name: Arc::from(name), bytes: text.as_bytes().to_vec() }
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, month, day).expect("a day of the calendar")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// So many units with `each` hazards, found one after the other through the summer.
fn case(units: usize, each: usize, description: &str) -> Case {
    let campaign = "campaign: demo-2023\ntitle: 某县卫生健康系统重大事故隐患专项排查整治\nissuer: 某县卫生健康局\n\
        period: {start: 2023-05-20, end: 2023-12-31}\nunits: units.csv\n\
        categories:\n  - {id: fire, name: 消防安全, items: [{text: 疏散通道不畅}]}\n  - {id: power, name: 用电安全, items: [{text: 私拉电线}]}\n\
        obligations:\n  - {id: weekly, name: 周统计, from: units, every: 每周五17:00前, start: 2023-05-21, fulfilled_by: ledger}\n\
        escalation: [{after: 1d, step: 提醒敦促函}, {after: 30d, step: 挂牌督办通知书}]\n";
    let campaign = read_campaign(&file("campaign.yaml", campaign)).campaign.expect("a campaign");
    let name = |unit: usize| HOSTILE.get(unit).map_or_else(|| format!("第{unit}中心卫生院（社区服务站）"), |name| (*name).to_owned());
    let mut roster = "编码,单位名称,乡镇\n".to_owned();
    let mut ledger = "编号,单位名称,类别,隐患描述,等级,发现日期,整改期限,状态,整改完成日期,销号日期\n".to_owned();
    for unit in 0..units {
        writeln!(roster, "U{unit:04},{},第{}镇", quoted(&name(unit)), unit % 20).expect("memory");
        for number in 0..each {
            let place = unit * each + number;
            let found = day(5, 25) + Days::new((place % 70) as u64);
            let deadline = found + Days::new(15);
            let (status, rectified, closed) = match place % 5 {
                0 => ("已销号", (found + Days::new(9)).to_string(), (found + Days::new(20)).to_string()),
                1 => ("已整改", (found + Days::new(18)).to_string(), String::new()),
                _ => ("待整改", String::new(), String::new()),
            };
            let level = ["一般", "一般", "一般", "重大", ""][place % 5];
            let category = ["消防安全", "用电安全", "别的", ""][place % 4];
            writeln!(
                ledger,
                "demo-2023-U{unit:04}-{number:03},{},{category},{},{level},{found},{deadline},{status},{rectified},{closed}",
                quoted(&name(unit)),
                quoted(&format!("{description}{place}")),
            )
            .expect("memory");
        }
    }
    let roster = read_roster(&file("units.csv", &roster)).roster.expect("a roster");
    let basis = ReadingBasis { ground: Ground::new(&campaign, &roster, campaign.start), authority: Authority::Bureau };
    let base = Some(read_file(&file("ledger.csv", &ledger), &basis));
    let inputs = MergeInputs {
        ground: Ground::new(&campaign, &roster, campaign.start),
        base,
        carried: None,
        files: Vec::new(),
        received: None,
        assigned: Default::default(),
        earlier_identities: Vec::new(),
        joined: std::collections::BTreeMap::new(),
        take_over: None,
        vacant: Default::default(),
    };
    let ledger = merge(inputs).ledger;
    assert_eq!(ledger.hazards.len(), units * each, "every hazard was read");
    let as_of = day(8, 15);
    let duties = obligations(&[], Ground::new(&campaign, &roster, as_of));
    let known = |day: NaiveDate| Ledger {
        hazards: (ledger.hazards.iter())
            .filter(|hazard| !matches!(hazard.found_on, qingdan::dates::DateReading::On(found) if found > day))
            .cloned()
            .collect(),
        extra_columns: Vec::new(),
    };
    let figures = figures(FigureInputs {
        ground: Ground::new(&campaign, &roster, as_of),
        period: report_period(&campaign, ReportKind::Monthly, as_of),
        ledger: &ledger,
        before: &known(day(7, 31)),
        long_before: &known(day(6, 30)),
        obligations: &duties,
        mentions: &Mentions::default(),
    });
    assert_eq!(figures.discrepancies(), []);
    Case { campaign, roster, ledger, figures }
}

fn page(case: &Case) -> String {
    let Case { campaign, roster, ledger, figures } = case;
    let bytes = html(&dashboard(StatisticsSource { campaign, roster, ledger, figures, letters: &LetterStandings::default() }))
        .expect("the template fits");
    String::from_utf8(bytes).expect("UTF-8")
}

/// The tags of the page in order, without those of script and style; `<a b="c">` as `a b="c"`.
fn tags(page: &str) -> Vec<&str> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, after) = after.split_once('>').expect("every tag is closed");
        tags.push(tag);
        rest = match tag {
            "script" | "style" => &after[after.find("</").expect("closed")..],
            _ => after,
        };
    }
    tags
}

/// The check that every page passes before it is handed out.
fn disagreements(page: &str, figures: &Figures) -> Vec<Disagreement> {
    cross_check::page(figures, marked(page).iter().map(|number| (number.key.as_str(), number.shown.as_str())))
}

#[test]
fn every_number_is_the_figure_that_it_says() {
    let case = case(8, 6, "疏散通道堆放杂物");
    let page = page(&case);
    let shown: BTreeMap<String, String> = marked(&page).into_iter().map(|marked| (marked.key, marked.shown)).collect();
    let figures = &case.figures;
    let rate = |part: u32, whole: u32| per_cent(part, whole).map_or_else(|| "—".to_owned(), |rate| format!("{rate:.1}%"));
    let mut expected: Vec<(String, String)> = Vec::new();
    let mut expect = |key: String, number: String| expected.push((key, number));
    let totals = &figures.totals;
    for measure in [
        Measure::Total,
        Measure::CarriedOver,
        Measure::New,
        Measure::ClosedInPeriod,
        Measure::OpenAtEnd,
        Measure::Overdue,
        Measure::MajorOpen,
    ] {
        expect(format!("totals.{}", measure.key()), totals.of(measure).to_string());
    }
    expect("totals.rates.rectified".to_owned(), rate(totals.of(Measure::Rectified), totals.of(Measure::Total)));
    expect("totals.rates.rectified_in_time".to_owned(), rate(totals.of(Measure::RectifiedInTime), totals.of(Measure::FallenDue)));
    let before = &figures.previous.as_ref().expect("a month before").1;
    expect("previous.total".to_owned(), before.of(Measure::Total).to_string());
    for measure in [Measure::Total, Measure::New, Measure::Overdue] {
        let change = i64::from(totals.of(measure)) - i64::from(before.of(measure));
        expect(format!("change.{}", measure.key()), format!("{change:+}").replace("+0", "0").replace('-', "−"));
    }
    for (row, number) in figures.rows(Dimension::Unit).iter().zip(1..) {
        expect(format!("by.unit.{number}.total"), row.counts.of(Measure::Total).to_string());
        expect(format!("by.unit.{number}.overdue"), row.counts.of(Measure::Overdue).to_string());
        expect(format!("by.unit.{number}.rates.rectified"), rate(row.counts.of(Measure::Rectified), row.counts.of(Measure::Total)));
        expect(format!("by.unit.{number}.duties.missing"), figures.unit_duties[number - 1].missing.to_string());
    }
    for (row, number) in figures.rows(Dimension::Category).iter().zip(1..) {
        expect(format!("by.category.{number}.closed"), row.counts.of(Measure::Closed).to_string());
    }
    for (duty, number) in figures.duties.iter().zip(1..) {
        expect(format!("duties.{number}.missing"), duty.missing.to_string());
        expect(format!("duties.{number}.rates.reported"), rate(duty.came().part, duty.owed));
    }
    for (point, number) in figures.series.iter().zip(1..) {
        expect(format!("series.{number}.overdue"), point.overdue.to_string());
    }
    let most = figures.overdue.items.iter().filter_map(|item| item.days.filter(|_| item.state as usize == 0)).max();
    expect("overdue.1.days".to_owned(), most.expect("something is overdue").to_string());
    assert!(figures.duties.len() > 1 && figures.series.len() > 5);
    for (key, number) in expected {
        assert_eq!(shown.get(&key), Some(&number), "{key}");
    }
    assert_eq!(disagreements(&page, figures), []);
    let damaged = page.replacen("data-figure=\"totals.new\">", "data-figure=\"totals.new\">1", 1);
    let told = disagreements(&damaged, figures);
    assert!(told.len() == 1 && told[0].figure == "totals.new", "{told:?}");
}

#[test]
fn the_page_needs_nothing_but_itself() {
    let page = page(&case(8, 6, "https://example.invalid/a.png "));
    for tag in tags(&page) {
        for attribute in ["src=", "srcset=", "action=", "@import", "xlink", "style="] {
            assert!(!tag.contains(attribute), "{tag}");
        }
        if let Some((_, target)) = tag.split_once("href=\"") {
            assert!(target.starts_with('#') || target.starts_with("data:,"), "{tag}");
        }
    }
    let (style, script) = (between(&page, "<style>", "</style>"), between(&page, "<script>", "</script>"));
    for ours in [style, script] {
        for word in ["http", "@import", "@font-face", "fetch(", "XMLHttp", "innerHTML", "eval("] {
            assert!(!ours.contains(word), "{word}");
        }
    }
    assert!(page.contains("default-src 'none'"));
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"zh-CN\">"));
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.split_once(start).and_then(|(_, rest)| rest.split_once(end)).expect("both are there").0
}

#[test]
fn tags_are_closed_in_order_and_names_lead_somewhere() {
    let page = page(&case(8, 6, "疏散通道堆放杂物"));
    // The ends of cells and rows in the bodies of tables are left out.
    let void = ["!DOCTYPE", "meta", "link", "td"];
    let mut is_body = false;
    let mut open: Vec<&str> = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    let mut targets: Vec<&str> = Vec::new();
    let mut headings = 0;
    for tag in tags(&page) {
        let name = tag.split([' ', '\n']).next().expect("a name");
        is_body = name == "tbody" || is_body && name != "/tbody";
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        headings += usize::from(name == "h1");
        let value =
            |attribute: &str| tag.split_once(&format!(" {attribute}=\"")).and_then(|(_, rest)| rest.split_once('"')).map(|found| found.0);
        names.extend(value("id"));
        targets.extend(value("aria-labelledby").into_iter().flat_map(str::split_whitespace));
        targets.extend(value("href").and_then(|target| target.strip_prefix('#')));
        if name == "svg" {
            assert!(tag.contains("role=\""), "{tag}");
        }
        let is_left_open = void.contains(&name) || is_body && matches!(name, "tr" | "th");
        if !is_left_open && !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
    assert_eq!(headings, 1);
    for target in targets {
        assert!(names.contains(&target), "{target}");
    }
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "a name stands once");
    let tables = tags(&page).iter().filter(|tag| tag.starts_with("table ")).count();
    assert_eq!(tables, tags(&page).iter().filter(|tag| tag.starts_with("caption ")).count());
}

#[test]
fn texts_of_strangers_stay_texts() {
    let case = case(8, 6, "13800001001，999999199001010000<img src=x onerror=alert(1)>");
    let page = page(&case);
    for word in [
        "<script>alert",
        "<img",
        "onerror=alert(1)>",
        "\u{202E}",
        "{{ 49",
        "<b data-figure=\"totals.total\">999",
        "13800001001",
        "199001010000",
    ] {
        assert!(!page.contains(word), "{word}");
    }
    assert_eq!(tags(&page).iter().filter(|tag| **tag == "script").count(), 1);
    for word in ["&lt;script&gt;alert(1)", "{{ 7 * 7 }}", "138****1001", "9999**************"] {
        assert!(page.contains(word), "{word}");
    }
    assert_eq!(disagreements(&page, &case.figures), []);
}

#[test]
fn a_thousand_units_stay_small_and_come_out_the_same() {
    let description =
        "门诊楼二层疏散通道堆放杂物影响应急疏散且安全出口指示标志损坏灭火器压力不足未及时更换配电箱前堆放可燃物品需要立即清理";
    let case = case(1000, 3, description);
    let page = page(&case);
    assert!(page.len() < 300_000, "{} bytes", page.len());
    let table = |key: &str| between(&page, &format!("<tbody data-figure={key}>"), "</tbody>").matches("<tr ").count();
    assert_eq!(table("by.unit"), 1000);
    assert_eq!(table("overdue"), 300);
    let unlisted = case.figures.totals.of(Measure::Overdue) - 300;
    assert!(page.contains(&format!("<b data-figure=\"overdue.unlisted\">{unlisted}</b>")));
    assert_eq!(disagreements(&page, &case.figures), []);
    assert_eq!(page, self::page(&case));
}

#[test]
fn an_empty_campaign_has_a_page_too() {
    let case = case(0, 0, "");
    let page = page(&case);
    assert!(page.contains("没有逾期未改的隐患"));
    assert!(page.contains("data-figure=\"totals.total\">0<"));
    assert_eq!(disagreements(&page, &case.figures), []);
}
