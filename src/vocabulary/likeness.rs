//! Did you mean: how alike two spellings are, and which known words are nearest to what was written.
//!
//! A suggestion, never taken. Which words are known, and in which form they are compared, is for the caller.

/// How alike two spellings are: 1 for the same, 0 for nothing in common.
pub fn likeness(left: &str, right: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(left, right)
}

/// Up to `most` of the known words that are at least so alike, best first, in the given order among equals.
pub fn nearest<T>(known: impl IntoIterator<Item = T>, least: f64, most: usize, likeness: impl Fn(&T) -> f64) -> Vec<T> {
    let scored = known.into_iter().map(|word| (likeness(&word), word));
    let mut near: Vec<(f64, T)> = scored.filter(|(likeness, _)| *likeness >= least).collect();
    near.sort_by(|left, right| right.0.total_cmp(&left.0));
    near.into_iter().take(most).map(|(_, word)| word).collect()
}

/// The known key that a key was meant to be: at most one slip in three letters; `-` is as good as `_`.
pub fn meant_key<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = written.to_lowercase().replace('-', "_");
    known
        .into_iter()
        .map(|word| (strsim::damerau_levenshtein(&folded, word), word))
        .filter(|(distance, word)| *distance * 3 <= word.chars().count().max(3))
        .min()
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_are_nearly_right_are_meant() {
        let known = ["phases", "obligations", "issued", "issuer", "to"];
        for (written, meant) in [("phase", Some("phases")), ("obligatons", Some("obligations")), ("Issued", Some("issued")), ("xyz", None)]
        {
            assert_eq!(meant_key(written, known), meant, "{written}");
        }
    }

    #[test]
    fn the_nearest_come_first() {
        let known = ["周统计", "月统计", "行动方案"];
        let check = |written: &str, most: usize, near: &[&str]| {
            assert_eq!(nearest(known, 0.5, most, |word| likeness(written, word)), near, "{written}");
        };
        check("周统记", 1, &["周统计"]);
        check("统计", 2, &["周统计", "月统计"]);
        check("应急演练", 2, &[]);
    }
}
