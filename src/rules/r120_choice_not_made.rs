//! R120: choice not made.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::Fact;
use crate::records::FactKind;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::SheetContext;
use crate::vocabulary::Doubt;
use crate::vocabulary::Field;

/// The rule.
pub const RULE: Rule = Rule {
    code: "R120",
    name: "choice-not-made",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "选项没有选清楚",
    finds: "状态、等级等格子里印着几个选项，没有打勾、勾了几个，或者括号里的话和前面的词相反。",
    matters: "选错一个，隐患就会从催办里消失，或者被多催一次；程序不替人选。",
    remedy: "只留一个词：状态写待整改、整改中或已整改，等级写一般或重大；补充的话写到“进展情况”或“备注”。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,已整改（部分）
",
        place: "E2",
    },
    good: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,已整改（ ）未整改（√）
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::ChoiceUnclear { field, doubt } = &fact.kind else { return };
    let text = &fact.value;
    let why = match doubt {
        Doubt::NothingTicked => format!("“{text}”里没有选"),
        Doubt::SeveralTicked => format!("“{text}”选了不止一个"),
        Doubt::TickUnclear => format!("看不出“{text}”选的是哪一个"),
        Doubt::TakenBack(remark) if remark == "×" => format!("“{text}”写了又打叉"),
        Doubt::TakenBack(remark) => format!("“{text}”前后不一致，括号里说“{remark}”"),
    };
    let name = if *field == Field::Level { "等级" } else { "状态" };
    let message = format!("{why}，{name}没有采用");
    diagnostics.push(RULE.of_fact(context, fact, message));
}
