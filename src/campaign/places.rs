//! Where in the YAML each key of a campaign stands, by key path.
//!
//! Kept beside the model so that rules can point at a line and column without every part of the
//! model carrying them. Paths are written as `phases[0].end`.

use std::collections::BTreeMap;

use crate::campaign::tree::Position;

/// Key paths and their places.
#[derive(Debug, Clone, Default)]
pub struct Places {
    positions: BTreeMap<String, Position>,
}

impl Places {
    /// Remembers where a key path stands.
    pub fn insert(&mut self, path: &str, position: Position) {
        self.positions.insert(path.to_owned(), position);
    }

    /// The place of a key path, or of the nearest part above it that is written; line 0 for neither.
    pub fn of(&self, path: &str) -> Position {
        let mut rest = path;
        loop {
            if let Some(position) = self.positions.get(rest) {
                return *position;
            }
            match rest.rfind(['.', '[']) {
                Some(cut) => rest = &rest[..cut],
                None => return Position::default(),
            }
        }
    }

    /// Whether the key path is written in the file.
    pub fn contains(&self, path: &str) -> bool {
        self.positions.contains_key(path)
    }
}

#[cfg(test)]
mod tests {
    use super::Places;
    use crate::campaign::tree::Position;

    #[test]
    fn what_is_not_written_is_placed_at_the_part_that_holds_it() {
        let mut places = Places::default();
        places.insert("phases[0]", Position { line: 3, column: 5 });
        assert_eq!(places.of("phases[0].end").line, 3);
        assert_eq!(places.of("phases[1].end").line, 0);
        assert!(places.contains("phases[0]") && !places.contains("phases[0].end"));
    }
}
