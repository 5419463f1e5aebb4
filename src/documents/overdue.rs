//! 逾期清单: what is overdue, due soon, undated, awaiting verification or was finished late, and the summary by
//! unit. Both are checked: the groups against the counts of the result, the summary against its totals. The plan's
//! tasks follow on a sheet of their own.

use std::borrow::Cow;

use crate::campaign::Campaign;
use crate::documents::imbalance::Imbalance;
use crate::documents::overdue_tasks::task_sheet;
use crate::documents::personal::Audience;
use crate::documents::personal::Cover;
use crate::documents::sheet::Body;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::ColumnKind;
use crate::documents::sheet::Document;
use crate::documents::sheet::Look;
use crate::documents::sheet::Official;
use crate::documents::sheet::Row;
use crate::documents::sheet::Sheet;
use crate::ledger::Ledger;
use crate::results::DeadlineSource;
use crate::results::LetterStandings;
use crate::results::Overdue;
use crate::results::OverdueItem;
use crate::results::OverdueState;
use crate::results::Rates;
use crate::results::StateCounts;
use crate::results::TaskStandings;
use crate::results::UnitSummary;
use crate::results::three_lists::status_on;
use crate::vocabulary::Field;

/// The list itself; the first sheet, and all of the CSV.
pub const OVERDUE_SHEET: &str = "逾期清单";
/// Where 最近发函 stands, behind 督办步骤.
const LETTER_COLUMN: usize = 12;

/// One row for each unit, and the totals.
pub const SUMMARY_SHEET: &str = "单位汇总";

/// What the document is made from; all of the same ledger and as-of date.
#[derive(Clone, Copy)]
pub struct OverdueSource<'a> {
    pub campaign: &'a Campaign,
    pub ledger: &'a Ledger,
    pub overdue: &'a Overdue,
    /// The plan's own tasks; of the same as-of date.
    pub tasks: &'a TaskStandings,
    /// What was issued by the as-of date.
    pub letters: &'a LetterStandings,
    /// Phone numbers in full, whatever the campaign says.
    pub full_phones: bool,
}

impl OverdueSource<'_> {
    fn cover(self) -> Cover {
        Cover::new(Audience::Unit, self.campaign, self.full_phones)
    }

    /// True once a letter was issued; before that nobody misses the column.
    fn shows_letters(self) -> bool {
        !self.letters.issued.is_empty()
    }
}

/// The workbook: 逾期清单, 单位汇总, and 方案任务 where the plan has tasks.
pub fn overdue_document<'a>(source: OverdueSource<'a>) -> Result<Document<'a>, Imbalance> {
    let mut sheets = vec![overdue_sheet(source)?, summary_sheet(source)?];
    sheets.extend(task_sheet(source.campaign, source.tasks, source.cover())?);
    Ok(Document { title: format!("{}逾期清单", source.campaign.title), issuer: source.campaign.issuer.clone(), sheets })
}

/// A group of the list. All but the last part the hazards among them; a late one stands in its own group too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    State(OverdueState),
    Late,
}

const GROUPS: [Group; 7] = [
    Group::State(OverdueState::Overdue),
    Group::State(OverdueState::DueSoon),
    Group::State(OverdueState::Undated),
    Group::State(OverdueState::DeadlineUnreadable),
    Group::State(OverdueState::StatusUnclear),
    Group::State(OverdueState::AwaitingVerification),
    Group::Late,
];

impl Group {
    fn label(self) -> &'static str {
        match self {
            Group::State(state) => state.label(),
            Group::Late => "超期完成",
        }
    }

    fn holds(self, item: &OverdueItem) -> bool {
        match self {
            Group::State(state) => item.state == state,
            Group::Late => item.late,
        }
    }

    fn count(self, overdue: &Overdue) -> u32 {
        match self {
            Group::State(state) => {
                OverdueState::ALL.iter().zip(overdue.by_state).find(|(other, _)| **other == state).map_or(0, |(_, count)| count)
            }
            Group::Late => overdue.late,
        }
    }
}

