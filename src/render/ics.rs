//! Events → iCalendar (RFC 5545): what Thunderbird, Outlook and phones open.
//!
//! Lines end in CRLF and are folded at 75 octets, never inside a character. Times are those of Asia/Shanghai. A UID is
//! a hash of the event's key and `DTSTAMP` is the as-of date, so the same events give the same bytes.

use chrono::NaiveDate;

use crate::documents::events::Event;
use crate::documents::events::Events;

/// A line holds at most this many octets, its line break not counted.
const LONGEST_LINE: usize = 75;
/// China has one time zone, without summer time since 1991, long before any campaign.
const ZONE: &str = "Asia/Shanghai";

/// The calendar as the bytes of an `.ics` file.
pub fn ics(events: &Events, as_of: NaiveDate) -> Vec<u8> {
    let mut file = Lines::default();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//qingdan//qingdan//ZH", "CALSCALE:GREGORIAN"] {
        file.push(line);
    }
    file.text("X-WR-CALNAME", &events.name);
    file.push(&format!("X-WR-TIMEZONE:{ZONE}"));
    // Written also where no event has a time of day: a calendar needs at least one component.
    file.push("BEGIN:VTIMEZONE");
    file.push(&format!("TZID:{ZONE}"));
    for line in ["BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0800", "TZOFFSETTO:+0800", "TZNAME:CST", "END:STANDARD"] {
        file.push(line);
    }
    file.push("END:VTIMEZONE");
    for event in &events.events {
        write(&mut file, event, as_of);
    }
    file.push("END:VCALENDAR");
    file.bytes
}

fn write(file: &mut Lines, event: &Event, as_of: NaiveDate) {
    file.push("BEGIN:VEVENT");
    file.push(&format!("UID:{}@qingdan", uid(&event.key)));
    file.push(&format!("DTSTAMP:{}T000000Z", as_of.format("%Y%m%d")));
    match event.time {
        // A deadline is a moment: without an end it takes no room in the day.
        Some(time) => file.push(&format!("DTSTART;TZID={ZONE}:{}T{}", event.first.format("%Y%m%d"), time.format("%H%M%S"))),
        None => {
            file.push(&format!("DTSTART;VALUE=DATE:{}", event.first.format("%Y%m%d")));
            // The end is the first day that no longer belongs to it.
            if let Some(after) = event.last.succ_opt() {
                file.push(&format!("DTEND;VALUE=DATE:{}", after.format("%Y%m%d")));
            }
        }
    }
    file.text("SUMMARY", &event.summary);
    if !event.description.is_empty() {
        file.text("DESCRIPTION", &event.description);
    }
    file.text("CATEGORIES", event.category);
    file.push("TRANSP:TRANSPARENT");
    if event.remind {
        // At nine in the morning of the day before, or two hours before the time.
        let trigger = if event.time.is_some() { "-PT2H" } else { "-PT15H" };
        file.push("BEGIN:VALARM");
        file.push("ACTION:DISPLAY");
        file.push(&format!("TRIGGER:{trigger}"));
        file.text("DESCRIPTION", &event.summary);
        file.push("END:VALARM");
    }
    file.push("END:VEVENT");
}

/// The key as 32 hexadecimal digits: FNV-1a of 128 bits, the same on every machine and for ever.
fn uid(key: &str) -> String {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let hash = key.bytes().fold(OFFSET, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME));
    format!("{hash:032x}")
}

/// Content lines, folded.
#[derive(Default)]
struct Lines {
    bytes: Vec<u8>,
}

impl Lines {
    /// A property whose value is text.
    fn text(&mut self, name: &str, value: &str) {
        self.push(&format!("{name}:{}", escaped(value)));
    }

    fn push(&mut self, line: &str) {
        let mut width = 0;
        for character in line.chars() {
            if width + character.len_utf8() > LONGEST_LINE {
                self.bytes.extend_from_slice(b"\r\n ");
                width = 1;
            }
            self.bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            width += character.len_utf8();
        }
        self.bytes.extend_from_slice(b"\r\n");
    }
}

