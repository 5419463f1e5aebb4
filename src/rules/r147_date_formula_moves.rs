//! R147: a date is TODAY() or NOW().

use crate::dates::UnreadableDate;
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
    code: "R147",
    name: "date-formula-moves",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "日期是会变的公式",
    finds: "日期格里是 TODAY() 或 NOW() 一类的公式，每天打开都不一样。",
    matters: "不知道真正是哪一天，所以没有取；下次报送又会变成另一天。",
    remedy: "删掉公式，直接填写日期，例如 2023-07-18。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
@公式 C2 TODAY()
",
        place: "C2",
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
    let FactKind::DateUnreadable { reason: UnreadableDate::Moving, field, .. } = &fact.kind else { return };
    let message = format!("“{}”是 TODAY() 一类的公式，现在显示“{}”，以后会变，没有取", field.title(), fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
