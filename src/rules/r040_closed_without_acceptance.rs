//! R040: closed out without a person and day of acceptance.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::Reading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::findings::quoted;
use crate::rules::rule::RecordContext;
use crate::vocabulary::Field;
use crate::vocabulary::Status;

/// The rule.
pub const RULE: Rule = Rule {
    code: "R040",
    name: "closed-without-acceptance",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "销号没有验收",
    finds: "状态是已销号，没有验收人或验收日期。",
    matters: "没有人验收就销号，等于没有复查。",
    remedy: "填写验收人和验收日期；还没有验收的，把状态改回“已整改”。",
    bad: Example {
        text: "\
编号,单位名称,隐患描述,等级,发现日期,整改期限,状态,整改完成日期,验收人,验收日期,销号日期,最近报送
demo-H01-001,甲医院,插座松动,一般,2023-07-03,2023-07-18,已销号,2023-07-10,,2023-07-12,2023-07-13,2023-07-21
",
        place: "I2",
    },
    good: Example {
        text: "\
编号,单位名称,隐患描述,等级,发现日期,整改期限,状态,整改完成日期,验收人,验收日期,销号日期,最近报送
demo-H01-001,甲医院,插座松动,一般,2023-07-03,2023-07-18,已销号,2023-07-10,李四,2023-07-12,2023-07-13,2023-07-21
",
        place: "",
    },
    check: Check::Record(check),
};

fn check(context: &RecordContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.record.status != Reading::Value(Status::ClosedOut) {
        return;
    }
    let mut missing = vec![Field::VerifiedBy, Field::VerifiedOn];
    missing.retain(|field| context.text(*field).is_none());
    if let Some(first) = missing.first() {
        let names = quoted(missing.iter().map(|field| field.title()));
        diagnostics.push(RULE.of_field(context, *first, format!("已销号，却没有{names}")));
    }
}
