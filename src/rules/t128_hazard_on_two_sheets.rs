//! T128: a hazard stands on two sheets of one workbook.

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
    code: "T128",
    name: "hazard-on-two-sheets",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "同一条隐患写在两张工作表里",
    finds: "同一个文件的两张工作表里，有单位、描述相同而日期、部位不矛盾的隐患，当作一条。",
    matters: "同一条隐患不重复登记；两张表里写得不一样的，按合并的办法定。",
    remedy: "确是两条的，把部位、发现日期或描述写得能区分；是一条的，只留一张表。",
    bad: Example {
        text: "\
--- 甲医院-20230721.html
<table><tr><td>隐患描述</td><td>部位</td><td>等级</td><td>发现日期</td><td>整改期限</td></tr>
<tr><td>插座松动</td><td>药房</td><td>一般</td><td>2023-07-03</td><td>2023-07-18</td></tr></table>
<table><tr><td>隐患描述</td><td>整改期限</td><td>责任人</td></tr>
<tr><td>插座松动</td><td>2023-07-18</td><td>张三</td></tr></table>
",
        place: "2",
    },
    good: Example {
        text: "\
--- 甲医院-20230721.html
<table><tr><td>隐患描述</td><td>部位</td><td>等级</td><td>发现日期</td><td>整改期限</td></tr>
<tr><td>插座松动</td><td>药房</td><td>一般</td><td>2023-07-03</td><td>2023-07-18</td></tr></table>
<table><tr><td>隐患描述</td><td>整改期限</td><td>责任人</td></tr>
<tr><td>通道堆物</td><td>2023-07-18</td><td>张三</td></tr></table>
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::OnAnotherSheet { sheet, row, undecided } = &fact.kind else { return };
    let message = if *undecided {
        format!("可能和工作表“{sheet}”第 {row} 行是同一条隐患，也可能是那里的另一条，另算了一条")
    } else {
        format!("和工作表“{sheet}”第 {row} 行可能是同一条隐患，当作一条登记")
    };
    diagnostics.push(RULE.of_fact(context, fact, message));
}
