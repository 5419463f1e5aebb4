//! A diagnostic as JSON: the same eleven keys everywhere.

use std::sync::Arc;

use serde::Deserialize;
use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::render::json;
use crate::rules;
use crate::source::Origin;

/// One diagnostic. What is not known is `null`, never left out.
#[derive(Debug, Serialize)]
pub struct DiagnosticJson<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    help: &'a str,
    file: &'a str,
    sheet: Option<&'a str>,
    row: Option<u32>,
    column: Option<u32>,
    cell: Option<String>,
    field: Option<&'a str>,
    value: Option<&'a str>,
    /// Further places of the same cause, folded under this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    folded: Option<u32>,
}

impl<'a> DiagnosticJson<'a> {
    /// All of a list.
    pub fn all(diagnostics: &'a [Diagnostic]) -> Vec<DiagnosticJson<'a>> {
        diagnostics.iter().map(DiagnosticJson::of).collect()
    }

    /// One of them.
    pub fn of(diagnostic: &'a Diagnostic) -> DiagnosticJson<'a> {
        DiagnosticJson {
            code: diagnostic.code,
            severity: diagnostic.severity.key(),
            message: &diagnostic.message,
            help: &diagnostic.help,
            file: &diagnostic.place.file,
            sheet: json::filled(&diagnostic.place.sheet),
            row: json::counted(diagnostic.place.row),
            column: json::counted(diagnostic.place.column),
            cell: diagnostic.cell(),
            field: json::filled(&diagnostic.field),
            value: diagnostic.value.as_deref(),
            folded: json::counted(diagnostic.folded),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::Severity;
    use crate::source::Origin;

    #[test]
    fn absent_is_null_and_the_order_of_keys_is_fixed() {
        let mut diagnostic = Diagnostic {
            code: "R012",
            severity: Severity::Error,
            place: Origin { file: Arc::from("a.xlsx"), sheet: Arc::from("台账"), row: 7, column: 3 },
            field: "整改期限".to_owned(),
            value: Some("6.31".to_owned()),
            message: "m".to_owned(),
            help: "h".to_owned(),
            folded: 0,
        };
        let text = |diagnostic: &Diagnostic| serde_json::to_string(&DiagnosticJson::of(diagnostic)).expect("JSON");
        assert_eq!(
            text(&diagnostic),
            r#"{"code":"R012","severity":"error","message":"m","help":"h","file":"a.xlsx","sheet":"台账","row":7,"column":3,"cell":"C7","field":"整改期限","value":"6.31"}"#
        );
        diagnostic.place = crate::diagnostic::file_place(&Arc::from("a.xlsx"));
        diagnostic.field.clear();
        diagnostic.value = None;
        assert_eq!(
            text(&diagnostic),
            r#"{"code":"R012","severity":"error","message":"m","help":"h","file":"a.xlsx","sheet":null,"row":null,"column":null,"cell":null,"field":null,"value":null}"#
        );
    }
}

/// A diagnostic as it stands in JSON that was written before.
#[derive(Debug, Deserialize)]
pub struct WrittenDiagnostic {
    code: String,
    message: String,
    help: String,
    file: String,
    sheet: Option<String>,
    row: Option<u32>,
    column: Option<u32>,
    field: Option<String>,
    value: Option<String>,
    folded: Option<u32>,
}

impl WrittenDiagnostic {
    /// The diagnostic; `None` for a rule that is not known.
    pub fn diagnostic(self) -> Option<Diagnostic> {
        let rule = rules::find(&self.code)?;
        let place = Origin {
            file: Arc::from(self.file),
            sheet: Arc::from(self.sheet.unwrap_or_default()),
            row: self.row.unwrap_or_default(),
            column: self.column.unwrap_or_default(),
        };
        let (field, folded) = (self.field.unwrap_or_default(), self.folded.unwrap_or_default());
        let WrittenDiagnostic { message, help, value, .. } = self;
        Some(Diagnostic { code: rule.code, severity: rule.severity, place, field, value, message, help, folded })
    }
}
