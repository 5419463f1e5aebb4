//! Personal data on papers: who reads a paper decides what stands in it, and a finished one is looked over before it is written.
//!
//! Telephone numbers keep their first and last digits, identity numbers their first four. The bureau's own files (ledger, history,
//! findings) are not touched: there the clerk works with the numbers. Refuses to know any format of files.

pub mod identities;
pub mod leaks;
pub mod phones;

use std::borrow::Cow;

use crate::campaign::Campaign;
use crate::documents::Block;
use crate::documents::Body;
use crate::documents::Cell;
use crate::documents::Document;
use crate::documents::Manuscript;
use crate::documents::Row;
use crate::documents::Sheet;

/// Who reads a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The office that keeps the ledger.
    Bureau,
    /// Lists that go round among units and offices, and are signed.
    Unit,
    /// Statistics, bulletins and pages that anybody may get to see.
    Public,
}

/// What is hidden on one paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cover {
    pub phones: bool,
    pub identities: bool,
}

impl Cover {
    /// Hides nothing.
    pub const NONE: Cover = Cover { phones: false, identities: false };
    /// Hides everything, whatever the campaign says of its lists.
    pub const PUBLIC: Cover = Cover { phones: true, identities: true };

    /// Tells what is hidden from an audience. `full_phones` is what the clerk asked for this once; the campaign's `phones` speaks of the
    /// lists, never of what is public.
    pub fn new(audience: Audience, campaign: &Campaign, full_phones: bool) -> Cover {
        match audience {
            Audience::Bureau => Cover::NONE,
            Audience::Unit => Cover { phones: campaign.lists.phones_masked && !full_phones, identities: true },
            Audience::Public => Cover::PUBLIC,
        }
    }

    /// The text as it may be shown.
    pub fn text<'t>(self, text: &'t str, is_phone: bool) -> Cow<'t, str> {
        let without_identities = if self.identities { identities::masked(text) } else { Cow::Borrowed(text) };
        let phones: fn(&str) -> Cow<'_, str> = if is_phone { phones::masked_phone } else { phones::masked };
        let shown = match without_identities {
            text if !self.phones => text,
            Cow::Borrowed(text) => phones(text),
            Cow::Owned(text) => Cow::Owned(phones(&text).into_owned()),
        };
        // A spelling that nobody thought of costs this text its digits, never the whole paper.
        match leaks::of_text(&shown, self, "") {
            Some(_) => Cow::Owned(shown.chars().map(|character| if character.is_numeric() { '*' } else { character }).collect()),
            None => shown,
        }
    }

    /// The cell of a text, as it may be shown.
    pub fn cell(self, text: &str, is_phone: bool) -> Cell<'_> {
        if text.is_empty() { Cell::Empty } else { Cell::Text(self.text(text, is_phone)) }
    }

    /// The same document with every text of its tables as it may be shown.
    pub fn document<'d>(self, document: &'d Document<'_>) -> Document<'d> {
        let sheets = document.sheets.iter().map(|sheet| self.sheet(sheet)).collect();
        Document { title: document.title.clone(), issuer: document.issuer.clone(), sheets }
    }

    /// The same text with its tables as they may be shown; its sentences are the bureau's own.
    pub fn tables_of(self, manuscript: &mut Manuscript<'_>) {
        for block in &mut manuscript.blocks {
            let Block::Table(table) = block else { continue };
            let are_phones: Vec<Option<bool>> = table.columns.iter().map(|column| kind_of(&column.title)).collect();
            let mut rows = Vec::with_capacity(table.body.len());
            let shown: Result<(), ()> = table.body.each(|_, made| {
                let mut row = Row::default();
                self.row(made, &are_phones, &mut row);
                rows.push(row);
                Ok(())
            });
            // Nothing in it fails.
            let _ = shown;
            table.body = Body::Rows(rows);
        }
    }

    fn sheet<'d>(self, sheet: &'d Sheet<'_>) -> Sheet<'d> {
        let are_phones: Vec<Option<bool>> = sheet.columns.iter().map(|column| kind_of(&column.title)).collect();
        let body = Body::made(sheet.body.len(), move |index, row| {
            let shown: Result<(), ()> = sheet.body.each_of(index..index + 1, |_, made| {
                self.row(made, &are_phones, row);
                Ok(())
            });
            // Nothing in it fails.
            let _ = shown;
        });
        let Sheet { name, hidden, look, columns, .. } = sheet;
        Sheet { name: name.clone(), hidden: *hidden, look: look.clone(), columns: columns.clone(), body }
    }

    fn row(self, made: &Row<'_>, are_phones: &[Option<bool>], row: &mut Row<'_>) {
        (row.kind, row.mark) = (made.kind, made.mark);
        for (place, cell) in made.cells.iter().enumerate() {
            let is_phone = are_phones.get(place).copied().unwrap_or(Some(false));
            let covered = |text: &str| Cow::Owned(is_phone.map_or(text.into(), |is_phone| self.text(text, is_phone)).into_owned());
            row.cells.push(match cell {
                Cell::Text(text) => Cell::Text(covered(text)),
                Cell::Link { text, sheet, row } => Cell::Link { text: covered(text), sheet: *sheet, row: *row },
                Cell::Empty => Cell::Empty,
                Cell::Integer(number) => Cell::Integer(*number),
                Cell::Decimal(number) => Cell::Decimal(*number),
                Cell::Rate(rate) => Cell::Rate(*rate),
                Cell::Date(date) => Cell::Date(*date),
            });
        }
    }
}

