//! T017: a readable file in which no sheet is a hazard ledger.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::file_place;
use crate::records::Fact;
use crate::records::FactKind;
use crate::records::FileReading;
use crate::records::SheetReading;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::tables::Format;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T017",
    name: "file-without-hazards",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "文件里没有隐患台账",
    finds: "文件能打开，但没有一张表是隐患台账，也没有零报告。",
    matters: "可能发错了文件；不能当成零报告。",
    remedy: "请报送单位核对附件；没有隐患的，发一份写明“零报告”的表。",
    bad: Example {
        text: "\
项目,姓名,单位,办公电话
分管领导,张三,甲医院,0477-0000000
联络员,李四,甲医院,0477-0000001
",
        place: "",
    },
    good: Example {
        text: "\
隐患描述,等级,整改期限
零报告,,
",
        place: "",
    },
    check: Check::File(check),
};

fn check(file: &FileReading, diagnostics: &mut Vec<Diagnostic>) {
    let Ok(content) = &file.content else { return };
    // The words around an attachment.
    if content.format == Format::Letter {
        return;
    }
    let says_something = |sheet: &SheetReading| {
        // What is not understood, or has a header alone, is told about by rules of its own.
        let asked = |fact: &Fact| {
            matches!(
                fact.kind,
                FactKind::NoHeader
                    | FactKind::HeaderOnly
                    | FactKind::UnrecognisedRow(_)
                    | FactKind::PerhapsZero
                    | FactKind::ChecklistUnfilled
            )
        };
        !sheet.records.is_empty() || !sheet.zero_reports.is_empty() || sheet.is_ledger || sheet.facts.iter().any(asked)
    };
    if !content.sheets.iter().any(says_something) {
        let message = "文件里没有隐患台账，也没有零报告".to_owned();
        diagnostics.push(RULE.diagnostic(file_place(&file.file), "", None, message));
    }
}
