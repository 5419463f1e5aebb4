//! Building records from rows: texts by field, merged and repeated values filled in, every value read.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::campaign::Ground;
use crate::dates::DateReading;
use crate::records::converted;
use crate::records::converted::Found;
use crate::records::fact::FactKind;
use crate::records::funds::contradicts_unit;
use crate::records::funds::read_funds;
use crate::records::grid::Grid;
use crate::records::left;
use crate::records::only_a_name::is_only_a_name;
use crate::records::own_papers::says_nothing;
use crate::records::people::split_people;
use crate::records::phone;
use crate::records::plan::Plan;
use crate::records::readings::DateReader;
use crate::records::readings::StatusPieces;
use crate::records::readings::Tick;
use crate::records::readings::check_texts;
use crate::records::readings::read_level_piece;
use crate::records::record::Reading;
use crate::records::record::Record;
use crate::records::record::UnitReading;
use crate::records::record::Values;
use crate::records::sheet::ColumnMeaning;
use crate::records::sink::FactSink;
use crate::records::units::UnitFinder;
use crate::records::units::is_department;
use crate::source::column_letters;
use crate::tables::Cell;
use crate::tables::Value;
use crate::vocabulary::Field;
use crate::vocabulary::Said;
use crate::vocabulary::is_share;
use crate::vocabulary::names_nothing;
use crate::vocabulary::read_status_cell;
use crate::vocabulary::read_zero;

/// Whose word a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authority {
    /// A facility's submission.
    Unit,
    /// The bureau's own ledger, in any layout (`--base`).
    Bureau,
}

/// Where the unit comes from when no column names it.
#[derive(Debug, Clone)]
pub struct FallbackUnit {
    pub index: usize,
    pub from: FactKind,
}

/// What all records of a sheet share.
pub struct SheetBasis<'a> {
    pub grid: &'a Grid<'a>,
    pub ground: Ground<'a>,
    pub authority: Authority,
    pub filled_on: Option<NaiveDate>,
    pub fallback: Option<FallbackUnit>,
    /// 填报单位 as written over the table, with its row and column: told when nothing else names the unit.
    pub named: Option<(String, u32, u32)>,
    pub sheet_hidden: bool,
}

/// What earlier rows of the table hand down.
#[derive(Default)]
pub struct Running {
    /// 一、消防安全: the category of the rows below.
    pub category: Option<String>,
    /// A row that names a unit, for the rows below.
    pub unit: Option<usize>,
    last_unit: Option<(UnitReading, Box<str>)>,
}

/// One text with its place, while a record is put together.
pub(crate) struct Piece<'a> {
    pub field: Field,
    pub column: u32,
    pub text: Cow<'a, str>,
    pub cell: Option<Cell>,
}

