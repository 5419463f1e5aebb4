//! R045: an open major hazard without interim control or guard.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::Reading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::findings::is_dash;
use crate::rules::findings::quoted;
use crate::rules::rule::RecordContext;
use crate::vocabulary::Field;
use crate::vocabulary::Level;

/// The rule.
pub const RULE: Rule = Rule {
    code: "R045",
    name: "major-without-interim-control",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "重大隐患没有临时管控",
    finds: "还没有整改完的重大隐患，没有填临时管控措施或盯防人。",
    matters: "重大隐患在改好以前要有临时措施、有人盯防。",
    remedy: "填写临时管控措施（例如“停用二楼病区，专人值守”）和盯防人。",
    bad: Example {
        text: "\
隐患描述,等级,整改措施,责任人,整改资金（万元）,整改期限,应急预案,临时管控措施,盯防人,状态
疏散楼梯只有一部,重大,加建楼梯,张三,50,2023-11-30,已制定,,李四,整改中
",
        place: "H2",
    },
    good: Example {
        text: "\
隐患描述,等级,整改措施,责任人,整改资金（万元）,整改期限,应急预案,临时管控措施,盯防人,状态
疏散楼梯只有一部,重大,加建楼梯,张三,50,2023-11-30,已制定,停用三楼,李四,整改中
",
        place: "",
    },
    check: Check::Record(check),
};

fn check(context: &RecordContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let major = context.record.level == Reading::Value(Level::Major);
    if !major || !context.is_open() || !context.sheet.ground.campaign.levels.major.interim_control_required {
        return;
    }
    let lacks = |field: Field| context.text(field).map_or_else(|| context.can_hold(field), is_dash);
    let mut missing = vec![Field::InterimControl, Field::Guard];
    missing.retain(|field| lacks(*field));
    if let Some(first) = missing.first() {
        let names = quoted(missing.iter().map(|field| field.title()));
        diagnostics.push(RULE.of_field(context, *first, format!("重大隐患没有填{names}")));
    }
}
