//! 报送情况: every reporting duty that fell due within the period, and who is missing.

use crate::documents::sheet::Body;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::ColumnKind;
use crate::documents::sheet::Row;
use crate::documents::sheet::Sheet;
use crate::documents::statistics::StatisticsSource;
use crate::results::figures::DutyFigure;
use crate::results::overview::Share;

/// Name of the sheet.
pub const REPORTING_SHEET: &str = "报送情况";

/// One row for each due day, and the sums.
pub fn reporting_sheet<'a>(source: StatisticsSource<'a>) -> Sheet<'a> {
    let count = |title: &'static str| Column::new(title, ColumnKind::Number, 6).counted_in("家");
    let rate = |title: &'static str| Column::new(title, ColumnKind::Rate, 8).counted_in("%");
    let columns = vec![
        Column::new("序号", ColumnKind::Number, 4),
        Column::new("报送事项", ColumnKind::Word, 16).growing(2),
        Column::new("截止日期", ColumnKind::Date, 11),
        count("应报"),
        count("已报"),
        count("零报告"),
        count("迟报"),
        count("未报"),
        count("今天截止"),
        rate("报送率"),
        rate("按时报送率"),
        Column::new("未报单位", ColumnKind::Prose, 30).growing(5),
    ];
    let mut rows: Vec<Row<'a>> = Vec::new();
    for (index, duty) in source.figures.duties.iter().enumerate() {
        rows.push(Row::entry(cells(source, index, duty)));
    }
    if rows.is_empty() {
        rows.push(Row::group("本期没有到期的报送事项"));
    } else {
        let all = &source.figures.duties;
        let sum = |pick: fn(&DutyFigure) -> u32| all.iter().map(pick).sum::<u32>();
        let numbers = [sum(|duty| duty.owed), sum(|duty| duty.reported), sum(|duty| duty.zero), sum(|duty| duty.late)];
        let rest = [sum(|duty| duty.missing), sum(|duty| duty.waiting)];
        let [owed, reported, zero, late] = numbers;
        let mut total = vec![Cell::Empty, Cell::Text("合计".into()), Cell::Empty];
        total.extend(numbers.into_iter().chain(rest).map(|number| Cell::Integer(i64::from(number))));
        total.push(Cell::rate(Share { part: reported + zero + late, whole: owed }.per_cent()));
        total.push(Cell::rate(Share { part: reported + zero, whole: owed }.per_cent()));
        rows.push(Row::total(total));
    }
    let notes = vec!["注：报送率＝（已报＋零报告＋迟报）÷应报，按时报送率＝（已报＋零报告）÷应报。没有报不等于没有隐患。".to_owned()];
    let look = source.official("报送情况统计表", notes, false);
    Sheet { name: REPORTING_SHEET.to_owned(), hidden: false, look, columns, body: Body::Rows(rows) }
}

fn cells<'a>(source: StatisticsSource<'a>, index: usize, duty: &DutyFigure) -> Vec<Cell<'a>> {
    let name = source.campaign.obligations.get(duty.obligation).map(|obligation| obligation.name.as_str());
    let missing: Vec<&str> = duty.missing_parties.iter().map(|party| party.name(source.roster)).collect();
    let mut cells = vec![Cell::Integer(index as i64 + 1), Cell::text(name), Cell::Date(duty.due)];
    let numbers = [duty.owed, duty.reported, duty.zero, duty.late, duty.missing, duty.waiting];
    cells.extend(numbers.map(|number| Cell::Integer(i64::from(number))));
    cells.push(Cell::rate(duty.came().per_cent()));
    cells.push(Cell::rate(duty.in_time().per_cent()));
    cells.push(Cell::owned(missing.join("、")));
    cells
}
