//! Papers of our own that a unit sends back: the three lists. What we reckoned ourselves is no word of the unit.
//!
//! A day behind 按等级推算, a masked number or a shortened description would replace what the ledger knows better.

use std::collections::HashMap;

use crate::campaign::Campaign;
use crate::records::labels::Label;
use crate::records::record::Record;
use crate::records::record::Values;
use crate::records::sheet::SheetReading;
use crate::vocabulary::Field;
use crate::vocabulary::label_key;

/// What stands below a day in 整改时限 when the unit did not name that day.
const RECKONED: [&str; 4] = ["按等级推算", "立行立改", "批准延期", "未填"];
/// Ends a description that was shortened for a narrow column.
const SHORTENED: char = '…';

/// Whether the titles are those of our lists: 编号 and 逾期情况, which nobody else writes side by side.
pub fn is_own_list(labels: &[Label]) -> bool {
    let has = |wanted: &str| labels.iter().any(|label| label.chain.last().is_some_and(|title| label_key(title) == wanted));
    has("序号") && has("编号") && has("逾期情况")
}

/// Whether a column of our lists follows from others.
pub fn is_derived(label: &Label) -> bool {
    label.chain.last().is_some_and(|title| label_key(title) == "逾期情况")
}

/// Whether a text of one of our lists is reckoned, masked or missing there: it says nothing of the hazard.
pub fn says_nothing(field: Field, text: &str) -> bool {
    match field {
        Field::Deadline => RECKONED.iter().any(|word| text.lines().any(|line| line.trim() == *word)),
        _ => text.contains("****"),
    }
}

/// Whether a line stands below our own lists: what is counted in them, or that there is nothing to count.
pub fn is_own_footer(text: &str) -> bool {
    text.starts_with("列入清单的") && text.contains('共') || text.contains("台账中没有应列入清单的")
}

/// Whether a 编号 is that of a task of the plan, which our lists name beside hazards.
pub fn is_task(campaign: &Campaign, id: &str) -> bool {
    (0..campaign.tasks.len()).any(|task| campaign.task_number(task) == id)
}

/// Gives rows of a workbook that hold a shortened description the whole one, from the list that has it; without one the
/// row says nothing new about its words.
pub fn restore_descriptions(sheets: &mut [SheetReading]) {
    let is_own = |sheet: &SheetReading| sheet.tables.iter().any(|table| table.own_paper);
    if !sheets.iter().any(is_own) {
        return;
    }
    let mut whole: HashMap<String, String> = HashMap::new();
    let described = |record: &Record| Some((record.values.get(Field::Id)?.to_owned(), record.values.get(Field::Description)?.to_owned()));
    for (id, description) in sheets.iter().filter(|sheet| is_own(sheet)).flat_map(|sheet| &sheet.records).filter_map(described) {
        let known = whole.entry(id).or_default();
        if description.chars().count() > known.chars().count() && !description.ends_with(SHORTENED) {
            *known = description;
        }
    }
    for record in sheets.iter_mut().filter(|sheet| is_own(sheet)).flat_map(|sheet| &mut sheet.records) {
        let Some((id, description)) = described(record) else { continue };
        match whole.get(&id).filter(|known| !known.is_empty()) {
            Some(known) if *known != description => record.values = record.values.with(Field::Description, known),
            None if description.ends_with(SHORTENED) => {
                record.values = Values::pack(record.values.iter().filter(|(field, ..)| *field != Field::Description));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_we_reckoned_is_told_from_what_was_said() {
        for (field, text, nothing) in [
            (Field::Deadline, "2023-07-25\n按等级推算", true),
            (Field::Deadline, "2023-08-10\n批准延期\n原2023-07-25", true),
            (Field::Deadline, "未填", true),
            (Field::Deadline, "2023-07-25", false),
            (Field::Phone, "138****0001", true),
            (Field::Phone, "13800000001", false),
            (Field::Measure, "立行立改", false),
        ] {
            assert_eq!(says_nothing(field, text), nothing, "{text}");
        }
        assert!(is_own_footer("列入清单的隐患共2条，其中一般2条；逾期1条、未到期1条。"));
        assert!(!is_own_footer("列入清单的灭火器过期"));
    }
}
