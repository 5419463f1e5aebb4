//! T077: a unit or a role without a contact in `contacts.csv`. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T077",
    name: "contact-role-missing",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "单位没有报齐联系人",
    finds: "名册上的单位在 contacts.csv 里没有联系人，或者缺了方案要的角色。",
    matters: "联系人回执没有报齐，有事不知道找谁。",
    remedy: "催单位补报，每个角色一行。",
    bad: Example {
        text: "\
--- contacts.csv
单位,角色,姓名,职务,办公电话,手机号码,变更申请日期,生效日期,备注
甲医院,分管领导,陈1,,,13800000001
甲医院,科室负责人,陈2,,,13800000002
甲医院,联络员,陈3,,,13800000003
乙镇卫生院,分管领导,陈4,,,13800000004
乙镇卫生院,科室负责人,陈5,,,13800000005
乙镇卫生院,联络员,陈6,,,13800000006
乙镇惠民诊所,分管领导,陈7,,,13800000007
乙镇惠民诊所,科室负责人,陈8,,,13800000008
乙镇惠民诊所,联络员,陈9,,,13800000009
",
        place: "",
    },
    good: Example {
        text: "\
--- contacts.csv
单位,角色,姓名,职务,办公电话,手机号码,变更申请日期,生效日期,备注
甲医院,分管领导,陈1,,,13800000001
甲医院,科室负责人,陈2,,,13800000002
甲医院,联络员,陈3,,,13800000003
乙镇卫生院,分管领导,陈4,,,13800000004
乙镇卫生院,科室负责人,陈5,,,13800000005
乙镇卫生院,联络员,陈6,,,13800000006
乙镇惠民诊所,分管领导,陈7,,,13800000007
乙镇惠民诊所,科室负责人,陈8,,,13800000008
乙镇惠民诊所,联络员,陈9,,,13800000009
东镇惠民诊所,分管领导,陈10,,,13800000010
东镇惠民诊所,科室负责人,陈11,,,13800000011
东镇惠民诊所,联络员,陈12,,,13800000012
",
        place: "",
    },
    check: Check::Reader,
};
