//! CSV, TSV and other delimited text → one sheet; everything in it stays text.
//!
//! Rows are numbered as a spreadsheet program shows them: blank lines count, line breaks inside a quoted
//! field do not. Errors name the line of the file. A quote that is never closed is an error, since it
//! would swallow the rest of the file. Knows no encodings.

use csv::ByteRecord;
use csv::ReaderBuilder;

use crate::tables::builder::Allowance;
use crate::tables::builder::SheetBuilder;
use crate::tables::builder::is_blank;
use crate::tables::delimiter;
use crate::tables::encoding::Decoded;
use crate::tables::limits;
use crate::tables::limits::Ceilings;
use crate::tables::workbook::Format;
use crate::tables::workbook::Sheet;
use crate::tables::workbook::Unreadable;
use crate::tables::workbook::Workbook;
use crate::tables::workbook::WorkbookNote;

/// Stands in for the full-width comma, because the parser's delimiters are single bytes.
const STAND_IN: char = '\u{1f}';

/// Tells which character separates the fields of a text that calls itself CSV.
pub fn delimiter_of(text: &str) -> char {
    let (body, _, stated) = delimiter::stated(text);
    stated.unwrap_or_else(|| delimiter::sniff(body, "csv"))
}

/// Reads delimited text; `stem` names the sheet, `extension` decides between delimiters that fit equally well.
///
/// # Errors
/// An unclosed quote, or beyond the limits.
pub fn read(decoded: &Decoded<'_>, stem: &str, extension: &str, ceilings: &'static Ceilings) -> Result<Workbook, Unreadable> {
    let text = decoded.text.trim_end_matches(['\u{1a}', '\0']);
    let (body, mut line, stated) = delimiter::stated(text);
    let delimiter = stated.unwrap_or_else(|| delimiter::sniff(body, extension));
    let replaced;
    let (bytes, separator) = match u8::try_from(delimiter) {
        Ok(byte) => (body.as_bytes(), byte),
        Err(_) => {
            replaced = body.replace(delimiter, &STAND_IN.to_string());
            (replaced.as_bytes(), STAND_IN as u8)
        }
    };
    check_shape(bytes, separator, line)?;
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(bytes);
    let mut builder = SheetBuilder::new(Sheet::new(stem), Allowance::new(ceilings));
    let mut record = ByteRecord::new();
    let mut widths: Vec<(u32, u32)> = Vec::new();
    let mut counted = 0;
    let mut inside = 0;
    loop {
        let more = reader.read_byte_record(&mut record).map_err(|error| Unreadable::damaged(error.to_string()))?;
        if !more {
            break;
        }
        // The parser's own line numbers are off after CRLF and blank lines; its byte offsets are not.
        let mut start = record.position().map_or(counted, |position| position.byte() as usize).min(bytes.len());
        while matches!(bytes.get(start), Some(b'\r' | b'\n')) {
            start += 1;
        }
        line += count_lines(bytes.get(counted..start).unwrap_or_default());
        counted = counted.max(start);
        let row = line - inside;
        builder.start_row(row, false);
        inside += record.iter().map(count_lines).sum::<u32>();
        let mut blank = true;
        for (index, field) in record.iter().enumerate() {
            let field = std::str::from_utf8(field).map_err(|_| Unreadable::bad_text(line, "字段被截断在一个字符中间"))?;
            let field = unguarded(field);
            if !is_blank(field) {
                blank = false;
                builder.touch();
            }
            if separator == STAND_IN as u8 && field.contains(STAND_IN) {
                builder.put_text(index as u16 + 1, &field.replace(STAND_IN, &delimiter.to_string()), 0)?;
            } else {
                builder.put_text(index as u16 + 1, field, 0)?;
            }
        }
        if !blank {
            widths.push((row, record.len() as u32));
        }
    }
    let (mut sheet, _) = builder.finish();
    sheet.counted_rows = Some(count_records(bytes, separator));
    let format = if delimiter == '\t' { Format::Tsv } else { Format::Csv };
    let mut notes = vec![WorkbookNote::Encoding { name: decoded.name, lossy_lines: decoded.lossy_lines.clone() }];
    if delimiter != ',' && sheet.cells.len() > sheet.rows.len() {
        notes.push(WorkbookNote::Delimiter { delimiter });
    }
    note_ragged_rows(&sheet, &widths, &mut notes);
    Ok(Workbook { format, encoding: Some(decoded.name), sheets: vec![sheet], notes })
}

