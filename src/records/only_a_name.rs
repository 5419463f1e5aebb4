//! Descriptions that are nothing but a name: of a unit, a person, a place, a category, or of the column itself.
//!
//! The words alone do not show it; what else stands in the row, the roster and the campaign do.

use crate::campaign::Campaign;
use crate::records::units::UnitFinder;
use crate::vocabulary::Field;

/// A longer text says more than a name.
const LONGEST_NAME: usize = 24;

/// True if a description under `title` is what another cell of the row says, a unit, a category of the campaign, or the title
/// itself. `others` are the texts of the row with their fields.
pub fn is_only_a_name<'t>(
    description: &str,
    title: &str,
    mut others: impl Iterator<Item = (Field, &'t str)>,
    units: &UnitFinder<'_>,
    campaign: &Campaign,
) -> bool {
    let text = description.trim();
    let length = text.chars().count();
    let names = [Field::Unit, Field::Department, Field::Location, Field::Responsible, Field::Leader, Field::Category, Field::Phone];
    length <= LONGEST_NAME
        && (text == title
            || others.any(|(field, other)| names.contains(&field) && other.trim() == text)
            || text.ends_with(['院', '所', '站', '心', '室', '部', '构', '司', '局']) && units.is_unit(text)
            || length <= 8 && campaign.has_category(text))
}
