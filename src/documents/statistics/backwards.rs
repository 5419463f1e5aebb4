//! 倒退和未再报告: what needs an answer from its unit: hazards that went backwards within the period, and open ones that the newest
//! submission of their unit does not name.

use crate::documents::sheet::Body;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::ColumnKind;
use crate::documents::sheet::Row;
use crate::documents::sheet::Sheet;
use crate::documents::statistics::StatisticsSource;
use crate::results::figures::Measure;
use crate::vocabulary::Field;

/// Name of the sheet.
pub const BACKWARDS_SHEET: &str = "倒退和未再报告";

/// One row for each field that went backwards, then one for each hazard that is no longer named.
pub fn backwards_sheet<'a>(source: StatisticsSource<'a>) -> Sheet<'a> {
    let columns = vec![
        Column::new("序号", ColumnKind::Number, 4),
        Column::new("单位", ColumnKind::Word, 14).growing(2),
        Column::new("编号", ColumnKind::Code, 14),
        Column::new("隐患描述", ColumnKind::Prose, 20).growing(4),
        Column::new("情形", ColumnKind::Word, 12).growing(1),
        Column::new("栏目", ColumnKind::Word, 10),
        Column::new("原值", ColumnKind::Prose, 12).growing(2),
        Column::new("现值", ColumnKind::Prose, 12).growing(2),
        Column::new("单位说明", ColumnKind::Prose, 12).growing(2),
    ];
    let figures = source.figures;
    let mut rows: Vec<Row<'a>> = vec![Row::group(format!("与上期相比倒退（{}处）", figures.backwards.len()))];
    for (index, item) in figures.backwards.iter().enumerate() {
        let description = source.ledger.find(&item.id).and_then(|hazard| hazard.text(Field::Description));
        rows.push(Row::entry(vec![
            Cell::Integer(index as i64 + 1),
            Cell::text(Some(&item.unit)),
            Cell::text(Some(&item.id)),
            Cell::text(description),
            Cell::text(Some(item.reason)),
            Cell::text(Some(&item.column)),
            Cell::text(Some(&item.old)),
            Cell::text(Some(&item.new)),
        ]));
    }
    rows.push(Row::group(format!("未再报告（{}项）", figures.totals.of(Measure::NotReportedAgain))));
    for (index, hazard) in
        figures.behind(Measure::NotReportedAgain, None).filter_map(|hazard| source.ledger.hazards.get(hazard)).enumerate()
    {
        rows.push(Row::entry(vec![
            Cell::Integer(index as i64 + 1),
            Cell::text(Some(&hazard.unit)),
            Cell::text(Some(&hazard.id)),
            Cell::text(hazard.text(Field::Description)),
            Cell::text(Some("最近一次报送没有提到")),
        ]));
    }
    let notes = vec!["注：倒退和未再报告不一定是错，但都要单位说明；没有再写不等于已经整改。".to_owned()];
    let look = source.official("倒退和未再报告的隐患", notes, false);
    Sheet { name: BACKWARDS_SHEET.to_owned(), hidden: false, look, columns, body: Body::Rows(rows) }
}
