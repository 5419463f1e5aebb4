//! R060: an extension that ends before the deadline.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::RecordContext;
use crate::vocabulary::Field;

/// The rule.
pub const RULE: Rule = Rule {
    code: "R060",
    name: "extension-before-deadline",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "延期比原期限还早",
    finds: "“延期至”早于原来的整改期限。",
    matters: "延期只会往后；多半是两个日期写反了，或年份写错。",
    remedy: "核对两个日期，改正写错的那个。",
    bad: Example {
        text: "\
编号,单位名称,隐患描述,等级,发现日期,整改期限,延期至,状态,最近报送
demo-H01-001,甲医院,插座松动,一般,2023-07-03,2023-07-18,2023-07-10,整改中,2023-07-21
",
        place: "G2",
    },
    good: Example {
        text: "\
编号,单位名称,隐患描述,等级,发现日期,整改期限,延期至,状态,最近报送
demo-H01-001,甲医院,插座松动,一般,2023-07-03,2023-07-18,2023-08-10,整改中,2023-07-21
",
        place: "",
    },
    check: Check::Record(check),
};

fn check(context: &RecordContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(earlier), Some(later)) = (context.day(Field::Deadline), context.day(Field::ExtendedTo)) else { return };
    if later < earlier {
        let message = format!("延期至 {later} 早于整改期限 {earlier}");
        diagnostics.push(RULE.of_field(context, Field::ExtendedTo, message));
    }
}
