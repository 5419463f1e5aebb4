//! R057: characters that cannot be seen were removed.

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
    code: "R057",
    name: "invisible-characters",
    scope: Scope::Record,
    severity: Severity::Note,
    title: "有看不见的字符",
    finds: "文字里有看不见的字符（零宽空格等），已经去掉。",
    matters: "带着它，两个看起来一样的词会被当成不同的词。",
    remedy: "不必处理。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座\u{200b}松动,一般,2023-07-03,2023-07-18,待整改
",
        place: "A2",
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
    let FactKind::InvisibleCharacters = &fact.kind else { return };
    let message = format!("“{}”里看不见的字符已去掉", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
