//! T131: a sheet beside a ledger was not read.

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
    code: "T132",
    name: "reference-sheet",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "像是隐患分类表，没有登记",
    finds: "文件里有台账，另有一张表只写了类别、等级和描述，没有部位、日期、责任人和状态，像是分类标准或参考清单。",
    matters: "参考清单当成台账，会登记出一批不存在的隐患；真的隐患没有登记，就没有人催。",
    remedy: "是参考清单的，不用管；是真的隐患，写上部位和发现日期，或移到台账里。",
    bad: Example {
        text: "\
--- 甲医院-20230721.html\n<table><tr><td>隐患描述</td><td>部位</td><td>等级</td><td>发现日期</td><td>整改期限</td></tr>\n<tr><td>插座松动</td><td>药房</td><td>一般</td><td>2023-07-03</td><td>2023-07-18</td></tr></table>\n<table><tr><td>隐患类别</td><td>隐患描述</td><td>等级</td></tr>\n<tr><td>消防</td><td>疏散通道堵塞</td><td>重大</td></tr></table>\n",
        place: "",
    },
    good: Example {
        text: "\
--- 甲医院-20230721.html\n<table><tr><td>隐患描述</td><td>部位</td><td>等级</td><td>发现日期</td><td>整改期限</td></tr>\n<tr><td>插座松动</td><td>药房</td><td>一般</td><td>2023-07-03</td><td>2023-07-18</td></tr></table>\n",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::ReferenceSheet(rows) = &fact.kind else { return };
    let message = format!("像是隐患分类表，{rows} 行没有登记");
    diagnostics.push(RULE.of_fact(context, fact, message));
}
