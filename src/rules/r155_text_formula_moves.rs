//! R155: a text is made anew each day by TODAY() or NOW().

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
    code: "R155",
    name: "text-formula-moves",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "文字里有会变的公式",
    finds: "文字格里是带 TODAY() 或 NOW() 的公式，每天打开都不一样。",
    matters: "下次报送时文字变了，同一条隐患会被当成另一条，或者看起来改过。",
    remedy: "把公式换成固定的文字（复制后“选择性粘贴—数值”）。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,等级,发现日期,整改期限,状态,整改措施
插座松动,一般,2023-07-03,2023-07-18,待整改,截至今天已更换
@公式 F2 MONTH(TODAY())&A2
",
        place: "F2",
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
    let FactKind::MovingText(field) = &fact.kind else { return };
    let message = format!("“{}”是 TODAY() 一类的公式，现在显示“{}”，以后会变", field.title(), fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
