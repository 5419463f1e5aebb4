//! The text of a mail as a report: a zero report of its sender, or the words around the files that it brings.
//!
//! The sender's own lines are read as any text is; the words of earlier mails are notes. What the mail brings is known here only
//! by what became of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::campaign::Roster;
use crate::containers::Letter;
use crate::containers::Line;
use crate::records::envelope::Envelope;
use crate::records::fact::Fact;
use crate::records::fact::FactKind;
use crate::records::read::ReadingBasis;
use crate::records::read::read_prose;
use crate::records::record::UnitReading;
use crate::records::sheet::Carried;
use crate::records::sheet::FileContent;
use crate::records::sheet::FileReading;
use crate::records::sheet::RowKind;
use crate::records::sheet::SheetReading;
use crate::records::sheet::ZeroReport;
use crate::tables;
use crate::tables::Format;
use crate::tables::Unreadable;
use crate::vocabulary::ZeroWords;
use crate::vocabulary::read_zero;

/// What came beside the text.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Whether there is any file, readable or not.
    pub has_files: bool,
    /// Pictures that the text shows.
    pub pictures: u32,
    /// The units that report hazards in the files.
    pub units: BTreeSet<usize>,
}

/// The sheet's name under which a line of the text is told; rows are its lines.
const TEXT: &str = "正文";
const SUBJECT: &str = "主题";

/// Reads the text of the mail that came under `name`.
pub fn read_letter(name: Arc<str>, letter: &Letter, beside: &Beside, envelope: &Arc<Envelope>, basis: &ReadingBasis<'_>) -> FileReading {
    let content = sheets(&name, letter, beside, envelope, basis).map(|sheets| FileContent {
        format: Format::Letter,
        notes: Vec::new(),
        sheets,
        name_date: envelope.received,
        carried: Carried::default(),
        returned: None,
    });
    FileReading { file: name, content, document: None, envelope: Some(envelope.clone()) }
}

fn sheets(
    name: &Arc<str>,
    letter: &Letter,
    beside: &Beside,
    envelope: &Envelope,
    basis: &ReadingBasis<'_>,
) -> Result<Vec<SheetReading>, Unreadable> {
    let mut sheet = own_words(name, TEXT, &letter.lines, envelope, basis)?;
    let quoted = letter.lines.iter().filter(|line| line.is_quoted && !line.text.is_empty()).count();
    if quoted > 0 {
        *sheet.rows.entry(RowKind::Note).or_default() += u32::try_from(quoted).unwrap_or(u32::MAX);
    }
    let mut sheets = vec![sheet];
    // 零报告 in the subject, and nothing below: not where it repeats the subject of the mail that it answers.
    if says_nothing(&sheets[0]) && !beside.has_files && !is_answer(&letter.subject) && speaks_of_zero(&letter.subject, basis) {
        let line = [Line { text: letter.subject.clone(), is_quoted: false }];
        sheets.push(own_words(name, SUBJECT, &line, envelope, basis)?);
    }
    let reports_hazards = |unit: &UnitReading| match unit {
        UnitReading::Known(unit) => beside.units.contains(unit),
        _ => !beside.units.is_empty(),
    };
    let fact = |row: u32, value: &str, kind: FactKind| Fact {
        row,
        column: u32::from(row > 0),
        title: String::new(),
        value: value.to_owned(),
        kind,
        further_rows: Vec::new(),
    };
    for sheet in &mut sheets {
        for zero in std::mem::take(&mut sheet.zero_reports) {
            if !zero.major_only && reports_hazards(&zero.unit) {
                sheet.facts.push(fact(zero.row, &zero.text, FactKind::ZeroWithRecords));
                to_notes(sheet, RowKind::ZeroReport);
                continue;
            }
            if !envelope.sender.is_empty() && matches!(zero.unit, UnitReading::Known(unit) if envelope.unit == Some(unit)) {
                sheet.facts.push(fact(zero.row, &zero.text, FactKind::UnitFromSender(envelope.sender.to_string())));
            }
            sheet.zero_reports.push(zero);
        }
    }
    if !beside.has_files && sheets.iter().all(says_nothing) {
        sheets[0].facts.push(fact(0, "", FactKind::LetterWithoutReport(beside.pictures)));
    }
    Ok(sheets)
}

