//! R024: a serial day number was taken as a date.

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
    code: "R024",
    name: "serial-as-date",
    scope: Scope::Record,
    severity: Severity::Note,
    title: "日期变成了数字",
    finds: "单元格里是 45000 一类的数字（丢了日期格式），已换算成日期。",
    matters: "看不出是哪一天，也容易和别的数字混淆。",
    remedy: "核对换算的日子；把单元格的格式设成“日期”。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,45125,待整改
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
    let FactKind::DateNote { note: DateNote::Serial, .. } = &fact.kind else { return };
    let message = format!("数字 {} 换算成了日期", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
