//! R047: words of the usual criteria for major hazards; a suggestion, never an upgrade.

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

/// The rule.
pub const RULE: Rule = Rule {
    code: "R047",
    name: "possible-major",
    scope: Scope::Record,
    severity: Severity::Note,
    title: "可能是重大隐患",
    finds: "没有定为重大的隐患，描述里有重大隐患常见的情形。",
    matters: "重大隐患要单独建账、挂牌督办；程序只提示，不改等级。",
    remedy: "对照判定标准核对；确是重大的，把等级改成“重大”。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
病房用彩钢板搭建,一般,2023-07-03,2023-07-18,待整改
",
        place: "A2",
    },
    good: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
",
        place: "",
    },
    check: Check::Record(check),
};

fn check(context: &RecordContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.record.level == Reading::Value(Level::Major) {
        return;
    }
    let Some(text) = context.text(Field::Description) else { return };
    if let Some(found) = SIGNS.iter().find(|sign| sign.iter().all(|word| text.contains(word))) {
        let message = format!("提到“{}”，可能是重大隐患", found.join("”“"));
        diagnostics.push(RULE.of_field(context, Field::Description, message));
    }
}

/// Situations that the published criteria for medical and care institutions name; all words must be there.
const SIGNS: &[&[&str]] = &[
    &["一部疏散楼梯"],
    &["疏散楼梯只有一部"],
    &["安全出口", "封闭"],
    &["安全出口", "上锁"],
    &["安全出口", "锁闭"],
    &["安全出口", "栅栏"],
    &["疏散通道", "封闭"],
    &["疏散门", "上锁"],
    &["消控室", "无证"],
    &["消防控制室", "无证"],
    &["消防控制室", "未持证"],
    &["彩钢板"],
    &["D级危房"],
    &["C级危房"],
    &["D 级危房"],
    &["液氧"],
    &["地下室", "病房"],
    &["地下", "液化气"],
    &["液化气瓶"],
    &["液化石油气瓶"],
    &["重大危险源"],
    &["燃气", "泄漏"],
    &["未", "封闭楼梯间"],
];