/// A text as a property holds it; control characters, which it cannot hold, become blanks.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut before = ' ';
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => safe.extend(['\\', character]),
            '\n' if before == '\r' => {}
            '\n' | '\r' => safe.push_str("\\n"),
            control if control.is_control() => safe.push(' '),
            other => safe.push(other),
        }
        before = character;
    }
    safe
}

#[cfg(test)]
mod tests {
    use icalendar::Component;
    use icalendar::parser;

    use super::*;
    use crate::documents::events::Event;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn event(key: &str, time: Option<&str>, summary: &str) -> Event {
        Event {
            key: key.to_owned(),
            first: day("2023-12-31"),
            last: day("2023-12-31"),
            time: time.map(|time| time.parse().expect("a time")),
            summary: summary.to_owned(),
            description: "某县专项行动\n各单位→委办公室".to_owned(),
            category: "报送",
            remind: true,
        }
    }

    /// What an independent reader finds in an event: start, end, summary.
    fn check(event: Event, start: &str, end: Option<&str>) {
        let summary = event.summary.clone();
        let bytes = ics(&Events { name: "某县；专项".to_owned(), events: vec![event] }, day("2023-05-20"));
        let text = String::from_utf8(bytes).expect("UTF-8, also where lines are folded");
        for line in text.split("\r\n") {
            assert!(line.len() <= LONGEST_LINE && !line.contains(['\r', '\n']), "{line}");
        }
        let calendar: icalendar::Calendar = text.parse().expect("read by an independent reader");
        let events: Vec<&icalendar::Event> = calendar.components.iter().filter_map(icalendar::CalendarComponent::as_event).collect();
        assert_eq!(events.len(), 1);
        let found = events[0];
        assert_eq!(found.property_value("DTSTART"), Some(start));
        assert_eq!(found.property_value("DTEND"), end);
        assert_eq!(found.property_value("DTSTAMP"), Some("20230520T000000Z"));
        assert_eq!(found.get_summary(), Some(summary.as_str()));
        assert_eq!(found.get_description(), Some("某县专项行动\n各单位→委办公室"));
    }

    #[test]
    fn an_independent_reader_finds_what_was_written() {
        check(event("a", None, "周统计"), "20231231", Some("20240101"));
        check(event("a", Some("15:30:00"), "零报告"), "20231231T153000", None);
        check(event("a", None, "逗号,分号;反斜杠\\换行\n完"), "20231231", Some("20240101"));
        check(event("a", None, &"重大事故隐患专项排查整治".repeat(40)), "20231231", Some("20240101"));
        check(event("a", None, &"aé隐𠀀".repeat(60)), "20231231", Some("20240101"));
    }

    #[test]
    fn control_characters_do_not_break_lines() {
        assert_eq!(escaped("甲\r\n乙\u{7}丙\r丁"), "甲\\n乙 丙\\n丁");
    }

    #[test]
    fn identifiers_depend_on_the_key_alone() {
        // The published test vector of the hash, so that identifiers never change unnoticed.
        assert_eq!(uid("a"), "d228cb696f1a8caf78912b704e4a8964");
        let uids = |events: &[Event]| -> Vec<String> {
            let bytes = ics(&Events { name: String::new(), events: events.to_vec() }, day("2023-05-20"));
            let text = String::from_utf8(bytes).expect("UTF-8");
            text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect()
        };
        let (one, other) = (event("a", None, "甲"), event("b", None, "甲"));
        let found = uids(&[one.clone(), other.clone()]);
        assert_ne!(found[0], found[1]);
        let moved = Event { first: day("2024-01-05"), last: day("2024-01-05"), summary: "改了".to_owned(), ..one };
        assert_eq!(uids(&[other, moved]), [found[1].clone(), found[0].clone()]);
    }

    #[test]
    fn a_calendar_without_events_can_be_read() {
        let bytes = ics(&Events { name: String::new(), events: Vec::new() }, day("2023-05-20"));
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(parser::read_calendar(&text).is_ok());
    }
}
