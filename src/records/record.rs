//! One record: a row that describes a hazard, its texts by field and what was read from them.

use std::sync::Arc;

use crate::dates::DateReading;
use crate::vocabulary::Field;
use crate::vocabulary::Level;
use crate::vocabulary::Status;
use crate::vocabulary::label_key;

/// A three-state reading. The text as written stays in the record beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reading<T> {
    /// Nothing there.
    #[default]
    Blank,
    Value(T),
    /// Something is written that has no known meaning.
    Unreadable,
}

impl<T: Copy> Reading<T> {
    /// The value, if there is one.
    pub fn value(self) -> Option<T> {
        match self {
            Reading::Value(value) => Some(value),
            _ => None,
        }
    }
}

/// The texts of one record by field, packed in one allocation: trimmed, never empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values {
    texts: Box<str>,
    spans: Box<[Span]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    field: Field,
    column: u16,
    end: u32,
}

/// What an extra costs beside its text.
const EXTRA_BYTES: usize = 48;

/// Packs texts one by one, without a list of them.
pub struct Packer {
    texts: String,
    spans: Vec<Span>,
}

impl Packer {
    /// Room for so many bytes of text and so many fields, so that packing allocates twice and no more.
    fn with_room(texts: usize, fields: usize) -> Packer {
        Packer { texts: String::with_capacity(texts), spans: Vec::with_capacity(fields) }
    }

    /// Adds the text of a field; a blank one, or a field that is there already, is ignored.
    pub fn push(&mut self, field: Field, text: &str) {
        self.push_from(field, 0, text);
    }

    fn push_from(&mut self, field: Field, column: u16, text: &str) {
        if text.is_empty() || self.spans.iter().any(|span| span.field == field) {
            return;
        }
        self.texts.push_str(text);
        self.spans.push(Span { field, column, end: self.texts.len() as u32 });
    }

    /// The packed texts.
    pub fn finish(self) -> Values {
        Values { texts: self.texts.into_boxed_str(), spans: self.spans.into_boxed_slice() }
    }
}

impl Values {
    /// A packer for values without source columns, with room for as much as `like` holds and a little more.
    pub fn packer(like: &Values) -> Packer {
        Packer::with_room(like.texts.len() + 24, like.spans.len() + 2)
    }

    /// Packs `(field, 1-based source column, text)`; a later text of the same field is ignored.
    pub fn pack<'a>(cells: impl IntoIterator<Item = (Field, u16, &'a str)> + Clone) -> Values {
        let (texts, fields) = cells.clone().into_iter().fold((0, 0), |(texts, fields), (_, _, text)| (texts + text.len(), fields + 1));
        let mut packer = Packer::with_room(texts, fields);
        for (field, column, text) in cells {
            packer.push_from(field, column, text);
        }
        packer.finish()
    }

    /// The text of a field, as written but trimmed; `None` when blank.
    pub fn get(&self, field: Field) -> Option<&str> {
        let position = self.spans.iter().position(|span| span.field == field)?;
        let start = position.checked_sub(1).map_or(0, |before| self.spans[before].end as usize);
        Some(&self.texts[start..self.spans[position].end as usize])
    }

    /// The same values with another text for one field.
    pub fn with(&self, changed: Field, text: &str) -> Values {
        Values::pack(self.iter().map(|(field, column, known)| (field, column, if field == changed { text } else { known })))
    }

    /// The same values with this text for a field, whether it had one or not; a blank text takes it out.
    pub fn put(&self, changed: Field, text: &str) -> Values {
        let column = self.column(changed).unwrap_or(0) as u16;
        let others = self.iter().filter(|(field, ..)| *field != changed);
        Values::pack(others.chain([(changed, column, text)]))
    }

    /// The 1-based source column of a field that holds text.
    pub fn column(&self, field: Field) -> Option<u32> {
        self.spans.iter().find(|span| span.field == field).map(|span| u32::from(span.column))
    }

    /// All texts: field, column, text, in the order of the source columns.
    pub fn iter(&self) -> impl Iterator<Item = (Field, u16, &str)> + Clone {
        let mut start = 0usize;
        self.spans.iter().map(move |span| {
            let text = &self.texts[start..span.end as usize];
            start = span.end as usize;
            (span.field, span.column, text)
        })
    }
}

