//! T134: a form that was sent out came back for another unit or campaign, or its hidden sheet was changed.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::FileReading;
use crate::records::issue::IssueFault;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::source::Origin;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T134",
    name: "form-not-trusted",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "填报表与发出时对不上",
    finds: "发出的填报表里写着发给哪家、哪个专项、当时各格是什么；交回来的与表里看得见的单位或本专项不符，或者这些记号被改过。",
    matters: "对不上就不知道哪些格子是改过的，只能整张当作普通报送表读：没有改的格子也算这次报的。",
    remedy: "核对是不是拿错了别家或别的专项的表；是的话请原单位用发给自己的填报表重报。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
@填报表 demo H02 2023-07-14
隐患描述,整改期限,状态
插座松动,2023-07-28,待整改
",
        place: "",
    },
    good: Example {
        text: "\
--- 甲医院-20230721.xlsx
@填报表 demo H01 2023-07-14
隐患描述,整改期限,状态
插座松动,2023-07-28,待整改
",
        place: "",
    },
    check: Check::File(check),
};

fn check(reading: &FileReading, diagnostics: &mut Vec<Diagnostic>) {
    let Some(form) = reading.content.as_ref().ok().and_then(|content| content.returned.as_ref()) else { return };
    let message = match &form.fault {
        None => return,
        Some(IssueFault::OtherCampaign) => format!("这是专项 {} 的填报表，不是本专项的", form.issue.campaign),
        Some(IssueFault::OtherUnit { named }) => format!("这份填报表发给编码 {} 的单位，表里写的却是“{named}”", form.issue.unit),
        Some(IssueFault::Altered) => "填报表里隐藏的记号被改过，看不出哪些格子是这次改的".to_owned(),
    };
    let place = Origin { file: reading.file.clone(), sheet: "".into(), row: 0, column: 0 };
    diagnostics.push(RULE.diagnostic(place, "", None, message));
}
