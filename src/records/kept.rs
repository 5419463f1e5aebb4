//! Names under which the ledger keeps columns that are none of its own: no two columns of a ledger bear one name.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::vocabulary::Field;
use crate::vocabulary::label_key;

/// The names given so far in one table.
#[derive(Default)]
pub struct KeptNames {
    taken: BTreeSet<String>,
}

impl KeptNames {
    /// Gives a column its name: its title, marked where the ledger has a column of that name, and counted where
    /// an earlier column of the table bears it.
    pub fn name(&mut self, title: &str) -> Arc<str> {
        let key = label_key(title);
        let own = Field::ALL.into_iter().any(|field| label_key(field.title()) == key);
        let wanted = if own { format!("{title}（原表）") } else { title.to_owned() };
        let mut name = wanted.clone();
        let mut count = 1;
        while !self.taken.insert(label_key(&name)) {
            count += 1;
            name = format!("{wanted}（{count}）");
        }
        Arc::from(name)
    }
}

#[cfg(test)]
mod tests {
    use super::KeptNames;

    #[test]
    fn every_name_is_given_once() {
        let mut names = KeptNames::default();
        let given: Vec<_> = ["编号", "照片", "照 片", "编 号", "整改资金(万元)", "编号（原表）"].map(|title| names.name(title)).into();
        let given: Vec<&str> = given.iter().map(AsRef::as_ref).collect();
        assert_eq!(given, ["编号（原表）", "照片", "照 片（2）", "编 号（原表）（2）", "整改资金(万元)（原表）", "编号（原表）（3）"]);
    }
}
