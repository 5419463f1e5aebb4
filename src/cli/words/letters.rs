//! Letters for people: which were written or would be, to whom, and what is left to do by hand.

use crate::campaign::Campaign;
use crate::cli::words::count;
use crate::cli::words::escape;
use crate::cli::words::style;
use crate::cli::words::table;
use crate::desk::Desk;
use crate::desk::letters::Issuing;
use crate::desk::letters::LetterRequest;
use crate::results::LetterStandings;

/// How many numbers are named where many are alike.
const NAMED: usize = 5;

/// What was written, as a table.
pub fn answer(issuing: &Issuing, request: &LetterRequest, desk: &Desk, width: Option<u16>) -> String {
    let letters = issuing.letters.len();
    let done = match (issuing.is_written, request.again) {
        (true, true) => "补写",
        (true, false) => "发",
        (false, true) => "可以补写",
        (false, false) => "该发",
    };
    if letters == 0 {
        let none = if request.again { "没有可以补写的函" } else { "没有该发的函" };
        return format!("{}\n", style::bold(&format!("截至 {}，{none}", desk.as_of)));
    }
    let mut text = format!("{}\n", style::bold(&format!("截至 {}，{done} {letters} 份函", desk.as_of)));
    let mut list = table::table(&["登记编号", "单位", "步骤", "隐患", "最长逾期", "以前发过", "要求回复"], &[3, 4, 5], width);
    for letter in &issuing.letters {
        let unit = desk.roster.units.get(letter.unit).map_or("", |unit| &unit.name);
        let step = desk.campaign.escalation.get(letter.rung).map_or("", |rung| &rung.step);
        let provisional = if letter.answer.is_provisional { "（暂定）" } else { "" };
        list.add_row(vec![
            escape::visible(&letter.number),
            escape::short(unit, 30),
            escape::short(step, 20),
            format!("{} 条", letter.hazards.len()),
            format!("{} 天", letter.longest),
            format!("{} 份", letter.earlier.len()),
            format!("{} 前{provisional}", letter.answer.day),
        ]);
    }
    table::keep_whole(&mut list, &[0, 3, 4, 5, 6]);
    text.push_str(&table::text(&list));
    text
}

/// Which letters are due, in a line; nothing where none is.
pub fn due(letters: &LetterStandings, campaign: &Campaign) -> String {
    if letters.due.is_empty() {
        return String::new();
    }
    format!("\n{}\n", style::bold(&format!("该发的函 {} 份：{}", letters.due.len(), by_step(letters, campaign))))
}

/// The letters that are due by their steps, the gravest first.
pub fn by_step(letters: &LetterStandings, campaign: &Campaign) -> String {
    let step = |rung: usize| campaign.escalation.get(rung).map_or("", |rung| &rung.step);
    let counts = letters.due_by_rung().into_iter().map(|(rung, count)| format!("{} {count}", escape::short(step(rung), 20)));
    counts.collect::<Vec<_>>().join("，")
}

/// What was written where, and what could not be.
pub fn messages(issuing: &Issuing, verbose: bool) -> String {
    let mut text = String::new();
    let mut say = |line: String| text.push_str(&(line + "\n"));
    if issuing.is_written {
        issuing.letters.iter().for_each(|letter| say(format!("已写入 {}", escape::visible(&letter.file))));
    }
    if let Some(register) = &issuing.register {
        say(format!("已登记在 {}", escape::visible(register)));
        if issuing.is_open_elsewhere {
            say(format!("注意：{} 好像正在别的程序里打开着；请不要在那里保存，先关闭再重新打开，否则登记会丢", escape::visible(register)));
        }
    }
    let mut numbered = |numbers: &[String], what: &str, why: &str| {
        if !numbers.is_empty() {
            let named = if verbose { numbers.len() } else { NAMED.min(numbers.len()) };
            let more = if numbers.len() > named { "等" } else { "" };
            let names: Vec<String> = numbers.iter().take(named).map(|number| escape::visible(number)).collect();
            say(format!("{}{what}{why}：{}{more}", numbers.len(), names.join("、")));
        }
    };
    numbered(&issuing.unplaced, " 条隐患到了督办步骤，", "但单位不在名册上，没有写函");
    numbered(&issuing.strangers, " 个登记过的隐患编号", "台账里没有，请核对 notices.csv 有没有写错");
    numbered(&issuing.unmade, " 份登记过的函", "补不出来（步骤改了名，或台账里已经没有这些隐患）");
    text
}

/// What to do next.
pub fn next_step(issuing: &Issuing, request: &LetterRequest) -> String {
    match (issuing.letters.is_empty(), issuing.is_written) {
        (true, _) => "看逾期到了哪一步：qingdan overdue".to_owned(),
        (false, false) if request.again => "补写：去掉 --dry-run".to_owned(),
        (false, false) => format!("写出来并登记：qingdan notice（共 {}）", count::files(issuing.letters.len())),
        (false, true) if request.again => "打开核对后补盖印章".to_owned(),
        (false, true) => "打开核对，编文号、盖印章后送达；文号填进 notices.csv，送达回证存档".to_owned(),
    }
}
