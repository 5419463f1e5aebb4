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
use crate::records::sheet::Ticked;
use crate::records::sink::FactSink;
use crate::tables::Cell;
use crate::tables::Value;
use crate::vocabulary::CloseOut;
use crate::vocabulary::Doubt;
use crate::vocabulary::Field;
use crate::vocabulary::Level;
use crate::vocabulary::Said;
use crate::vocabulary::Status;
use crate::vocabulary::contradict;
use crate::vocabulary::is_share;
use crate::vocabulary::label_key;
use crate::vocabulary::read_close_out;
use crate::vocabulary::read_level_cell;
use crate::vocabulary::read_major_flag;
use crate::vocabulary::read_status;
use crate::vocabulary::read_status_cell;
use crate::vocabulary::read_tick;
use crate::vocabulary::sounds_in_order;

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
            period: Some((self.basis.ground.campaign.start, self.basis.ground.campaign.end)),
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
        let (first, last) = (self.basis.ground.campaign.start.year(), self.basis.ground.campaign.end.year());
        let span = last - first + 1;
        let ahead = !matches!(field, Field::FoundOn | Field::RectifiedOn) && day.year() > last + span;
        day.year() < first - span || ahead
    }
}

/// Reads the level; 是否重大隐患 answers yes or no, and a tick may stand under 一般 or 重大.
pub(crate) fn read_level_piece(
    basis: &SheetBasis<'_>,
    plan: &Plan,
    row: u32,
    piece: Option<&Piece<'_>>,
    ticks: &[Tick],
    sink: &mut FactSink,
) -> Reading<Level> {
    let Some(piece) = piece else {
        let ticked = |ticked: Ticked| if let Ticked::Level(level) = ticked { Some(level) } else { None };
        return read_ticks(plan, row, Field::Level, ticks, ticked, sink);
    };
    let own = &basis.ground.campaign.synonyms.levels;
    let said = if plan.major_flag == Some(piece.column) { read_major_flag(&piece.text, own) } else { read_level_cell(&piece.text, own) };
    let kind = match said {
        Said::Value(level) | Said::Remarked(level, _) => return Reading::Value(level),
        Said::Doubtful(doubt) => FactKind::ChoiceUnclear { field: Field::Level, doubt },
        Said::Unknown => FactKind::LevelUnreadable,
    };
    sink.push(row, piece.column, plan.title(piece.column), &piece.text, kind);
    Reading::Unreadable
}

/// A cell of a column that is there to be ticked: 已整改 | 未整改, 一般 | 重大.
pub(crate) struct Tick {
    pub column: u32,
    pub stands_for: Ticked,
    pub text: Box<str>,
}

/// What the ticked one of several columns says; several ticks, or words where a tick belongs, are asked.
fn read_ticks<T: Copy + PartialEq>(
    plan: &Plan,
    row: u32,
    field: Field,
    ticks: &[Tick],
    meaning: impl Fn(Ticked) -> Option<T>,
    sink: &mut FactSink,
) -> Reading<T> {
    let mut found: Reading<T> = Reading::Blank;
    for tick in ticks {
        let Some(value) = meaning(tick.stands_for) else { continue };
        let doubt = match (read_tick(&tick.text), found) {
            (Some(false), _) => continue,
            (Some(true), Reading::Blank) => {
                found = Reading::Value(value);
                continue;
            }
            (Some(true), _) => Doubt::SeveralTicked,
            (None, _) => Doubt::TickUnclear,
        };
        sink.push(row, tick.column, plan.title(tick.column), &tick.text, FactKind::ChoiceUnclear { field, doubt });
        return Reading::Unreadable;
    }
    found
}

/// The cells a status may be read from.
pub(crate) struct StatusPieces<'a, 'p> {
    pub status: Option<&'a Piece<'p>>,
    pub progress: Option<&'a Piece<'p>>,
    pub deadline: Option<&'a Piece<'p>>,
    /// 是否销号: its column and text.
    pub closed_flag: Option<&'a (u32, Box<str>)>,
    /// Ticks, and the texts of further status columns.
    pub ticks: &'a [Tick],
    pub further: &'a [(u32, Box<str>)],
}

