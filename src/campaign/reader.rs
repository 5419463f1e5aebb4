//! Bytes of `campaign.yaml` → [`Campaign`], with all problems of the file in one run.
//!
//! Syntax errors are one at a time; everything else is collected. What a part means is read in
//! `schedule`, `content` and `settings`; here the head is read and the whole put together.

use chrono::NaiveDate;

use crate::campaign::content;
use crate::campaign::count_form;
use crate::campaign::decoding;
use crate::campaign::events;
use crate::campaign::keys;
use crate::campaign::model::Campaign;
use crate::campaign::model::Stated;
use crate::campaign::model::SubmissionMode;
use crate::campaign::plan_date::Anchors;
use crate::campaign::plan_date::Edge;
use crate::campaign::problems::Problems;
use crate::campaign::problems::Report;
use crate::campaign::register_reader;
use crate::campaign::register_reader::Known;
use crate::campaign::schedule;
use crate::campaign::scoring;
use crate::campaign::settings;
use crate::campaign::shape;
use crate::campaign::syntax;
use crate::campaign::tree;
use crate::campaign::tree::Position;
use crate::campaign::tree::Tree;
use crate::campaign::view::View;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::source::SourceFile;

/// A campaign file as read.
#[derive(Debug, Clone)]
pub struct CampaignReading {
    /// `None` when the text is no YAML or a mandatory part cannot be read. With errors elsewhere the
    /// faulty parts are left out: do not work with it while `diagnostics` holds an error.
    pub campaign: Option<Campaign>,
    /// Problems of the file as such, by place. What the campaign says is checked by the rules.
    pub diagnostics: Vec<Diagnostic>,
    /// The text as decoded, for showing the lines that diagnostics name.
    pub text: String,
}

/// Reads a campaign file.
pub fn read_campaign(file: &SourceFile) -> CampaignReading {
    let mut problems = Problems::new(&file.name);
    let text = match decoding::decode(&file.bytes) {
        Ok(decoded) => {
            if decoded.encoding != "UTF-8" {
                problems.push(Position::default(), encoding_note(decoded.encoding));
            }
            decoded.text
        }
        Err(undecodable) => {
            problems.push(Position { line: undecodable.line, column: 1 }, undecodable_report());
            return CampaignReading { campaign: None, diagnostics: problems.into_sorted(), text: String::new() };
        }
    };
    let campaign = match tree::parse(&text) {
        Ok(tree) => read_tree(&tree, &mut problems),
        Err(error) => {
            let (position, message, help) = syntax::explain(&text, &error);
            problems.push(position, Report { code: "C001", severity: Severity::Error, field: String::new(), value: None, message, help });
            None
        }
    };
    CampaignReading { campaign, diagnostics: problems.into_sorted(), text }
}

/// The note that a hand-written file was not in UTF-8.
pub fn encoding_note(encoding: &'static str) -> Report {
    Report {
        code: "C007",
        severity: Severity::Note,
        field: String::new(),
        value: Some(encoding.to_owned()),
        message: format!("文件是 {encoding} 编码，已转换读取"),
        help: "能读，不必处理；若要一劳永逸，用记事本另存为 UTF-8".to_owned(),
    }
}

fn undecodable_report() -> Report {
    Report {
        code: "C001",
        severity: Severity::Error,
        field: String::new(),
        value: None,
        message: "文件不是文本，或编码不是 UTF-8、UTF-16、GB18030（GBK）".to_owned(),
        help: "用记事本打开，另存为 UTF-8 编码".to_owned(),
    }
}

fn read_tree(tree: &Tree, problems: &mut Problems) -> Option<Campaign> {
    for (key, position, first) in &tree.duplicates {
        problems.push(
            *position,
            Report {
                code: "C006",
                severity: Severity::Error,
                field: key.clone(),
                value: None,
                message: format!("“{key}”写了两遍，第 {first} 行已经有了"),
                help: "两处合成一处；列表请写成 [甲, 乙]".to_owned(),
            },
        );
    }
    let places = shape::check(&tree.root, &keys::CAMPAIGN, problems);
    let view = View { node: &tree.root, path: String::new() };
    let issued = view.date("issued", Edge::End, &Anchors::default(), problems);
    let period = read_period(&view, issued, problems);
    let events = events::events(&view, &Anchors { period, issued, events: &[] }, problems);
    let anchors = Anchors { period, issued, events: &events };

    // Every part is read before the mandatory ones are asked for, so that all problems are told.
    let phases = schedule::phases(&view, &anchors, problems);
    let obligations = schedule::obligations(&view, &phases, &anchors, problems);
    let tasks = content::tasks(&view, &anchors, problems);
    let reports = schedule::reports(&view, problems);
    let categories = content::categories(&view);
    let forms = count_form::forms(&view, problems);
    let known = Known { categories: &categories, tasks: &tasks, obligations: &obligations };
    let registers = register_reader::registers(&view, known, problems);
    let escalation = settings::escalation(&view, problems);
    let scoring = scoring::scoring(&view, &obligations, &places, problems);
    let stated = view.part("stated");
    let (start, end) = period?;
    Some(Campaign {
        code: view.code("campaign")?,
        title: view.text("title")?,
        issuer: view.text("issuer")?,
        document: view.text("document"),
        issued,
        basis: view.texts("basis"),
        start,
        end,
        stated: Stated {
            phases: stated.as_ref().and_then(|stated| stated.count("phases")),
            duration: stated.as_ref().and_then(|stated| stated.text("duration")),
        },
        units: view.text("units")?,
        calendar: view.text("calendar").filter(|calendar| calendar != "cn"),
        submissions: match view.text("submissions").as_deref() {
            Some("incremental") => SubmissionMode::Incremental,
            _ => SubmissionMode::Full,
        },
        units_may_close: view.flag("units_may_close").unwrap_or(false),
        carry_over: settings::carry_over(&view),
        contacts: settings::contacts(&view),
        phases,
        forms,
        accept_below: view.flag("accept_below").unwrap_or(false),
        events: events.clone(),
        obligations,
        categories,
        levels: settings::levels(&view),
        tasks,
        universal: view.texts("universal"),
        offices: content::offices(&view),
        groups: content::groups(&view),
        overdue: settings::overdue(&view),
        escalation,
        scoring,
        synonyms: settings::synonyms(&view),
        lists: settings::lists(&view, registers),
        reports,
        attachments: settings::attachments(&view),
        waive: settings::waivers(&view),
        places,
    })
}

