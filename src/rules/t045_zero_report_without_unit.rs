//! T045: a zero report that no unit of the roster can be credited with.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::UnitReading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::SheetContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T045",
    name: "zero-report-without-unit",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "零报告不知道是哪家的",
    finds: "零报告写的单位不在名册里，或者没有写单位。",
    matters: "认不出单位，这家单位会被当成没有报送。",
    remedy: "在零报告那一行写上名册里的单位名称，或在表头上方写“填报单位：××”。",
    bad: Example {
        text: "\
--- 台账-20230721.csv
隐患描述,等级,整改期限
零报告,,
",
        place: "A2",
    },
    good: Example {
        text: "\
--- 台账-20230721.csv
填报单位：甲医院,,
隐患描述,等级,整改期限
零报告,,
",
        place: "",
    },
    check: Check::Sheet(check),
};

fn check(context: &SheetContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for zero in &context.sheet.zero_reports {
        let message = match &zero.unit {
            UnitReading::Known(_) => continue,
            UnitReading::Missing => format!("“{}”没有写明是哪家单位", zero.text),
            UnitReading::Unknown(name) => format!("“{}”写的单位“{name}”不在名册里", zero.text),
            UnitReading::Ambiguous(name) => format!("“{}”写的单位“{name}”对应名册里的多家单位", zero.text),
        };
        let finding = RULE.diagnostic(context.place(zero.row, zero.column), "", Some(zero.text.clone()), message);
        diagnostics.push(match &context.file.envelope {
            Some(_) => finding.helped("在联系人回执 contacts.csv 里给这家单位加上发件人的邮箱，或把单位写进邮件的文件名".to_owned()),
            None => finding,
        });
    }
}
