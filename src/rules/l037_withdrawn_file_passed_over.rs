//! L037: a withdrawn file still lies in the inbox.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::file_place;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::LedgerContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "L037",
    name: "withdrawn-file-passed-over",
    scope: Scope::Ledger,
    severity: Severity::Note,
    title: "撤回的文件没有再读",
    finds: "已撤回的报送文件还在收件文件夹里，内容没有改过，这次没有读。",
    matters: "撤回的文件要是再读进来，就白撤回了。",
    remedy: "不再要的移走；要重新算的，改好再合并，或改名再合并一次。",
    bad: Example {
        text: "\
@撤回后又合并
--- 甲医院-20230714.csv
隐患描述,等级,部位,发现日期,整改期限,状态
插座松动,一般,二楼,2023-07-03,2023-07-18,待整改
通道堆物,一般,一楼,2023-07-04,2023-07-18,待整改
",
        place: "",
    },
    good: Example {
        text: "\
@先合并
--- 甲医院-20230714.csv
隐患描述,等级,部位,发现日期,整改期限,状态
插座松动,一般,二楼,2023-07-03,2023-07-18,待整改
通道堆物,一般,一楼,2023-07-04,2023-07-18,待整改
",
        place: "",
    },
    check: Check::Ledger(check),
};

fn check(context: &LedgerContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for file in &context.outcome.passed_over {
        let message = "这个文件已撤回，内容没有改过，没有再读".to_owned();
        diagnostics.push(RULE.diagnostic(file_place(file), "", None, message));
    }
}
