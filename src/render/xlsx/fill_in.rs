//! A form to be filled in → XLSX: sheets that Excel, WPS and LibreOffice protect without a password, with drop-downs from a hidden sheet by
//! defined names, checked dates, and numbers kept as texts.
//!
//! The same bytes for the same form. Texts are always written as texts.

use rust_xlsxwriter::Color;
use rust_xlsxwriter::DataValidation;
use rust_xlsxwriter::DataValidationErrorStyle;
use rust_xlsxwriter::DataValidationRule;
use rust_xlsxwriter::DocProperties;
use rust_xlsxwriter::ExcelDateTime;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::FormatAlign;
use rust_xlsxwriter::FormatBorder;
use rust_xlsxwriter::Formula;
use rust_xlsxwriter::ProtectionOptions;
use rust_xlsxwriter::Workbook;
use rust_xlsxwriter::Worksheet;

use crate::documents::ColumnKind;
use crate::documents::fill_in::Choice;
use crate::documents::fill_in::CountSheet;
use crate::documents::fill_in::FillIn;
use crate::documents::fill_in::FillInColumn;
use crate::documents::fill_in::Guide;
use crate::documents::fill_in::NUMBERED_ROWS;
use crate::documents::fill_in::Owner;
use crate::documents::ledger::iso_date;
use crate::ledger::Hazard;
use crate::records::issue::FORM_SHEETS;
use crate::records::issue::ISSUE_SHEET;
use crate::records::issue::NEW_ROW;
use crate::records::issue::NO_CHANGE;
use crate::records::issue::TABLE_SHEET;
use crate::records::issue::ZERO_REPORT;
use crate::render::outcome::RenderError;
use crate::render::xlsx::A4;
use crate::render::xlsx::COMPRESSION;
use crate::render::xlsx::NORMAL_COLUMN_PIXELS;
use crate::render::xlsx::NORMAL_ROW_PIXELS;
use crate::render::xlsx::PAGE_NUMBERS;
use crate::render::xlsx::official;
use crate::render::xlsx::styles;
use crate::render::xlsx::text::cell_text;
use crate::render::xlsx::width;
use crate::vocabulary::Field;

/// Row of the table's header, below title, what is to be ticked, and 填报单位.
const HEADER_ROW: u32 = 3;
/// Further rows that may be written in, without a number.
const SPARE_ROWS: usize = 180;
const GUIDE: &str = FORM_SHEETS[0];
const CONTACTS: &str = FORM_SHEETS[1];
const CHOICES: &str = FORM_SHEETS[2];
/// Names of the lists that drop-downs show.
const LISTS: [&str; 4] = ["等级选项", "状态选项", "类别选项", "单位选项"];
const TICK: [&str; 1] = ["√"];
const SHADE: u32 = 0xEDEDED;

