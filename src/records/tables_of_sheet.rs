//! Taking one sheet apart: captions, tables with their bodies, forms, and what stands in no table.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rayon::iter::IndexedParallelIterator;
use rayon::iter::IntoParallelIterator;
use rayon::iter::ParallelIterator;

use crate::campaign::Campaign;
use crate::dates::CellInput;
use crate::dates::Context;
use crate::dates::DateReading;
use crate::dates::read_cell;
use crate::records::body::FallbackUnit;
use crate::records::body::Running;
use crate::records::body::SheetBasis;
use crate::records::body::read_record;
use crate::records::captions::caption_kind;
use crate::records::captions::caption_start;
use crate::records::checks::check_result;
use crate::records::checks::is_unfilled_item;
use crate::records::classify::Body;
use crate::records::classify::Surroundings;
use crate::records::classify::classify;
use crate::records::classify::is_signature;
use crate::records::classify::is_template_row;
use crate::records::classify::perhaps_zero;
use crate::records::columns::Probe;
use crate::records::columns::Settled;
use crate::records::columns::settle;
use crate::records::fact::FactKind;
use crate::records::foot::settle_foot;
use crate::records::foot::settle_prefilled;
use crate::records::grid::Grid;
use crate::records::header::HeaderBlock;
use crate::records::header::HeaderKind;
use crate::records::labels::Label;
use crate::records::plan::HeaderTitles;
use crate::records::plan::Plan;
use crate::records::read::ReadingBasis;
use crate::records::record::UnitReading;
use crate::records::sheet::ColumnMeaning;
use crate::records::sheet::RowKind;
use crate::records::sheet::SheetReading;
use crate::records::sheet::StatedTotal;
use crate::records::sheet::TableReading;
use crate::records::sheet::ZeroReport;
use crate::records::sink::FactSink;
use crate::records::units::UnitFinder;
use crate::tables::Value;
use crate::tables::Visibility;
use crate::vocabulary::Field;
use crate::vocabulary::TitleReader;
use crate::vocabulary::ZeroWords;
use crate::vocabulary::is_count;
use crate::vocabulary::label_key;
use crate::vocabulary::read_zero_on;
use crate::vocabulary::rows::group_heading;
use crate::vocabulary::rows::is_note;
use crate::vocabulary::rows::is_total_label;

/// Rows that one processor classifies before it asks for more.
const ROWS_AT_ONCE: usize = 2_048;
/// How many values of a column are looked at to decide an unclear title.
const SAMPLES: usize = 40;

/// Reads the rows of one sheet into its [`SheetReading`].
pub struct SheetReader<'a, 'g> {
    pub grid: &'a Grid<'g>,
    pub basis: &'a ReadingBasis<'a>,
    pub filled_on: Option<NaiveDate>,
    pub fallback: Option<FallbackUnit>,
    /// One kind per grid row; filled in here.
    pub kinds: &'a mut [RowKind],
    pub reading: &'a mut SheetReading,
    pub units: &'a mut UnitFinder<'a>,
    pub titles: &'a TitleReader,
    pub sink: &'a mut FactSink,
    /// A sheet named 样表 or 示例: its rows are samples.
    pub sample_sheet: bool,
    pub others_have_tables: bool,
    /// The workbook is a form that this program sent out: its tables of counts are known by their titles.
    pub is_form: bool,
    /// Bytes that the records of the file may still hold; `None` once they hold more.
    pub bytes_left: &'a mut Option<u64>,
}

