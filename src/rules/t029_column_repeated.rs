//! T029: two columns for one field.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::Fact;
use crate::records::FactKind;
use crate::records::TableReading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::SheetContext;
use crate::source::column_letters;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T029",
    name: "column-repeated",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "同一内容有两列",
    finds: "两列的列名是同一个意思；只读了一列（隐患描述读写得更全的，单位读值在名册上的，其余读前面的），另一列原样保留。",
    matters: "两列的值不同时，不知道该信哪一列。",
    remedy: "只留一列；两列内容不同的，把其中一列改成能区分的列名。",
    bad: Example {
        text: "\
隐患描述,整改期限,完成时限,状态
插座松动,2023-07-18,2023-07-18,待整改
",
        place: "C1",
    },
    good: Example {
        text: "\
隐患描述,整改期限,状态
插座松动,2023-07-18,待整改
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::RepeatedColumn(field) = &fact.kind else { return };
    let here = |table: &&TableReading| table.header_rows.1 == fact.row;
    let read = context.sheet.tables.iter().filter(here).flat_map(|table| &table.columns).find(|column| column.meaning.holds(*field));
    let read = read.map_or_else(String::new, |column| format!("（{}列）", column_letters(column.column)));
    let message = format!("“{}”和另一列{read}都是“{}”，只读了那一列，这一列原样保留", fact.title, field.title());
    diagnostics.push(RULE.of_fact(context, fact, message));
}
