//! The boxes in which comments are shown: shapes in the sheet's VML drawing.
//!
//! Such drawings are often no well-formed XML (browsers of old wrote them so), hence they are searched as
//! text: known shapes are found, everything else stays. Knows cells and sizes, nothing of what a comment says.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::render::annotate::xml::Odd;

/// Places and sizes of the boxes that a drawing needs.
#[derive(Debug, Default)]
pub struct Changes {
    /// Boxes to draw: cell and anchor.
    pub added: BTreeMap<(u32, u32), [u32; 8]>,
    /// Boxes to draw again in this size, if they are smaller.
    pub grown: BTreeMap<(u32, u32), [u32; 8]>,
    /// Boxes that go.
    pub removed: BTreeSet<(u32, u32)>,
}

const SHAPE_TYPE: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">\
<v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";
const NAMESPACES: [(&str, &str); 3] = [
    ("v", "urn:schemas-microsoft-com:vml"),
    ("o", "urn:schemas-microsoft-com:office:office"),
    ("x", "urn:schemas-microsoft-com:office:excel"),
];
/// Shape numbers come in blocks of this size; a drawing names the blocks that it uses.
const BLOCK: u32 = 1_024;

/// An empty drawing for `boxes` boxes whose numbers begin with `block`.
pub fn minimal(block: u32, boxes: u32) -> String {
    let blocks: Vec<String> = (block..=block + boxes / BLOCK).map(|block| block.to_string()).collect();
    let namespaces: String = NAMESPACES.iter().map(|(prefix, address)| format!(" xmlns:{prefix}=\"{address}\"")).collect();
    format!(
        "<xml{namespaces}><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{}\"/></o:shapelayout>{SHAPE_TYPE}</xml>",
        blocks.join(",")
    )
}

/// The drawing with the changes made; new boxes are numbered behind those that are there, from `block` on.
///
/// # Errors
/// No drawing.
pub fn with_changes(text: &str, block: u32, changes: &Changes) -> Result<String, Odd> {
    let end = text.rfind("</xml>").ok_or_else(|| Odd("批注图形部件不完整".to_owned()))?;
    let mut changed = String::with_capacity(text.len());
    let mut place = 0;
    while let Some((start, after)) = next_shape(text, place, end) {
        changed.push_str(text.get(place..start).unwrap_or(""));
        let shape = text.get(start..after).unwrap_or("");
        match note_cell(shape) {
            Some(cell) if changes.removed.contains(&cell) => {}
            Some(cell) => changed.push_str(&changes.grown.get(&cell).map_or(shape.to_owned(), |anchor| grown(shape, anchor))),
            None => changed.push_str(shape),
        }
        place = after;
    }
    changed.push_str(text.get(place..end).unwrap_or(""));
    if !changes.added.is_empty() && !text.contains("_x0000_t202") {
        changed.push_str(&with_namespaces(SHAPE_TYPE, "<v:shapetype", text));
    }
    let mut number = last_number(text).max(block.saturating_mul(BLOCK));
    for (&(row, column), anchor) in &changes.added {
        number = number.saturating_add(1);
        changed.push_str(&with_namespaces(&shape(number, row, column, anchor), "<v:shape", text));
    }
    changed.push_str(text.get(end..).unwrap_or(""));
    Ok(changed)
}

fn shape(number: u32, row: u32, column: u32, anchor: &[u32; 8]) -> String {
    format!(
        "<v:shape id=\"_x0000_s{number}\" type=\"#_x0000_t202\" style=\"position:absolute;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">\
         <v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
         <v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>\
         <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{}</x:Anchor><x:AutoFill>False</x:AutoFill>\
         <x:Row>{}</x:Row><x:Column>{}</x:Column></x:ClientData></v:shape>",
        anchor.map(|number| number.to_string()).join(", "),
        row.saturating_sub(1),
        column.saturating_sub(1)
    )
}

/// A shape that declares the namespaces that the drawing's root does not.
fn with_namespaces(shape: &str, head: &str, drawing: &str) -> String {
    let missing: String = NAMESPACES
        .iter()
        .filter(|(prefix, address)| {
            !drawing.contains(&format!("xmlns:{prefix}=\"{address}\"")) && !drawing.contains(&format!("xmlns:{prefix}='{address}'"))
        })
        .map(|(prefix, address)| format!(" xmlns:{prefix}=\"{address}\""))
        .collect();
    shape.replacen(head, &format!("{head}{missing}"), 1)
}

