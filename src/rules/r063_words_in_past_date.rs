//! R063: words that stand for no day where something has happened.

use crate::dates::DateReading;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::findings::example_date;
use crate::rules::rule::RecordContext;
use crate::vocabulary::Field;

/// The rule.
pub const RULE: Rule = Rule {
    code: "R063",
    name: "words-in-past-date",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "该写日子的地方写了说法",
    finds: "发现、完成、验收、销号的日期写的是“尽快”“立行立改”一类的话。",
    matters: "已经发生的事要有确定的日子。",
    remedy: "填写完整日期，例如 2023-07-10；打算什么时候完成，写到“整改期限”。",
    bad: Example {
        text: "\
隐患描述,整改完成日期,整改期限
插座松动,尽快,2023-07-18
",
        place: "B2",
    },
    good: Example {
        text: "\
隐患描述,整改完成日期,整改期限
插座松动,2023-07-10,2023-07-18
",
        place: "",
    },
    check: Check::Record(check),
};

fn check(context: &RecordContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for field in [Field::FoundOn, Field::RectifiedOn, Field::VerifiedOn, Field::ClosedOutOn] {
        if matches!(context.record.date(field), DateReading::Undated(_) | DateReading::Immediate) {
            let written = context.text(field).unwrap_or_default();
            let message = format!("“{written}”说不清是哪一天");
            let help = format!("请填写完整日期，例如 {}；打算什么时候完成，写到“整改期限”。", example_date(context.sheet));
            diagnostics.push(RULE.of_field(context, field, message).helped(help));
        }
    }
}
