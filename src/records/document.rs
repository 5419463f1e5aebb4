//! Files that are texts or pictures: 方案, 总结, 典型案例. Whose they are, of which day, and which duty's name they carry.
//!
//! Such a file is a report in its own right and never a broken table. What it cannot be told from its name, its folder or its first
//! lines is left open, and a rule asks.

use crate::campaign::Fulfilment;
use crate::campaign::Ground;
use crate::campaign::model::Obligation;
use crate::records::envelope::Envelope;
use crate::records::metadata::date_in_name;
use crate::records::sheet::Document;
use crate::records::units::UnitFinder;
use crate::tables::Sheet;
use crate::tables::Value;
use crate::vocabulary::label_key;

/// The kinds of files that are texts or pictures, by their extension.
const EXTENSIONS: &[&str] = &[
    "docx", "doc", "docm", "wps", "wpt", "pdf", "ofd", "jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp", "heic", "rtf", "odt",
    "pptx", "ppt", "dps",
];

/// True if the name promises a text or a picture.
pub fn is_named_so(file: &str) -> bool {
    file.rsplit_once('.').is_some_and(|(_, extension)| EXTENSIONS.contains(&extension.to_lowercase().as_str()))
}

/// How many lines at the head and the foot of a text are looked at.
const HEAD: usize = 8;
const FOOT: usize = 4;

/// The first and last lines of a text.
pub fn outer_lines(sheets: &[Sheet]) -> Vec<String> {
    let rows = sheets.iter().flat_map(|sheet| sheet.rows.iter().map(move |row| (sheet, row)));
    let lines = rows.map(|(sheet, row)| {
        let texts = sheet.cells_of(*row).iter().filter_map(|cell| match sheet.value(*cell) {
            Value::Text(text) => Some(text),
            _ => None,
        });
        texts.collect::<Vec<_>>().join(" ")
    });
    let lines: Vec<String> = lines.collect();
    let foot = lines.len().saturating_sub(FOOT).max(HEAD);
    lines.iter().take(HEAD).chain(lines.iter().skip(foot)).cloned().collect()
}

/// Settles what a file says of itself, and where it says nothing, what its mail says; `lines` are empty for what cannot be looked into.
pub fn read(file: &str, lines: &[String], envelope: Option<&Envelope>, ground: Ground<'_>) -> Document {
    let period = (ground.campaign.start, ground.campaign.end);
    let units = UnitFinder::new(ground.roster);
    let path = file.rsplit_once('.').map_or(file, |(path, _)| path);
    let parts = || path.rsplit('/');
    let unit = parts().find_map(|part| units.find_in(part)).or_else(|| lines.iter().find_map(|line| units.find_in(line)));
    let unit = unit.or(envelope.and_then(|envelope| envelope.unit));
    let on = date_in_name(file, period).or_else(|| parts().skip(1).find_map(|part| date_in_name(&format!("{part}.x"), period)));
    let on = on.or_else(|| lines.iter().rev().find_map(|line| date_in_name(&format!("{line}.x"), period)));
    let on = on.or(envelope.and_then(|envelope| envelope.received));
    let accepting = || ground.campaign.obligations.iter().enumerate().filter(|(_, obligation)| accepts(obligation));
    let carried_by = |text: &str| -> Vec<usize> {
        let text = label_key(text);
        accepting().filter(|(_, obligation)| carries(&text, obligation)).map(|(index, _)| index).collect()
    };
    let duties = parts().map(carried_by).find(|duties| !duties.is_empty());
    let duties = duties.or_else(|| lines.iter().map(|line| carried_by(line)).find(|duties| !duties.is_empty()));
    let duties = duties.or_else(|| envelope.map(|envelope| carried_by(&envelope.subject))).unwrap_or_default();
    let near = if duties.is_empty() { near(&label_key(path), accepting().collect()) } else { Vec::new() };
    Document { unit, on, duties, near }
}

/// True if a text can fulfil the duty.
fn accepts(obligation: &Obligation) -> bool {
    obligation.fulfilled_by.is_empty()
        || obligation.fulfilled_by.iter().any(|kind| matches!(kind, Fulfilment::Document | Fulfilment::ZeroReport))
}

