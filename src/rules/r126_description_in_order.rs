//! R126: description says that all is well.

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
    code: "R126",
    name: "description-in-order",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "隐患描述像是说没有问题",
    finds: "“隐患描述”里写的是完好、畅通、符合要求这一类的话，同一行又有部位、期限等内容。",
    matters: "没有问题的项目登记成隐患，会一直催下去；本来有问题的，看这句话不知道要改什么。",
    remedy: "确实没有问题的，删掉这一行；有问题的，写出问题是什么。",
    bad: Example {
        text: "\
隐患描述,隐患部位,整改期限
消防通道畅通,门诊楼,2023-07-18
",
        place: "A2",
    },
    good: Example {
        text: "\
隐患描述,隐患部位,整改期限
消防通道堆放杂物,门诊楼,2023-07-18
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::SoundsInOrder = &fact.kind else { return };
    let message = format!("“{}”像是说没有问题，先按隐患登记", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