/// The form as the bytes of a workbook; its day of issue becomes its date of creation.
pub fn fill_in(form: &FillIn<'_>) -> Result<Vec<u8>, RenderError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(COMPRESSION);
    workbook.set_default_format(&styles::normal(), NORMAL_ROW_PIXELS, NORMAL_COLUMN_PIXELS)?;
    let midnight = form.issue.on.and_time(chrono::NaiveTime::MIN).and_utc();
    workbook.set_properties(&DocProperties::new().set_title(&form.title).set_author(form.issuer).set_creation_datetime(&midnight));
    write_guide(workbook.add_worksheet(), form)?;
    write_table(workbook.add_worksheet(), form)?;
    for counts in &form.counts {
        write_counts(workbook.add_worksheet(), counts, form)?;
    }
    if !form.contacts.is_empty() {
        write_contacts(workbook.add_worksheet(), form)?;
    }
    let lists = lists(form);
    write_choices(workbook.add_worksheet(), &lists)?;
    for (column, (name, words)) in lists.iter().enumerate() {
        let letter = crate::source::column_letters(column as u32 + 1);
        // A list without words offers one blank line.
        workbook.define_name(*name, &format!("={CHOICES}!${letter}$2:${letter}${}", words.len().max(1) + 1))?;
    }
    let mark = workbook.add_worksheet();
    mark.set_name(ISSUE_SHEET)?.set_very_hidden(true);
    for (row, texts) in form.issue.sheet_rows().iter().enumerate() {
        for (column, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            mark.write_string(row as u32, column as u16, cell_text(text).text)?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

fn lists<'a>(form: &'a FillIn<'_>) -> [(&'static str, Vec<&'a str>); 4] {
    let [levels, statuses, categories, units] = LISTS;
    [
        (levels, form.levels.clone()),
        (statuses, form.statuses.clone()),
        (categories, form.categories.clone()),
        (units, form.units.iter().map(AsRef::as_ref).collect()),
    ]
}

fn write_choices(sheet: &mut Worksheet, lists: &[(&str, Vec<&str>)]) -> Result<(), RenderError> {
    sheet.set_name(CHOICES)?.set_hidden(true);
    for (column, (name, words)) in lists.iter().enumerate() {
        sheet.write_string(0, column as u16, *name)?;
        for (row, word) in words.iter().enumerate() {
            sheet.write_string(row as u32 + 1, column as u16, cell_text(word).text)?;
        }
    }
    Ok(())
}

/// Protects a sheet without a password: rows may be made higher and columns wider, filled in is what is not locked.
fn protect(sheet: &mut Worksheet) {
    let options =
        ProtectionOptions { format_rows: true, format_columns: true, sort: true, use_autofilter: true, ..ProtectionOptions::default() };
    sheet.protect_with_options(&options);
}

fn on_paper(sheet: &mut Worksheet) {
    sheet.set_paper_size(A4).set_landscape().set_footer(PAGE_NUMBERS).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
}

fn write_guide(sheet: &mut Worksheet, form: &FillIn<'_>) -> Result<(), RenderError> {
    const WIDTH: usize = 78;
    sheet.set_name(GUIDE)?.set_column_width(0, WIDTH as f64)?;
    on_paper(sheet);
    sheet.set_portrait();
    sheet.set_row_height(0, 34.0)?.write_string_with_format(0, 0, cell_text(&form.title).text, &styles::title(16.0))?;
    let (heading, line) = (styles::line(11.0, FormatAlign::Left).set_bold(), styles::line(11.0, FormatAlign::Left));
    let mut row = 1;
    if let Some(unit) = &form.unit {
        sheet.write_string_with_format(row, 0, cell_text(&format!("填报单位：{unit}")).text, &line)?;
        row += 1;
    }
    for guide in &form.guide {
        let (text, format) = match guide {
            Guide::Heading(text) => (text, &heading),
            Guide::Line(text) => (text, &line),
        };
        let lines = width::lines(text, WIDTH - 2);
        sheet.set_row_height(row, 16.0 * lines as f64 + 5.0)?;
        sheet.write_string_with_format(row, 0, cell_text(text).text, format)?;
        row += 1;
    }
    protect(sheet);
    Ok(())
}

/// Looks of the cells of a table.
struct Looks {
    open: Format,
    locked: Format,
}

impl Looks {
    fn of(kind: ColumnKind) -> Looks {
        let across = if kind == ColumnKind::Prose { FormatAlign::Left } else { FormatAlign::Center };
        let open = styles::plain_column(kind)
            .set_border(FormatBorder::Thin)
            .set_text_wrap()
            .set_align(across)
            .set_align(FormatAlign::VerticalCenter);
        let locked = open.clone().set_background_color(Color::RGB(SHADE));
        Looks { open: open.set_unlocked(), locked }
    }
}

fn write_table(sheet: &mut Worksheet, form: &FillIn<'_>) -> Result<(), RenderError> {
    sheet.set_name(TABLE_SHEET)?.set_active(true);
    on_paper(sheet);
    write_head(sheet, form)?;
    let registered = form.hazards.len();
    let rows = registered + NUMBERED_ROWS + SPARE_ROWS;
    let first = HEADER_ROW + 1;
    let last = HEADER_ROW + rows as u32;
    for (index, column) in form.columns.iter().enumerate() {
        let index = index as u16;
        sheet.set_column_width(index, f64::from(shown_width(column)) + 1.0)?;
        sheet.write_string_with_format(HEADER_ROW, index, cell_text(&column.column.title).text, &styles::plain_header())?;
        let looks = Looks::of(column.column.kind);
        for (offset, hazard) in form.hazards.iter().enumerate() {
            let is_open = match column.owner {
                Owner::Unit => true,
                // What nobody has said yet the unit may say.
                Owner::BureauOnceRegistered => hazard.text(column.field).is_none(),
                Owner::Bureau => false,
            };
            let look = if is_open { &looks.open } else { &looks.locked };
            write_value(sheet, first + offset as u32, index, hazard, column, look)?;
        }
        for offset in registered..rows {
            let row = first + offset as u32;
            let number = offset - registered + 1;
            match column.owner {
                Owner::Bureau if index == 0 && number <= NUMBERED_ROWS => {
                    sheet.write_string_with_format(row, index, format!("{NEW_ROW}{number}"), &looks.locked)?;
                }
                Owner::Bureau => drop(sheet.write_blank(row, index, &looks.locked)?),
                _ => drop(sheet.write_blank(row, index, &looks.open)?),
            }
        }
        if let Some(check) = validation(column)? {
            sheet.add_data_validation(first, index, last, index, &check)?;
        }
    }
    for (offset, hazard) in form.hazards.iter().enumerate() {
        sheet.set_row_height(first + offset as u32, height(hazard, &form.columns))?;
    }
    for offset in registered..registered + NUMBERED_ROWS {
        sheet.set_row_height(first + offset as u32, 24.0)?;
    }
    sheet.set_row_height(HEADER_ROW, 30.0)?.set_repeat_rows(HEADER_ROW, HEADER_ROW)?.set_freeze_panes(HEADER_ROW + 1, 2)?;
    sheet.set_print_area(0, 0, HEADER_ROW + (registered + NUMBERED_ROWS) as u32, form.columns.len() as u16 - 1)?;
    protect(sheet);
    Ok(())
}

/// Writes the title over columns of these widths, as large and on as many lines as they let it be.
fn write_title(sheet: &mut Worksheet, title: &str, widths: &[u16]) -> Result<(), RenderError> {
    let pixels = widths.iter().map(|width| u32::from(*width) * 7 + 5).sum();
    let (print, height) = official::heading_size(title, pixels);
    let last = (widths.len() as u16).saturating_sub(1).max(1);
    sheet.set_row_height(0, height)?.merge_range(0, 0, 0, last, &cell_text(title).text, &styles::title(print))?;
    Ok(())
}

/// Title, what is to be ticked, 填报单位 and 填报日期.
fn write_head(sheet: &mut Worksheet, form: &FillIn<'_>) -> Result<(), RenderError> {
    let (label, right) = (styles::line(11.0, FormatAlign::Left), styles::line(11.0, FormatAlign::Right));
    let answer = styles::line(11.0, FormatAlign::Center).set_border(FormatBorder::Thin).set_unlocked();
    write_title(sheet, &form.title, &form.columns.iter().map(shown_width).collect::<Vec<_>>())?;
    sheet.set_row_height(1, 22.0)?.set_row_height(2, 22.0)?;
    let tick = DataValidation::new().allow_list_strings(&TICK)?.set_input_message("选“√”；不是这样的留空")?;
    for (words, at) in [(NO_CHANGE, 0), (ZERO_REPORT, 3)] {
        sheet.merge_range(1, at, 1, at + 1, &format!("{words}（打√）："), &right)?;
        sheet.write_blank(1, at + 2, &answer)?;
        sheet.add_data_validation(1, at + 2, 1, at + 2, &tick)?;
    }
    match &form.unit {
        Some(unit) => drop(sheet.merge_range(2, 0, 2, 2, &cell_text(&format!("填报单位：{unit}")).text, &label)?),
        None => {
            sheet.write_string_with_format(2, 0, "填报单位：", &label)?;
            sheet.merge_range(2, 1, 2, 2, "", &answer)?;
            let list = DataValidation::new().allow_list_formula(Formula::new(format!("={}", LISTS[3])));
            sheet.add_data_validation(2, 1, 2, 1, &list)?;
        }
    }
    sheet.merge_range(2, 3, 2, 4, "填报日期：", &right)?;
    sheet.write_blank(2, 5, &answer.clone().set_num_format("yyyy-mm-dd"))?;
    sheet.add_data_validation(2, 5, 2, 5, &day_check()?)?;
    Ok(())
}

fn write_value(
    sheet: &mut Worksheet,
    row: u32,
    index: u16,
    hazard: &Hazard,
    column: &FillInColumn,
    look: &Format,
) -> Result<(), RenderError> {
    let Some(text) = hazard.text(column.field) else {
        sheet.write_blank(row, index, look)?;
        return Ok(());
    };
    match (column.column.kind, iso_date(text), text.parse::<f64>()) {
        (ColumnKind::Date, Some(day), _) => sheet.write_date_with_format(row, index, day, look)?,
        (ColumnKind::Number, _, Ok(number)) if number.is_finite() && number.to_string() == text => {
            sheet.write_number_with_format(row, index, number, look)?
        }
        _ => sheet.write_string_with_format(row, index, cell_text(text).text, look)?,
    };
    Ok(())
}

/// How wide a column is shown, in half-width characters: all of them have to go on one page.
fn shown_width(column: &FillInColumn) -> u16 {
    match column.column.kind {
        ColumnKind::Prose if column.field == Field::Description => 28,
        ColumnKind::Prose => 20,
        ColumnKind::Date => 11,
        _ => column.column.width.min(18),
    }
}

/// Height of a row in points, by the cell with most lines.
fn height(hazard: &Hazard, columns: &[FillInColumn]) -> f64 {
    let lines = columns.iter().map(|column| width::lines(hazard.text(column.field).unwrap_or_default(), usize::from(shown_width(column))));
    (lines.max().unwrap_or(1) as f64 * 15.0 + 4.0).clamp(24.0, 400.0)
}

/// What is offered or checked in a column. A day that is none is asked about, and may stand: 立行立改 is a deadline too.
fn validation(column: &FillInColumn) -> Result<Option<DataValidation>, RenderError> {
    let list = |name: &str| DataValidation::new().allow_list_formula(Formula::new(format!("={name}")));
    let asked = |check: DataValidation| check.set_error_style(DataValidationErrorStyle::Warning);
    Ok(match column.choice {
        Choice::Free => None,
        Choice::Level => Some(list(LISTS[0])),
        Choice::Status => Some(list(LISTS[1])),
        Choice::Category => Some(asked(list(LISTS[2])).set_error_message("不是列出的类别，仍要这样写吗？")?),
        Choice::Day => Some(asked(day_check()?)),
    })
}

fn day_check() -> Result<DataValidation, RenderError> {
    let day = |year| ExcelDateTime::from_ymd(year, 1, 1);
    let check = DataValidation::new().allow_date(DataValidationRule::Between(day(2000)?, day(2100)?));
    Ok(check.set_input_message("写成 2023-6-5 这样")?.set_error_message("日期请写成 2023-6-5 这样")?)
}

fn write_counts(sheet: &mut Worksheet, counts: &CountSheet<'_>, form: &FillIn<'_>) -> Result<(), RenderError> {
    sheet.set_name(&counts.name)?;
    on_paper(sheet);
    let last = counts.form.columns.len() as u16;
    let looks = Looks::of(ColumnKind::Number);
    let label = styles::line(11.0, FormatAlign::Left);
    let widths: Vec<u16> = std::iter::once(26).chain((1..=last).map(|_| 14)).collect();
    write_title(sheet, &counts.form.title, &widths)?;
    let unit = form.unit.as_deref().unwrap_or_default();
    sheet.write_string_with_format(1, 0, cell_text(&format!("填报单位：{unit}")).text, &label)?;
    for (index, width) in (0..).zip(&widths) {
        sheet.set_column_width(index, f64::from(*width))?;
    }
    sheet.set_row_height(2, 36.0)?;
    let first_title = match counts.form.rows {
        crate::campaign::FormRows::Category => "类别",
        crate::campaign::FormRows::Unit => "单位名称",
        crate::campaign::FormRows::Single => "项目",
    };
    sheet.write_string_with_format(2, 0, first_title, &styles::plain_header())?;
    for (index, column) in counts.form.columns.iter().enumerate() {
        let index = index as u16 + 1;
        let title = column.unit.as_ref().map_or_else(|| column.title().to_owned(), |unit| format!("{}（{unit}）", column.title()));
        sheet.write_string_with_format(2, index, cell_text(&title).text, &styles::plain_header())?;
    }
    let whole =
        DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)).set_error_message("这里只写数字")?;
    for (offset, name) in counts.rows.iter().enumerate() {
        let row = 3 + offset as u32;
        let name = if name.is_empty() { "数量" } else { name };
        sheet.set_row_height(row, 24.0)?.write_string_with_format(row, 0, cell_text(name).text, &looks.locked)?;
        for index in 1..=last {
            sheet.write_blank(row, index, &looks.open)?;
        }
    }
    if !counts.rows.is_empty() {
        sheet.add_data_validation(3, 1, 2 + counts.rows.len() as u32, last, &whole)?;
    }
    protect(sheet);
    Ok(())
}

