//! T039: the unit was taken from the 填报单位 line, the sheet or the file name.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::Fact;
use crate::records::FactKind;
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
    code: "T039",
    name: "unit-from-elsewhere",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "单位取自表外",
    finds: "行里没有写单位，单位取自填报单位一行、工作表名或文件名。",
    matters: "这张表里没写单位的行都算作它的。",
    remedy: "核对是不是这家单位；不是的，在“单位名称”列里写明。",
    bad: Example {
        text: "\
--- 甲医院-20230721.csv
隐患描述,等级,整改期限
插座松动,一般,2023-07-18
",
        place: "",
    },
    good: Example {
        text: "\
--- 甲医院-20230721.csv
单位名称,隐患描述,等级,整改期限
甲医院,插座松动,一般,2023-07-18
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let (FactKind::UnitFromMetadata | FactKind::UnitFromSheetName | FactKind::UnitFromFileName) = &fact.kind else { return };
    let from = match fact.kind {
        FactKind::UnitFromMetadata => "填报单位一行或标题",
        FactKind::UnitFromSheetName => "工作表名",
        _ => "文件名",
    };
    let unit_of = |record: &Record| match record.unit {
        UnitReading::Known(index) => context.ground.roster.units.get(index),
        _ => None,
    };
    let unnamed = context.sheet.records.iter().filter(|record| record.values.get(Field::Unit).is_none());
    let known = unnamed.chain(&context.sheet.records).find_map(unit_of);
    let name = known.map_or_else(String::new, |unit| format!("：{}", unit.name));
    let message = format!("行里没有写单位，取自{from}{name}");
    diagnostics.push(RULE.of_fact(context, fact, message));
}
