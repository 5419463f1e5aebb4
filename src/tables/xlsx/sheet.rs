//! One worksheet part of an XLSX file in one pass: cells, hidden rows and columns, merges, filter.
//!
//! The XML is never held whole. Plain cells go through `fast_cell`, everything else token by token;
//! both end in the same place. The part is read to its end, so that its checksum counts. Knows what
//! a style makes of a number only through `CellStyle`.

use std::io::Read;

use crate::source;
use crate::tables::builder::Allowance;
use crate::tables::builder::SheetBuilder;
use crate::tables::builder::is_blank;
use crate::tables::formula::Moving;
use crate::tables::limits;
use crate::tables::number_format::CellStyle;
use crate::tables::reference;
use crate::tables::serial;
use crate::tables::shared_strings::SharedPlaces;
use crate::tables::shared_strings::SharedStrings;
use crate::tables::workbook::Cell;
use crate::tables::workbook::Sheet;
use crate::tables::workbook::Unreadable;
use crate::tables::xlsx::escapes;
use crate::tables::xlsx::fast_cell;
use crate::tables::xlsx::fast_cell::Kind;
use crate::tables::xlsx::styles;
use crate::tables::xml;
use crate::tables::xml::Attributes;
use crate::tables::xml::Scanner;
use crate::tables::xml::Token;

/// What the sheets of a workbook share.
pub struct Context<'a> {
    pub styles: &'a [CellStyle],
    /// `None` when the file has no shared strings.
    pub shared: Option<&'a SharedStrings>,
    pub date_1904: bool,
}

/// A sheet's cells, and how many pictures stand in cells instead of a value.
pub struct Reading {
    pub builder: SheetBuilder,
    pub cell_pictures: u32,
}

/// What a cell holds, as it was met.
#[derive(Clone, Copy)]
enum Content<'a> {
    /// With entities still in it.
    Raw(&'a [u8]),
    Decoded(&'a str),
}

/// A cell on the general path, from its start tag to its end tag.
struct OpenCell {
    place: (u32, u16),
    style: u32,
    kind: Kind,
    struck: bool,
    /// The formula as it is written, empty for one that is shared from elsewhere.
    formula: Option<String>,
    shared_formula: Option<u32>,
    value: bool,
    rich_value: bool,
}

struct SheetReader<'a> {
    builder: SheetBuilder,
    places: Option<SharedPlaces<'a>>,
    context: &'a Context<'a>,
    name: String,
    row: u32,
    column: u16,
    cell_pictures: u32,
    moving: Moving,
}

/// Reads a worksheet part into `sheet`.
///
/// # Errors
/// Cut off, broken, beyond the limits, or with a reference outside of the sheet.
pub fn read(reader: impl Read, sheet: Sheet, allowance: Allowance, context: &Context<'_>) -> Result<Reading, Unreadable> {
    let name = format!("工作表“{}”", source::shortened(&sheet.name, 60));
    let mut scanner = Scanner::new(reader, &name);
    let mut sheet_reader = SheetReader {
        builder: SheetBuilder::new(sheet, allowance),
        places: context.shared.map(SharedPlaces::new),
        context,
        name,
        row: 0,
        column: 0,
        cell_pictures: 0,
        moving: Moving::default(),
    };
    sheet_reader.run(&mut scanner)?;
    Ok(Reading { builder: sheet_reader.builder, cell_pictures: sheet_reader.cell_pictures })
}

