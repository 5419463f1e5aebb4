//! A few sample submissions for a campaign that has none of its own: made from its roster and period.
//!
//! One in order, one with the mistakes that everybody makes, one zero report. Nothing in them is real.

use chrono::NaiveDate;

use crate::campaign;
use crate::campaign::Shipped;
use crate::source::SourceFile;

/// A kind of submission and what writes one for a unit and the first day of the campaign.
type Maker = (&'static str, fn(&str, NaiveDate) -> String);

/// File names and contents; empty when the campaign cannot be read.
pub fn inbox(shipped: &Shipped) -> Vec<(String, Vec<u8>)> {
    let source = |name: &str, text: &str| SourceFile { name: name.into(), bytes: text.as_bytes().to_vec() };
    let start = campaign::read_campaign(&source("campaign.yaml", shipped.yaml)).campaign.map(|campaign| campaign.start);
    let roster = campaign::read_roster(&source("units.csv", shipped.units_csv)).roster;
    let (Some(start), Some(roster)) = (start, roster) else { return Vec::new() };
    let makers: [Maker; 3] = [("台账", in_order), ("隐患排查", with_mistakes), ("零报告", zero)];
    roster
        .units
        .iter()
        .zip(makers)
        .map(|(unit, (kind, make))| {
            // A byte order mark, because Excel on Windows shows nonsense without it.
            (format!("{}{kind}.csv", unit.name), format!("\u{feff}{}", make(&unit.name, start)).into_bytes())
        })
        .collect()
}

fn day(start: NaiveDate, days: u64) -> NaiveDate {
    start.checked_add_days(chrono::Days::new(days)).unwrap_or(start)
}

fn in_order(unit: &str, start: NaiveDate) -> String {
    format!(
        "单位名称,隐患描述,部位,等级,发现日期,整改措施,责任人,整改期限,状态\r\n\
         {unit},疏散通道堆放杂物,门诊楼一层,一般,{found},清理杂物并划线,张示例,{due},整改中\r\n\
         {unit},灭火器压力不足,住院部二层,一般,{found},更换灭火器,李示例,{due},已整改\r\n",
        found = day(start, 3),
        due = day(start, 17),
    )
}

fn with_mistakes(unit: &str, start: NaiveDate) -> String {
    format!(
        "填报单位：{unit},,,,填报日期：{filled},,\r\n\
         序号,存在问题,隐患等级,排查时间,整改时限,是否整改,备注\r\n\
         1,配电箱未上锁,一般,{found},立行立改,是,\r\n\
         2,氧气瓶混放，无防倾倒措施,较大,{found},6月31日,否,\r\n\
         3,,一般,{found},{due},否,没有写隐患\r\n",
        filled = day(start, 6),
        found = day(start, 4),
        due = day(start, 20),
    )
}

fn zero(unit: &str, start: NaiveDate) -> String {
    format!("填报单位：{unit},,填报日期：{filled}\r\n序号,隐患描述,整改期限\r\n本周排查未发现隐患,,\r\n", filled = day(start, 6))
}
