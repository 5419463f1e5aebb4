//! Count forms for people: what the campaign asks for, and one form put together.

use crate::campaign::Campaign;
use crate::cli::words::escape;
use crate::cli::words::style;
use crate::cli::words::table;
use crate::documents::count_forms::FormSource;
use crate::documents::count_forms::findings;
use crate::documents::count_forms::name_of;
use crate::documents::count_forms::notes;
use crate::documents::count_forms::number_text;

/// How many findings are listed unless everything is asked for.
const LISTED: usize = 20;

/// The forms of a campaign.
pub fn list(campaign: &Campaign) -> String {
    let one = |form: &crate::campaign::CountForm| format!("  {}  {}\n", escape::visible(&form.id), escape::visible(&form.title));
    match campaign.forms.as_slice() {
        [] => "专项定义里没有统计表（forms）\n".to_owned(),
        forms => format!("{}\n{}", style::bold("专项定义里的统计表"), forms.iter().map(one).collect::<String>()),
    }
}

/// One form put together.
pub fn answer(source: FormSource<'_>, verbose: bool, width: Option<u16>) -> String {
    let FormSource { ground, form, done } = source;
    let mut text = format!("{}\n", style::bold(&format!("{}（截至 {}）", escape::visible(&form.title), done.as_of)));
    let header: Vec<&str> = ["单位"].into_iter().chain(form.columns.iter().map(|column| column.title())).collect();
    let numbers: Vec<usize> = (1..header.len()).collect();
    let mut list = table::table(&header, &numbers, width);
    let shown = |counts: &[Option<i64>]| counts.iter().map(|count| count.map_or_else(String::new, number_text)).collect::<Vec<_>>();
    for row in &done.rows {
        let name = escape::visible(name_of(&row.of, ground.roster));
        list.add_row([name].into_iter().chain(shown(&row.counts)).collect::<Vec<_>>());
    }
    list.add_row(["合计".to_owned()].into_iter().chain(shown(&done.totals)).collect::<Vec<_>>());
    text.push_str(&table::text(&list));
    for note in notes(source) {
        text.push_str(&format!("  {}\n", escape::visible(&note)));
    }
    let findings = findings(source);
    let most = if verbose { usize::MAX } else { LISTED };
    for finding in findings.iter().take(most) {
        let place = if finding.place.is_empty() { String::new() } else { format!("（{}）", finding.place) };
        text.push_str(&format!("  {}\n", escape::visible(&format!("{} {}：{}{place}", finding.unit, finding.column, finding.says))));
    }
    if findings.len() > most {
        text.push_str(&format!("  另有 {} 处，加 -v 列全\n", findings.len() - most));
    }
    text
}
