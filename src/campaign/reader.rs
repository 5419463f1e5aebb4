//! Bytes of `campaign.yaml` → [`Campaign`], with all problems of the file in one run.
//!
//! Syntax errors are one at a time; everything else is collected. What a part means is read in
//! `schedule`, `content` and `settings`; here the head is read and the whole put together.

use chrono::NaiveDate;

use crate::campaign::content;
use crate::campaign::decoding;
use crate::campaign::keys;
use crate::campaign::model::Campaign;
use crate::campaign::model::Stated;
use crate::campaign::model::SubmissionMode;
use crate::campaign::plan_date::Anchors;
use crate::campaign::plan_date::Edge;
use crate::campaign::problems::Problems;
use crate::campaign::problems::Report;
use crate::campaign::schedule;
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
    let anchors = Anchors { period, issued };

    // Every part is read before the mandatory ones are asked for, so that all problems are told.
    let phases = schedule::phases(&view, &anchors, problems);
    let obligations = schedule::obligations(&view, &anchors, problems);
    let tasks = content::tasks(&view, &anchors, problems);
    let escalation = settings::escalation(&view, problems);
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
        phases,
        obligations,
        categories: content::categories(&view),
        levels: settings::levels(&view),
        tasks,
        offices: content::offices(&view),
        groups: content::groups(&view),
        overdue: settings::overdue(&view),
        escalation,
        synonyms: settings::synonyms(&view),
        lists: settings::lists(&view),
        reports: schedule::reports(&view),
        attachments: settings::attachments(&view),
        waive: settings::waivers(&view),
        places,
    })
}

fn read_period(view: &View<'_>, issued: Option<NaiveDate>, problems: &mut Problems) -> Option<(NaiveDate, NaiveDate)> {
    let part = view.part("period")?;
    let anchors = Anchors { period: None, issued };
    let (start, end) = part.span(&anchors, problems);
    for (key, word, day) in [("start", "开始", start), ("end", "结束", end)] {
        // A date that is written but unreadable has been reported already.
        if day.is_none() && part.get(key).is_none() && part.get("when").is_none() && part.text_or_short("when").is_none() {
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
