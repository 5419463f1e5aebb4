//! R056: a formula whose result is not stored.

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
    code: "R056",
    name: "formula-without-result",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "公式没有结果",
    finds: "单元格里是公式，文件里没有存结果。",
    matters: "读不出值；多半是别的程序生成的文件。",
    remedy: "用 WPS 或 Excel 打开后保存一次，或直接填写内容。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
@没有结果的公式 D2
",
        place: "D2",
    },
    good: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::FormulaWithoutResult = &fact.kind else { return };
    let message = format!("“{}”是公式，文件里没有存结果", fact.title);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
