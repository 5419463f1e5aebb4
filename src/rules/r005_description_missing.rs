//! R005: a row without a description cannot be a hazard.

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
    code: "R005",
    name: "description-missing",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "没有填隐患描述",
    finds: "这一行填了别的内容，但没有写是什么隐患。",
    matters: "没有描述就无法登记和核对，这一行会退回。",
    remedy: "在“隐患描述”里写清是什么隐患，例如“二楼走廊插座松动”；不是隐患的，请删掉整行。",
    bad: Example {
        text: "\
隐患部位,隐患描述,责任人,整改期限
甲楼,插座松动,张三,2023-07-18
乙楼,,李四,2023-07-20
",
        place: "B3",
    },
    good: Example {
        text: "\
隐患部位,隐患描述,责任人,整改期限
甲楼,插座松动,张三,2023-07-18
乙楼,通道堆物,李四,2023-07-20
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::NoDescription = &fact.kind else { return };
    let message = "没有填隐患描述，这一行不能登记".to_owned();
    diagnostics.push(RULE.of_fact(context, fact, message));
}