/// The next shape between `from` and `end`: its place.
fn next_shape(text: &str, from: usize, end: usize) -> Option<(usize, usize)> {
    let head = "<v:shape";
    let mut place = from;
    loop {
        let start = place + text.get(place..end)?.find(head)?;
        let behind = start + head.len();
        if text.get(behind..)?.starts_with(|letter: char| letter.is_ascii_whitespace() || letter == '>') {
            let tail = "</v:shape>";
            let after = behind + text.get(behind..end)?.find(tail)? + tail.len();
            return Some((start, after));
        }
        place = behind;
    }
}

/// The cell whose comment a shape shows, 1-based.
fn note_cell(shape: &str) -> Option<(u32, u32)> {
    if !shape.contains("ObjectType=\"Note\"") && !shape.contains("ObjectType='Note'") {
        return None;
    }
    let number = |name: &str| content(shape, name).and_then(|(start, end)| shape.get(start..end)?.trim().parse::<u32>().ok());
    Some((number("x:Row")?.checked_add(1)?, number("x:Column")?.checked_add(1)?))
}

fn content(shape: &str, name: &str) -> Option<(usize, usize)> {
    let start = shape.find(&format!("<{name}>"))? + name.len() + 2;
    let end = start + shape.get(start..)?.find(&format!("</{name}>"))?;
    Some((start, end))
}

/// The shape with its lower and right edge moved out to those of `anchor`.
fn grown(shape: &str, anchor: &[u32; 8]) -> String {
    let Some((start, end)) = content(shape, "x:Anchor") else { return shape.to_owned() };
    let old: Vec<u32> = shape.get(start..end).unwrap_or("").split(',').filter_map(|number| number.trim().parse().ok()).collect();
    let [left, left_offset, top, top_offset, right, right_offset, bottom, bottom_offset] = old[..] else { return shape.to_owned() };
    let (right, right_offset) = (right, right_offset).max((anchor[4], anchor[5]));
    let (bottom, bottom_offset) = (bottom, bottom_offset).max((anchor[6], anchor[7]));
    let new = [left, left_offset, top, top_offset, right, right_offset, bottom, bottom_offset].map(|number| number.to_string()).join(", ");
    format!("{}{new}{}", &shape[..start], &shape[end..])
}

/// The highest number of a shape in the drawing.
fn last_number(text: &str) -> u32 {
    let numbers = text.split("_x0000_s").skip(1).filter_map(|rest| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).take(9).count();
        rest.get(..digits)?.parse().ok()
    });
    numbers.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANCHOR: [u32; 8] = [1, 15, 1, 4, 4, 20, 6, 8];

    fn drawing(shapes: &str) -> String {
        minimal(1, 1).replace("</xml>", &format!("{shapes}</xml>"))
    }

    fn check(shapes: &str, changes: &Changes, expected: &str) {
        assert_eq!(with_changes(&drawing(shapes), 1, changes), Ok(drawing(expected)));
    }

    #[test]
    fn boxes_are_added_behind_the_old_ones() {
        let button = "<v:shape id='_x0000_s1100'><br><x:ClientData ObjectType=\"Button\"><x:Row>1</x:Row><x:Column>1</x:Column></x:ClientData></v:shape>";
        let changes = Changes { added: BTreeMap::from([((2, 2), ANCHOR)]), removed: BTreeSet::from([(2, 2)]), ..Changes::default() };
        check(button, &changes, &format!("{button}{}", shape(1101, 2, 2, &ANCHOR)));
        check("", &changes, &shape(1025, 2, 2, &ANCHOR));
    }

    #[test]
    fn boxes_grow_and_go() {
        let small = shape(1025, 3, 3, &[1, 15, 1, 4, 3, 0, 9, 0]);
        let grown = Changes { grown: BTreeMap::from([((3, 3), ANCHOR)]), ..Changes::default() };
        check(&small, &grown, &shape(1025, 3, 3, &[1, 15, 1, 4, 4, 20, 9, 0]));
        let removed = Changes { removed: BTreeSet::from([(3, 3)]), ..Changes::default() };
        check(&small, &removed, "");
    }

    #[test]
    fn a_foreign_drawing_gets_what_a_box_needs() {
        let changes = Changes { added: BTreeMap::from([((1, 1), ANCHOR)]), ..Changes::default() };
        let changed = with_changes("<xml xmlns:v='urn:schemas-microsoft-com:vml'></xml>", 1, &changes).expect("a drawing");
        assert!(changed.contains("<v:shapetype xmlns:o=") && changed.contains("<v:shape xmlns:o="), "{changed}");
        assert!(with_changes("<xml>", 1, &changes).is_err());
    }
}
