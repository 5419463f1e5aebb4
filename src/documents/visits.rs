//! 检查安排: one sheet a group with the units it goes to and room to write, 复查隐患 for 回头检查, and 抽取过程, by which anybody can
//! check the draw. Who was drawn is for `results`.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Roster;
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
use crate::results::visits::Candidate;
use crate::results::visits::DrawSize;
use crate::results::visits::UnitHazards;
use crate::results::visits::VisitGroup;
use crate::results::visits::VisitPlan;
use crate::vocabulary::Field;
use crate::vocabulary::Level;
use crate::vocabulary::VisitMode;

/// What 回头检查 looks at, hazard by hazard.
pub const REVISIT_SHEET: &str = "复查隐患";
/// Rank and hash of every unit.
pub const DRAW_SHEET: &str = "抽取过程";
/// A sheet's name holds at most 31 characters; a number may follow.
const LONGEST_NAME: usize = 26;
/// How many 编号 stand in one cell; all stand on 复查隐患.
const MOST_IDS: usize = 6;

/// What the document is made from.
#[derive(Clone, Copy)]
pub struct VisitsSource<'a> {
    pub campaign: &'a Campaign,
    pub roster: &'a Roster,
    pub plan: &'a VisitPlan,
    pub ledger: Option<&'a Ledger>,
    /// The day of the visits; `None` leaves room for it.
    pub on: Option<NaiveDate>,
}

/// The workbook.
pub fn visits_document<'a>(source: VisitsSource<'a>) -> Document<'a> {
    let mut names = BTreeSet::from([REVISIT_SHEET.to_owned(), DRAW_SHEET.to_owned()]);
    let mut sheets: Vec<Sheet<'a>> =
        source.plan.groups.iter().map(|group| group_sheet(source, group, sheet_name(&group.name, &mut names))).collect();
    if source.plan.mode == Some(VisitMode::Revisit)
        && let Some(ledger) = source.ledger
    {
        sheets.push(revisit_sheet(source, ledger));
    }
    sheets.push(draw_sheet(source));
    Document { title: title(source, "安排"), issuer: source.campaign.issuer.clone(), sheets }
}

/// How the units were drawn, in one sentence.
pub fn method(plan: &VisitPlan) -> String {
    let taken = match plan.size {
        DrawSize::All => "全部检查，不抽取".to_owned(),
        DrawSize::Count(count) => format!("取前 {count} 家"),
        DrawSize::Share(share) => format!("取前 {share}%（不足一家的算一家）"),
    };
    format!("每组的单位按“{}-单位编码”的 SHA-256 值从小到大排名，去掉不参加的，{taken}", plan.seed)
}

fn title(source: VisitsSource<'_>, what: &str) -> String {
    let mode = source.plan.mode.map_or("监督检查", VisitMode::label);
    format!("{}{mode}{what}", source.campaign.title)
}

