//! T074: a contact without any number in `contacts.csv`. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T074",
    name: "contact-phone-missing",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "联系人没有电话",
    finds: "contacts.csv 的一行既没有办公电话，也没有手机号码。",
    matters: "有急事联系不上。",
    remedy: "至少填一个号码。",
    bad: Example {
        text: "\
--- contacts.csv
单位,角色,姓名,职务,办公电话,手机号码,变更申请日期,生效日期,备注
甲医院,联络员,陈一,办公室主任,,,,,
",
        place: "F2",
    },
    good: Example {
        text: "\
--- contacts.csv
单位,角色,姓名,职务,办公电话,手机号码,变更申请日期,生效日期,备注
甲医院,联络员,陈一,办公室主任,0477-1380001,13800001011,,,
",
        place: "",
    },
    check: Check::Reader,
};
