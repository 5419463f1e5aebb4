//! Count forms: tables whose columns are numbers of hazards, inspections or people. They hold no hazard.
//!
//! Hands the titles, units and cells on as they are written; what they are counts of is for others to say.

use crate::records::fact::FactKind;
use crate::records::grid::Grid;
use crate::records::header::HeaderBlock;
use crate::records::sheet::CountColumn;
use crate::records::sheet::CountRow;
use crate::records::sheet::CountTable;
use crate::records::sheet::RowKind;
use crate::records::tables_of_sheet::SheetReader;
use crate::vocabulary::Concept;
use crate::vocabulary::Field;
use crate::vocabulary::is_count;
use crate::vocabulary::is_dash;
use crate::vocabulary::label_key;
use crate::vocabulary::normalise::split_hint;
use crate::vocabulary::rows::is_measure_unit;
use crate::vocabulary::rows::is_total_label;

impl SheetReader<'_, '_> {
    /// True for a table of hazards by its titles whose descriptions are all numbers beside columns of counts: 存在问题 over 12.
    pub(crate) fn counts_only(&self, block: &HeaderBlock, start: usize, end: usize) -> bool {
        let described = |concept: Option<Concept>| matches!(concept, Some(Concept::Field(Field::Description) | Concept::WeakDescription));
        let Some(description) = block.labels.iter().find(|label| described(label.concept)) else { return false };
        if !block.labels.iter().any(|label| label.concept == Some(Concept::Statistic)) {
            return false;
        }
        let mut texts = (start..end).map(|index| self.grid.text_at(index, description.column)).filter(|text| !text.is_empty()).peekable();
        texts.peek().is_some() && texts.all(|text| is_count(&text) || is_dash(&text))
    }

    /// Whether all titles but the first are those of the campaign's count forms.
    pub(crate) fn is_count_form(&self, block: &HeaderBlock) -> bool {
        let titles = || self.basis.ground.campaign.forms.iter().flat_map(|form| &form.columns).flat_map(|column| &column.titles);
        let is_counted = |text: &str| titles().any(|title| label_key(title) == split_hint(&label_key(text)).0);
        let mut labels = block.labels.iter().skip(1).peekable();
        labels.peek().is_some() && labels.all(|label| label.chain.last().is_some_and(|text| is_counted(text)))
    }

    /// Reads the rows of a count form.
    pub(crate) fn read_counts(&mut self, block: &HeaderBlock, start: usize, end: usize) {
        let number = |index: usize| self.grid.rows().get(index).map_or(0, |row| row.number);
        let columns = block.labels.iter().map(|label| CountColumn {
            column: label.column,
            title: label.chain.join("/"),
            unit: unit_of(self.grid, block, label.column, label.chain.last().map_or("", String::as_str)),
        });
        let mut table = CountTable { header_rows: (number(block.first), number(block.last)), columns: columns.collect(), rows: Vec::new() };
        for index in start..end {
            let kind = self.side_kind(index, RowKind::Count);
            let cells = self.grid.cells(index);
            let total = cells.iter().take(2).any(|cell| is_total_label(&self.grid.text(*cell).text));
            // Of a form that was sent out, the names of rows stand there before anybody counts.
            let is_left_blank = self.is_form && cells.len() <= 1;
            self.kinds[index] = match kind {
                RowKind::Count if is_left_blank => RowKind::Note,
                RowKind::Count if total => RowKind::Subtotal,
                kind => kind,
            };
            if self.kinds[index] == RowKind::Count {
                let cells = cells.iter().map(|cell| (u32::from(cell.column), self.grid.text(*cell).text.into_owned()));
                table.rows.push(CountRow { row: number(index), cells: cells.filter(|(_, text)| !text.is_empty()).collect() });
            }
        }
        if !table.rows.is_empty() {
            self.sink.push(number(block.last), 0, "", "", FactKind::CountForm(table.rows.len() as u32));
        }
        self.reading.counts.push(table);
    }
}

/// The unit of a column: in the brackets of its title, or in the row of units below it.
fn unit_of(grid: &Grid<'_>, block: &HeaderBlock, column: u32, title: &str) -> Option<String> {
    let (_, hint) = split_hint(&label_key(title));
    if is_measure_unit(&hint) {
        return Some(hint);
    }
    let below = block.unit_rows.iter().map(|index| grid.text_at(*index, column)).find(|text| !text.is_empty())?;
    Some(label_key(&below).trim_matches(['(', ')']).to_owned())
}
