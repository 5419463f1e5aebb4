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
    code: "T131",
    name: "sheet-set-aside",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "有的工作表没有当台账读",
    finds: "文件里有台账，另有工作表（封面、填表说明、选项、名单、人员表）没有读。",
    matters: "写在那里的隐患不会登记。",
    remedy: "核对那里没有隐患；有的，移到台账里。",
    bad: Example {
        text: "\
--- 甲医院-20230721.html\n<table><tr><td>隐患描述</td><td>部位</td><td>等级</td><td>发现日期</td><td>整改期限</td></tr>\n<tr><td>插座松动</td><td>药房</td><td>一般</td><td>2023-07-03</td><td>2023-07-18</td></tr></table>\n<table><tr><td>封面</td></tr></table>\n",
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
    let FactKind::SheetSetAside(rows) = &fact.kind else { return };
    let message = format!("这里不是隐患台账，{rows} 行没有读");
    diagnostics.push(RULE.of_fact(context, fact, message));
}
