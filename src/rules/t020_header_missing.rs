//! T020: no row of a sheet looks like a header.

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
    code: "T020",
    name: "header-missing",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "找不到表头",
    finds: "工作表里没有一行像是隐患台账的表头，各行都没有读。",
    matters: "不知道哪一列是什么，就不能登记任何一条。",
    remedy: "在第一条隐患上面加一行列名，至少要有“隐患描述”“整改期限”“责任人”“状态”。",
    bad: Example {
        text: "\
甲楼,插座松动,张三,尽快
乙楼,通道堆物,李四,尽快
丙楼,应急灯不亮,王五,尽快
",
        place: "",
    },
    good: Example {
        text: "\
隐患部位,隐患描述,责任人,整改期限
甲楼,插座松动,张三,尽快
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::NoHeader = &fact.kind else { return };
    let message = "找不到表头，这张表一行也没有读".to_owned();
    diagnostics.push(RULE.of_fact(context, fact, message));
}
