//! One cell of an ODS table: its typed value and the text that is shown for it, brought to one value.
//!
//! The format of a cell stands in styles far away; what it makes of the value stands in the cell, and is
//! what the sender saw.

use chrono::Datelike;
use chrono::NaiveDateTime;

use crate::tables::builder::SheetBuilder;
use crate::tables::builder::is_blank;
use crate::tables::serial;
use crate::tables::workbook::Cell;
use crate::tables::workbook::Unreadable;

/// A cell between its tags.
#[derive(Debug, Default)]
pub struct CellContent {
    /// `office:value-type`
    pub kind: Vec<u8>,
    /// The value in its attribute, whatever its kind.
    pub value: Option<String>,
    pub is_error: bool,
    pub formula: Option<String>,
    /// What is shown.
    pub text: String,
}

impl CellContent {
    /// Whether the cell holds nothing, not even a formula.
    pub fn is_empty(&self) -> bool {
        self.formula.is_none() && self.is_blank()
    }

    fn is_blank(&self) -> bool {
        self.value.as_deref().is_none_or(is_blank) && is_blank(&self.text)
    }
}

/// The cell of a content, in the column that is given; `None` when it shows nothing.
///
/// # Errors
/// Beyond the limits.
pub fn cell(content: &CellContent, column: u16, builder: &mut SheetBuilder) -> Result<Option<Cell>, Unreadable> {
    let moving = if content.formula.as_deref().is_some_and(crate::tables::formula::moves) { Cell::MOVING } else { 0 };
    if content.is_blank() {
        return Ok(content.formula.is_some().then(|| Cell::text(column, 0, 0).with(Cell::FORMULA_WITHOUT_RESULT)));
    }
    let value = content.value.as_deref();
    let number = || value.and_then(|value| value.trim().parse::<f64>().ok()).filter(|number| number.is_finite());
    if content.is_error {
        return text_cell(content, builder, |start, length| Cell::error(column, start, length)).map(Some);
    }
    let cell = match content.kind.as_slice() {
        b"percentage" if !says_words(&content.text) => number().map(|number| Cell::number(column, number).with(Cell::PERCENT)),
        b"float" | b"currency" if !says_words(&content.text) => number().map(|number| Cell::number(column, number)),
        b"boolean" => value.map(|value| Cell::boolean(column, value == "true")),
        b"date" => value.and_then(serial::iso_moment).map(|moment| Cell::date_time(column, moment).with(shown_part(moment, &content.text))),
        b"time" => {
            let clock = value.and_then(serial::iso_duration).and_then(serial::clock);
            return kept(clock.as_deref().unwrap_or(shown(content)), column, builder, moving);
        }
        _ => None,
    };
    match cell {
        Some(cell) => Ok(Some(cell.with(moving))),
        None => kept(shown(content), column, builder, moving),
    }
}

/// The text that is shown, or the value where a careless program wrote none.
fn shown(content: &CellContent) -> &str {
    match content.value.as_deref() {
        Some(value) if content.kind == b"string" || is_blank(&content.text) => value,
        _ => &content.text,
    }
}

fn kept(text: &str, column: u16, builder: &mut SheetBuilder, flags: u8) -> Result<Option<Cell>, Unreadable> {
    if is_blank(text) {
        return Ok(None);
    }
    let error = crate::tables::builder::is_error_word(text);
    let (start, length) = builder.keep(crate::tables::builder::unwrapped(text))?;
    Ok(Some(if error { Cell::error(column, start, length) } else { Cell::text(column, start, length).with(flags) }))
}

fn text_cell(content: &CellContent, builder: &mut SheetBuilder, make: impl Fn(u32, u32) -> Cell) -> Result<Cell, Unreadable> {
    let (start, length) = builder.keep(shown(content).trim())?;
    Ok(make(start, length))
}

/// Whether what is shown for a number is more than its digits: `35,000元`, `YH-001`.
fn says_words(text: &str) -> bool {
    let digits = text.trim().trim_end_matches('%');
    let plain = |character: char| character.is_ascii_digit() || character.is_whitespace() || "+-−–—.,()%'’".contains(character);
    let exponent = || digits.parse::<f64>().is_ok();
    let padded = digits.len() > 2 && digits.starts_with("00") && digits.bytes().all(|byte| byte.is_ascii_digit());
    padded || !digits.chars().all(plain) && !exponent()
}

/// The flag of a date of which only the month or the year is shown.
fn shown_part(moment: NaiveDateTime, text: &str) -> u8 {
    let text = text.trim();
    if text.is_empty() || text.contains(['日', '号', ':', '天', '期', '周']) {
        return 0;
    }
    let mut numbers: Vec<u32> =
        text.split(|character: char| !character.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
    let words = text.chars().any(|character| character.is_alphabetic() && !matches!(character, '年' | '月'));
    let year = moment.year() as u32;
    let years = numbers.iter().filter(|number| **number == year || **number == year % 100).count();
    if let Some(at) = numbers.iter().position(|number| *number == year).or_else(|| numbers.iter().rposition(|number| *number == year % 100))
    {
        numbers.remove(at);
    }
    let month = words || text.contains('月') || !numbers.is_empty();
    // A month in words or digits and one number more is its day.
    let days = numbers.len().saturating_sub(usize::from(month && !words));
    match (month, days) {
        (_, 1..) => 0,
        (true, 0) if years == 0 && !text.contains('月') && !words => 0,
        (true, 0) => Cell::MONTH_SHOWN,
        (false, 0) => Cell::YEAR_SHOWN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_of_a_date_says_how_fine_it_is() {
        let moment = "2023-08-01T00:00:00".parse().expect("a moment");
        for (text, flag) in [
            ("2023年8月", Cell::MONTH_SHOWN),
            ("2023/8", Cell::MONTH_SHOWN),
            ("2023-08", Cell::MONTH_SHOWN),
            ("8月", Cell::MONTH_SHOWN),
            ("Aug-23", Cell::MONTH_SHOWN),
            ("Aug 2023", Cell::MONTH_SHOWN),
            ("八月 2023", Cell::MONTH_SHOWN),
            ("2023年", Cell::YEAR_SHOWN),
            ("2023", Cell::YEAR_SHOWN),
            ("2023年8月1日", 0),
            ("2023-08-01", 0),
            ("8月1日", 0),
            ("8/1", 0),
            ("1-Aug", 0),
            ("1-Aug-23", 0),
            ("01/08/23", 0),
            ("星期二", 0),
            ("2023/8/1 15:30", 0),
            ("", 0),
        ] {
            assert_eq!(shown_part(moment, text), flag, "{text}");
        }
    }

    #[test]
    fn digits_with_words_are_texts() {
        for text in ["35,000元", "¥35,000", "YH-001", "已整改", "15天内", "0007", "90%完成"] {
            assert!(says_words(text), "{text}");
        }
        for text in ["", "35,000.00", "-5", "(5)", "1.2E+05", "90%", "0.5", "138 0000 0001"] {
            assert!(!says_words(text), "{text}");
        }
    }
}
