//! Reading a file: sheets one by one, tables within a sheet, rows within a table, each row with one kind.

use std::collections::BTreeMap;
use std::collections::HashSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::campaign::Ground;
use crate::campaign::Roster;
use crate::records::NOTE_HEAD;
use crate::records::across_sheets::join_across_sheets;
use crate::records::answer::read_ticks;
use crate::records::answer::returned;
use crate::records::body::Authority;
use crate::records::body::FallbackUnit;
use crate::records::carried::read_carried;
use crate::records::document;
use crate::records::envelope::Envelope;
use crate::records::fact::FactKind;
use crate::records::grid::Grid;
use crate::records::header::HeaderBlock;
use crate::records::header::HeaderKind;
use crate::records::header::find_headers;
use crate::records::header::own_header;
use crate::records::issue::FORM_SHEETS;
use crate::records::issue::find_issue;
use crate::records::issue::forget_new_rows;
use crate::records::metadata::date_in_name;
use crate::records::metadata::read_metadata_row;
use crate::records::own_papers::restore_descriptions;
use crate::records::record::UnitReading;
use crate::records::sheet::Carried;
use crate::records::sheet::FileContent;
use crate::records::sheet::FileReading;
use crate::records::sheet::Metadata;
use crate::records::sheet::RowKind;
use crate::records::sheet::SheetReading;
use crate::records::sheet_kinds::has_description;
use crate::records::sheet_kinds::is_instruction_sheet;
use crate::records::sheet_kinds::is_list_of_words;
use crate::records::sheet_kinds::is_reference;
use crate::records::sheet_kinds::tells_a_case;
use crate::records::sink::FactSink;
use crate::records::tables_of_sheet::SheetReader;
use crate::records::units::UnitFinder;
use crate::records::units::names_an_organisation;
use crate::source::SourceFile;
use crate::source::shortened;
use crate::tables;
use crate::tables::Ceilings;
use crate::tables::Format;
use crate::tables::Sheet;
use crate::tables::Unreadable;
use crate::tables::UnreadableReason;
use crate::tables::Value;
use crate::tables::Visibility;
use crate::tables::WorkbookNote;
use crate::vocabulary::TitleReader;
use crate::vocabulary::rows::is_sample;

/// What reading needs to know besides the file.
#[derive(Clone, Copy)]
pub struct ReadingBasis<'a> {
    pub ground: Ground<'a>,
    pub authority: Authority,
}

/// What a file may hold, by whose word it is.
pub fn ceilings_of(authority: Authority) -> &'static Ceilings {
    match authority {
        Authority::Unit => &tables::STRANGERS,
        Authority::Bureau => &tables::OWN,
    }
}

/// Reads one file of any format into records. A file that cannot be read is a reading too.
pub fn read_file(file: &SourceFile, basis: &ReadingBasis<'_>) -> FileReading {
    read_enclosed(file, None, basis)
}

