//! The hidden sheet of a form that was sent out: for whom, when, and what its rows said then; and the words of its visible head.
//!
//! Whether it is trusted is for `answer` to say, which cell was changed since for `ledger`.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::digest::hex;
use crate::digest::sha256;
use crate::records::grid::Grid;
use crate::tables::Sheet;
use crate::tables::Value;
use crate::vocabulary::Field;

/// The sheet that is filled in.
pub const TABLE_SHEET: &str = "台账";
/// The sheet that says which form it is.
pub const ISSUE_SHEET: &str = "填报表标记";
/// Sheets of a form beside its 台账 and its tables of counts.
pub const FORM_SHEETS: [&str; 4] = ["填表说明", "联系人回执", "选项", ISSUE_SHEET];
/// What the form says before the cells that are there to be ticked.
pub const NO_CHANGE: &str = "本期无变化";
pub const ZERO_REPORT: &str = "零报告";
/// What stands as a number in rows for new hazards, before 1, 2, 3 …
pub const NEW_ROW: &str = "新";

const HEAD: [&str; 4] = ["专项", "单位编码", "发出日期", "校验"];

/// A form as it was sent out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Code of the campaign.
    pub campaign: String,
    /// Code of the unit; empty on a form for anybody.
    pub unit: String,
    pub on: NaiveDate,
    /// 编号, and the texts of the other columns as the ledger had them.
    pub rows: BTreeMap<String, Vec<(Field, String)>>,
}

/// A form that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    pub issue: Issue,
    /// Why it is not trusted, if it is not.
    pub fault: Option<IssueFault>,
    /// 编号 that were sent out and are on no row any more.
    pub gone: Vec<String>,
    /// Whether 本期无变化 is ticked.
    pub says_no_change: bool,
}

/// Why the hidden sheet of a form is not trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IssueFault {
    /// It is a form of another campaign.
    OtherCampaign,
    /// Another unit is named in it than the one it was sent to.
    OtherUnit { named: String },
    /// It does not say any more what was sent out.
    Altered,
}

impl Issue {
    /// Gives the rows of the hidden sheet.
    pub fn sheet_rows(&self) -> Vec<Vec<String>> {
        let fields: BTreeSet<Field> = self.rows.values().flatten().map(|(field, _)| *field).collect();
        let mut rows = vec![HEAD.map(str::to_owned).to_vec()];
        rows.push(vec![self.campaign.clone(), self.unit.clone(), self.on.to_string(), self.check()]);
        rows.push([Field::Id].iter().chain(&fields).map(|field| field.key().to_owned()).collect());
        rows.extend(self.rows.iter().map(|(id, texts)| {
            let text = |field: &Field| texts.iter().find(|(known, _)| known == field).map_or_else(String::new, |(_, text)| text.clone());
            std::iter::once(id.clone()).chain(fields.iter().map(text)).collect()
        }));
        rows
    }

    /// Reads the hidden sheet; `None` where it is none. The check may differ.
    fn read(sheet: &Sheet) -> Option<(Issue, String)> {
        let grid = Grid::new(sheet);
        let texts = |index: usize| -> Vec<(u32, String)> {
            grid.cells(index).iter().map(|cell| (u32::from(cell.column), grid.text(*cell).text.into_owned())).collect()
        };
        let at_row = |row: u32| grid.rows().iter().take(3).position(|known| known.number == row).map(texts).unwrap_or_default();
        let said = at_row(2);
        let at = |column: u32| said.iter().find(|(known, _)| *known == column).map_or_else(String::new, |(_, text)| text.clone());
        let on = at(3).parse().ok()?;
        let keys = at_row(3).into_iter().take(Field::ALL.len());
        let fields: Vec<(u32, Field)> = keys.filter_map(|(column, key)| Some((column, Field::from_key(&key)?))).collect();
        let mut rows = BTreeMap::new();
        for (index, _) in grid.rows().iter().enumerate().filter(|(_, row)| row.number > 3) {
            let (mut id, mut texts_of) = (String::new(), Vec::new());
            for (column, text) in texts(index).into_iter().filter(|(_, text)| !text.is_empty()) {
                match fields.iter().find(|(known, _)| *known == column) {
                    Some((_, Field::Id)) => id = text,
                    Some((_, field)) => texts_of.push((*field, text)),
                    None => {}
                }
            }
            rows.insert(id, texts_of);
        }
        Some((Issue { campaign: at(1), unit: at(2), on, rows }, at(4)))
    }