/// Reads the lines that are the sender's; what is no report among them are notes.
fn own_words(
    name: &Arc<str>,
    sheet: &str,
    lines: &[Line],
    envelope: &Envelope,
    basis: &ReadingBasis<'_>,
) -> Result<SheetReading, Unreadable> {
    let own = (1..).zip(lines).filter(|(_, line)| !line.is_quoted && !line.text.is_empty());
    let prose = tables::prose(sheet, own.map(|(number, line)| (number, line.text.as_str())))?;
    let mut reading = read_prose(&prose, name, envelope, basis);
    reading.facts.retain(|fact| !matches!(fact.kind, FactKind::NoHeader | FactKind::UnrecognisedRow(_)));
    reading.unrecognised.clear();
    let others: Vec<RowKind> = reading.rows.keys().copied().filter(|kind| !TOLD.contains(kind)).collect();
    others.into_iter().for_each(|kind| to_notes(&mut reading, kind));
    if says_nothing(&reading) {
        let own = (1..).zip(lines).filter(|(_, line)| !line.is_quoted);
        let zeros: Vec<ZeroReport> = own.filter_map(|(row, line)| of_named_unit(row, &line.text, basis.ground.roster)).collect();
        let count = u32::try_from(zeros.len()).unwrap_or(u32::MAX);
        if count > 0 {
            *reading.rows.entry(RowKind::ZeroReport).or_default() += count;
            reading.rows.entry(RowKind::Note).and_modify(|rows| *rows = rows.saturating_sub(count));
            reading.rows.retain(|_, rows| *rows > 0);
        }
        reading.zero_reports = zeros;
    }
    Ok(reading)
}

/// Kinds of rows that mean something in a letter; all others are words around them.
const TOLD: [RowKind; 5] = [RowKind::ZeroReport, RowKind::Record, RowKind::Metadata, RowKind::Note, RowKind::Blank];

/// The zero report of the unit that the line begins with: 柳湾镇卫生院本周无隐患.
fn of_named_unit(row: u32, line: &str, roster: &Roster) -> Option<ZeroReport> {
    let named = roster.units.iter().enumerate().flat_map(|(index, unit)| {
        std::iter::once(unit.name.as_ref()).chain(unit.aliases.iter().map(String::as_str)).map(move |name| (index, name))
    });
    let begins = named.filter_map(|(index, name)| Some((index, name.len(), line.strip_prefix(name).filter(|_| !name.is_empty())?)));
    let (unit, _, rest) = begins.max_by_key(|(_, length, _)| *length)?;
    let words = read_zero(rest.trim_start_matches(['：', ':', '，', ',', ' '])).filter(|words| *words != ZeroWords::Dash)?;
    Some(ZeroReport { row, column: 1, text: line.to_owned(), unit: UnitReading::Known(unit), major_only: words == ZeroWords::MajorOnly })
}

/// Counts the rows of one kind as notes.
fn to_notes(sheet: &mut SheetReading, kind: RowKind) {
    if let Some(rows) = sheet.rows.remove(&kind) {
        *sheet.rows.entry(RowKind::Note).or_default() += rows;
    }
}

fn says_nothing(sheet: &SheetReading) -> bool {
    let asks = sheet.facts.iter().any(|fact| matches!(fact.kind, FactKind::PerhapsZero | FactKind::ZeroWithRecords));
    sheet.records.is_empty() && sheet.zero_reports.is_empty() && !asks
}

fn speaks_of_zero(subject: &str, basis: &ReadingBasis<'_>) -> bool {
    read_zero(subject).is_some_and(|words| words != ZeroWords::Dash) || of_named_unit(1, subject, basis.ground.roster).is_some()
}

/// True for the subject of an answer, or of a mail that is passed on.
fn is_answer(subject: &str) -> bool {
    let lower = subject.trim_start().to_lowercase();
    ["re:", "re：", "回复", "答复", "fw:", "fw：", "fwd", "转发"].iter().any(|start| lower.starts_with(start))
}