impl SheetReader<'_, '_> {
    /// Gives every row its kind and every record its values.
    pub fn read(&mut self, blocks: &[HeaderBlock]) {
        if blocks.is_empty() {
            self.read_without_header();
            return;
        }
        let mut body_start = 0;
        for (position, block) in blocks.iter().enumerate() {
            let captions = caption_start(self.grid, block.first, body_start);
            if position == 0 {
                for index in 0..captions {
                    self.kinds[index] = caption_kind(self.grid, index);
                    if self.kinds[index] == RowKind::Unrecognised {
                        let row = self.grid.rows()[index].number;
                        self.sink.push(row, 0, "", &self.first_text(index), FactKind::RowAboveHeader);
                    }
                }
            }
            for index in captions..block.first {
                self.kinds[index] = caption_kind(self.grid, index);
            }
            for index in block.first..=block.last {
                self.kinds[index] = if block.unit_rows.contains(&index) { RowKind::Units } else { RowKind::Header };
            }
            let next = blocks.get(position + 1);
            let body_end = next.map_or(self.grid.rows().len(), |next| caption_start(self.grid, next.first, block.last + 1));
            self.read_body(block, block.last + 1, body_end);
            body_start = body_end;
        }
    }

    fn read_body(&mut self, block: &HeaderBlock, start: usize, end: usize) {
        let is_counts = self.is_form && self.is_count_form(block);
        match block.kind {
            HeaderKind::Statistics => self.read_counts(block, start, end),
            HeaderKind::Hazards | HeaderKind::Foreign if is_counts => self.read_counts(block, start, end),
            HeaderKind::Contacts => {
                for index in start..end {
                    self.kinds[index] = self.side_kind(index, RowKind::Note);
                }
                self.sink.push(self.grid.rows()[block.first].number, 0, "", "", FactKind::SheetSetAside((end - start) as u32));
            }
            HeaderKind::Hazards if self.counts_only(block, start, end) => self.read_counts(block, start, end),
            HeaderKind::Foreign => {
                for index in start..end {
                    self.kinds[index] = self.side_kind(index, RowKind::Note);
                }
                let row = self.grid.rows()[block.last].number;
                let title = self.first_text(block.last.min(block.first));
                self.sink.push(row, 0, "", &title, FactKind::ForeignTable((end - start) as u32));
            }
            HeaderKind::Hazards => self.read_hazards(block, start, end),
        }
    }

    /// The kind of a row in a table that holds no hazards.
    pub(crate) fn side_kind(&self, index: usize, usual: RowKind) -> RowKind {
        let text = self.grid.cells(index).first().map(|cell| self.grid.text(*cell).text).unwrap_or_default();
        if is_signature(&text) {
            RowKind::Footer
        } else if is_note(&text) {
            RowKind::Note
        } else {
            usual
        }
    }

