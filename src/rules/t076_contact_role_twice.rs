//! T076: one role with two persons in `contacts.csv`. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T076",
    name: "contact-role-twice",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "一个角色写了两个人",
    finds: "contacts.csv 里同一单位同一角色有两行，生效日期相同或者都没有写。",
    matters: "看不出现在是谁；暂按下面的一行算。",
    remedy: "只留现在的一行；换了人的，在新的一行写变更申请日期和生效日期。",
    bad: Example {
        text: "\
--- contacts.csv
单位,角色,姓名,职务,办公电话,手机号码,变更申请日期,生效日期,备注
甲医院,联络员,陈一,办公室主任,0477-1380001,13800001011,,,
甲医院,联络员,陈二,办公室主任,0477-1380001,13800001011,,,
",
        place: "B3",
    },
    good: Example {
        text: "\
--- contacts.csv
单位,角色,姓名,职务,办公电话,手机号码,变更申请日期,生效日期,备注
甲医院,联络员,陈一,办公室主任,0477-1380001,13800001011,,,
甲医院,联络员,陈二,办公室主任,0477-1380001,13800001011,2023-07-01,2023-07-08,
",
        place: "",
    },
    check: Check::Reader,
};
