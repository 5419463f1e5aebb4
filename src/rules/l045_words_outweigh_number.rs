//! L045: a row carries the 编号 of one hazard and exactly the words of another.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::LedgerContext;
use crate::vocabulary::Field;

/// The rule.
pub const RULE: Rule = Rule {
    code: "L045",
    name: "words-outweigh-number",
    scope: Scope::Ledger,
    severity: Severity::Warning,
    title: "编号是一条，内容是另一条",
    finds: "报来的一行写着一条隐患的编号，发现日期、部位、描述却和这家单位另一条隐患一字不差；按内容归给了后者。",
    matters: "多半是抄错了行；按编号认，会把一条隐患的整改情况记到另一条头上。",
    remedy: "核对这一行：编号抄错的，请单位改成提示中的编号；确是编号那一条的，请单位把描述写清楚再报。",
    bad: Example {
        text: "\
--- 旧台账.csv
编号,单位名称,隐患描述,等级,发现日期,整改期限,状态,整改完成日期,验收人,验收日期,销号日期,最近报送
demo-H01-001,甲医院,插座松动,一般,2023-07-03,2023-07-18,待整改,,,,,2023-07-14
demo-H01-002,甲医院,消防通道被汽车堵住,一般,2023-07-10,2023-07-25,待整改,,,,,2023-07-14
--- 甲医院-20230721.csv
编号,隐患描述,等级,发现日期,整改期限,状态
demo-H01-001,消防通道被汽车堵住,一般,2023-07-10,2023-07-25,整改中
",
        place: "A2",
    },
    good: Example {
        text: "\
--- 旧台账.csv
编号,单位名称,隐患描述,等级,发现日期,整改期限,状态,整改完成日期,验收人,验收日期,销号日期,最近报送
demo-H01-001,甲医院,插座松动,一般,2023-07-03,2023-07-18,待整改,,,,,2023-07-14
--- 甲医院-20230721.csv
编号,隐患描述,等级,发现日期,整改期限,状态
demo-H01-001,插座松动且外壳破损,一般,2023-07-03,2023-07-18,整改中
",
        place: "",
    },
    check: Check::Ledger(check),
};

fn check(context: &LedgerContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for note in &context.outcome.outweighed {
        let message = format!("编号是 {}，内容却和 {} 一字不差，按 {} 认", note.id, note.other, note.other);
        diagnostics.push(RULE.diagnostic(note.place.clone(), Field::Id.title(), Some(note.id.clone()), message));
    }
}