fn read_period(view: &View<'_>, issued: Option<NaiveDate>, problems: &mut Problems) -> Option<(NaiveDate, NaiveDate)> {
    let part = view.part("period")?;
    let anchors = Anchors { period: None, issued, events: &[] };
    let (start, end) = part.span(&anchors, problems);
    for (key, word, day) in [("start", "开始", start), ("end", "结束", end)] {
        // A date that is written but unreadable has been reported already.
        let is_open = start.is_some() && key == "end";
        if day.is_none() && part.get(key).is_none() && (is_open || part.text_or_short("when").is_none()) {
            problems.push(
                part.position(),
                Report {
                    code: "C003",
                    severity: Severity::Error,
                    field: format!("period.{key}"),
                    value: None,
                    message: format!("起止日期缺少 {key}（{word}日期）"),
                    help: "写成 period: {start: 2023-05-20, end: 2023-12-31}".to_owned(),
                },
            );
        }
    }
    let (start, end) = (start?, end?);
    if end < start {
        problems.push(
            part.position(),
            Report {
                code: "C013",
                severity: Severity::Error,
                field: "period".to_owned(),
                value: Some(format!("{start} 至 {end}")),
                message: format!("起止日期颠倒：{start} 在 {end} 之后"),
                help: "核对年份；跨年的方案结束年份要加一".to_owned(),
            },
        );
        return None;
    }
    Some((start, end))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::ProptestConfig;
    use proptest::prelude::any;
    use proptest::prop_assert;
    use proptest::proptest;

    use super::CampaignReading;
    use super::read_campaign;
    use crate::campaign::shipped::shipped;
    use crate::source::SourceFile;
    use crate::vocabulary::Field;
    use crate::vocabulary::Level;
    use crate::vocabulary::Status;

    const HEAD: &str = "\
campaign: demo
title: 示例
issuer: 某县卫健委
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
";

    fn read(bytes: &[u8]) -> CampaignReading {
        read_campaign(&SourceFile { name: Arc::from("campaign.yaml"), bytes: bytes.to_vec() })
    }

    /// Code and place of every problem of a campaign with these lines after its five-line head.
    fn check(rest: &str, found: &[&str]) {
        let reading = read(format!("{HEAD}{rest}").as_bytes());
        let told: Vec<String> = reading
            .diagnostics
            .iter()
            .map(|diagnostic| format!("{} {}:{}", diagnostic.code, diagnostic.place.row, diagnostic.place.column))
            .collect();
        assert_eq!(told, found, "{rest}\n{:#?}", reading.diagnostics);
    }

    #[test]
    fn all_problems_are_told_at_once_each_at_its_place() {
        check(
            "phase: []\nobligations:\n  - {id: a b, name: 甲, time: 25:00, from: units}\n  - {name: 乙, dew: 2023-06-01}\nlevels: {major: {requires: [fund]}}\nsubmissions: 全量\nissuer: 又写\n",
            &["C002 6:1", "C004 8:10", "C004 8:30", "C003 9:5", "C002 9:15", "C061 10:29", "C004 11:14", "C006 12:1"],
        );
    }

    #[test]
    fn kinds_are_checked() {
        check("phases: 自查\n", &["C004 6:9"]);
        check("phases: {id: a}\n", &["C004 6:9"]);
        check("phases: [自查]\n", &["C004 6:10"]);
        check("phases: [~]\n", &["C004 6:10"]);
        check("title2: x\n", &["C002 6:1"]);
        check("units_may_close: 也许\n", &["C004 6:18"]);
        check("attachments: [{id: 一, title: 甲}]\n", &["C004 6:20"]);
        check("overdue: {due_soon: 十天, until: rectify}\n", &["C004 6:21", "C004 6:32"]);
        check("synonyms: {columns: {dead_line: [x]}}\n", &["C002 6:22"]);
        check("synonyms: {columns: [x]}\n", &["C004 6:21"]);
        check("groups: [{name: '', units: {a: b}}]\n", &["C004 6:17", "C004 6:28"]);
        check("phases: [{id: a, name: 甲, start: [2023-01-01]}]\n", &["C004 6:34"]);
    }

    #[test]
    fn hints_name_what_was_meant() {
        let reading = read(format!("{HEAD}phase: []\nreports: [{{kind: 周统计, every: 每周五}}]\n").as_bytes());
        let helps: Vec<&str> = reading.diagnostics.iter().map(|diagnostic| diagnostic.help.as_str()).collect();
        assert!(helps[0].contains("phases") && helps[1].contains("weekly"), "{helps:?}");
    }

    #[test]
    fn the_mandatory_part_decides_whether_there_is_a_campaign() {
        for missing in ["campaign", "title", "issuer", "period", "units"] {
            let lines: Vec<&str> = HEAD.lines().filter(|line| !line.starts_with(missing)).collect();
            let reading = read(lines.join("\n").as_bytes());
            assert!(reading.campaign.is_none() && reading.diagnostics.iter().any(|diagnostic| diagnostic.code == "C003"), "{missing}");
        }
        let reading = read(format!("{HEAD}phases: [{{id: a}}]\n").as_bytes());
        assert!(reading.campaign.is_some_and(|campaign| campaign.phases.is_empty()));
    }

    #[test]
    fn defaults_are_those_of_the_contract() {
        let campaign = read(HEAD.as_bytes()).campaign.expect("a head is a campaign");
        assert_eq!(campaign.levels.general.requires, []);
        assert_eq!(campaign.levels.of(Level::Major).requires.len(), 5);
        assert!(campaign.levels.major.interim_control_required && campaign.lists.phones_masked && !campaign.units_may_close);
        assert_eq!((campaign.overdue.until, campaign.overdue.due_soon, campaign.overdue.working_days), (Status::Rectified, 10, false));
        assert_eq!(campaign.calendar, None);
    }

    #[test]
    fn own_words_and_policies_are_read() {
        let text = format!(
            "{HEAD}calendar: 日历.txt\nlevels: {{general: {{rectify_within: 15天, requires: [measure]}}}}\n\
             synonyms: {{columns: {{deadline: 整改日期}}, statuses: {{rectified: [已改好]}}, levels: {{major: [红]}}}}\n\
             escalation: [{{after: 1d, step: 提醒}}]\nlists: {{phones: shown, footer: [填报人]}}\noverdue: {{until: closed_out, days: working}}\n"
        );
        let reading = read(text.as_bytes());
        assert!(reading.diagnostics.is_empty(), "{:#?}", reading.diagnostics);
        let campaign = reading.campaign.expect("a campaign");
        assert_eq!(campaign.calendar.as_deref(), Some("日历.txt"));
        assert_eq!(campaign.levels.general.rectify_within, Some(15));
        assert_eq!(campaign.synonyms.columns.get(&Field::Deadline), Some(&vec!["整改日期".to_owned()]));
        assert_eq!(campaign.synonyms.statuses.get(&Status::Rectified), Some(&vec!["已改好".to_owned()]));
        assert_eq!(campaign.overdue.until, Status::ClosedOut);
        assert_eq!(campaign.escalation.len(), 1);
        assert!(!campaign.lists.phones_masked);
    }

    #[test]
    fn other_encodings_are_read() {
        let (gbk, _, _) = encoding_rs::GB18030.encode(HEAD);
        let reading = read(&gbk);
        assert_eq!(reading.diagnostics.iter().map(|diagnostic| diagnostic.code).collect::<Vec<_>>(), ["C007"]);
        assert_eq!(reading.campaign.map(|campaign| campaign.title).as_deref(), Some("示例"));
        assert!(read(format!("\u{feff}{HEAD}").as_bytes()).diagnostics.is_empty());
        assert_eq!(read(b"\x89PNG\r\n\x1a\n\0\0").diagnostics[0].code, "C001");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// A campaign with a piece cut out, doubled or overwritten is told about, whatever the piece.
        #[test]
        fn damaged_campaigns_are_survived(at in any::<prop::sample::Index>(), length in 0usize..400, junk in "[\\PC\\n]{0,12}") {
            let text: Vec<char> = shipped()[0].yaml.chars().collect();
            let start = at.index(text.len());
            let end = (start + length).min(text.len());
            let damaged: String = text[..start].iter().copied().chain(junk.chars()).chain(text[end..].iter().copied()).collect();
            let reading = read(damaged.as_bytes());
            prop_assert!(reading.campaign.is_some() || !reading.diagnostics.is_empty());
        }
    }

    use proptest::prelude::prop;
}
