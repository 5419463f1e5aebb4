//! How wide Chinese text is and how many lines it takes in a column, in half-width characters.
//!
//! A Chinese character and its punctuation are two wide, a digit or Latin letter one. Breaks fall where
//! spreadsheet programs put them: between Chinese characters, after spaces and hyphens, inside a word
//! only when the word is longer than the line, and never before closing punctuation.

use unicode_width::UnicodeWidthChar;

/// Width of the widest line of the text.
pub fn widest_line(text: &str) -> usize {
    text.split('\n').map(|line| line.chars().map(character_width).sum()).max().unwrap_or(0)
}

/// Width of the widest run of digits and Latin letters, which is ugly when broken; hyphens belong to it.
pub fn widest_word(text: &str) -> usize {
    text.split(|character: char| !character.is_ascii_graphic()).map(str::len).max().unwrap_or(0)
}

/// Lines that the text takes in a column that is `capacity` half-width characters wide; at least one.
pub fn lines(text: &str, capacity: usize) -> usize {
    // Nothing can be narrower than one Chinese character.
    let capacity = capacity.max(2);
    text.split('\n').map(|paragraph| paragraph_lines(paragraph, capacity)).sum()
}

fn paragraph_lines(paragraph: &str, capacity: usize) -> usize {
    // A line of ASCII and Chinese is never wider than its bytes, so short texts need no simulation.
    if paragraph.len() <= capacity {
        return 1;
    }
    let mut line = Line { lines: 1, used: 0, pending: 0, capacity };
    let mut in_word = false;
    for character in paragraph.chars() {
        let width = character_width(character);
        if character == ' ' {
            line.place();
            line.used += width;
            continue;
        }
        let joins = if character.is_ascii_graphic() { in_word } else { may_not_begin_a_line(character) };
        if !joins {
            line.place();
        }
        in_word = character.is_ascii_graphic() && character != '-';
        line.pending += width;
    }
    line.place();
    line.lines
}

/// The lines so far, what the last one holds, and the piece that is not yet on a line.
struct Line {
    lines: usize,
    used: usize,
    pending: usize,
    capacity: usize,
}

impl Line {
    /// Puts the pending piece on the current line, or on the next when it does not fit; one that fits on no
    /// line is broken inside.
    fn place(&mut self) {
        if self.pending > 0 && self.used > 0 && self.used + self.pending > self.capacity {
            self.lines += 1;
            self.used = 0;
        }
        self.used += self.pending;
        self.pending = 0;
        while self.used > self.capacity {
            self.lines += 1;
            self.used -= self.capacity;
        }
    }
}

fn may_not_begin_a_line(character: char) -> bool {
    "，。、；：？！）】》〉」』”’％…".contains(character)
}

fn character_width(character: char) -> usize {
    if character.is_ascii_graphic() || character == ' ' {
        return 1;
    }
    character.width_cjk().unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_chinese_fonts() {
        for (text, expected) in
            [("", 0), ("abc", 3), ("甲乙", 4), ("“甲”…", 8), ("甲\nabcdef\n乙", 6), ("2023-07-31", 10), ("▲逾期12天", 10), ("①㎡", 4)]
        {
            assert_eq!(widest_line(text), expected, "{text}");
        }
    }

    #[test]
    fn words_are_runs_of_ascii() {
        for (text, expected) in [("", 0), ("隐患", 0), ("张三 138****1001", 11), ("至2023-07-31前", 10), ("（ICU）UPS", 3)] {
            assert_eq!(widest_word(text), expected, "{text}");
        }
    }

    #[test]
    fn lines_break_as_programs_break_them() {
        for (text, capacity, expected) in [
            ("", 10, 1),
            ("甲乙丙丁戊", 10, 1),
            ("甲乙丙丁戊己", 10, 2),
            ("甲\n乙", 10, 2),
            ("甲\n\n乙", 10, 3),
            // The comma cannot begin a line and takes its character along.
            ("甲乙丙丁戊，己", 10, 2),
            ("甲乙丙丁abcd", 10, 2),
            ("甲乙 abcd efgh", 9, 2),
            ("wushen-2023-001-0001", 12, 2),
            ("abcdefghijkl", 5, 3),
            ("甲abcdefghijkl", 5, 4),
            ("甲乙", 1, 2),
        ] {
            assert_eq!(lines(text, capacity), expected, "{text} in {capacity}");
        }
    }
}
