//! `submissions.csv` (报送登记): what came by telephone, on paper or as an activity, one row each.
//!
//! Any format and encoding that `tables` reads. A row counts for the obligations that its 报送事项 names; one that names a mode of
//! inspection (随机抽查 …) is a visit that was made to the unit. A row that cannot count is set aside with a diagnostic at its cell. Knows nothing of due days.

use chrono::NaiveDate;

use crate::campaign::duties::Fulfilment;
use crate::campaign::grid::TitledRow;
use crate::campaign::model::Campaign;
use crate::campaign::model::Obligation;
use crate::campaign::names::normalise;
use crate::campaign::parties::Party;
use crate::campaign::parties::office_of;
use crate::campaign::parties::owing;
use crate::campaign::roster::Roster;
use crate::dates::Context;
use crate::registers::table;
use crate::registers::table::Fault;
use crate::registers::table::Form;
use crate::registers::table::Register;
use crate::registers::table::RegisterReading;
use crate::registers::table::TableProblems;
use crate::registers::table::question;
use crate::registers::table::question_of_units;
use crate::source::SourceFile;
use crate::vocabulary::VisitMode;
use crate::vocabulary::read_zero;

/// One row that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedSubmission {
    pub party: Party,
    /// Indices into [`Campaign::obligations`]; at least one.
    pub obligations: Vec<usize>,
    pub on: NaiveDate,
    /// 方式: 电话, 纸质, …
    pub means: String,
    /// 备注 or 方式 says that there was nothing to report.
    pub is_zero: bool,
    /// 1-based row of the file.
    pub row: u32,
}

/// One row that says that a unit was inspected: its 报送事项 is a mode of inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedVisit {
    /// Index into [`Roster::units`].
    pub unit: usize,
    pub mode: VisitMode,
    pub on: NaiveDate,
    /// 1-based row of the file.
    pub row: u32,
}

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Logged {
    Submission(LoggedSubmission),
    /// A visit that was made to a unit.
    Visit(LoggedVisit),
}

/// The file as read.
pub type LogReading = RegisterReading<Logged>;

impl LogReading {
    /// The rows that count for obligations, in the order of the file.
    pub fn submissions(&self) -> impl Iterator<Item = &LoggedSubmission> {
        self.rows.iter().filter_map(|row| if let Logged::Submission(submission) = row { Some(submission) } else { None })
    }

    /// The visits that were made, in the order of the file.
    pub fn visits(&self) -> impl Iterator<Item = &LoggedVisit> {
        self.rows.iter().filter_map(|row| if let Logged::Visit(visit) = row { Some(visit) } else { None })
    }
}

/// A column of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Unit,
    Matter,
    Date,
    Means,
    Remark,
}

/// Columns with the titles they may carry; the first is the one we write.
const COLUMNS: [(Column, &[&str]); 5] = [
    (Column::Unit, &["单位", "单位名称", "报送单位", "填报单位", "名称"]),
    (Column::Matter, &["报送事项", "事项", "报送内容", "内容"]),
    (Column::Date, &["日期", "报送日期", "收到日期", "时间", "报送时间"]),
    (Column::Means, &["方式", "报送方式", "途径"]),
    (Column::Remark, &["备注", "说明"]),
];

/// Reads the file against the campaign's obligations and the roster.
pub fn read_submission_log(file: &SourceFile, campaign: &Campaign, roster: &Roster) -> LogReading {
    let owing = campaign.obligations.iter().map(|obligation| owing(campaign, roster, obligation)).collect();
    table::read(file, &mut SubmissionLog { campaign, roster, owing })
}

/// What a row is read against.
struct SubmissionLog<'a> {
    campaign: &'a Campaign,
    roster: &'a Roster,
    /// Who owes each obligation.
    owing: Vec<Vec<Party>>,
}