/// What begins a text that spreadsheet programs run or swallow instead of showing it; such a text stands behind an apostrophe in what we
/// write.
pub const RUN_BY_SPREADSHEETS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Undoes the guard by which our own text ledgers keep a spreadsheet from taking text for a formula.
pub fn unguarded(field: &str) -> &str {
    let after = field.trim_start_matches('\'');
    if after.len() < field.len() && after.starts_with(RUN_BY_SPREADSHEETS) { &field[1..] } else { field }
}

/// Line ends in `bytes`: LF, CRLF or a lone CR. A CRLF that is cut between the two counts with its LF.
fn count_lines(bytes: &[u8]) -> u32 {
    let mut lines = 0;
    for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
            lines += 1;
        }
    }
    lines
}

/// Walks the text once before the parser does, by the same rules: a quote that nothing closes, and a
/// record with more fields than a sheet has columns, are found before they cost memory.
fn check_shape(bytes: &[u8], separator: u8, first_line: u32) -> Result<(), Unreadable> {
    let line_at = |offset: usize| first_line + count_lines(&bytes[..offset]);
    let mut index = 0;
    let mut fields = 0_usize;
    let mut at_field_start = true;
    while index < bytes.len() {
        if at_field_start && bytes[index] == b'"' {
            let opened = index;
            index += 1;
            loop {
                match memchr::memchr(b'"', &bytes[index..]) {
                    None => return Err(Unreadable::bad_text(line_at(opened), "从这一行开始的引号没有结束")),
                    Some(length) => index += length + 1,
                }
                if bytes.get(index) != Some(&b'"') {
                    break;
                }
                index += 1;
            }
            at_field_start = false;
            continue;
        }
        let Some(length) = memchr::memchr3(separator, b'\n', b'\r', &bytes[index..]) else { break };
        index += length;
        fields = if bytes[index] == separator { fields + 1 } else { 0 };
        if fields >= limits::COLUMNS as usize {
            return Err(Unreadable::too_large(format!("第 {} 行超过 {} 列", line_at(index), limits::COLUMNS)));
        }
        index += 1;
        at_field_start = true;
    }
    Ok(())
}

/// Records that show anything, counted by their quotes and line ends alone: a second opinion on the parser's rows.
fn count_records(bytes: &[u8], separator: u8) -> u32 {
    let (mut count, mut start, mut quoted, mut field_start) = (0, 0, false, true);
    let shows = |record: &[u8]| {
        let bare: Vec<u8> = record.iter().copied().filter(|&byte| byte != separator && byte != b'"').collect();
        !is_blank(&String::from_utf8_lossy(&bare))
    };
    for (index, &byte) in bytes.iter().enumerate() {
        match byte {
            b'"' if quoted || field_start => {
                quoted = !quoted;
                field_start = false;
                // A doubled quote opens again at once.
                if !quoted && bytes.get(index + 1) == Some(&b'"') {
                    field_start = true;
                }
            }
            b'\n' | b'\r' if !quoted => {
                count += u32::from(shows(&bytes[start..index]));
                start = index + 1;
                field_start = true;
            }
            other => field_start = other == separator && !quoted,
        }
    }
    count + u32::from(shows(&bytes[start..]))
}

