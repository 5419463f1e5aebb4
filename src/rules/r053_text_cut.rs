//! R053: a text of exactly 255 characters.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::Fact;
use crate::records::FactKind;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::SheetContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "R053",
    name: "text-cut",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "文字可能被截断",
    finds: "文字正好 255 个字，多半是旧软件截断的；或超过表格一格能放的 32767 字，后面的没有取。",
    matters: "后半截丢了，隐患说不完整。",
    remedy: "对照原件补全；用 .xlsx 格式报送就不会截断。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动二楼走廊插座松动插座松动老化缺,一般,2023-07-03,2023-07-18,待整改
",
        place: "A2",
    },
    good: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let message = match &fact.kind {
        FactKind::TextCut => "文字正好 255 个字，后面可能被截断了".to_owned(),
        FactKind::TextTooLong => "文字超过一格能放的 32767 字，后面的没有登记".to_owned(),
        _ => return,
    };
    diagnostics.push(RULE.of_fact(context, fact, message));
}