fn write_contacts(sheet: &mut Worksheet, form: &FillIn<'_>) -> Result<(), RenderError> {
    sheet.set_name(CONTACTS)?;
    on_paper(sheet);
    let looks = Looks::of(ColumnKind::Code);
    let columns: [(&str, u16); 5] = [("角色", 18), ("姓名", 14), ("职务", 20), ("办公电话", 20), ("手机号码", 20)];
    write_title(sheet, CONTACTS, &columns.map(|(_, width)| width))?;
    sheet.set_row_height(2, 28.0)?;
    let unit = form.unit.as_deref().unwrap_or_default();
    sheet.write_string_with_format(1, 0, cell_text(&format!("单位：{unit}")).text, &styles::line(11.0, FormatAlign::Left))?;
    for (index, (title, width)) in (0..).zip(columns) {
        sheet.set_column_width(index, f64::from(width))?;
        sheet.write_string_with_format(2, index, title, &styles::plain_header())?;
    }
    for (offset, row) in form.contacts.iter().enumerate() {
        let line = 3 + offset as u32;
        sheet.set_row_height(line, 24.0)?.write_string_with_format(line, 0, cell_text(row.role).text, &looks.locked)?;
        for (index, text) in [&row.name, &row.post, &row.office_phone, &row.mobile].iter().enumerate() {
            let index = index as u16 + 1;
            if text.is_empty() {
                sheet.write_blank(line, index, &looks.open)?;
            } else {
                sheet.write_string_with_format(line, index, cell_text(text).text, &looks.open)?;
            }
        }
    }
    protect(sheet);
    Ok(())
}
