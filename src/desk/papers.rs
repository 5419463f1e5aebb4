//! Papers as bytes: any document as a table, and each paper of a report with its numbers read back.

use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::campaign;
use crate::desk::Desk;
use crate::desk::Notice;
use crate::desk::Refusal;
use crate::desk::figures::Statistics;
use crate::desk::refusal::Rendering;
use crate::documents::Document;
use crate::documents::bulletin;
use crate::documents::chart_sheets::chart_sheets;
use crate::documents::cross_check;
use crate::documents::cross_check::Disagreement;
use crate::documents::dashboard::dashboard;
use crate::documents::personal::Cover;
use crate::documents::personal::leaks;
use crate::documents::personal::leaks::Leak;
use crate::documents::scorecard::ScorecardSource;
use crate::documents::scorecard::scorecard_sheets;
use crate::documents::statistics::paper_title;
use crate::documents::statistics::statistics_document;
use crate::files::names;
use crate::files::read::read_named;
use crate::render;
use crate::render::CutCell;
use crate::render::json::report::ReportJson;
use crate::results::figures::DutyFigure;
use crate::results::figures::Figures;
use crate::results::figures::ReportKind;
use crate::results::per_cent;

/// How many cut cells of a document are named; all are counted.
const NAMED: usize = 5;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    Workbook,
    Csv,
}

