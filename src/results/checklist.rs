//! Which categories a field inspection form holds, and which hazards of the ledger lie outside all of them.
//!
//! A hazard belongs to a category by its id, name or synonyms, compared as labels are; never by part of a word.

use std::collections::HashMap;

use crate::campaign::Campaign;
use crate::campaign::model::Category;
use crate::ledger::Ledger;
use crate::results::overdue::Overdue;
use crate::results::overdue::OverdueState;
use crate::vocabulary::Field;
use crate::vocabulary::Status;
use crate::vocabulary::label_key;

/// How the ledger's hazards lie in the campaign's categories on the as-of date; the withdrawn left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// By category of the campaign.
    pub by_category: Vec<Filed>,
    /// Hazards of no category (未归类), as indexes into the ledger, in its order.
    pub unfiled: Vec<usize>,
}

/// Counts of one category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filed {
    pub hazards: u32,
    /// Not rectified yet.
    pub open: u32,
}

/// The words of every category, made ready once for many questions.
pub struct CategoryWords<'a> {
    by_id: HashMap<&'a str, usize>,
    by_label: HashMap<String, usize>,
}

impl<'a> CategoryWords<'a> {
    /// The words that a campaign gives its categories; of a word that stands for two, the first counts.
    pub fn of(campaign: &'a Campaign) -> CategoryWords<'a> {
        let mut words = CategoryWords { by_id: HashMap::new(), by_label: HashMap::new() };
        for (index, category) in campaign.categories.iter().enumerate() {
            words.by_id.entry(&category.id).or_insert(index);
            for label in [&category.name].into_iter().chain(&category.synonyms) {
                words.by_label.entry(label_key(label)).or_insert(index);
            }
        }
        words
    }

    /// The category that a written word means; index into [`Campaign::categories`].
    pub fn category_of(&self, written: &str) -> Option<usize> {
        let key = label_key(written);
        let found = [self.by_id.get(written.trim()), self.by_label.get(&key)];
        found.into_iter().flatten().copied().min().filter(|_| !key.is_empty())
    }
}

/// The category that one written word means; index into [`Campaign::categories`].
pub fn category_of(campaign: &Campaign, written: &str) -> Option<usize> {
    CategoryWords::of(campaign).category_of(written)
}

/// Whether a category is looked at in units of this kind.
pub fn concerns(category: &Category, kind: &str) -> bool {
    category.kinds.is_empty() || category.kinds.iter().any(|other| label_key(other) == label_key(kind))
}

/// Files every hazard that was found by the as-of date of `overdue`, which must come from the same ledger.
pub fn file_hazards(campaign: &Campaign, ledger: &Ledger, overdue: &Overdue) -> Filing {
    let words = CategoryWords::of(campaign);
    let mut filing = Filing { by_category: vec![Filed::default(); campaign.categories.len()], unfiled: Vec::new() };
    for item in &overdue.items {
        let Some(hazard) = ledger.hazards.get(item.hazard).filter(|hazard| hazard.status != Status::Withdrawn) else { continue };
        let category = hazard.text(Field::Category).and_then(|written| words.category_of(written));
        match category.and_then(|index| filing.by_category.get_mut(index)) {
            Some(filed) => {
                filed.hazards += 1;
                let is_open =
                    |state| !matches!(state, OverdueState::AwaitingVerification | OverdueState::Closed | OverdueState::StatusUnclear);
                filed.open += u32::from(is_open(item.state));
            }
            None => filing.unfiled.push(item.hazard),
        }
    }
    filing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::three_lists::sample;

    fn campaign() -> Campaign {
        let mut campaign = sample::campaign(0);
        let category = |id: &str, name: &str, synonyms: &[&str], kinds: &[&str]| Category {
            id: id.to_owned(),
            name: name.to_owned(),
            synonyms: synonyms.iter().map(|text| (*text).to_owned()).collect(),
            kinds: kinds.iter().map(|text| (*text).to_owned()).collect(),
            items: Vec::new(),
            line: 1,
        };
        campaign.categories = vec![category("fire", "消防安全", &["消防", "火灾"], &[]), category("gas", "燃气安全", &[], &["综合医院"])];
        campaign
    }

    #[test]
    fn words_mean_a_category_whole_or_not_at_all() {
        let campaign = campaign();
        for (written, expected) in [
            ("消防安全", Some(0)),
            (" 消 防 ", Some(0)),
            ("fire", Some(0)),
            ("燃气安全", Some(1)),
            ("燃气", None),
            ("消防通道", None),
            ("", None),
        ] {
            assert_eq!(category_of(&campaign, written), expected, "{written}");
        }
        assert!(concerns(&campaign.categories[0], "诊所") && !concerns(&campaign.categories[1], "诊所"));
        assert!(concerns(&campaign.categories[1], "综合医院"));
    }

    #[test]
    fn every_hazard_is_filed_once_or_unfiled() {
        let ledger = Ledger {
            hazards: vec![
                sample::hazard(1, 0),
                sample::with_values(2, 0, &[(Field::Category, "电气")]),
                sample::with_values(3, 1, &[]),
                crate::ledger::Hazard { status: Status::ClosedOut, ..sample::hazard(4, 1) },
                crate::ledger::Hazard { status: Status::Withdrawn, ..sample::hazard(5, 1) },
            ],
            extra_columns: Vec::new(),
        };
        let filing = file_hazards(&campaign(), &ledger, &sample::overdue(&ledger, sample::day(7, 31)));
        assert_eq!(filing.by_category, [Filed { hazards: 2, open: 1 }, Filed::default()]);
        assert_eq!(filing.unfiled, [1, 2]);
    }
}
