//! The neutral picture of an official text 公文: who writes what to whom, in headings, paragraphs and tables.
//!
//! It says what the parts are, not how they look; fonts, margins and rules are the affair of `render`. What
//! only the office can give (文号, 签发人, 印章) is left blank here and stays visibly blank on paper. Text
//! written by a bureau becomes blocks in [`manuscript_text`](crate::documents::manuscript_text); this file knows no template and no figures.

use chrono::NaiveDate;

use crate::documents::Body;
use crate::documents::Column;

/// An official text, whole.
#[derive(Debug)]
pub struct Manuscript<'a> {
    pub kind: ManuscriptKind,
    /// The organ's name: among the file's properties.
    pub issuer: String,
    /// 发文机关标志, the red words at the top, e.g. 示例县卫生健康委员会文件.
    pub masthead: String,
    /// 发文字号; [`Manuscript::blank_number`] while it has none.
    pub number: String,
    /// 签发人, only on texts that go to a higher organ; empty is a blank to be filled in by hand.
    pub signer: Option<String>,
    /// Broken into lines by meaning, with line feeds.
    pub title: String,
    /// 主送机关, with or without its colon.
    pub addressee: Option<String>,
    pub blocks: Vec<Block<'a>>,
    /// 附件说明: names of what is attached, without numbers.
    pub attachments: Vec<String>,
    /// 署名; a line for each organ.
    pub signature: String,
    /// 成文日期; blank until the text is signed.
    pub signed_on: Option<NaiveDate>,
    /// 附注, with or without brackets, e.g. 此件公开发布.
    pub notes: Vec<String>,
    /// 抄送.
    pub copies: Vec<String>,
    pub imprint: Option<Imprint>,
    /// Forms that are filled in by hand, each on a page of its own behind the text, e.g. 送达回证.
    pub forms: Vec<Form>,
}

/// Kinds of official texts, which differ in what surrounds the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ManuscriptKind {
    /// 通报: the ordinary form, with red masthead, number and red rule.
    Bulletin,
    /// 信函: the organ's name over a red double rule, another one at the foot of the first page, no page number on it.
    Letter,
}

/// A form of labels and blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub title: String,
    /// A label and what is known already; the rest is written by hand.
    pub rows: Vec<(String, String)>,
    /// Lines under the form.
    pub notes: Vec<String>,
}

/// The last line of 版记.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint {
    /// 印发机关.
    pub office: String,
    /// 印发日期; blank until it is printed.
    pub printed_on: Option<NaiveDate>,
}

/// A part of the text proper.
#[derive(Debug)]
pub enum Block<'a> {
    /// A heading on a line of its own, with its numeral, e.g. 一、总体情况.
    Heading {
        level: HeadingLevel,
        text: String,
    },
    Paragraph(String),
    /// A paragraph whose first sentence is its heading: （一）压实责任。各单位要……
    RunIn {
        level: HeadingLevel,
        heading: String,
        text: String,
    },
    Table(Table<'a>),
}

/// The three levels of headings that have looks of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HeadingLevel {
    /// 一、
    First,
    /// （一）
    Second,
    /// 1.
    Third,
}

/// A table within the text.
#[derive(Debug)]
pub struct Table<'a> {
    /// Above the table, centred; may be empty.
    pub caption: String,
    /// Left and right end of the line under the caption, e.g. 单位：家; may be empty.
    pub left: String,
    pub right: String,
    pub columns: Vec<Column>,
    pub body: Body<'a>,
    /// Lines under the table.
    pub notes: Vec<String>,
}

impl Manuscript<'_> {
    /// A number still to be given: `×卫健发〔　　〕　号`, blank also before the bracket if the 机关代字 is not known.
    pub fn blank_number(agency_words: Option<&str>) -> String {
        format!("{}〔　　〕　号", agency_words.unwrap_or("　　　"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_not_yet_given_shows_its_blanks() {
        assert_eq!(Manuscript::blank_number(Some("×卫健发")), "×卫健发〔　　〕　号");
        assert_eq!(Manuscript::blank_number(None), "　　　〔　　〕　号");
    }
}
