//! The header lines of a mail: cut apart, their characters found, encoded words, addresses and the day decoded.
//!
//! Senders write Chinese as encoded words (RFC 2047), as continued parameters (RFC 2231), and as bare GBK bytes. Knows no bodies.

use chrono::DateTime;
use chrono::Datelike;
use chrono::FixedOffset;
use chrono::NaiveDate;
use encoding_rs::Encoding;
use encoding_rs::GB18030;
use encoding_rs::UTF_8;
use encoding_rs::WINDOWS_1252;
use mailparse::MailAddr;
use mailparse::ParsedContentType;
use mailparse::body::Body;
use mailparse::parse_content_type;

/// Whoever a header names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// The name shown; perhaps empty.
    pub name: String,
    /// The mailbox, in small letters.
    pub address: String,
}

/// Bytes of one value that are kept: no sender, subject or file name is longer, and decoding looks at a text again and again.
const VALUE_BYTES: usize = 16 << 10;

/// The lines above a body: their names in small letters, and their values unfolded.
pub struct Headers(Vec<(String, Vec<u8>)>);

impl Headers {
    /// Cuts the head from the body. Lines that are no header are passed over.
    pub fn split(raw: &[u8]) -> (Headers, &[u8]) {
        let mut headers: Vec<(String, Vec<u8>)> = Vec::new();
        let mut rest = raw;
        while !rest.is_empty() {
            let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
            let (line, after) = rest.split_at(end);
            rest = after;
            let line = line.trim_ascii_end();
            if line.is_empty() {
                break;
            }
            if line.starts_with(b" ") || line.starts_with(b"\t") {
                if let Some((_, value)) = headers.last_mut() {
                    value.push(b' ');
                    value.extend_from_slice(line.trim_ascii_start());
                    value.truncate(VALUE_BYTES);
                }
                continue;
            }
            let Some(colon) = memchr::memchr(b':', line) else { continue };
            let name = String::from_utf8_lossy(&line[..colon]).trim().to_ascii_lowercase();
            let value = line[colon + 1..].trim_ascii();
            headers.push((name, value[..value.len().min(VALUE_BYTES)].to_vec()));
        }
        (Headers(headers), rest)
    }

    /// The first value under a name, as text, encoded words as they are.
    pub fn raw(&self, name: &str) -> Option<String> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| decoded(value, None))
    }

    /// The first value under a name, decoded.
    pub fn text(&self, name: &str) -> Option<String> {
        self.raw(name).map(|raw| without_words(&raw))
    }

    /// True if there is such a line.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// The people whom a line names.
    pub fn people(&self, name: &str) -> Vec<Person> {
        let Some(raw) = self.raw(name) else { return Vec::new() };
        let Ok(addresses) = mailparse::addrparse(&raw) else {
            return vec![Person { name: without_words(&raw), address: String::new() }];
        };
        let singles = addresses.iter().flat_map(|address| match address {
            MailAddr::Single(single) => std::slice::from_ref(single),
            MailAddr::Group(group) => group.addrs.as_slice(),
        });
        let person = |single: &mailparse::SingleInfo| Person {
            name: without_words(single.display_name.as_deref().unwrap_or_default()).trim().to_owned(),
            address: single.addr.trim().to_lowercase(),
        };
        singles.map(person).collect()
    }

    /// The day on which the mail was sent, where it is read: China has one time.
    pub fn sent_on(&self) -> Option<NaiveDate> {
        let seconds = mailparse::dateparse(&self.raw("date")?).ok()?;
        let here = FixedOffset::east_opt(8 * 3600)?;
        let day = DateTime::from_timestamp(seconds, 0)?.with_timezone(&here).date_naive();
        // A machine without a clock begins in 1970.
        (2000..2100).contains(&day.year()).then_some(day)
    }

    /// What kind of content follows.
    pub fn content_type(&self) -> ParsedContentType {
        parse_content_type(&self.raw("content-type").unwrap_or_else(|| "text/plain".to_owned()))
    }
}