/// 逾期清单 alone, for CSV.
pub fn overdue_sheet<'a>(source: OverdueSource<'a>) -> Result<Sheet<'a>, Imbalance> {
    let mut columns = vec![
        Column::new("序号", ColumnKind::Number, 4),
        Column::new("情形", ColumnKind::Word, 8),
        Column::new("单位", ColumnKind::Word, 12).growing(1),
        Column::new("编号", ColumnKind::Code, 12),
        Column::new("隐患描述", ColumnKind::Prose, 24).growing(5),
        Column::new("等级", ColumnKind::Word, 4),
        Column::new("状态", ColumnKind::Word, 6),
        Column::new("整改期限", ColumnKind::Date, 10),
        Column::new("期限来源", ColumnKind::Word, 8),
        Column::new("逾期（－剩余）天数", ColumnKind::Number, 8),
        Column::new("工作日", ColumnKind::Number, 6),
        Column::new("督办步骤", ColumnKind::Word, 10).growing(1),
        Column::new("责任人", ColumnKind::Word, 8).growing(1),
        Column::new("联系电话", ColumnKind::Code, 13),
    ];
    if source.shows_letters() {
        columns.insert(LETTER_COLUMN, Column::new("最近发函", ColumnKind::Word, 10).growing(1));
    }
    let mut rows = Vec::new();
    let mut number = 0;
    for group in GROUPS {
        let mut items: Vec<&OverdueItem> = source.overdue.items.iter().filter(|item| group.holds(item)).collect();
        let stated = group.count(source.overdue);
        if items.len() != stated as usize {
            return Err(Imbalance::Total { what: group.label().to_owned(), total: u64::from(stated), sum: items.len() as u64 });
        }
        if items.is_empty() {
            continue;
        }
        // The longest overdue first, the soonest due first; ledger order among equals.
        items.sort_by_key(|item| std::cmp::Reverse(item.days));
        rows.push(Row::group(format!("{}（{}条）", group.label(), items.len())));
        for item in items {
            number += 1;
            rows.push(item_row(source, group, item, number));
        }
    }
    if rows.is_empty() {
        let as_of = source.overdue.as_of.format("%Y年%-m月%-d日");
        rows.push(Row::group(format!("截至{as_of}，台账中没有逾期、临期、无期限、待验收或超期完成的隐患")));
    }
    Ok(official_sheet(source, OVERDUE_SHEET, columns, rows, list_notes(source)))
}

fn item_row<'a>(source: OverdueSource<'a>, group: Group, item: &OverdueItem, number: i64) -> Row<'a> {
    let Some(hazard) = source.ledger.hazards.get(item.hazard) else { return Row::default() };
    let text = |field: Field| hazard.text(field).map_or(Cell::Empty, |text| source.cover().cell(text, field == Field::Phone));
    let sign = match group {
        Group::State(OverdueState::Overdue) => "▲",
        Group::State(OverdueState::DueSoon) => "△",
        Group::State(_) | Group::Late => "",
    };
    let deadline = match (item.deadline, item.deadline_source) {
        (None, _) | (_, DeadlineSource::None) => text(Field::Deadline),
        (deadline, _) => Cell::date(deadline),
    };
    let number_or_blank = |days: Option<i64>| days.map_or(Cell::Empty, Cell::Integer);
    let mut cells = vec![
        Cell::Integer(number),
        Cell::owned(format!("{sign}{}", group.label())),
        Cell::text(Some(&hazard.unit)),
        Cell::text(Some(&hazard.id)),
        text(Field::Description),
        text(Field::Level),
        Cell::text(Some(status_on(hazard, source.overdue.as_of).label())),
        deadline,
        Cell::text(Some(item.deadline_source.label())),
        number_or_blank(item.days),
        number_or_blank(item.workdays),
        Cell::owned(item.step.clone().unwrap_or_default()),
        text(Field::Responsible),
        text(Field::Phone),
    ];
    if source.shows_letters() {
        let letter = source.letters.last(hazard).map_or(Cell::Empty, |letter| Cell::owned(format!("{} {}", letter.on, letter.step)));
        cells.insert(LETTER_COLUMN, letter);
    }
    Row::entry(cells)
}

fn list_notes(source: OverdueSource<'_>) -> Vec<String> {
    let mut notes =
        vec!["注：▲为逾期，△为临期，到期当天不算逾期；天数为负的是剩余天数。超期完成的隐患如仍待验收，在两组中各列一次。".to_owned()];
    notes.extend(calendar_note(source.overdue));
    notes
}

