//! `units.csv` (or a workbook of the same columns) → [`Roster`], with all its problems in one run.
//!
//! Columns are found by their titles, in any order; columns nobody knows are left alone. No unit is
//! dropped in silence: a row that cannot be a unit is reported.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::campaign::grid;
use crate::campaign::grid::Grid;
use crate::campaign::grid::TitledRow;
use crate::campaign::names::normalise;
use crate::campaign::problems::Problems;
use crate::campaign::problems::Report;
use crate::campaign::reader::encoding_note;
use crate::campaign::roster::Roster;
use crate::campaign::roster::Unit;
use crate::campaign::tree::Position;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::source::SourceFile;
use crate::tables::Unreadable;
use crate::tables::UnreadableReason;

/// A roster file as read.
#[derive(Debug, Clone)]
pub struct RosterReading {
    /// `None` when the file cannot be read or has no title row.
    pub roster: Option<Roster>,
    /// By place.
    pub diagnostics: Vec<Diagnostic>,
}

/// A column of the roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Code,
    Name,
    Aliases,
    Kind,
    Town,
    Above,
    Group,
    Contact,
    Phone,
}

/// Columns with the titles they may carry; the first is the one we write.
const COLUMNS: [(Column, &[&str]); 9] = [
    (Column::Code, &["编码", "代码", "单位编码", "单位代码", "机构编码", "机构代码"]),
    (Column::Name, &["单位名称", "单位", "名称", "机构名称", "医疗机构名称", "单位全称"]),
    (Column::Aliases, &["简称", "别名", "曾用名", "单位简称"]),
    (Column::Kind, &["类别", "单位类别", "机构类别", "类型"]),
    (Column::Town, &["乡镇", "所在乡镇", "所属乡镇", "辖区", "乡镇街道"]),
    (Column::Above, &["上级单位", "上级", "主管单位", "上级主管单位", "汇总单位", "代报单位"]),
    (Column::Group, &["分组", "督查组", "组别"]),
    (Column::Contact, &["联系人", "联络员"]),
    (Column::Phone, &["联系电话", "电话", "手机", "手机号码", "联系方式"]),
];

/// Reads a roster file.
pub fn read_roster(file: &SourceFile) -> RosterReading {
    let grid = match grid::read(file) {
        Ok(grid) => grid,
        Err(trouble) => {
            let mut problems = Problems::new(&file.name);
            let (position, report) = unreadable(&trouble);
            problems.push(position, report);
            return RosterReading { roster: None, diagnostics: problems.into_sorted() };
        }
    };
    let mut problems = Problems::in_sheet(&file.name, &grid.sheet);
    if let Some(encoding) = grid.encoding {
        problems.push(Position::default(), encoding_note(encoding));
    }
    for line in &grid.lossy_lines {
        let message = "这一行有不是文字的字节，名称可能成了乱码".to_owned();
        problems.push(Position { line: *line, column: 1 }, error("C055", "", None, message, "改正这一行，另存为 CSV（UTF-8）"));
    }
    if let Some((line, column)) = grid.cleaned.first() {
        let count = grid.cleaned.len();
        let message = format!("{count} 格里有看不见的字符或过长的文字，已经改好，从这一格起");
        let position = Position { line: *line, column: *column };
        problems.push_folded(position, note("C086", "", message, "不必处理；想改干净的，重新填写这些格"), count as u32 - 1);
    }
    let roster = read_grid(&grid, &mut problems);
    RosterReading { roster, diagnostics: problems.into_sorted() }
}

fn unreadable(trouble: &Unreadable) -> (Position, Report) {
    let (line, message, help) = match &trouble.reason {
        UnreadableReason::BadText { line } => (*line, trouble.detail.clone(), "改正这一行，或用表格软件打开后另存为 CSV（UTF-8）"),
        UnreadableReason::WrongFormat { name, .. } => (0, format!("单位名册是{name}，不是表格"), "另存为 CSV（UTF-8）或 xlsx"),
        UnreadableReason::Encrypted => (0, "单位名册有密码".to_owned(), "去掉密码后重新保存"),
        UnreadableReason::TooLarge { limit } => (0, format!("单位名册太大：{limit}"), "只留单位名册这一张表，另存为 CSV（UTF-8）"),
        UnreadableReason::Damaged | UnreadableReason::NotOpened | UnreadableReason::ReaderFailed | UnreadableReason::Empty => {
            (0, format!("单位名册损坏，读不出来：{}", trouble.detail), "用表格软件打开后另存为 CSV（UTF-8）或 xlsx")
        }
    };
    (Position { line, column: u32::from(line > 0) }, error("C055", "", None, message, help))
}

