//! `contacts.csv` (联系人回执): who is 分管领导, 科室负责人 and 联络员 of each unit, one row a person and role.
//!
//! Any format and encoding that `tables` reads. A row that names nobody for sure is set aside with a diagnostic at its cell.
//! What the rows say together is checked in `contact_checks`. Knows no as-of day: who is in force on one is asked for.

use chrono::NaiveDate;

use crate::campaign::grid::TitledRow;
use crate::campaign::model::Campaign;
use crate::campaign::names::normalise;
use crate::campaign::roster::Roster;
use crate::campaign::roster_reader::phone_is_damaged;
use crate::dates::Context;
use crate::registers::contact_checks;
use crate::registers::table;
use crate::registers::table::Fault;
use crate::registers::table::Form;
use crate::registers::table::Register;
use crate::registers::table::RegisterReading;
use crate::registers::table::TableProblems;
use crate::registers::table::question_of_units;
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
    /// 邮箱, in small letters; perhaps empty.
    pub mailbox: String,
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
pub type ContactsReading = RegisterReading<Contact>;

impl ContactsReading {
    /// Who holds a role of a unit on a day: of several rows the one that took effect last, and of equal ones the lower.
    pub fn in_force(&self, unit: usize, role: usize, as_of: NaiveDate) -> Option<&Contact> {
        let begun = |contact: &&Contact| contact.effective_on.is_none_or(|day| day <= as_of);
        let own = self.rows.iter().filter(|contact| (contact.unit, contact.role) == (unit, role));
        own.filter(begun).max_by_key(|contact| (contact.effective_on, contact.row))
    }

    /// The one unit of whoever has this mailbox, or else this name.
    pub fn unit_of(&self, name: &str, mailbox: &str) -> Option<usize> {
        let only = |is_meant: &dyn Fn(&Contact) -> bool| {
            let mut units = self.rows.iter().filter(|contact| is_meant(contact)).map(|contact| contact.unit);
            let first = units.next()?;
            units.all(|unit| unit == first).then_some(first)
        };
        let by_mailbox = (!mailbox.is_empty()).then(|| only(&|contact| contact.mailbox == mailbox)).flatten();
        by_mailbox.or_else(|| (!name.is_empty()).then(|| only(&|contact| contact.name == name)).flatten())
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
    Mailbox,
    AppliedOn,
    EffectiveOn,
}

/// Columns with the titles they may carry; the first is the one we write.
const COLUMNS: [(Column, &[&str]); 9] = [
    (Column::Unit, &["单位", "单位名称", "填报单位", "所在单位"]),
    (Column::Role, &["角色", "项目", "类别", "联系人类别", "身份"]),
    (Column::Name, &["姓名", "联系人", "人员"]),
    (Column::Post, &["职务", "职务职称", "职称"]),
    (Column::OfficePhone, &["办公电话", "固定电话", "座机", "电话"]),
    (Column::Mobile, &["手机号码", "手机", "手机号", "移动电话", "联系电话"]),
    (Column::Mailbox, &["邮箱", "电子邮箱", "电子邮件", "邮箱地址", "工作邮箱", "邮件地址"]),
    (Column::AppliedOn, &["变更申请日期", "申请日期", "变更申请", "申请变更日期"]),
    (Column::EffectiveOn, &["生效日期", "变更日期", "启用日期", "起始日期"]),
];

/// Reads the file against the campaign's roles and the roster.
pub fn read_contacts(file: &SourceFile, campaign: &Campaign, roster: &Roster) -> ContactsReading {
    table::read(file, &mut ContactTable { campaign, roster, named: Vec::new() })
}

/// What a row is read against.
struct ContactTable<'a> {
    campaign: &'a Campaign,
    roster: &'a Roster,
    /// Unit and role of every row that names its unit, also of those set aside; no role where it could not be read.
    named: Vec<(usize, Option<usize>)>,
}

/// What is wrong with the table of contacts.
pub type ContactProblems<'a> = TableProblems<'a, Column>;

