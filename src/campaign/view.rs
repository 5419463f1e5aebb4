//! Reads values out of a tree whose shape has been checked: what does not fit gives nothing.
//!
//! Never complains about shape — `shape` did. Dates are the exception: whether a text names a day
//! depends on the campaign's period, so they are resolved and reported here.

use chrono::NaiveDate;
use chrono::NaiveTime;

use crate::campaign::duties::Fulfilment;
use crate::campaign::events::Pending;
use crate::campaign::plan_date;
use crate::campaign::plan_date::Anchors;
use crate::campaign::plan_date::Edge;
use crate::campaign::plan_date::PlanDate;
use crate::campaign::plan_date::Trouble;
use crate::campaign::problems::Problems;
use crate::campaign::scalar;
use crate::campaign::shape::join;
use crate::campaign::tree::Node;
use crate::campaign::tree::NodeValue;
use crate::campaign::tree::Position;

/// A mapping (or the text that stands for it) with its key path.
#[derive(Debug, Clone)]
pub struct View<'a> {
    pub node: &'a Node,
    pub path: String,
}

impl<'a> View<'a> {
    /// The node of a key; `None` when absent or null.
    pub fn get(&self, key: &str) -> Option<&'a Node> {
        let NodeValue::Mapping(entries) = &self.node.value else { return None };
        entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node).filter(|node| node.value != NodeValue::Null)
    }

    /// Every key with its node.
    pub fn entries(&self) -> impl Iterator<Item = (&'a str, &'a Node)> {
        let entries = match &self.node.value {
            NodeValue::Mapping(entries) => entries.as_slice(),
            _ => &[],
        };
        entries.iter().map(|entry| (entry.key.as_str(), &entry.node))
    }

    /// Whether it is a mapping and not a text in its place.
    pub fn is_mapping(&self) -> bool {
        matches!(self.node.value, NodeValue::Mapping(_))
    }

    pub fn line(&self) -> u32 {
        self.node.position.line
    }

    /// The text of a key, trimmed, never empty.
    pub fn text(&self, key: &str) -> Option<String> {
        self.get(key).and_then(text)
    }

    /// The text of a key, or of the view itself when the short form was used.
    pub fn text_or_short(&self, key: &str) -> Option<String> {
        self.text(key).or_else(|| text(self.node))
    }

    /// The id in `key`, when it is one.
    pub fn code(&self, key: &str) -> Option<String> {
        self.text(key).filter(|text| scalar::is_code(text))
    }

    pub fn count(&self, key: &str) -> Option<u32> {
        scalar::count(&self.text(key)?)
    }

    /// Points in hundredths.
    pub fn points(&self, key: &str) -> Option<u32> {
        scalar::points(&self.text(key)?)
    }

    /// A share of one in hundredths.
    pub fn share(&self, key: &str) -> Option<u32> {
        scalar::share(&self.text(key)?)
    }

    pub fn days(&self, key: &str) -> Option<u32> {
        scalar::days(&self.text(key)?)
    }

    pub fn flag(&self, key: &str) -> Option<bool> {
        scalar::flag(&self.text(key)?)
    }

    pub fn time(&self, key: &str) -> Option<NaiveTime> {
        scalar::time(&self.text(key)?)
    }

    /// A list of texts, or one text.
    pub fn texts(&self, key: &str) -> Vec<String> {
        self.get(key).map(texts).unwrap_or_default()
    }

    /// What counts as a report: one word, `{form: ID}`, or a list of either.
    pub fn fulfilments(&self, key: &str) -> Vec<Fulfilment> {
        let one = |node: &Node| match &node.value {
            NodeValue::Mapping(entries) => {
                entries.iter().find(|entry| entry.key == "form").and_then(|entry| text(&entry.node)).map(Fulfilment::Form)
            }
            _ => text(node).map(|word| Fulfilment::read(&word)),
        };
        match self.get(key).map(|node| (node, &node.value)) {
            Some((_, NodeValue::Sequence(nodes))) => nodes.iter().filter_map(one).collect(),
            Some((node, _)) => one(node).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// The part under a key.
    pub fn part(&self, key: &str) -> Option<View<'a>> {
        Some(View { node: self.get(key)?, path: join(&self.path, key) })
    }

    /// The items of a list, with their paths.
    pub fn parts(&self, key: &str) -> Vec<View<'a>> {
        let Some(NodeValue::Sequence(nodes)) = self.get(key).map(|node| &node.value) else { return Vec::new() };
        let path = join(&self.path, key);
        nodes.iter().enumerate().map(|(index, node)| View { node, path: format!("{path}[{index}]") }).collect()
    }

    /// The day that a key names; a range gives the edge that is asked for.
    pub fn date(&self, key: &str, edge: Edge, anchors: &Anchors<'_>, problems: &mut Problems) -> Option<NaiveDate> {
        self.moment(key, edge, anchors, problems).ok()?.day(edge)
    }

    /// The same with its time of day, or the event that it waits for.
    pub fn moment(&self, key: &str, edge: Edge, anchors: &Anchors<'_>, problems: &mut Problems) -> Result<PlanDate, Option<Pending>> {
        let node = self.get(key).ok_or(None)?;
        self.resolve(node, &text(node).ok_or(None)?, &join(&self.path, key), edge, anchors, problems)
    }

    /// Both ends: `start` and `end`, or the plan's own words in `when` (or in the short form).
    pub fn span(&self, anchors: &Anchors<'_>, problems: &mut Problems) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let node = self.get("when").or(matches!(self.node.value, NodeValue::Scalar(_)).then_some(self.node));
        let (mut start, mut end) = (None, None);
        if let Some(node) = node
            && let Some(words) = text(node)
        {
            let path = join(&self.path, "when");
            // 即日起 has no end.
            if let Ok(date) = self.resolve(node, &words, &path, Edge::Start, anchors, problems) {
                (start, end) = (date.start, date.end);
            }
        }
        let own_start = self.date("start", Edge::Start, anchors, problems);
        let own_end = self.date("end", Edge::End, anchors, problems);
        (own_start.or(start), own_end.or(end))
    }

    fn resolve(
        &self,
        node: &Node,
        words: &str,
        path: &str,
        edge: Edge,
        anchors: &Anchors<'_>,
        problems: &mut Problems,
    ) -> Result<PlanDate, Option<Pending>> {
        match plan_date::resolve(words, edge, anchors) {
            Ok(date) => {
                let year = plan_date::year_report(words, path, &date, edge);
                for report in year.into_iter().chain(plan_date::weekday_report(words, path, &date, edge)) {
                    problems.push(node.position, report);
                }
                Ok(date)
            }
            Err(trouble) => {
                problems.push(node.position, plan_date::report(words, path, &trouble));
                Err(if let Trouble::Event(event) = trouble { Some(Pending { words: words.to_owned(), event }) } else { None })
            }
        }
    }

    pub fn position(&self) -> Position {
        self.node.position
    }
}

/// The trimmed text of a scalar.
pub fn text(node: &Node) -> Option<String> {
    match &node.value {
        NodeValue::Scalar(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned),
        _ => None,
    }
}

/// The texts of a list, or the one text.
pub fn texts(node: &Node) -> Vec<String> {
    match &node.value {
        NodeValue::Sequence(nodes) => nodes.iter().filter_map(text).collect(),
        _ => text(node).into_iter().collect(),
    }
}
