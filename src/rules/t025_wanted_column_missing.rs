//! T025: whole columns that the campaign needs are not there.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::ColumnMeaning;
use crate::records::ColumnReading;
use crate::records::Reading;
use crate::records::TableReading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::findings::quoted;
use crate::rules::rule::SheetContext;
use crate::rules::titles::misspelt_field;
use crate::vocabulary::Field;
use crate::vocabulary::Level;
use crate::vocabulary::Status;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T025",
    name: "wanted-column-missing",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "缺少需要的列",
    finds: "台账里要用到的列（等级、发现日期、整改期限、状态，以及方案要求的五落实等）整列都没有。",
    matters: "整列没有，每一行都等于没填：算不出逾期，也查不出五落实。",
    remedy: "在表头加上缺少的列并逐行填写；列名照提示写。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,状态
插座松动,一般,2023-07-03,待整改
",
        place: "1",
    },
    good: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态,整改措施,责任人
插座松动,一般,2023-07-03,2023-07-18,待整改,更换,张三
",
        place: "",
    },
    check: Check::Sheet(check),
};

fn check(context: &SheetContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.sheet.is_ledger {
        return;
    }
    for table in &context.sheet.tables {
        let has = |field: Field| table.columns.iter().any(|column| may_be(column, field));
        if !has(Field::Description) || table.own_paper {
            continue;
        }
        let mut missing = wanted(context, table);
        missing.retain(|field| !has(*field));
        if missing.is_empty() {
            continue;
        }
        let names = quoted(missing.iter().map(|field| field.title()));
        let message = format!("表里没有{names}{}列", if missing.len() > 1 { "这些" } else { "这一" });
        let help = format!("在表头加上{names}，再逐行填写。");
        let place = context.place(table.header_rows.1, 0);
        let told = |known: &Diagnostic| known.code == RULE.code && known.place == place;
        // The blocks of a wide table share one header.
        if !diagnostics.iter().any(told) {
            diagnostics.push(RULE.diagnostic(place, "", None, message).helped(help));
        }
    }
}

/// The fields that the records of a table need a column for.
fn wanted(context: &SheetContext<'_>, table: &TableReading) -> Vec<Field> {
    let (first, last) = table.body_rows;
    let (mut any, mut rectified) = (false, false);
    let mut open = BTreeSet::new();
    for record in context.sheet.records.iter().filter(|record| (first..=last).contains(&record.row)) {
        any = true;
        match record.status {
            Reading::Blank | Reading::Value(Status::Open | Status::InRectification) => {
                open.insert(record.level.value().unwrap_or(Level::General));
            }
            Reading::Value(Status::Rectified | Status::ClosedOut) => rectified = true,
            _ => {}
        }
    }
    let mut fields = BTreeSet::new();
    if any {
        fields.extend([Field::Level, Field::FoundOn, Field::Status]);
    }
    if rectified {
        fields.insert(Field::RectifiedOn);
    }
    for level in open {
        let policy = context.ground.campaign.levels.of(level);
        fields.insert(Field::Deadline);
        fields.extend(&policy.requires);
        if level == Level::Major && policy.interim_control_required {
            fields.extend([Field::InterimControl, Field::Guard]);
        }
    }
    fields.into_iter().collect()
}

/// Whether a column holds the field, or is asked about by another rule and may turn out to hold it.
fn may_be(column: &ColumnReading, field: Field) -> bool {
    match &column.meaning {
        ColumnMeaning::Field(Field::Progress | Field::RectifiedOn) if field == Field::Status => true,
        ColumnMeaning::CloseOutFlag => field == Field::Status,
        ColumnMeaning::Unknown { near } => misspelt_field(&column.title, near) == Some(field),
        ColumnMeaning::Ambiguous(fields) => fields.contains(&field),
        meaning => meaning.holds(field),
    }
}
