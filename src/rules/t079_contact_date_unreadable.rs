//! T079: a day of change that cannot be read in `contacts.csv`. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T079",
    name: "contact-date-unreadable",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "联系人的变更日期读不出来",
    finds: "contacts.csv 的变更申请日期或生效日期读不出是哪一天，或者只写了申请日期。",
    matters: "不知道从哪天起换人，这一行没有采用。",
    remedy: "写成 2023-07-14 这样的日期；不是变更的，两个日期都空着。",
    bad: Example {
        text: "\
--- contacts.csv
单位,角色,姓名,职务,办公电话,手机号码,变更申请日期,生效日期,备注
甲医院,联络员,陈一,办公室主任,0477-1380001,13800001011,2023-07-01,下周,
",
        place: "H2",
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
