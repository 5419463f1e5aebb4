//! Each paper of a report as bytes, and what in them is not the figures'.

use std::path::Path;

use crate::cli::commands::paper;
use crate::cli::commands::paper::TableFormat;
use crate::cli::commands::report::statistics::Statistics;
use crate::cli::failure::Failure;
use crate::cli::json;
use crate::cli::json::report::ReportJson;
use crate::cli::loading::Loaded;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::documents::bulletin;
use crate::documents::bulletin::BulletinError;
use crate::documents::chart_sheets::chart_sheets;
use crate::documents::cross_check;
use crate::documents::cross_check::Disagreement;
use crate::documents::dashboard::dashboard;
use crate::documents::scorecard::ScorecardSource;
use crate::documents::scorecard::scorecard_sheets;
use crate::documents::statistics::paper_title;
use crate::documents::statistics::statistics_document;
use crate::files::names;
use crate::render;
use crate::results::figures::DutyFigure;
use crate::results::figures::Figures;
use crate::results::figures::ReportKind;
use crate::results::per_cent;

/// What kind of paper a file becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperKind {
    /// 统计表 with charts and evidence.
    Workbook,
    /// 统计表 alone, as text.
    Table,
    /// 通报
    Bulletin,
    /// 看板
    Dashboard,
    Data,
}

impl PaperKind {
    /// By the extension of its file.
    pub fn of(target: &Path) -> Result<PaperKind, Failure> {
        let extension = target.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        match extension.as_deref() {
            Some("xlsx") => Ok(PaperKind::Workbook),
            Some("csv") => Ok(PaperKind::Table),
            Some("docx") => Ok(PaperKind::Bulletin),
            Some("html" | "htm") => Ok(PaperKind::Dashboard),
            Some("json") => Ok(PaperKind::Data),
            _ => Err(Failure::usage(
                format!("不知道“{}”要写成什么", names::shown(target)),
                "文件名请以 .xlsx（统计表）、.docx（通报）、.html（看板）、.csv 或 .json 结尾",
            )),
        }
    }
}

/// The four papers that `--papers` writes, with their names.
pub fn whole_set(kind: ReportKind) -> [(String, PaperKind); 4] {
    let name = kind.label();
    [
        (format!("{name}统计表.xlsx"), PaperKind::Workbook),
        (format!("{name}.docx"), PaperKind::Bulletin),
        (format!("{name}看板.html"), PaperKind::Dashboard),
        (format!("{name}数据.json"), PaperKind::Data),
    ]
}

/// A finished paper.
pub struct Paper {
    pub bytes: Vec<u8>,
    /// Numbers in it that are not the figures'; it must not be handed out then.
    pub wrong: Vec<Disagreement>,
}

