//! Column titles that are nearly right: which field a misspelt title most likely means.
//!
//! Stricter than the suggestions of the dictionary: a title of its own (院内备注) is no slip of the pen.

use crate::vocabulary::Concept;
use crate::vocabulary::Field;
use crate::vocabulary::columns::dictionary;
use crate::vocabulary::label_key;
use crate::vocabulary::likeness;

/// From this likeness on, a title is taken for a slip of the pen.
const NEAR: f64 = 0.7;

/// The field that a title misspells, among the nearest ones.
pub fn misspelt_field(title: &str, near: &[Field]) -> Option<Field> {
    let last = title.rsplit('/').next().unwrap_or(title);
    let key = label_key(last);
    let likeness = |field: Field| {
        let titles = dictionary().filter(|(concept, _)| *concept == Concept::Field(field)).flat_map(|(_, titles)| titles);
        titles.map(|known| likeness::likeness(&key, &label_key(known))).fold(0.0, f64::max)
    };
    likeness::nearest(near.iter().copied(), NEAR, 1, |field| likeness(*field)).pop()
}

#[cfg(test)]
mod tests {
    use super::misspelt_field;
    use crate::vocabulary::Field;
    use crate::vocabulary::nearest_fields;

    #[test]
    fn slips_are_told_from_titles_of_their_own() {
        for (title, expected) in [
            ("整该期限", Some(Field::Deadline)),
            ("整改情况/整该措施", Some(Field::Measure)),
            ("院内备注", None),
            ("楼层负责人", None),
            ("是否拍照", None),
            ("", None),
        ] {
            let last = title.rsplit('/').next().unwrap_or(title);
            assert_eq!(misspelt_field(title, &nearest_fields(last)), expected, "{title}");
        }
    }
}
