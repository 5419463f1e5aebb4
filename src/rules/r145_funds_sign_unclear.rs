//! R145: ¥ stands before an amount in a column of 万元.

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
    code: "R145",
    name: "funds-sign-unclear",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "金额的符号和列名不一致",
    finds: "列名写的是万元，单元格里却带“¥”，¥ 表示元。",
    matters: "读成元还是万元，差一万倍，所以没有取这个数。",
    remedy: "去掉“¥”，按列名的单位填写；或者写明“元”“万元”。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态,整改资金（万元）
插座松动,一般,2023-07-03,2023-07-18,待整改,¥35000
",
        place: "F2",
    },
    good: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态,整改资金（万元）
插座松动,一般,2023-07-03,2023-07-18,待整改,35000元
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::FundsSign = &fact.kind else { return };
    let message = format!("“{}”是元还是万元？列名“{}”和符号 ¥ 不一致，没有取", fact.value, fact.title);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