/// Reads one record from the row at `index`; `None` when a wide block is blank in this row.
pub fn read_record(
    basis: &SheetBasis<'_>,
    plan: &Plan,
    index: usize,
    previous: Option<&Record>,
    running: &mut Running,
    units: &mut UnitFinder<'_>,
    sink: &mut FactSink,
) -> Option<Record> {
    let grid = basis.grid;
    let row = grid.rows()[index];
    let mut pieces: Vec<Piece<'_>> = Vec::with_capacity(plan.fields.len() + 2);
    let mut extras: Vec<(Arc<str>, Box<str>)> = Vec::new();
    let mut closed_flag = None;
    let mut description_asked = false;
    let mut ticks: Vec<Tick> = Vec::new();
    let mut further: Vec<(u32, Box<str>)> = Vec::new();
    let mut own = plan.own_columns.is_empty();
    for cell in grid.cells(index) {
        let column = u32::from(cell.column);
        let Some(role) = plan.role(column) else {
            // In a wide table the columns of the other blocks have no role in this one.
            let text = grid.text(*cell).text;
            if plan.own_columns.is_empty() && !text.is_empty() {
                let title = format!("无列名的{}列", column_letters(column));
                sink.push(row.number, column, &title, &text, FactKind::UntitledColumn);
                extras.push((Arc::from(title), text.into()));
            }
            continue;
        };
        let read = grid.text(*cell);
        let seen = [
            (read.invisible, FactKind::InvisibleCharacters),
            (read.cut, FactKind::TextTooLong),
            (cell.has(Cell::STRUCK), FactKind::StruckThrough),
        ];
        for (_, kind) in seen.into_iter().filter(|(is_so, _)| *is_so) {
            sink.push(row.number, column, &role.title, &read.text, kind);
        }
        if read.text.is_empty() {
            if cell.has(Cell::FORMULA_WITHOUT_RESULT) {
                sink.push(row.number, column, &role.title, "", FactKind::FormulaWithoutResult);
            }
            continue;
        }
        own |= plan.own_columns.contains(&column) && role.meaning != ColumnMeaning::Sequence;
        match &role.meaning {
            ColumnMeaning::Field(field) => {
                let found = Found { row: row.number, column, title: &role.title, cell: *cell };
                match converted::settled(grid.sheet, &found, *field, read.text, sink) {
                    Some(text) if plan.own_paper && says_nothing(*field, &text) => {}
                    Some(text) => pieces.push(Piece { field: *field, column, text, cell: Some(*cell) }),
                    None => description_asked |= *field == Field::Description,
                }
            }
            ColumnMeaning::Both(first, second) => push_both(&mut pieces, (*first, *second), column, &read.text, *cell),
            ColumnMeaning::CloseOutFlag => {
                closed_flag = Some((column, read.text.as_ref().into()));
                extras.push((role.kept_as.clone(), read.text.into()));
            }
            ColumnMeaning::Sequence | ColumnMeaning::Derived => {}
            ColumnMeaning::Tick(stands_for) => {
                ticks.push(Tick { column, stands_for: *stands_for, text: read.text.as_ref().into() });
                extras.push((role.kept_as.clone(), read.text.into()));
            }
            ColumnMeaning::Repeated(Field::Status) => {
                further.push((column, read.text.as_ref().into()));
                extras.push((role.kept_as.clone(), read.text.into()));
            }
            // The fuller of two columns is the description; where it is blank, the other one says something.
            ColumnMeaning::Repeated(Field::Description)
                if plan.column_of(Field::Description).is_none_or(|main| grid.text_at(index, main).is_empty()) =>
            {
                pieces.push(Piece { field: Field::Description, column, text: read.text, cell: Some(*cell) });
            }
            _ => {
                let found = Found { row: row.number, column, title: &role.title, cell: *cell };
                converted::check_extra(grid.sheet, &found, &read.text, sink);
                extras.push((role.kept_as.clone(), read.text.into()));
            }
        }
    }
    if !own {
        return None;
    }
    fill_from_merges(basis, plan, row.number, &mut pieces, sink);
    // In a ledger of our own every row stands for itself.
    let previous = previous.filter(|_| !plan.is_ledger);
    left::resolve(plan, row.number, &mut pieces, sink);
    left::resolve_dittos(plan, row.number, &mut pieces, previous, sink);
    if !plan.is_ledger {
        set_foreign_id_aside(basis, plan, &mut pieces, &mut extras);
    }
    if let Some(category) = &running.category
        && !pieces.iter().any(|piece| piece.field == Field::Category)
    {
        pieces.push(Piece { field: Field::Category, column: 0, text: Cow::Owned(category.clone()), cell: None });
    }
    keep_remark(basis, &mut pieces);
    let said_nothing = !plan.is_ledger && drop_empty_description(basis, plan, units, row.number, &mut pieces, sink);
    if said_nothing && !plan.own_columns.is_empty() {
        return None;
    }
    let unit = settle_unit(basis, plan, row.number, &pieces, running, units, sink);
    extras.extend(keep_below(basis, &unit, &mut pieces, running.last_unit.as_ref(), units));
    let said_nothing = said_nothing || description_asked;
    let shape =
        RowShape { row: row.number, hidden: row.hidden || basis.sheet_hidden, unit, extras, closed_flag, ticks, further, said_nothing };
    Some(finish(basis, plan, shape, &mut pieces, previous, sink))
}

/// Takes the text of a column that holds two fields apart.
fn push_both<'a>(pieces: &mut Vec<Piece<'a>>, fields: (Field, Field), column: u32, text: &str, cell: Cell) {
    for (field, part) in split_people(fields, text) {
        pieces.push(Piece { field, column, text: Cow::Owned(part.to_owned()), cell: Some(cell) });
    }
}

/// What is known of a row besides the texts of its fields.
struct RowShape {
    row: u32,
    hidden: bool,
    unit: UnitReading,
    extras: Vec<(Arc<str>, Box<str>)>,
    /// 是否销号: column and text.
    closed_flag: Option<(u32, Box<str>)>,
    ticks: Vec<Tick>,
    /// Further columns that hold a status: column and text.
    further: Vec<(u32, Box<str>)>,
    /// The description named no hazard and was taken out; it was asked about already.
    said_nothing: bool,
}

