//! What a number format makes of a number: a date, a time, a length of time, a percentage, or itself.
//!
//! Covers the built-in formats (with those of Chinese Excel) and custom codes. Knows no values; the
//! arithmetic of day serials is in `serial`.

use std::sync::Arc;

use crate::tables::shown_number;
use crate::tables::shown_number::ShownNumber;

/// How a number is shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum NumberClass {
    #[default]
    Plain,
    Percent,
    /// With words, a scale or zeros in front of its own.
    Worded(Arc<ShownNumber>),
    /// With a day or weekday.
    Date,
    /// A date that shows its month and no day.
    Month,
    /// A date that shows its year alone.
    Year,
    /// A time of day alone.
    Time,
    /// Hours, minutes or seconds that go on counting past the day: `[h]:mm`.
    Elapsed,
}

/// What a cell's style says beyond its looks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CellStyle {
    pub class: NumberClass,
    /// Flags of [`Cell`](crate::tables::workbook::Cell): struck through, filled.
    pub flags: u8,
}

/// The class of a built-in format, `None` where the number is not built in.
/// 27–36 and 50–58 are those of Chinese Excel (ECMA-376 part 1, 18.8.30).
pub fn of_builtin(id: u32) -> Option<NumberClass> {
    Some(match id {
        9 | 10 => NumberClass::Percent,
        5..=8 | 42 | 44 => shown_number::currency().map_or(NumberClass::Plain, NumberClass::Worded),
        17 | 27 | 36 | 50 | 52 | 57 => NumberClass::Month,
        14..=16 | 22 | 28..=31 | 51 | 53 | 54 | 58 => NumberClass::Date,
        18..=21 | 32..=35 | 45 | 47 | 55 | 56 => NumberClass::Time,
        46 => NumberClass::Elapsed,
        0..=4 | 11..=13 | 37..=41 | 43 | 48 | 49 | 59..=81 => NumberClass::Plain,
        _ => return None,
    })
}

/// The class of a format code as it is written in a file.
pub fn of_code(code: &str) -> NumberClass {
    let mut class = NumberClass::Plain;
    for section in sections(code) {
        match of_section(&section) {
            found @ (NumberClass::Date | NumberClass::Month | NumberClass::Year) => return found,
            NumberClass::Plain => {}
            found if class == NumberClass::Plain => class = found,
            _ => {}
        }
    }
    match class {
        NumberClass::Plain | NumberClass::Percent => shown_number::of_code(code).map_or(class, NumberClass::Worded),
        other => other,
    }
}

/// The sections of a code with literals taken out: `yyyy"年";@` → `yyyy`, `@`. Bracketed parts stay
/// only when they count elapsed time.
fn sections(code: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => {
                let _literal = characters.by_ref().take_while(|&next| next != '"').count();
            }
            '\\' | '_' | '*' | '!' => {
                characters.next();
            }
            '[' => {
                let inside: String = characters.by_ref().take_while(|&next| next != ']').collect();
                let unit = inside.to_ascii_lowercase();
                if !unit.is_empty() && ["h", "m", "s"].iter().any(|letter| unit.chars().all(|one| one.to_string() == **letter)) {
                    push(&mut sections, '[');
                }
            }
            ';' => sections.push(String::new()),
            other => push(&mut sections, other.to_ascii_lowercase()),
        }
    }
    sections
}

fn push(sections: &mut [String], character: char) {
    if let Some(last) = sections.last_mut() {
        last.push(character);
    }
}

