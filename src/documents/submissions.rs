//! 报送情况: who reported what (报送明细), the counts and rates of each period (报送统计), and whom to call
//! (催报名单, for the office alone: it has telephone numbers). Counts are held against the duties.

use std::borrow::Cow;

use crate::campaign::Campaign;
use crate::campaign::Party;
use crate::campaign::Roster;
use crate::campaign::Unit;
use crate::documents::imbalance::Imbalance;
use crate::documents::sheet::Body;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::ColumnKind;
use crate::documents::sheet::Document;
use crate::documents::sheet::Look;
use crate::documents::sheet::Official;
use crate::documents::sheet::Row;
use crate::documents::sheet::Sheet;
use crate::registers::Contact;
use crate::registers::ContactsReading;
use crate::results::Duty;
use crate::results::DutyDetail;
use crate::results::DutyPeriod;
use crate::results::DutyState;
use crate::results::Obligations;
use crate::results::obligations::area;

/// One row for each party and period; the first sheet, and all of the CSV.
pub const DETAIL_SHEET: &str = "报送明细";
/// One row for each period.
pub const COUNT_SHEET: &str = "报送统计";
/// Whom to call.
pub const CALL_SHEET: &str = "催报名单";

/// What the document is made from.
#[derive(Clone, Copy)]
pub struct SubmissionsSource<'a> {
    pub campaign: &'a Campaign,
    pub roster: &'a Roster,
    pub obligations: &'a Obligations,
    /// 联系人回执, where the bureau keeps it.
    pub contacts: Option<&'a ContactsReading>,
    /// Every period, not only the latest of each obligation.
    pub all: bool,
}

impl<'a> SubmissionsSource<'a> {
    fn periods(self) -> impl Iterator<Item = &'a DutyPeriod> {
        self.obligations.periods.iter().filter(move |period| self.all || period.is_latest)
    }

    /// 报送事项 and 截止日期, with which every row begins.
    fn leading(self, period: &DutyPeriod) -> [Cell<'a>; 2] {
        let obligation = self.campaign.obligations.get(period.obligation);
        let waiting = || match obligation.and_then(|obligation| obligation.pending.as_ref()) {
            Some(pending) => Cell::owned(pending.shown()),
            None => Cell::Text(Cow::Borrowed("没有截止日")),
        };
        [Cell::text(obligation.map(|obligation| obligation.name.as_str())), period.due.map_or_else(waiting, |due| Cell::date(Some(due)))]
    }

    fn unit(self, party: &Party) -> Option<&'a Unit> {
        match party {
            Party::Unit(index) => self.roster.units.get(*index),
            Party::Office(_) => None,
        }
    }
}

/// The workbook of three sheets.
///
/// # Errors
/// [`Imbalance`] when a period's counts are not those of its duties.
pub fn submissions_document<'a>(source: SubmissionsSource<'a>) -> Result<Document<'a>, Imbalance> {
    for period in source.periods() {
        check(period)?;
    }
    let sheets = vec![details(source), counts(source), calls(source)];
    Ok(Document { title: format!("{}报送情况", source.campaign.title), issuer: source.campaign.issuer.clone(), sheets })
}

fn check(period: &DutyPeriod) -> Result<(), Imbalance> {
    for (state, total) in DutyState::ALL.into_iter().zip(period.by_state) {
        let sum = period.duties.iter().filter(|duty| duty.state == state).count() as u64;
        if sum != u64::from(total) {
            return Err(Imbalance::Total { what: state.label().to_owned(), total: u64::from(total), sum });
        }
    }
    Ok(())
}

fn details(source: SubmissionsSource<'_>) -> Sheet<'_> {
    let columns = vec![
        Column::new("报送事项", ColumnKind::Word, 12).growing(2),
        Column::new("截止日期", ColumnKind::Date, 11),
        Column::new("分组/乡镇", ColumnKind::Word, 10).growing(1),
        Column::new("单位", ColumnKind::Word, 16).growing(3),
        Column::new("情况", ColumnKind::Word, 8),
        Column::new("说明", ColumnKind::Word, 12).growing(1),
        Column::new("报送日期", ColumnKind::Date, 11),
        Column::new("文件", ColumnKind::Prose, 20).growing(3),
    ];
    let row = |period, duty: &'_ Duty| {
        let [name, due] = source.leading(period);
        vec![
            name,
            due,
            Cell::owned(source.unit(&duty.party).map_or_else(String::new, |unit| area(unit).to_owned())),
            Cell::owned(duty.party.name(source.roster).to_owned()),
            Cell::text(Some(duty.state.label())),
            Cell::owned(details_of(duty)),
            Cell::date(duty.on),
            Cell::owned(duty.file.as_deref().unwrap_or_default().to_owned()),
        ]
    };
    let rows = source.periods().flat_map(|period| period.duties.iter().map(move |duty| Row::entry(row(period, duty)))).collect();
    Sheet { name: DETAIL_SHEET.to_owned(), hidden: false, look: Look::Plain, columns, body: Body::Rows(rows) }
}