    fn read_hazards(&mut self, block: &HeaderBlock, start: usize, end: usize) {
        let plans = self.plans(block, start, end);
        let titles = HeaderTitles::new(block);
        let basis = SheetBasis {
            grid: self.grid,
            ground: self.basis.ground,
            authority: self.basis.authority,
            filled_on: self.filled_on,
            fallback: self.fallback.clone(),
            named: self.reading.metadata.unit.clone(),
            sheet_hidden: self.reading.visibility != Visibility::Visible,
        };
        self.note_columns(block, &plans);
        self.reading.is_ledger |= plans.first().is_some_and(|plan| plan.is_ledger);
        let mut running = Running::default();
        let mut totals: Vec<StatedTotal> = Vec::new();
        let first_record = self.reading.records.len();
        let mut since_subtotal = first_record;
        let topics = topics_of(self.basis.ground.campaign);
        let body = Body { grid: self.grid, plans: &plans, topics: &topics };
        let around = Surroundings { body, titles: &titles, campaign: self.basis.ground.campaign, units: self.units };
        let mut kinds: Vec<RowKind> =
            (start..end).into_par_iter().with_min_len(ROWS_AT_ONCE).map(|index| classify(&around, index)).collect();
        if !plans.iter().any(|plan| plan.is_ledger) {
            settle_foot(self.grid, &plans, start..end, &mut kinds);
            if let Some((first, count)) = settle_prefilled(self.grid, &plans, start..end, &mut kinds) {
                self.sink.push(self.grid.rows()[first].number, 0, "", "", FactKind::PrefilledRows(count));
            }
        }
        // Room for what is there and no more: doubling would hold a large sheet's records half again.
        let expected = kinds.iter().filter(|kind| **kind == RowKind::Record).count();
        self.reading.records.reserve_exact(expected);
        for (index, kind) in (start..end).zip(kinds) {
            let mut kind = kind;
            if self.sample_sheet && kind == RowKind::Record {
                kind = RowKind::Sample;
            }
            let row = self.grid.rows()[index].number;
            self.kinds[index] = kind;
            match kind {
                RowKind::Record => {
                    let before = self.reading.records.len();
                    for plan in &plans {
                        let previous = self.reading.records[first_record.min(before)..].last();
                        let read = read_record(&basis, plan, index, previous, &mut running, self.units, self.sink);
                        *self.bytes_left = read.iter().fold(*self.bytes_left, |left, record| left?.checked_sub(record.bytes()));
                        if self.bytes_left.is_none() {
                            return;
                        }
                        self.reading.records.extend(read);
                    }
                    if let Some((column, true)) = plans.first().and_then(|plan| check_result(body, plan, index))
                        && plans.first().is_some_and(|plan| plan.column_of(Field::Description) != Some(column))
                    {
                        self.sink.push(row, column, plans[0].title(column), &self.grid.text_at(index, column), FactKind::PassedButHazard);
                    }
                    let made = self.reading.records.len() - before;
                    if made > 1 {
                        self.sink.push(row, 0, "", "", FactKind::WideRow(made as u32));
                    }
                    if made == 0 {
                        self.kinds[index] = RowKind::Blank;
                    }
                }
                RowKind::ZeroReport => self.read_zero_report(&plans, index, &running, &topics),
                RowKind::Blank if is_unfilled_item(body, index) => self.sink.push(row, 0, "", "", FactKind::ChecklistUnfilled),
                RowKind::Group => self.read_group(index, &mut running),
                RowKind::Sample => self.sink.push(row, 0, "", &self.first_text(index), FactKind::SampleRow),
                RowKind::RepeatedHeader => self.sink.push(row, 0, "", "", FactKind::RepeatedHeader),
                RowKind::Subtotal => {
                    let counted = self.reading.records.len();
                    let grand = totals.is_empty() || !self.first_text(index).replace([' ', '　'], "").contains("小计");
                    let since = if grand { first_record } else { since_subtotal };
                    totals.extend(self.stated_total(&plans, start..index, index, (counted - since) as u32));
                    since_subtotal = counted;
                }
                RowKind::Note if is_template_row(self.grid, index) => {
                    self.sink.push(row, 0, "", &self.first_text(index), FactKind::TemplateRow)
                }
                RowKind::Unrecognised => {
                    if let Some((column, text)) = perhaps_zero(body, index) {
                        self.sink.push(row, column, "", &text, FactKind::PerhapsZero);
                    } else {
                        let text = self.first_text(index);
                        let filled = self.grid.cells(index).iter().map(|cell| cell.column).collect();
                        self.sink.push(row, 0, "", &text, FactKind::UnrecognisedRow(filled));
                    }
                }
                _ => {}
            }
        }
        for total in totals.iter().filter(|total| (total.stated - f64::from(total.counted)).abs() > 0.01) {
            self.sink.push(
                total.row,
                total.column,
                "",
                &total.stated.to_string(),
                FactKind::TotalDiffers { stated: total.stated, counted: total.counted },
            );
        }
        let number = |index: usize| self.grid.rows().get(index).map_or(0, |row| row.number);
        for plan in plans {
            self.reading.tables.push(TableReading {
                header_rows: (number(block.first), number(block.last)),
                own_paper: plan.own_paper,
                columns: plan.columns,
                body_rows: (number(start), number(end.saturating_sub(1))),
                stated_totals: std::mem::take(&mut totals),
            });
        }
    }

    pub(crate) fn first_text(&self, index: usize) -> String {
        self.grid.cells(index).first().map(|cell| self.grid.text(*cell).text.into_owned()).unwrap_or_default()
    }

