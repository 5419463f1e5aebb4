//! `contacts.csv` (联系人回执): who is 分管领导, 科室负责人 and 联络员 of each unit, one row a person and role.
//!
//! Any format and encoding that `tables` reads. A row that names nobody for sure is set aside with a diagnostic at its cell.
//! What the rows say together is checked in `contact_checks`. Knows no as-of day: who is in force on one is asked for.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::campaign::contact_checks;
use crate::campaign::model::Campaign;
use crate::campaign::names::normalise;
use crate::campaign::problems::Problems;
use crate::campaign::problems::Report;
use crate::campaign::reader::encoding_note;
use crate::campaign::roster::Roster;
use crate::campaign::roster::UnitMatch;
use crate::campaign::roster_grid;
use crate::campaign::roster_grid::GridRow;
use crate::campaign::roster_reader::phone_is_damaged;
use crate::campaign::tree::Position;
use crate::dates::CellInput;
use crate::dates::Context;
use crate::dates::DateReading;
use crate::dates::read_cell;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::source::SourceFile;

/// One person in one role of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Index into [`Roster::units`].
    pub unit: usize,
    /// Index into the roles of the campaign.
    pub role: usize,
    pub name: String,
    /// 职务
    pub post: String,
    pub office_phone: String,
    pub mobile: String,
    /// 变更申请日期
    pub applied_on: Option<NaiveDate>,
    /// 生效日期; `None` for those named from the beginning.
    pub effective_on: Option<NaiveDate>,
    /// 1-based row of the file.
    pub row: u32,
}

impl Contact {
    /// The numbers under which the person is reached, the mobile first.
    pub fn phones(&self) -> String {
        let numbers = [self.mobile.as_str(), self.office_phone.as_str()];
        numbers.into_iter().filter(|number| !number.is_empty()).collect::<Vec<_>>().join("、")
    }
}

/// The file as read.
#[derive(Debug, Clone, Default)]
pub struct ContactsReading {
    /// In the order of the file.
    pub contacts: Vec<Contact>,
    /// Rows that were set aside, each with a diagnostic.
    pub set_aside: u32,
    /// By place.
    pub diagnostics: Vec<Diagnostic>,
}

impl ContactsReading {
    /// Who holds a role of a unit on a day: of several rows the one that took effect last, and of equal ones the lower.
    pub fn in_force(&self, unit: usize, role: usize, as_of: NaiveDate) -> Option<&Contact> {
        let begun = |contact: &&Contact| contact.effective_on.is_none_or(|day| day <= as_of);
        let own = self.contacts.iter().filter(|contact| (contact.unit, contact.role) == (unit, role));
        own.filter(begun).max_by_key(|contact| (contact.effective_on, contact.row))
    }

    /// Whom to call about reports: 联络员, or the last role where the campaign calls none so.
    pub fn liaison(&self, campaign: &Campaign, unit: usize, as_of: NaiveDate) -> Option<&Contact> {
        let roles = &campaign.contacts.roles;
        let role = roles.iter().position(|role| role == LIAISON).or_else(|| roles.len().checked_sub(1))?;
        self.in_force(unit, role, as_of)
    }
}

/// The role that is called about reports.
pub const LIAISON: &str = "联络员";

/// A column of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Unit,
    Role,
    Name,
    Post,
    OfficePhone,
    Mobile,
    AppliedOn,
    EffectiveOn,
}

impl Column {
    /// The title that we write.
    pub fn title(self) -> &'static str {
        COLUMNS.iter().find(|(column, _)| *column == self).and_then(|(_, titles)| titles.first()).copied().unwrap_or("")
    }
}

/// Columns with the titles they may carry; the first is the one we write.
const COLUMNS: [(Column, &[&str]); 8] = [
    (Column::Unit, &["单位", "单位名称", "填报单位", "所在单位"]),
    (Column::Role, &["角色", "项目", "类别", "联系人类别", "身份"]),
    (Column::Name, &["姓名", "联系人", "人员"]),
    (Column::Post, &["职务", "职务职称", "职称"]),
    (Column::OfficePhone, &["办公电话", "固定电话", "座机", "电话"]),
    (Column::Mobile, &["手机号码", "手机", "手机号", "移动电话", "联系电话"]),
    (Column::AppliedOn, &["变更申请日期", "申请日期", "变更申请", "申请变更日期"]),
    (Column::EffectiveOn, &["生效日期", "变更日期", "启用日期", "起始日期"]),
];

const TITLES: &str = "表头写成：单位,角色,姓名,职务,办公电话,手机号码,变更申请日期,生效日期,备注";

