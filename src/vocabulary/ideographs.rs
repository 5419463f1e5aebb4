//! Which ideographs the words of a list are written with: what tells prose from a word of the list without reading either.
//!
//! A ledger is mostly sentences, and most sentences have a character that no word of a small vocabulary has. Refuses only what
//! surely is none; says nothing of a text that it lets pass.

const FIRST: char = '\u{4E00}';
const LAST: char = '\u{9FFF}';
const WORDS_OF_BITS: usize = (LAST as usize - FIRST as usize) / 64 + 1;

/// A set of ideographs.
#[derive(Clone)]
pub struct Ideographs(Box<[u64; WORDS_OF_BITS]>);

impl Ideographs {
    /// The ideographs of all these words.
    pub fn of<'t>(words: impl IntoIterator<Item = &'t str>) -> Ideographs {
        Ideographs(Box::new([0; WORDS_OF_BITS])).with(words)
    }

    /// The same, and those of more words.
    pub fn with<'t>(mut self, words: impl IntoIterator<Item = &'t str>) -> Ideographs {
        for position in words.into_iter().flat_map(str::chars).filter_map(position) {
            self.0[position / 64] |= 1 << (position % 64);
        }
        self
    }

    /// The same, and those that more words begin with.
    pub fn beginning<'t>(self, words: impl IntoIterator<Item = &'t str>) -> Ideographs {
        self.with(words.into_iter().filter_map(|word| Some(&word[..word.chars().next()?.len_utf8()])))
    }

    /// False for an ideograph that is not in the set. Any other character may be.
    pub fn may_have(&self, character: char) -> bool {
        position(character).is_none_or(|position| self.0[position / 64] & 1 << (position % 64) != 0)
    }

    /// True if the text has an ideograph that is neither in the set nor in `others`.
    pub fn has_other(&self, text: &str, others: &[String]) -> bool {
        text.chars().any(|character| !self.may_have(character) && !others.iter().any(|other| other.contains(character)))
    }

    /// True if a text cannot be a word of the list: it has another ideograph and nothing that might be left out when words are
    /// compared, as a hint in brackets is.
    pub fn rule_out_word(&self, text: &str) -> bool {
        self.seen_in(text).is_some_and(|seen| seen.other_outside && !seen.bracketed)
    }

    /// True if a text cannot be an answer in words of the list: it has another ideograph outside of brackets, and no mark that
    /// could choose one of several words.
    pub fn rule_out_choice(&self, text: &str) -> bool {
        self.seen_in(text).is_some_and(|seen| seen.other_outside && !seen.empty_brackets)
    }

    /// `None` where a character may stand for others, or be a mark.
    fn seen_in(&self, text: &str) -> Option<Seen> {
        let mut seen = Seen::default();
        // Between an opening bracket and the next closing one: whether anything stands there.
        let mut inside: Option<bool> = None;
        for character in text.chars() {
            match (character, &mut inside) {
                ('(' | '（' | '[' | '［' | '【', None) => (inside, seen.bracketed) = (Some(false), true),
                (')' | '）' | ']' | '］' | '】', inside) => seen.empty_brackets |= inside.take() == Some(false),
                (_, Some(filled)) if position(character).is_some() || character.is_ascii_digit() => *filled = true,
                (_, None) if position(character).is_some() => seen.other_outside |= !self.may_have(character),
                (_, _) if is_plain(character) => {}
                _ => return None,
            }
        }
        Some(seen)
    }
}

/// What a text has that an answer in known words has not.
#[derive(Default)]
struct Seen {
    other_outside: bool,
    bracketed: bool,
    empty_brackets: bool,
}

fn position(character: char) -> Option<usize> {
    matches!(character, FIRST..=LAST).then(|| character as usize - FIRST as usize)
}

/// Digits, white space and the points of sentences: they never join what stands beside them to a remark or a choice.
fn is_plain(character: char) -> bool {
    matches!(
        character,
        '0'..='9'
            | ' '
            | '\n'
            | ','
            | '.'
            | ';'
            | ':'
            | '!'
            | '?'
            | '-'
            | '/'
            | '%'
            | '"'
            | '、'
            | '。'
            | '，'
            | '；'
            | '：'
            | '！'
            | '？'
            | '“'
            | '”'
    )
}

/// Fails with every ideograph that the code of a module names in a text and that is missing from its set: a word that is added
/// to the code alone would never be found.
#[cfg(test)]
pub fn assert_holds_all(set: &Ideographs, source: &str) {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().map(|line| line.split("//").next().unwrap_or_default());
    let missing: std::collections::BTreeSet<char> = lines.flat_map(str::chars).filter(|character| !set.may_have(*character)).collect();
    assert!(missing.is_empty(), "add {}", missing.into_iter().collect::<String>());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_surely_no_word_is_ruled_out() {
        let set = Ideographs::of(["未发现", "隐患"]).with(["无"]);
        // The text, whether it is no word, and whether it is no answer.
        for (text, no_word, no_answer) in [
            ("未发现隐患。", false, false),
            ("无", false, false),
            ("12", false, false),
            ("", false, false),
            ("插座松动", true, true),
            ("未发现灭火器，无隐患", true, true),
            ("插座松动（共3处）", false, true),
            ("无（插座松动）", false, false),
            // A tick may choose the other word, ㈠ is (一), and an x may be a tick.
            ("插座（ ）无（√）", false, false),
            ("插座（）无", false, false),
            ("√无 插座", false, false),
            ("x无 插座", false, false),
            ("㈠插座", false, false),
        ] {
            assert_eq!(set.rule_out_word(text), no_word, "{text}");
            assert_eq!(set.rule_out_choice(text), no_answer, "{text}");
        }
        assert!(set.has_other("无（插座）", &[]) && !set.has_other("无（插座）", &["插座".to_owned()]));
        assert!(set.may_have('无') && set.may_have('A') && !set.may_have('插'));
    }
}
