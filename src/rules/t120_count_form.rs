//! T120: count form.

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
    code: "T120",
    name: "count-form",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "统计表，不是台账",
    finds: "这张表的各列是次数、项数、金额，是统计表；每一格都是数，没有隐患的内容。",
    matters: "统计数不能当隐患登记，也不能代替隐患台账。",
    remedy: "要报隐患的，另报隐患台账，一行一条；这张表的数原样记下。",
    bad: Example {
        text: "\
单位名称,检查次数（次）,发现隐患（项）,已整改（项）
甲医院,4,12,9
",
        place: "1",
    },
    good: Example {
        text: "\
隐患描述,等级,整改期限,状态,整改措施,责任人
插座松动,一般,2023-07-18,待整改,更换,张三
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::CountForm(rows) = &fact.kind else { return };
    let message = format!("这是统计表（{rows} 行数），没有从中登记隐患");
    diagnostics.push(RULE.of_fact(context, fact, message));
}
