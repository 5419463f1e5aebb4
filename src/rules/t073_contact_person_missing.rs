//! T073: a row without a name in `contacts.csv`. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T073",
    name: "contact-person-missing",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "联系人没有写姓名",
    finds: "contacts.csv 的一行有单位和角色，没有姓名。",
    matters: "有电话也不知道该找谁，没有采用。",
    remedy: "写上姓名；还没有定人的，把整行删掉。",
    bad: Example {
        text: "\
--- contacts.csv
单位,角色,姓名,职务,办公电话,手机号码,变更申请日期,生效日期,备注
甲医院,联络员,,办公室主任,0477-1380001,13800001011,,,
",
        place: "C2",
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
