//! The comments part of a sheet: new comments at its end, an addition where somebody's comment stands already.
//!
//! What an earlier round wrote is taken out first, so that a corrected cell loses its comment. Knows nothing
//! of the boxes that show comments; those are drawn elsewhere.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::render::annotate::mark::NOTE_AUTHOR;
use crate::render::annotate::mark::NOTE_HEAD;
use crate::render::annotate::sheet_layout::cell_place;
use crate::render::annotate::workbook_part::Dialect;
use crate::render::annotate::xml;
use crate::render::annotate::xml::Edit;
use crate::render::annotate::xml::Odd;
use crate::render::annotate::xml::Scanner;
use crate::render::annotate::xml::Tag;
use crate::render::annotate::xml::Token;
use crate::source::cell_name;

/// The comments part of one sheet.
#[derive(Debug)]
pub struct Comments {
    text: String,
    prefix: String,
    authors: Vec<String>,
    /// How to put something in at the end of the authors and of the comments.
    authors_end: Option<End>,
    list_end: Option<End>,
    comments: Vec<Comment>,
}

/// What became of the comments, by cell.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Comments that are gone, with their box.
    pub removed: BTreeSet<(u32, u32)>,
    /// Comments that are new and need a box.
    pub added: BTreeSet<(u32, u32)>,
    /// Comments of somebody else that have grown.
    pub grown: BTreeSet<(u32, u32)>,
    /// Comments that stay as they were.
    pub kept: BTreeSet<(u32, u32)>,
}

/// The end of a list: in front of its closing tag, or in the place of `/>`.
#[derive(Debug, Clone)]
enum End {
    Before(usize),
    Instead(usize, usize, String),
}

#[derive(Debug)]
struct Comment {
    cell: (u32, u32),
    author: Option<usize>,
    start: usize,
    end: usize,
    /// Where an addition goes: the end of its text.
    text_end: Option<End>,
    pieces: Vec<Piece>,
}

/// A stretch of text in a comment.
#[derive(Debug)]
struct Piece {
    /// Place of the run around it, if there is one.
    run: Option<(usize, usize)>,
    /// Place of the element that holds the text.
    element: (usize, usize),
    /// Place of the text itself.
    content: (usize, usize),
}

