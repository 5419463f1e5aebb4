//! Reading the values of a record's cells: dates, level, status; and signs of damage in its texts.
//!
//! Gives readings with facts; what stands where was settled before, in `body`.

use chrono::Datelike;
use chrono::NaiveDate;

use crate::dates::CellInput;
use crate::dates::Context;
use crate::dates::DateReading;
use crate::dates::UnreadableDate;
use crate::dates::read_cell;
use crate::records::body::Authority;
use crate::records::body::Piece;
use crate::records::body::SheetBasis;
use crate::records::fact::FactKind;
use crate::records::phone;
use crate::records::plan::Plan;
use crate::records::record::Reading;
use crate::records::record::Record;
use crate::records::several::several_hazards;
use crate::records::sink::FactSink;
use crate::tables::Cell;
use crate::tables::Value;
use crate::vocabulary::Field;
use crate::vocabulary::Level;
use crate::vocabulary::Status;
use crate::vocabulary::label_key;
use crate::vocabulary::read_level;
use crate::vocabulary::read_status;

/// Reads the date cells of one row.
pub(crate) struct DateReader<'a> {
    pub basis: &'a SheetBasis<'a>,
    pub plan: &'a Plan,
    pub row: u32,
    pub previous: Option<&'a Record>,
    pub found_on: Option<NaiveDate>,
    pub extension: Option<NaiveDate>,
}

impl DateReader<'_> {
    pub fn read(&mut self, piece: Option<&Piece<'_>>, sink: &mut FactSink) -> DateReading {
        let Some(piece) = piece else { return DateReading::Blank };
        if let Some(cell) = piece.cell.filter(|cell| cell.has(Cell::MOVING)) {
            let shown = self.basis.grid.text(cell).text;
            let kind = FactKind::DateUnreadable { field: piece.field, reason: UnreadableDate::Moving, candidates: Vec::new() };
            sink.push(self.row, piece.column, self.plan.title(piece.column), &shown, kind);
            return DateReading::Unreadable(UnreadableDate::Moving);
        }
        let context = Context {
            period: Some((self.basis.campaign.start, self.basis.campaign.end)),
            document: self.basis.filled_on,
            found_on: self.found_on,
            above: self.previous.map(|record| record.date(piece.field)),
            looks_back: !matches!(piece.field, Field::Deadline | Field::ExtendedTo),
        };
        let input = piece.cell.map_or(CellInput::Text(&piece.text), |cell| self.basis.grid.date_input(cell, &piece.text));
        let read = read_cell(input, &context);
        let title = self.plan.title(piece.column);
        for note in &read.notes {
            sink.push(self.row, piece.column, title, &piece.text, FactKind::DateNote { field: piece.field, note: *note });
        }
        if let DateReading::Unreadable(reason) = read.reading {
            sink.push(
                self.row,
                piece.column,
                title,
                &piece.text,
                FactKind::DateUnreadable { field: piece.field, reason, candidates: read.candidates },
            );
        }
        if piece.field == Field::Deadline {
            self.extension = read.extension;
        }
        if let DateReading::On(day) = read.reading
            && self.is_far(piece.field, day)
        {
            sink.push(self.row, piece.column, title, &piece.text, FactKind::YearFar(day));
        }
        read.reading
    }
}

impl DateReader<'_> {
    /// Whether a unit's date lies in a year further from the campaign's than the campaign has years. A past day that
    /// lies ahead is told by its own rule.
    fn is_far(&self, field: Field, day: NaiveDate) -> bool {
        if self.basis.authority == Authority::Bureau || self.plan.is_ledger {
            return false;
        }
        let (first, last) = (self.basis.campaign.start.year(), self.basis.campaign.end.year());
        let span = last - first + 1;
        let ahead = !matches!(field, Field::FoundOn | Field::RectifiedOn) && day.year() > last + span;
        day.year() < first - span || ahead
    }
}

/// Reads the level; 是否重大隐患 answers yes or no.
pub(crate) fn read_level_piece(
    basis: &SheetBasis<'_>,
    plan: &Plan,
    row: u32,
    piece: Option<&Piece<'_>>,
    sink: &mut FactSink,
) -> Reading<Level> {
    let Some(piece) = piece else { return Reading::Blank };
    if plan.major_flag == Some(piece.column) {
        match read_status(&piece.text, &std::collections::BTreeMap::new()) {
            Some(Status::Rectified) => return Reading::Value(Level::Major),
            Some(Status::Open) => return Reading::Value(Level::General),
            _ => {}
        }
    }
    match read_level(&piece.text, &basis.campaign.synonyms.levels) {
        Some(level) => Reading::Value(level),
        None => {
            sink.push(row, piece.column, plan.title(piece.column), &piece.text, FactKind::LevelUnreadable);
            Reading::Unreadable
        }
    }
}