fn read_grid(grid: &Grid, problems: &mut Problems) -> Option<Roster> {
    if grid.rows.is_empty() {
        problems.push(Position::default(), empty());
        return Some(Roster::default());
    }
    let Some((title_row, columns)) = find_titles(grid) else {
        let first = grid.rows.first();
        let position = Position { line: first.map_or(0, |row| row.number), column: 1 };
        let value = first.map(|row| row.cells.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(","));
        let message = "找不到表头：单位名册至少要有“编码”和“单位名称”两列".to_owned();
        problems.push(position, error("C055", "", value, message, "表头写成：编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话"));
        return None;
    };
    let mut units: Vec<Unit> = Vec::new();
    let mut seen = Seen::default();
    let mut without_phone: Vec<Position> = Vec::new();
    for row in grid.rows.iter().skip(title_row + 1) {
        let row = RosterRow { row, columns: &columns };
        let Some(unit) = read_unit(row, problems) else { continue };
        seen.check(&unit, row, &units, problems);
        if unit.phone.is_empty() {
            without_phone.push(row.position(Column::Phone));
        }
        units.push(unit);
    }
    // Rows that are no units have been told one by one.
    if grid.rows.len() == title_row + 1 {
        problems.push(Position::default(), empty());
    }
    if let Some(first) = without_phone.first() {
        let count = without_phone.len();
        let message = format!("{count} 家单位没有联系电话，从第 {} 行起", first.line);
        problems.push_folded(*first, note("C053", "联系电话", message, "补上联系电话，催报时用得着"), count as u32 - 1);
    }
    Some(Roster::new(units))
}

fn empty() -> Report {
    error("C054", "", None, "单位名册里一家单位也没有".to_owned(), "每家单位一行，至少写编码和单位名称；可用 qingdan init 生成样例")
}

/// The title row's index and which column is where.
fn find_titles(grid: &Grid) -> Option<(usize, BTreeMap<Column, u32>)> {
    grid.rows.iter().take(grid::TITLE_ROWS).enumerate().find_map(|(index, row)| {
        let columns = row.titles(&COLUMNS);
        (columns.contains_key(&Column::Code) && columns.contains_key(&Column::Name)).then_some((index, columns))
    })
}

/// One row of the roster with the meaning of its columns.
type RosterRow<'a> = TitledRow<'a, Column>;

fn read_unit(row: RosterRow<'_>, problems: &mut Problems) -> Option<Unit> {
    let (code, name) = (row.text(Column::Code), row.text(Column::Name));
    if name.is_empty() {
        let message = "这一行没有单位名称".to_owned();
        problems
            .push(row.position(Column::Name), error("C052", "单位名称", None, message, "写上单位名称；不是单位的行（合计、说明）请删掉"));
        return None;
    }
    if code.is_empty() {
        let message = format!("“{name}”没有编码，编号无从编起");
        problems.push(row.position(Column::Code), error("C050", "编码", None, message, "给它一个不与别家重复、今后不变的编码，如 H01"));
        return None;
    }
    if let Some(fault) = code_fault(code) {
        let message = format!("编码“{code}”{fault}");
        let value = Some(code.to_owned());
        problems.push(row.position(Column::Code), error("C051", "编码", value, message, "编码只用字母和数字，如 H01；“-”留给编号分段"));
    }
    let phone = row.text(Column::Phone);
    if !phone.is_empty() && phone_is_damaged(phone) {
        problems.push(
            row.position(Column::Phone),
            Report {
                severity: Severity::Warning,
                ..error("C056", "联系电话", Some(phone.to_owned()), format!("“{name}”的联系电话“{phone}”不完整"), "按文本格式重新填写号码")
            },
        );
    }
    Some(Unit {
        code: code.to_owned(),
        name: Arc::from(name),
        aliases: aliases(row.text(Column::Aliases)),
        kind: row.text(Column::Kind).to_owned(),
        town: row.text(Column::Town).to_owned(),
        above: row.text(Column::Above).to_owned(),
        group: row.text(Column::Group).to_owned(),
        contact: row.text(Column::Contact).to_owned(),
        phone: phone.to_owned(),
        line: row.row.number,
    })
}