/// A working day counted across a year without a published calendar is never counted silently.
fn calendar_note(overdue: &Overdue) -> Option<String> {
    if overdue.unknown_years.is_empty() {
        return None;
    }
    let years: Vec<String> = overdue.unknown_years.iter().map(|year| format!("{year}年")).collect();
    Some(format!("注：{}的放假安排不在内置日历中，跨这些年份的工作日未计算。", years.join("、")))
}

fn summary_sheet<'a>(source: OverdueSource<'a>) -> Result<Sheet<'a>, Imbalance> {
    let overdue = source.overdue;
    check_summary(overdue)?;
    let mut columns = vec![
        Column::new("序号", ColumnKind::Number, 4),
        Column::new("单位", ColumnKind::Word, 20).growing(3),
        Column::new("合计", ColumnKind::Number, 8).growing(1),
    ];
    columns.extend(OverdueState::ALL.map(|state| Column::new(state.label(), ColumnKind::Number, 8).growing(1)));
    columns.push(Column::new("超期完成", ColumnKind::Number, 8).growing(1));
    columns.extend(["整改率", "按期整改率", "销号率"].map(|title| Column::new(title, ColumnKind::Rate, 10).growing(1)));
    let mut rows: Vec<Row<'a>> = (overdue.by_unit.iter().enumerate())
        .map(|(index, unit)| {
            let leading = [Cell::Integer(index as i64 + 1), Cell::text(Some(&unit.unit))];
            Row::entry(leading.into_iter().chain(summary_cells(unit.total, unit.by_state, unit.late, unit.rates)).collect())
        })
        .collect();
    if rows.is_empty() {
        rows.push(Row::group("台账中没有隐患记录"));
    } else {
        let leading = [Cell::Empty, Cell::Text(Cow::Borrowed("合计"))];
        let total = overdue.total();
        rows.push(Row::total(leading.into_iter().chain(summary_cells(total, overdue.by_state, overdue.late, overdue.rates)).collect()));
    }
    let mut notes = vec![
        "注：合计＝逾期＋临期＋未到期＋无期限＋期限有误＋状态不明＋待验收＋已销号；超期完成是其中另计的标记。核实撤销的不计入。".to_owned(),
        "整改率＝已整改和已销号÷全部；按期整改率＝期限内整改÷期限已到；分母为零的记“—”。".to_owned(),
    ];
    notes.extend(calendar_note(overdue));
    Ok(official_sheet(source, SUMMARY_SHEET, columns, rows, notes))
}

fn summary_cells<'a>(total: u32, by_state: StateCounts, late: u32, rates: Rates) -> Vec<Cell<'a>> {
    let counts = std::iter::once(total).chain(by_state).chain([late]).map(|count| Cell::Integer(i64::from(count)));
    counts.chain([rates.rectified, rates.rectified_in_time, rates.closed_out].map(Cell::rate)).collect()
}

/// Every column of the summary adds up downwards, every row sideways.
fn check_summary(overdue: &Overdue) -> Result<(), Imbalance> {
    let equal = |what: String, total: u64, sum: u64| if total == sum { Ok(()) } else { Err(Imbalance::Total { what, total, sum }) };
    let down = |count: &dyn Fn(&UnitSummary) -> u32| -> u64 { overdue.by_unit.iter().map(|unit| u64::from(count(unit))).sum() };
    for unit in &overdue.by_unit {
        let across = unit.by_state.iter().copied().map(u64::from).sum();
        equal(format!("单位汇总中{}", unit.unit), u64::from(unit.total), across)?;
    }
    for (index, state) in OverdueState::ALL.into_iter().enumerate() {
        equal(format!("单位汇总的{}", state.label()), u64::from(overdue.by_state[index]), down(&|unit| unit.by_state[index]))?;
    }
    equal("单位汇总的超期完成".to_owned(), u64::from(overdue.late), down(&|unit| unit.late))?;
    equal("单位汇总的隐患".to_owned(), overdue.items.len() as u64, down(&|unit| unit.total))
}

