//! YAML text → a tree in which every node knows its line and column.
//!
//! Built from parser events rather than by deserialising, so that all problems of a file can be
//! reported in one run, each at its place. Knows nothing of campaigns. Size, depth and what aliases
//! expand to are limited; tags run nothing and are refused.

use std::collections::BTreeMap;

use serde_saphyr::granit_parser::ErrorKind;
use serde_saphyr::granit_parser::Event;
use serde_saphyr::granit_parser::Parser;
use serde_saphyr::granit_parser::ScalarStyle;
use serde_saphyr::granit_parser::Span;

/// No campaign needs more text than this many bytes.
const MOST_BYTES: usize = 4 << 20;
/// No campaign needs more nodes than this, aliases expanded.
const MOST_NODES: usize = 20_000;
/// No campaign needs more copies of texts, by aliases and anchors, than this many bytes.
const MOST_COPIED: usize = 4 << 20;
/// No campaign needs deeper nesting than this.
const MOST_DEPTH: usize = 24;

/// A place in the text; both 1-based, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

/// One node with the place where it begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub position: Position,
    pub value: NodeValue,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeValue {
    /// Nothing, `~` or `null`.
    Null,
    /// A text as written; YAML's own ideas of numbers and booleans are not applied.
    Scalar(String),
    Sequence(Vec<Node>),
    /// In file order; a key that stands twice is kept once, see [`Tree::duplicates`].
    Mapping(Vec<Entry>),
}

/// One key of a mapping with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub key: String,
    pub position: Position,
    pub node: Node,
}

impl Node {
    /// Bytes of all texts in it.
    fn text_bytes(&self) -> usize {
        match &self.value {
            NodeValue::Null => 0,
            NodeValue::Scalar(text) => text.len(),
            NodeValue::Sequence(nodes) => nodes.iter().map(Node::text_bytes).sum(),
            NodeValue::Mapping(entries) => entries.iter().map(|entry| entry.key.len() + entry.node.text_bytes()).sum(),
        }
    }
}

/// A whole document.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    pub root: Node,
    /// Keys that stand twice in one mapping: the key, its second place, the line of the first.
    pub duplicates: Vec<(String, Position, u32)>,
}

/// Why there is no tree.
#[derive(Debug, Clone, PartialEq)]
pub struct SyntaxError {
    pub position: Position,
    pub problem: Problem,
}

/// The kinds of trouble with the text as YAML.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    Empty,
    TooLarge,
    TooDeep,
    TooManyNodes,
    SeveralDocuments,
    Tag,
    AliasOfItself,
    KeyIsNoText,
    /// The parser's own word.
    Malformed(ErrorKind),
}

/// Parses one YAML document.
///
/// # Errors
/// The first thing that keeps the text from being one YAML document within the limits.
pub fn parse(text: &str) -> Result<Tree, SyntaxError> {
    if text.len() > MOST_BYTES {
        return Err(SyntaxError { position: Position { line: 1, column: 1 }, problem: Problem::TooLarge });
    }
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => builder.take(event, &span)?,
            Err(error) => {
                let marker = error.marker();
                let position = Position { line: marker.line() as u32, column: marker.col() as u32 + 1 };
                let problem = match error.kind() {
                    ErrorKind::RecursionLimitExceeded => Problem::TooDeep,
                    kind => Problem::Malformed(kind.clone()),
                };
                return Err(SyntaxError { position, problem });
            }
        }
    }
    match builder.root {
        Some(root) if root.value != NodeValue::Null => Ok(Tree { root, duplicates: builder.duplicates }),
        _ => Err(SyntaxError { position: Position { line: 1, column: 1 }, problem: Problem::Empty }),
    }
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    root: Option<Node>,
    documents: u32,
    /// Nodes made so far, copies by aliases and anchors counted.
    nodes: usize,
    /// Bytes of text that aliases and anchors copied so far.
    copied: usize,
    /// Completed anchored nodes with the number of nodes in each.
    anchors: BTreeMap<usize, (Node, usize)>,
    duplicates: Vec<(String, Position, u32)>,
}

/// A collection whose end has not come yet.
struct Open {
    position: Position,
    anchor: usize,
    nodes_before: usize,
    content: OpenContent,
}