/// Several short and former names are parted by 、 ; or /.
fn aliases(text: &str) -> Vec<String> {
    let parts = text.split(['、', ';', '；', '/', '／', '|', '\n']).map(str::trim);
    let mut aliases: Vec<String> = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        if !aliases.iter().any(|alias| alias == part) {
            aliases.push(part.to_owned());
        }
    }
    aliases
}

fn code_fault(code: &str) -> Option<&'static str> {
    if code.chars().any(char::is_whitespace) {
        return Some("里有空格");
    }
    if code.contains(['-', '－', '—', '–']) {
        return Some("里有连字符，会和编号的分段混淆");
    }
    if code.chars().count() > 20 {
        return Some("超过 20 个字");
    }
    (!code.chars().all(char::is_alphanumeric)).then_some("里有标点")
}

/// A number turned into 1.38E+10 by a spreadsheet, or with the wrong number of digits.
pub fn phone_is_damaged(phone: &str) -> bool {
    let upper = phone.to_uppercase();
    if upper.contains("E+") {
        return true;
    }
    upper.split(['、', '/', ';', '；', ',', '，', ' ']).filter(|part| !part.is_empty()).any(|part| {
        let digits = part.chars().filter(char::is_ascii_digit).count();
        part.chars().all(|character| character.is_ascii_digit() || matches!(character, '-' | '(' | ')' | '（' | '）' | '*'))
            && part.chars().filter(|character| *character == '*').count() == 0
            && !(7..=15).contains(&digits)
    })
}

/// What the rows so far have taken: line by code, by name, by alias.
#[derive(Default)]
struct Seen {
    codes: BTreeMap<String, u32>,
    names: BTreeMap<String, u32>,
    aliases: BTreeMap<String, u32>,
}

impl Seen {
    fn check(&mut self, unit: &Unit, row: RosterRow<'_>, before: &[Unit], problems: &mut Problems) {
        let name_at = |line: u32| before.iter().find(|unit| unit.line == line).map_or("", |unit| &unit.name);
        let code = unit.code.to_uppercase();
        if let Some(line) = self.codes.get(&code) {
            let message = format!("编码“{}”第 {line} 行的“{}”已经用了", unit.code, name_at(*line));
            let value = Some(unit.code.clone());
            problems.push(row.position(Column::Code), error("C047", "编码", value, message, "给这家单位换一个编码；已经发出的编号不要改"));
        }
        self.codes.entry(code).or_insert(unit.line);
        let name = normalise(&unit.name);
        if let Some(line) = self.names.get(&name) {
            let other = before.iter().find(|other| other.line == *line).map_or("", |other| &other.code);
            let message = format!("“{}”第 {line} 行已经有了，编码 {other}：一家单位两个编码", unit.name);
            let value = Some(unit.name.to_string());
            let help = "只留一行；若是同名的两家单位，在名称里写明乡镇";
            problems.push(row.position(Column::Name), error("C048", "单位名称", value, message, help));
        }
        let mut reported = |text: &str, line: u32| {
            let message = format!("“{text}”也是第 {line} 行“{}”的名称或简称，台账里写它时分不清是哪一家", name_at(line));
            let report = error("C049", "简称", Some(text.to_owned()), message, "删掉一处，或改成能区分的简称");
            problems.push(row.position(Column::Aliases), Report { severity: Severity::Warning, ..report });
        };
        if let Some(line) = self.aliases.get(&name) {
            reported(&unit.name, *line);
        }
        for alias in &unit.aliases {
            let normal = normalise(alias);
            if let Some(line) = self.aliases.get(&normal).or(self.names.get(&normal)) {
                reported(alias, *line);
            }
            self.aliases.entry(normal).or_insert(unit.line);
        }
        self.names.entry(name).or_insert(unit.line);
    }
}

