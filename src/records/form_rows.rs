//! Tables of counts as answers to the campaign's count forms: which form a table answers, whose each row is, what it counts.
//!
//! Numbers are exact, in ten-thousandths. What cannot be read as a number stays as it is written.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::campaign::CountForm;
use crate::campaign::FormColumn;
use crate::campaign::FormRows;
use crate::campaign::Ground;
use crate::campaign::Roster;
use crate::campaign::UnitMatch;
use crate::records::CountRow;
use crate::records::CountTable;
use crate::records::FileReading;
use crate::records::SheetReading;
use crate::vocabulary::is_dash;
use crate::vocabulary::label_key;
use crate::vocabulary::split_hint;

/// One counts as this many.
pub const ONE: i64 = 10_000;

/// What stands in one cell of a count form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Count {
    Blank,
    /// In ten-thousandths.
    Number(i64),
    Unreadable(String),
}

impl Count {
    /// The number, if there is one.
    pub fn number(&self) -> Option<i64> {
        if let Count::Number(number) = self { Some(*number) } else { None }
    }
}

/// One row of a table that answers a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormRow {
    /// Index into the campaign's forms.
    pub form: usize,
    /// Whose figures these are; `None` where nobody on the roster is named.
    pub unit: Option<usize>,
    /// Who sent them, if that is known.
    pub sender: Option<usize>,
    /// What the row is called: a unit as written, or a category.
    pub label: String,
    pub on: Option<NaiveDate>,
    pub file: Arc<str>,
    pub sheet: Arc<str>,
    pub row: u32,
    /// By column of the form, with the column of the sheet it stands in; 0 for one that the table lacks.
    pub counts: Vec<(u32, Count)>,
}

/// Every row of a file that answers a form of the campaign.
pub fn form_rows(reading: &FileReading, ground: Ground<'_>) -> Vec<FormRow> {
    let Ok(content) = &reading.content else { return Vec::new() };
    let of_sheet = |sheet: &SheetReading| sheet_form_rows(reading, sheet, ground);
    if ground.campaign.forms.is_empty() { Vec::new() } else { content.sheets.iter().flat_map(of_sheet).collect() }
}

/// The same for one sheet.
pub fn sheet_form_rows(reading: &FileReading, sheet: &SheetReading, ground: Ground<'_>) -> Vec<FormRow> {
    let mut rows = Vec::new();
    for table in &sheet.counts {
        let Some((form, columns)) = best_form(table, &ground.campaign.forms) else { continue };
        let sender = sheet.metadata.unit.as_ref().and_then(|(written, ..)| found(ground.roster, written));
        let sender = sender.or_else(|| reading.named_unit(ground.roster));
        let name_date = reading.content.as_ref().ok().and_then(|content| content.name_date);
        let on = sheet.metadata.filled_on.map(|(date, ..)| date).or(name_date);
        let kind = ground.campaign.forms.get(form).map_or(FormRows::Unit, |form| form.rows);
        let units: Vec<Units> = columns.iter().enumerate().map(|(own, column)| units(table, *column, ground, form, own)).collect();
        let before = rows.len();
        rows.extend(table.rows.iter().map(|row| {
            let (label, named) = label(row, &columns, kind, ground.roster);
            let unit = if label.is_empty() || kind != FormRows::Unit { sender } else { named };
            let counts = columns.iter().zip(&units).map(|(column, units)| (column.unwrap_or(0), count_at(row, *column, units))).collect();
            FormRow { form, unit, sender, label, on, file: reading.file.clone(), sheet: sheet.sheet.clone(), row: row.row, counts }
        }));
        let of_table = rows.split_off(before);
        rows.extend(without_sum_of_others(of_table));
    }
    rows
}

/// The form that most titles of a table belong to, with the table's column for each of the form's; at least half must be there.
fn best_form(table: &CountTable, forms: &[CountForm]) -> Option<(usize, Vec<Option<u32>>)> {
    let fitting = forms.iter().enumerate().filter_map(|(index, form)| {
        let mut columns = vec![None; form.columns.len()];
        for column in &table.columns {
            if let Some(slot) = form.column(&column.title).and_then(|own| columns.get_mut(own))
                && slot.is_none()
            {
                *slot = Some(column.column);
            }
        }
        let known = columns.iter().flatten().count();
        (known > 0 && known * 2 >= columns.len()).then_some((known * 100 / columns.len(), known, index, columns))
    });
    fitting.max_by_key(|(share, known, index, _)| (*share, *known, std::cmp::Reverse(*index))).map(|(.., index, columns)| (index, columns))
}

/// The text that a row is called by, and the unit it names; a running number is none.
fn label(row: &CountRow, columns: &[Option<u32>], kind: FormRows, roster: &Roster) -> (String, Option<usize>) {
    let is_number = |text: &str| text.chars().all(|character| character.is_ascii_digit() || matches!(character, '.' | '、'));
    let texts = || row.cells.iter().filter(|(column, text)| !columns.contains(&Some(*column)) && !is_number(text)).map(|(_, text)| text);
    if kind == FormRows::Unit
        && let Some(named) = texts().find_map(|text| Some((text.clone(), found(roster, text)?)))
    {
        return (named.0, Some(named.1));
    }
    (texts().next().cloned().unwrap_or_default(), None)
}

fn found(roster: &Roster, written: &str) -> Option<usize> {
    match roster.find(written) {
        UnitMatch::Exact(unit) | UnitMatch::Alias(unit) => Some(unit),
        UnitMatch::Ambiguous(_) | UnitMatch::Unknown(_) => None,
    }
}

