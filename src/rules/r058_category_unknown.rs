//! R058: a category that the campaign does not have.

use std::collections::BTreeMap;

use crate::campaign::model::Category;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::findings::fold_under;
use crate::rules::findings::quoted;
use crate::rules::rule::SheetContext;
use crate::vocabulary::Field;
use crate::vocabulary::label_key;
use crate::vocabulary::likeness;

/// The rule.
pub const RULE: Rule = Rule {
    code: "R058",
    name: "category-unknown",
    scope: Scope::Record,
    severity: Severity::Note,
    title: "类别不在方案里",
    finds: "“类别”写的词不是方案的类别，也不是它们的别名。",
    matters: "按类别统计时会单独成一类。",
    remedy: "改成方案里的类别；确实要用的，在方案的 categories 里加上或登记成别名。",
    bad: Example {
        text: "\
类别,隐患描述,等级,整改期限
消防安会,插座松动,一般,2023-07-18
",
        place: "A2",
    },
    good: Example {
        text: "\
类别,隐患描述,等级,整改期限
消防,插座松动,一般,2023-07-18
",
        place: "",
    },
    check: Check::Sheet(check),
};

fn check(context: &SheetContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let categories = &context.ground.campaign.categories;
    if categories.is_empty() {
        return;
    }
    // Each wording is looked at once, however many rows use it.
    let mut places: BTreeMap<&str, Vec<(u32, u32)>> = BTreeMap::new();
    for record in &context.sheet.records {
        if let Some(text) = record.values.get(Field::Category) {
            places.entry(text).or_default().push((record.row, record.values.column(Field::Category).unwrap_or(0)));
        }
    }
    // Words that are no category are told together; one that is nearly a category is worth a line of its own.
    let mut foreign: Vec<(&str, Vec<(u32, u32)>)> = Vec::new();
    for (written, places) in places {
        let key = label_key(written);
        let fits = |category: &Category| {
            category.id == written || label_key(&category.name) == key || category.synonyms.iter().any(|synonym| label_key(synonym) == key)
        };
        if categories.iter().any(fits) {
            continue;
        }
        match likeness::nearest(categories, NEAR, 1, |category| likeness::likeness(&label_key(&category.name), &key)).first() {
            Some(category) => {
                let help = format!("若是“{0}”，请改成“{0}”。", category.name);
                diagnostics.extend(finding(context, &[written], &places).map(|found| found.helped(help)));
            }
            None => foreign.push((written, places)),
        }
    }
    foreign.sort_by_key(|(_, places)| places.first().copied());
    let words: Vec<&str> = foreign.iter().map(|(written, _)| *written).collect();
    let mut places: Vec<(u32, u32)> = foreign.into_iter().flat_map(|(_, places)| places).collect();
    places.sort_unstable();
    let help =
        format!("方案里的类别有{}；确实要用的，在方案的 categories 里加上。", quoted(categories.iter().take(12).map(|known| &known.name)));
    diagnostics.extend(finding(context, &words, &places).map(|found| found.helped(help)));
}

/// From this likeness on, a word is taken for a slip of the pen.
const NEAR: f64 = 0.5;

/// One finding for words that stand at several places.
fn finding(context: &SheetContext<'_>, words: &[&str], places: &[(u32, u32)]) -> Option<Diagnostic> {
    let (row, column) = places.first().copied()?;
    let title = context.column_of(row, Field::Category).map_or(Field::Category.title(), |column| column.title.as_str());
    let more = if words.len() > MOST_WORDS { "等" } else { "" };
    let message = format!("类别{}{more}不在方案里", quoted(words.iter().take(MOST_WORDS)));
    let value = words.first().map(|word| (*word).to_owned());
    let mut diagnostic = RULE.diagnostic(context.place(row, column), title, value, message);
    if places.len() > 1 {
        fold_under(&mut diagnostic, places.len() as u32 - 1, &places[1..]);
    }
    Some(diagnostic)
}

/// How many words are named in one message.
const MOST_WORDS: usize = 8;
