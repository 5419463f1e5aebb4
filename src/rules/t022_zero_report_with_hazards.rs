//! T022: zero report and hazards of one unit in one sheet.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::Fact;
use crate::records::FactKind;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::SheetContext;
use crate::tables::Format;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T022",
    name: "zero-report-with-hazards",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "零报告和隐患同时出现",
    finds: "同一个单位在一张表里既写了“零报告”，又列了隐患。",
    matters: "两种说法不能都对；已列出的隐患照常登记，零报告不算数。",
    remedy: "确有隐患的，删掉“零报告”那一行；没有隐患的，删掉示例或旧的隐患。",
    bad: Example {
        text: "\
隐患描述,等级,整改期限
插座松动,一般,2023-07-18
本周零报告,,
",
        place: "3",
    },
    good: Example {
        text: "\
隐患描述,等级,整改期限
插座松动,一般,2023-07-18
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::ZeroWithRecords = &fact.kind else { return };
    let is_letter = context.file.content.as_ref().is_ok_and(|content| content.format == Format::Letter);
    let beside = if is_letter { "附件" } else { "同一张表" };
    let message = format!("写了“{}”，{beside}里又有这个单位的隐患", fact.value);
    let finding = RULE.of_fact(context, fact, message);
    let help = "问清楚哪一句算数：附件里列出的隐患已照常登记；附件发错了的，用 merge --withdraw 撤回".to_owned();
    diagnostics.push(if is_letter { finding.helped(help) } else { finding });
}
