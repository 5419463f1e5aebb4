//! R122: status contradicted.

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
    code: "R122",
    name: "status-contradicted",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "两处状态互相矛盾",
    finds: "同一行的两列都说整改得怎样，一列说整改好了，另一列说没有。",
    matters: "信哪一列，隐患就算整改或没整改；程序不替人选，先按状态不明登记。",
    remedy: "核对后把两列改成一致。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态,是否闭环
插座松动,一般,2023-07-03,2023-07-18,整改中,是
",
        place: "F2",
    },
    good: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态,是否闭环,整改措施,责任人
插座松动,一般,2023-07-03,2023-07-18,整改中,否,更换,张三
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::StatusContradicted { title, text } = &fact.kind else { return };
    let message = format!("“{}”写的是“{}”，“{title}”写的是“{text}”，两处矛盾，状态没有采用", fact.title, fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
