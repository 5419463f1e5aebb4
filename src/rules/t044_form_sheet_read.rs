//! T044: a form with one hazard was read.

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
    code: "T044",
    name: "form-sheet-read",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "按登记表读取",
    finds: "这张表是一事一表的登记表（左边名目、右边内容），读成了一条隐患。",
    matters: "登记表没有固定格式，可能漏读个别内容。",
    remedy: "核对读出的内容；隐患多的，请改用一行一条的台账。",
    bad: Example {
        text: "\
隐患登记表,
填报单位,甲医院
隐患描述,插座松动
整改措施,更换插座
责任人,张三
整改期限,2023-07-18
",
        place: "3",
    },
    good: Example {
        text: "\
隐患描述,整改措施,责任人,整改期限
插座松动,更换插座,张三,2023-07-18
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::FormSheet = &fact.kind else { return };
    let message = "这张表按登记表读成了一条隐患".to_owned();
    diagnostics.push(RULE.of_fact(context, fact, message));
}
