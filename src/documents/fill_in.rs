//! The form that goes to one unit (填报表): what it has open, room for more, what may be chosen, and the mark by which its answer is known.
//!
//! Decides what stands in it and who may change what; how a workbook holds that is for `render`.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::CountForm;
use crate::campaign::FormRows;
use crate::campaign::Roster;
use crate::documents::ledger::field_column;
use crate::documents::sheet::Column;
use crate::ledger::Hazard;
use crate::records::issue::FORM_SHEETS;
use crate::records::issue::Issue;
use crate::records::issue::TABLE_SHEET;
use crate::registers::ContactsReading;
use crate::vocabulary::Field;
use crate::vocabulary::Level;
use crate::vocabulary::Status;

/// The fields that a unit is asked for, in the order of the form. What the campaign demands of a level besides comes after them.
const ASKED: [Field; 15] = [
    Field::Id,
    Field::Description,
    Field::Location,
    Field::Level,
    Field::Category,
    Field::FoundOn,
    Field::Measure,
    Field::Responsible,
    Field::Phone,
    Field::Deadline,
    Field::ExtendedTo,
    Field::Status,
    Field::RectifiedOn,
    Field::Progress,
    Field::Remark,
];

/// Rows for new hazards that bear a number (新1, 新2 …).
pub const NUMBERED_ROWS: usize = 20;

/// A form for one unit, or for anybody.
#[derive(Debug)]
pub struct FillIn<'a> {
    pub title: String,
    pub issuer: &'a str,
    /// The unit's official name; `None` on a form for anybody.
    pub unit: Option<Arc<str>>,
    pub guide: Vec<Guide>,
    pub columns: Vec<FillInColumn>,
    pub hazards: Vec<&'a Hazard>,
    /// Names of the roster, to choose from on a form for anybody.
    pub units: Vec<Arc<str>>,
    pub categories: Vec<&'a str>,
    pub statuses: Vec<&'static str>,
    pub levels: Vec<&'static str>,
    pub counts: Vec<CountSheet<'a>>,
    pub contacts: Vec<ContactRow<'a>>,
    pub issue: Issue,
}

/// A paragraph of 填表说明.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guide {
    Heading(String),
    Line(String),
}

/// A column of the form's 台账.
#[derive(Debug, Clone)]
pub struct FillInColumn {
    pub field: Field,
    pub column: Column,
    pub choice: Choice,
    /// Who may write in the row of a hazard that is registered.
    pub owner: Owner,
}

/// What is offered in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    Free,
    Level,
    Category,
    Status,
    Day,
}

/// Who may change a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    Unit,
    /// The bureau once the hazard is registered, the unit before.
    BureauOnceRegistered,
    Bureau,
}

/// A table of counts that the campaign asks for.
#[derive(Debug)]
pub struct CountSheet<'a> {
    /// Name of the sheet.
    pub name: String,
    pub form: &'a CountForm,
    /// What stands in front of each row.
    pub rows: Vec<String>,
}

/// One role of 联系人回执, and who holds it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContactRow<'a> {
    pub role: &'a str,
    pub name: String,
    pub post: String,
    pub office_phone: String,
    pub mobile: String,
}

/// What a form is made of.
#[derive(Clone, Copy)]
pub struct FillInSource<'a> {
    pub campaign: &'a Campaign,
    pub roster: &'a Roster,
    pub contacts: Option<&'a ContactsReading>,
    pub as_of: NaiveDate,
}

/// What the unit is told besides: in whole sentences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// When it has to report next.
    pub next_due: String,
    /// What came of its last report.
    pub last_report: String,
}

/// Makes the form of one unit of the roster, or without `unit` one for anybody. `hazards` are those that the unit has open.
pub fn fill_in<'a>(source: FillInSource<'a>, unit: Option<usize>, hazards: Vec<&'a Hazard>, told: &Told) -> FillIn<'a> {
    let FillInSource { campaign, roster, contacts, as_of } = source;
    let columns = columns(campaign);
    let of_roster = unit.and_then(|unit| roster.units.get(unit));
    let values = |hazard: &Hazard| {
        let fields = columns.iter().map(|column| column.field).filter(|field| *field != Field::Id);
        (hazard.id.clone(), fields.filter_map(|field| Some((field, hazard.text(field)?.to_owned()))).collect())
    };
    let issue = Issue {
        campaign: campaign.code.clone(),
        unit: of_roster.map_or_else(String::new, |unit| unit.code.clone()),
        on: as_of,
        rows: hazards.iter().copied().map(values).collect(),
    };
    let mut statuses = vec![Status::Open, Status::InRectification, Status::Rectified];
    statuses.extend(campaign.units_may_close.then_some(Status::ClosedOut));
    FillIn {
        title: format!("{}隐患台账填报表", campaign.title),
        issuer: &campaign.issuer,
        unit: of_roster.map(|unit| unit.name.clone()),
        guide: guide(&columns, hazards.len(), unit.is_some(), told),
        hazards,
        units: if unit.is_some() { Vec::new() } else { roster.units.iter().map(|unit| unit.name.clone()).collect() },
        categories: campaign.categories.iter().map(|category| category.name.as_str()).collect(),
        statuses: statuses.into_iter().map(Status::label).collect(),
        levels: [Level::General, Level::Major].into_iter().map(Level::label).collect(),
        counts: count_sheets(campaign, of_roster.map(|unit| &*unit.name)),
        contacts: contact_rows(campaign, unit, contacts, as_of),
        columns,
        issue,
    }
}

