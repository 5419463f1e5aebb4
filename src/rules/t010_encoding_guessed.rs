//! T010: text in another encoding than UTF-8 was converted.

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
    code: "T010",
    name: "encoding-guessed",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "文本不是 UTF-8 编码",
    finds: "文本文件是 GB18030（GBK）、UTF-16 等编码，已转换读取。",
    matters: "一般没有问题；如果单位名称变成乱码，就是认错了编码。",
    remedy: "看一眼读出的名称有没有乱码；没有就不必处理。",
    bad: Example {
        text: "\
--- 甲医院-20230721.csv
隐患描述,整改期限,状态
插座松动,2023-07-18,待整改
@编码 GB18030
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
        let WorkbookNote::Encoding { name, lossy_lines } = note else { continue };
        if *name == "UTF-8" || !lossy_lines.is_empty() {
            continue;
        }
        let message = format!("文本是 {name} 编码，已转换读取");
        diagnostics.push(RULE.diagnostic(file_place(&file.file), "", None, message));
    }
}