/// Reads a file that came in an envelope, which speaks where the file itself says nothing.
pub fn read_enclosed(file: &SourceFile, envelope: Option<Arc<Envelope>>, basis: &ReadingBasis<'_>) -> FileReading {
    let mut document = None;
    let outside = envelope.as_deref();
    let ceilings = ceilings_of(basis.authority);
    let content = tables::read_within(file, ceilings).and_then(|mut workbook| {
        let mut bytes_left = Some(ceilings.record_bytes(file.bytes.len()));
        let period = (basis.ground.campaign.start, basis.ground.campaign.end);
        let name_date = date_in_name(&file.name, period).or(outside.and_then(|envelope| envelope.received));
        let ours = workbook.sheets.iter().any(is_own_ledger);
        // One sheet is the bureau's ledger; copies of it and notes that the clerk keeps beside it are none.
        let named = workbook.sheets.iter().position(|sheet| &*sheet.name == LEDGER_SHEET && is_own_ledger(sheet));
        let ledger = named.or_else(|| workbook.sheets.iter().position(is_own_ledger));
        let is_beside = |index: usize| basis.authority == Authority::Bureau && ledger.is_some_and(|ledger| ledger != index);
        let mut sheets: Vec<SheetReading> = Vec::with_capacity(workbook.sheets.len());
        let carried = if ours { read_carried(&workbook.sheets) } else { Carried::default() };
        let campaign = basis.ground.campaign;
        let counted = campaign.forms.iter().flat_map(|form| &form.columns).flat_map(|column| &column.titles);
        let titles = TitleReader::new(&campaign.synonyms.columns).counting(counted.map(String::as_str));
        workbook.sheets.iter_mut().for_each(forget_new_rows);
        let issue = find_issue(&workbook.sheets);
        let mut says_no_change = false;
        let date1904 = workbook.notes.contains(&WorkbookNote::Date1904);
        let headers: Vec<Vec<HeaderBlock>> = workbook.sheets.iter().map(|sheet| headers_of(sheet, &titles)).collect();
        // The tables of a text are read only where one of them is a ledger.
        let is_ledger = |blocks: &Vec<HeaderBlock>| blocks.iter().any(|block| block.kind == HeaderKind::Hazards);
        if workbook.format == Format::Docx && !headers.iter().any(is_ledger) {
            document = Some(document::read(&file.name, &document::outer_lines(&workbook.sheets), outside, basis.ground));
            return Err(Unreadable::wrong_format("Word 文档（.docx）", "把内容填进 .xlsx 表格后再报送"));
        }
        let others_described = headers.iter().flatten().any(has_description);
        let others_have_tables = headers.iter().any(|blocks| !blocks.is_empty());
        let others_tell_cases = headers.iter().any(|blocks| blocks.iter().any(|block| has_description(block) && tells_a_case(block)));
        let surroundings = SheetSurroundings {
            file: &file.name,
            envelope: outside,
            name_date,
            ours,
            date1904,
            others_have_tables,
            others_described,
            others_tell_cases,
            is_beside: false,
            is_form: issue.is_some(),
            titles: &titles,
        };
        for (index, (sheet, blocks)) in workbook.sheets.into_iter().zip(&headers).enumerate() {
            // One sheet at a time: its cells are freed before the next is read.
            let surroundings = SheetSurroundings { is_beside: is_beside(index), ..surroundings };
            let mut reading = read_sheet(&sheet, blocks, &surroundings, basis, &mut bytes_left);
            if let Some((issue, _)) = &issue {
                says_no_change |= read_ticks(&sheet, &mut reading, issue, basis.ground.roster);
            }
            sheets.push(reading);
            if bytes_left.is_none() {
                let most = ceilings.record_bytes(file.bytes.len()) >> 20;
                return Err(Unreadable::too_large(format!("各行读出来的内容合计超过 {most} MB（合并单元格、“同上”照抄的也算）")));
            }
        }
        restore_descriptions(&mut sheets);
        join_across_sheets(&mut sheets);
        let returned = issue.map(|(issue, holds)| returned(issue, holds, says_no_change, &sheets, basis.ground));
        Ok(FileContent { format: workbook.format, notes: workbook.notes, sheets, name_date, carried, returned })
    });
    let is_text = matches!(&content, Err(why) if matches!(why.reason, UnreadableReason::WrongFormat { .. }));
    if is_text && document.is_none() && document::is_named_so(&file.name) {
        document = Some(document::read(&file.name, &[], outside, basis.ground));
    }
    FileReading { file: file.name.clone(), content, document, envelope }
}

/// Reads a sheet without a table, and with none beside it: the text of a mail.
pub(crate) fn read_prose(sheet: &Sheet, file: &Arc<str>, envelope: &Envelope, basis: &ReadingBasis<'_>) -> SheetReading {
    let titles = TitleReader::new(&basis.ground.campaign.synonyms.columns);
    let surroundings = SheetSurroundings {
        file,
        envelope: Some(envelope),
        name_date: envelope.received,
        ours: false,
        is_form: false,
        date1904: false,
        others_have_tables: false,
        others_described: false,
        others_tell_cases: false,
        is_beside: false,
        titles: &titles,
    };
    read_sheet(sheet, &[], &surroundings, basis, &mut Some(ceilings_of(basis.authority).record_bytes(0)))
}

