//! T015: a text table whose columns are not parted by commas.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::file_place;
use crate::records::FileReading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::tables::WorkbookNote;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T015",
    name: "unusual-delimiter",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "不是用逗号分隔",
    finds: "文本表格用分号、制表符、全角逗号等分隔，已按它拆列。",
    matters: "一般没有问题；如果各列错位，就是认错了分隔符。",
    remedy: "看一眼读出的列对不对；对就不必处理。",
    bad: Example {
        text: "\
隐患描述;整改期限;状态
插座松动;2023-07-18;待整改
通道堆物;2023-07-20;待整改
",
        place: "",
    },
    good: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
",
        place: "",
    },
    check: Check::File(check),
};

fn check(file: &FileReading, diagnostics: &mut Vec<Diagnostic>) {
    let Ok(content) = &file.content else { return };
    for note in &content.notes {
        let WorkbookNote::Delimiter { delimiter } = note else { continue };
        let name = match delimiter {
            '\t' => "制表符".to_owned(),
            other => format!("“{other}”"),
        };
        let message = format!("各列用{name}分隔，已按它拆列");
        diagnostics.push(RULE.diagnostic(file_place(&file.file), "", None, message));
    }
}
