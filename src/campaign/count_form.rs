//! Count forms (统计表) of the campaign: their columns, and the titles by which a table that was sent is known for one.

use crate::campaign::problems::Problems;
use crate::campaign::problems::Report;
use crate::campaign::view::View;
use crate::campaign::view::text;
use crate::diagnostic::Severity;
use crate::vocabulary::label_key;
use crate::vocabulary::normalise::split_hint;

/// What one row of a count form stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormRows {
    Unit,
    /// A category, with the figures of all units added up.
    Category,
    /// All units together.
    Single,
}

/// A count form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountForm {
    pub id: String,
    pub title: String,
    /// The mark above the title, e.g. 附件2.
    pub attachment: Option<String>,
    pub rows: FormRows,
    /// Each table counts from the first day on; otherwise it counts its period only.
    pub cumulative: bool,
    pub columns: Vec<FormColumn>,
}

/// A column of a count form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormColumn {
    pub key: String,
    /// The printed title, then the other words for it; at least one.
    pub titles: Vec<String>,
    pub unit: Option<String>,
    pub sum: bool,
    /// The figure of the ledger that it must equal, by its key.
    pub equals: Option<String>,
    /// The column that it is a part of; an index.
    pub part_of: Option<usize>,
}

impl FormColumn {
    /// The printed title.
    pub fn title(&self) -> &str {
        self.titles.first().map_or("", String::as_str)
    }

    /// What one of its numbers is: the unit of its own, or the one behind its printed title.
    pub fn counted_in(&self) -> String {
        self.unit.as_deref().map_or_else(|| split_hint(&label_key(self.title())).1, label_key)
    }
}

impl CountForm {
    /// The column that a title means; header rows are joined with `/`.
    pub fn column(&self, title: &str) -> Option<usize> {
        let last = title.rsplit('/').next().unwrap_or(title);
        let by = |wanted: &str| {
            let wanted = bare(wanted);
            let fits = |column: &FormColumn| column.titles.iter().any(|own| bare(own) == wanted);
            (!wanted.is_empty()).then(|| self.columns.iter().position(fits)).flatten()
        };
        by(&title.replace('/', "")).or_else(|| by(last))
    }
}

/// A title without its unit, spaces and the words for number.
fn bare(title: &str) -> String {
    let key = label_key(title);
    let (base, _) = split_hint(&key);
    let base = base.replace(['/', '(', ')'], "");
    ["总数量", "数量", "总数", "数"].iter().find_map(|word| base.strip_suffix(word)).unwrap_or(&base).to_owned()
}

/// Reads the forms; columns that name what does not exist are told.
pub fn forms(view: &View<'_>, problems: &mut Problems) -> Vec<CountForm> {
    let mut forms: Vec<CountForm> = Vec::new();
    for part in view.parts("forms") {
        let Some(form) = form(&part, problems) else { continue };
        if forms.iter().any(|other| other.id == form.id) {
            let message = format!("统计表的代号“{}”用了两次", form.id);
            problems.push(part.position(), error("C110", format!("{}.id", part.path), Some(form.id), message, "每张统计表一个代号"));
        } else {
            forms.push(form);
        }
    }
    forms
}

fn form(part: &View<'_>, problems: &mut Problems) -> Option<CountForm> {
    let parts = part.parts("columns");
    let mut columns: Vec<FormColumn> = Vec::new();
    for column in &parts {
        let (key, titles) = (column.code("key")?, column.texts("title"));
        if columns.iter().any(|other| other.key == key) {
            let message = format!("列的代号“{key}”用了两次");
            problems.push(column.position(), error("C110", format!("{}.key", column.path), Some(key), message, "同一张表里每列一个代号"));
            continue;
        }
        let sum = column.flag("sum").unwrap_or(true);
        columns.push(FormColumn { key, titles, unit: column.text("unit"), sum, equals: column.text("equals"), part_of: None });
    }
    for column in &parts {
        let Some((node, whole)) = column.get("part_of").and_then(|node| Some((node, text(node)?))) else { continue };
        let own = columns.iter().position(|other| Some(&other.key) == column.code("key").as_ref());
        let found = columns.iter().position(|other| other.key == whole).filter(|found| Some(*found) != own);
        match (own.and_then(|own| columns.get_mut(own)), found) {
            (Some(own), Some(found)) => own.part_of = Some(found),
            _ => {
                let message = format!("part_of 写的“{whole}”不是这张表的另一列");
                let keys: Vec<&str> = columns.iter().map(|column| column.key.as_str()).collect();
                let help = format!("写另一列的代号：{}", keys.join("、"));
                problems.push(node.position, error("C111", format!("{}.part_of", column.path), Some(whole), message, &help));
            }
        }
    }
    let rows = match part.text("rows").as_deref() {
        Some("category") => FormRows::Category,
        Some("single") => FormRows::Single,
        _ => FormRows::Unit,
    };
    let cumulative = part.text("period").as_deref() != Some("period");
    let attachment = part.text("attachment");
    let (id, title) = (part.code("id")?, part.text("title")?);
    (!columns.is_empty()).then_some(CountForm { id, title, attachment, rows, cumulative, columns })
}

fn error(code: &'static str, field: String, value: Option<String>, message: String, help: &str) -> Report {
    Report { code, severity: Severity::Error, field, value, message, help: help.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::CountForm;
    use super::FormColumn;
    use super::FormRows;

    #[test]
    fn titles_mean_columns_whatever_their_unit_and_their_word_for_number() {
        let column = |key: &str, titles: &[&str]| FormColumn {
            key: key.to_owned(),
            titles: titles.iter().map(|title| (*title).to_owned()).collect(),
            unit: None,
            sum: true,
            equals: None,
            part_of: None,
        };
        let columns =
            vec![column("checked", &["检查次数"]), column("found", &["发现隐患", "排查隐患总数"]), column("by_city", &["市级督查次数"])];
        let form =
            CountForm { id: "a".to_owned(), title: "甲".to_owned(), attachment: None, rows: FormRows::Unit, cumulative: true, columns };
        for (title, expected) in [
            ("检查次数（次）", Some(0)),
            ("发现隐患数（项）", Some(1)),
            ("排查隐患", Some(1)),
            ("督查情况/检查次数", Some(0)),
            ("市级督查/次数", Some(2)),
            ("备注", None),
            ("", None),
        ] {
            assert_eq!(form.column(title), expected, "{title}");
        }
    }
}