/// What a sheet's reading may learn from its workbook.
#[derive(Clone, Copy)]
struct SheetSurroundings<'a> {
    file: &'a str,
    envelope: Option<&'a Envelope>,
    name_date: Option<NaiveDate>,
    /// The workbook is a ledger that this program wrote.
    ours: bool,
    date1904: bool,
    others_have_tables: bool,
    /// Some sheet has a table with descriptions.
    others_described: bool,
    /// The sheet stands beside the bureau's ledger in its workbook.
    is_beside: bool,
    /// The workbook is a form that this program sent out.
    is_form: bool,
    /// Some sheet has a table that says of each hazard where it is, when it was found or what becomes of it.
    others_tell_cases: bool,
    titles: &'a TitleReader,
}

/// The headers of a sheet. In a ledger of our own nothing below the first row is one.
fn headers_of(sheet: &Sheet, titles: &TitleReader) -> Vec<HeaderBlock> {
    let grid = Grid::new(sheet);
    if is_own_ledger(sheet) { vec![own_header(&grid, titles)] } else { find_headers(&grid, titles) }
}

/// Whether a sheet of the ledger's workbook is one that this program writes.
pub fn is_own_sheet(name: &str) -> bool {
    name == LEDGER_SHEET || OWN_SHEETS.contains(&name)
}

const LEDGER_SHEET: &str = "台账";
/// Sheets of our own ledger workbook besides 台账.
const OWN_SHEETS: [&str; 7] = ["冲突", "疑似重复", "退回", "合并对账", "字段出处", "已并入", "合并标记"];

/// The sheet 台账 as this program writes it: titles in row 1, 编号 first and 最近报送 among them.
fn is_own_ledger(sheet: &Sheet) -> bool {
    let Some(first) = sheet.rows.first() else { return false };
    let mut titles = sheet.cells_of(*first).iter().filter_map(|cell| match sheet.value(*cell) {
        Value::Text(text) => Some(text),
        _ => None,
    });
    titles.next() == Some("编号") && titles.any(|title| title == "最近报送")
}