    /// A fingerprint of all that was sent out.
    fn check(&self) -> String {
        let mut text = format!("{}\n{}\n{}\n", self.campaign, self.unit, self.on);
        for (id, texts) in &self.rows {
            text.push_str(id);
            let mut said: Vec<String> =
                texts.iter().filter(|(_, text)| !text.is_empty()).map(|(field, text)| format!("\t{}\t{text}", field.key())).collect();
            said.sort();
            text.push_str(&said.concat());
            text.push('\n');
        }
        hex(&sha256(text.as_bytes())[..8])
    }
}

/// Reads which form a workbook is; `None` where it is none of ours.
pub fn find_issue(sheets: &[Sheet]) -> Option<(Issue, bool)> {
    let (issue, check) = sheets.iter().find(|sheet| sheet.name.as_ref() == ISSUE_SHEET).and_then(Issue::read)?;
    let holds = issue.check() == check;
    Some((issue, holds))
}

/// Whether a text is the number of a row for a new hazard: 新1, 新 2.
pub fn is_new_row(text: &str) -> bool {
    let digits = text.trim().strip_prefix(NEW_ROW).map(str::trim_start);
    digits.is_some_and(|digits| (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Takes the numbers of rows for new hazards out of a sheet: they say nothing, and a row with nothing else is blank.
pub fn forget_new_rows(sheet: &mut Sheet) {
    let is_new = |sheet: &Sheet, row: usize| {
        let first = sheet.cells_of(sheet.rows[row]).first().copied()?;
        match sheet.value(first) {
            Value::Text(text) if first.column == 1 && is_new_row(text) => Some(()),
            _ => None,
        }
    };
    for row in (0..sheet.rows.len()).rev() {
        if is_new(sheet, row).is_some() {
            let row = &mut sheet.rows[row];
            row.first += 1;
            row.count -= 1;
        }
    }
    sheet.rows.retain(|row| row.count > 0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_new_rows() {
        for (text, expected) in [("新1", true), ("新 12", true), ("新", false), ("新1号楼", false), ("新1234", false), ("1", false)]
        {
            assert_eq!(is_new_row(text), expected, "{text}");
        }
    }

    #[test]
    fn what_was_sent_out_comes_back_and_changes_show() {
        let on = NaiveDate::from_ymd_opt(2023, 6, 16).expect("a day");
        let texts = vec![(Field::Description, "应急灯不亮".to_owned()), (Field::Deadline, "2023-06-20".to_owned())];
        let issue = Issue { campaign: "qs-2023".into(), unit: "Q03".into(), on, rows: BTreeMap::from([("qs-2023-Q03-001".into(), texts)]) };
        for (change, holds) in [("", true), ("应急灯不亮", false)] {
            let mut sheet = Sheet::new(ISSUE_SHEET);
            for (index, row) in issue.sheet_rows().iter().enumerate() {
                let text = |text: &String| if !change.is_empty() && text == change { "应急灯正常".to_owned() } else { text.clone() };
                let cells: Vec<_> = row.iter().enumerate().map(|(column, said)| sheet.push_text(column as u16 + 1, &text(said))).collect();
                sheet.push_row(index as u32 + 1, false, &cells);
            }
            let (read, check) = find_issue(&[sheet]).expect("a form");
            assert_eq!((read == issue, check), (holds, holds), "{change}");
        }
    }
}