/// The cells a status may be read from.
pub(crate) struct StatusPieces<'a, 'p> {
    pub status: Option<&'a Piece<'p>>,
    pub progress: Option<&'a Piece<'p>>,
    pub deadline: Option<&'a Piece<'p>>,
    pub closed_flag: Option<Status>,
}

impl StatusPieces<'_, '_> {
    pub fn read(
        &self,
        basis: &SheetBasis<'_>,
        plan: &Plan,
        row: u32,
        deadline: DateReading,
        rectified_on: DateReading,
        sink: &mut FactSink,
    ) -> Reading<Status> {
        let own = &basis.campaign.synonyms.statuses;
        let mut reading = Reading::Blank;
        let mut piece_of_status = self.status;
        if let Some(piece) = self.status {
            reading = match read_status(&piece.text, own) {
                Some(status) => Reading::Value(status),
                None => {
                    sink.push(row, piece.column, plan.title(piece.column), &piece.text, FactKind::StatusUnreadable);
                    Reading::Unreadable
                }
            };
        } else if let (Some(piece), Some((column, title))) = (self.progress, &plan.status_from)
            && piece.column == *column
            && let Some(status) = read_status(&piece.text, own)
        {
            sink.push(row, *column, title, &piece.text, FactKind::StatusFromColumn(title.clone()));
            piece_of_status = Some(piece);
            reading = Reading::Value(status);
        }
        // A status word in the deadline column says what the status column does not.
        if reading == Reading::Blank
            && deadline == DateReading::Unreadable(UnreadableDate::StatusWord)
            && let Some(piece) = self.deadline
            && let Some(status) = read_status(&piece.text, own)
        {
            reading = Reading::Value(status);
        }
        // Closed by 是否销号; a status word in that column counts where there is no other.
        match self.closed_flag {
            Some(Status::ClosedOut) => reading = Reading::Value(Status::ClosedOut),
            Some(status) if reading == Reading::Blank => reading = Reading::Value(status),
            _ => {}
        }
        if reading == Reading::Blank && matches!(rectified_on, DateReading::On(_)) {
            let column = plan.column_of(Field::RectifiedOn).unwrap_or(0);
            sink.push(row, column, plan.title(column), "", FactKind::StatusFromColumn(plan.title(column).to_owned()));
            reading = Reading::Value(Status::Rectified);
        }
        let bureau = basis.authority == Authority::Bureau || plan.is_ledger || basis.campaign.units_may_close;
        if reading == Reading::Value(Status::ClosedOut) && !bureau {
            let (column, text) = piece_of_status.map_or((0, ""), |piece| (piece.column, piece.text.as_ref()));
            sink.push(row, column, plan.title(column), text, FactKind::ClosedByUnit);
            return Reading::Value(Status::Rectified);
        }
        reading
    }
}

/// Looks at texts for signs of damage: placeholders, cut texts, damaged phones, several hazards in one.
pub(crate) fn check_texts(
    basis: &SheetBasis<'_>,
    plan: &Plan,
    row: u32,
    pieces: &[Piece<'_>],
    description_asked: bool,
    sink: &mut FactSink,
) {
    let has_lost_digits = |piece: &Piece<'_>| {
        piece.cell.is_some_and(|cell| matches!(basis.grid.sheet.value(cell), Value::Number(number) if phone::has_lost_digits(number)))
    };
    for piece in pieces {
        let text = piece.text.as_ref();
        let title = plan.title(piece.column);
        match piece.field {
            Field::Description => {
                let parts = several_hazards(text);
                if parts.len() > 1 {
                    sink.push(row, piece.column, title, text, FactKind::SeveralHazards(parts));
                }
            }
            Field::Phone if phone::is_damaged(text) || has_lost_digits(piece) => {
                sink.push(row, piece.column, title, text, FactKind::PhoneDamaged)
            }
            _ => {}
        }
        if is_placeholder(text) {
            sink.push(row, piece.column, title, text, FactKind::Placeholder);
        }
        if text.len() > 255 && text.chars().count() == 255 {
            sink.push(row, piece.column, title, text, FactKind::TextCut);
        }
    }
    let has = |field: Field| pieces.iter().any(|piece| piece.field == field);
    if !has(Field::Description) && !description_asked && plan.column_of(Field::Description).is_some() {
        let column = plan.column_of(Field::Description).unwrap_or(0);
        sink.push(row, column, plan.title(column), "", FactKind::NoDescription);
    }
}

fn is_placeholder(text: &str) -> bool {
    if text.len() > 60 || !text.contains(['X', 'x', '×', '*', '待', '某', 'Ｘ']) {
        return false;
    }
    let key = label_key(text);
    matches!(key.as_str(), "待填" | "待补充" | "待填写" | "待补" | "某某")
        || key.contains("xx")
        || key.contains("××")
        || (key.is_empty() && text.contains("**"))
        || key.contains("***") && !key.contains(|character: char| character.is_ascii_digit())
}