/// The group's name as the name of a sheet, different from all before.
fn sheet_name(group: &str, given: &mut BTreeSet<String>) -> String {
    let allowed = |character: &char| !matches!(character, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !character.is_control();
    let base: String = group.chars().filter(allowed).take(LONGEST_NAME).collect();
    let base = if base.trim().is_empty() { "检查组".to_owned() } else { base.trim().to_owned() };
    let mut name = base.clone();
    let mut number = 2;
    while !given.insert(name.to_lowercase()) {
        name = format!("{base}（{number}）");
        number += 1;
    }
    name
}

fn group_sheet<'a>(source: VisitsSource<'a>, group: &'a VisitGroup, name: String) -> Sheet<'a> {
    let columns = vec![
        Column::new("序号", ColumnKind::Number, 4),
        Column::new("单位", ColumnKind::Word, 16).growing(2),
        Column::new("检查方式", ColumnKind::Word, 9),
        Column::new("重点（未销号隐患）", ColumnKind::Prose, 22).growing(3),
        Column::new("检查日期", ColumnKind::Date, 11),
        Column::new("检查人签字", ColumnKind::Word, 14),
        Column::new("发现问题", ColumnKind::Prose, 28).growing(3),
        Column::new("备注", ColumnKind::Prose, 14).growing(1),
    ];
    let row = |(number, unit): (i64, &'a Candidate)| {
        Row::entry(vec![
            Cell::Integer(number),
            Cell::text(source.roster.units.get(unit.unit).map(|unit| &*unit.name)),
            Cell::text(source.plan.mode.map(VisitMode::label)),
            Cell::owned(focus(source, &unit.hazards)),
            Cell::date(source.on),
            Cell::Empty,
            Cell::Empty,
            Cell::owned(unit.visited_on.map_or_else(String::new, |on| format!("上次检查 {on}"))),
        ])
    };
    let mut rows: Vec<Row<'a>> = (1i64..).zip(group.drawn()).map(row).collect();
    if rows.is_empty() {
        rows.push(Row::group("这一组没有要检查的单位"));
    }
    let mut notes = vec![format!("抽取办法：{}。名次见“{DRAW_SHEET}”。", method(source.plan))];
    let categories: Vec<&str> = source.campaign.categories.iter().map(|category| category.name.as_str()).collect();
    if !categories.is_empty() {
        notes.push(format!("检查内容：{}；逐项见检查表（qingdan checklist）。", categories.join("、")));
    }
    let leader = group.leader.as_deref().unwrap_or("　　　　　　");
    let left = format!("组别：{}　　带队：{leader}　　共 {} 家", group.name, group.drawn().len());
    Sheet {
        name,
        hidden: false,
        look: official(source, "安排表", left, notes, &["带队领导", "检查人员", "填表人"]),
        columns,
        body: Body::Rows(rows),
    }
}

/// 未销号 5 条：重大 1，逾期 2，待验收 1; for 回头检查 with the 编号.
fn focus(source: VisitsSource<'_>, hazards: &UnitHazards) -> String {
    let Some(ledger) = source.ledger else { return String::new() };
    if hazards.open == 0 {
        return "台账中没有未销号的隐患".to_owned();
    }
    let parts: Vec<String> = [("重大", hazards.major), ("逾期", hazards.overdue), ("待验收", hazards.awaiting)]
        .into_iter()
        .filter(|(_, number)| *number > 0)
        .map(|(what, number)| format!("{what} {number}"))
        .collect();
    let mut text = format!("未销号 {} 条", hazards.open);
    if !parts.is_empty() {
        text.push_str(&format!("：{}", parts.join("，")));
    }
    if source.plan.mode == Some(VisitMode::Revisit) {
        let ids: Vec<&str> =
            hazards.to_revisit.iter().filter_map(|index| ledger.hazards.get(*index)).map(|hazard| hazard.id.as_str()).collect();
        let more = if ids.len() > MOST_IDS { " 等" } else { "" };
        text.push_str(&format!("\n复查 {}{more}", ids.iter().take(MOST_IDS).copied().collect::<Vec<_>>().join("、")));
    }
    text
}

fn revisit_sheet<'a>(source: VisitsSource<'a>, ledger: &'a Ledger) -> Sheet<'a> {
    let columns = vec![
        Column::new("序号", ColumnKind::Number, 4),
        Column::new("单位", ColumnKind::Word, 14).growing(1),
        Column::new("编号", ColumnKind::Code, 12),
        Column::new("隐患描述", ColumnKind::Prose, 24).growing(3),
        Column::new("部位", ColumnKind::Word, 10).growing(1),
        Column::new("等级", ColumnKind::Word, 4),
        Column::new("整改期限", ColumnKind::Word, 11),
        Column::new("台账状态", ColumnKind::Word, 8),
        Column::new("复查情况", ColumnKind::Prose, 22).growing(2),
        Column::new("复查人签字", ColumnKind::Word, 12),
    ];
    let mut rows = Vec::new();
    let mut number = 0;
    for group in &source.plan.groups {
        rows.push(Row::group(group.name.as_str()));
        for hazard in group.drawn().into_iter().flat_map(|unit| &unit.hazards.to_revisit).filter_map(|index| ledger.hazards.get(*index)) {
            number += 1;
            rows.push(Row::entry(vec![
                Cell::Integer(number),
                Cell::text(Some(&hazard.unit)),
                Cell::text(Some(&hazard.id)),
                Cell::text(hazard.text(Field::Description)),
                Cell::text(hazard.text(Field::Location)),
                Cell::text(hazard.level.value().map(Level::label)),
                Cell::text(hazard.text(Field::ExtendedTo).or(hazard.text(Field::Deadline))),
                Cell::text(Some(hazard.status.label())),
            ]));
        }
    }
    let notes = vec!["注：逾期的和已整改、还没有验收的；复查合格的，在台账里填验收人、验收日期，再销号。".to_owned()];
    let left = format!("共 {number} 条");
    let look = official(source, "复查隐患表", left, notes, &["带队领导", "检查人员", "填表人"]);
    Sheet { name: REVISIT_SHEET.to_owned(), hidden: false, look, columns, body: Body::Rows(rows) }
}

fn draw_sheet<'a>(source: VisitsSource<'a>) -> Sheet<'a> {
    let columns = vec![
        Column::new("组别", ColumnKind::Word, 12),
        Column::new("名次", ColumnKind::Number, 5),
        Column::new("编码", ColumnKind::Code, 8),
        Column::new("单位", ColumnKind::Word, 18).growing(2),
        Column::new("SHA-256 值（前 16 位）", ColumnKind::Code, 20),
        Column::new("结果", ColumnKind::Word, 14).growing(1),
        Column::new("上次检查", ColumnKind::Date, 11),
    ];
    let row = |group: &'a VisitGroup, unit: &'a Candidate| {
        let of_roster = source.roster.units.get(unit.unit);
        Row::entry(vec![
            Cell::text(Some(&group.name)),
            Cell::Integer(i64::from(unit.rank)),
            Cell::text(of_roster.map(|unit| unit.code.as_str())),
            Cell::text(of_roster.map(|unit| &*unit.name)),
            Cell::text(unit.hash.get(..16)),
            Cell::text(Some(unit.outcome.label())),
            Cell::date(unit.visited_on),
        ])
    };
    let rows = source.plan.groups.iter().flat_map(|group| group.units.iter().map(move |unit| row(group, unit))).collect();
    let mut notes = vec![
        format!("种子：{}", source.plan.seed),
        format!("办法：{}。换一台电脑、名册换个顺序，结果都一样。", method(source.plan)),
        format!("核对一家（Linux）：printf '%s' '{}-单位编码' | sha256sum", source.plan.seed),
    ];
    let ungrouped: Vec<&str> =
        source.plan.ungrouped.iter().filter_map(|unit| source.roster.units.get(*unit)).map(|unit| &*unit.name).collect();
    if !ungrouped.is_empty() {
        notes.push(format!("不在任何一组、没有参加的 {} 家：{}", ungrouped.len(), ungrouped.join("、")));
    }
    let look = official(source, DRAW_SHEET, format!("组织单位：{}", source.campaign.issuer), notes, &["抽取人", "监督人"]);
    Sheet { name: DRAW_SHEET.to_owned(), hidden: false, look, columns, body: Body::Rows(rows) }
}