/// Reads the file against the campaign's roles and the roster.
pub fn read_contacts(file: &SourceFile, campaign: &Campaign, roster: &Roster) -> ContactsReading {
    let grid = match roster_grid::read(file) {
        Ok(grid) => grid,
        Err(trouble) => {
            let mut problems = Problems::new(&file.name);
            let detail = if trouble.detail.is_empty() { String::new() } else { format!("：{}", trouble.detail) };
            let help = "用表格软件打开后另存为 CSV（UTF-8）或 xlsx".to_owned();
            problems.push(Position::default(), report("T070", "", None, format!("联系人回执读不出来{detail}"), help));
            return ContactsReading { diagnostics: problems.into_sorted(), ..ContactsReading::default() };
        }
    };
    let mut problems = Problems::in_sheet(&file.name, &grid.sheet);
    if let Some(encoding) = grid.encoding {
        problems.push(Position::default(), encoding_note(encoding));
    }
    let mut reading = ContactsReading::default();
    // An empty file has nothing to say, and nothing is wrong with that.
    if let Some((title_row, columns)) = grid.titles(&COLUMNS) {
        let missing: Vec<&str> = [Column::Unit, Column::Role, Column::Name]
            .into_iter()
            .filter(|column| !columns.contains_key(column))
            .map(Column::title)
            .collect();
        if missing.is_empty() {
            let mut table = Table { campaign, roster, columns: &columns, named: Vec::new(), problems: &mut problems };
            for row in grid.rows.iter().skip(title_row + 1).filter(|row| !row.cells.is_empty()) {
                match table.row(row) {
                    Some(contact) => reading.contacts.push(contact),
                    None => reading.set_aside += 1,
                }
            }
            let named = table.named;
            contact_checks::check(&reading.contacts, &named, campaign, roster, &columns, &mut problems);
        } else {
            let line = grid.rows.get(title_row).map_or(0, |row| row.number);
            let message = format!("联系人回执缺“{}”列", missing.join("”“"));
            problems.push(Position { line, column: u32::from(line > 0) }, report("T070", "", None, message, TITLES.to_owned()));
        }
    }
    reading.diagnostics = problems.into_sorted();
    reading
}

/// What a row is read against.
struct Table<'a> {
    campaign: &'a Campaign,
    roster: &'a Roster,
    columns: &'a BTreeMap<Column, u32>,
    /// Unit and role of every row that names its unit, also of those set aside; no role where it could not be read.
    named: Vec<(usize, Option<usize>)>,
    problems: &'a mut Problems,
}

