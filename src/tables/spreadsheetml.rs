//! SpreadsheetML 2003, Excel's XML of old, often named `.xls`.
//!
//! One streaming pass; places are counted as the format says (`ss:Index`), merges are given as
//! widths. Dates are written in ISO 8601; the date system matters for numbers that are shown as dates.

use std::collections::BTreeMap;

use chrono::Datelike;
use chrono::Timelike;

use crate::tables::builder::Allowance;
use crate::tables::builder::SheetBuilder;
use crate::tables::formula;
use crate::tables::limits;
use crate::tables::number_format;
use crate::tables::number_format::CellStyle;
use crate::tables::number_format::NumberClass;
use crate::tables::serial;
use crate::tables::workbook::Cell;
use crate::tables::workbook::Format;
use crate::tables::workbook::MergedArea;
use crate::tables::workbook::Sheet;
use crate::tables::workbook::Unreadable;
use crate::tables::workbook::Visibility;
use crate::tables::workbook::Workbook;
use crate::tables::workbook::WorkbookNote;
use crate::tables::xml;
use crate::tables::xml::Attributes;
use crate::tables::xml::Scanner;
use crate::tables::xml::Token;

const PART: &str = "SpreadsheetML";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Collecting {
    Nothing,
    Value,
    Comment,
    Visible,
}

#[derive(Default)]
struct OpenCell {
    style: CellStyle,
    kind: Vec<u8>,
    text: String,
    comment: String,
    in_comment: bool,
    formula: bool,
}

struct Reader {
    styles: BTreeMap<String, CellStyle>,
    date_1904: bool,
    style: String,
    sheets: Vec<Sheet>,
    builder: Option<SheetBuilder>,
    allowance: Allowance,
    row: u32,
    column: u32,
    next_column: u32,
    column_definitions: u32,
    cell: OpenCell,
    visibility: String,
}

/// Reads the document.
///
/// # Errors
/// Cut off, broken, beyond the limits, or with cells outside of the sheet.
pub fn read(bytes: &[u8]) -> Result<Workbook, Unreadable> {
    if bytes.len() as u64 > limits::STRANGERS.text_file {
        return Err(Unreadable::too_large(format!("文本文件超过 {} MB", limits::STRANGERS.text_file >> 20)));
    }
    let mut scanner = Scanner::new(bytes, PART);
    let mut reader = Reader {
        styles: BTreeMap::new(),
        date_1904: false,
        style: String::new(),
        sheets: Vec::new(),
        builder: None,
        allowance: Allowance::new(&limits::STRANGERS),
        row: 0,
        column: 0,
        next_column: 1,
        column_definitions: 0,
        cell: OpenCell::default(),
        visibility: String::new(),
    };
    let mut collecting = Collecting::Nothing;
    loop {
        match scanner.next()? {
            Token::Open { name, attributes, empty } => {
                collecting = reader.open(name, attributes, collecting)?;
                if empty {
                    collecting = reader.close(name, collecting)?;
                }
            }
            Token::Close { name } => collecting = reader.close(name, collecting)?,
            Token::Text(raw) => {
                if let Some(target) = reader.target(collecting) {
                    xml::append(raw, target).map_err(|bad| bad.within(PART))?;
                }
                reader.check_length()?;
            }
            Token::Literal(raw) => {
                if let Some(target) = reader.target(collecting) {
                    target.push_str(std::str::from_utf8(raw).map_err(|_| xml::BadText.within(PART))?);
                }
                reader.check_length()?;
            }
            Token::End => break,
        }
    }
    let notes = if reader.date_1904 { vec![WorkbookNote::Date1904] } else { Vec::new() };
    Ok(Workbook { format: Format::SpreadsheetMl, encoding: None, sheets: reader.sheets, notes })
}

impl Reader {
    fn target(&mut self, collecting: Collecting) -> Option<&mut String> {
        match collecting {
            Collecting::Nothing => None,
            Collecting::Value => Some(&mut self.cell.text),
            Collecting::Comment => Some(&mut self.cell.comment),
            Collecting::Visible => Some(&mut self.visibility),
        }
    }

