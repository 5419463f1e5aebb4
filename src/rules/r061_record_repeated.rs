//! R061: one hazard twice in one sheet.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::Record;
use crate::records::UnitReading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::SheetContext;
use crate::vocabulary::Field;

/// The rule.
pub const RULE: Rule = Rule {
    code: "R061",
    name: "record-repeated",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "同一条隐患写了两遍",
    finds: "同一张表里有两行的单位、发现日期、部位和描述都一样。",
    matters: "别的列也不矛盾的，合并时只留一条；别的列（措施、责任人、楼层等）写得不同的，当作两条，一条隐患可能被数两次。",
    remedy: "删掉多余的一行；确是两处隐患的，把部位或描述写得能区分。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
插座松动,一般,2023-07-03,2023-07-18,待整改
",
        place: "A3",
    },
    good: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
通道堆物,一般,2023-07-03,2023-07-18,待整改
",
        place: "",
    },
    check: Check::Sheet(check),
};

fn check(context: &SheetContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.sheet.is_ledger {
        return;
    }
    let mut first_rows: HashMap<_, Vec<&Record>> = HashMap::with_capacity(context.sheet.records.len());
    for record in &context.sheet.records {
        let UnitReading::Known(unit) = record.unit else { continue };
        let Some(description) = record.values.get(Field::Description) else { continue };
        let key = (unit, record.values.get(Field::FoundOn), record.values.get(Field::Location), description);
        let firsts = first_rows.entry(key).or_default();
        let same = firsts.iter().find(|first| !record.says_otherwise(first)).copied();
        let like = same.or_else(|| firsts.first().copied());
        if same.is_none() {
            firsts.push(record);
        }
        if let Some(first) = like.filter(|first| first.row != record.row) {
            let column = record.values.column(Field::Description).unwrap_or(0);
            let title = context.column_of(record.row, Field::Description).map_or("", |column| column.title.as_str());
            let message = match record.difference(first) {
                None => format!("和第 {} 行是同一条隐患", first.row),
                Some(column) => format!("和第 {} 行的日期、部位、描述都一样，“{column}”不同，当作两条登记", first.row),
            };
            diagnostics.push(RULE.diagnostic(context.place(record.row, column), title, Some(description.to_owned()), message));
        }
    }
}
