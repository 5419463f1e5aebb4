//! L048: the clerk wrote into 采用 or 裁定 something that is none of the words for it.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::ledger::Doubt;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::findings::quoted;
use crate::rules::rule::LedgerContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "L048",
    name: "decision-not-understood",
    scope: Scope::Ledger,
    severity: Severity::Error,
    title: "裁定的字认不出",
    finds: "台账工作簿“冲突”表的“采用”或“疑似重复”表的“裁定”里，写的不是能选的字；这一件没有办，留在表里等着。",
    matters: "猜错一次，就会改错台账或把两条隐患并成一条。",
    remedy: "“采用”填 台账 或 报送；“裁定”填 同一条 或 不是同一条；还没定的，空着。",
    bad: Example {
        text: "\
--- 台账.csv
编号,单位名称,隐患描述,发现日期,整改期限,最近报送
demo-H01-001,甲医院,插座松动,2023-07-03,2023-07-18,2023-07-21
--- 冲突.csv
编号,字段,台账保留的值,另一个值,采用
demo-H01-001,整改期限,2023-07-18,2023-07-28,再问问
",
        place: "E2",
    },
    good: Example {
        text: "\
--- 台账.csv
编号,单位名称,隐患描述,发现日期,整改期限,最近报送
demo-H01-001,甲医院,插座松动,2023-07-03,2023-07-18,2023-07-21
--- 冲突.csv
编号,字段,台账保留的值,另一个值,采用
demo-H01-001,整改期限,2023-07-18,2023-07-28,采用报送
",
        place: "",
    },
    check: Check::Ledger(check),
};

fn check(context: &LedgerContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for question in &context.outcome.questions {
        let Doubt::UnknownWord(choices) = &question.doubt else { continue };
        let message = format!("“{}”里写的是“{}”，只认{}；这一件没有办", question.title, question.text, quoted(choices.iter()));
        diagnostics.push(RULE.diagnostic(question.place.clone(), question.title, Some(question.text.clone()), message));
    }
}
