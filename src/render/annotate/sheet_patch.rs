//! One worksheet of a package: marks, comments and their boxes go in, with all that refers to them.
//!
//! Brings together what the other files know about cells, comments and drawings; knows itself only which
//! part belongs to which.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::render::annotate::boxes;
use crate::render::annotate::boxes::Changes;
use crate::render::annotate::comments::Comments;
use crate::render::annotate::comments::Outcome;
use crate::render::annotate::mark;
use crate::render::annotate::mark::Mark;
use crate::render::annotate::package::Package;
use crate::render::annotate::relations::ContentTypes;
use crate::render::annotate::relations::Relations;
use crate::render::annotate::sheet_cells;
use crate::render::annotate::sheet_cells::Look;
use crate::render::annotate::sheet_layout;
use crate::render::annotate::sheet_layout::Layout;
use crate::render::annotate::styles::Styles;
use crate::render::annotate::xml;
use crate::render::annotate::xml::Edit;
use crate::render::annotate::xml::Odd;

/// A cell of a sheet, 1-based row and column.
type Cell = (u32, u32);

const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const VML_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
/// How much of a sheet is read to see whether it is selected: views stand at the beginning.
const BEGINNING: u64 = 64 << 10;

/// What is to be done to a sheet.
pub struct Task<'a> {
    /// Its part.
    pub part: &'a str,
    /// Its marks, with their position among all.
    pub marks: Vec<(usize, &'a Mark)>,
    /// The fills that cells had before an earlier round.
    pub filled_as: BTreeMap<Cell, u32>,
    /// Position of the sheet, for the numbers of its boxes.
    pub position: u32,
}

/// What was done to a sheet.
#[derive(Debug, Default)]
pub struct Done {
    /// The cell that carries each mark, by the mark's position among all.
    pub drawn: BTreeMap<usize, Cell>,
    /// The format whose fill each marked cell had.
    pub filled_as: BTreeMap<Cell, u32>,
}

/// Marks a worksheet, or takes an earlier round's marks off it. A sheet that needs neither stays as it is,
/// save that it is no longer selected: of two selected sheets every entry would go into both.
///
/// # Errors
/// A part that cannot be changed safely.
pub fn patch(package: &mut Package<'_>, task: &Task<'_>, styles: &mut Styles, types: &mut ContentTypes) -> Result<Done, Odd> {
    let mut relations = Relations::read(package, task.part)?;
    let comments = match relations.of_kind("comments") {
        Some(relation) => Some((relation.part.clone(), Comments::read(package.text(&relation.part)?)?)),
        None => None,
    };
    let earlier = comments.as_ref().map(|(_, comments)| comments.earlier()).unwrap_or_default();
    if task.marks.iter().all(|(_, mark)| !mark.has_place()) && earlier.is_empty() && task.filled_as.is_empty() {
        unselect(package, task.part)?;
        return Ok(Done::default());
    }
    let text = package.text(task.part)?;
    let rows = task.marks.iter().filter(|(_, mark)| mark.column == 0).map(|(_, mark)| mark.row).collect();
    let cells = task.marks.iter().filter(|(_, mark)| mark.column > 0).map(|(_, mark)| (mark.row, mark.column)).collect();
    let layout = sheet_layout::read(&text, &rows, &cells)?;
    let by_cell = mark::by_cell(&task.marks, |mark| standing_cell(&layout, mark));
    let marks: BTreeMap<usize, &Mark> = task.marks.iter().copied().collect();
    let mut looks: BTreeMap<Cell, Look> = BTreeMap::new();
    for &cell in earlier.iter().chain(task.filled_as.keys()) {
        looks.insert(cell, Look::Restored { filled_as: task.filled_as.get(&cell).copied() });
    }
    let mut notes = BTreeMap::new();
    let mut done = Done::default();
    for (&cell, indices) in &by_cell {
        let here: Vec<&Mark> = indices.iter().filter_map(|index| marks.get(index).copied()).collect();
        if let Some(severity) = here.iter().map(|mark| mark.severity).min() {
            looks.insert(cell, Look::Marked { severity, filled_as: task.filled_as.get(&cell).copied() });
        }
        notes.insert(cell, mark::note_text(&here, cell));
        done.drawn.extend(indices.iter().map(|&index| (index, cell)));
    }
    let restyled = sheet_cells::restyle(&text, &layout, &looks, styles)?;
    done.filled_as = restyled.filled_as;
    let mut edits = restyled.edits;
    edits.extend(layout.selected.iter().map(|&(start, end)| Edit::replace(start, end, "0")));
    if !notes.is_empty() || !earlier.is_empty() {
        let outcome = write_comments(package, &mut relations, types, &layout, comments, &notes)?;
        edits.extend(write_boxes(package, &mut relations, types, &layout, task, &notes, outcome)?);
    }
    package.put(task.part, xml::apply(&text, edits)?);
    relations.store(package)?;
    Ok(done)
}

