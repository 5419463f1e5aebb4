//! What a number format writes around a number, or in place of it: `#,##0"元"`, `"YH-"000`, `[=1]"已整改"`.
//!
//! The sender sees `35,000元`, so that is what the cell says. A format that only arranges digits (thousands,
//! decimals, signs, accounting blanks) is none of these: its number stays a number. Knows no dates.

use std::sync::Arc;

/// A number format with words or scaling of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownNumber {
    sections: Vec<Section>,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Section {
    condition: Option<(Comparison, f64)>,
    parts: Vec<Part>,
    decimals: usize,
    /// Thousands that are left out at the end, each a comma.
    scales: i32,
    percents: i32,
    grouped: bool,
    /// Fractions and exponents are left to plain numbers.
    plain: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Comparison {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    Unequal,
}

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Literal(char),
    /// A digit of the whole part: `0`, `#` or `?`.
    Whole(char),
    Point,
    /// A digit behind the point.
    Decimal(char),
    /// The number as it is.
    General,
}

/// The format, if it says more than digits.
pub fn of_code(code: &str) -> Option<Arc<ShownNumber>> {
    let sections: Vec<Section> = split(code).iter().map(|section| parse(section)).collect();
    sections.iter().any(Section::speaks).then(|| Arc::new(ShownNumber { sections }))
}

/// A currency format that stands in no file because it is built in; in Chinese Excel its sign is ¥.
pub fn currency() -> Option<Arc<ShownNumber>> {
    of_code("\"¥\"#,##0.00;\"¥\"-#,##0.00")
}

impl ShownNumber {
    /// The text that is shown for a number; `None` where the format only arranges its digits.
    pub fn text(&self, value: f64) -> Option<String> {
        let (section, signed) = self.section(value)?;
        if !section.speaks() || value.abs() >= 1e15 {
            return None;
        }
        let text = section.render(value.abs());
        Some(if signed && value < 0.0 { format!("-{text}") } else { text })
    }

    /// The section for a value, and whether its sign has to be written before it.
    fn section(&self, value: f64) -> Option<(&Section, bool)> {
        let numbers = &self.sections[..self.sections.len().min(3)];
        if numbers.iter().any(|section| section.condition.is_some()) {
            let fits = |section: &&Section| section.condition.is_none_or(|(how, than)| how.holds(value, than));
            return numbers.iter().find(fits).map(|section| (section, true));
        }
        match numbers {
            [only] => Some((only, true)),
            [_, negative, ..] if value < 0.0 => Some((negative, false)),
            [_, _, zero] if value == 0.0 => Some((zero, false)),
            [positive, ..] => Some((positive, false)),
            [] => None,
        }
    }
}

impl Comparison {
    fn holds(self, value: f64, than: f64) -> bool {
        match self {
            Comparison::Less => value < than,
            Comparison::LessOrEqual => value <= than,
            Comparison::Greater => value > than,
            Comparison::GreaterOrEqual => value >= than,
            Comparison::Equal => value == than,
            Comparison::Unequal => value != than,
        }
    }
}

impl Section {
    /// Whether the section shows something else than the digits of the number.
    fn speaks(&self) -> bool {
        let says = |character: &char| !character.is_whitespace() && !"-—–/()+.,:%'".contains(*character);
        let words = self.parts.iter().any(|part| matches!(part, Part::Literal(character) if says(character)));
        let zeros = self.parts.iter().filter(|part| **part == Part::Whole('0')).count();
        !self.plain && (words || self.scales > 0 || zeros > 2 || self.is_broken_up())
    }

    /// Whether a point or comma that is only written stands between digits: `0!.0` shows 35 as 3.5.
    fn is_broken_up(&self) -> bool {
        let mark = |part: &Part| matches!(part, Part::Literal('.' | ','));
        self.parts.windows(3).any(|three| matches!(three[0], Part::Whole(_)) && mark(&three[1]) && matches!(three[2], Part::Whole(_)))
    }

