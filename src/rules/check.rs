//! Runs the rules over a file that came in and over a merged ledger.
//!
//! Knows no rule by name, but the one for the ledger of an earlier drive: which ones run follows from [`ALL`] and the kind of their check.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::campaign::Ground;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::sort_by_place;
use crate::ledger::answers::is_untouched;
use crate::records::Fact;
use crate::records::FactKind;
use crate::records::FileContent;
use crate::records::FileReading;
use crate::records::SheetReading;
use crate::rules::ALL;
use crate::rules::apply_waivers;
use crate::rules::folding::Folder;
use crate::rules::folding::fold_sheets;
use crate::rules::l012_carry_over_incomplete;
use crate::rules::rule::Check;
use crate::rules::rule::LedgerContext;
use crate::rules::rule::RecordContext;
use crate::rules::rule::SheetContext;
use crate::tables::Format;
use crate::vocabulary::Field;

/// Everything that the rules of tables and records find in one file, waivers applied, by place.
pub fn check_file(file: &FileReading, ground: Ground<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for rule in ALL {
        if let Check::File(check) = rule.check {
            check(file, &mut diagnostics);
        }
        if let (Check::Document(check), Some(document)) = (rule.check, &file.document) {
            check(file, document, ground, &mut diagnostics);
        }
    }
    if let Ok(content) = &file.content {
        for sheet in &content.sheets {
            let sheet = &*answered(sheet, content);
            check_sheet(&SheetContext { file, sheet, ground }, &mut diagnostics);
        }
        if content.sheets.len() > 1 {
            fold_sheets(&mut diagnostics);
        }
    }
    // Of a file that gives no rows, and of a letter, only the mail says whom to ask.
    let says_whom = file.content.as_ref().map_or(true, |content| content.format == Format::Letter);
    if let Some(whose) = file.envelope.as_ref().filter(|_| says_whom).and_then(|envelope| envelope.whose()) {
        let asked = diagnostics.iter_mut().filter(|diagnostic| diagnostic.severity <= Severity::Warning);
        asked.for_each(|diagnostic| diagnostic.help.push_str(&format!("（{whose}）")));
    }
    sort_by_place(&mut diagnostics);
    apply_waivers(ground.campaign, diagnostics)
}

/// A sheet as far as its sender wrote it: in the answer to a form, rows that nobody has touched are the bureau's own.
fn answered<'a>(sheet: &'a SheetReading, content: &FileContent) -> Cow<'a, SheetReading> {
    let Some(issue) = content.returned.as_ref().filter(|form| form.fault.is_none()).map(|form| &form.issue) else {
        return Cow::Borrowed(sheet);
    };
    let untouched: BTreeSet<u32> = sheet.records.iter().filter(|record| is_untouched(record, issue)).map(|record| record.row).collect();
    let mut sheet = sheet.clone();
    sheet.records.retain(|record| !untouched.contains(&record.row));
    let facts = std::mem::take(&mut sheet.facts).into_iter().filter_map(|mut fact| {
        fact.further_rows.retain(|row| !untouched.contains(row));
        if untouched.contains(&fact.row) {
            fact.row = (!fact.further_rows.is_empty()).then(|| fact.further_rows.remove(0))?;
        }
        // Whose form it is its hidden sheet says.
        (fact.kind != FactKind::UnitFromMetadata).then_some(fact)
    });
    sheet.facts = facts.collect();
    Cow::Owned(sheet)
}

/// Everything that the rules of the ledger find in a merge, waivers applied, by place.
pub fn check_ledger(context: &LedgerContext<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for rule in ALL {
        if let Check::Ledger(check) = rule.check {
            check(context, &mut diagnostics);
        }
    }
    sort_by_place(&mut diagnostics);
    apply_waivers(context.ground.campaign, diagnostics)
}

