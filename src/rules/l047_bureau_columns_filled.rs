//! L047: a unit filled columns that the bureau fills, where the ledger is blank.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::ledger::Unheard;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::findings::quoted;
use crate::rules::rule::LedgerContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "L047",
    name: "bureau-columns-filled",
    scope: Scope::Ledger,
    severity: Severity::Note,
    title: "单位填了由主管部门填的列",
    finds: "报送的表里填了验收人、验收日期、销号日期、延期至、督办这些由主管部门填的列，台账里还是空的；没有采用。每份文件说一次。",
    matters: "验收、销号、延期、督办由主管部门定；单位自己写的不算数，但台账空着，也谈不上矛盾。",
    remedy: "核实属实的，由主管部门填进台账；单位不必改，下次报送这些列留空即可。",
    bad: Example {
        text: "\
--- 甲医院-20230721.csv
隐患描述,等级,发现日期,整改期限,状态,整改完成日期,验收人
插座松动,一般,2023-07-03,2023-07-18,已整改,2023-07-17,冯七
",
        place: "G2",
    },
    good: Example {
        text: "\
--- 甲医院-20230721.csv
隐患描述,等级,发现日期,整改期限,状态,整改完成日期,验收人
插座松动,一般,2023-07-03,2023-07-18,已整改,2023-07-17,
",
        place: "",
    },
    check: Check::Ledger(check),
};

fn check(context: &LedgerContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut of_file: BTreeMap<&Arc<str>, Vec<&Unheard>> = BTreeMap::new();
    for unheard in &context.outcome.unheard {
        of_file.entry(&unheard.place.file).or_default().push(unheard);
    }
    for cells in of_file.into_values() {
        let Some(first) = cells.iter().min_by_key(|unheard| &unheard.place) else { continue };
        let fields: BTreeSet<_> = cells.iter().map(|unheard| unheard.field).collect();
        let rows: BTreeSet<_> = cells.iter().map(|unheard| (&unheard.place.sheet, unheard.place.row)).collect();
        let titles = quoted(fields.into_iter().map(|field| field.title()));
        let message = format!("{titles}由主管部门填写，这份文件有 {} 行填了（第一处“{}”），没有采用", rows.len(), first.text);
        diagnostics.push(RULE.diagnostic(first.place.clone(), first.field.title(), Some(first.text.clone()), message));
    }
}
