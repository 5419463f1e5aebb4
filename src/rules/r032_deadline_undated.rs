//! R032: words that stand for no day in the deadline of an open hazard.

use crate::dates::DateReading;
use crate::dates::Undated;
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
    code: "R032",
    name: "deadline-undated",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "整改期限不是一个日子",
    finds: "整改期限写的是“尽快”“长期坚持”“待资金到位”“节前”一类的话。",
    matters: "没有日子就催不了，也说不上逾期；照原样保留，单独列出。",
    remedy: "写一个确定的日期，例如 2023-07-30；确实长期坚持的，把能完成的一步写成期限。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,尽快,待整改
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
    check: Check::Record(check),
};

fn check(context: &RecordContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let DateReading::Undated(kind) = context.record.deadline else { return };
    if !context.is_open() || context.record.extended_to != DateReading::Blank {
        return;
    }
    let written = context.text(Field::Deadline).unwrap_or_default();
    let message = match kind {
        Undated::Ongoing => format!("“{written}”没有完成的日子"),
        Undated::Vague => format!("“{written}”说不清是哪一天"),
        Undated::Conditional => format!("“{written}”要看条件，说不清是哪一天"),
        Undated::Event => format!("“{written}”没有写明是哪一天"),
    };
    let help = format!("请写一个确定的日期，例如 {}。", example_date(context.sheet));
    diagnostics.push(RULE.of_field(context, Field::Deadline, message).helped(help));
}