impl Register for ContactTable<'_> {
    type Column = Column;
    type Row = Contact;

    const FORM: Form<Column> = Form {
        name: "联系人回执",
        unreadable: "T070",
        columns: &COLUMNS,
        needed: &[Column::Unit, Column::Role, Column::Name],
        titles: "表头写成：单位,角色,姓名,职务,办公电话,手机号码,变更申请日期,生效日期,备注",
    };

    /// Reads a row as a contact.
    fn row(&mut self, row: TitledRow<'_, Column>, problems: &mut ContactProblems<'_>) -> Option<Contact> {
        let (line, text) = (row.row.number, |column| row.text(column).to_owned());
        let unit = problems.sift(line, Column::Unit, self.unit(row.text(Column::Unit)));
        let role = problems.sift(line, Column::Role, self.role(row.text(Column::Role)));
        let name = text(Column::Name);
        if let Some(unit) = unit {
            self.named.push((unit, role));
        }
        if name.is_empty() {
            problems.tell(line, Column::Name, Fault::error("T073", "", "没有写姓名，不知道是谁", "写上姓名；还没有定人的，把整行删掉"));
        }
        check_phones(row, problems);
        let [applied_on, effective_on] = [Column::AppliedOn, Column::EffectiveOn]
            .map(|column| problems.sift(line, column, self.day(row.text(column), Self::FORM.title(column))));
        let contact = Contact {
            unit: unit?,
            role: role?,
            name: Some(name).filter(|name| !name.is_empty())?,
            post: text(Column::Post),
            office_phone: text(Column::OfficePhone),
            mobile: text(Column::Mobile),
            mailbox: text(Column::Mailbox).to_lowercase(),
            applied_on: applied_on?,
            effective_on: effective_on?,
            row: line,
        };
        if contact.applied_on.is_some() && contact.effective_on.is_none() {
            let message = format!("“{}”写了变更申请日期，没有写生效日期，不知道从哪天起算", contact.name);
            let help = "写上生效日期，例如 2023-07-14；不是变更的，删掉变更申请日期";
            problems.tell(line, Column::EffectiveOn, Fault::error("T079", "", message, help));
            return None;
        }
        Some(contact)
    }

    fn check_together(&self, rows: &[Contact], problems: &mut ContactProblems<'_>) {
        contact_checks::check(rows, &self.named, self.campaign, self.roster, problems);
    }
}

impl ContactTable<'_> {
    fn unit(&self, written: &str) -> Result<usize, Fault> {
        if written.is_empty() {
            return Err(Fault::error("T071", "", "这一行没有写单位，不知道是哪家的联系人", "写上单位名称；不需要的行请删掉"));
        }
        self.roster.meant(written).map_err(|near| {
            let message = format!("“{written}”不在单位名册上，或者对应几家单位，这一行没有采用");
            Fault::error("T071", written, message, format!("{}按名册写单位名称、简称或编码", question_of_units(self.roster, &near)))
        })
    }

    fn role(&self, written: &str) -> Result<usize, Fault> {
        let roles = &self.campaign.contacts.roles;
        let wanted = normalise(written);
        if let Some(role) = roles.iter().position(|role| !wanted.is_empty() && normalise(role) == wanted) {
            return Ok(role);
        }
        let message = match written {
            "" => "这一行没有写角色，不知道是什么联系人".to_owned(),
            written => format!("没有“{written}”这个角色，这一行没有采用"),
        };
        Err(Fault::error("T072", written, message, format!("写 {} 中的一个", roles.join("、"))))
    }

    fn day(&self, written: &str, title: &str) -> Result<Option<NaiveDate>, Fault> {
        let context = Context { period: Some((self.campaign.start, self.campaign.end)), ..Context::default() };
        table::day(written, &context, || {
            let message = format!("{title}“{written}”读不出是哪一天，这一行没有采用");
            Fault::error("T079", written, message, "写成 2023-07-14 这样的日期")
        })
    }
}

/// Checks that there is a number to call, and that each has all its digits.
fn check_phones(row: TitledRow<'_, Column>, problems: &mut ContactProblems<'_>) {
    let [name, office_phone, mobile] = [Column::Name, Column::OfficePhone, Column::Mobile].map(|column| row.text(column));
    if office_phone.is_empty() && mobile.is_empty() {
        let message = format!("“{name}”没有办公电话，也没有手机号码，联系不上");
        problems.tell(row.row.number, Column::Mobile, Fault::warning("T074", "", message, "至少填一个号码"));
    }
    let digits = mobile.chars().filter(char::is_ascii_digit).count();
    let mobile_is_damaged = !mobile.is_empty() && (phone_is_damaged(mobile) || mobile.starts_with('1') && digits % 11 != 0);
    let office_is_damaged = !office_phone.is_empty() && phone_is_damaged(office_phone);
    for (column, number, damaged) in [(Column::OfficePhone, office_phone, office_is_damaged), (Column::Mobile, mobile, mobile_is_damaged)] {
        if damaged {
            let message = format!("“{name}”的{}“{number}”不完整", ContactTable::FORM.title(column));
            problems.tell(row.row.number, column, Fault::warning("T075", number, message, "把这一列设成文本格式，重新填写号码"));
        }
    }
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
            assert_eq!(read(bytes).0.rows.len(), 1);
        }
        assert!(read(b"").0.diagnostics.is_empty());
        let codes = |bytes: &[u8]| read(bytes).0.diagnostics.iter().map(|diagnostic| diagnostic.code).collect::<Vec<_>>();
        assert_eq!(codes("单位,姓名\n甲医院,乙一\n".as_bytes()), ["T070"]);
        assert_eq!(codes(b"PK\x03\x04 no workbook"), ["T070"]);
    }
}