    fn render(&self, value: f64) -> String {
        let scaled = value * 100_f64.powi(self.percents) / 1000_f64.powi(self.scales);
        let fixed = format!("{scaled:.*}", self.decimals);
        let (whole, decimals) = fixed.split_once('.').unwrap_or((&fixed, ""));
        let places = self.parts.iter().filter(|part| matches!(part, Part::Whole(_))).count();
        let whole: Vec<char> = whole.chars().skip_while(|digit| *digit == '0').collect();
        let mut decimals = decimals.chars();
        let kept = decimals.as_str().trim_end_matches('0').len();
        let (mut out, mut place, mut decimal) = (String::new(), places, 0);
        for part in &self.parts {
            match part {
                Part::Literal(character) => out.push(*character),
                Part::General => out.push_str(&scaled.to_string()),
                Part::Point => out.push('.'),
                Part::Decimal(how) => {
                    let digit = decimals.next().unwrap_or('0');
                    decimal += 1;
                    if *how == '0' || decimal <= kept {
                        out.push(digit);
                    }
                }
                Part::Whole(how) => {
                    // The first place takes every digit that has no place of its own.
                    let first = if place == places { whole.len() } else { place };
                    for at in (place..=first.max(place)).rev() {
                        match whole.len().checked_sub(at).and_then(|index| whole.get(index)) {
                            Some(digit) => out.push(*digit),
                            None if *how == '0' => out.push('0'),
                            None => continue,
                        }
                        if self.grouped && at > 1 && (at - 1) % 3 == 0 {
                            out.push(',');
                        }
                    }
                    place -= 1;
                }
            }
        }
        out.trim().trim_end_matches('.').to_owned()
    }
}

/// The sections of a code; a semicolon in quotes or behind a backslash is none between them.
fn split(code: &str) -> Vec<Vec<char>> {
    let mut sections = vec![Vec::new()];
    let (mut quoted, mut escaped) = (false, false);
    for character in code.chars() {
        if character == ';' && !quoted && !escaped {
            sections.push(Vec::new());
            continue;
        }
        quoted ^= character == '"' && !escaped;
        escaped = !escaped && !quoted && matches!(character, '\\' | '!' | '_' | '*');
        if let Some(last) = sections.last_mut() {
            last.push(character);
        }
    }
    sections
}

fn parse(code: &[char]) -> Section {
    let mut section = Section::default();
    let text: String = code.iter().collect();
    let mut rest = text.as_str();
    let mut behind_point = false;
    while let Some(character) = rest.chars().next() {
        let after = &rest[character.len_utf8()..];
        rest = after;
        match character {
            '"' => {
                let end = after.find('"').unwrap_or(after.len());
                section.parts.extend(after[..end].chars().map(Part::Literal));
                rest = after.get(end + 1..).unwrap_or("");
            }
            '\\' | '!' | '_' | '*' => {
                let Some(next) = after.chars().next() else { break };
                if matches!(character, '\\' | '!') {
                    section.parts.push(Part::Literal(next));
                }
                rest = &after[next.len_utf8()..];
            }
            '[' => {
                let end = after.find(']').unwrap_or(after.len());
                section.take_bracket(&after[..end]);
                rest = after.get(end + 1..).unwrap_or("");
            }
            '0' | '#' | '?' if behind_point => {
                section.decimals += 1;
                section.parts.push(Part::Decimal(character));
            }
            '0' | '#' | '?' => {
                section.grouped |= section.scales > 0;
                section.scales = 0;
                section.parts.push(Part::Whole(character));
            }
            '.' if section.decimals == 0 && !behind_point => {
                behind_point = true;
                section.parts.push(Part::Point);
            }
            ',' if section.parts.iter().any(|part| matches!(part, Part::Whole(_) | Part::Decimal(_))) => section.scales += 1,
            '%' => {
                section.percents += 1;
                section.parts.push(Part::Literal('%'));
            }
            'G' | 'g' if general_length(after).is_some() => {
                section.parts.push(Part::General);
                rest = &after[general_length(after).unwrap_or(0)..];
            }
            'E' | 'e' if after.starts_with(['+', '-']) => section.plain = true,
            '/' => section.plain |= section.parts.iter().any(|part| matches!(part, Part::Whole('?' | '#'))),
            // The section of texts shows no numbers.
            '@' => section.plain = true,
            other => section.parts.push(Part::Literal(other)),
        }
    }
    section
}