fn read_sheet(
    sheet: &Sheet,
    blocks: &[HeaderBlock],
    around: &SheetSurroundings<'_>,
    basis: &ReadingBasis<'_>,
    bytes_left: &mut Option<u64>,
) -> SheetReading {
    let grid = Grid::new(sheet).counting_from_1904(around.date1904);
    let mut kinds = vec![RowKind::Unrecognised; grid.rows().len()];
    let mut reading = SheetReading {
        sheet: sheet.name.clone(),
        visibility: sheet.visibility,
        rows: BTreeMap::new(),
        metadata: Metadata::default(),
        tables: Vec::new(),
        records: Vec::new(),
        zero_reports: Vec::new(),
        counts: Vec::new(),
        unrecognised: Vec::new(),
        facts: Vec::new(),
        is_ledger: false,
    };
    let mut sink = FactSink::default();
    let own_side_sheet =
        around.ours && OWN_SHEETS.contains(&sheet.name.as_ref()) || around.is_form && FORM_SHEETS.contains(&sheet.name.as_ref());
    let marked_list = grid
        .rows()
        .first()
        .is_some_and(|_| grid.cells(0).first().is_some_and(|cell| grid.text(*cell).text.starts_with(crate::records::LIST_TITLE_START)));
    let instructions = is_instruction_sheet(&sheet.name) && !blocks.iter().any(|block| block.kind == HeaderKind::Hazards);
    let words = around.others_described && is_list_of_words(&grid, blocks);
    let reference = around.others_tell_cases && is_reference(blocks);
    if own_side_sheet || marked_list || instructions || words || reference || around.is_beside {
        kinds.fill(RowKind::Note);
        if !own_side_sheet && !marked_list && !kinds.is_empty() {
            let rows = kinds.len() as u32;
            sink.push(
                0,
                0,
                "",
                "",
                if reference && !around.is_beside { FactKind::ReferenceSheet(rows) } else { FactKind::SheetSetAside(rows) },
            );
        }
    } else {
        let period = (basis.ground.campaign.start, basis.ground.campaign.end);
        let shared = blocks.iter().flat_map(|block| block.shared_rows.iter().copied());
        collect_metadata(&grid, blocks.first().map_or(grid.rows().len(), |block| block.first), shared, period, &mut reading.metadata);
        let mut units = UnitFinder::new(basis.ground.roster);
        let fallback = fallback_unit(&grid, &reading.metadata, blocks.first().map_or(0, |block| block.first), around, &units);
        let filled_on = reading.metadata.filled_on.map(|(date, ..)| date).or(around.name_date);
        let sample_sheet = is_sample(&sheet.name);
        let mut reader = SheetReader {
            grid: &grid,
            basis,
            filled_on,
            fallback,
            kinds: &mut kinds,
            reading: &mut reading,
            units: &mut units,
            sink: &mut sink,
            titles: around.titles,
            sample_sheet,
            others_have_tables: around.others_have_tables,
            is_form: around.is_form,
            bytes_left,
        };
        reader.read(blocks);
        if sheet.visibility != Visibility::Visible && !reading.records.is_empty() {
            sink.push(0, 0, "", &sheet.name, FactKind::HiddenSheet);
        }
        note_hidden(&grid, &reading, &mut sink);
        for (row, column, text) in &sheet.comments {
            // What we wrote below the sender's own words in a returned workbook is not theirs.
            let own = text.split(NOTE_HEAD).next().unwrap_or_default().trim_end();
            if !own.is_empty() && is_record_row(&reading, *row) {
                sink.push(*row, *column, "", "", FactKind::Comment(own.to_owned()));
            }
        }
        note_emptiness(&blocks.iter().map(|block| block.kind).collect::<Vec<_>>(), &reading, &mut sink);
    }
    for (index, kind) in kinds.iter().enumerate() {
        *reading.rows.entry(*kind).or_default() += 1;
        if *kind == RowKind::Unrecognised {
            let text: Vec<String> =
                grid.cells(index).iter().take(6).map(|cell| shortened(&grid.text(*cell).text, 60).into_owned()).collect();
            reading.unrecognised.push((grid.rows()[index].number, text.join(" | ")));
        }
    }
    let blank = blank_rows_between(sheet);
    if blank > 0 {
        *reading.rows.entry(RowKind::Blank).or_default() += blank;
    }
    reading.facts = sink.finish();
    reading
}

/// Whether a record stands in a row. Records are in the order of their rows.
fn is_record_row(reading: &SheetReading, row: u32) -> bool {
    reading.records.binary_search_by_key(&row, |record| record.row).is_ok()
}

/// Rows without any value between the first and the last row that has one.
fn blank_rows_between(sheet: &Sheet) -> u32 {
    match (sheet.rows.first(), sheet.rows.last()) {
        (Some(first), Some(last)) => (last.number - first.number + 1) - sheet.rows.len() as u32,
        _ => 0,
    }
}

/// The labelled lines above the first header and at the foot of the sheet.
fn collect_metadata(
    grid: &Grid<'_>,
    header: usize,
    shared: impl Iterator<Item = usize>,
    period: (NaiveDate, NaiveDate),
    metadata: &mut Metadata,
) {
    let rows = grid.rows().len();
    for index in (0..header.min(rows).min(40)).chain(shared) {
        read_metadata_row(grid, index, period, metadata);
    }
    if header < rows {
        for index in rows.saturating_sub(8).max(header + 1)..rows {
            let first_is_label = grid
                .cells(index)
                .first()
                .is_some_and(|cell| matches!(grid.sheet.value(*cell), Value::Text(text) if crate::records::classify::is_signature(text)));
            if first_is_label {
                read_metadata_row(grid, index, period, metadata);
            }
        }
    }
}