/// One label of a form with its value.
pub struct FormValue<'a> {
    pub field: Field,
    pub row: u32,
    pub column: u32,
    pub text: Cow<'a, str>,
    pub cell: Option<Cell>,
}

/// Makes the record of a form from its labelled values; it stands at the row of its description.
pub fn read_form(
    basis: &SheetBasis<'_>,
    plan: &Plan,
    values: Vec<FormValue<'_>>,
    extras: Vec<(Arc<str>, Box<str>)>,
    units: &mut UnitFinder<'_>,
    sink: &mut FactSink,
) -> Record {
    let row = values.iter().find(|value| value.field == Field::Description).or(values.first()).map_or(0, |value| value.row);
    let mut extras = extras;
    let mut pieces: Vec<Piece<'_>> =
        values.into_iter().map(|value| Piece { field: value.field, column: value.column, text: value.text, cell: value.cell }).collect();
    set_foreign_id_aside(basis, plan, &mut pieces, &mut extras);
    let said_nothing = drop_empty_description(basis, plan, units, row, &mut pieces, sink);
    let unit = settle_unit(basis, plan, row, &pieces, &mut Running::default(), units, sink);
    extras.extend(keep_below(basis, &unit, &mut pieces, None, units));
    let shape =
        RowShape { row, hidden: basis.sheet_hidden, unit, extras, closed_flag: None, ticks: Vec::new(), further: Vec::new(), said_nothing };
    finish(basis, plan, shape, &mut pieces, None, sink)
}

/// A blank cell inside a vertical merge holds the merge's value.
fn fill_from_merges<'a>(basis: &SheetBasis<'a>, plan: &Plan, row: u32, pieces: &mut Vec<Piece<'a>>, sink: &mut FactSink) {
    if basis.grid.sheet.merges.is_empty() {
        return;
    }
    let of_both = plan.both.iter().map(|(first, _, column)| (first, column));
    for (field, column) in plan.fields.iter().map(|(field, column)| (field, column)).chain(of_both) {
        if pieces.iter().any(|piece| piece.field == *field || piece.column == *column) {
            continue;
        }
        let Some((first_row, first_column, cell)) = basis.grid.covered_by(row, *column) else { continue };
        if first_column != *column || first_row >= row {
            continue;
        }
        let text = basis.grid.text(cell).text;
        if text.is_empty() || matches!(basis.grid.sheet.value(cell), Value::Error(_)) {
            continue;
        }
        sink.push(row, *column, plan.title(*column), &text, FactKind::FilledFromMerge(*field));
        if let Some((first, second, _)) = plan.both.iter().find(|(.., both)| both == column) {
            push_both(pieces, (*first, *second), *column, &text, cell);
        } else {
            pieces.push(Piece { field: *field, column: *column, text, cell: Some(cell) });
        }
    }
}

