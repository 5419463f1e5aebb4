//! R123: description says nothing.

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
    code: "R123",
    name: "description-says-nothing",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "隐患描述等于没写",
    finds: "隐患描述里只有数字、“无”“见附件”、错误值、图片公式或状态词，没有写出隐患是什么。",
    matters: "没有人能整改一条叫“12”或“见附件”的隐患；这一行退回，不登记。",
    remedy: "在这一格写出哪里有什么问题；图片和附件里的内容请打成文字；没有隐患的，删掉这一行或写“零报告”。",
    bad: Example {
        text: "\
隐患描述,等级,隐患部位,发现日期,整改期限,状态
见附件,一般,门诊楼,2023-07-03,2023-07-18,待整改
",
        place: "A2",
    },
    good: Example {
        text: "\
隐患描述,等级,隐患部位,发现日期,整改期限,状态,整改措施,责任人
12具灭火器过期,一般,门诊楼,2023-07-03,2023-07-18,待整改,更换,张三
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::DescriptionEmpty = &fact.kind else { return };
    let message = format!("“{}”没有写出隐患是什么，这一行不登记", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
