//! T028: a title that fits two fields, and the sheet does not decide.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::Fact;
use crate::records::FactKind;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::findings::quoted;
use crate::rules::rule::SheetContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T028",
    name: "column-ambiguous",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "列名有两种意思",
    finds: "列名（如“整改时间”）既可能是期限也可能是完成日期，看全表也定不下来；这一列没有读。",
    matters: "当成期限还是当成完成日期，结论正好相反。",
    remedy: "把列名改成提示的其中一个。",
    bad: Example {
        text: "\
隐患描述,整改时间,等级
插座松动,2023-07-18,一般
",
        place: "B1",
    },
    good: Example {
        text: "\
隐患描述,整改期限,等级
插座松动,2023-07-18,一般
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::AmbiguousColumn(fields) = &fact.kind else { return };
    if let [field] = fields.as_slice() {
        let message = format!("“{}”在几个分组下都有，看不出哪一个是“{}”，这几列没有读", fact.title, field.title());
        let help = format!("是“{}”的那一列，请把列名写全（如“整改责任人”“复查日期”），不要只写在分组下面。", field.title());
        diagnostics.push(RULE.of_fact(context, fact, message).helped(help));
        return;
    }
    let message = format!("“{}”可能是{}，没有读这一列", fact.title, quoted(fields.iter().map(|field| field.title())));
    let help = format!("请把列名改成{}中的一个。", quoted(fields.iter().map(|field| field.title())));
    diagnostics.push(RULE.of_fact(context, fact, message).helped(help));
}
