//! R028: full-width digits and the like in a date were normalised.

use crate::dates::DateNote;
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
    code: "R028",
    name: "date-respelled",
    scope: Scope::Record,
    severity: Severity::Note,
    title: "日期的写法已统一",
    finds: "日期里有全角数字、空格、“号”“前”等字，已照标准写法读取。",
    matters: "一般没有问题。",
    remedy: "核对读出的日子；对就不必处理。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,２０２３年７月１８号,待整改
",
        place: "D2",
    },
    good: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::DateNote { note: DateNote::Normalised, .. } = &fact.kind else { return };
    let message = format!("“{}”按标准写法读取", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