    fn check_length(&self) -> Result<(), Unreadable> {
        if self.cell.text.len().max(self.cell.comment.len()).max(self.visibility.len()) > limits::CELL_BYTES {
            return Err(Unreadable::too_large(format!("一个单元格的文字超过 {} KB", limits::CELL_BYTES >> 10)));
        }
        Ok(())
    }

    fn open(&mut self, name: &[u8], attributes: Attributes<'_>, collecting: Collecting) -> Result<Collecting, Unreadable> {
        match name {
            b"Style" => {
                self.style = attributes.text("ID").unwrap_or_default();
                if self.styles.len() >= limits::STYLES {
                    return Err(Unreadable::too_large(format!("单元格样式超过 {} 个", limits::STYLES)));
                }
                self.styles.insert(self.style.clone(), CellStyle::default());
            }
            b"NumberFormat" | b"Font" | b"Interior" if self.builder.is_none() => self.take_style(name, attributes),
            b"Worksheet" => {
                if self.sheets.len() >= limits::SHEETS {
                    return Err(Unreadable::too_large(format!("工作表超过 {} 张", limits::SHEETS)));
                }
                let sheet = Sheet::new(attributes.text("Name").unwrap_or_default());
                self.builder = Some(SheetBuilder::new(sheet, self.allowance));
                (self.row, self.next_column, self.column_definitions) = (0, 1, 0);
            }
            b"Column" => self.take_column(attributes),
            b"Date1904" => self.date_1904 = true,
            b"Row" => self.start_row(attributes)?,
            b"Cell" => self.start_cell(attributes)?,
            b"Comment" => self.cell.in_comment = true,
            b"Data" if self.cell.in_comment => return Ok(Collecting::Comment),
            b"Data" => {
                self.cell.kind = attributes.get("Type").unwrap_or_default().to_vec();
                return Ok(Collecting::Value);
            }
            b"S" if collecting == Collecting::Value => self.cell.style.flags |= Cell::STRUCK,
            b"AutoFilter" => {
                if let Some(builder) = &mut self.builder {
                    builder.sheet_mut().filtered = true;
                }
            }
            b"Visible" => {
                self.visibility.clear();
                return Ok(Collecting::Visible);
            }
            _ => {}
        }
        Ok(collecting)
    }

    fn close(&mut self, name: &[u8], collecting: Collecting) -> Result<Collecting, Unreadable> {
        match name {
            b"Data" => return Ok(Collecting::Nothing),
            b"Comment" => self.cell.in_comment = false,
            b"Cell" => self.end_cell()?,
            b"Visible" => {
                if let Some(builder) = &mut self.builder {
                    builder.sheet_mut().visibility = match self.visibility.trim() {
                        "SheetHidden" => Visibility::Hidden,
                        "SheetVeryHidden" => Visibility::VeryHidden,
                        _ => Visibility::Visible,
                    };
                }
                return Ok(Collecting::Nothing);
            }
            b"Worksheet" => {
                if let Some(builder) = self.builder.take() {
                    let (sheet, left) = builder.finish();
                    self.allowance = left;
                    self.sheets.push(sheet);
                }
            }
            _ => {}
        }
        Ok(collecting)
    }

    fn take_style(&mut self, name: &[u8], attributes: Attributes<'_>) {
        let Some(style) = self.styles.get_mut(&self.style) else { return };
        match name {
            b"NumberFormat" => {
                style.class = match attributes.text("Format").as_deref() {
                    Some("Percent") => NumberClass::Percent,
                    Some("General Date" | "Long Date" | "Medium Date" | "Short Date") => NumberClass::Date,
                    Some("Long Time" | "Medium Time" | "Short Time") => NumberClass::Time,
                    Some("General" | "General Number" | "Currency" | "Euro Currency" | "Fixed" | "Standard" | "Scientific") | None => {
                        NumberClass::Plain
                    }
                    Some(code) => number_format::of_code(code),
                }
            }
            b"Font" if attributes.flag("StrikeThrough") => style.flags |= Cell::STRUCK,
            b"Interior" => {
                let white = attributes.get("Color").is_none_or(|colour| colour.eq_ignore_ascii_case(b"#FFFFFF"));
                if !white && attributes.get("Pattern").is_some_and(|pattern| pattern != b"None") {
                    style.flags |= Cell::FILLED;
                }
            }
            _ => {}
        }
    }

