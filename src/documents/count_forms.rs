//! 汇总表 of a count form in official layout, what each unit sent (各单位明细), and what does not agree (核对).

use crate::campaign::Campaign;
use crate::campaign::CountForm;
use crate::campaign::FormColumn;
use crate::campaign::FormRows;
use crate::campaign::Ground;
use crate::campaign::Party;
use crate::campaign::Roster;
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
use crate::records::form_rows::ONE;
use crate::results::count_forms::Compared;
use crate::results::count_forms::Consolidated;
use crate::results::count_forms::ConsolidatedRow;
use crate::results::count_forms::FaultKind;
use crate::results::count_forms::FormFault;
use crate::results::count_forms::RowOf;
use crate::results::count_forms::by_parent;
use crate::results::count_forms::totals;

/// The consolidated table; the first sheet, and all of the CSV.
pub const TOTAL_SHEET: &str = "汇总表";
/// What each unit sent, for forms whose rows are sums.
pub const PART_SHEET: &str = "各单位明细";
/// What does not agree.
pub const CHECK_SHEET: &str = "核对";
/// More columns than these take small print.
const MOST_ROOMY_COLUMNS: usize = 10;

/// What the document is made from.
#[derive(Clone, Copy)]
pub struct FormSource<'a> {
    pub ground: Ground<'a>,
    pub form: &'a CountForm,
    pub done: &'a Consolidated,
}

/// One line of 核对.
pub struct Finding {
    pub unit: String,
    pub column: String,
    pub says: String,
    pub place: String,
}

/// The workbook.
///
/// # Errors
/// [`Imbalance`] when the totals are not the sums of what the units sent.
pub fn form_document<'a>(source: FormSource<'a>) -> Result<Document<'a>, Imbalance> {
    check(source)?;
    let mut sheets = vec![total_sheet(source)];
    if source.form.rows != FormRows::Unit || !source.done.below.is_empty() {
        sheets.push(part_sheet(source));
    }
    let findings = findings(source);
    if !findings.is_empty() {
        sheets.push(check_sheet(findings));
    }
    Ok(Document { title: source.form.title.clone(), issuer: source.ground.campaign.issuer.clone(), sheets })
}

/// Holds the totals against the tables of the units.
fn check(source: FormSource<'_>) -> Result<(), Imbalance> {
    let done = source.done;
    let sent = done.parts.iter().map(|(.., counts)| counts).chain(done.below.iter().map(|(.., counts)| counts));
    let sums = totals(source.form, sent);
    for ((column, sum), total) in source.form.columns.iter().zip(sums).zip(&done.totals) {
        if sum != *total {
            let units = |number: Option<i64>| u64::try_from(number.unwrap_or(0) / ONE).unwrap_or(0);
            return Err(Imbalance::Total { what: column.title().to_owned(), total: units(*total), sum: units(sum) });
        }
    }
    Ok(())
}

/// The number of a cell, whole where it is whole.
pub fn number<'a>(count: Option<i64>) -> Cell<'a> {
    match count {
        None => Cell::Empty,
        Some(count) if count % ONE == 0 => Cell::Integer(count / ONE),
        Some(count) => Cell::Decimal(count as f64 / ONE as f64),
    }
}

/// The same for a text.
pub fn number_text(count: i64) -> String {
    if count % ONE == 0 { (count / ONE).to_string() } else { (count as f64 / ONE as f64).to_string() }
}

/// The name of what a row stands for.
pub fn name_of<'a>(of: &'a RowOf, roster: &'a Roster) -> &'a str {
    match of {
        RowOf::Unit(unit) => unit_name(roster, *unit),
        RowOf::Category(name) => name,
        RowOf::All => "全部单位",
    }
}

fn unit_name(roster: &Roster, unit: usize) -> &str {
    roster.units.get(unit).map_or("", |unit| &unit.name)
}

fn columns(form: &CountForm, first: &'static str) -> Vec<Column> {
    let count = |column: &FormColumn| {
        let unit = column.unit.as_ref().map_or_else(String::new, |unit| format!("（{unit}）"));
        Column::new(format!("{}{unit}", column.title()), ColumnKind::Number, 8).growing(1)
    };
    let leading = [Column::new("序号", ColumnKind::Number, 4), Column::new(first, ColumnKind::Word, 16).growing(3)];
    leading.into_iter().chain(form.columns.iter().map(count)).collect()
}