/// Whether a column of this title holds telephone numbers; `None` for our own numbers of hazards, which must come back as they went.
fn kind_of(title: &str) -> Option<bool> {
    (title != "编号").then(|| ["电话", "手机", "联系方式"].iter().any(|word| title.contains(word)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::documents::Column;
    use crate::documents::ColumnKind;
    use crate::documents::Look;

    #[test]
    fn every_text_of_a_table_is_covered_and_nothing_else_changes() {
        let columns = vec![Column::new("隐患描述", ColumnKind::Prose, 9), Column::new("值班电话", ColumnKind::Code, 9)];
        let link = Cell::Link { text: "张三13800001001".into(), sheet: 0, row: 3 };
        let rows = vec![
            Row::group("李四138·0000·1002"),
            Row::entry(vec![
                Cell::text(Some("身份证999999199001010000")),
                Cell::text(Some("04771234567")),
                link,
                Cell::Integer(13_800_001_001),
            ]),
        ];
        let sheet = Sheet { name: "表".to_owned(), hidden: true, look: Look::Plain, columns, body: Body::Rows(rows) };
        let document = Document { title: "题".to_owned(), issuer: String::new(), sheets: vec![sheet] };
        let shown = |document: &Document<'_>| {
            let mut shown = Vec::new();
            let all: Result<(), ()> = document.sheets[0].body.each(|_, row| {
                shown.extend(row.cells.iter().map(|cell| cell.shown().into_owned()));
                Ok(())
            });
            assert_eq!(all, Ok(()));
            shown
        };
        let covered = Cover::PUBLIC.document(&document);
        assert_eq!(shown(&covered), ["李四138·****·1002", "身份证9999**************", "0477****567", "张三138****1001", "13800001001"]);
        assert!(covered.sheets[0].hidden && covered.sheets[0].columns.len() == 2);
        assert_eq!(shown(&Cover::NONE.document(&document)), shown(&document));
    }

    #[test]
    fn spellings_that_nobody_thought_of_are_hidden_whole() {
        for (text, expected) in
            [("①3800001001", "***********"), ("张三138|0000|1001", "张三***|****|****"), ("2楼：138:0000:1001", "*楼：***:****:****")]
        {
            assert_eq!(Cover::PUBLIC.text(text, false), expected);
            assert_eq!(Cover::NONE.text(text, false), text);
        }
    }

    proptest! {
        #[test]
        fn no_text_of_a_stranger_keeps_a_paper_from_being_written(
            text in "(甲|[|:;=#①１1388000019x*—-]|138|0000|1001|999999|19900101|000X){0,14}",
            is_phone: bool,
        ) {
            assert_eq!(leaks::of_text(&Cover::PUBLIC.text(&text, is_phone), Cover::PUBLIC, ""), None);
        }
    }
}
