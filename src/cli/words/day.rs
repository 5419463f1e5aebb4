//! A day's work in one line.

use chrono::NaiveDate;

use crate::cli::words::diagnostics::tally;
use crate::desk::day::Day;
use crate::diagnostic::Tally;
use crate::results::figures::ReportKind;

/// The one line.
pub fn summary(day: &Day, as_of: NaiveDate) -> String {
    let records = match &day.merge {
        Some(merge) => {
            format!("{} 个文件 {} 条记录，新增 {}，更新 {}，退回 {}", merge.files, merge.records, merge.new, merge.updated, merge.rejected)
        }
        None => "没有报送文件，台账照旧".to_owned(),
    };
    let named = |words: &str, kinds: &[ReportKind]| match kinds {
        [] => String::new(),
        kinds => format!("，{words} {}", kinds.iter().map(|kind| kind.label()).collect::<Vec<_>>().join("、")),
    };
    let (reports, withheld) = (named("报表", &day.reports), named("没有出的报表", &day.withheld));
    let (folder, files) = &day.folder;
    format!(
        "{as_of} 完成：{records}；隐患 {}，逾期 {}{reports}{withheld}；校验：{}；{folder} 里 {files} 个文件\n",
        day.hazards,
        day.overdue,
        tally(Tally::of(&day.diagnostics)),
    )
}
