//! Receipts for people: a paragraph a unit, to paste into mail, WeChat or SMS; and whom to call, for the office only.

use chrono::Datelike;
use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Roster;
use crate::cli::words::escape;
use crate::cli::words::table;
use crate::desk::receipts;
use crate::desk::receipts::Call;
use crate::desk::receipts::NextDue;
use crate::desk::receipts::Receipt;
use crate::desk::receipts::Receipts;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::documents::calendar::weekday;
use crate::documents::fill_in::Told;
use crate::registers::ContactsReading;
use crate::results::obligations::EvidenceKind;
use crate::source::cell_name;

/// How many places a paragraph names; the others are counted.
const NAMED: usize = 5;

/// The whole answer on the screen: what may go out first, then what must not.
pub fn answer(paragraphs: &str, calls: &str) -> String {
    let paragraphs = if paragraphs.is_empty() { "还没有收到任何一家的报送\n" } else { paragraphs };
    if calls.is_empty() { paragraphs.to_owned() } else { format!("{paragraphs}\n{calls}") }
}

/// Writes a paragraph for each unit of which something came.
pub fn paragraphs(receipts: &Receipts, campaign: &Campaign, roster: &Roster, verbose: bool) -> String {
    let named = if verbose { usize::MAX } else { NAMED };
    let paragraphs: Vec<String> =
        receipts.receipts.iter().map(|receipt| paragraph(receipt, receipts, campaign, roster, named) + "\n").collect();
    paragraphs.join("\n")
}

/// What a form that goes out tells its unit: when it reports next, and what came of its last report.
pub fn told(all: &Receipts, unit: usize, campaign: &Campaign, roster: &Roster, as_of: NaiveDate) -> Told {
    let next = receipts::next_due(unit, &all.obligations, as_of);
    let receipt = all.receipts.iter().find(|receipt| receipt.unit == unit);
    let last_report = receipt.map_or_else(String::new, |receipt| came_of(receipt, roster, NAMED));
    Told { next_due: next_due(&next, all, campaign), last_report }
}

fn paragraph(receipt: &Receipt, all: &Receipts, campaign: &Campaign, roster: &Roster, named: usize) -> String {
    came_of(receipt, roster, named) + &next_due(&receipt.next, all, campaign)
}

fn came_of(receipt: &Receipt, roster: &Roster, named: usize) -> String {
    let unit = roster.units.get(receipt.unit).map_or("", |unit| &unit.name);
    let mut text = format!("{}：{}", escape::visible(unit), what_came(receipt));
    let (sent, kinds) = (receipt.accepted + receipt.returned, receipt.pieces.iter().map(|piece| &piece.kind));
    let any = |wanted: fn(&EvidenceKind) -> bool| kinds.clone().any(wanted);
    match receipt.returned {
        _ if sent == 0 => {}
        0 => text.push_str(&format!("隐患 {sent} 条，全部收下。")),
        returned if returned == sent => text.push_str(&format!("隐患 {sent} 条，全部退回。")),
        returned => text.push_str(&format!("隐患 {sent} 条，收下 {} 条，退回 {returned} 条。", receipt.accepted)),
    }
    let sentences = [
        (receipt.is_zero(), "零报告收到。"),
        (any(|kind| matches!(kind, EvidenceKind::Form { .. })), "统计表收到。"),
        (any(|kind| matches!(kind, EvidenceKind::Document { .. })), "材料收到。"),
        (any(|kind| matches!(kind, EvidenceKind::Unreadable)), "文件打不开，还不算报送。"),
        (any(|kind| matches!(kind, EvidenceKind::Empty)), "没有读到隐患，也没有读到零报告，还不算报送。"),
    ];
    sentences.iter().filter(|(holds, _)| *holds).for_each(|(_, sentence)| text.push_str(sentence));
    text.push_str(&corrections(receipt, named));
    text
}

/// `6月9日报来的“柳湾院.xlsx”已收到。`
fn what_came(receipt: &Receipt) -> String {
    let mut files: Vec<String> = Vec::new();
    let mut is_logged = false;
    for piece in &receipt.pieces {
        let name = format!("“{}”", escape::visible(piece.file.rsplit('/').next().unwrap_or(&piece.file)));
        match piece.kind {
            EvidenceKind::Logged { .. } => is_logged = true,
            _ if files.contains(&name) => {}
            _ => files.push(name),
        }
    }
    let day = receipt.on.map_or_else(String::new, day);
    let mut text = match (files.as_slice(), receipt.on) {
        ([], _) => String::new(),
        (files, Some(_)) => format!("{day}报来的{}已收到。", files.join("、")),
        (files, None) => format!("报来的{}已收到（没有写填报日期，下次请写上）。", files.join("、")),
    };
    if is_logged {
        text.push_str(&format!("{day}用电话、纸质等方式报来的情况已登记。"));
    }
    text
}

