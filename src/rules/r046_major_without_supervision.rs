//! R046: a major hazard of the ledger without supervision.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::Reading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::RecordContext;
use crate::vocabulary::Field;
use crate::vocabulary::Level;
use crate::vocabulary::Status;

/// The rule.
pub const RULE: Rule = Rule {
    code: "R046",
    name: "major-without-supervision",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "重大隐患没有挂牌督办",
    finds: "台账里还没有销号的重大隐患没有填督办。",
    matters: "方案要求重大隐患挂牌督办。",
    remedy: "主管部门填写督办级别和文号，例如“县级，督办〔2023〕3号”。",
    bad: Example {
        text: "\
编号,单位名称,隐患描述,等级,发现日期,整改期限,督办,状态,最近报送
demo-H01-001,甲医院,疏散楼梯只有一部,重大,2023-07-03,2023-11-30,,整改中,2023-07-21
",
        place: "G2",
    },
    good: Example {
        text: "\
编号,单位名称,隐患描述,等级,发现日期,整改期限,督办,状态,最近报送
demo-H01-001,甲医院,疏散楼梯只有一部,重大,2023-07-03,2023-11-30,县级,整改中,2023-07-21
",
        place: "",
    },
    check: Check::Record(check),
};

fn check(context: &RecordContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // Supervision is the bureau's affair: only its own ledger is asked for it.
    let major = context.record.level == Reading::Value(Level::Major) && context.sheet.sheet.is_ledger;
    let over = matches!(context.record.status, Reading::Value(Status::ClosedOut | Status::Withdrawn));
    if !major || over || context.text(Field::Supervision).is_some() {
        return;
    }
    if let Some(level) = &context.sheet.ground.campaign.levels.major.supervision {
        let message = format!("重大隐患没有填督办，方案要求{level}督办");
        diagnostics.push(RULE.of_field(context, Field::Supervision, message));
    }
}