fn error(code: &'static str, field: &str, value: Option<String>, message: String, help: &str) -> Report {
    Report { code, severity: Severity::Error, field: field.to_owned(), value, message, help: help.to_owned() }
}

fn note(code: &'static str, field: &str, message: String, help: &str) -> Report {
    Report { severity: Severity::Note, ..error(code, field, None, message, help) }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::read_roster;
    use crate::source::SourceFile;

    const TITLES: &str = "编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话\n";

    /// Code and place of each diagnostic, and the number of units.
    fn check(text: &str, found: &[&str], units: Option<usize>) {
        let reading = read_roster(&SourceFile { name: Arc::from("units.csv"), bytes: text.as_bytes().to_vec() });
        let told: Vec<String> = reading
            .diagnostics
            .iter()
            .map(|diagnostic| format!("{} {}:{}", diagnostic.code, diagnostic.place.row, diagnostic.place.column))
            .collect();
        assert_eq!(told, found, "{text}");
        assert_eq!(reading.roster.map(|roster| roster.units.len()), units, "{text}");
    }

    #[test]
    fn clean_rosters() {
        check(&format!("{TITLES}H01,甲医院,甲院、老甲,医院,东镇,一组,张三,13800001001\n"), &[], Some(1));
        check("联系电话,单位名称 ,*编码,院内备注\n13800001001,\"甲,乙门诊部\",M01,x\n", &[], Some(1));
        check(&format!("某县单位名册\n\n{TITLES}H01,甲医院,,,,,,0477-0000000\n"), &[], Some(1));
        check("编码\t单位名称\t联系电话\r\nH01\t甲医院\t13800001001\r\n", &[], Some(1));
    }

    #[test]
    fn every_fault_is_told_at_its_cell() {
        check(&format!("{TITLES}H01,甲医院,,,,,,13800001001\nH01,乙医院,,,,,,13800001002\n"), &["C047 3:1"], Some(2));
        check(&format!("{TITLES}H01,甲医院,,,,,,13800001001\r\n\r\nH02,甲 医院,,,,,,13800001002\r\n"), &["C048 4:2"], Some(2));
        check(
            &format!("{TITLES}H01,甲医院,老院,,,,,13800001001\nH02,乙医院,老院/甲医院,,,,,13800001002\n"),
            &["C049 3:3", "C049 3:3"],
            Some(2),
        );
        check(
            &format!("{TITLES},甲医院,,,,,,13800001001\nH-2,乙医院,,,,,,13800001002\nH 3,丙医院,,,,,,13800001003\n"),
            &["C050 2:1", "C051 3:1", "C051 4:1"],
            Some(2),
        );
        check(
            &format!("{TITLES}H01,,,,,,,13800001001\nH02,乙医院,,,,,,\nH03,丙医院,,,,,,1.38E+10\n"),
            &["C052 2:2", "C053 3:8", "C056 4:8"],
            Some(2),
        );
        check(&format!("{TITLES}H01,甲\u{7}医院,,,,,,13800001001\n"), &["C086 2:2"], Some(1));
        check(TITLES, &["C054 0:0"], Some(0));
        check("", &["C054 0:0"], Some(0));
        check("甲医院,乙医院\n", &["C055 1:1"], None);
        check(&format!("{TITLES}H01,\"甲医院,a\nb\nc\nd\ne\nf\n"), &["C055 2:1"], None);
    }

    #[test]
    fn other_encodings_are_read_and_noted() {
        let (bytes, _, _) = encoding_rs::GB18030.encode("编码,单位名称,联系电话\nH01,甲医院,13800001001\n");
        let reading = read_roster(&SourceFile { name: Arc::from("units.csv"), bytes: bytes.into_owned() });
        assert_eq!(reading.diagnostics.iter().map(|diagnostic| diagnostic.code).collect::<Vec<_>>(), ["C007"]);
        assert_eq!(reading.roster.map(|roster| roster.units[0].name.to_string()), Some("甲医院".to_owned()));
    }
}