    /// One plan for an ordinary table, one per 隐患n for a wide one.
    fn plans(&self, block: &HeaderBlock, start: usize, end: usize) -> Vec<Plan> {
        let ordinals: BTreeSet<u32> = block.labels.iter().map(|label| label.block).filter(|ordinal| *ordinal > 0).collect();
        if ordinals.is_empty() {
            return vec![Plan::new(self.settle(&block.labels, start, end), Vec::new())];
        }
        ordinals
            .into_iter()
            .map(|ordinal| {
                let labels: Vec<Label> = block.labels.iter().filter(|label| label.block == 0 || label.block == ordinal).cloned().collect();
                let own = labels.iter().filter(|label| label.block == ordinal).map(|label| label.column).collect();
                Plan::new(self.settle(&labels, start, end), own)
            })
            .collect()
    }

    fn settle(&self, labels: &[Label], start: usize, end: usize) -> Settled {
        let samples = |column: u32| -> Vec<String> {
            let mut texts = Vec::new();
            for index in start..end.min(start + 4 * SAMPLES) {
                let text = self.grid.text_at(index, column);
                if !text.is_empty() && text.len() < 200 {
                    texts.push(text.into_owned());
                    if texts.len() == SAMPLES {
                        break;
                    }
                }
            }
            texts
        };
        let period = (self.basis.ground.campaign.start, self.basis.ground.campaign.end);
        let lies_ahead = |column: u32| -> Option<bool> {
            let filled_on = self.filled_on?;
            let context = Context { period: Some(period), document: Some(filled_on), ..Context::default() };
            let mut any = None;
            for index in start..end.min(start + 4 * SAMPLES) {
                let Some(cell) = self.grid.cell(index, column) else { continue };
                let text = self.grid.text(cell).text;
                let input = match self.grid.sheet.value(cell) {
                    Value::Text(_) => CellInput::Text(&text),
                    _ => self.grid.date_input(cell, &text),
                };
                if let DateReading::On(date) = read_cell(input, &context).reading {
                    any = Some(any.unwrap_or(false) || date > filled_on);
                }
            }
            any
        };
        let fullness = |column: u32| -> usize {
            (start..end.min(start + 4 * SAMPLES)).map(|index| self.grid.text_at(index, column).chars().count()).sum()
        };
        let is_unit = |text: &str| self.units.is_unit(text);
        let hidden = |column: u32| self.grid.sheet.is_column_hidden(column);
        let probe = Probe {
            samples: &samples,
            fullness: &fullness,
            lies_ahead: &lies_ahead,
            is_unit: &is_unit,
            campaign_code: &self.basis.ground.campaign.code,
            statuses: &self.basis.ground.campaign.synonyms.statuses,
            hidden: &hidden,
        };
        settle(labels, &probe)
    }

    /// Facts about the header itself.
    fn note_columns(&mut self, block: &HeaderBlock, plans: &[Plan]) {
        let row = self.grid.rows()[block.last].number;
        let mut told = BTreeSet::new();
        for plan in plans {
            for column in &plan.columns {
                if !told.insert(column.column) {
                    continue;
                }
                let kind = match &column.meaning {
                    ColumnMeaning::Unknown { near } => FactKind::UnknownColumn { near: near.clone() },
                    ColumnMeaning::Ambiguous(fields) => FactKind::AmbiguousColumn(fields.clone()),
                    ColumnMeaning::Repeated(field) => FactKind::RepeatedColumn(*field),
                    ColumnMeaning::Field(Field::Unit) if plan.unit_by_values == Some(column.column) => FactKind::UnitByValues,
                    _ => continue,
                };
                self.sink.push(row, column.column, &column.title, &column.title, kind);
            }
        }
        if plans.iter().all(|plan| plan.column_of(Field::Description).is_none()) {
            self.sink.push(row, 0, "", "", FactKind::MissingColumn(Field::Description));
        }
    }

