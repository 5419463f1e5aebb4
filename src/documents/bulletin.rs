//! 通报: the figures of a period in the sentences of a template, as an official text.
//!
//! The first lines of the filled-in text may say 标题, 主送, 署名, 抄送, 附件 or 附注; the rest is the text proper. 文号, 签发人, 成文日期 and the
//! seal are the office's to give and stay blank.

pub mod misuse;
pub mod tables;
pub mod template;
pub mod values;

use crate::documents::manuscript::Imprint;
use crate::documents::manuscript::Manuscript;
use crate::documents::manuscript::ManuscriptKind;
use crate::documents::manuscript_head;
use crate::documents::manuscript_text;
use crate::documents::statistics::StatisticsSource;

pub use template::BUILT_IN;
pub use template::TemplateError;

/// Why there is no bulletin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BulletinError {
    #[error(transparent)]
    Template(#[from] TemplateError),
    #[error("模板{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("；模板"))]
    Tables(Vec<manuscript_text::MisplacedTable>),
}

/// The bulletin, and its sentences as they were filled in.
///
/// # Errors
/// [`BulletinError`] when the template names what there is not.
pub fn bulletin<'a>(source: StatisticsSource<'a>, template: &str) -> Result<(Manuscript<'a>, String), BulletinError> {
    let filled = template::fill(template, &values::values(source))?;
    let (head, body) = manuscript_head::head(&filled);
    let blocks = manuscript_text::blocks(&body, tables::tables(source)).map_err(|misplaced| {
        // Their lines are those of the filled-in text, which nobody sees.
        BulletinError::Tables(misplaced.into_iter().map(|table| in_template(table, template)).collect())
    })?;
    let campaign = source.campaign;
    let title = || format!("关于{}{}进展情况的通报", campaign.title, values::period_name(source.figures.period));
    let manuscript = Manuscript {
        kind: ManuscriptKind::Bulletin,
        issuer: campaign.issuer.clone(),
        masthead: format!("{}文件", campaign.issuer),
        number: Manuscript::blank_number(None),
        signer: None,
        title: head.title.unwrap_or_else(title),
        addressee: head.addressee,
        blocks,
        attachments: head.attachments,
        signature: head.signature.unwrap_or_else(|| campaign.issuer.clone()),
        signed_on: None,
        notes: head.notes,
        copies: head.copies,
        imprint: Some(Imprint { office: format!("{}办公室", campaign.issuer), printed_on: None }),
        forms: Vec::new(),
    };
    Ok((manuscript, body))
}

/// Says the line of the template that asks for a table.
pub(crate) fn in_template(table: manuscript_text::MisplacedTable, template: &str) -> manuscript_text::MisplacedTable {
    use manuscript_text::MisplacedTable::Repeated;
    use manuscript_text::MisplacedTable::Unknown;
    let of = |name: &str, line: usize| misuse::line_of_table(template, name).unwrap_or(line);
    match table {
        Unknown { name, line, known } => Unknown { line: of(&name, line), name, known },
        Repeated { name, line } => Repeated { line: of(&name, line), name },
    }
}

#[cfg(test)]
mod tests;