/// The unit named outside the table: the 填报单位 line, a title above the header, the sheet, the file, whoever sent it.
fn fallback_unit(
    grid: &Grid<'_>,
    metadata: &Metadata,
    header: usize,
    around: &SheetSurroundings<'_>,
    units: &UnitFinder<'_>,
) -> Option<FallbackUnit> {
    if let Some((name, ..)) = &metadata.unit
        && let Some(index) = units.find_in(name)
    {
        return Some(FallbackUnit { index, from: FactKind::UnitFromMetadata });
    }
    // A unit that is named, and on no roster, is not the one that the file's name speaks of.
    if metadata.unit.as_ref().is_some_and(|(name, ..)| names_an_organisation(name)) {
        return None;
    }
    if let Some(index) = units.find_in(&grid.sheet.name) {
        return Some(FallbackUnit { index, from: FactKind::UnitFromSheetName });
    }
    for row in 0..header.min(6) {
        if let [only] = grid.cells(row)
            && let Some(index) = units.find_in(&grid.text(*only).text)
        {
            return Some(FallbackUnit { index, from: FactKind::UnitFromMetadata });
        }
    }
    if let Some(index) = in_file_name(around.file, units) {
        return Some(FallbackUnit { index, from: FactKind::UnitFromFileName });
    }
    let envelope = around.envelope?;
    Some(FallbackUnit { index: envelope.unit?, from: FactKind::UnitFromSender(envelope.sender.to_string()) })
}

/// The unit that a file's name speaks of, or one of its folders: all that is known of a file that cannot be opened.
pub fn named_unit(file: &str, roster: &Roster) -> Option<usize> {
    in_file_name(file, &UnitFinder::new(roster))
}

/// The file's own name first, then its folders, nearest first.
fn in_file_name(name: &str, units: &UnitFinder<'_>) -> Option<usize> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.rsplit('/').find_map(|part| units.find_in(part))
}

fn note_hidden(grid: &Grid<'_>, reading: &SheetReading, sink: &mut FactSink) {
    for row in grid.rows().iter().filter(|row| row.hidden) {
        if is_record_row(reading, row.number) {
            sink.push(row.number, 0, "", "", FactKind::HiddenRow);
        }
    }
    for table in &reading.tables {
        for column in table.columns.iter().filter(|column| column.hidden) {
            sink.push(table.header_rows.0, column.column, &column.title, "", FactKind::HiddenColumn);
        }
    }
}

/// A sheet that says nothing, or says zero beside hazards.
fn note_emptiness(kinds: &[HeaderKind], reading: &SheetReading, sink: &mut FactSink) {
    let hazards = kinds.contains(&HeaderKind::Hazards);
    let samples = reading.rows.get(&RowKind::Sample).copied().unwrap_or(0);
    let told = sink.has(|kind| matches!(kind, FactKind::ChecklistUnfilled | FactKind::PerhapsZero));
    let passed = reading.rows.contains_key(&RowKind::PassedCheck);
    if hazards
        && reading.records.is_empty()
        && reading.zero_reports.is_empty()
        && samples == 0
        && !passed
        && !told
        && reading.counts.is_empty()
    {
        let row = reading.tables.first().map_or(0, |table| table.header_rows.1);
        sink.push(row, 0, "", "", FactKind::HeaderOnly);
    }
    let with_records: HashSet<Option<usize>> = reading.records.iter().map(|record| known_unit(&record.unit)).collect();
    for zero in &reading.zero_reports {
        if zero.major_only {
            sink.push(zero.row, zero.column, "", &zero.text, FactKind::ZeroMajorOnly);
        }
        if !zero.major_only && with_records.contains(&known_unit(&zero.unit)) {
            sink.push(zero.row, zero.column, "", &zero.text, FactKind::ZeroWithRecords);
        }
    }
}

fn known_unit(unit: &UnitReading) -> Option<usize> {
    if let UnitReading::Known(index) = unit { Some(*index) } else { None }
}
