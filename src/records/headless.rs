//! Sheets in which no header was found: zero reports, forms, prose — or not understood.

use std::collections::BTreeSet;

use crate::records::body::SheetBasis;
use crate::records::body::read_form;
use crate::records::captions::caption_kind;
use crate::records::columns::Settled;
use crate::records::fact::FactKind;
use crate::records::form::Form;
use crate::records::form::find_forms;
use crate::records::plan::Plan;
use crate::records::record::UnitReading;
use crate::records::sheet::ColumnMeaning;
use crate::records::sheet::ColumnReading;
use crate::records::sheet::RowKind;
use crate::records::sheet::ZeroReport;
use crate::records::tables_of_sheet::SheetReader;
use crate::records::transposed::find_transposed;
use crate::tables::Visibility;
use crate::vocabulary::Field;
use crate::vocabulary::ZeroWords;
use crate::vocabulary::clean_text;
use crate::vocabulary::faults::fault_kinds;
use crate::vocabulary::is_dash;
use crate::vocabulary::label_key;
use crate::vocabulary::read_zero;
use crate::vocabulary::rows::is_attachment_mark;
use crate::vocabulary::rows::is_note;
use crate::vocabulary::rows::read_labels;
use crate::vocabulary::sounds_like_zero;

impl SheetReader<'_, '_> {
    /// A sheet in which no header was found: a zero report, a form, prose — or not understood.
    pub(crate) fn read_without_header(&mut self) {
        if let Some(transposed) = find_transposed(self.grid, self.titles) {
            let forms = transposed.forms(self.grid, self.titles);
            self.sink.push(0, 0, "", "", FactKind::TransposedSheet(forms.len() as u32));
            self.read_forms(forms, true);
            return;
        }
        let forms = find_forms(self.grid, self.titles);
        if !forms.is_empty() {
            self.read_forms(forms, false);
            return;
        }
        let rows = self.grid.rows().len();
        let texts: Vec<Vec<String>> =
            (0..rows).map(|index| self.grid.cells(index).iter().map(|cell| self.grid.text(*cell).text.into_owned()).collect()).collect();
        // A sentence of a text counts only where nothing else in the sheet sounds like a fault.
        let doubtful = texts.iter().flatten().any(|text| clauses(text).any(sounds_like_fault));
        let mut zero = false;
        for (index, texts) in texts.iter().enumerate() {
            let said = |text: &str| read_zero(text).filter(|words| *words != ZeroWords::Dash);
            let whole = texts.iter().find_map(|text| said(text));
            let Some(words) = whole.or_else(|| texts.iter().flat_map(|text| clauses(text)).find_map(said)) else {
                self.kinds[index] = caption_kind(self.grid, index);
                continue;
            };
            zero = true;
            let column = self.grid.cells(index).first().map_or(1, |cell| u32::from(cell.column));
            let row = self.grid.rows()[index].number;
            let text = texts.join(" ");
            if doubtful {
                self.kinds[index] = RowKind::Unrecognised;
                self.sink.push(row, column, "", &text, FactKind::PerhapsZero);
                continue;
            }
            self.kinds[index] = RowKind::ZeroReport;
            let unit = self.fallback.as_ref().map_or(UnitReading::Missing, |fallback| UnitReading::Known(fallback.index));
            self.reading.zero_reports.push(ZeroReport { row, column, text, unit, major_only: words == ZeroWords::MajorOnly });
        }
        let widest = (0..rows).map(|index| self.grid.cells(index).len()).max().unwrap_or(0);
        let prose = widest <= 2;
        if zero && prose {
            return;
        }
        if self.others_have_tables && (prose || self.reading.visibility != Visibility::Visible) {
            self.kinds.fill(RowKind::Note);
            self.sink.push(0, 0, "", &self.first_text(0), FactKind::SheetSetAside(rows as u32));
            return;
        }
        if rows == 0 {
            return;
        }
        for index in 0..rows {
            if self.kinds[index] == RowKind::Title && index > 1 {
                self.kinds[index] = RowKind::Unrecognised;
            }
        }
        self.sink.push(0, 0, "", &self.first_text(0), FactKind::NoHeader);
    }