impl Table<'_> {
    fn text<'r>(&self, row: &'r GridRow, column: Column) -> &'r str {
        let number = self.columns.get(&column);
        row.cells.iter().find(|(at, _)| Some(at) == number).map_or("", |(_, text)| text.as_str())
    }

    fn tell(&mut self, row: &GridRow, column: Column, told: Report) {
        let position = Position { line: row.number, column: self.columns.get(&column).copied().unwrap_or(1) };
        self.problems.push(position, told);
    }

    /// The row as a contact; every reason why it is none is told.
    fn row(&mut self, row: &GridRow) -> Option<Contact> {
        let unit = self.unit(self.text(row, Column::Unit)).map_err(|told| self.tell(row, Column::Unit, told)).ok();
        let role = self.role(self.text(row, Column::Role)).map_err(|told| self.tell(row, Column::Role, told)).ok();
        let name = self.text(row, Column::Name).to_owned();
        if let Some(unit) = unit {
            self.named.push((unit, role));
        }
        if name.is_empty() {
            let message = "没有写姓名，不知道是谁".to_owned();
            self.tell(
                row,
                Column::Name,
                report("T073", Column::Name.title(), None, message, "写上姓名；还没有定人的，把整行删掉".to_owned()),
            );
        }
        let [office_phone, mobile] = [Column::OfficePhone, Column::Mobile].map(|column| self.text(row, column).to_owned());
        self.phones(row, &name, &office_phone, &mobile);
        let [applied_on, effective_on] = [Column::AppliedOn, Column::EffectiveOn].map(|column| self.day(row, column));
        let contact = Contact {
            unit: unit?,
            role: role?,
            name: Some(name).filter(|name| !name.is_empty())?,
            post: self.text(row, Column::Post).to_owned(),
            office_phone,
            mobile,
            applied_on: applied_on.ok()?,
            effective_on: effective_on.ok()?,
            row: row.number,
        };
        if contact.applied_on.is_some() && contact.effective_on.is_none() {
            let message = format!("“{}”写了变更申请日期，没有写生效日期，不知道从哪天起算", contact.name);
            let help = "写上生效日期，例如 2023-07-14；不是变更的，删掉变更申请日期".to_owned();
            self.tell(row, Column::EffectiveOn, report("T079", Column::EffectiveOn.title(), None, message, help));
            return None;
        }
        Some(contact)
    }

    fn unit(&self, written: &str) -> Result<usize, Report> {
        let title = Column::Unit.title();
        if written.is_empty() {
            let message = "这一行没有写单位，不知道是哪家的联系人".to_owned();
            return Err(report("T071", title, None, message, "写上单位名称；不需要的行请删掉".to_owned()));
        }
        let near = match self.roster.by_code(written).map_or_else(|| self.roster.find(written), UnitMatch::Exact) {
            UnitMatch::Exact(unit) | UnitMatch::Alias(unit) => return Ok(unit),
            UnitMatch::Ambiguous(units) | UnitMatch::Unknown(units) => units,
        };
        let names: Vec<&str> = near.iter().filter_map(|unit| self.roster.units.get(*unit)).map(|unit| &*unit.name).collect();
        let question = if names.is_empty() { String::new() } else { format!("是否指 {}？", names.join("、")) };
        let message = format!("“{written}”不在单位名册上，或者对应几家单位，这一行没有采用");
        Err(report("T071", title, Some(written.to_owned()), message, format!("{question}按名册写单位名称、简称或编码")))
    }

    fn role(&self, written: &str) -> Result<usize, Report> {
        let roles = &self.campaign.contacts.roles;
        let wanted = normalise(written);
        if let Some(role) = roles.iter().position(|role| !wanted.is_empty() && normalise(role) == wanted) {
            return Ok(role);
        }
        let message = if written.is_empty() {
            "这一行没有写角色，不知道是什么联系人".to_owned()
        } else {
            format!("没有“{written}”这个角色，这一行没有采用")
        };
        let value = Some(written.to_owned()).filter(|written| !written.is_empty());
        Err(report("T072", Column::Role.title(), value, message, format!("写 {} 中的一个", roles.join("、"))))
    }

    fn phones(&mut self, row: &GridRow, name: &str, office_phone: &str, mobile: &str) {
        if office_phone.is_empty() && mobile.is_empty() {
            let message = format!("“{name}”没有办公电话，也没有手机号码，联系不上");
            let told = report("T074", Column::Mobile.title(), None, message, "至少填一个号码".to_owned());
            self.tell(row, Column::Mobile, Report { severity: Severity::Warning, ..told });
        }
        let digits = mobile.chars().filter(char::is_ascii_digit).count();
        let mobile_is_damaged = !mobile.is_empty() && (phone_is_damaged(mobile) || mobile.starts_with('1') && digits % 11 != 0);
        let office_is_damaged = !office_phone.is_empty() && phone_is_damaged(office_phone);
        for (column, number, damaged) in
            [(Column::OfficePhone, office_phone, office_is_damaged), (Column::Mobile, mobile, mobile_is_damaged)]
        {
            if damaged {
                let message = format!("“{name}”的{}“{number}”不完整", column.title());
                let told =
                    report("T075", column.title(), Some(number.to_owned()), message, "把这一列设成文本格式，重新填写号码".to_owned());
                self.tell(row, column, Report { severity: Severity::Warning, ..told });
            }
        }
    }

    fn day(&mut self, row: &GridRow, column: Column) -> Result<Option<NaiveDate>, ()> {
        let written = self.text(row, column);
        let context = Context { period: Some((self.campaign.start, self.campaign.end)), ..Context::default() };
        match read_cell(CellInput::Text(written), &context).reading {
            DateReading::On(day) => Ok(Some(day)),
            DateReading::Blank => Ok(None),
            _ => {
                let message = format!("{}“{written}”读不出是哪一天，这一行没有采用", column.title());
                let help = "写成 2023-07-14 这样的日期".to_owned();
                self.tell(row, column, report("T079", column.title(), Some(written.to_owned()), message, help));
                Err(())
            }
        }
    }
}