/// `请改：Sheet1!C7 …；请核对：…。`
fn corrections(receipt: &Receipt, named: usize) -> String {
    let mut text = String::new();
    let mut left = named;
    for (severity, word) in [(Severity::Error, "请改"), (Severity::Warning, "请核对")] {
        let of_severity = receipt.cells.iter().filter(|cell| cell.severity == severity);
        let shown: Vec<String> =
            of_severity.take(left).enumerate().map(|(index, cell)| format!("（{}）{}", index + 1, place(cell))).collect();
        left -= shown.len();
        if !shown.is_empty() {
            text.push_str(&format!("{word}：{}。", shown.join("；")));
        }
    }
    match receipt.cells.len().saturating_sub(named) {
        0 => text,
        more => format!("{text}另有 {more} 处，见退回的批注副本。"),
    }
}

fn place(cell: &Diagnostic) -> String {
    // A text file is its only sheet, and the paragraph has named it.
    let (sheet, file) = (&*cell.place.sheet, cell.place.file.rsplit('/').next().unwrap_or_default());
    let is_whole_file = file.strip_prefix(sheet).is_some_and(|rest| rest.starts_with('.'));
    let sheet = if sheet.is_empty() || is_whole_file { String::new() } else { format!("{}!", escape::visible(sheet)) };
    let place = match (cell.place.row, cell.place.column) {
        (0, _) => sheet.trim_end_matches('!').to_owned(),
        (row, 0) => format!("{sheet}第{row}行"),
        (row, column) => format!("{sheet}{}", cell_name(row, column)),
    };
    let gap = if place.is_empty() { "" } else { " " };
    let help = if cell.help.is_empty() { String::new() } else { format!("，{}", escape::visible(cell.help.trim_end_matches('。'))) };
    format!("{place}{gap}{}{help}", escape::visible(cell.message.trim_end_matches('。')))
}

/// `下次报送：隐患周报，6月16日（星期五）17:00前。`
fn next_due(next: &[NextDue], all: &Receipts, campaign: &Campaign) -> String {
    let Some(due) = next.first().map(|next| next.due) else { return String::new() };
    let duty = |period: usize| {
        let period = all.obligations.periods.get(period)?;
        let name = &campaign.obligations.get(period.obligation)?.name;
        let time = period.time.map_or_else(String::new, |time| time.format("（%H:%M前）").to_string());
        Some(format!("{}{time}", escape::visible(name)))
    };
    let duties: Vec<String> = next.iter().filter_map(|next| duty(next.period)).collect();
    format!("下次报送：{}，{}（{}）截止。", duties.join("、"), day(due), weekday(due))
}

fn day(day: NaiveDate) -> String {
    format!("{}月{}日", day.month(), day.day())
}

/// Writes the call list with its telephone numbers; empty if nobody has to be called.
pub fn calls(receipts: &Receipts, campaign: &Campaign, roster: &Roster, contacts: Option<&ContactsReading>, width: Option<u16>) -> String {
    if receipts.calls.is_empty() {
        return String::new();
    }
    let mut list = table::table(&["单位", "为什么", "联系人", "联系电话", "联络员", "联络员电话"], &[], width);
    for call in &receipts.calls {
        let unit = roster.units.get(call.unit);
        let liaison = contacts.and_then(|contacts| contacts.liaison(campaign, call.unit, receipts.obligations.as_of));
        list.add_row(vec![
            unit.map_or_else(String::new, |unit| escape::short(&unit.name, 40)),
            reasons(call, receipts, campaign),
            unit.map_or_else(String::new, |unit| escape::short(&unit.contact, 24)),
            unit.map_or_else(String::new, |unit| escape::short(&unit.phone, 30)),
            liaison.map_or_else(String::new, |liaison| escape::short(&liaison.name, 24)),
            liaison.map_or_else(String::new, |liaison| escape::short(&liaison.phones(), 30)),
        ]);
    }
    table::keep_whole(&mut list, &[3, 5]);
    format!("催办名单（{}），仅供内部打电话用，请勿外发\n{}", receipts.calls.len(), table::text(&list))
}

fn reasons(call: &Call, receipts: &Receipts, campaign: &Campaign) -> String {
    let name = |period: &usize| {
        let period = receipts.obligations.periods.get(*period)?;
        campaign.obligations.get(period.obligation).map(|obligation| format!("没报{}", escape::short(&obligation.name, 30)))
    };
    let mut reasons: Vec<String> = call.missing.iter().filter_map(name).collect();
    if call.errors > 0 {
        reasons.push(format!("有 {} 处要改", call.errors));
    }
    reasons.join("，")
}