impl Comments {
    /// An empty part.
    pub fn minimal(dialect: Dialect) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{}\"><authors/><commentList/></comments>",
            dialect.main
        )
    }

    /// Reads a comments part.
    ///
    /// # Errors
    /// Broken, or no comments part.
    pub fn read(text: String) -> Result<Comments, Odd> {
        let mut comments =
            Comments { prefix: String::new(), authors: Vec::new(), authors_end: None, list_end: None, comments: Vec::new(), text };
        let text = comments.text.clone();
        let mut scanner = Scanner::new(&text);
        let mut section = "";
        let mut run_start = None;
        while let Some(token) = scanner.token()? {
            match token {
                Token::Open(tag) => match (tag.depth, section, tag.local()) {
                    (0, _, "comments") => comments.prefix = xml::prefix(tag.name).to_owned(),
                    (0, ..) => return Err(Odd("批注部件的根不是 comments".to_owned())),
                    (1, ..) => {
                        section = tag.local();
                        if tag.empty {
                            comments.close_section(section, End::of(&tag));
                        }
                    }
                    (2, "authors", "author") => comments.authors.push(String::new()),
                    (2, "commentList", "comment") => comments.comments.push(Comment::open(&tag)?),
                    (3, "commentList", "text") if tag.empty => comments.set_text_end(End::of(&tag)),
                    (4, "commentList", "r") if !tag.empty => run_start = Some(tag.start),
                    (4, "commentList", "rPh" | "phoneticPr") => comments.set_text_end(End::Before(tag.start)),
                    (4, "commentList", "t") => comments.open_piece(&tag, None),
                    (5, "commentList", "t") if run_start.is_some() => comments.open_piece(&tag, run_start),
                    _ => {}
                },
                Token::Close { start, end, depth, name } => match (depth, section, xml::local(name)) {
                    (1, ..) => comments.close_section(section, End::Before(start)),
                    (2, "commentList", "comment") => {
                        if let Some(comment) = comments.comments.last_mut() {
                            comment.end = end;
                        }
                    }
                    (3, "commentList", "text") => comments.set_text_end(End::Before(start)),
                    (4, "commentList", "r") => {
                        comments.close_run(run_start.take(), end);
                    }
                    (4, "commentList", "t") => comments.close_piece(start, end),
                    (5, "commentList", "t") if run_start.is_some() => comments.close_piece(start, end),
                    _ => {}
                },
                Token::Text(text) if section == "authors" => {
                    if let Some(author) = comments.authors.last_mut() {
                        author.push_str(text.trim());
                    }
                }
                Token::Text(_) => {}
            }
        }
        Ok(comments)
    }

    fn close_section(&mut self, section: &str, end: End) {
        match section {
            "authors" => self.authors_end = Some(end),
            "commentList" => self.list_end = Some(end),
            _ => {}
        }
    }

    /// The first end that is found counts: phonetic hints stand behind the runs.
    fn set_text_end(&mut self, end: End) {
        if let Some(comment) = self.comments.last_mut() {
            comment.text_end.get_or_insert(end);
        }
    }

    fn open_piece(&mut self, tag: &Tag<'_>, run: Option<usize>) {
        if let Some(comment) = self.comments.last_mut() {
            let run = run.map(|start| (start, tag.end));
            comment.pieces.push(Piece { run, element: (tag.start, tag.end), content: (tag.end, tag.end) });
        }
    }

    fn close_piece(&mut self, start: usize, end: usize) {
        if let Some(piece) = self.comments.last_mut().and_then(|comment| comment.pieces.last_mut()) {
            piece.content.1 = start;
            piece.element.1 = end;
        }
    }

    /// The run that began at `start` ends; one without text has no piece.
    fn close_run(&mut self, start: Option<usize>, end: usize) {
        if let Some(piece) = self.comments.last_mut().and_then(|comment| comment.pieces.last_mut())
            && let (Some(run), Some(start)) = (&mut piece.run, start)
            && run.0 == start
        {
            run.1 = end;
        }
    }

    /// The cells whose comments an earlier round wrote or added to.
    pub fn earlier(&self) -> BTreeSet<(u32, u32)> {
        self.comments
            .iter()
            .filter(|comment| self.is_ours(comment) || self.addition(comment).is_some())
            .map(|comment| comment.cell)
            .collect()
    }

    fn is_ours(&self, comment: &Comment) -> bool {
        let author = comment.author.and_then(|author| self.authors.get(author));
        author.is_some_and(|author| author == NOTE_AUTHOR) || self.addition(comment) == Some((0, 0))
    }

    /// Where the words of an earlier round begin in a comment: piece, and byte in its text.
    fn addition(&self, comment: &Comment) -> Option<(usize, usize)> {
        comment.pieces.iter().enumerate().find_map(|(number, piece)| {
            let content = self.text.get(piece.content.0..piece.content.1)?;
            let head = content.find(NOTE_HEAD)?;
            let before = content.get(..head)?.trim_end();
            Some((number, before.len()))
        })
    }

    /// The part with `notes` at their cells and without what an earlier round wrote.
    ///
    /// # Errors
    /// The part has no place for comments.
    pub fn with_notes(&self, notes: &BTreeMap<(u32, u32), String>) -> Result<(Vec<u8>, Outcome), Odd> {
        let prefix = &self.prefix;
        let mut outcome = Outcome::default();
        let mut edits = Vec::new();
        let mut standing = BTreeSet::new();
        for comment in &self.comments {
            if self.is_ours(comment) {
                edits.push(Edit::replace(comment.start, comment.end, ""));
                outcome.removed.insert(comment.cell);
                continue;
            }
            self.strip(comment, &mut edits);
            let note = notes.get(&comment.cell).filter(|_| standing.insert(comment.cell));
            match (note, &comment.text_end) {
                (Some(note), Some(end)) => {
                    for piece in comment.pieces.iter().filter(|piece| piece.run.is_none()) {
                        edits.push(Edit::insert(piece.element.0, format!("<{prefix}r>")));
                        edits.push(Edit::insert(piece.element.1, format!("</{prefix}r>")));
                    }
                    edits.push(end.edit(&self.run(&format!("\n{note}"))));
                    outcome.grown.insert(comment.cell);
                }
                (Some(_), None) => return Err(Odd("批注没有文字部分".to_owned())),
                (None, _) => {
                    outcome.kept.insert(comment.cell);
                }
            }
        }
        let author = self.authors.iter().position(|author| author == NOTE_AUTHOR).unwrap_or(self.authors.len());
        let mut added = String::new();
        for (&cell, note) in notes.iter().filter(|(cell, _)| !standing.contains(cell)) {
            outcome.added.insert(cell);
            let name = cell_name(cell.0, cell.1);
            added.push_str(&format!(
                "<{prefix}comment ref=\"{name}\" authorId=\"{author}\"><{prefix}text>{}</{prefix}text></{prefix}comment>",
                self.run(note)
            ));
        }
        let missing = || Odd("批注部件缺少 authors 或 commentList".to_owned());
        if !added.is_empty() {
            edits.push(self.list_end.as_ref().ok_or_else(missing)?.edit(&added));
            if author == self.authors.len() {
                let element = format!("<{prefix}author>{NOTE_AUTHOR}</{prefix}author>");
                edits.push(self.authors_end.as_ref().ok_or_else(missing)?.edit(&element));
            }
        }
        Ok((xml::apply(&self.text, edits)?, outcome))
    }

    /// Takes the words of an earlier round out of somebody else's comment; they stand at its end.
    fn strip(&self, comment: &Comment, edits: &mut Vec<Edit>) {
        let Some((first, place)) = self.addition(comment) else { return };
        for (number, piece) in comment.pieces.iter().enumerate().skip(first) {
            let kept = if number == first { place } else { 0 };
            match piece.run {
                Some((start, end)) if kept == 0 => edits.push(Edit::replace(start, end, "")),
                _ => edits.push(Edit::replace(piece.content.0 + kept, piece.content.1, "")),
            }
        }
    }

    fn run(&self, text: &str) -> String {
        let p = &self.prefix;
        format!(
            "<{p}r><{p}rPr><{p}sz val=\"9\"/><{p}color indexed=\"81\"/><{p}rFont val=\"宋体\"/><{p}charset val=\"134\"/></{p}rPr>\
             <{p}t xml:space=\"preserve\">{}</{p}t></{p}r>",
            xml::escape_cell(text)
        )
    }
}

