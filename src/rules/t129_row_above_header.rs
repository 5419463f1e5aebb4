//! T129: rows above the first header that were not read.

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
    code: "T129",
    name: "row-above-header",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "表头上面有没读的行",
    finds: "第一个表头上面有几行像是表里的内容，没有读。",
    matters: "那里写的隐患没有登记；常见的是把前几行插到了表头上面。",
    remedy: "是隐患的，移到表头下面；不是的，删掉，或在最前面写“注：”。",
    bad: Example {
        text: "\
1,通道堆物,一般,2023-07-18
序号,隐患描述,等级,整改期限
2,插座松动,一般,2023-07-18
",
        place: "1",
    },
    good: Example {
        text: "\
序号,隐患描述,等级,整改期限
1,通道堆物,一般,2023-07-18
2,插座松动,一般,2023-07-18
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::RowAboveHeader = &fact.kind else { return };
    let message = "表头上面的这一行没有读".to_owned();
    diagnostics.push(RULE.of_fact(context, fact, message));
}
