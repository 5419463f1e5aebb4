//! T167: a cell of a count form that is no number.

use crate::campaign::FormColumn;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::Count;
use crate::records::form_rows::sheet_form_rows;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::SheetContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T167",
    name: "count-unreadable",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "统计数不是数字",
    finds: "统计表里应填数的一格写的不是数字，如“十二”“见附件”，或者单位与这一列不同，如“万元”一列里写“5000元”。",
    matters: "这一格不能相加，没有计入汇总。",
    remedy: "按这一列的单位改成阿拉伯数字；没有的填 0。",
    bad: Example {
        text: "\
单位名称,检查家次（家次）,发现隐患（项）,已整改（项）
甲医院,4,见附件,0
",
        place: "C2",
    },
    good: Example {
        text: "\
单位名称,检查家次（家次）,发现隐患（项）,已整改（项）
甲医院,4,12,0
",
        place: "",
    },
    check: Check::Sheet(check),
};

fn check(context: &SheetContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for row in sheet_form_rows(context.file, context.sheet, context.ground) {
        let form = context.ground.campaign.forms.get(row.form);
        for (index, (column, count)) in row.counts.iter().enumerate() {
            if let Count::Unreadable(text) = count {
                let place = context.place(row.row, *column);
                let unit = form.and_then(|form| form.columns.get(index)).map(FormColumn::counted_in).filter(|unit| !unit.is_empty());
                let message = match unit {
                    Some(unit) => format!("“{text}”不是以“{unit}”计的数，没有计入汇总"),
                    None => format!("“{text}”不是单纯的数，没有计入汇总"),
                };
                diagnostics.push(RULE.diagnostic(place, "", Some(text.clone()), message));
            }
        }
    }
}