impl Register for SubmissionLog<'_> {
    type Column = Column;
    type Row = Logged;

    const FORM: Form<Column> = Form {
        name: "报送登记",
        unreadable: "T060",
        columns: &COLUMNS,
        needed: &[Column::Unit, Column::Matter, Column::Date],
        titles: "表头写成：单位,报送事项,日期,方式,备注",
    };

    /// Reads a row as a submission or a visit.
    fn row(&mut self, row: TitledRow<'_, Column>, problems: &mut TableProblems<'_, Column>) -> Option<Logged> {
        let (line, text) = (row.row.number, |column| row.text(column));
        let party = problems.sift(line, Column::Unit, self.party(text(Column::Unit)));
        let matter = self.matter(text(Column::Matter));
        let owes = |party: &Party, index: usize| self.owing.get(index).is_some_and(|owing| owing.contains(party));
        let owes_any = |party: &Party| matter.iter().flatten().any(|index| owes(party, *index));
        if let Some(mode) = VisitMode::read(text(Column::Matter))
            && !party.as_ref().is_some_and(owes_any)
        {
            let on = problems.sift(line, Column::Date, self.day(text(Column::Date)));
            if let Some(Party::Office(office)) = &party {
                let message = format!("“{office}”不是名册上的单位，检查登记要写被检查的单位");
                problems.tell(line, Column::Unit, Fault::error("T061", office, message, "写被检查单位的名称、简称或编码"));
            }
            let Some(Party::Unit(unit)) = party else { return None };
            return Some(Logged::Visit(LoggedVisit { unit, mode, on: on?, row: line }));
        }
        let named = problems.sift(line, Column::Matter, matter);
        let on = problems.sift(line, Column::Date, self.day(text(Column::Date)));
        let (party, named) = (party?, named?);
        let obligations: Vec<usize> = named.into_iter().filter(|index| owes(&party, *index)).collect();
        if obligations.is_empty() {
            let (unit, matter) = (party.name(self.roster), text(Column::Matter));
            let message = format!("“{unit}”不需要报“{matter}”，这一行没有计入");
            let help = "核对单位和报送事项；确应由它报的，改专项定义里这一项的 from";
            problems.tell(line, Column::Unit, Fault::warning("T064", unit, message, help));
            return None;
        }
        let is_zero = [Column::Remark, Column::Means].into_iter().any(|column| read_zero(text(column)).is_some());
        let means = text(Column::Means).to_owned();
        Some(Logged::Submission(LoggedSubmission { party, obligations, on: on?, means, is_zero, row: line }))
    }
}

impl SubmissionLog<'_> {
    fn party(&self, written: &str) -> Result<Party, Fault> {
        if written.is_empty() {
            return Err(Fault::error("T061", "", "这一行没有写单位，不知道是谁报的", "写上单位名称；不需要的行请删掉"));
        }
        let near = match self.roster.meant(written) {
            Ok(unit) => return Ok(Party::Unit(unit)),
            Err(near) => near,
        };
        let office = office_of(self.campaign, written).map(Party::Office);
        let as_written = || Some(Party::Office(written.to_owned())).filter(|party| self.owing.iter().any(|owing| owing.contains(party)));
        if let Some(party) = office.or_else(as_written) {
            return Ok(party);
        }
        let message = format!("“{written}”不在单位名册上，也不是方案里的部门，这一行没有计入");
        let help = format!("{}按名册写单位名称、简称或编码", question_of_units(self.roster, &near));
        Err(Fault::error("T061", written, message, help))
    }

    fn matter(&self, written: &str) -> Result<Vec<usize>, Fault> {
        if written.is_empty() {
            return Err(Fault::error("T062", "", "这一行没有写报送事项，不知道报的是什么", self.known_matters()));
        }
        let wanted = normalise(written);
        let meant: Vec<usize> = self
            .campaign
            .obligations
            .iter()
            .enumerate()
            .filter(|(_, obligation)| matter_names(obligation).any(|name| normalise(name) == wanted))
            .map(|(index, _)| index)
            .collect();
        if !meant.is_empty() {
            return Ok(meant);
        }
        let names = self.campaign.obligations.iter().flat_map(matter_names);
        let message = format!("方案里没有“{written}”这一报送事项，这一行没有计入");
        Err(Fault::error("T062", written, message, format!("{}{}", question(&wanted, names), self.known_matters())))
    }

    fn known_matters(&self) -> String {
        let names: Vec<&str> = self.campaign.obligations.iter().take(MOST_NAMED).map(|obligation| obligation.name.as_str()).collect();
        let more = if self.campaign.obligations.len() > MOST_NAMED { " 等" } else { "" };
        match names.as_slice() {
            [] => "专项定义里没有报送要求（obligations），先写上再登记".to_owned(),
            names => format!(
                "写报送要求的名称或代号：{}{more}；对单位的检查写 {}",
                names.join("、"),
                VisitMode::ALL.map(VisitMode::label).join("、")
            ),
        }
    }

    fn day(&self, written: &str) -> Result<NaiveDate, Fault> {
        let context = Context { period: Some((self.campaign.start, self.campaign.end)), looks_back: true, ..Context::default() };
        let fault = |message: String| Fault::error("T063", written, message, "写成 2023-07-14 这样的日期");
        let day = table::day(written, &context, || fault(format!("日期“{written}”读不出是哪一天，这一行没有计入")))?;
        day.ok_or_else(|| fault("这一行没有写日期，不知道算哪一期".to_owned()))
    }
}

/// How many obligations a help names.
const MOST_NAMED: usize = 5;