/// What the rules say of the ledger of an earlier drive when it is looked at alone: whether it is whole.
pub fn check_carried_over(context: &LedgerContext<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if let Check::Ledger(check) = l012_carry_over_incomplete::RULE.check {
        check(context, &mut diagnostics);
    }
    apply_waivers(context.ground.campaign, diagnostics)
}

type FactCheck = fn(&SheetContext<'_>, &Fact, &mut Vec<Diagnostic>);
type RecordCheck = fn(&RecordContext<'_>, &mut Vec<Diagnostic>);

/// One pass over the facts and one over the records, whatever the number of rules.
fn check_sheet(context: &SheetContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut of_facts: Vec<(FactCheck, Folder)> = Vec::new();
    let mut of_records: Vec<(RecordCheck, Folder)> = Vec::new();
    for rule in ALL {
        match rule.check {
            Check::Sheet(check) => {
                let mut folder = Folder::default();
                check(context, &mut found);
                folder.take(&mut found);
                folder.finish(diagnostics);
            }
            Check::Fact(check) => of_facts.push((check, Folder::default())),
            Check::Record(check) => of_records.push((check, Folder::default())),
            _ => {}
        }
    }
    for fact in &context.sheet.facts {
        for (check, folder) in &mut of_facts {
            check(context, fact, &mut found);
            folder.take(&mut found);
        }
    }
    // A row without a description is asked for that alone: what else it lacks follows from it.
    for record in context.sheet.records.iter().filter(|record| record.values.get(Field::Description).is_some()) {
        let context = RecordContext { sheet: context, record };
        for (check, folder) in &mut of_records {
            check(&context, &mut found);
            folder.take(&mut found);
        }
    }
    for (_, folder) in of_facts {
        folder.finish(diagnostics);
    }
    for (_, folder) in of_records {
        folder.finish(diagnostics);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::examples::tables;

    /// What a table of hazards raises: code, cell and number of folded places.
    fn check(rows: &str, expected: &[(&str, &str, u32)]) {
        let text = format!("隐患描述,等级,发现日期,整改期限,状态,整改措施,责任人\n{rows}");
        let seen: Vec<(&str, String, u32)> = tables(&text)
            .into_iter()
            .filter(|diagnostic| diagnostic.code != "T039")
            .map(|diagnostic| (diagnostic.code, diagnostic.cell().unwrap_or_default(), diagnostic.folded))
            .collect();
        let seen: Vec<(&str, &str, u32)> = seen.iter().map(|(code, cell, folded)| (*code, cell.as_str(), *folded)).collect();
        assert_eq!(seen, expected, "{rows}");
    }

    #[test]
    fn one_cause_gives_one_message() {
        check("插座松动,一般,2023-07-03,2023-07-18,待整改,更换,张三\n", &[]);
        // A row without a description is asked for that alone, not for its duties and dates.
        check(",一般,2023-07-30,2023-07-18,待整改,,\n", &[("R005", "A2", 0)]);
        // An unreadable date is no missing date.
        check("插座松动,一般,2023-07-03,某日,待整改,更换,张三\n", &[("R018", "D2", 0)]);
        // An unreadable status is not taken for an open hazard that lacks its duties.
        check("插座松动,一般,2023-07-03,2023-07-18,再说,,\n", &[("R008", "E2", 0)]);
        // Rectified on the spot needs no plan.
        check("插座松动,一般,2023-07-20,立行立改,待整改,,\n", &[]);
    }

    #[test]
    fn what_is_wrong_in_every_row_is_told_once() {
        let rows: String = (0..30).map(|row| format!("第{row}处插座松动,,2023-07-03,2023-07-18,待整改,更换,张三\n")).collect();
        check(&rows, &[("R007", "B2", 29)]);
        let few: String = (0..3).map(|row| format!("第{row}处插座松动,,2023-07-03,2023-07-18,待整改,更换,张三\n")).collect();
        check(&few, &[("R007", "B2", 0), ("R007", "B3", 0), ("R007", "B4", 0)]);
    }
}