    fn outside(&self, what: &str, number: u32) -> Unreadable {
        let name = self.sheets.len() + 1;
        Unreadable::damaged(format!("第 {name} 张工作表的{what} {number} 不在工作表范围内"))
    }

    fn take_column(&mut self, attributes: Attributes<'_>) {
        let first: u32 = attributes.number("Index").unwrap_or(self.column_definitions.saturating_add(1));
        let last = first.saturating_add(attributes.number("Span").unwrap_or(0));
        self.column_definitions = last;
        if !attributes.flag("Hidden") || first == 0 || first > limits::COLUMNS {
            return;
        }
        if let Some(builder) = &mut self.builder {
            let columns = &mut builder.sheet_mut().hidden_columns;
            if columns.len() < limits::COLUMNS as usize {
                columns.push((first, last.min(limits::COLUMNS)));
            }
        }
    }

    fn start_row(&mut self, attributes: Attributes<'_>) -> Result<(), Unreadable> {
        self.row = attributes.number("Index").unwrap_or(self.row + 1);
        if !(1..=limits::ROWS).contains(&self.row) {
            return Err(self.outside("行号", self.row));
        }
        self.next_column = 1;
        if let Some(builder) = &mut self.builder {
            builder.start_row(self.row, attributes.flag("Hidden"));
        }
        // A definition that spans rows stands for blank ones.
        self.row = self.row.saturating_add(attributes.number("Span").unwrap_or(0)).min(limits::ROWS);
        Ok(())
    }

    fn start_cell(&mut self, attributes: Attributes<'_>) -> Result<(), Unreadable> {
        self.column = attributes.number("Index").unwrap_or(self.next_column);
        if !(1..=limits::COLUMNS).contains(&self.column) {
            return Err(self.outside("列号", self.column));
        }
        let style = attributes.text("StyleID").and_then(|id| self.styles.get(&id).cloned()).unwrap_or_default();
        let formula = attributes.text("Formula");
        let mut style = style;
        if formula.as_deref().is_some_and(formula::moves) {
            style.flags |= Cell::MOVING;
        }
        self.cell = OpenCell { style, formula: formula.is_some(), ..OpenCell::default() };
        let across: u32 = attributes.number("MergeAcross").unwrap_or(0);
        let down: u32 = attributes.number("MergeDown").unwrap_or(0);
        self.next_column = self.column.saturating_add(across).saturating_add(1);
        let Some(builder) = &mut self.builder else { return Ok(()) };
        let first_row = builder.row_number().max(1);
        builder.put_merge(MergedArea {
            first_row,
            first_column: self.column,
            last_row: first_row.saturating_add(down).min(limits::ROWS),
            last_column: self.column.saturating_add(across).min(limits::COLUMNS),
        })
    }