/// The words under which the file may name an obligation: its id, its name, and what fulfils it.
fn matter_names(obligation: &Obligation) -> impl Iterator<Item = &str> {
    let kinds = obligation.fulfilled_by.iter().flat_map(|kind| match kind {
        Fulfilment::Ledger => vec!["ledger", "台账", "隐患台账"],
        Fulfilment::ZeroReport => vec!["zero-report", "零报告"],
        Fulfilment::Named(name) => vec![name.as_str()],
        Fulfilment::Document | Fulfilment::Form(_) | Fulfilment::Activity => Vec::new(),
    });
    [obligation.name.as_str(), obligation.id.as_str()].into_iter().chain(kinds)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::read_submission_log;
    use crate::campaign::read_campaign;
    use crate::campaign::read_roster;
    use crate::source::SourceFile;

    const CAMPAIGN: &str = "campaign: demo\ntitle: 示例\nissuer: 某县卫生健康委员会\nperiod: {start: 2023-05-20, end: 2023-12-31}\n\
        units: units.csv\noffices: [{name: 卫健办, synonyms: [卫生健康办]}]\nobligations:\n  - {id: plan, name: 行动方案, due: 2023-06-01}\n  \
        - {id: weekly, name: 周统计, every: 每周五17:00前, fulfilled_by: ledger}\n  - {id: drill, name: 应急演练, from: 医院, due: 2023-09-01, fulfilled_by: 演练}\n  \
        - {id: sum, name: 月通报, from: 卫健办, every: 每月29日前}\n";
    const ROSTER: &str = "编码,单位名称,简称,类别\nH01,甲医院,甲院,医院\nW01,乙镇卫生院,,卫生院\n";

    fn file(name: &str, bytes: &[u8]) -> SourceFile {
        SourceFile { name: Arc::from(name), bytes: bytes.to_vec() }
    }

    /// The rows that count (party, obligations, day, whether zero) and the diagnostics (code and place).
    fn check(bytes: &[u8], counted: &[&str], told: &[&str]) {
        let campaign = read_campaign(&file("campaign.yaml", CAMPAIGN.as_bytes())).campaign.expect("a campaign");
        let roster = read_roster(&file("units.csv", ROSTER.as_bytes())).roster.expect("a roster");
        let reading = read_submission_log(&file("submissions.csv", bytes), &campaign, &roster);
        let rows: Vec<String> = (reading.submissions())
            .map(|row| format!("{} {:?} {}{}", row.party.name(&roster), row.obligations, row.on, if row.is_zero { " 零" } else { "" }))
            .collect();
        assert_eq!(rows, counted);
        let places: Vec<String> = (reading.diagnostics.iter())
            .map(|diagnostic| format!("{} {}:{}", diagnostic.code, diagnostic.place.row, diagnostic.place.column))
            .collect();
        assert_eq!(places, told);
    }

    #[test]
    fn rows_count_for_the_obligations_they_name() {
        let rows = "单位,报送事项,日期,方式,备注\n甲院,周统计,2023-06-02,电话,本周无隐患\nW01,plan,2023年5月31日,纸质,\n\n\
                    乙镇卫生院,台账,6月9日,电话,两条\n甲医院,演练,2023/8/30,现场,\n卫生健康办,月通报,2023-06-29,,\n";
        let counted = [
            "甲医院 [1] 2023-06-02 零",
            "乙镇卫生院 [0] 2023-05-31",
            "乙镇卫生院 [1] 2023-06-09",
            "甲医院 [2] 2023-08-30",
            "卫健办 [3] 2023-06-29",
        ];
        check(rows.as_bytes(), &counted, &[]);
        let (gbk, ..) = encoding_rs::GB18030.encode("日期,单位名称,报送内容\n2023-06-02,甲医院,周统计\n");
        check(&gbk, &["甲医院 [1] 2023-06-02"], &["C007 0:0"]);
        check(b"", &[], &[]);
        // Inspections of a unit are no submissions, and no unknown matter either.
        let visits =
            "单位,报送事项,日期\n甲院,随机抽查,2023-07-03\n卫健办,突击检查,2023-07-03\n丙医院,回头看,2023-07-03\n甲医院,明察暗访,\n";
        check(visits.as_bytes(), &[], &["T061 3:1", "T061 4:1", "T063 5:3"]);
    }

    #[test]
    fn rows_that_cannot_count_are_told_at_their_cell() {
        let head = "单位,报送事项,日期,方式,备注\n";
        let rows = format!(
            "{head}丙医院,周统计,2023-06-02\n,周统计,2023-06-02\n甲医院,周报表,2023-06-02\n甲医院,,2023-06-02\n\
             甲医院,周统计,某日\n甲医院,周统计,\n乙镇卫生院,应急演练,2023-08-01\n甲医院,月通报,2023-06-29\n"
        );
        let told = ["T061 2:1", "T061 3:1", "T062 4:2", "T062 5:2", "T063 6:3", "T063 7:3", "T064 8:1", "T064 9:1"];
        check(rows.as_bytes(), &[], &told);
        check("单位,日期\n甲医院,2023-06-02\n".as_bytes(), &[], &["T060 1:1"]);
        check("甲医院,2023-06-02\n".as_bytes(), &[], &["T060 1:1"]);
        check(b"%PDF-1.4 not a table", &[], &["T060 0:0"]);
    }
}
