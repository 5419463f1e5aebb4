//! R028: full-width digits and the like in a date were normalised.

use std::collections::HashSet;

use crate::dates::DateNote;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::Fact;
use crate::records::FactKind;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::findings::fold_under;
use crate::rules::rule::SheetContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "R028",
    name: "date-respelled",
    scope: Scope::Record,
    severity: Severity::Note,
    title: "日期的写法已统一",
    finds: "日期里有全角数字、空格、“号”“前”等字，已照标准写法读取。",
    matters: "一般没有问题。",
    remedy: "核对读出的日子；对就不必处理。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,２０２３年７月１８号,待整改
",
        place: "D2",
    },
    good: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
",
        place: "",
    },
    check: Check::Sheet(check),
};

fn check(context: &SheetContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let facts = &context.sheet.facts;
    let is_respelling = |fact: &Fact| matches!(fact.kind, FactKind::DateNote { note: DateNote::Normalised, .. });
    for fact in facts {
        let FactKind::DateNote { field, note: DateNote::Normalised } = fact.kind else { continue };
        // A cell of which more is told is not mentioned again for its spelling.
        let others = facts.iter().filter(|other| other.column == fact.column && !is_respelling(other));
        let told: HashSet<u32> = others.flat_map(|other| std::iter::once(other.row).chain(other.further_rows.iter().copied())).collect();
        let rows = std::iter::once(fact.row).chain(fact.further_rows.iter().copied());
        let mut rows = rows.filter(|row| !told.contains(row));
        let Some(first) = rows.next() else { continue };
        let places: Vec<(u32, u32)> = rows.map(|row| (row, fact.column)).collect();
        let record = context.sheet.records.binary_search_by_key(&first, |record| record.row).ok();
        let record = record.and_then(|index| context.sheet.records.get(index));
        let value = record.and_then(|record| record.values.get(field)).map(str::to_owned);
        let message = value.as_ref().map_or_else(|| "日期按标准写法读取".to_owned(), |text| format!("“{text}”按标准写法读取"));
        let mut diagnostic = RULE.diagnostic(context.place(first, fact.column), &fact.title, value, message);
        if !places.is_empty() {
            fold_under(&mut diagnostic, places.len() as u32, &places);
        }
        diagnostics.push(diagnostic);
    }
}
