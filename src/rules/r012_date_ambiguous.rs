//! R012: a date that fits several days; both readings are named.

use chrono::Datelike;
use chrono::NaiveDate;

use crate::dates::UnreadableDate;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::Fact;
use crate::records::FactKind;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::findings::example_date;
use crate::rules::rule::SheetContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "R012",
    name: "date-ambiguous",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "日期有两种读法",
    finds: "日期的写法对得上两个或更多的日子，不知道是哪一天。",
    matters: "差一天到几个月，逾期与否的结论就不同。",
    remedy: "请填写完整日期，例如 2023-07-30。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023112,待整改
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
    let FactKind::DateUnreadable { reason: UnreadableDate::Ambiguous, candidates, .. } = &fact.kind else { return };
    let message = format!("“{}”可能是{}，不知道是哪一天", fact.value, or_list(candidates));
    let help = if candidates.is_empty() {
        format!("请填写完整日期，例如 {}。", example_date(context))
    } else {
        let choices: Vec<String> = candidates.iter().map(|day| format!("如果是 {} 月 {} 日请写 {day}", day.month(), day.day())).collect();
        format!("{}。", choices.join("；"))
    };
    diagnostics.push(RULE.of_fact(context, fact, message).helped(help));
}

/// The days as words: `2023-01-12 或 2023-11-02`.
fn or_list(candidates: &[NaiveDate]) -> String {
    if candidates.is_empty() {
        return "几个日子".to_owned();
    }
    candidates.iter().map(NaiveDate::to_string).collect::<Vec<_>>().join(" 或 ")
}
