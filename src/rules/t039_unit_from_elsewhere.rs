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
    finds: "行里没有写单位，单位取自填报单位一行、工作表名、文件名或邮件的发件人。",
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
    let from = match &fact.kind {
        FactKind::UnitFromMetadata => "填报单位一行或标题",
        FactKind::UnitFromSheetName => "工作表名",
        FactKind::UnitFromFileName => "文件名",
        FactKind::UnitFromSender(sender) => &format!("邮件的发件人（{sender}）"),
        _ => return,
    };
    let known_unit = |unit: &UnitReading| match unit {
        UnitReading::Known(index) => context.ground.roster.units.get(*index),
        _ => None,
    };
    let unit_of = |record: &Record| known_unit(&record.unit);
    let unnamed = context.sheet.records.iter().filter(|record| record.values.get(Field::Unit).is_none());
    let known = unnamed.chain(&context.sheet.records).find_map(unit_of);
    let known = known.or_else(|| context.sheet.zero_reports.iter().find_map(|zero| known_unit(&zero.unit)));
    let name = known.map_or_else(String::new, |unit| format!("：{}", unit.name));
    let message = format!("行里没有写单位，取自{from}{name}");
    diagnostics.push(RULE.of_fact(context, fact, message));
}