    fn read_group(&mut self, index: usize, running: &mut Running) {
        let text = self.first_text(index);
        let row = self.grid.rows()[index].number;
        if let (UnitReading::Known(unit), _) = self.units.find(&text) {
            running.unit = Some(unit);
            return;
        }
        let category = group_heading(&text).unwrap_or_else(|| label_key(&text));
        self.sink.push(row, 0, "", &text, FactKind::CategoryFromGroup(category.clone()));
        running.category = Some(category);
    }

    fn read_zero_report(&mut self, plans: &[Plan], index: usize, running: &Running, topics: &[String]) {
        let cells = self.grid.cells(index);
        let row = self.grid.rows()[index].number;
        let described = plans.first().and_then(|plan| plan.column_of(Field::Description));
        let mut found: Option<(u32, String, ZeroWords)> = None;
        for cell in cells {
            let column = u32::from(cell.column);
            let text = self.grid.text(*cell).text;
            if let Some(words) = read_zero_on(&text, topics)
                && (found.is_none() || described == Some(column))
            {
                found = Some((column, text.into_owned(), words));
            }
        }
        let Some((column, text, words)) = found else { return };
        let unit_text = plans
            .first()
            .and_then(|plan| plan.column_of(Field::Unit))
            .map(|unit| self.grid.text_at(index, unit).into_owned())
            .filter(|text| !text.is_empty());
        let unit = match unit_text {
            Some(name) => self.units.find(&name).0,
            None => running.unit.or(self.fallback.as_ref().map(|fallback| fallback.index)).map_or(UnitReading::Missing, UnitReading::Known),
        };
        self.reading.zero_reports.push(ZeroReport { row, column, text, unit, major_only: words == ZeroWords::MajorOnly });
    }

    /// The count typed beside 合计, in the label itself or in a cell of the row. A number below numbers is the sum of its
    /// column and no count of records.
    fn stated_total(&self, plans: &[Plan], above: std::ops::Range<usize>, index: usize, counted: u32) -> Option<StatedTotal> {
        let row = self.grid.rows()[index].number;
        let funds = plans.first().and_then(|plan| plan.column_of(Field::Funds));
        let sequence =
            |column: u32| plans.iter().any(|plan| matches!(plan.role(column).map(|role| &role.meaning), Some(ColumnMeaning::Sequence)));
        let described = |column: u32| plans.iter().any(|plan| plan.column_of(Field::Description) == Some(column));
        let mut after_label = false;
        for cell in self.grid.cells(index) {
            let column = u32::from(cell.column);
            let text = self.grid.text(*cell).text;
            let follows = std::mem::replace(&mut after_label, is_total_label(&text));
            if after_label {
                let digits: String = label_key(&text).chars().filter(char::is_ascii_digit).collect();
                if let Ok(stated) = digits.parse::<f64>()
                    && !text.contains(['元', '%', '％'])
                {
                    return Some(StatedTotal { row, column, stated, counted });
                }
                continue;
            }
            // A number of hazards stands beside the label or where hazards are described or counted; elsewhere it counts something else.
            let counts_hazards = follows || described(column) || sequence(column);
            if Some(column) == funds || !counts_hazards || self.grid.cells(index).len() > 6 {
                continue;
            }
            let number = label_key(&text);
            let number = number.trim_end_matches(['项', '处', '条', '个', '件']);
            let Ok(stated) = number.parse::<u32>() else { continue };
            let texts: Vec<_> = above.clone().map(|index| self.grid.text_at(index, column)).filter(|text| !text.is_empty()).collect();
            let numbers = texts.iter().filter(|text| is_count(text)).count();
            if numbers * 2 > texts.len() && !sequence(column) || stated as usize == texts.len() {
                continue;
            }
            return Some(StatedTotal { row, column, stated: f64::from(stated), counted });
        }
        None
    }
}

/// The topics of a campaign, as its zero reports name them: its categories.
fn topics_of(campaign: &Campaign) -> Vec<String> {
    let names = campaign.categories.iter().flat_map(|category| std::iter::once(&category.name).chain(&category.synonyms));
    names.map(|name| label_key(name)).collect()
}