/// The text of bytes in the declared encoding. Where none is declared, or it cannot be true, they are UTF-8 or GB18030.
pub fn decoded(bytes: &[u8], declared: Option<&str>) -> String {
    let label = declared.map(|label| label.split('*').next().unwrap_or_default().trim());
    let known = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    // GB2312 is what senders say who write GBK and GB18030; Latin letters are what programs say that do not know.
    let known = known.filter(|known| *known != WINDOWS_1252 && *known != UTF_8);
    let known = known.map(|known| if known == encoding_rs::GBK { GB18030 } else { known });
    if let Some(text) = known.and_then(|known| known.decode_without_bom_handling_and_without_replacement(bytes)) {
        return text.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// Undoes the encoding of a transfer.
///
/// # Errors
/// The bytes are no such encoding.
pub fn transferred(body: &[u8], encoding: &str) -> Result<Vec<u8>, mailparse::MailParseError> {
    let kind = ParsedContentType::default();
    match Body::new(body, &kind, &Some(encoding.trim().to_ascii_lowercase())) {
        Body::Base64(body) | Body::QuotedPrintable(body) => body.get_decoded(),
        Body::SevenBit(_) | Body::EightBit(_) | Body::Binary(_) => Ok(body.to_vec()),
    }
}

/// Decodes the encoded words of a text. Neighbours of one encoding are joined first: senders cut characters in two.
pub fn without_words(text: &str) -> String {
    let mut out = String::new();
    let mut held: Option<(&str, Vec<u8>)> = None;
    let mut rest = text;
    while let Some(start) = rest.find("=?") {
        let (before, from) = rest.split_at(start);
        let Some((word, after)) = encoded_word(from) else {
            flush(&mut held, &mut out);
            out.push_str(before);
            out.push_str("=?");
            rest = &from[2..];
            continue;
        };
        if !(held.is_some() && before.trim().is_empty()) {
            flush(&mut held, &mut out);
            out.push_str(before);
        }
        match &mut held {
            Some((charset, bytes)) if charset.eq_ignore_ascii_case(word.0) => bytes.extend(word.1),
            _ => {
                flush(&mut held, &mut out);
                held = Some(word);
            }
        }
        rest = after;
    }
    flush(&mut held, &mut out);
    out.push_str(rest);
    out
}

fn flush(held: &mut Option<(&str, Vec<u8>)>, out: &mut String) {
    if let Some((charset, bytes)) = held.take() {
        out.push_str(&decoded(&bytes, Some(charset)));
    }
}

/// An encoded word at the start of a text: its charset and bytes, and what follows.
fn encoded_word(text: &str) -> Option<((&str, Vec<u8>), &str)> {
    let (charset, rest) = text.strip_prefix("=?")?.split_once('?')?;
    let (encoding, rest) = rest.split_once('?')?;
    let (content, after) = rest.split_once("?=")?;
    if charset.is_empty() || charset.len() > 40 {
        return None;
    }
    let bytes = match encoding {
        "B" | "b" => transferred(content.as_bytes(), "base64").ok()?,
        // A blank is written as a line below; real ones are encoded.
        "Q" | "q" => transferred(content.replace('_', "=20").as_bytes(), "quoted-printable").ok()?,
        _ => return None,
    };
    Some(((charset, bytes), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(raw: &[u8]) -> Headers {
        Headers::split(raw).0
    }

    #[test]
    fn chinese_is_read_however_it_is_written() {
        let gbk = |text: &str| GB18030.encode(text).0.into_owned();
        let check = |value: &[u8], expected: &str| {
            let raw = [b"Subject: ".as_slice(), value, b"\r\n\r\n"].concat();
            assert_eq!(headers(&raw).text("subject").as_deref(), Some(expected));
        };
        check("第29周台账".as_bytes(), "第29周台账");
        check(&gbk("第29周台账"), "第29周台账");
        check(b"=?UTF-8?B?5Y+w6LSm?=", "台账");
        check(b"=?utf-8?Q?=E5=8F=B0=E8=B4=A6_7?=", "台账 7");
        check(b"=?gb2312?B?zKjVyw==?=", "台账");
        // One character cut in two, folded between.
        check(b"=?gb18030?B?zKg=?=\r\n =?gb18030?B?1cs=?= ok", "台账 ok");
        check(b"=?UTF-8?B?5Y8=?= =?UTF-8?B?sOi0pg==?=", "台账");
        check(b"a =?x", "a =?x");
        check(b"=?nonsense?X?abc?=", "=?nonsense?X?abc?=");
    }

    #[test]
    fn people_and_days() {
        let raw = "From: =?UTF-8?B?5byg5LiJ?= <Zhang.San@Example.com>\nDate: Fri, 21 Jul 2023 23:30:00 +0000\n\n本周无隐患";
        let (head, body) = Headers::split(raw.as_bytes());
        assert_eq!(head.people("from"), [Person { name: "张三".to_owned(), address: "zhang.san@example.com".to_owned() }]);
        assert_eq!(head.sent_on(), NaiveDate::from_ymd_opt(2023, 7, 22));
        assert_eq!(body, "本周无隐患".as_bytes());
        assert!(head.people("reply-to").is_empty());
        for odd in ["Date: \n\n", "Date: 1\n\n", "Date: Fri, 99 Foo 99999 99:99:99\n\n", "Date: 1 Jan 4294967295 1:1:1 +0000\n\n", "\n"] {
            assert_eq!(headers(odd.as_bytes()).sent_on(), None, "{odd}");
        }
    }
    #[test]
    fn a_value_without_end_is_cut() {
        let raw = format!("Subject: {}\r\n\r\n", "=?a".repeat(4 << 20));
        assert_eq!(headers(raw.as_bytes()).text("subject").map(|text| text.len()), Some(VALUE_BYTES));
    }
}
