//! T009: bytes of a text that are not valid in its encoding.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::file_place;
use crate::records::FileReading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::findings::fold_under;
use crate::source::Origin;
use crate::tables::WorkbookNote;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T009",
    name: "characters-lost",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "有字符读不出来",
    finds: "文本里有几行含有编码不认识的字节，那些字变成了“�”。",
    matters: "丢了的字可能正是单位名称或日期。",
    remedy: "看看提示的行；用 WPS 或 Excel 打开原文件，另存为 .xlsx 重新报送。",
    bad: Example {
        text: "\
--- 甲医院-20230721.csv
隐患描述,整改期限,状态
插座�松动老化需要更换,2023-07-18,待整改
通道堆物,2023-07-20,待整改
@坏字节
",
        place: "2",
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
        let Some(line) = lossy_lines.first() else { continue };
        let message = format!("按 {name} 读取时，第 {line} 行有字符读不出来");
        let mut diagnostic = RULE.diagnostic(Origin { row: *line, ..file_place(&file.file) }, "", None, message);
        if lossy_lines.len() > 1 {
            let places: Vec<(u32, u32)> = lossy_lines.iter().skip(1).map(|line| (*line, 0)).collect();
            fold_under(&mut diagnostic, places.len() as u32, &places);
        }
        diagnostics.push(diagnostic);
    }
}
