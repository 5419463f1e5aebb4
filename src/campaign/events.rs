//! The events that a plan counts from: 两会闭幕, 督查结束, 收到通知; and which of them words mean.
//!
//! An event without a day is no fault: the plan goes on, and what waits for it is 待定.

use chrono::NaiveDate;

use crate::campaign::plan_date::Anchors;
use crate::campaign::plan_date::Edge;
use crate::campaign::problems::Problems;
use crate::campaign::view::View;

/// An event of the campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub name: String,
    /// `None` while nobody knows it.
    pub day: Option<NaiveDate>,
}

/// What is due on a day that is not known yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The plan's own words: 两会闭幕后2日内.
    pub words: String,
    /// The event they wait for.
    pub event: String,
}

impl Pending {
    /// The words for a clerk.
    pub fn shown(&self) -> String {
        format!("待定（{}）", self.words)
    }
}

/// The events of the file, in its order.
pub fn events(view: &View<'_>, anchors: &Anchors<'_>, problems: &mut Problems) -> Vec<Event> {
    let Some(part) = view.part("events") else { return Vec::new() };
    let name_of = |(name, _): (&str, _)| name.to_owned();
    let names: Vec<String> = part.entries().map(name_of).collect();
    names.into_iter().map(|name| Event { day: part.date(&name, Edge::End, anchors, problems), name }).collect()
}

/// The words for the issue of the plan itself.
const ISSUED: &[&str] = &[
    "印发",
    "方案印发",
    "本方案印发",
    "通知印发",
    "本通知印发",
    "文件印发",
    "印发方案",
    "印发通知",
    "下发",
    "方案下发",
    "通知下发",
    "文件下发",
    "发文",
    "发布",
    "方案发布",
];

/// What the campaign knows of an event in the plan's words.
pub fn find<'a>(events: &'a [Event], words: &str) -> Option<&'a Event> {
    let wanted = plain(words);
    let fits = |event: &&Event| {
        let name = plain(&event.name);
        name.chars().count() > 1 && (wanted.contains(&name) || name.contains(&wanted))
    };
    events.iter().filter(fits).max_by_key(|event| (plain(&event.name) == wanted, plain(&event.name).len()))
}

/// The day of issue, where the words mean that of the plan itself.
pub fn issue(anchors: &Anchors<'_>, words: &str) -> Option<NaiveDate> {
    anchors.issued.filter(|_| ISSUED.contains(&plain(words).as_str()))
}

fn plain(words: &str) -> String {
    let marks = ['"', '“', '”', '‘', '’', '《', '》', '「', '」'];
    words.chars().filter(|character| !character.is_whitespace() && !marks.contains(character)).collect()
}

#[cfg(test)]
mod tests {
    use super::Event;
    use super::find;

    #[test]
    fn an_event_is_found_under_fuller_and_shorter_words() {
        let events = ["两会闭幕", "督查结束", "市级督查结束"].map(|name| Event { name: name.to_owned(), day: None });
        let found = |words: &str| find(&events, words).map(|event| event.name.as_str());
        assert_eq!(found("全国“两会”闭幕"), Some("两会闭幕"));
        assert_eq!(found("督查结束"), Some("督查结束"));
        assert_eq!(found("市级督查结束"), Some("市级督查结束"));
        assert_eq!(found("收到通知"), None);
    }
}
