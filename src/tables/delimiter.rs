//! Which character separates the fields of a text file.
//!
//! The delimiter is the one that gives most lines the same number of fields. Prose gives none and
//! stays one field a line. Knows nothing of what the fields say.

/// Delimiters in order of preference; the last one is the comma of Chinese input methods.
const CANDIDATES: [char; 5] = [',', '\t', ';', '|', '，'];
const SAMPLE_RECORDS: usize = 300;
const SAMPLE_BYTES: usize = 256 << 10;

/// A first line `sep=;`, which Excel understands: the rest of the text, the line on which it starts, the delimiter.
pub fn stated(text: &str) -> (&str, u32, Option<char>) {
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    let first = text[..end].trim_matches('"');
    let mut stated = first.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).map(|_| first[4..].chars());
    match stated.as_mut().and_then(|rest| rest.next().filter(|delimiter| CANDIDATES.contains(delimiter))) {
        Some(delimiter) if stated.is_some_and(|mut rest| rest.next().is_none()) => {
            let rest = text[end..].strip_prefix("\r\n").unwrap_or_else(|| text.get(end + 1..).unwrap_or_default());
            (rest, 2, Some(delimiter))
        }
        _ => (text, 1, None),
    }
}

/// The delimiter that fits the text best; a tab for prose, which holds none.
pub fn sniff(text: &str, extension: &str) -> char {
    let mut end = text.len().min(SAMPLE_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    let expected = match extension {
        "csv" => ',',
        "tsv" | "tab" => '\t',
        _ => '\0',
    };
    let mut best = (0_u64, '\0');
    for candidate in CANDIDATES {
        let score = score(&field_counts(sample, candidate), candidate) * if candidate == expected { 11 } else { 10 };
        if score > best.0 {
            best = (score, candidate);
        }
    }
    if best.0 > 0 {
        return best.1;
    }
    // No regularity at all. What calls itself CSV is split at its commas all the same.
    if extension == "csv" { ',' } else { '\t' }
}

/// The share, in thousandths, of records with the most common number of fields, two or more.
fn score(counts: &[usize], delimiter: char) -> u64 {
    let mut sorted: Vec<usize> = counts.to_vec();
    sorted.sort_unstable();
    let split = sorted.chunk_by(|a, b| a == b).filter(|chunk| chunk[0] > 1).max_by_key(|chunk| (chunk.len(), chunk[0]));
    let Some(chunk) = split else { return 0 };
    let share = chunk.len() as u64 * 1_000 / counts.len() as u64;
    let wide = chunk[0] > 2;
    // Commas stand in prose too: a few lines that happen to agree are no table.
    let needed = match delimiter {
        '，' if wide && chunk.len() >= 3 => 800,
        '，' => return 0,
        ',' | ';' | '|' if wide => 340,
        '\t' => 250,
        _ => 500,
    };
    // A table is regular throughout, so regularity counts for more than the number of columns.
    if share < needed { 0 } else { share * share / 1_000 + 20 * chunk[0].min(20) as u64 }
}

/// The number of fields of each record that is not blank, quotes taken into account.
fn field_counts(sample: &str, delimiter: char) -> Vec<usize> {
    let mut counts = Vec::new();
    let mut fields = 1;
    let mut blank = true;
    let mut quoted = false;
    // At the start of a field a quote opens; right after one that closes it doubles it.
    let mut may_open = true;
    for character in sample.chars() {
        if quoted {
            quoted = character != '"';
            may_open = !quoted;
            continue;
        }
        match character {
            '"' if may_open => {
                quoted = true;
                blank = false;
            }
            '\n' | '\r' => {
                if !blank {
                    counts.push(fields);
                }
                if counts.len() >= SAMPLE_RECORDS {
                    return counts;
                }
                (fields, blank, may_open) = (1, true, true);
                continue;
            }
            _ if character == delimiter => {
                fields += 1;
                blank = false;
                may_open = true;
                continue;
            }
            _ => blank &= character.is_whitespace(),
        }
        may_open = false;
    }
    if !blank {
        counts.push(fields);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, extension: &str, expected: char) {
        assert_eq!(sniff(text, extension), expected, "{text:?}");
    }

    #[test]
    fn the_delimiter_that_makes_a_table_is_found() {
        check("a,b,c\n1,2,3\n", "csv", ',');
        check("a;b;c\n1;2;3\n", "csv", ';');
        check("a|b|c\n1|2|3\n", "txt", '|');
        check("a\tb\tc\n1,5\t2,5\t3,5\n", "csv", '\t');
        check("a\tb\n1\t2\n", "xls", '\t');
        check("台账\n\n单位,隐患,期限\n甲,\"1;2;3\",3\n", "csv", ',');
        check("单位，隐患，期限\n甲，一，二\n乙，三，四\n", "txt", '，');
        check("a,b\n", "csv", ',');
        check("a\n1\n", "csv", ',');
    }

    #[test]
    fn prose_is_not_split_at_its_commas() {
        check("经查，灭火器过期，通道堆物，已要求整改。\n另查，电线老化。\n无其他问题\n", "txt", '\t');
        check("The fire door, which is old, is locked.\nIt was found in May.\nNobody knew, so it stayed.\n", "txt", '\t');
    }

    #[test]
    fn a_stated_delimiter_is_taken() {
        assert_eq!(stated("sep=;\r\na;b"), ("a;b", 2, Some(';')));
        assert_eq!(stated("\"sep=,\"\na"), ("a", 2, Some(',')));
        assert_eq!(stated("sep=ab\n"), ("sep=ab\n", 1, None));
        assert_eq!(stated("单位"), ("单位", 1, None));
    }
}
