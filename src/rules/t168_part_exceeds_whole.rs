//! T168: a count that is larger than the one that it is a part of.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::form_rows::sheet_form_rows;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::SheetContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T168",
    name: "part-exceeds-whole",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "部分比全部大",
    finds: "统计表里一列是另一列的一部分，却比它大，如 已整改 15 项、发现隐患 12 项。",
    matters: "两个数至少有一个错了，汇总和通报跟着错。",
    remedy: "问清单位后改对重报。",
    bad: Example {
        text: "\
单位名称,检查家次（家次）,发现隐患（项）,已整改（项）
甲医院,4,12,15
",
        place: "D2",
    },
    good: Example {
        text: "\
单位名称,检查家次（家次）,发现隐患（项）,已整改（项）
甲医院,4,12,12
",
        place: "",
    },
    check: Check::Sheet(check),
};

fn check(context: &SheetContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for row in sheet_form_rows(context.file, context.sheet, context.ground) {
        let Some(form) = context.ground.campaign.forms.get(row.form) else { continue };
        for (column, (place, part)) in form.columns.iter().zip(&row.counts) {
            let Some((whole, of)) = column.part_of.and_then(|whole| Some((form.columns.get(whole)?, &row.counts.get(whole)?.1))) else {
                continue;
            };
            if let (Some(part), Some(of)) = (part.number(), of.number())
                && part > of
            {
                let message = format!("“{}”比“{}”还大", column.title(), whole.title());
                diagnostics.push(RULE.diagnostic(context.place(row.row, *place), "", None, message));
            }
        }
    }
}
