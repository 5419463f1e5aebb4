//! The links of the history: each line carries the hash of the line before.
//!
//! Lines of an old history that carry none may stand at its head only; a seal with the hash of them all protects them.

use crate::digest::Hash;
use crate::digest::Hasher;
use crate::digest::hex;
use crate::digest::sha256;

/// What the first line of a history carries for a line before.
pub const FIRST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What one line says of its links.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Link<'a> {
    /// Hash of the line before; `None` in histories of old.
    pub prev: Option<&'a str>,
    /// A seal: how many lines stand above, and the hash of them all.
    pub seal: Option<(u64, &'a str)>,
}

/// Where a history ends, and how the next line is linked to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChainHead {
    pub lines: u64,
    /// Hash of the last line; `None` before the first.
    pub last: Option<Hash>,
    /// Lines of old that no seal protects yet, with the hash of them all.
    pub unsealed: Option<(u64, Hash)>,
}

/// Watches the links, line by line.
#[derive(Default)]
pub struct Chain {
    head: ChainHead,
    /// All bytes so far, while no line has carried a link.
    of_old: Option<Hasher>,
    /// Lines whose link does not hold, with the reason.
    broken: Vec<(u64, &'static str)>,
}

impl Chain {
    /// Takes the next line with its number; `link` is `None` for a line that cannot be read.
    pub fn take(&mut self, number: u64, line: &[u8], link: Option<Link<'_>>) {
        self.head.lines = number;
        let before = self.head.last.replace(sha256(line));
        let chained = before.is_some() && self.of_old.is_none();
        match link {
            None => {
                self.broken.push((number, "这一行读不出来"));
                self.keep_of_old(line, chained);
            }
            Some(Link { prev: None, .. }) if chained => self.broken.push((number, "这一行不接上一行：没有 prev")),
            Some(Link { prev: None, .. }) => self.keep_of_old(line, chained),
            Some(Link { prev: Some(prev), seal }) => {
                if before.map_or_else(|| FIRST.to_owned(), |hash| hex(&hash)) != prev {
                    let reason = if number == 1 { "前面的行被截掉了" } else { "上一行改过、少了或多了" };
                    self.broken.push((number, reason));
                }
                if let Some(of_old) = self.of_old.take() {
                    let whole = (number - 1, hex(&of_old.finish()));
                    if seal.map(|(lines, hash)| (lines, hash.to_owned())) != Some(whole) {
                        self.broken.push((number, "它封存的旧行改过、少了或多了"));
                    }
                }
            }
        }
    }

    fn keep_of_old(&mut self, line: &[u8], chained: bool) {
        if !chained {
            let hasher = self.of_old.get_or_insert_default();
            hasher.update(line);
            hasher.update(b"\n");
        }
    }

    /// Where the history ends, and the lines whose links do not hold.
    pub fn finish(self) -> (ChainHead, Vec<(u64, &'static str)>) {
        let unsealed = self.of_old.map(|hasher| (self.head.lines, hasher.finish()));
        (ChainHead { unsealed, ..self.head }, self.broken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines `a1<…` are linked to what `<` names: `-` nothing, `^` the line before, `!` another hash, `S` a seal of all lines before.
    fn check(lines: &[&str], broken: &[u64], unsealed: Option<u64>) {
        let mut chain = Chain::default();
        let mut before = FIRST.to_owned();
        let mut all = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            let seal = hex(&sha256(&all));
            let number = index as u64;
            let link = match line.split_once('<').expect("a link").1 {
                "-" => Some(Link::default()),
                "^" => Some(Link { prev: Some(&before), seal: None }),
                "S" => Some(Link { prev: Some(&before), seal: Some((number, &seal)) }),
                "!" => Some(Link { prev: Some("12"), seal: None }),
                _ => None,
            };
            chain.take(number + 1, line.as_bytes(), link);
            before = hex(&sha256(line.as_bytes()));
            all.extend_from_slice(line.as_bytes());
            all.push(b'\n');
        }
        let (head, found) = chain.finish();
        assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), broken, "{lines:?}");
        assert_eq!((head.lines, head.unsealed.map(|(lines, _)| lines)), (lines.len() as u64, unsealed), "{lines:?}");
    }

    #[test]
    fn a_link_that_does_not_hold_is_found() {
        check(&[], &[], None);
        check(&["a<^", "b<^", "c<^"], &[], None);
        check(&["a<^", "b<!", "c<^"], &[2], None);
        check(&["a<!", "b<^"], &[1], None);
        check(&["a<^", "b<-", "c<^"], &[2], None);
        check(&["a<^", "b<?", "c<^"], &[2], None);
        check(&["a<-", "b<-"], &[], Some(2));
        check(&["a<-", "b<-", "c<S", "d<^"], &[], None);
        check(&["a<-", "b<-", "c<^"], &[3], None);
        check(&["a<-", "b<?"], &[2], Some(2));
    }
}
