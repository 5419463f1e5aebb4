//! What a letter is made from; all of the same ledger, campaign and as-of date.

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::ledger::Hazard;
use crate::ledger::Ledger;
use crate::registers::IssuedLetter;
use crate::results::Overdue;
use crate::results::OverdueItem;

/// What a letter is made from.
#[derive(Debug, Clone, Copy)]
pub struct LetterSource<'a> {
    pub campaign: &'a Campaign,
    pub ledger: &'a Ledger,
    pub overdue: &'a Overdue,
    pub unit: &'a str,
    /// Index into [`Campaign::escalation`].
    pub rung: usize,
    /// Indices into [`Overdue::items`].
    pub items: &'a [usize],
    /// About any of these hazards, oldest first.
    pub earlier: &'a [&'a IssuedLetter],
    /// 编号 under which it is registered.
    pub number: &'a str,
    /// 文号, if it has one already.
    pub document: &'a str,
    pub answer: AnswerBy,
    /// A copy of a letter that was issued before.
    pub is_again: bool,
}

/// When the answer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnswerBy {
    pub workdays: u32,
    pub day: NaiveDate,
    /// Counted across a year whose calendar is not published.
    pub is_provisional: bool,
}

impl<'a> LetterSource<'a> {
    /// The name of the step.
    pub fn step(self) -> &'a str {
        self.campaign.escalation.get(self.rung).map_or("", |rung| &rung.step)
    }

    /// The hazards with where they stand, in the order of the ledger.
    pub(super) fn hazards(self) -> impl Iterator<Item = (&'a Hazard, &'a OverdueItem)> {
        self.items.iter().filter_map(move |item| {
            let item = self.overdue.items.get(*item)?;
            Some((self.ledger.hazards.get(item.hazard)?, item))
        })
    }
}