    fn end_cell(&mut self) -> Result<(), Unreadable> {
        let cell = std::mem::take(&mut self.cell);
        let Some(builder) = &mut self.builder else { return Ok(()) };
        let column = self.column as u16;
        let said = cell.comment.trim();
        if !said.is_empty() {
            builder.put_comment(builder.row_number().max(1), self.column, said.to_owned())?;
        }
        if cell.text.is_empty() {
            if cell.formula && cell.kind != b"String" {
                builder.put(Cell::text(column, 0, 0).with(cell.style.flags | Cell::FORMULA_WITHOUT_RESULT))?;
            }
            return Ok(());
        }
        let flags = cell.style.flags;
        match cell.kind.as_slice() {
            b"Number" => match cell.text.trim().parse::<f64>() {
                Ok(value) => serial::put_number(builder, column, value, &cell.style, self.date_1904),
                Err(_) => builder.put_text(column, &cell.text, flags),
            },
            b"DateTime" => match serial::iso_moment(&cell.text) {
                // A time of day alone is written as one on the last day of 1899.
                Some(moment) if moment.year() < 1900 => {
                    let share = f64::from(moment.num_seconds_from_midnight()) / 86_400.0;
                    builder.put_text(column, &serial::clock(share).unwrap_or_default(), flags)
                }
                Some(moment) => builder.put(Cell::date_time(column, moment).with(flags | serial::coarseness(&cell.style.class))),
                None => builder.put_text(column, &cell.text, flags),
            },
            b"Boolean" => builder.put(Cell::boolean(column, cell.text.trim() == "1").with(flags)),
            b"Error" => builder.put_error(column, cell.text.trim(), flags),
            _ => builder.put_text(column, &cell.text, flags),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_table(table: &str) -> Result<Workbook, Unreadable> {
        let document = format!(
            r##"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
            <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
            <Styles><Style ss:ID="p"><NumberFormat ss:Format="0%"/></Style>
            <Style ss:ID="x"><Font ss:StrikeThrough="1"/><Interior ss:Color="#FF0000" ss:Pattern="Solid"/></Style></Styles>
            <Worksheet ss:Name="台账"><Table>{table}</Table>
            <WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>"##
        );
        read(document.as_bytes())
    }

    /// Writes the cells as `A1=value`.
    fn check(table: &str, expected: &str) {
        let workbook = read_table(table).expect("readable");
        let sheet = &workbook.sheets[0];
        let mut seen = Vec::new();
        for &row in &sheet.rows {
            for &cell in sheet.cells_of(row) {
                let place = crate::source::cell_name(row.number, u32::from(cell.column));
                seen.push(format!("{}{place}={:?}", if row.hidden { "-" } else { "" }, sheet.value(cell)));
            }
        }
        assert_eq!(seen.join(" "), expected, "{table}");
        assert_eq!(sheet.visibility, Visibility::Hidden);
    }

    #[test]
    fn cells_stand_where_the_format_counts_them() {
        check(
            r#"<Row ss:Index="3"><Cell ss:MergeAcross="1"><Data ss:Type="String">甲</Data></Cell><Cell><Data ss:Type="Number">2.5</Data></Cell></Row>
            <Row ss:Hidden="1"><Cell ss:Index="4"><Data ss:Type="Boolean">1</Data></Cell></Row>"#,
            r#"A3=Text("甲") C3=Number(2.5) -D4=Boolean(true)"#,
        );
        check(
            r#"<Row><Cell><Data ss:Type="DateTime">2023-05-22T00:00:00.000</Data></Cell><Cell><Data ss:Type="DateTime">1899-12-31T15:30:00.000</Data></Cell>
            <Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>粗</B>细</ss:Data></Cell></Row>"#,
            r##"A1=DateTime(2023-05-22T00:00:00) B1=Text("15:30") C1=Error("#N/A") D1=Text("粗细")"##,
        );
    }

    #[test]
    fn merges_styles_and_comments_are_taken() {
        let workbook = read_table(
            r#"<Column ss:Index="2" ss:Hidden="1" ss:Span="1"/><Row><Cell ss:MergeDown="2" ss:StyleID="x"><Data ss:Type="String">a</Data>
            <Comment><ss:Data>注</ss:Data></Comment></Cell><Cell ss:StyleID="p"><Data ss:Type="Number">0.5</Data></Cell></Row>"#,
        )
        .expect("readable");
        let sheet = &workbook.sheets[0];
        assert_eq!(sheet.merges, [MergedArea { first_row: 1, first_column: 1, last_row: 3, last_column: 1 }]);
        assert_eq!(sheet.hidden_columns, [(2, 3)]);
        assert_eq!(sheet.comments, [(1, 1, "注".to_owned())]);
        assert!(sheet.cells[0].has(Cell::STRUCK) && sheet.cells[0].has(Cell::FILLED) && sheet.cells[1].is_percent());
    }

    #[test]
    fn places_outside_of_the_sheet_are_refused() {
        assert!(read_table(r#"<Row ss:Index="0"/>"#).is_err());
        assert!(read_table(r#"<Row ss:Index="1048577"/>"#).is_err());
        assert!(read_table(r#"<Row><Cell ss:Index="16385"/></Row>"#).is_err());
    }
}
