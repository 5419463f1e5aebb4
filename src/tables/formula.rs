//! Formulas whose value moves by itself: TODAY() and NOW(), as text and as the tokens of a binary workbook.
//!
//! Nothing is calculated here, and nothing else of a formula is understood.

use std::collections::BTreeSet;

use crate::tables::reference;

/// The cells of a sheet whose value moves: by a call of their own, a shared formula, or a cell that they name.
#[derive(Default)]
pub struct Moving {
    cells: BTreeSet<(u32, u16)>,
    shared: BTreeSet<u32>,
}

impl Moving {
    /// Takes the formula of a cell, or the number of the formula that it shares; `true` if the value moves.
    pub fn takes(&mut self, place: (u32, u16), formula: &str, shared: Option<u32>) -> bool {
        let inherited = shared.is_some_and(|number| self.shared.contains(&number));
        let moves = inherited || moves(formula) || !self.cells.is_empty() && names_one_of(formula, &self.cells);
        if moves {
            self.cells.insert(place);
            self.shared.extend(shared);
        }
        moves
    }
}

/// Whether a formula names one of these cells, which are of its own sheet.
fn names_one_of(formula: &str, cells: &BTreeSet<(u32, u16)>) -> bool {
    let part = |character: char| character.is_ascii_alphanumeric() || matches!(character, '$' | '!' | '_');
    formula
        .split(|character: char| !part(character))
        .filter(|word| word.len() <= 12 && !word.contains(['!', '_']))
        .any(|word| reference::cell(word.replace('$', "").as_bytes()).is_some_and(|place| cells.contains(&place)))
}

/// Whether a formula as it is written names TODAY() or NOW() outside of its quoted texts.
pub fn moves(formula: &str) -> bool {
    let bare: String = formula.split('"').step_by(2).collect::<Vec<_>>().join(" ").to_ascii_uppercase();
    ["TODAY", "NOW"].iter().any(|name| {
        bare.match_indices(name).any(|(at, _)| {
            let before = bare[..at].chars().next_back();
            let called = bare[at + name.len()..].trim_start().starts_with('(');
            called && !before.is_some_and(|character| character.is_alphanumeric() || matches!(character, '_' | '!' | '$'))
        })
    })
}

/// Whether the parsed tokens of a formula (BIFF) call TODAY (221) or NOW (74).
pub fn tokens_move(tokens: &[u8]) -> bool {
    tokens.windows(3).any(|token| matches!(token, [0x21 | 0x41 | 0x61, 0xDD | 0x4A, 0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_calls_of_the_clock_move() {
        for formula in ["TODAY()", "of:=TODAY()", "=NOW()-1", "IF(A2=\"\",\"\",today())", "TEXT(TODAY (),\"yyyy-mm-dd\")"] {
            assert!(moves(formula), "{formula}");
        }
        for formula in ["", "A1+1", "\"TODAY()\"", "KNOWN()", "Sheet.NOW", "DATE(2023,7,31)"] {
            assert!(!moves(formula), "{formula}");
        }
        let mut moving = Moving::default();
        assert!(moving.takes((1, 2), "TODAY()", None) && moving.takes((5, 1), "$B$1+3", Some(7)) && moving.takes((6, 1), "", Some(7)));
        assert!(!moving.takes((7, 1), "B2", None) && !moving.takes((8, 1), "Other!B1", None));
        assert!(tokens_move(&[0x19, 1, 0, 0, 0x41, 0xDD, 0]) && !tokens_move(&[0x44, 0, 0, 0, 0]));
    }
}