/// A finding of this file, an error unless its caller says otherwise.
pub fn report(code: &'static str, field: &str, value: Option<String>, message: String, help: String) -> Report {
    Report { code, severity: Severity::Error, field: field.to_owned(), value, message, help }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::campaign::read_campaign;
    use crate::campaign::read_roster;

    const CAMPAIGN: &str = "campaign: demo\ntitle: 示例\nissuer: 某县卫生健康委员会\nperiod: {start: 2023-05-20, end: 2023-12-31}\n\
        units: units.csv\ncontacts: {notice: 7d}\n";
    const ROSTER: &str = "编码,单位名称,简称\nH01,甲医院,甲院\nW01,乙镇卫生院,\n";
    const HEAD: &str = "单位,角色,姓名,职务,办公电话,手机号码,变更申请日期,生效日期,备注\n";
    /// Everybody of the second unit, so that only the first is in question.
    const OTHERS: &str = "W01,分管领导,甲一,,,13800001001\nW01,科室负责人,甲二,,,13800001002\nW01,联络员,甲三,,,13800001003\n";

    fn read(bytes: &[u8]) -> (ContactsReading, Campaign) {
        let file = |name: &str, bytes: &[u8]| SourceFile { name: Arc::from(name), bytes: bytes.to_vec() };
        let campaign = read_campaign(&file("campaign.yaml", CAMPAIGN.as_bytes())).campaign.expect("a campaign");
        let roster = read_roster(&file("units.csv", ROSTER.as_bytes())).roster.expect("a roster");
        (read_contacts(&file("contacts.csv", bytes), &campaign, &roster), campaign)
    }

    /// What rows of the first unit raise: code, row and column.
    fn check(rows: &str, told: &[&str]) {
        let (reading, _) = read(format!("{HEAD}{OTHERS}{rows}").as_bytes());
        let places: Vec<String> = (reading.diagnostics.iter())
            .map(|diagnostic| format!("{} {}:{}", diagnostic.code, diagnostic.place.row, diagnostic.place.column))
            .collect();
        assert_eq!(places, told, "{rows}\n{:#?}", reading.diagnostics);
    }

    const LEADERS: &str = "甲院,分管领导,乙一,副院长,0477-1380001,\n甲医院,科室负责人,乙二,,,13800001005\n";

    #[test]
    fn rows_are_read_and_faults_are_told_at_their_cells() {
        let whole = |last: &str| format!("{LEADERS}{last}\n");
        check(&whole("甲医院,联络员,乙三,,,13800001006"), &[]);
        check(&whole("甲医院,联络员,乙三,,,"), &["T074 7:6"]);
        check(&whole("甲医院,联络员,乙三,,,1.38E+10"), &["T075 7:6"]);
        check(&whole("甲医院,联络员,乙三,,47138,138000010"), &["T075 7:5", "T075 7:6"]);
        // One cause, one message: a row that is set aside is not missed again.
        check(&whole("甲医院,联络员,,,,13800001006"), &["T073 7:3"]);
        check(&whole("甲医院,连络员,乙三,,,13800001006"), &["T072 7:2"]);
        check(&whole("甲医院,联络员,乙三,,,13800001006,,某天"), &["T079 7:8"]);
        check(&whole("甲医院,联络员,乙三,,,13800001006,2023-07-01,"), &["T079 7:8"]);
        check(&whole("丙医院,联络员,乙三,,,13800001006"), &["T077 5:1", "T071 7:1"]);
        check(LEADERS, &["T077 5:1"]);
        check("", &["T077 0:0"]);
    }

    #[test]
    fn changes_are_applied_for_a_week_ahead() {
        let changed = |dates: &str| format!("{LEADERS}甲医院,联络员,乙三,,,13800001006\n甲医院,联络员,乙四,,,13800001007,{dates}\n");
        check(&changed("2023-07-01,2023-07-08"), &[]);
        check(&changed("2023-07-01,2023-07-07"), &["T078 8:8"]);
        check(&changed(",2023-07-08"), &["T078 8:7"]);
        check(&changed(","), &["T076 8:2"]);
    }

    #[test]
    fn who_is_in_force_follows_from_the_day() {
        let rows = format!("{HEAD}甲医院,联络员,乙三,,,13800001006\n甲医院,联络员,乙四,,0477-1380002,13800001007,2023-07-01,2023-07-08\n");
        let (reading, campaign) = read(rows.as_bytes());
        let on =
            |day: &str| reading.liaison(&campaign, 0, day.parse().expect("a day")).map(|contact| (contact.name.as_str(), contact.phones()));
        assert_eq!(on("2023-07-07"), Some(("乙三", "13800001006".to_owned())));
        assert_eq!(on("2023-07-08"), Some(("乙四", "13800001007、0477-1380002".to_owned())));
        assert_eq!(reading.liaison(&campaign, 1, campaign.end), None);
    }

    #[test]
    fn the_form_of_the_plan_and_other_encodings_are_read() {
        let form = "附件1 联系人回执\n项目,姓名,单位,办公电话,手机号码\n分管领导,乙一,甲医院,,13800001004\n";
        let (gbk, ..) = encoding_rs::GB18030.encode(form);
        for bytes in [form.as_bytes(), &gbk] {
            assert_eq!(read(bytes).0.contacts.len(), 1);
        }
        assert!(read(b"").0.diagnostics.is_empty());
        let codes = |bytes: &[u8]| read(bytes).0.diagnostics.iter().map(|diagnostic| diagnostic.code).collect::<Vec<_>>();
        assert_eq!(codes("单位,姓名\n甲医院,乙一\n".as_bytes()), ["T070"]);
        assert_eq!(codes(b"PK\x03\x04 no workbook"), ["T070"]);
    }
}
