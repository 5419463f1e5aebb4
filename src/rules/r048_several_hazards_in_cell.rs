//! R048: several hazards in one cell; the split is proposed.

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
    code: "R048",
    name: "several-hazards-in-cell",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "一格里写了几条隐患",
    finds: "一个“隐患描述”里写了好几条（1.…2.…、①…②…、一是…二是…）。",
    matters: "几条隐患只有一个编号，改好一条也没法单独销号；现在按一条登记。",
    remedy: "照提示拆成几行，一行一条，期限和责任人各写各的。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
1.灭火器过期；2.通道堆物,一般,2023-07-03,2023-07-18,待整改
",
        place: "A2",
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
    let FactKind::SeveralHazards(parts) = &fact.kind else { return };
    let message = format!("一格里写了 {} 条隐患，按一条登记", parts.len());
    let help = {
        let lines: Vec<String> = parts.iter().take(9).enumerate().map(|(index, part)| format!("第 {} 行“{part}”", index + 1)).collect();
        format!("请拆成 {} 行：{}。", parts.len(), lines.join("，"))
    };
    diagnostics.push(RULE.of_fact(context, fact, message).helped(help));
}