/// Takes off what a program wrote around a telephone number.
fn clean_phone(plan: &Plan, row: u32, pieces: &mut [Piece<'_>], sink: &mut FactSink) {
    let Some(piece) = pieces.iter_mut().find(|piece| piece.field == Field::Phone) else { return };
    if let Some(cleaned) = phone::cleaned(&piece.text) {
        sink.push(row, piece.column, plan.title(piece.column), &piece.text, FactKind::PhoneCleaned(cleaned.clone()));
        piece.text = Cow::Owned(cleaned);
    }
}

/// Takes a description that names no hazard (a number, 见附件, #VALUE!) out and asks for it. A block of a wide row
/// with a dash is simply empty. True if there was one.
fn drop_empty_description(
    basis: &SheetBasis<'_>,
    plan: &Plan,
    units: &UnitFinder<'_>,
    row: u32,
    pieces: &mut Vec<Piece<'_>>,
    sink: &mut FactSink,
) -> bool {
    let Some(position) = pieces.iter().position(|piece| piece.field == Field::Description) else { return false };
    let text = pieces[position].text.as_ref();
    let others = pieces.iter().map(|piece| (piece.field, piece.text.as_ref()));
    let title = plan.title(pieces[position].column);
    if !names_nothing(text) && read_zero(text).is_none() && !is_only_a_name(text, title, others, units, basis.ground.campaign) {
        return false;
    }
    let piece = pieces.remove(position);
    if plan.own_columns.is_empty() || read_zero(&piece.text).is_none() {
        sink.push(row, piece.column, plan.title(piece.column), &piece.text, FactKind::DescriptionEmpty);
    }
    true
}

/// What stands in the status cell besides the status (90%, 已联系厂家) is kept as the progress where none is written.
fn keep_remark(basis: &SheetBasis<'_>, pieces: &mut Vec<Piece<'_>>) {
    let Some(piece) = pieces.iter().find(|piece| piece.field == Field::Status) else { return };
    if !piece.text.contains(['%', '％', '(', '（', '[', '【', '〔']) || pieces.iter().any(|piece| piece.field == Field::Progress) {
        return;
    }
    let remarked = matches!(read_status_cell(&piece.text, &basis.ground.campaign.synonyms.statuses), Said::Remarked(..));
    if remarked || is_share(&piece.text) {
        let kept = Piece { field: Field::Progress, column: piece.column, text: piece.text.clone(), cell: piece.cell };
        pieces.push(kept);
    }
}

/// A number of the facility's own in an 编号 column is kept as an extra, never taken for ours.
fn set_foreign_id_aside(basis: &SheetBasis<'_>, plan: &Plan, pieces: &mut Vec<Piece<'_>>, extras: &mut Vec<(Arc<str>, Box<str>)>) {
    let Some(position) = pieces.iter().position(|piece| piece.field == Field::Id) else { return };
    let ours = pieces[position].text.strip_prefix(basis.ground.campaign.code.as_str()).is_some_and(|rest| rest.starts_with('-'));
    if !ours {
        let piece = pieces.remove(position);
        extras.push((plan.kept_as(piece.column), piece.text.into()));
    }
}

fn settle_unit(
    basis: &SheetBasis<'_>,
    plan: &Plan,
    row: u32,
    pieces: &[Piece<'_>],
    running: &mut Running,
    units: &mut UnitFinder<'_>,
    sink: &mut FactSink,
) -> UnitReading {
    let unit_column = plan.column_of(Field::Unit).unwrap_or(0);
    let title = plan.title(unit_column);
    let fallback = |sink: &mut FactSink| {
        if let Some(index) = running.unit {
            return Some(UnitReading::Known(index));
        }
        let fallback = basis.fallback.as_ref()?;
        sink.push(0, 0, title, "", fallback.from.clone());
        Some(UnitReading::Known(fallback.index))
    };
    if let Some(piece) = pieces.iter().find(|piece| piece.field == Field::Unit) {
        let (reading, fact) = units.find(&piece.text);
        if matches!(reading, UnitReading::Unknown(_))
            && is_department(&piece.text)
            && let Some(known) = fallback(sink)
        {
            sink.push(row, piece.column, title, &piece.text, FactKind::DepartmentInUnitColumn);
            running.last_unit = Some((known.clone(), piece.text.as_ref().into()));
            return known;
        }
        if let (true, Some(sender)) = (is_below(basis, &piece.text, units), running.unit.or(basis.fallback.as_ref().map(|from| from.index)))
        {
            sink.push(row, piece.column, title, &piece.text, FactKind::UnitBelow);
            running.last_unit = Some((UnitReading::Known(sender), piece.text.as_ref().into()));
            return UnitReading::Known(sender);
        }
        if let Some(fact) = fact {
            sink.push(row, piece.column, title, &piece.text, fact);
        }
        running.last_unit = Some((reading.clone(), piece.text.as_ref().into()));
        return reading;
    }
    if let Some((unit, name)) = &running.last_unit
        && unit_column > 0
    {
        let unit = unit.clone();
        sink.push(row, unit_column, title, name, FactKind::FilledDown(Field::Unit));
        return unit;
    }
    fallback(sink).unwrap_or_else(|| {
        if let Some((name, named_row, named_column)) = &basis.named
            && let (reading, Some(fact)) = units.find(name)
        {
            sink.push(*named_row, *named_column, "填报单位", name, fact);
            return reading;
        }
        sink.push(row, unit_column, title, "", FactKind::UnitMissing);
        UnitReading::Missing
    })
}

/// True for the name of a 下属单位 that the campaign takes.
fn is_below(basis: &SheetBasis<'_>, written: &str, units: &mut UnitFinder<'_>) -> bool {
    basis.ground.campaign.accept_below && basis.authority == Authority::Unit && units.is_stranger(written)
}

/// Keeps the name of a 下属单位 before the place: two of them may have the same hazard. Gives it back for a column of its own.
fn keep_below(
    basis: &SheetBasis<'_>,
    unit: &UnitReading,
    pieces: &mut Vec<Piece<'_>>,
    last: Option<&(UnitReading, Box<str>)>,
    units: &mut UnitFinder<'_>,
) -> Option<(Arc<str>, Box<str>)> {
    let written = pieces.iter().find(|piece| piece.field == Field::Unit).map(|piece| &*piece.text).or(last.map(|(_, name)| &**name));
    let name: Box<str> = written.filter(|name| matches!(unit, UnitReading::Known(_)) && is_below(basis, name, units))?.into();
    match pieces.iter_mut().find(|piece| piece.field == Field::Location) {
        Some(piece) if piece.text.contains(&*name) => {}
        Some(piece) => piece.text = Cow::Owned(format!("{name} {}", piece.text)),
        None => pieces.push(Piece { field: Field::Location, column: 0, text: Cow::Owned(name.to_string()), cell: None }),
    }
    Some((Arc::from("下属单位"), name))
}

/// Reads the values of the pieces and makes the record.
fn finish(
    basis: &SheetBasis<'_>,
    plan: &Plan,
    shape: RowShape,
    pieces: &mut [Piece<'_>],
    previous: Option<&Record>,
    sink: &mut FactSink,
) -> Record {
    let row = shape.row;
    clean_phone(plan, row, pieces, sink);
    let pieces = &*pieces;
    let find = |field: Field| pieces.iter().find(|piece| piece.field == field);
    let mut dates = DateReader { basis, plan, row, previous, found_on: None, extension: None };
    let found_on = dates.read(find(Field::FoundOn), sink);
    if let DateReading::On(date) = found_on {
        dates.found_on = Some(date);
    }
    let deadline = dates.read(find(Field::Deadline), sink);
    let extension = dates.extension.take();
    let mut extended_to = dates.read(find(Field::ExtendedTo), sink);
    let rectified_on = dates.read(find(Field::RectifiedOn), sink);
    let verified_on = dates.read(find(Field::VerifiedOn), sink);
    let closed_out_on = dates.read(find(Field::ClosedOutOn), sink);
    let submitted_on = dates.read(find(Field::SubmittedOn), sink);
    if let Some(date) = extension {
        if let Some(piece) = find(Field::Deadline) {
            sink.push(row, piece.column, plan.title(piece.column), &piece.text, FactKind::ExtensionInDeadline(date));
        }
        if extended_to == DateReading::Blank {
            extended_to = DateReading::On(date);
        }
    }
    let level = read_level_piece(basis, plan, row, find(Field::Level), &shape.ticks, sink);
    let status = StatusPieces {
        status: find(Field::Status),
        progress: find(Field::Progress),
        deadline: find(Field::Deadline),
        closed_flag: shape.closed_flag.as_ref(),
        ticks: &shape.ticks,
        further: &shape.further,
    };
    let status = status.read(basis, plan, row, deadline, rectified_on, sink);
    let funds = match find(Field::Funds) {
        None => Reading::Blank,
        Some(piece) => {
            let (reading, converted) = read_funds(&piece.text, plan.funds_unit);
            match reading {
                Reading::Value(amount) if converted => {
                    sink.push(row, piece.column, plan.title(piece.column), &piece.text, FactKind::FundsConverted(amount))
                }
                Reading::Unreadable => {
                    let kind = if contradicts_unit(&piece.text, plan.funds_unit) { FactKind::FundsSign } else { FactKind::FundsUnreadable };
                    sink.push(row, piece.column, plan.title(piece.column), &piece.text, kind);
                }
                _ => {}
            }
            reading
        }
    };
    check_texts(basis, plan, row, pieces, shape.said_nothing, sink);
    Record {
        row,
        hidden: shape.hidden,
        values: Values::pack(pieces.iter().map(|piece| (piece.field, piece.column as u16, piece.text.as_ref()))),
        extras: shape.extras.into_boxed_slice(),
        unit: shape.unit,
        level,
        status,
        found_on,
        deadline,
        extended_to,
        rectified_on,
        verified_on,
        closed_out_on,
        submitted_on,
        funds,
    }
}
