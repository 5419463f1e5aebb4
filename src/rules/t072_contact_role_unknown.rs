//! T072: a contact in a role that the campaign does not ask for in `contacts.csv`. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T072",
    name: "contact-role-unknown",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "联系人回执里有认不出的角色",
    finds: "contacts.csv 的“角色”空着，或者不是方案要的角色（不另写就是分管领导、科室负责人、联络员）。",
    matters: "不知道这个人管什么，没有采用。",
    remedy: "写方案要的角色之一；方案另有叫法的，写进专项定义的 contacts: {roles: […]}。",
    bad: Example {
        text: "\
--- contacts.csv
单位,角色,姓名,职务,办公电话,手机号码,变更申请日期,生效日期,备注
甲医院,通讯员,陈一,办公室主任,0477-1380001,13800001011,,,
",
        place: "B2",
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