fn counts(source: SubmissionsSource<'_>) -> Sheet<'_> {
    let mut columns = vec![
        Column::new("报送事项", ColumnKind::Word, 16).growing(3),
        Column::new("截止日期", ColumnKind::Date, 11),
        Column::new("应报", ColumnKind::Number, 6),
    ];
    columns.extend(DutyState::ALL.map(|state| Column::new(state.label(), ColumnKind::Number, 7)));
    columns.extend(
        DutyDetail::ALL.iter().filter(|detail| COUNTED.contains(detail)).map(|detail| Column::new(detail.label(), ColumnKind::Number, 9)),
    );
    columns.extend(["报送率", "按时报送率"].map(|title| Column::new(title, ColumnKind::Rate, 9).growing(1)));
    let number = |number: u32| Cell::Integer(i64::from(number));
    let mut rows: Vec<Row<'_>> = (source.periods())
        .map(|period| {
            let mut cells = Vec::from(source.leading(period));
            cells.push(number(period.owed()));
            cells.extend(period.by_state.map(number));
            cells.extend(COUNTED.map(|detail| number(period.with_detail(detail))));
            cells.extend(period.rates().map(Cell::rate));
            Row::entry(cells)
        })
        .collect();
    if rows.is_empty() {
        rows.push(Row::group("专项定义里没有报送要求"));
    }
    let notes = vec![
        "注：应报＝已报＋零报告＋迟报＋未报＋未到期；报送率＝（已报＋零报告＋迟报）÷应报；按时报送率＝（已报＋零报告）÷应报。".to_owned(),
        "收到但无法读取、退回、没有内容的算未报，另列其数；截止当天算按时。".to_owned(),
    ];
    official(source, COUNT_SHEET, "报送情况统计表", (columns, rows, notes))
}

/// The details that are counted beside the states, in the order of [`DutyDetail::ALL`].
const COUNTED: [DutyDetail; 4] = [DutyDetail::Unreadable, DutyDetail::Rejected, DutyDetail::Empty, DutyDetail::Unchanged];

fn calls(source: SubmissionsSource<'_>) -> Sheet<'_> {
    let mut columns = vec![
        Column::new("序号", ColumnKind::Number, 4),
        Column::new("报送事项", ColumnKind::Word, 12).growing(2),
        Column::new("截止日期", ColumnKind::Date, 11),
        Column::new("分组/乡镇", ColumnKind::Word, 10).growing(1),
        Column::new("单位", ColumnKind::Word, 16).growing(3),
        Column::new("情况", ColumnKind::Word, 12).growing(1),
        Column::new("联系人", ColumnKind::Word, 8),
        Column::new("联系电话", ColumnKind::Code, 13),
        Column::new("催报记录", ColumnKind::Prose, 14).growing(2),
    ];
    if source.contacts.is_some() {
        columns.insert(columns.len() - 1, Column::new("联络员", ColumnKind::Word, 8));
        columns.insert(columns.len() - 1, Column::new("联络员电话", ColumnKind::Code, 13));
    }
    let mut rows = Vec::new();
    for period in source.periods() {
        for duty in period.to_call(source.roster, source.obligations.as_of) {
            let unit = source.unit(&duty.party);
            let [name, due] = source.leading(period);
            let details = details_of(duty);
            let mut cells = vec![
                Cell::Integer(rows.len() as i64 + 1),
                name,
                due,
                Cell::text(unit.map(area)),
                Cell::owned(duty.party.name(source.roster).to_owned()),
                Cell::owned(if details.is_empty() { duty.state.label().to_owned() } else { details }),
                Cell::text(unit.map(|unit| unit.contact.as_str())),
                Cell::text(unit.map(|unit| unit.phone.as_str())),
            ];
            if let Some(contacts) = source.contacts {
                let liaison = match &duty.party {
                    Party::Unit(index) => contacts.liaison(source.campaign, *index, source.obligations.as_of),
                    Party::Office(_) => None,
                };
                cells.push(Cell::text(liaison.map(|liaison| liaison.name.as_str())));
                cells.push(Cell::owned(liaison.map_or_else(String::new, Contact::phones)));
            }
            rows.push(Row::entry(cells));
        }
    }
    if rows.is_empty() {
        rows.push(Row::group("没有要催的单位"));
    }
    official(
        source,
        CALL_SHEET,
        "催报名单",
        (columns, rows, vec!["仅供内部催报，请勿外发；电话写全的，用 qingdan submissions --full-phones 另出。".to_owned()]),
    )
}

fn details_of(duty: &Duty) -> String {
    duty.details.iter().copied().map(DutyDetail::label).collect::<Vec<_>>().join("、")
}

fn official<'a>(source: SubmissionsSource<'a>, name: &str, title: &str, table: (Vec<Column>, Vec<Row<'a>>, Vec<String>)) -> Sheet<'a> {
    let (columns, rows, notes) = table;
    let look = Look::Official(Box::new(Official {
        attachment: None,
        title: format!("{}{title}", source.campaign.title),
        left: format!("统计单位：{}", source.campaign.issuer),
        right: format!("截至日期：{}", source.obligations.as_of.format("%Y年%-m月%-d日")),
        notes,
        signature: Vec::new(),
        dense: false,
    }));
    Sheet { name: name.to_owned(), hidden: false, look, columns, body: Body::Rows(rows) }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::campaign::Ground;
    use crate::campaign::read_campaign;
    use crate::campaign::read_roster;
    use crate::results::Evidence;
    use crate::results::obligations;
    use crate::results::obligations::EvidenceKind;
    use crate::source::SourceFile;

    const CAMPAIGN: &str = "campaign: demo\ntitle: 示例\nissuer: 某县卫健委\nperiod: {start: 2023-06-01, end: 2023-12-31}\nunits: units.csv\n\
        obligations: [{id: a, name: 周统计, every: 每周五, fulfilled_by: ledger}]\n";
    const ROSTER: &str = "编码,单位名称,乡镇,联系人,联系电话\nH01,甲医院,东镇,张三,13800001001\nH02,乙医院,西镇,李四,13800001002\n";

    fn check(all: bool, damage: fn(&mut Obligations), expected: Result<&[&str], &str>) {
        let file = |name: &str, text: &str| SourceFile { name: Arc::from(name), bytes: text.as_bytes().to_vec() };
        let campaign = read_campaign(&file("campaign.yaml", CAMPAIGN)).campaign.expect("a campaign");
        let roster = read_roster(&file("units.csv", ROSTER)).roster.expect("a roster");
        let day = |text: &str| text.parse().expect("a day");
        let zero = EvidenceKind::Zero { major_only: false };
        let evidence = [Evidence { party: Party::Unit(0), on: Some(day("2023-06-08")), kind: zero, file: Arc::from("inbox/甲.csv") }];
        let mut answer = obligations(&evidence, Ground::new(&campaign, &roster, day("2023-06-10")));
        damage(&mut answer);
        let source = SubmissionsSource { campaign: &campaign, roster: &roster, obligations: &answer, contacts: None, all };
        let told = submissions_document(source).map(|document| {
            let mut lines = Vec::new();
            for sheet in &document.sheets {
                let visited: Result<(), ()> = sheet.body.each(|_, row| {
                    lines.push(row.cells.iter().map(Cell::shown).collect::<Vec<_>>().join("|"));
                    Ok(())
                });
                assert_eq!(visited, Ok(()));
            }
            lines
        });
        match expected {
            Ok(lines) => assert_eq!(told.expect("the counts add up"), lines),
            Err(what) => assert!(told.expect_err("the counts do not add up").to_string().contains(what)),
        }
    }

    #[test]
    fn details_counts_and_calls_of_the_latest_period() {
        let lines = [
            "周统计|2023-06-09|东镇|甲医院|零报告||2023-06-08|inbox/甲.csv",
            "周统计|2023-06-09|西镇|乙医院|未报|||",
            "周统计|2023-06-09|2|0|1|0|1|0|0|0|0|0|50.0%|50.0%",
            "1|周统计|2023-06-09|西镇|乙医院|未报|李四|13800001002",
        ];
        check(false, |_| {}, Ok(&lines));
        check(false, |answer| answer.periods.clear(), Ok(&["专项定义里没有报送要求", "没有要催的单位"]));
    }

    #[test]
    fn counts_that_differ_are_refused() {
        check(true, |answer| answer.periods[0].by_state[3] += 1, Err("未报的合计是3，各项相加是2"));
    }
}