/// Rows with another number of fields than most rows have.
fn note_ragged_rows(sheet: &Sheet, widths: &[(u32, u32)], notes: &mut Vec<WorkbookNote>) {
    let mut sorted: Vec<u32> = widths.iter().map(|&(_, width)| width).collect();
    sorted.sort_unstable();
    let most = sorted.chunk_by(|a, b| a == b).max_by_key(|chunk| (chunk.len(), chunk[0])).map(|chunk| chunk[0]);
    let Some(expected) = most.filter(|&most| most > 1) else { return };
    let ragged = widths.iter().filter(|&&(_, width)| width != expected).take(limits::RAGGED_NOTES);
    for &(row, fields) in ragged {
        notes.push(WorkbookNote::RaggedRow { sheet: sheet.name.to_string(), row, fields, expected });
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::tables::workbook::Value;

    fn read_text(text: &str) -> Result<Workbook, Unreadable> {
        read(&Decoded { text: Cow::Borrowed(text), name: "UTF-8", lossy_lines: Vec::new() }, "台账", "csv", &limits::STRANGERS)
    }

    /// Writes a text's cells as `row:column=text`.
    fn check(text: &str, expected: &str) {
        let workbook = read_text(text).expect("readable");
        let sheet = &workbook.sheets[0];
        let mut seen = Vec::new();
        for &row in &sheet.rows {
            for &cell in sheet.cells_of(row) {
                let Value::Text(text) = sheet.value(cell) else { panic!("text stays text") };
                seen.push(format!("{}:{}={text}", row.number, cell.column));
            }
        }
        assert_eq!(seen.join(" "), expected, "{text:?}");
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them() {
        check("a,b\r\n1,2\r\n\r\n\r\n3,4\r\n", "1:1=a 1:2=b 2:1=1 2:2=2 5:1=3 5:2=4");
        check("a,b\n\"x\ny\",2\n3,4", "1:1=a 1:2=b 2:1=x\ny 2:2=2 3:1=3 3:2=4");
        check("a,b\r\"x\ry\",2\r3,4\r", "1:1=a 1:2=b 2:1=x\ry 2:2=2 3:1=3 3:2=4");
        check("\r\n\r\na,b\r\n", "3:1=a 3:2=b");
        check("a,b\n,\n \n3,4\n", "1:1=a 1:2=b 4:1=3 4:2=4");
        check("", "");
        check("sep=;\r\na;b\r\n", "2:1=a 2:2=b");
    }

    #[test]
    fn quotes_delimiters_and_guards() {
        check("a,\"he said \"\"no\"\"\",c\n1,2,3\n", "1:1=a 1:2=he said \"no\" 1:3=c 2:1=1 2:2=2 2:3=3");
        check(
            "单位，隐患，期限\n甲，\"一，二\"，三\n乙，四，五\n丙，六，七\n",
            "1:1=单位 1:2=隐患 1:3=期限 2:1=甲 2:2=一，二 2:3=三 3:1=乙 3:2=四 3:3=五 4:1=丙 4:2=六 4:3=七",
        );
        check("a,'=1+1,'x,'+86,'-,''\n1,2,3,4,5,6\n", "1:1=a 1:2==1+1 1:3='x 1:4=+86 1:5=- 1:6='' 2:1=1 2:2=2 2:3=3 2:4=4 2:5=5 2:6=6");
        check("a\tb\n1\t2\n\u{1a}", "1:1=a 1:2=b 2:1=1 2:2=2");
        check("1.灭火器过期。\n2.通道堆物，无人清理。\n", "1:1=1.灭火器过期。 2:1=2.通道堆物，无人清理。");
    }

    #[test]
    fn an_unclosed_quote_is_an_error_at_its_line() {
        for (text, line) in [("a,b\r\n\r\n1,\"2\r\n3,4\r\n", 3), ("\"a", 1), ("a,b\n\"x\"\"\n", 2), ("a,b\n1,\"", 2)] {
            assert_eq!(read_text(text).expect_err("unclosed"), Unreadable::bad_text(line, "从这一行开始的引号没有结束"), "{text:?}");
        }
        check("a,b\"c\n1,2\n", "1:1=a 1:2=b\"c 2:1=1 2:2=2");
        check("a,\"b\" c\n1,2\n", "1:1=a 1:2=b c 2:1=1 2:2=2");
    }

    #[test]
    fn ragged_rows_are_kept_and_noted() {
        let workbook = read_text("标题\na,b,c\n1,2,3\n1,2\n4,5,6\n").expect("readable");
        let ragged: Vec<_> = workbook
            .notes
            .iter()
            .filter_map(|note| match note {
                WorkbookNote::RaggedRow { row, fields, expected, .. } => Some((*row, *fields, *expected)),
                _ => None,
            })
            .collect();
        assert_eq!(ragged, [(1, 1, 3), (4, 2, 3)]);
        assert_eq!(workbook.sheets[0].rows.len(), 5);
    }

    #[test]
    fn too_many_columns_are_refused() {
        assert!(read_text(&",".repeat(limits::COLUMNS as usize + 1)).is_err());
    }
}
