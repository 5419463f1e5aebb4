//! L046: a row under its 编号 says something quite different from what the ledger says.

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
    code: "L046",
    name: "hazard-reworded",
    scope: Scope::Ledger,
    severity: Severity::Warning,
    title: "编号没变，内容大变",
    finds: "报来的一行带着台账的编号，描述和部位（或发现日期）都与台账大不相同；仍按编号认作同一条。",
    matters: "编号是隐患一辈子的身份，换说法不换编号；但也可能是拿旧编号填了一条新隐患。",
    remedy: "核对这一行：还是那条隐患的，不必处理；是新隐患的，请单位去掉编号另报一行。",
    bad: Example {
        text: "\
--- 旧台账.csv
编号,单位名称,部位,隐患描述,等级,发现日期,整改期限,状态,整改完成日期,验收人,验收日期,销号日期,最近报送
demo-H01-001,甲医院,住院楼三层,安全出口上锁,一般,2023-07-03,2023-07-18,待整改,,,,,2023-07-14
--- 甲医院-20230721.csv
编号,隐患部位,隐患描述,等级,发现日期,整改期限,状态
demo-H01-001,三层东侧通道,铁链已拆除待装推闩锁,一般,2023-07-03,2023-07-18,整改中
",
        place: "A2",
    },
    good: Example {
        text: "\
--- 旧台账.csv
编号,单位名称,部位,隐患描述,等级,发现日期,整改期限,状态,整改完成日期,验收人,验收日期,销号日期,最近报送
demo-H01-001,甲医院,住院楼三层,安全出口上锁,一般,2023-07-03,2023-07-18,待整改,,,,,2023-07-14
--- 甲医院-20230721.csv
编号,隐患部位,隐患描述,等级,发现日期,整改期限,状态
demo-H01-001,住院楼三层,安全出口上锁，钥匙由护士站保管,一般,2023-07-03,2023-07-18,整改中
",
        place: "",
    },
    check: Check::Ledger(check),
};

fn check(context: &LedgerContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for note in &context.outcome.reworded {
        let message = format!("{} 在台账里是“{}”，这里的说法大不相同；按编号仍认作同一条", note.id, note.other);
        diagnostics.push(RULE.diagnostic(note.place.clone(), Field::Id.title(), Some(note.id.clone()), message));
    }
}
