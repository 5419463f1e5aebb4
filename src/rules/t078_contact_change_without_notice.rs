//! T078: a change that was not applied for in time in `contacts.csv`. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T078",
    name: "contact-change-without-notice",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "变更联系人没有提前申请",
    finds: "专项定义写了 contacts: {notice: 7d}，而 contacts.csv 里换人的一行从申请到生效不足这些天，或者没有写申请日期。",
    matters: "方案要求联系人不得随意变更，变更要提前申请并经同意。",
    remedy: "核对变更申请日期和生效日期；没有提前申请的，请单位补办手续。",
    bad: Example {
        text: "\
--- contacts.csv
单位,角色,姓名,职务,办公电话,手机号码,变更申请日期,生效日期,备注
甲医院,联络员,陈一,办公室主任,0477-1380001,13800001011,,,
甲医院,联络员,陈二,办公室主任,0477-1380001,13800001011,2023-07-05,2023-07-08,
",
        place: "H3",
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