/// The things that a duty's name lists: 专项行动方案、动员部署情况和联系人回执.
fn things(obligation: &Obligation) -> Vec<String> {
    let parts = obligation.name.split(['、', '，', ',', '和', '及', '与', '（', '）', '(', ')', '/']);
    let parts = parts.chain(obligation.fulfilled_by.iter().filter_map(|kind| match kind {
        Fulfilment::Named(name) => Some(name.as_str()),
        _ => None,
    }));
    parts.map(label_key).filter(|part| part.chars().count() > 1).collect()
}

/// The shortest end of a name that stands for it: 行动方案 for 专项行动方案.
const SHORTEST_END: usize = 3;

fn carries(text: &str, obligation: &Obligation) -> bool {
    things(obligation).iter().any(|thing| {
        let characters: Vec<char> = thing.chars().collect();
        let ends = (0..=characters.len().saturating_sub(SHORTEST_END)).filter_map(|from| characters.get(from..));
        text.contains(thing.as_str()) || ends.into_iter().any(|end| text.contains(&end.iter().collect::<String>()))
    })
}

/// Duties that a file may be meant for: those that share a word of two characters at the end, else all that take texts.
fn near(path: &str, accepting: Vec<(usize, &Obligation)>) -> Vec<usize> {
    let shares = |obligation: &Obligation| {
        things(obligation).iter().any(|thing| {
            let count = thing.chars().count();
            let end: String = thing.chars().skip(count.saturating_sub(2)).collect();
            path.contains(&end)
        })
    };
    accepting.iter().filter(|(_, obligation)| shares(obligation)).map(|(index, _)| *index).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::read;
    use crate::campaign::Ground;
    use crate::campaign::read_campaign;
    use crate::campaign::read_roster;
    use crate::dates::WorkCalendar;
    use crate::source::SourceFile;

    fn check(file: &str, lines: &[&str], expected: (Option<usize>, Option<&str>, &[usize], &[usize])) {
        let source = |name: &str, text: &str| SourceFile { name: Arc::from(name), bytes: text.as_bytes().to_vec() };
        let campaign = read_campaign(&source(
            "campaign.yaml",
            "campaign: demo\ntitle: 示例\nissuer: 某县卫健局\nperiod: {start: 2023-05-20, end: 2023-12-31}\nunits: units.csv\nobligations:\n  \
             - {id: plan, name: 专项行动方案、动员部署情况, due: 2023-06-01, fulfilled_by: document}\n  \
             - {id: sum, name: 工作总结, due: 2023-12-20}\n  - {id: case, name: 典型案例, due: 2023-12-20, fulfilled_by: document}\n  \
             - {id: weekly, name: 周统计, every: 每周五, fulfilled_by: ledger}\n",
        ))
        .campaign
        .expect("a campaign");
        let roster = read_roster(&source("units.csv", "编码,单位名称,简称\nH01,甲县医院,\nW01,乙镇卫生院,\n")).roster.expect("a roster");
        let calendar = WorkCalendar::statutory();
        let ground = Ground { campaign: &campaign, roster: &roster, calendar: &calendar, as_of: campaign.start };
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let found = read(file, &lines, None, ground);
        let (unit, on, duties, near) = expected;
        assert_eq!(
            (found.unit, found.on.map(|on| on.to_string()).as_deref(), found.duties.as_slice(), found.near.as_slice()),
            (unit, on, duties, near),
            "{file}"
        );
    }

    #[test]
    fn whose_of_which_day_and_for_what() {
        check("inbox/甲县医院-专项行动方案-20230524.docx", &[], (Some(0), Some("2023-05-24"), &[0], &[]));
        check("inbox/乙镇卫生院/安全生产行动方案.pdf", &[], (Some(1), None, &[0], &[]));
        check("inbox/甲县医院/动员部署情况（5月26日）.jpg", &[], (Some(0), Some("2023-05-26"), &[0], &[]));
        check("inbox/1.docx", &["乙镇卫生院工作总结", "2023年12月18日"], (Some(1), Some("2023-12-18"), &[1], &[]));
        check("inbox/甲县医院2023年总结.docx", &[], (Some(0), None, &[], &[1]));
        check("inbox/甲县医院 典型案例.wps", &[], (Some(0), None, &[2], &[]));
        check("inbox/扫描件.pdf", &[], (None, None, &[], &[]));
        check("inbox/甲县医院周统计.pdf", &[], (Some(0), None, &[], &[]));
    }
}