/// Which unit a record belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitReading {
    /// Index into the roster.
    Known(usize),
    /// A name that several units carry.
    Ambiguous(String),
    /// A name that is on no roster.
    Unknown(String),
    /// No name anywhere: column, sheet, file.
    Missing,
}

/// A row (or a form, or one of the blocks of a wide row) that describes one hazard.
#[derive(Debug, Clone)]
pub struct Record {
    /// 1-based row of the sheet.
    pub row: u32,
    /// Whether the row, or its sheet, is hidden.
    pub hidden: bool,
    /// Texts as written, by field. `Field::Unit` holds the name as written in the row, if any.
    pub values: Values,
    /// Texts of columns that map to no field: column title and text.
    pub extras: Box<[(Arc<str>, Box<str>)]>,
    pub unit: UnitReading,
    pub level: Reading<Level>,
    pub status: Reading<Status>,
    pub found_on: DateReading,
    pub deadline: DateReading,
    pub extended_to: DateReading,
    pub rectified_on: DateReading,
    pub verified_on: DateReading,
    pub closed_out_on: DateReading,
    /// Only in a ledger of our own form: 最近报送.
    pub submitted_on: DateReading,
    /// 整改资金 in 万元; the text stays in `values`.
    pub funds: Reading<f64>,
}

impl Record {
    /// Roughly the bytes that the record holds in memory.
    pub fn bytes(&self) -> u64 {
        let extras: usize = self.extras.iter().map(|(_, text)| text.len() + EXTRA_BYTES).sum();
        (std::mem::size_of::<Record>() + self.values.texts.len() + self.values.spans.len() * std::mem::size_of::<Span>() + extras) as u64
    }

    /// Whether a row that names the same hazard says something else of what does not change with time: both say it, and
    /// not in the same words. What is done about a hazard, and how far it is, tells no two apart.
    pub fn says_otherwise(&self, other: &Record) -> bool {
        self.difference(other).is_some()
    }

    /// Whether both rows bear a number of the unit's own (设备编号, 隐患编码), and not the same one.
    pub fn bears_another_number(&self, other: &Record) -> bool {
        let number = |record: &Record| -> Option<String> {
            let mut numbers = record.extras.iter().filter(|(title, _)| title.contains("编号") || title.contains("编码"));
            numbers.next().map(|(_, text)| text.to_string())
        };
        number(self).zip(number(other)).is_some_and(|(one, other)| one != other)
    }

    /// The title of the first column in which that is so.
    pub fn difference(&self, other: &Record) -> Option<String> {
        let differ = |one: Option<&str>, other: Option<&str>| one.zip(other).is_some_and(|(one, other)| label_key(one) != label_key(other));
        let of_state = |title: &str| {
            ["销号", "闭环", "是否", "复查", "验收", "验证", "状态", "序", "已", "未"].iter().any(|word| title.contains(word))
        };
        let lasting = |field: &Field| {
            !field.is_date()
                && !matches!(
                    field,
                    Field::Id
                        | Field::Unit
                        | Field::Status
                        | Field::Progress
                        | Field::VerifiedBy
                        | Field::Supervision
                        | Field::Remark
                        | Field::Origin
                )
        };
        let field = Field::ALL.into_iter().filter(lasting).find(|field| differ(self.values.get(*field), other.values.get(*field)));
        field.map(|field| field.title().to_owned()).or_else(|| {
            let theirs = |title: &str| other.extras.iter().find(|(known, _)| **known == *title).map(|(_, text)| text.as_ref());
            let extra = self.extras.iter().find(|(title, text)| !of_state(title) && differ(Some(text.as_ref()), theirs(title)));
            extra.map(|(title, _)| title.to_string())
        })
    }

    /// The reading of a date field; `Blank` for any other field.
    pub fn date(&self, field: Field) -> DateReading {
        match field {
            Field::FoundOn => self.found_on,
            Field::Deadline => self.deadline,
            Field::ExtendedTo => self.extended_to,
            Field::RectifiedOn => self.rectified_on,
            Field::VerifiedOn => self.verified_on,
            Field::ClosedOutOn => self.closed_out_on,
            Field::SubmittedOn => self.submitted_on,
            _ => DateReading::Blank,
        }
    }
}
