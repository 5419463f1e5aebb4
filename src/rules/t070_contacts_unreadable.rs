//! T070: a table of contacts that cannot be used in `contacts.csv`. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T070",
    name: "contacts-unreadable",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "联系人回执读不出来",
    finds: "contacts.csv 打不开，或者缺“单位”“角色”“姓名”列。",
    matters: "联系人都读不到，催报名单上只有名册里的电话。",
    remedy: "用表格软件打开后另存为 CSV（UTF-8），表头写成：单位,角色,姓名,职务,办公电话,手机号码,变更申请日期,生效日期,备注。",
    bad: Example {
        text: "\
--- contacts.csv
单位,姓名,手机号码
甲医院,陈一,13800001011
",
        place: "1",
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
