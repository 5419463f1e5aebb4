//! T071: a contact of a unit that nobody knows in `contacts.csv`. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T071",
    name: "contact-unit-unknown",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "联系人回执里有认不出的单位",
    finds: "contacts.csv 的一行没有写单位，或者写的单位不在名册上。",
    matters: "这一行不知道是哪家的联系人，没有采用。",
    remedy: "按名册写单位名称、简称或编码；不需要的行请删掉。",
    bad: Example {
        text: "\
--- contacts.csv
单位,角色,姓名,职务,办公电话,手机号码,变更申请日期,生效日期,备注
丙医院,联络员,陈一,办公室主任,0477-1380001,13800001011,,,
",
        place: "A2",
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