/// The length of what follows the G of `General` or of its Chinese name.
fn general_length(after: &str) -> Option<usize> {
    ["eneral", "/通用格式"]
        .iter()
        .find(|name| after.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name)))
        .map(|name| name.len())
}

impl Section {
    /// `[>=100]`, `[$¥-804]`; colours, numerals and languages say nothing.
    fn take_bracket(&mut self, inside: &str) {
        if let Some(currency) = inside.strip_prefix('$') {
            let sign = currency.split('-').next().unwrap_or_default();
            self.parts.extend(sign.chars().map(Part::Literal));
            return;
        }
        const COMPARISONS: [(&str, Comparison); 6] = [
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<>", Comparison::Unequal),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
            ("=", Comparison::Equal),
        ];
        let found = COMPARISONS.iter().find_map(|(sign, how)| inside.strip_prefix(sign).map(|number| (*how, number)));
        if let Some((how, number)) = found
            && let Ok(than) = number.trim().parse()
        {
            self.condition = Some((how, than));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: &str, value: f64, expected: Option<&str>) {
        assert_eq!(of_code(code).and_then(|format| format.text(value)).as_deref(), expected, "{code} of {value}");
    }

    #[test]
    fn words_of_a_format_are_shown() {
        check("#,##0\"元\"", 35_000.0, Some("35,000元"));
        check("0\"元\"", 2000.0, Some("2000元"));
        check("0.00元", 3.456, Some("3.46元"));
        check("0\"天内\"", 15.0, Some("15天内"));
        check("\"YH-\"000", 7.0, Some("YH-007"));
        check("\"YH-\"000", 12_345.0, Some("YH-12345"));
        check("\"¥\"#,##0.00", 35_000.5, Some("¥35,000.50"));
        check("[$￥-804]#,##0;[$￥-804]\\-#,##0", -350.0, Some("￥-350"));
        check("_ \"¥\"* #,##0.00_ ;_ \"¥\"* \\-#,##0.00_ ;_ \"¥\"* \"-\"??_ ;_ @_ ", 1200.0, Some("¥1,200.00"));
        check("[=1]\"已整改\";[=0]\"未整改\";General", 1.0, Some("已整改"));
        check("[=1]\"已整改\";[=0]\"未整改\";General", 0.0, Some("未整改"));
        check("[=1]\"已整改\";[=0]\"未整改\";General", 2.0, None);
        check("[<0]\"欠\"0;0\"台\"", 3.0, Some("3台"));
        check("0.0,\"千元\"", 35_000.0, Some("35.0千元"));
        check("0!.0,\"万元\"", 35_000.0, Some("3.5万元"));
        check("0\".\"0,", 35_000.0, Some("3.5"));
        check("#,##0.0###\"万\"", 0.25, Some("0.25万"));
        check("General\"项\"", 12.0, Some("12项"));
        check("G/通用格式\"项\"", 1.5, Some("1.5项"));
        check("00000", 42.0, Some("00042"));
        check("0%\"完成\"", 0.9, Some("90%完成"));
        check("0\"元\"", -5.0, Some("-5元"));
        check("0;0;\"零\"", 0.0, Some("零"));
    }

    #[test]
    fn formats_that_only_arrange_digits_leave_the_number() {
        for code in [
            "General",
            "0.00",
            "#,##0_);[Red]\\(#,##0\\)",
            "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
            "0.00E+00",
            "# ?/?",
            "[DBNum1]General",
            "0%",
            "0.0%;[Red]-0.0%",
            "@",
            "000-0000",
            "",
            "\"",
            "[",
            ";;;",
        ] {
            let found = of_code(code).and_then(|format| format.text(1234.0));
            assert!(found.is_none() || code == "000-0000", "{code}: {found:?}");
        }
    }
}