impl Comment {
    fn open(tag: &Tag<'_>) -> Result<Comment, Odd> {
        let cell = tag.attribute("ref")?.and_then(|name| cell_place(name.value)).ok_or_else(|| Odd("批注的地址有误".to_owned()))?;
        let author = tag.number("authorId")?.map(|author| author as usize);
        Ok(Comment { cell, author, start: tag.start, end: tag.end, text_end: None, pieces: Vec::new() })
    }
}

impl End {
    fn of(tag: &Tag<'_>) -> End {
        End::Instead(tag.end.saturating_sub(2), tag.end, tag.name.to_owned())
    }

    fn edit(&self, text: &str) -> Edit {
        match self {
            End::Before(place) => Edit::insert(*place, text),
            End::Instead(start, end, name) => Edit::replace(*start, *end, format!(">{text}</{name}>")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUN: &str =
        "<r><rPr><sz val=\"9\"/><color indexed=\"81\"/><rFont val=\"宋体\"/><charset val=\"134\"/></rPr><t xml:space=\"preserve\">";

    fn part(authors: &str, comments: &str) -> String {
        format!("<comments xmlns=\"u\"><authors>{authors}</authors><commentList>{comments}</commentList></comments>")
    }

    fn check(before: &str, notes: &[((u32, u32), &str)], expected: &str) -> Outcome {
        let comments = Comments::read(before.to_owned()).expect("a good part");
        let notes = notes.iter().map(|&(cell, text)| (cell, text.to_owned())).collect();
        let (changed, outcome) = comments.with_notes(&notes).expect("a good part");
        assert_eq!(String::from_utf8_lossy(&changed).replace(RUN, "<RUN>"), expected);
        outcome
    }

    #[test]
    fn new_comments_follow_the_old_ones() {
        let old = "<comment ref=\"A1\" authorId=\"0\"><text><t>请核</t></text></comment>";
        let new = "<comment ref=\"B2\" authorId=\"1\"><text><RUN>【需要修改】&lt;</t></r></text></comment>";
        let expected = part("<author>院办</author><author>qingdan</author>", &format!("{old}{new}"));
        let outcome = check(&part("<author>院办</author>", old), &[((2, 2), "【需要修改】<")], &expected);
        assert_eq!(outcome, Outcome { added: BTreeSet::from([(2, 2)]), kept: BTreeSet::from([(1, 1)]), ..Outcome::default() });
        let empty = "<x:comments xmlns:x=\"u\"><x:authors/><x:commentList/></x:comments>";
        let comments = Comments::read(empty.to_owned()).expect("a good part");
        let (changed, _) = comments.with_notes(&BTreeMap::from([((1, 1), "改".to_owned())])).expect("a good part");
        let changed = String::from_utf8_lossy(&changed).into_owned();
        assert!(
            changed.contains("<x:authors><x:author>qingdan</x:author></x:authors><x:commentList><x:comment ref=\"A1\" authorId=\"0\">"),
            "{changed}"
        );
    }

    #[test]
    fn an_old_comment_at_a_marked_cell_grows_and_shrinks_again() {
        let cases = [
            ("<t>请核</t>", "<r><t>请核</t></r><RUN>\n【需要修改】改</t></r>", "<r><t>请核</t></r>"),
            (
                "<r><t>请</t></r><r><t>核</t></r><phoneticPr/>",
                "<r><t>请</t></r><r><t>核</t></r><RUN>\n【需要修改】改</t></r><phoneticPr/>",
                "<r><t>请</t></r><r><t>核</t></r><phoneticPr/>",
            ),
        ];
        let comment = |inside: &str| format!("<comment ref=\"A1\" authorId=\"0\"><text>{inside}</text></comment>");
        for (before, grown, after) in cases {
            let author = "<author>院办</author>";
            let outcome = check(&part(author, &comment(before)), &[((1, 1), "【需要修改】改")], &part(author, &comment(grown)));
            assert_eq!(outcome.grown, BTreeSet::from([(1, 1)]));
            check(&part(author, &comment(&grown.replace("<RUN>", RUN))), &[], &part(author, &comment(after)));
        }
    }

    #[test]
    fn what_an_earlier_round_wrote_goes() {
        let ours = "<comment ref=\"A1\" authorId=\"0\"><text><t>改</t></text></comment><comment ref=\"A2\" authorId=\"1\"><text><r><t>【需要修改】\n改</t></r></text></comment>";
        let merged = "<comment ref=\"A3\" authorId=\"1\"><text><t>请核\n【需要修改】\n改</t></text></comment>";
        let authors = "<author>qingdan</author><author/>";
        let before = part(authors, &format!("{ours}{merged}"));
        assert_eq!(Comments::read(before.clone()).expect("a good part").earlier(), BTreeSet::from([(1, 1), (2, 1), (3, 1)]));
        let outcome = check(&before, &[], &part(authors, "<comment ref=\"A3\" authorId=\"1\"><text><t>请核</t></text></comment>"));
        assert_eq!(outcome.removed, BTreeSet::from([(1, 1), (2, 1)]));
    }

    #[test]
    fn odd_parts_are_refused() {
        assert!(Comments::read("<other/>".to_owned()).is_err());
        assert!(Comments::read(part("", "<comment ref=\"??\"/>")).is_err());
        let bare = Comments::read("<comments/>".to_owned()).expect("well-formed");
        assert!(bare.with_notes(&BTreeMap::from([((1, 1), String::new())])).is_err());
    }
}
