//! 分类统计: the same figures by category, level, source, phase and group, each with its own 合计.

use crate::documents::sheet::Body;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::ColumnKind;
use crate::documents::sheet::Row;
use crate::documents::sheet::Sheet;
use crate::documents::statistics::StatisticsSource;
use crate::documents::statistics::figure_column::FigureColumn;
use crate::documents::statistics::figure_column::RowSource;
use crate::documents::statistics::figure_column::Shown;
use crate::documents::statistics::figure_column::cell;
use crate::results::figures::Counts;
use crate::results::figures::Dimension;
use crate::results::figures::Funds;
use crate::results::figures::Measure;
use crate::results::figures::RowFigures;

/// Name of the sheet.
pub const BREAKDOWN_SHEET: &str = "分类统计";

/// The breakdowns that are no units, one under the other.
pub fn breakdown_sheet<'a>(source: StatisticsSource<'a>) -> Sheet<'a> {
    let this = source.figures.period.kind.this_period();
    let [all, open, major] = ["累计", "截至日情况", "重大隐患"];
    let figures = [
        FigureColumn::count(this, "上期结转", Measure::CarriedOver),
        FigureColumn::count(this, "本期新增", Measure::New),
        FigureColumn::count(this, "本期销号", Measure::ClosedInPeriod),
        FigureColumn::other(this, "其他增减", "项", Shown::OtherChange),
        FigureColumn::count(this, "期末未销号", Measure::OpenAtEnd),
        FigureColumn::count(all, "排查隐患", Measure::Total),
        FigureColumn::count(all, "已整改", Measure::Rectified),
        FigureColumn::rate(all, "整改率", Measure::Rectified, Measure::Total),
        FigureColumn::count(all, "已销号", Measure::Closed),
        FigureColumn::rate(all, "按期整改率", Measure::RectifiedInTime, Measure::FallenDue),
        FigureColumn::count(open, "逾期", Measure::Overdue),
        FigureColumn::count(open, "临期", Measure::DueSoon),
        FigureColumn::count(open, "无期限", Measure::Undated),
        FigureColumn::count(major, "隐患数", Measure::Major),
        FigureColumn::count(major, "未整改", Measure::MajorOpen),
        FigureColumn::other("其他", "整改资金", "万元", Shown::Funds),
    ];
    let mut columns = vec![Column::new("序号", ColumnKind::Number, 4), Column::new("分类", ColumnKind::Word, 16).growing(4).counted_in("")];
    columns.extend(figures.iter().map(|figure| figure.column.clone()));
    let line = |leading: [Cell<'a>; 2], counts: &'a Counts, funds: Funds| {
        let of = RowSource { counts, funds, rank: None, duties: None };
        leading.into_iter().chain(figures.iter().map(|figure| cell(figure.shown, of))).collect()
    };
    let parents: Vec<&'a RowFigures> = source.figures.parents.iter().map(|parent| &parent.figures).collect();
    let dimensions = Dimension::ALL.into_iter().filter(|dimension| *dimension != Dimension::Unit);
    let blocks = dimensions.map(|dimension| (dimension.label(), source.figures.rows(dimension).iter().collect()));
    let mut rows: Vec<Row<'a>> = Vec::new();
    for (label, block) in blocks.chain((!parents.is_empty()).then_some(("上级单位", parents))) {
        rows.push(Row::group(format!("按{label}")));
        let entry = |(number, row): (i64, &'a RowFigures)| {
            Row::entry(line([Cell::Integer(number), Cell::text(Some(&row.label))], &row.counts, row.funds))
        };
        rows.extend((1i64..).zip(block).map(entry));
        rows.push(Row::total(line([Cell::Empty, Cell::Text("合计".into())], &source.figures.totals, source.figures.funds)));
    }
    let notes = vec![
        "注：每条隐患在每种分类里只算一次，所以每种分类的合计都相同。发现日期在几个阶段重叠的日子里的，算在后开始的阶段。".to_owned(),
        "　　来源按“隐患来源”一栏的文字归类；没有填写的列为“未写来源”，不当作自查。".to_owned(),
    ];
    let look = source.official("隐患分类统计表", notes, false);
    Sheet { name: BREAKDOWN_SHEET.to_owned(), hidden: false, look, columns, body: Body::Rows(rows) }
}