fn count_at(row: &CountRow, column: Option<u32>, units: &Units) -> Count {
    let text = column.and_then(|column| row.cells.iter().find(|(own, _)| *own == column)).map_or("", |(_, text)| text.as_str());
    read_count(text, units)
}

/// What the numbers of a column are counted in.
#[derive(Debug, Default)]
pub struct Units {
    /// By the form; empty where it says nothing.
    pub asked: String,
    /// By the title that the sender wrote; empty where it says nothing.
    pub written: String,
}

impl Units {
    /// Whether a number with this unit behind it, or without any, may be added up as it stands. 项, 处 and 个 are all one each; sums of
    /// money, hundreds, thousands and shares are so many of something else.
    fn fit(&self, behind: &str) -> bool {
        let unit = if behind.is_empty() { self.written.as_str() } else { behind };
        unit.is_empty() || bare(unit) == bare(&self.asked) || !(is_measure(unit) || is_measure(&self.asked))
    }
}

/// 万 for 万元; 元 stays what it is.
fn bare(unit: &str) -> &str {
    unit.strip_suffix('元').filter(|rest| !rest.is_empty()).unwrap_or(unit)
}

fn is_measure(unit: &str) -> bool {
    unit.contains(['十', '百', '千', '万', '亿', '元', '圆', '块', '角', '分', '%', '‰', '率', '吨', '米'])
}

fn units(table: &CountTable, column: Option<u32>, ground: Ground<'_>, form: usize, own: usize) -> Units {
    let asked = ground.campaign.forms.get(form).and_then(|form| form.columns.get(own)).map(FormColumn::counted_in).unwrap_or_default();
    let title = table.columns.iter().find(|written| Some(written.column) == column).map_or("", |written| written.title.as_str());
    let hint = split_hint(&label_key(title)).1;
    let written = hint.rsplit([':', '/']).next().unwrap_or_default().to_owned();
    Units { asked, written: if written.chars().count() <= LONGEST_UNIT { written } else { String::new() } }
}

/// Characters of a unit; a longer hint explains something.
const LONGEST_UNIT: usize = 3;

/// Reads 12, 1,200, 12项; 无 is none. A number in another unit than the column's (5000元 under 万元) is not read.
pub fn read_count(text: &str, units: &Units) -> Count {
    let key = label_key(text);
    if key == "无" {
        return Count::Number(0);
    }
    if key.is_empty() || is_dash(&key) {
        return Count::Blank;
    }
    let plain = key.replace([',', '，'], "");
    let digits = plain.trim_end_matches(|character: char| !character.is_ascii_digit() && character != '.');
    let unit = plain.get(digits.len()..).unwrap_or_default();
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_plain = |text: &str, most: usize| text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || unit.chars().count() > LONGEST_UNIT || !units.fit(unit) || !is_plain(whole, 12) || !is_plain(part, 4) {
        return Count::Unreadable(text.to_owned());
    }
    match format!("{whole}{part:0<4}").parse() {
        Ok(number) => Count::Number(number),
        Err(_) => Count::Unreadable(text.to_owned()),
    }
}

/// The rows of a table without the row of its sender that only adds up the others.
fn without_sum_of_others(rows: Vec<FormRow>) -> Vec<FormRow> {
    let is_sum = |at: usize, row: &FormRow| {
        let is_senders = row.unit.is_some() && row.unit == row.sender;
        let others = || rows.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, row)| row);
        let sums = |column: usize| others().filter_map(|other| other.counts.get(column)?.1.number()).sum::<i64>();
        let mut numbers = row.counts.iter().enumerate().filter_map(|(column, (_, count))| Some((column, count.number()?)));
        is_senders
            && others().count() > 1
            && row.counts.iter().any(|(_, count)| count.number() > Some(0))
            && numbers.all(|(column, number)| number == sums(column))
    };
    let keep: Vec<bool> = rows.iter().enumerate().map(|(at, row)| !is_sum(at, row)).collect();
    rows.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(row, _)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::Count;
    use super::Units;
    use super::read_count;

    #[test]
    fn counts_are_read_exactly() {
        for (text, expected) in [
            ("12", Some(120_000)),
            (" 1,200 ", Some(12_000_000)),
            ("１２项", Some(120_000)),
            ("0.5", Some(5_000)),
            ("12.25", Some(122_500)),
            ("无", Some(0)),
            ("/", None),
            ("—", None),
            ("", None),
        ] {
            assert_eq!(read_count(text, &Units::default()).number(), expected, "{text}");
        }
        for text in ["十二", "12/3", "约12", "-3", "1.23456", "见附件"] {
            assert_eq!(read_count(text, &Units::default()), Count::Unreadable(text.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_number_in_another_unit_is_not_added_up() {
        for (text, written, asked, expected) in [
            ("0.5万元", "", "万元", Some(5_000)),
            ("0.5", "万元", "万元", Some(5_000)),
            ("0.5万元", "元", "万元", Some(5_000)),
            ("0.5万", "", "万元", Some(5_000)),
            ("5000元", "", "万元", None),
            ("5000", "元", "万元", None),
            ("0.5万", "", "元", None),
            ("0.5万元", "", "", None),
            ("80%", "", "项", None),
            ("3", "百家", "家", None),
            ("12处", "", "项", Some(120_000)),
            ("12", "个", "项", Some(120_000)),
            ("12家次", "", "家次", Some(120_000)),
            ("12", "", "万元", Some(120_000)),
        ] {
            let units = Units { asked: asked.to_owned(), written: written.to_owned() };
            assert_eq!(read_count(text, &units).number(), expected, "{text} under {written}, asked in {asked}");
        }
    }
}