/// A status with the cell that says it.
struct Stated {
    reading: Reading<Status>,
    column: u32,
    text: Box<str>,
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
        let own = &basis.ground.campaign.synonyms.statuses;
        let mut stated = self.stated(basis, plan, row, sink);
        // A status word in the deadline column says what the status column does not.
        if stated.reading == Reading::Blank
            && deadline == DateReading::Unreadable(UnreadableDate::StatusWord)
            && let Some(piece) = self.deadline
            && let Some(status) = read_status(&piece.text, own)
        {
            stated.reading = Reading::Value(status);
        }
        self.lay_beside(basis, plan, row, &mut stated, sink);
        self.close(basis, plan, row, &mut stated, rectified_on, sink);
        if stated.reading == Reading::Blank && matches!(rectified_on, DateReading::On(_)) {
            let column = plan.column_of(Field::RectifiedOn).unwrap_or(0);
            sink.push(row, column, plan.title(column), "", FactKind::StatusFromColumn(plan.title(column).to_owned()));
            return Reading::Value(Status::Rectified);
        }
        let bureau = basis.authority == Authority::Bureau || plan.is_ledger || basis.ground.campaign.units_may_close;
        if stated.reading == Reading::Value(Status::ClosedOut) && !bureau {
            sink.push(row, stated.column, plan.title(stated.column), &stated.text, FactKind::ClosedByUnit);
            return Reading::Value(Status::Rectified);
        }
        stated.reading
    }

    /// What the status column says, or the column that stands in for it, or ticks.
    fn stated(&self, basis: &SheetBasis<'_>, plan: &Plan, row: u32, sink: &mut FactSink) -> Stated {
        let own = &basis.ground.campaign.synonyms.statuses;
        let of = |piece: &Piece<'_>, reading| Stated { reading, column: piece.column, text: piece.text.as_ref().into() };
        if let Some(piece) = self.status {
            let kind = match read_status_cell(&piece.text, own) {
                Said::Value(status) | Said::Remarked(status, _) => {
                    if is_share(&piece.text) {
                        sink.push(row, piece.column, plan.title(piece.column), &piece.text, FactKind::StatusFromShare(status));
                    }
                    return of(piece, Reading::Value(status));
                }
                Said::Doubtful(doubt) => FactKind::ChoiceUnclear { field: Field::Status, doubt },
                Said::Unknown => FactKind::StatusUnreadable,
            };
            sink.push(row, piece.column, plan.title(piece.column), &piece.text, kind);
            return of(piece, Reading::Unreadable);
        }
        if let (Some(piece), Some((column, title))) = (self.progress, &plan.status_from)
            && piece.column == *column
        {
            match read_status_cell(&piece.text, own) {
                Said::Value(status) | Said::Remarked(status, _) => {
                    sink.push(row, *column, title, &piece.text, FactKind::StatusFromColumn(title.clone()));
                    return of(piece, Reading::Value(status));
                }
                Said::Doubtful(doubt) => {
                    sink.push(row, *column, title, &piece.text, FactKind::ChoiceUnclear { field: Field::Status, doubt });
                    return of(piece, Reading::Unreadable);
                }
                Said::Unknown => {}
            }
        }
        let ticked = |ticked: Ticked| if let Ticked::Status(status) = ticked { Some(status) } else { None };
        let reading = read_ticks(plan, row, Field::Status, self.ticks, ticked, sink);
        let cell = self.ticks.iter().find(|tick| read_tick(&tick.text) == Some(true));
        Stated { reading, column: cell.map_or(0, |tick| tick.column), text: cell.map_or("", |tick| &tick.text).into() }
    }

    /// Compares the status with what other columns say in a status word: they fill a blank in, and a contradiction is asked.
    fn lay_beside(&self, basis: &SheetBasis<'_>, plan: &Plan, row: u32, stated: &mut Stated, sink: &mut FactSink) {
        let own = &basis.ground.campaign.synonyms.statuses;
        let progress = self.progress.filter(|piece| piece.column != stated.column).map(|piece| (piece.column, piece.text.as_ref()));
        let further = self.further.iter().map(|(column, text)| (*column, text.as_ref()));
        for (column, text) in further.chain(progress) {
            let Some(status) = read_status(text, own) else { continue };
            match stated.reading {
                Reading::Blank => {
                    let title = plan.title(column).to_owned();
                    sink.push(row, column, plan.title(column), text, FactKind::StatusFromColumn(title));
                    *stated = Stated { reading: Reading::Value(status), column, text: text.into() };
                }
                Reading::Value(known) if contradict(known, status) => return stated.doubt(plan, row, column, text, sink),
                _ => {}
            }
        }
    }

    /// Closed by 是否销号; a status word in that column counts where there is no other.
    fn close(&self, basis: &SheetBasis<'_>, plan: &Plan, row: u32, stated: &mut Stated, rectified_on: DateReading, sink: &mut FactSink) {
        let Some((column, text)) = self.closed_flag else { return };
        let status = match read_close_out(text, &basis.ground.campaign.synonyms.statuses) {
            Said::Value(said) | Said::Remarked(said, _) => match said {
                CloseOut::Closed => Status::ClosedOut,
                CloseOut::Status(status) => status,
                CloseOut::NotClosed if stated.reading == Reading::Value(Status::ClosedOut) => Status::Open,
                // Where no other column speaks of the work, what is not closed is open.
                CloseOut::NotClosed if plan.column_of(Field::Status).is_none() && rectified_on == DateReading::Blank => Status::Open,
                CloseOut::NotClosed => return,
            },
            Said::Doubtful(doubt) => {
                sink.push(row, *column, plan.title(*column), text, FactKind::ChoiceUnclear { field: Field::Status, doubt });
                // Whether it is closed is not known; that it is rectified may be.
                return;
            }
            Said::Unknown => return,
        };
        match stated.reading {
            Reading::Value(known) if contradict(known, status) => stated.doubt(plan, row, *column, text, sink),
            Reading::Blank => {
                let title = plan.title(*column).to_owned();
                sink.push(row, *column, plan.title(*column), text, FactKind::StatusFromColumn(title));
                *stated = Stated { reading: Reading::Value(status), column: *column, text: text.clone() };
            }
            Reading::Value(_) if status == Status::ClosedOut => stated.reading = Reading::Value(Status::ClosedOut),
            _ => {}
        }
    }
}

impl Stated {
    /// Two columns contradict each other: neither is believed.
    fn doubt(&mut self, plan: &Plan, row: u32, column: u32, text: &str, sink: &mut FactSink) {
        let kind = FactKind::StatusContradicted { title: plan.title(self.column).to_owned(), text: self.text.to_string() };
        sink.push(row, column, plan.title(column), text, kind);
        self.reading = Reading::Unreadable;
    }
}

/// Looks at texts for signs of damage: placeholders, cut texts, damaged phones, several hazards in one.
pub(crate) fn check_texts(basis: &SheetBasis<'_>, plan: &Plan, row: u32, pieces: &[Piece<'_>], said_nothing: bool, sink: &mut FactSink) {
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
                } else if !plan.is_ledger && sounds_in_order(text) {
                    sink.push(row, piece.column, title, text, FactKind::SoundsInOrder);
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
    if !said_nothing && !has(Field::Description) && plan.column_of(Field::Description).is_some() {
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