fn of_section(section: &str) -> NumberClass {
    // `General` and its Chinese name hold letters of dates.
    let section = section.replace("general", "").replace("g/通用格式", "").replace("am/pm", "h").replace("a/p", "h");
    let elapsed = section.contains('[');
    let day = section.contains('d') || section.contains("aaa");
    let year = section.contains(['y', 'b', 'g']) || is_era_year(&section);
    let time = section.contains(['h', 's']);
    let month = section.contains('m') && !time && !elapsed || section.contains("mmm");
    // A time of day belongs to a day, even where the day is not shown.
    if day || (year || month) && time {
        return NumberClass::Date;
    }
    if month {
        return NumberClass::Month;
    }
    if year {
        return NumberClass::Year;
    }
    if elapsed {
        return NumberClass::Elapsed;
    }
    if time {
        return NumberClass::Time;
    }
    if section.contains('%') { NumberClass::Percent } else { NumberClass::Plain }
}

/// Whether an `e` stands for the year, and not for an exponent as in `0.00e+00`.
fn is_era_year(section: &str) -> bool {
    let mut previous = ' ';
    let mut characters = section.chars().peekable();
    while let Some(character) = characters.next() {
        if character == 'e' && !matches!(characters.peek(), Some('+' | '-')) && !matches!(previous, '0' | '#' | '?') {
            return true;
        }
        previous = character;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(class: NumberClass, codes: &[&str]) {
        for code in codes {
            assert_eq!(of_code(code), class, "{code}");
        }
    }

    #[test]
    fn codes_tell_dates_times_percentages_and_plain_numbers_apart() {
        check(
            NumberClass::Date,
            &[
                "yyyy\"年\"m\"月\"d\"日\"",
                "yyyy\\年m\\月d\\日;@",
                "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"",
                "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
                "m\"月\"d\"日\"",
                "e/m/d",
                "[$-804]aaaa;@",
                "aaa",
                "yyyy/m/d h:mm",
                "m/d",
                "yyyy-mm-dd hh:mm:ss AM/PM",
                "\"\";yyyy-mm-dd",
            ],
        );
        check(
            NumberClass::Month,
            &["mmm-yy", "yyyy\"年\"m\"月\"", "yyyy/m", "m\"月\"", "[$-404]ggge\"年\"m\"月\"", "[DBNum1]yyyy年m月;@", "mmmm"],
        );
        check(NumberClass::Year, &["yyyy", "yyyy\"年\"", "e"]);
        check(NumberClass::Time, &["h:mm", "h:mm AM/PM", "mm:ss.0", "上午/下午h\"时\"mm\"分\"", "hh:mm:ss;@"]);
        check(NumberClass::Elapsed, &["[h]:mm:ss", "[mm]:ss", "[ss]"]);
        check(NumberClass::Percent, &["0%", "0.00%", "0.0%;[Red]-0.0%"]);
        check(
            NumberClass::Plain,
            &[
                "General",
                "G/通用格式",
                "0.00E+00",
                "##0.0E+0",
                "@",
                "#,##0_);[Red]\\(#,##0\\)",
                "[Red]0",
                "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
                "[DBNum1]General",
                "[>=100]0;0.0",
                "",
                "\"",
                "[",
            ],
        );
    }

    #[test]
    fn formats_with_words_show_them() {
        for code in ["0\"个月\"", "0\\d", "\"共\"0\"days\"", "¥#,##0", "0%\"完成\""] {
            assert!(matches!(of_code(code), NumberClass::Worded(_)), "{code}");
        }
        assert!(matches!(of_builtin(44), Some(NumberClass::Worded(_))));
    }

    #[test]
    fn built_in_numbers_have_the_classes_of_chinese_excel() {
        assert_eq!(of_builtin(0), Some(NumberClass::Plain));
        assert_eq!(of_builtin(10), Some(NumberClass::Percent));
        assert_eq!(of_builtin(14), Some(NumberClass::Date));
        assert_eq!(of_builtin(57), Some(NumberClass::Month));
        assert_eq!(of_builtin(31), Some(NumberClass::Date));
        assert_eq!(of_builtin(58), Some(NumberClass::Date));
        assert_eq!(of_builtin(20), Some(NumberClass::Time));
        assert_eq!(of_builtin(46), Some(NumberClass::Elapsed));
        assert_eq!(of_builtin(176), None);
    }
}
