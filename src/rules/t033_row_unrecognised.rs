//! T033: a row that is nothing known; it is never dropped.

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
    code: "T033",
    name: "row-unrecognised",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "看不懂的行",
    finds: "表里有一行既不是隐患，也不是标题、小计、落款或说明。",
    matters: "不认识的行不能悄悄丢掉，里面可能有隐患。",
    remedy: "是隐患的，把内容填到对应的列；不是的，删掉这一行，或在最前面写“注：”。",
    bad: Example {
        text: "\
隐患描述,等级,整改期限,,
插座松动,一般,2023-07-18,,
,,,走廊东头,还要再看
",
        place: "3",
    },
    good: Example {
        text: "\
隐患描述,等级,整改期限
插座松动,一般,2023-07-18
注：走廊东头还要再看,,
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::UnrecognisedRow(columns) = &fact.kind else { return };
    let message = match columns.len() {
        1 => format!("这一行只有一格（“{}”），看不出是隐患还是说明，没有登记", fact.value),
        _ => format!("看不懂这一行（“{}”），没有登记", fact.value),
    };
    diagnostics.push(RULE.of_fact(context, fact, message));
}
