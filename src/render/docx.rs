//! An official text → a Word document laid out by GB/T 9704-2012, for Word and WPS.
//!
//! Written by ourselves: a dozen elements of WordprocessingML as text, packed with fixed times and in a
//! fixed order, so that the same text and day give the same bytes. Texts stay texts whatever they look
//! like. Decides looks only; what is said was decided before.

mod ending;
mod fonts;
mod forms;
mod letterhead;
mod measures;
mod opening;
mod page;
mod paragraphs;
mod parts;
mod styles;
mod tables;
mod widths;
mod xml;

use std::io::Cursor;
use std::io::Write;

use chrono::NaiveDate;
use zip::CompressionMethod;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::documents::Block;
use crate::documents::HeadingLevel;
use crate::documents::Manuscript;
use crate::documents::ManuscriptKind;
use crate::render::docx::measures::PORTRAIT;
use crate::render::docx::measures::Page;
use crate::render::docx::paragraphs::Paragraph;
use crate::render::docx::paragraphs::Story;
use crate::render::docx::widths::Fit;
use crate::render::outcome::RenderError;

/// The text as the bytes of a document. `as_of` becomes its date of creation.
///
/// # Errors
/// A table with more columns than Word takes.
pub fn docx(manuscript: &Manuscript<'_>, as_of: NaiveDate) -> Result<Vec<u8>, RenderError> {
    let is_letter = manuscript.kind == ManuscriptKind::Letter;
    let mut parts = vec![
        ("[Content_Types].xml", parts::content_types(is_letter)),
        ("_rels/.rels", parts::package_relations()),
        ("docProps/core.xml", parts::properties(manuscript, as_of)),
        ("word/document.xml", document(manuscript)?),
        ("word/_rels/document.xml.rels", parts::document_relations(is_letter)),
        ("word/styles.xml", styles::part()),
        ("word/settings.xml", parts::settings()),
        ("word/fontTable.xml", fonts::table()),
        ("word/footer1.xml", page::footer(true)),
        ("word/footer2.xml", page::footer(false)),
    ];
    if is_letter {
        parts.extend([("word/header1.xml", letterhead::header(manuscript)), ("word/footer3.xml", letterhead::footer())]);
    }
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(zip::DateTime::default());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        writer.start_file(name, options).map_err(unwritten)?;
        writer.write_all(part.as_bytes())?;
    }
    Ok(writer.finish().map_err(unwritten)?.into_inner())
}

fn unwritten(error: zip::result::ZipError) -> RenderError {
    RenderError::Write(std::io::Error::other(error))
}

fn document(manuscript: &Manuscript<'_>) -> Result<String, RenderError> {
    let mut story = if manuscript.kind == ManuscriptKind::Letter { Story::of_letter() } else { Story::new() };
    opening::push(&mut story, manuscript);
    for (index, block) in manuscript.blocks.iter().enumerate() {
        story.turn(page_of(&manuscript.blocks[index..]));
        match block {
            Block::Heading { level, text } => story.push(Paragraph::new(styles::HEADINGS[depth(*level)]).text(text)),
            Block::RunIn { level, heading, text } => {
                story.push(Paragraph::new(styles::TEXT).styled(styles::HEADING_WORDS[depth(*level)], heading).text(text));
            }
            Block::Paragraph(text) => story.push(Paragraph::new(styles::TEXT).text(text)),
            Block::Table(table) => tables::push(&mut story, table)?,
        }
    }
    ending::push(&mut story, manuscript);
    manuscript.forms.iter().for_each(|form| forms::push(&mut story, form));
    Ok(format!(
        r#"{}<w:document xmlns:w="{}" xmlns:r="{}"><w:body>{}</w:body></w:document>"#,
        xml::DECLARATION,
        xml::MAIN,
        xml::RELATIONS,
        story.finish()
    ))
}

/// The page on which the first of these blocks stands. Headings go with the table that they stand above.
fn page_of(blocks: &[Block<'_>]) -> Page {
    match blocks.iter().find(|block| !matches!(block, Block::Heading { .. })) {
        Some(Block::Table(table)) => Fit::new(table).page,
        _ => PORTRAIT,
    }
}

fn depth(level: HeadingLevel) -> usize {
    match level {
        HeadingLevel::First => 0,
        HeadingLevel::Second => 1,
        HeadingLevel::Third => 2,
    }
}