fn total_sheet<'a>(source: FormSource<'a>) -> Sheet<'a> {
    let FormSource { ground, form, done } = source;
    let first = match form.rows {
        FormRows::Unit => "单位",
        FormRows::Category => "类别",
        FormRows::Single => "范围",
    };
    let columns = columns(form, first);
    let entry = |(number_of, row): (i64, &'a ConsolidatedRow)| {
        let leading = [Cell::Integer(number_of), Cell::text(Some(name_of(&row.of, ground.roster)))];
        Row::entry(leading.into_iter().chain(row.counts.iter().map(|count| number(*count))).collect())
    };
    let sum = |label: String, counts: Vec<Option<i64>>| {
        Row::total([Cell::Empty, Cell::owned(label)].into_iter().chain(counts.into_iter().map(number)).collect())
    };
    let groups = by_parent(done, ground);
    let mut rows: Vec<Row<'a>> = Vec::new();
    if groups.is_empty() {
        rows.extend((1i64..).zip(&done.rows).map(entry));
    }
    let mut before = 0i64;
    for (parent, of_parent) in groups {
        rows.extend((before + 1..).zip(of_parent.iter().copied()).map(entry));
        before += of_parent.len() as i64;
        let label = format!("{} 小计", parent.map_or("其他单位", |parent| unit_name(ground.roster, parent)));
        rows.push(sum(label, totals(form, of_parent.iter().map(|row| &row.counts))));
    }
    rows.push(sum("合计".to_owned(), done.totals.clone()));
    let look = Look::Official(Box::new(Official {
        attachment: form.attachment.clone(),
        title: format!("{}汇总", form.title),
        left: format!("汇总单位（章）：{}", ground.campaign.issuer),
        right: format!("截至日期：{}", done.as_of.format("%Y年%-m月%-d日")),
        notes: notes(source),
        signature: ground.campaign.lists.footer.clone(),
        dense: columns.len() > MOST_ROOMY_COLUMNS,
    }));
    Sheet { name: TOTAL_SHEET.to_owned(), hidden: false, look, columns, body: Body::Rows(rows) }
}

/// Who is missing, and how far the figures were held against the ledger.
pub fn notes(source: FormSource<'_>) -> Vec<String> {
    let FormSource { ground, form, done } = source;
    let names = |parties: &[Party]| parties.iter().map(|party| party.name(ground.roster)).collect::<Vec<_>>().join("、");
    let mut notes = Vec::new();
    let period = match (form.cumulative, done.due) {
        (true, _) => "各单位最近一次报送的累计数".to_owned(),
        (false, Some(due)) => format!("{due} 截止的一期，各单位报送的当期数"),
        (false, None) => "各单位最近一次报送的当期数".to_owned(),
    };
    notes.push(format!("数字为{period}，原样汇总，合计是各行相加。"));
    if done.missing.is_empty() {
        notes.push("应报单位都已报送。".to_owned());
    } else {
        notes.push(format!("未报（{} 家），不在合计内：{}。", done.missing.len(), names(&done.missing)));
    }
    if !done.without_figures.is_empty() {
        notes.push(format!("报了但没有数字（{} 家），不在合计内：{}。", done.without_figures.len(), names(&done.without_figures)));
    }
    let uncounted = |fault: &&FormFault| matches!(fault.kind, FaultKind::Unreadable(_) | FaultKind::UnknownUnit(_));
    match done.faults.iter().filter(uncounted).count() {
        0 => {}
        places => notes.push(format!("有 {places} 处没有计入合计，见“{CHECK_SHEET}”。")),
    }
    if !done.undated.is_empty() {
        let names: Vec<&str> = done.undated.iter().map(|unit| unit_name(ground.roster, *unit)).collect();
        notes.push(format!("没有写填报日期、按这一期计入的（{} 家）：{}；请核对是不是上一期的表。", names.len(), names.join("、")));
    }
    match done.compared {
        Compared::NotAsked => {}
        Compared::NoLedger => notes.push("还没有台账，没有与台账核对。".to_owned()),
        Compared::Impossible => notes.push("台账里有不能统计的行，没有与台账核对。".to_owned()),
        Compared::PeriodOver => {
            let due = done.due.map_or_else(String::new, |due| due.to_string());
            notes.push(format!("这一期已过，没有与台账核对；要核对请加 --as-of {due}。"));
        }
        Compared::Done if done.differences.is_empty() => notes.push("与台账核对一致。".to_owned()),
        Compared::Done => notes.push(format!("与台账不一致 {} 处，见“{CHECK_SHEET}”。", done.differences.len())),
    }
    notes
}