enum OpenContent {
    Sequence(Vec<Node>),
    /// With the line of every key so far, and the key whose value is still to come.
    Mapping {
        entries: Vec<Entry>,
        lines: BTreeMap<String, u32>,
        pending: Option<(String, Position)>,
    },
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: &Span) -> Result<(), SyntaxError> {
        let position = Position { line: span.start.line() as u32, column: span.start.col() as u32 + 1 };
        let fail = |problem| Err(SyntaxError { position, problem });
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return fail(Problem::SeveralDocuments);
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                if tag.is_some() {
                    return fail(Problem::Tag);
                }
                self.count(1, position)?;
                let null = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let value = if null { NodeValue::Null } else { NodeValue::Scalar(text.into_owned()) };
                self.complete(Node { position, value }, anchor, 1)?;
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.open(position, anchor, tag.is_some(), OpenContent::Sequence(Vec::new()))?;
            }
            Event::MappingStart(_, anchor, tag) => {
                self.open(
                    position,
                    anchor,
                    tag.is_some(),
                    OpenContent::Mapping { entries: Vec::new(), lines: BTreeMap::new(), pending: None },
                )?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.open.pop() {
                    let size = self.nodes - open.nodes_before;
                    let value = match open.content {
                        OpenContent::Sequence(nodes) => NodeValue::Sequence(nodes),
                        OpenContent::Mapping { entries, .. } => NodeValue::Mapping(entries),
                    };
                    self.complete(Node { position: open.position, value }, open.anchor, size)?;
                }
            }
            Event::Alias(anchor) => match self.anchors.get(&anchor) {
                Some((node, size)) => {
                    let (bytes, size) = (node.text_bytes(), *size);
                    self.copied = self.copied.saturating_add(bytes);
                    self.count(size, position)?;
                    let Some(mut node) = self.anchors.get(&anchor).map(|(node, _)| node.clone()) else { return Ok(()) };
                    node.position = position;
                    self.complete(node, 0, size)?;
                }
                None => return fail(Problem::AliasOfItself),
            },
            _ => {}
        }
        Ok(())
    }

    fn count(&mut self, nodes: usize, position: Position) -> Result<(), SyntaxError> {
        self.nodes += nodes;
        if self.nodes > MOST_NODES || self.copied > MOST_COPIED {
            return Err(SyntaxError { position, problem: Problem::TooManyNodes });
        }
        Ok(())
    }

    fn open(&mut self, position: Position, anchor: usize, tagged: bool, content: OpenContent) -> Result<(), SyntaxError> {
        if tagged {
            return Err(SyntaxError { position, problem: Problem::Tag });
        }
        if self.open.len() >= MOST_DEPTH {
            return Err(SyntaxError { position, problem: Problem::TooDeep });
        }
        let nodes_before = self.nodes;
        self.count(1, position)?;
        self.open.push(Open { position, anchor, nodes_before, content });
        Ok(())
    }

    /// Puts a finished node where it belongs: into its collection, as a key, or as the root.
    fn complete(&mut self, node: Node, anchor: usize, size: usize) -> Result<(), SyntaxError> {
        if anchor > 0 {
            self.copied = self.copied.saturating_add(node.text_bytes());
            self.count(size, node.position)?;
            self.anchors.insert(anchor, (node.clone(), size));
        }
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.root = Some(node),
            Some(OpenContent::Sequence(nodes)) => nodes.push(node),
            Some(OpenContent::Mapping { entries, lines, pending }) => match pending.take() {
                None => match node.value {
                    NodeValue::Scalar(key) => *pending = Some((key, node.position)),
                    NodeValue::Null => *pending = Some((String::new(), node.position)),
                    _ => return Err(SyntaxError { position: node.position, problem: Problem::KeyIsNoText }),
                },
                Some((key, position)) => match lines.get(&key) {
                    Some(first) => self.duplicates.push((key, position, *first)),
                    None => {
                        lines.insert(key.clone(), position.line);
                        entries.push(Entry { key, position, node });
                    }
                },
            },
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::NodeValue;
    use super::Problem;
    use super::parse;

    fn problem(text: &str) -> Option<Problem> {
        parse(text).err().map(|error| error.problem)
    }

    #[test]
    fn places_are_lines_and_columns_in_characters() {
        let tree = parse("标题: 甲\nb: [乙, 丙]\n").expect("two plain keys");
        let NodeValue::Mapping(entries) = &tree.root.value else { panic!("a mapping") };
        assert_eq!((entries[0].node.position.line, entries[0].node.position.column), (1, 5));
        let NodeValue::Sequence(nodes) = &entries[1].node.value else { panic!("a sequence") };
        assert_eq!((nodes[1].position.line, nodes[1].position.column), (2, 8));
    }

    #[test]
    fn texts_stay_as_written() {
        let tree = parse("a: 0123\nb: no\nc: 2023.10\nd: \"~\"\ne: ~\nf:\n").expect("plain");
        let NodeValue::Mapping(entries) = &tree.root.value else { panic!("a mapping") };
        let texts: Vec<_> = entries.iter().map(|entry| &entry.node.value).collect();
        let text = |text: &str| NodeValue::Scalar(text.to_owned());
        assert_eq!(texts, [&text("0123"), &text("no"), &text("2023.10"), &text("~"), &NodeValue::Null, &NodeValue::Null]);
    }

    #[test]
    fn duplicate_keys_are_told_and_the_first_stands() {
        let tree = parse("a: 1\nb: 2\na: 3\n").expect("plain");
        assert_eq!(tree.duplicates.len(), 1);
        assert_eq!((tree.duplicates[0].1.line, tree.duplicates[0].2), (3, 1));
    }

    #[test]
    fn hostile_texts_end_soon() {
        let deep = "[".repeat(5000);
        let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(1 << 20), "*a, ".repeat(19_000));
        assert_eq!(problem(&long), Some(Problem::TooManyNodes));
        let wide = format!("a: [{}]", "x, ".repeat(200_000));
        let mut laughs = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let before = format!("*a{}, ", level - 1).repeat(10);
            laughs.push_str(&format!("a{level}: &a{level} [{before}]\n"));
        }
        assert_eq!(problem(&deep), Some(Problem::TooDeep));
        assert_eq!(problem(&wide), Some(Problem::TooManyNodes));
        assert_eq!(problem(&laughs), Some(Problem::TooManyNodes));
        assert_eq!(problem("a: &a [*a]"), Some(Problem::AliasOfItself));
        assert_eq!(problem("a: !ruby/object x"), Some(Problem::Tag));
        assert_eq!(problem("[a, b]: c"), Some(Problem::KeyIsNoText));
        assert_eq!(problem("a: 1\n---\nb: 2\n"), Some(Problem::SeveralDocuments));
        assert_eq!(problem("# nothing\n"), Some(Problem::Empty));
        assert_eq!(problem(&"a".repeat(5 << 20)), Some(Problem::TooLarge));
    }
}
