//! T075: a number that a spreadsheet has ruined in `contacts.csv`. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T075",
    name: "contact-phone-damaged",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "联系人的电话不完整",
    finds: "contacts.csv 的号码被表格软件改成了 1.38E+10，或者位数不对。",
    matters: "打不通。",
    remedy: "把这一列设成文本格式，重新填写号码。",
    bad: Example {
        text: "\
--- contacts.csv
单位,角色,姓名,职务,办公电话,手机号码,变更申请日期,生效日期,备注
甲医院,联络员,陈一,办公室主任,0477-1380001,1.38E+10,,,
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