fn extension(target: &Path) -> String {
    target.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// Tells the format that a file's extension asks for.
///
/// # Errors
/// It asks for none of tables.
pub fn table_format(target: &Path) -> Result<TableFormat, Refusal> {
    match extension(target).as_str() {
        "xlsx" => Ok(TableFormat::Workbook),
        "csv" => Ok(TableFormat::Csv),
        _ => Err(Refusal::NoTableFormat { target: target.to_path_buf() }),
    }
}

/// Renders a document with what its readers may see; a `.csv` holds its first sheet alone. Cells that could not be shown whole are told.
///
/// # Errors
/// It is larger than the format allows, or a number of a person would go out.
pub fn table(
    document: &Document<'_>,
    format: TableFormat,
    as_of: NaiveDate,
    cover: Cover,
    notices: &mut Vec<Notice>,
) -> Result<Vec<u8>, Refusal> {
    let (bytes, cut) = if cover == Cover::NONE {
        rendered(document, format, as_of)?
    } else {
        let covered = cover.document(document);
        refuse_leaks(leaks::of_document(&covered, cover))?;
        rendered(&covered, format, as_of)?
    };
    let besides = cut.len().saturating_sub(NAMED);
    notices.extend(cut.into_iter().take(NAMED).map(Notice::Cut));
    if besides > 0 {
        notices.push(Notice::CutBesides(besides));
    }
    Ok(bytes)
}

fn rendered(document: &Document<'_>, format: TableFormat, as_of: NaiveDate) -> Result<(Vec<u8>, Vec<CutCell>), Refusal> {
    let rendered = match (format, document.sheets.first()) {
        (TableFormat::Csv, Some(sheet)) => render::csv::csv(sheet).map(|bytes| (bytes, Vec::new())),
        _ => render::xlsx::xlsx(document, as_of).map(|rendered| (rendered.bytes, rendered.cut)),
    };
    rendered.map_err(|error| Refusal::Unrendered { what: Rendering::Document(document.title.to_string()), error })
}

/// What was hidden is looked for again by other means; a paper with a leak is not written.
pub(super) fn refuse_leaks(found: Vec<Leak>) -> Result<(), Refusal> {
    if found.is_empty() { Ok(()) } else { Err(Refusal::Leaks(found)) }
}

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
    pub fn of(target: &Path) -> Result<PaperKind, Refusal> {
        match extension(target).as_str() {
            "xlsx" => Ok(PaperKind::Workbook),
            "csv" => Ok(PaperKind::Table),
            "docx" => Ok(PaperKind::Bulletin),
            "html" | "htm" => Ok(PaperKind::Dashboard),
            "json" => Ok(PaperKind::Data),
            _ => Err(Refusal::NoPaperFormat { target: target.to_path_buf() }),
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
///
/// # Errors
/// It does not add up, cannot be rendered, or the template names what there is not.
pub fn make(kind: PaperKind, statistics: &Statistics, template: &str, desk: &Desk, notices: &mut Vec<Notice>) -> Result<Paper, Refusal> {
    let source = statistics.source(desk);
    let figures = &statistics.figures;
    match kind {
        PaperKind::Workbook | PaperKind::Table => {
            let mut document = statistics_document(source)?;
            let format = if kind == PaperKind::Table { TableFormat::Csv } else { TableFormat::Workbook };
            // Behind the forms and before the evidence.
            let evidence = document.sheets.pop();
            document.sheets.extend(chart_sheets(&desk.campaign, figures)?);
            if let (Some(scoring), Some(scorecard)) = (&desk.campaign.scoring, &figures.scorecard) {
                let source = ScorecardSource {
                    campaign: &desk.campaign,
                    scoring,
                    roster: &desk.roster,
                    ledger: &statistics.ledger,
                    obligations: &statistics.obligations,
                    scorecard,
                };
                document.sheets.extend(scorecard_sheets(source)?);
            }
            document.sheets.extend(evidence);
            let bytes = table(&document, format, desk.as_of, Cover::PUBLIC, notices)?;
            let wrong = if kind == PaperKind::Workbook { cross_check::workbook::workbook(figures, &bytes) } else { Vec::new() };
            Ok(Paper { bytes, wrong })
        }
        PaperKind::Bulletin => {
            let (mut manuscript, sentences) = bulletin::bulletin(source, template).map_err(Refusal::Bulletin)?;
            Cover::PUBLIC.tables_of(&mut manuscript);
            // The office's own numbers in its template are meant to be read.
            refuse_leaks(leaks::of_lines("通报", &sentences, Cover::PUBLIC, template))?;
            let bytes =
                render::docx::docx(&manuscript, desk.as_of).map_err(|error| Refusal::Unrendered { what: Rendering::Bulletin, error })?;
            let foreign = foreign_numbers(&sentences, figures, desk.roster.units.len());
            if !foreign.is_empty() {
                notices.push(Notice::ForeignNumbers(foreign));
            }
            let wrong = cross_check::text::text("通报", &manuscript, &bytes);
            Ok(Paper { bytes, wrong })
        }
        PaperKind::Dashboard => {
            let dashboard = dashboard(source);
            let bytes = render::html::html(&dashboard).map_err(|error| Refusal::Unrendered { what: Rendering::Dashboard, error })?;
            refuse_leaks(leaks::of_page("看板", &String::from_utf8_lossy(&bytes), Cover::PUBLIC))?;
            let marked = render::html::marked(&String::from_utf8_lossy(&bytes));
            let wrong = cross_check::page(figures, marked.iter().map(|number| (number.key.as_str(), number.shown.as_str())));
            Ok(Paper { bytes, wrong })
        }
        PaperKind::Data => {
            let title = paper_title(&desk.campaign, figures.period);
            let text = render::json::text(&ReportJson::of(source, &statistics.obligations, title))?;
            refuse_leaks(leaks::of_lines("数据", &text, Cover { phones: false, ..Cover::PUBLIC }, ""))?;
            let wrong = render::json::report::read_back(figures, &text);
            Ok(Paper { bytes: text.into_bytes(), wrong })
        }
    }
}

/// Numbers typed into the template by hand are right once at most.
fn foreign_numbers(sentences: &str, figures: &Figures, roster: usize) -> Vec<String> {
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
    cross_check::text::foreign_numbers(sentences, &cross_check::shown_figures(figures), &others)
}

/// Gives the template of a bulletin: the one named, else the campaign's, else the built-in one.
///
/// # Errors
/// The template cannot be read or is no text.
pub fn template(named: Option<&Path>, kind: ReportKind, desk: &Desk) -> Result<String, Refusal> {
    if let Some(named) = named {
        return read_template(&desk.absolute(named), &names::shown(named));
    }
    let schedules = desk.campaign.reports.iter().filter(|schedule| schedule.kind == kind);
    match schedules.filter_map(|schedule| schedule.template.as_deref()).next() {
        Some(relative) => read_template(&desk.workspace.path(relative), relative),
        None => Ok(bulletin::BUILT_IN.to_owned()),
    }
}

/// Reads a template, written by hand in whatever the office's editor saves.
pub(super) fn read_template(path: &Path, name: &str) -> Result<String, Refusal> {
    let unusable = |why| Refusal::TemplateUnusable { name: name.to_owned(), why };
    let file = read_named(path, Arc::from(name)).map_err(|why| unusable(Some(why)))?;
    campaign::decode(&file.bytes).map(|decoded| decoded.text).map_err(|_| unusable(None))
}