fn official_sheet<'a>(source: OverdueSource<'a>, name: &str, columns: Vec<Column>, rows: Vec<Row<'a>>, notes: Vec<String>) -> Sheet<'a> {
    let campaign = source.campaign;
    let title = if name == OVERDUE_SHEET { "隐患逾期清单" } else { "隐患整改情况单位汇总表" };
    let look = Look::Official(Box::new(Official {
        attachment: None,
        title: format!("{}{title}", campaign.title),
        left: format!("填报单位（章）：{}", campaign.issuer),
        right: format!("截至日期：{}", source.overdue.as_of.format("%Y年%-m月%-d日")),
        notes,
        signature: campaign.lists.footer.clone(),
        dense: false,
    }));
    Sheet { name: name.to_owned(), hidden: false, look, columns, body: Body::Rows(rows) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::DateReading;
    use crate::ledger::Hazard;
    use crate::results::three_lists::sample;
    use crate::vocabulary::Status;

    fn ledger() -> Ledger {
        let mut hazards: Vec<Hazard> = (1..=6).map(|number| sample::hazard(number, (number as usize - 1) / 3)).collect();
        hazards[0].deadline = DateReading::On(sample::day(7, 30));
        hazards[1].deadline = DateReading::On(sample::day(7, 19));
        hazards[2].deadline = DateReading::Blank;
        hazards[3] = Hazard {
            deadline: DateReading::On(sample::day(7, 29)),
            status: Status::Rectified,
            rectified_on: Some(sample::day(7, 31)),
            ..hazards[3].clone()
        };
        hazards[4].status = Status::ClosedOut;
        Ledger { hazards, extra_columns: Vec::new() }
    }

    fn check(damage: fn(&mut Overdue), expected: Result<&[&str], &str>) {
        let (campaign, ledger) = (sample::campaign(0), ledger());
        let mut overdue = sample::overdue(&ledger, sample::day(7, 31));
        damage(&mut overdue);
        let tasks = sample::tasks(&campaign, sample::day(7, 31));
        let source = OverdueSource {
            campaign: &campaign,
            ledger: &ledger,
            overdue: &overdue,
            tasks: &tasks,
            letters: &LetterStandings::default(),
            full_phones: false,
        };
        let document = overdue_document(source);
        let told = document.map(|document| {
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
    fn groups_follow_each_other_and_the_summary_adds_up() {
        const DESCRIPTION: &str = "疏散通道堆放杂物，影响应急疏散|一般";
        const PERSON: &str = "张三 138****1001|138****1001";
        let line = |start: &str, rest: &str| format!("{start}|{DESCRIPTION}|{rest}|{PERSON}");
        let lines = [
            "逾期（2条）".to_owned(),
            line("1|▲逾期|城关中心卫生院|demo-001-0002", "待整改|2023-07-19|台账填写|12|12|提醒敦促函"),
            line("2|▲逾期|城关中心卫生院|demo-001-0001", "待整改|2023-07-30|台账填写|1|1|提醒敦促函"),
            "临期（1条）".to_owned(),
            line("3|△临期|河西区人民医院/南院区|demo-002-0006", "待整改|2023-07-31|台账填写|0|0|"),
            "无期限（1条）".to_owned(),
            line("4|无期限|城关中心卫生院|demo-001-0003", "待整改|2023-07-31|无期限|||"),
            "待验收（1条）".to_owned(),
            line("5|待验收|河西区人民医院/南院区|demo-002-0004", "已整改|2023-07-29|台账填写|2|2|"),
            "超期完成（1条）".to_owned(),
            line("6|超期完成|河西区人民医院/南院区|demo-002-0004", "已整改|2023-07-29|台账填写|2|2|"),
            "1|城关中心卫生院|3|2|0|0|1|0|0|0|0|0|66.7%|—|0.0%".to_owned(),
            "2|河西区人民医院/南院区|3|0|1|0|0|0|0|1|1|1|66.7%|—|0.0%".to_owned(),
            "|合计|6|2|1|0|1|0|0|1|1|1|—|—|—".to_owned(),
        ];
        check(|_| {}, Ok(&lines.each_ref().map(String::as_str)));
    }

    #[test]
    fn sums_that_differ_are_refused() {
        check(|overdue| overdue.by_state[0] += 1, Err("逾期的合计是3，各项相加是2"));
        check(|overdue| overdue.by_unit[0].total += 1, Err("城关中心卫生院"));
        check(|overdue| overdue.by_unit[1].late += 1, Err("超期完成"));
        check(|overdue| overdue.by_unit.clear(), Err("单位汇总的逾期"));
    }
}