impl SheetReader<'_> {
    fn run(&mut self, scanner: &mut Scanner<impl Read>) -> Result<(), Unreadable> {
        let mut in_data = false;
        let mut is_worksheet = false;
        loop {
            while let Some((cell, length)) = fast_cell::read(scanner.window()).filter(|_| in_data) {
                let place = self.place(cell.place)?;
                if !cell.content.is_empty() {
                    self.put(place, cell.style, 0, cell.kind, Content::Raw(cell.content))?;
                }
                scanner.consume(length);
            }
            let depth = scanner.depth();
            match scanner.next()? {
                Token::Open { name, attributes, empty } => match name {
                    b"worksheet" => is_worksheet = true,
                    b"sheetData" => in_data = !empty,
                    b"row" if in_data => self.start_row(attributes)?,
                    b"c" if in_data => {
                        let cell = self.open_cell(attributes)?;
                        if !empty {
                            self.read_cell(scanner, cell)?;
                        }
                    }
                    b"col" => self.put_column(attributes)?,
                    b"mergeCell" => {
                        let reference = attributes.get("ref").unwrap_or_default();
                        let area = reference::area(reference).ok_or_else(|| self.bad_reference("合并区域", reference))?;
                        self.builder.put_merge(area)?;
                    }
                    // Custom views hold filters of their own, deeper down.
                    b"autoFilter" if depth == 1 => self.builder.sheet_mut().filtered = true,
                    _ => {}
                },
                Token::Close { name: b"sheetData" } => in_data = false,
                Token::End if is_worksheet => return Ok(()),
                Token::End => return Err(Unreadable::damaged(format!("{}的部件里没有工作表", self.name))),
                _ => {}
            }
        }
    }

    fn bad_reference(&self, what: &str, reference: &[u8]) -> Unreadable {
        let shown: String = String::from_utf8_lossy(reference).chars().take(40).collect();
        Unreadable::damaged(format!("{}中{what}“{shown}”不在工作表范围内", self.name))
    }

    fn start_row(&mut self, attributes: Attributes<'_>) -> Result<(), Unreadable> {
        self.row += 1;
        let mut hidden = false;
        for (name, value) in attributes {
            match name {
                b"r" => {
                    let row = fast_cell::whole(value).filter(|row| (1..=limits::ROWS as usize).contains(row));
                    self.row = row.ok_or_else(|| self.bad_reference("行号", value))? as u32;
                }
                b"hidden" => hidden |= xml::is_true(value),
                b"ht" => hidden |= fast_cell::decimal(value) == Some(0.0),
                _ => {}
            }
        }
        if self.row > limits::ROWS {
            return Err(self.bad_reference("行号", self.row.to_string().as_bytes()));
        }
        self.column = 0;
        self.builder.start_row(self.row, hidden);
        Ok(())
    }

    /// Where a cell goes: where it says, or right of the one before.
    #[inline]
    fn place(&mut self, stated: Option<(u32, u16)>) -> Result<(u32, u16), Unreadable> {
        let place = match stated {
            Some(place) => place,
            None => (self.row.max(1), self.column + 1),
        };
        if u32::from(place.1) > limits::COLUMNS {
            return Err(self.bad_reference("列号", place.1.to_string().as_bytes()));
        }
        self.column = place.1;
        if place.0 != self.row {
            // A cell that names another row than the one it is written in.
            if self.row > 0 {
                self.builder.note_misplaced(place.0, u32::from(place.1));
            }
            self.row = place.0;
            self.builder.start_row(place.0, false);
        }
        Ok(place)
    }

    fn open_cell(&mut self, attributes: Attributes<'_>) -> Result<OpenCell, Unreadable> {
        let mut stated = None;
        let mut cell = OpenCell {
            place: (0, 0),
            style: 0,
            kind: Kind::Number,
            struck: false,
            formula: None,
            shared_formula: None,
            value: false,
            rich_value: false,
        };
        for (name, value) in attributes {
            match name {
                b"r" => stated = Some(reference::cell(value).ok_or_else(|| self.bad_reference("单元格", value))?),
                b"s" => cell.style = std::str::from_utf8(value).ok().and_then(|text| text.parse().ok()).unwrap_or(0),
                // An unknown kind is shown as the text that stands there.
                b"t" => cell.kind = Kind::of(value).unwrap_or(Kind::Text),
                b"vm" => cell.rich_value = true,
                _ => {}
            }
        }
        cell.place = self.place(stated)?;
        Ok(cell)
    }

    /// The general path: everything up to the cell's end tag.
    fn read_cell(&mut self, scanner: &mut Scanner<impl Read>, mut cell: OpenCell) -> Result<(), Unreadable> {
        let depth = scanner.depth();
        let mut text = String::new();
        let mut collecting = false;
        let mut phonetic = false;
        let mut in_formula = false;
        while scanner.depth() >= depth {
            match scanner.next()? {
                Token::Open { name, attributes, empty } => match name {
                    b"f" => {
                        cell.formula = Some(String::new());
                        cell.shared_formula = attributes.number("si");
                        in_formula = !empty;
                    }
                    b"v" if cell.kind != Kind::Inline => {
                        cell.value |= !empty;
                        collecting = !empty;
                    }
                    b"t" if cell.kind == Kind::Inline => collecting = !empty && !phonetic,
                    b"rPh" => phonetic = !empty,
                    b"strike" => cell.struck |= styles::says_yes(attributes),
                    _ => {}
                },
                Token::Close { name } => match name {
                    b"v" | b"t" => collecting = false,
                    b"f" => in_formula = false,
                    b"rPh" => phonetic = false,
                    _ => {}
                },
                Token::Text(raw) if in_formula => {
                    let formula = cell.formula.get_or_insert_default();
                    xml::append(raw, formula).map_err(|bad| bad.within(&self.name))?;
                }
                Token::Text(raw) if collecting => xml::append(raw, &mut text).map_err(|bad| bad.within(&self.name))?,
                Token::Literal(raw) if collecting => {
                    text.push_str(std::str::from_utf8(raw).map_err(|_| xml::BadText.within(&self.name))?);
                }
                Token::End => return Err(scanner.damaged("文件在单元格中间断了")),
                Token::Text(_) | Token::Literal(_) => {}
            }
            if text.len().max(cell.formula.as_ref().map_or(0, String::len)) > limits::CELL_BYTES {
                return Err(Unreadable::too_large(format!("一个单元格的文字超过 {} KB", limits::CELL_BYTES >> 10)));
            }
        }
        let mut flags = if cell.struck { Cell::STRUCK } else { 0 };
        if let Some(formula) = &cell.formula
            && self.moving.takes(cell.place, formula, cell.shared_formula)
        {
            flags |= Cell::MOVING;
        }
        if cell.formula.is_some() {
            self.builder.touch();
        }
        if text.is_empty() {
            // A formula that gives an empty text has a value, `<v></v>` of kind `str`.
            if cell.formula.is_some() && !(cell.value && cell.kind == Kind::Text) {
                let flags = flags | Cell::FORMULA_WITHOUT_RESULT | self.style(cell.style).flags;
                self.builder.put(Cell::text(cell.place.1, 0, 0).with(flags))?;
            }
            return Ok(());
        }
        if cell.rich_value && cell.kind == Kind::Error && text == "#VALUE!" {
            self.cell_pictures += 1;
        }
        self.put(cell.place, cell.style, flags, cell.kind, Content::Decoded(&text))
    }

    #[inline]
    fn style(&self, index: u32) -> CellStyle {
        self.context.styles.get(index as usize).cloned().unwrap_or_default()
    }

    /// Both paths end here.
    #[inline]
    fn put(&mut self, place: (u32, u16), style: u32, flags: u8, kind: Kind, content: Content<'_>) -> Result<(), Unreadable> {
        let column = place.1;
        self.builder.touch();
        let mut style = self.style(style);
        style.flags |= flags;
        let bytes = match content {
            Content::Raw(bytes) => bytes,
            Content::Decoded(text) => text.as_bytes(),
        };
        match kind {
            Kind::Number => match fast_cell::decimal(bytes) {
                Some(value) => serial::put_number(&mut self.builder, column, value, &style, self.context.date_1904),
                None => self.put_text(column, style.flags, content),
            },
            Kind::Shared => {
                let found = match (&mut self.places, fast_cell::whole(bytes.trim_ascii())) {
                    (Some(places), Some(index)) => places.put(&mut self.builder, column, index, style.flags)?,
                    _ => false,
                };
                if found {
                    return Ok(());
                }
                let cell = source::cell_name(place.0, u32::from(column));
                Err(Unreadable::damaged(format!("{}的 {cell} 指向不存在的共享字符串", self.name)))
            }
            Kind::Text | Kind::Inline => self.put_text(column, style.flags, content),
            Kind::Boolean => match bytes {
                b"1" | b"true" => self.builder.put(Cell::boolean(column, true).with(style.flags)),
                b"0" | b"false" => self.builder.put(Cell::boolean(column, false).with(style.flags)),
                _ => self.put_text(column, style.flags, content),
            },
            Kind::Error => {
                let (start, length) = self.keep(content)?;
                self.builder.put(Cell::error(column, start, length).with(style.flags))
            }
            Kind::Date => match std::str::from_utf8(bytes).ok().and_then(serial::iso_moment) {
                Some(moment) => self.builder.put(Cell::date_time(column, moment).with(style.flags | serial::coarseness(&style.class))),
                None => self.put_text(column, style.flags, content),
            },
        }
    }

    fn keep(&mut self, content: Content<'_>) -> Result<(u32, u32), Unreadable> {
        let name = &self.name;
        self.builder.keep_with(|texts| {
            let start = texts.len();
            match content {
                Content::Raw(raw) => xml::append(raw, texts).map_err(|bad| bad.within(name))?,
                Content::Decoded(text) => texts.push_str(text),
            }
            escapes::decode_from(texts, start);
            Ok(())
        })
    }

    fn put_text(&mut self, column: u16, flags: u8, content: Content<'_>) -> Result<(), Unreadable> {
        let (start, length) = self.keep(content)?;
        let text = self.builder.kept(start, length);
        if is_blank(text) {
            self.builder.forget(start);
            return Ok(());
        }
        if text.starts_with(['#', '=']) {
            self.cell_pictures += u32::from(text.starts_with("=DISPIMG("));
            let text = text.to_owned();
            self.builder.forget(start);
            return self.builder.put_text(column, &text, flags);
        }
        self.builder.put(Cell::text(column, start, length).with(flags))
    }

    fn put_column(&mut self, attributes: Attributes<'_>) -> Result<(), Unreadable> {
        let hidden = attributes.flag("hidden") || attributes.number("width").is_some_and(|width: f64| width == 0.0);
        if !hidden {
            return Ok(());
        }
        let (Some(first), Some(last)) = (attributes.number::<u32>("min"), attributes.number::<u32>("max")) else {
            return Ok(());
        };
        if first == 0 || first > last || first > limits::COLUMNS {
            return Err(self.bad_reference("列范围", format!("{first}–{last}").as_bytes()));
        }
        let columns = &mut self.builder.sheet_mut().hidden_columns;
        if columns.len() >= limits::COLUMNS as usize {
            return Err(Unreadable::too_large(format!("{}的列定义过多", self.name)));
        }
        columns.push((first, last.min(limits::COLUMNS)));
        Ok(())
    }
}