    fn read_forms(&mut self, forms: Vec<Form<'_>>, transposed: bool) {
        let labelled: BTreeSet<usize> = forms.iter().flat_map(|form| form.rows.iter().copied()).collect();
        let first = labelled.first().copied().unwrap_or(0);
        for index in 0..self.grid.rows().len() {
            self.kinds[index] = if labelled.contains(&index) {
                RowKind::Metadata
            } else if index < first {
                caption_kind(self.grid, index)
            } else {
                match self.side_kind(index, RowKind::Unrecognised) {
                    RowKind::Unrecognised
                        if self.grid.cells(index).len() == 1 && clean_text(&self.first_text(index)).0.chars().count() <= 40 =>
                    {
                        RowKind::Title
                    }
                    kind => kind,
                }
            };
        }
        let basis = SheetBasis {
            grid: self.grid,
            ground: self.basis.ground,
            authority: self.basis.authority,
            filled_on: self.filled_on,
            fallback: self.fallback.clone(),
            named: self.reading.metadata.unit.clone(),
            sheet_hidden: self.reading.visibility != Visibility::Visible,
        };
        for form in forms {
            let columns = form
                .values
                .iter()
                .map(|value| ColumnReading {
                    column: value.column,
                    title: value.field.title().to_owned(),
                    meaning: ColumnMeaning::Field(value.field),
                    hidden: false,
                })
                .collect();
            let plan = Plan::new(Settled { columns, ..Settled::default() }, Vec::new());
            if let Some((row, column, text, words)) = zero_of_form(&form) {
                if let Some(index) = self.grid.index_of(row) {
                    self.kinds[index] = if words.is_some() { RowKind::ZeroReport } else { RowKind::Unrecognised };
                }
                let Some(words) = words else {
                    self.sink.push(row, column, "", &text, FactKind::PerhapsZero);
                    continue;
                };
                let unit = basis.fallback.as_ref().map_or(UnitReading::Missing, |fallback| UnitReading::Known(fallback.index));
                self.reading.zero_reports.push(ZeroReport { row, column, text, unit, major_only: words == ZeroWords::MajorOnly });
                continue;
            }
            let record = read_form(&basis, &plan, form.values, form.extras, self.units, self.sink);
            if let Some(index) = self.grid.index_of(record.row) {
                self.kinds[index] = RowKind::Record;
            }
            if !transposed {
                self.sink.push(record.row, 0, "", "", FactKind::FormSheet);
            }
            self.reading.records.push(record);
        }
    }
}

/// What a form says where the description belongs, if that is, or sounds as if, nothing was found, and the form says nothing else
/// of a hazard. Without words it only sounds so.
fn zero_of_form(form: &Form<'_>) -> Option<(u32, u32, String, Option<ZeroWords>)> {
    let of = |field: Field| form.values.iter().find(|value| value.field == field);
    let said = of(Field::Description)?;
    let words = read_zero(&said.text).filter(|words| *words != ZeroWords::Dash);
    if words.is_none() && !sounds_like_zero(&said.text) {
        return None;
    }
    let bare = [Field::Location, Field::Measure, Field::Deadline, Field::RectifiedOn]
        .into_iter()
        .filter_map(of)
        .all(|value| value.text.is_empty() || is_dash(&value.text));
    bare.then(|| (said.row, said.column, said.text.to_string(), words))
}

/// The parts of a text between its points.
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '，', '。', '；', ';', ',', '！']).map(str::trim).filter(|clause| !clause.is_empty())
}

/// True for a clause that may speak of a hazard, or says that the zero report beside it is not the whole: 插座松动, 其余未发现隐患,
/// 正在排查, 一般隐患3项已整改.
pub(crate) fn sounds_like_fault(clause: &str) -> bool {
    let key = label_key(clause);
    if read_zero(clause).is_some() {
        let partly = ["其他", "其它", "其余", "另外", "除", "上周", "上月", "上期", "上次", "去年"];
        return partly.iter().any(|word| key.starts_with(word));
    }
    if !read_labels(clause).is_empty() || is_note(clause) || is_attachment_mark(clause) {
        return false;
    }
    let unfinished = ["正在", "尚在", "仍在", "还在", "待", "但", "除", "另", "整改", "已更换", "已修"];
    let counted = ["项", "处", "个隐患", "个问题", "条"].iter().any(|unit| {
        key.match_indices(unit)
            .any(|(at, _)| key[..at].ends_with(|character: char| character.is_ascii_digit() || "一二三四五六七八九十".contains(character)))
    });
    fault_kinds(&key) != 0
        || counted
        || unfinished.iter().any(|word| key.contains(word))
        || key.contains(['未', '不', '无', '没', '缺', '坏'])
}
