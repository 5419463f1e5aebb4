//! R146: 16:00:00, which is midnight in China as UTC writes it.

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
    code: "R146",
    name: "day-perhaps-utc",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "日期可能差一天",
    finds: "时间正好是 16:00:00，有的系统导出时会把北京时间的零点写成前一天的这个时刻。",
    matters: "按写的日子读；如果是导出时差，就早了一天。",
    remedy: "核对是哪一天，只填日期，不带时间。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-17 16:00:00,待整改
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
    let FactKind::DateNote { note: DateNote::PerhapsUtc(next), .. } = &fact.kind else { return };
    let message = format!("“{}”按写的日子读；如果是系统导出的时差，应是 {next}", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
