//! T180: a mail that brings no file and says nothing of hazards.

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
    code: "T180",
    name: "letter-without-report",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "邮件里没有报送内容",
    finds: "邮件没有附件，正文也没有写明“本周无隐患”；引用的旧邮件不算。",
    matters: "对方多半以为已经报了：附件漏了、放成了网盘链接，或者贴成了图片。",
    remedy: "请对方把隐患台账填进 .xlsx，作为附件重新发送；没有隐患的，回一封写明“本周无隐患”的邮件。",
    bad: Example {
        text: "\
--- 来件.eml
From: a@example.com
Subject: hello
Date: Fri, 21 Jul 2023 09:00:00 +0800

请查收
",
        place: "",
    },
    good: Example {
        text: "\
--- 甲医院.eml
From: a@example.com
Subject: hello
Date: Fri, 21 Jul 2023 09:00:00 +0800

本周无隐患
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::LetterWithoutReport(pictures) = &fact.kind else { return };
    let pictures =
        if *pictures > 0 { format!("；正文里有 {pictures} 张图片，图片里的字读不出来") } else { String::new() };
    let message = format!("邮件没有附件，正文也没有写明没有隐患{pictures}");
    diagnostics.push(RULE.of_fact(context, fact, message));
}