fn part_sheet<'a>(source: FormSource<'a>) -> Sheet<'a> {
    let FormSource { ground, form, done } = source;
    let mut columns = columns(form, "单位");
    let what = if form.rows == FormRows::Category { "类别" } else { "下属单位" };
    columns.insert(2, Column::new(what, ColumnKind::Word, 14).growing(2));
    let of_parts = done.parts.iter().map(|(unit, of, counts)| {
        let label = if let RowOf::Category(name) = of { name.as_str() } else { "" };
        (*unit, label, counts)
    });
    let of_below = done.below.iter().map(|(unit, label, counts)| (*unit, label.as_str(), counts));
    let row = |(number_of, (unit, label, counts)): (i64, (usize, &'a str, &'a Vec<Option<i64>>))| {
        let leading = [Cell::Integer(number_of), Cell::text(Some(unit_name(ground.roster, unit))), Cell::text(Some(label))];
        Row::entry(leading.into_iter().chain(counts.iter().map(|count| number(*count))).collect())
    };
    let rows = (1i64..).zip(of_parts.chain(of_below)).map(row).collect();
    Sheet { name: PART_SHEET.to_owned(), hidden: false, look: Look::Plain, columns, body: Body::Rows(rows) }
}

fn check_sheet<'a>(findings: Vec<Finding>) -> Sheet<'a> {
    let columns = vec![
        Column::new("单位", ColumnKind::Word, 18).growing(2),
        Column::new("列", ColumnKind::Word, 12).growing(1),
        Column::new("核对情况", ColumnKind::Prose, 30).growing(3),
        Column::new("出处", ColumnKind::Prose, 20).growing(2),
    ];
    let row =
        |finding: Finding| Row::entry([finding.unit, finding.column, finding.says, finding.place].into_iter().map(Cell::owned).collect());
    Sheet {
        name: CHECK_SHEET.to_owned(),
        hidden: false,
        look: Look::Plain,
        columns,
        body: Body::Rows(findings.into_iter().map(row).collect()),
    }
}

/// Everything that does not agree, in words.
pub fn findings(source: FormSource<'_>) -> Vec<Finding> {
    let FormSource { ground, form, done } = source;
    let title = |column: usize| form.columns.get(column).map_or("", |column| column.title()).to_owned();
    let different = done.differences.iter().map(|difference| Finding {
        unit: name_of(&difference.of, ground.roster).to_owned(),
        column: title(difference.column),
        says: format!("报 {}，台账 {}", number_text(difference.reported), number_text(difference.ledger)),
        place: String::new(),
    });
    let faulty = done.faults.iter().map(|fault| Finding {
        unit: fault.unit.map_or("", |unit| unit_name(ground.roster, unit)).to_owned(),
        column: if matches!(fault.kind, FaultKind::UnknownUnit(_)) { String::new() } else { title(fault.column) },
        says: fault_text(fault, form, ground.campaign),
        place: format!("{} 第 {} 行", fault.file, fault.row),
    });
    different.chain(faulty).collect()
}

/// Why a cell was not counted.
fn unreadable_text(text: &str, column: Option<&FormColumn>) -> String {
    match column.map(FormColumn::counted_in).filter(|unit| !unit.is_empty()) {
        Some(unit) => format!("“{text}”不是以“{unit}”计的数，没有计入；请按“{unit}”填阿拉伯数字"),
        None => format!("“{text}”不是单纯的数，没有计入；请填阿拉伯数字"),
    }
}

fn fault_text(fault: &FormFault, form: &CountForm, campaign: &Campaign) -> String {
    let title = |column: usize| form.columns.get(column).map_or("", |column| column.title());
    match &fault.kind {
        FaultKind::PartExceedsWhole { whole, part, of } => {
            format!("{} 比“{}”的 {} 还大", number_text(*part), title(*whole), number_text(*of))
        }
        FaultKind::Fell { before, on, now } => {
            let on = on.map_or_else(|| "上次".to_owned(), |on| on.to_string());
            format!("累计数变小：{on} 报 {}，这次报 {}", number_text(*before), number_text(*now))
        }
        FaultKind::Unreadable(text) => unreadable_text(text, form.columns.get(fault.column)),
        FaultKind::SentTwice { other } => format!("同一天报了两份，数不一样，取了这一份；另一份是 {other}"),
        FaultKind::UnknownUnit(text) if text.is_empty() => "看不出是哪个单位，没有计入；请写上填报单位重报".to_owned(),
        FaultKind::UnknownUnit(text) if campaign.accept_below => format!("“{text}”不在名册上，也不知道是谁代报的，没有计入"),
        FaultKind::UnknownUnit(text) => format!("“{text}”不在名册上，没有计入；请照名册上的全称改，或先加进名册"),
    }
}
