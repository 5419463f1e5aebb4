//! Did you mean: the known words nearest to what was typed, for 编号, rules, campaigns and commands.

use crate::vocabulary::likeness;

/// Less like than this is not worth a question.
const LIKENESS: f64 = 0.7;

/// Up to `most` of `known` that are like `written`, best first, the given order among equals.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    likeness::nearest(known, LIKENESS, most, |candidate| likeness(written, candidate))
}

fn likeness(written: &str, candidate: &str) -> f64 {
    if written.len() >= 2 && (candidate.ends_with(written) || candidate.starts_with(written)) {
        // Only the tail of a long 编号 was typed, or the beginning of a code.
        return 1.0;
    }
    likeness::likeness(written, candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_come_first_and_strangers_not_at_all() {
        let known = ["w-001-0001", "w-001-0002", "w-002-0001", "R012"];
        let check = |written: &str, expected: &[&str]| assert_eq!(nearest(written, known, 2), expected, "{written}");
        check("w-002-0002", &["w-001-0002", "w-002-0001"]);
        check("002-0001", &["w-002-0001", "w-001-0001"]);
        check("R0l2", &["R012"]);
        check("R01", &["R012"]);
        check("完全不像", &[]);
    }
}
