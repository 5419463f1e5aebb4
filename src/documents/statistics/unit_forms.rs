//! The official forms by unit: 隐患排查整改情况统计表, and 逾期和报送情况统计表.
//!
//! Laid out like the statistical forms of safety offices: grouped header, a row of units (项, %, 万元), 合计 last. Every unit of
//! the roster has a row, also those without a hazard; what they are, the notes say.

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
use crate::results::figures::Dimension;
use crate::results::figures::Figures;
use crate::results::figures::Measure;
use crate::results::figures::ReportKind;
use crate::results::figures::RowFigures;
use crate::results::figures::UnitDuties;
use crate::vocabulary::Status;

/// The form that is sent on; the first sheet, and all of the CSV.
pub const PROGRESS_SHEET: &str = "统计表";
/// Overdue and reporting by unit.
pub const DEADLINE_SHEET: &str = "逾期和报送";

/// The columns of 统计表 behind 序号 and 单位: carried over, new, closed; general and major hazards; funds; the place by 整改率.
pub fn progress_columns(kind: ReportKind) -> Vec<FigureColumn> {
    let this = kind.this_period();
    let [all, general, major, open] = ["累计", "一般隐患", "重大隐患", "未整改的重大隐患"];
    vec![
        FigureColumn::count(this, "上期结转", Measure::CarriedOver),
        FigureColumn::count(this, "本期新增", Measure::New),
        FigureColumn::count(this, "本期整改", Measure::RectifiedInPeriod),
        FigureColumn::count(this, "本期销号", Measure::ClosedInPeriod),
        FigureColumn::other(this, "其他增减", "项", Shown::OtherChange),
        FigureColumn::count(this, "期末未销号", Measure::OpenAtEnd),
        FigureColumn::count(all, "排查隐患", Measure::Total),
        FigureColumn::count(all, "已整改", Measure::Rectified),
        FigureColumn::rate(all, "整改率", Measure::Rectified, Measure::Total),
        FigureColumn::count(general, "隐患数", Measure::General),
        FigureColumn::count(general, "已整改", Measure::GeneralRectified),
        FigureColumn::rate(general, "整改率", Measure::GeneralRectified, Measure::General),
        FigureColumn::count(major, "隐患数", Measure::Major),
        FigureColumn::count(major, "已整改", Measure::MajorRectified),
        FigureColumn::count(major, "已整改销号", Measure::MajorClosed),
        FigureColumn::rate(major, "整改率", Measure::MajorRectified, Measure::Major),
        FigureColumn::count(open, "列入治理", Measure::MajorOpen),
        FigureColumn::count(open, "五落实齐全", Measure::MajorComplete),
        FigureColumn::count(open, "挂牌督办", Measure::MajorSupervised),
        FigureColumn::other("其他", "整改资金", "万元", Shown::Funds),
        FigureColumn::other("其他", "整改率名次", "", Shown::Rank),
    ]
}

/// 统计表.
pub fn progress_form<'a>(source: StatisticsSource<'a>) -> Sheet<'a> {
    let columns = progress_columns(source.figures.period.kind);
    let mut notes = vec![
        "注：上期结转＋本期新增＋其他增减－本期销号＝期末未销号；其他增减＝恢复－撤销－转出。".to_owned(),
        "　　整改率＝已整改或已销号÷排查隐患，四舍五入到一位小数；没有隐患的写“—”，不排名次。".to_owned(),
    ];
    let unknown = source.figures.totals.of(Measure::LevelUnknown);
    if unknown > 0 {
        notes.push(format!("　　另有{unknown}项没有定级，计入累计，不计入一般和重大。"));
    }
    if source.figures.funds.unreadable > 0 {
        notes.push(format!("　　另有{}项的整改资金认不出金额，没有计入。", source.figures.funds.unreadable));
    }
    let late = source.figures.totals.of(Measure::NewFromBefore);
    if late > 0 {
        notes.push(format!("　　本期新增中有{late}项发现于本期以前，这一期才报来。"));
    }
    form(source, PROGRESS_SHEET, "隐患排查整改情况统计表", columns, notes)
}