/// Takes the selection off a sheet of any kind; most sheets have none and stay as they are.
///
/// # Errors
/// The sheet is damaged.
pub fn unselect(package: &mut Package<'_>, part: &str) -> Result<(), Odd> {
    if !sheet_layout::may_be_selected(&package.bytes(part, BEGINNING)?) {
        return Ok(());
    }
    let text = package.text(part)?;
    let places = sheet_layout::selected_places(&text)?;
    if !places.is_empty() {
        let edits = places.into_iter().map(|(start, end)| Edit::replace(start, end, "0")).collect();
        package.put(part, xml::apply(&text, edits)?);
    }
    Ok(())
}

/// The cell that shows for a mark: the first of its row, the corner of its merged area, or itself.
fn standing_cell(layout: &Layout, mark: &Mark) -> Cell {
    let column = if mark.column > 0 { mark.column } else { layout.first_cells.get(&mark.row).copied().unwrap_or(1) };
    layout.corners.get(&(mark.row, column)).copied().unwrap_or((mark.row, column))
}

fn write_comments(
    package: &mut Package<'_>,
    relations: &mut Relations,
    types: &mut ContentTypes,
    layout: &Layout,
    present: Option<(String, Comments)>,
    notes: &BTreeMap<Cell, String>,
) -> Result<Outcome, Odd> {
    let (part, comments) = match present {
        Some(present) => present,
        None => {
            let part = package.free_name("xl/commentsReturned", ".xml");
            relations.add(layout.dialect.kind("comments"), &part);
            types.parts.push((part.clone(), COMMENTS_TYPE.into()));
            (part, Comments::read(Comments::minimal(layout.dialect))?)
        }
    };
    let (bytes, outcome) = comments.with_notes(notes)?;
    package.put(&part, bytes);
    Ok(outcome)
}

/// Draws the boxes; gives the edit that makes the sheet refer to a new drawing.
fn write_boxes(
    package: &mut Package<'_>,
    relations: &mut Relations,
    types: &mut ContentTypes,
    layout: &Layout,
    task: &Task<'_>,
    notes: &BTreeMap<Cell, String>,
    outcome: Outcome,
) -> Result<Option<Edit>, Odd> {
    let anchor = |cell: &Cell| {
        let size = notes.get(cell).map_or((240, 46), |note| mark::note_size(note));
        (*cell, layout.boxes.anchor(*cell, size))
    };
    let present = layout.legacy.as_ref().map(|id| relations.with_id(id).map(|relation| relation.part.clone()));
    // Comments without a drawing happen; with a new drawing theirs are drawn, too.
    let undrawn = if present.is_none() { &outcome.kept | &outcome.grown } else { BTreeSet::new() };
    let changes = Changes {
        added: outcome.added.iter().chain(&undrawn).map(anchor).collect(),
        grown: outcome.grown.iter().map(anchor).collect(),
        removed: outcome.removed,
    };
    let block = task.position.saturating_mul(4).saturating_add(1);
    let (part, text, edit) = match present {
        Some(None) => return Err(Odd("批注图形的关系缺失".to_owned())),
        Some(Some(part)) => {
            let text = package.text(&part)?;
            (part, text, None)
        }
        None => {
            let part = package.free_name("xl/drawings/vmlDrawingReturned", ".vml");
            let id = relations.add(layout.dialect.kind("vmlDrawing"), &part);
            types.extensions.push(("vml", VML_TYPE));
            let attribute = layout.dialect.relation_attribute(layout.relation_declared, &id);
            let element = format!("<{}legacyDrawing{attribute}/>", layout.prefix);
            (part, boxes::minimal(block, changes.added.len() as u32), Some(Edit::insert(layout.legacy_place, element)))
        }
    };
    package.put(&part, boxes::with_changes(&text, block, &changes)?.into_bytes());
    Ok(edit)
}
