//! R153: an apostrophe or .0 was taken off a telephone number.

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
    code: "R153",
    name: "phone-put-right",
    scope: Scope::Record,
    severity: Severity::Note,
    title: "电话号码去掉了多余的字符",
    finds: "电话号码前面的撇号或后面的“.0”是软件留下的，已经去掉。",
    matters: "不影响使用。",
    remedy: "不必处理；把单元格格式设成“文本”就不会再出现。",
    bad: Example {
        text: "\
隐患描述,等级,整改期限,责任人,联系电话
插座松动,一般,2023-07-18,张三,13800001001.0
",
        place: "E2",
    },
    good: Example {
        text: "\
隐患描述,等级,整改期限,责任人,联系电话
插座松动,一般,2023-07-18,张三,13800001001
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::PhoneCleaned(kept) = &fact.kind else { return };
    let message = format!("“{}”取为 {kept}", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