/// The columns of 逾期和报送 behind 序号 and 单位: deadlines, how long overdue, time left, reporting.
pub fn deadline_columns() -> Vec<FigureColumn> {
    let [due, open, past, left, reports] = ["到期整改", "截至日情况", "逾期天数", "剩余天数", "本期报送"];
    vec![
        FigureColumn::count(due, "已到期", Measure::FallenDue),
        FigureColumn::count(due, "按期整改", Measure::RectifiedInTime),
        FigureColumn::rate(due, "按期整改率", Measure::RectifiedInTime, Measure::FallenDue),
        FigureColumn::count(due, "超期完成", Measure::Late),
        FigureColumn::count(due, "日期不明", Measure::RectifiedUndated),
        FigureColumn::count(due, "未整改", Measure::DueOpen),
        FigureColumn::count(open, "逾期", Measure::Overdue),
        FigureColumn::count(open, "临期", Measure::DueSoon),
        FigureColumn::count(open, "未到期", Measure::InTime),
        FigureColumn::count(open, "无期限", Measure::Undated),
        FigureColumn::count(open, "待验收", Measure::AwaitingVerification),
        FigureColumn::count(open, "已销号", Measure::Closed),
        FigureColumn::count(past, "1—7天", Measure::OverdueWeek),
        FigureColumn::count(past, "8—30天", Measure::OverdueMonth),
        FigureColumn::count(past, "30天以上", Measure::OverdueLonger),
        FigureColumn::count(left, "10天以内", Measure::LeftTen),
        FigureColumn::count(left, "11—20天", Measure::LeftTwenty),
        FigureColumn::count(left, "20天以上", Measure::LeftMore),
        FigureColumn::other(reports, "应报", "次", Shown::Owed),
        FigureColumn::other(reports, "按时", "次", Shown::OwedInTime),
        FigureColumn::other(reports, "迟报", "次", Shown::OwedLate),
        FigureColumn::other(reports, "未报", "次", Shown::OwedMissing),
        FigureColumn::other(reports, "按时率", "%", Shown::OwedRate),
    ]
}

/// 逾期和报送.
pub fn deadline_form<'a>(source: StatisticsSource<'a>) -> Sheet<'a> {
    let mut notes = vec![
        "注：按期整改＋超期完成＋日期不明＋未整改＝已到期；已整改而没有写完成日期的算日期不明，不算按期。".to_owned(),
        "　　逾期＋临期＋未到期＋无期限＋待验收＋已销号＝累计排查；到期当天不算逾期。".to_owned(),
        "　　按期整改率＝按期整改÷已到期；按时率＝按时÷应报，零报告算按时，当天截止还没有报的不算按时也不算未报。".to_owned(),
    ];
    if source.campaign.overdue.until == Status::ClosedOut {
        notes.push("　　本专项的逾期算到销号为止：期限已过，整改后还没有销号的也算逾期。".to_owned());
    }
    form(source, DEADLINE_SHEET, "隐患逾期和报送情况统计表", deadline_columns(), notes)
}

fn form<'a>(source: StatisticsSource<'a>, name: &str, title: &str, figures: Vec<FigureColumn>, notes: Vec<String>) -> Sheet<'a> {
    let mut columns = vec![Column::new("序号", ColumnKind::Number, 4), Column::new("单位", ColumnKind::Word, 14).growing(4).counted_in("")];
    columns.extend(figures.iter().map(|figure| figure.column.clone()));
    let mut rows: Vec<Row<'a>> = Vec::new();
    for (index, row) in source.figures.rows(Dimension::Unit).iter().enumerate() {
        let of = unit_row(source.figures, index, row);
        let leading = [Cell::Integer(index as i64 + 1), Cell::text(Some(&row.label))];
        rows.push(Row::entry(leading.into_iter().chain(figures.iter().map(|figure| cell(figure.shown, of))).collect()));
    }
    let totals = total_row(source.figures);
    let leading = [Cell::Empty, Cell::Text("合计".into())];
    rows.push(Row::total(leading.into_iter().chain(figures.iter().map(|figure| cell(figure.shown, totals))).collect()));
    Sheet { name: name.to_owned(), hidden: false, look: source.official(title, notes, true), columns, body: Body::Rows(rows) }
}

/// The figures of one unit.
pub fn unit_row<'a>(figures: &Figures, index: usize, row: &'a RowFigures) -> RowSource<'a> {
    let duties = figures.unit_duties.get(index).copied();
    RowSource { counts: &row.counts, funds: row.funds, rank: figures.ranks.get(index).copied().flatten(), duties }
}

/// The figures of all units together.
pub fn total_row(figures: &Figures) -> RowSource<'_> {
    let mut sums = UnitDuties::default();
    figures.unit_duties.iter().for_each(|duties| sums.add(*duties));
    RowSource { counts: &figures.totals, funds: figures.funds, rank: None, duties: Some(sums) }
}
