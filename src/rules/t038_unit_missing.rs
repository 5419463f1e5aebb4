//! T038: no unit in the row, the sheet or the file name.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::Fact;
use crate::records::FactKind;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::SheetContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T038",
    name: "unit-missing",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "没有写明单位",
    finds: "表里、工作表名、文件名里都找不到单位。",
    matters: "不知道是哪家单位的隐患，不能登记。",
    remedy: "在“单位名称”列里逐行填写单位；整张表是一家的，在表头上方写“填报单位：××”，或写进文件名。",
    bad: Example {
        text: "\
--- 台账-20230721.csv
隐患描述,等级,整改期限
插座松动,一般,2023-07-18
",
        place: "2",
    },
    good: Example {
        text: "\
--- 台账-20230721.csv
填报单位：甲医院,,
隐患描述,等级,整改期限
插座松动,一般,2023-07-18
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::UnitMissing = &fact.kind else { return };
    let message = "没有写明单位".to_owned();
    diagnostics.push(RULE.of_fact(context, fact, message));
}
