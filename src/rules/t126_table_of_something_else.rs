//! T126: a second table below, with titles that nobody knows.

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
    code: "T126",
    name: "table-of-something-else",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "下面另有一张表，没有读",
    finds: "读过的表下面又有一行像表头，列名却认不出，它下面的行都没有读。",
    matters: "要是那里也写着隐患，这些隐患就没有登记。",
    remedy: "也是隐患的，把列名改得和上面的表一样；不是隐患的，移到另一张工作表里。",
    bad: Example {
        text: "\
序号,隐患描述,等级,整改期限
1,插座松动,一般,2023-07-18

序号,物资名称,数量,保管
1,灭火器,四具,张三
",
        place: "4",
    },
    good: Example {
        text: "\
序号,隐患描述,等级,整改期限
1,插座松动,一般,2023-07-18
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::ForeignTable(rows) = &fact.kind else { return };
    let message = format!("从这一行起是另一张表，认不出它的列名，下面 {rows} 行没有读");
    diagnostics.push(RULE.of_fact(context, fact, message));
}