/// Makes one paper and reads its numbers back.
pub fn paper(
    kind: PaperKind,
    statistics: &Statistics,
    loaded: &Loaded,
    template: &str,
    session: &Session,
    report: &mut Report,
) -> Result<Paper, Failure> {
    let source = statistics.source(loaded);
    let figures = &statistics.figures;
    match kind {
        PaperKind::Workbook | PaperKind::Table => {
            let mut document = statistics_document(source).map_err(paper::unbalanced)?;
            let format = if kind == PaperKind::Table { TableFormat::Csv } else { TableFormat::Workbook };
            // Behind the forms and before the evidence.
            let evidence = document.sheets.pop();
            document.sheets.extend(chart_sheets(&loaded.campaign, figures).map_err(paper::unbalanced)?);
            if let (Some(scoring), Some(scorecard)) = (&loaded.campaign.scoring, &figures.scorecard) {
                let source = ScorecardSource {
                    campaign: &loaded.campaign,
                    scoring,
                    roster: &loaded.roster,
                    ledger: &statistics.ledger,
                    obligations: &statistics.obligations,
                    scorecard,
                };
                document.sheets.extend(scorecard_sheets(source).map_err(paper::unbalanced)?);
            }
            document.sheets.extend(evidence);
            let bytes = paper::bytes(&document, format, session.as_of, report)?;
            let wrong = if kind == PaperKind::Workbook { cross_check::workbook::workbook(figures, &bytes) } else { Vec::new() };
            Ok(Paper { bytes, wrong })
        }
        PaperKind::Bulletin => {
            let (manuscript, sentences) = bulletin::bulletin(source, template).map_err(bulletin_failure)?;
            let bytes = render::docx::docx(&manuscript, session.as_of)
                .map_err(|error| Failure::impossible(format!("通报写不出来：{error}"), "原有文件没有改动"))?;
            tell_foreign_numbers(&sentences, figures, loaded, report);
            let wrong = cross_check::text::text(&manuscript, &bytes);
            Ok(Paper { bytes, wrong })
        }
        PaperKind::Dashboard => {
            let dashboard = dashboard(source);
            let bytes = render::html::html(&dashboard)
                .map_err(|error| Failure::impossible(format!("看板写不出来：{error}"), "原有文件没有改动"))?;
            let marked = render::html::marked(&String::from_utf8_lossy(&bytes));
            let wrong = cross_check::page(figures, marked.iter().map(|number| (number.key.as_str(), number.shown.as_str())));
            Ok(Paper { bytes, wrong })
        }
        PaperKind::Data => {
            let title = paper_title(&loaded.campaign, figures.period);
            let text = json::text(&ReportJson::of(source, &statistics.obligations, title))?;
            let wrong = json::report::read_back(figures, &text);
            Ok(Paper { bytes: text.into_bytes(), wrong })
        }
    }
}

fn bulletin_failure(error: BulletinError) -> Failure {
    let details = match &error {
        BulletinError::Template(error) if !error.text.is_empty() => format!("    {}\n", error.text),
        BulletinError::Template(_) | BulletinError::Tables(_) => String::new(),
    };
    Failure::impossible(
        error.to_string(),
        "改好模板再运行；能用的名字：qingdan report monthly --names，内置模板：--show-template，没有写出任何文件",
    )
    .with_details(details)
}

/// Numbers typed into the template by hand are right once at most.
fn tell_foreign_numbers(sentences: &str, figures: &Figures, loaded: &Loaded, report: &mut Report) {
    let roster = loaded.roster.units.len();
    let with_hazards = figures.overdue.by_unit.len();
    let mut others: Vec<String> = [roster, with_hazards, roster.saturating_sub(with_hazards)].map(|number| number.to_string()).to_vec();
    others.push(figures.funds.ten_thousands().to_string());
    // Changes against the last period are differences of figures.
    if let Some((_, before)) = &figures.previous {
        let change = |measure| (i64::from(figures.totals.of(measure)) - i64::from(before.of(measure))).unsigned_abs().to_string();
        others.extend(crate::results::figures::Measure::ALL.map(change));
    }
    others.push(figures.backwards.len().to_string());
    // The sums of what recurs, and who is missing in the last of each.
    for duties in figures.duties_of_units() {
        let sum = |pick: fn(&DutyFigure) -> u32| duties.iter().map(pick).sum::<u32>();
        let sums: [fn(&DutyFigure) -> u32; 6] =
            [|duty| duty.owed, |duty| duty.reported, |duty| duty.zero, |duty| duty.late, |duty| duty.missing, |duty| duty.waiting];
        others.extend(sums.map(|pick| sum(pick).to_string()));
        let rate = |part: u32| per_cent(part, sum(|duty| duty.owed)).map(|rate| format!("{rate:.1}"));
        let in_time = sum(|duty| duty.reported + duty.zero);
        others.extend([rate(in_time), rate(in_time + sum(|duty| duty.late))].into_iter().flatten());
    }
    let overdue_units = figures.overdue.by_unit.iter().filter(|unit| unit.by_state.first().is_some_and(|overdue| *overdue > 0)).count();
    others.push(overdue_units.to_string());
    let foreign = cross_check::text::foreign_numbers(sentences, &cross_check::shown_figures(figures), &others);
    if !foreign.is_empty() {
        report.say(format!(
            "注意：通报正文里有统计中没有的数：{}。如果是手写进模板的，请改用 {{{{ 名字 }}}}（qingdan report monthly --names）",
            foreign.join("、")
        ));
    }
}