fn columns(campaign: &Campaign) -> Vec<FillInColumn> {
    let demanded = campaign.levels.general.requires.iter().chain(&campaign.levels.major.requires).copied();
    let control = [campaign.levels.general.interim_control_required, campaign.levels.major.interim_control_required];
    let control = if control.contains(&true) { &[Field::InterimControl, Field::Guard][..] } else { &[] };
    let mut fields = ASKED.to_vec();
    for field in demanded.chain(control.iter().copied()) {
        if !fields.contains(&field) {
            // 备注 stays last.
            fields.insert(fields.len() - 1, field);
        }
    }
    fields
        .into_iter()
        .map(|field| FillInColumn { field, column: field_column(field), choice: choice(field), owner: owner(field) })
        .collect()
}

fn choice(field: Field) -> Choice {
    match field {
        Field::Level => Choice::Level,
        Field::Category => Choice::Category,
        Field::Status => Choice::Status,
        _ if field.is_date() => Choice::Day,
        _ => Choice::Free,
    }
}

fn owner(field: Field) -> Owner {
    match field {
        Field::Level => Owner::BureauOnceRegistered,
        _ if field.is_bureau_owned() => Owner::Bureau,
        _ => Owner::Unit,
    }
}

fn count_sheets<'a>(campaign: &'a Campaign, unit: Option<&str>) -> Vec<CountSheet<'a>> {
    let mut taken: Vec<String> = FORM_SHEETS.iter().chain(&[TABLE_SHEET]).map(|name| (*name).to_owned()).collect();
    let sheet = |form: &'a CountForm| {
        let rows = match form.rows {
            FormRows::Category => campaign.categories.iter().map(|category| category.name.clone()).collect(),
            FormRows::Unit => vec![unit.unwrap_or_default().to_owned()],
            FormRows::Single => vec![String::new()],
        };
        // A sheet's name has at most 31 characters, none of these, and is its own whatever the case.
        let title: String = form.title.chars().filter(|character| !"[]:*?/\\'".contains(*character)).take(26).collect();
        let title = if title.trim().is_empty() { "统计表".to_owned() } else { title };
        let numbered = (2..).map(|number| format!("{title}（{number}）"));
        let is_free = |name: &String| !taken.iter().any(|known| known.to_lowercase() == name.to_lowercase());
        let name = std::iter::once(title.clone()).chain(numbered).find(is_free).unwrap_or_default();
        taken.push(name.clone());
        CountSheet { name, form, rows }
    };
    campaign.forms.iter().map(sheet).collect()
}

fn contact_rows<'a>(
    campaign: &'a Campaign,
    unit: Option<usize>,
    contacts: Option<&ContactsReading>,
    as_of: NaiveDate,
) -> Vec<ContactRow<'a>> {
    let row = |(index, role): (usize, &'a String)| {
        let known = unit.zip(contacts).and_then(|(unit, contacts)| contacts.in_force(unit, index, as_of));
        let blank = ContactRow { role: role.as_str(), ..ContactRow::default() };
        known.map_or(blank.clone(), |contact| ContactRow {
            name: contact.name.clone(),
            post: contact.post.clone(),
            office_phone: contact.office_phone.clone(),
            mobile: contact.mobile.clone(),
            ..blank
        })
    };
    campaign.contacts.roles.iter().enumerate().map(row).collect()
}

/// What whoever fills it in has to know, in the order in which it is needed.
fn guide(columns: &[FillInColumn], open: usize, is_for_unit: bool, told: &Told) -> Vec<Guide> {
    let line = |text: &str| Guide::Line(text.to_owned());
    let heading = |text: &str| Guide::Heading(text.to_owned());
    let has = |field: Field| columns.iter().any(|column| column.field == field);
    let mut guide = Vec::new();
    if !told.next_due.is_empty() || !told.last_report.is_empty() {
        guide.push(heading("报送"));
        guide.extend([&told.next_due, &told.last_report].into_iter().filter(|text| !text.is_empty()).map(|text| line(text)));
    }
    guide.push(heading("怎么填"));
    guide.push(line("1．在“台账”表上方写填报日期。"));
    if open > 0 {
        guide.push(Guide::Line(format!(
            "2．表里已列出本单位还没有销号的 {open} 条隐患。有进展的，只改那一行的状态、整改完成日期、整改进展等格子；没有变化的不用动。"
        )));
        guide.push(line("3．一条也没有变化、也没有新隐患的，在“本期无变化”后面选“√”，保存后发回即可。"));
    } else {
        guide.push(line("2．发现隐患的，从第一行起一条隐患写一行。"));
        guide.push(line("3．没有隐患的，在“零报告”后面选“√”，保存后发回即可。"));
    }
    guide.push(line("4．新发现的隐患从“新1”那一行起写；编号由卫健部门统一编，“新1、新2”留着不用改。"));
    guide.push(line("5．不要删行：整改好了的把状态改为“已整改”并写整改完成日期；登记错了的，在备注里写明。"));
    guide.push(line("6．灰色的格子由卫健部门填写，改了也不算。"));
    if !is_for_unit {
        guide.push(line("7．“填报单位”从下拉框里选本单位全称。"));
    }
    guide.push(heading("每列写什么"));
    guide.push(line("隐患描述：写清楚什么东西、哪里不对，例如“二楼安全出口被货架挡住”。不要只写“消防”“用电”。"));
    guide.push(line("等级：一般或重大；已登记的由卫健部门核定。"));
    guide.push(line("日期：写成 2023-6-5 这样；整改期限确实没有日子的，写“立行立改”。"));
    guide.push(line("状态：待整改、整改中、已整改；“已整改”的要写整改完成日期。"));
    if has(Field::Phone) {
        guide.push(line("联系电话：手机 11 位或座机加区号。"));
    }
    if has(Field::Funds) {
        guide.push(line("整改资金：单位万元，只写数字。"));
    }
    guide
}