fn official(source: VisitsSource<'_>, what: &str, left: String, notes: Vec<String>, signature: &[&str]) -> Look {
    Look::Official(Box::new(Official {
        attachment: None,
        title: title(source, what),
        left,
        right: format!("截至日期：{}", source.plan.as_of.format("%Y年%-m月%-d日")),
        notes,
        signature: signature.iter().map(|label| (*label).to_owned()).collect(),
        dense: false,
    }))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::campaign::Ground;
    use crate::campaign::model::Group;
    use crate::campaign::read_roster;
    use crate::results::three_lists::sample;
    use crate::results::visits::VisitRequest;
    use crate::results::visits::visits;
    use crate::source::SourceFile;

    fn lines(sheet: &Sheet<'_>) -> Vec<String> {
        let mut lines = Vec::new();
        let visited: Result<(), ()> = sheet.body.each(|_, row| {
            lines.push(row.cells.iter().map(Cell::shown).collect::<Vec<_>>().join("|"));
            Ok(())
        });
        assert_eq!(visited, Ok(()));
        lines
    }

    #[test]
    fn each_group_has_its_sheet_and_every_unit_its_rank() {
        let mut campaign = sample::campaign(0);
        let group = |name: &str, units: &[&str]| Group {
            name: name.to_owned(),
            leader: Some("李局长".to_owned()),
            units: units.iter().map(|unit| (*unit).to_owned()).collect(),
        };
        campaign.groups = vec![group("第一组/东片", &["A1", "A2"]), group("第一组东片", &["A3"])];
        let bytes = "编码,单位名称\nA1,甲医院\nA2,乙医院\nA3,丙医院\nA4,丁医院\n".as_bytes().to_vec();
        let roster = read_roster(&SourceFile { name: Arc::from("units.csv"), bytes }).roster.expect("a roster");
        let hazard = crate::ledger::Hazard { unit_index: Some(0), ..sample::hazard(1, 0) };
        let ledger = Ledger { hazards: vec![hazard], extra_columns: Vec::new() };
        // Due on the last of July: overdue in September.
        let overdue = sample::overdue(&ledger, sample::day(9, 1));
        let mode = Some(VisitMode::Revisit);
        let request = VisitRequest {
            ground: Ground::new(&campaign, &roster, sample::day(9, 1)),
            mode,
            size: DrawSize::All,
            seed: "s",
            unvisited: false,
        };
        let plan = visits(request, Some((&ledger, &overdue)), &[]);
        let document = visits_document(VisitsSource {
            campaign: &campaign,
            roster: &roster,
            plan: &plan,
            ledger: Some(&ledger),
            on: Some(sample::day(9, 3)),
        });
        let names: Vec<&str> = document.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(names, ["第一组东片", "第一组东片（2）", REVISIT_SHEET, DRAW_SHEET]);
        let id = &ledger.hazards[0].id;
        assert_eq!(lines(&document.sheets[0]), [format!("1|甲医院|回头检查|未销号 1 条：逾期 1\n复查 {id}|2023-09-03|||")]);
        assert_eq!(lines(&document.sheets[1]), ["这一组没有要检查的单位"]);
        assert!(lines(&document.sheets[2])[1].contains(id.as_str()), "{:?}", lines(&document.sheets[2]));
        assert_eq!(lines(&document.sheets[3]).len(), 3);
        let Look::Official(official) = &document.sheets[3].look else { panic!("a printed sheet") };
        assert!(official.notes.iter().any(|note| note.contains("丁医院")), "{:?}", official.notes);
    }
}
