//! L005: two different hazards under one 编号.

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
    code: "L005",
    name: "number-used-twice",
    scope: Scope::Ledger,
    severity: Severity::Error,
    title: "一个编号两条隐患",
    finds: "同一份文件里两行内容不同的隐患用了同一个编号；台账认得的那一行（都不认得的，先出现的）保留编号，另一行另编了号。",
    matters: "编号是隐患一辈子的身份，重了就对不上历史。",
    remedy: "核对两行：确是两条隐患的，不必改旧材料，下次报送时那一行请照抄新编号（模板里已有）；其实是同一条的，在台账那一行的“并入编号”里填原编号。",
    bad: Example {
        text: "\
--- 旧台账.csv
编号,单位名称,隐患描述,等级,发现日期,整改期限,状态,整改完成日期,验收人,验收日期,销号日期,最近报送
demo-H01-001,甲医院,插座松动,一般,2023-07-03,2023-07-18,待整改,,,,,2023-07-14
demo-H01-001,甲医院,消防通道被汽车堵住,一般,2023-07-10,2023-07-25,待整改,,,,,2023-07-14
",
        place: "A3",
    },
    good: Example {
        text: "\
--- 甲医院-20230714.csv
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
--- 甲医院-20230721.csv
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,整改中
",
        place: "",
    },
    check: Check::Ledger(check),
};

fn check(context: &LedgerContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for note in &context.outcome.renumbered {
        let message = format!("编号 {} 在这份文件里用了两次，内容不同；这一行改编为 {}", note.id, note.other);
        diagnostics.push(RULE.diagnostic(note.place.clone(), Field::Id.title(), Some(note.id.clone()), message));
    }
}
