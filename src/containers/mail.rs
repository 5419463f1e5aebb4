//! A mail taken apart: who sent it, when, what it says, and the files that it carries, still encoded.
//!
//! Multiparts are cut here and not by the library, so that their number and depth are bounded before anything is copied.

use std::borrow::Cow;

use chrono::NaiveDate;
use mailparse::DispositionType;
use mailparse::parse_content_disposition;

use crate::containers::body;
use crate::containers::body::Line;
use crate::containers::headers::Headers;
use crate::containers::headers::Person;
use crate::containers::headers::decoded;
use crate::containers::headers::transferred;
use crate::containers::headers::without_words;
use crate::containers::limits;
use crate::containers::refusal;
use crate::tables::Unreadable;

/// Encoded bytes of the text that are looked at; a divisor of whole groups of base64.
const TEXT_BYTES: usize = 4 << 20;

/// What a mail says of itself, and its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letter {
    pub from: Option<Person>,
    pub reply_to: Vec<Person>,
    pub subject: String,
    /// The day in the time of Beijing.
    pub sent_on: Option<NaiveDate>,
    pub lines: Vec<Line>,
}

/// A file within a mail, still encoded.
pub struct Enclosed<'a> {
    /// As the sender calls it.
    pub name: Option<String>,
    pub role: Role,
    raw: Cow<'a, [u8]>,
    encoding: String,
}

/// What a file is to the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Attachment,
    /// A picture that the text shows: a logo, a signature, perhaps a photograph of a table.
    Picture,
    /// Signatures, receipts and the like, which mail programs add.
    Trimming,
    /// The page that is the mail's text, for the tables in it.
    Page,
}

impl Enclosed<'_> {
    /// Undoes its encoding.
    ///
    /// # Errors
    /// The encoding is broken: the mail was cut off or changed on its way.
    pub fn bytes(&self) -> Result<Vec<u8>, Unreadable> {
        transferred(&self.raw, &self.encoding).map_err(|_| Unreadable::damaged("附件的编码不完整，请对方重新发送"))
    }

    /// Roughly the bytes that will come of it.
    pub fn size(&self) -> u64 {
        let coded = self.raw.len() as u64;
        if self.encoding.trim().eq_ignore_ascii_case("base64") { coded / 4 * 3 } else { coded }
    }
}

/// True if the bytes begin as a mail does: header lines, a sender among them.
pub fn is_mail(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64 << 10)];
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let first = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let name = first.split(|byte| *byte == b':').next().unwrap_or_default();
    let is_header = name.len() < first.len() && !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    if !is_header && !first.starts_with(b"From ") {
        return false;
    }
    let (headers, _) = Headers::split(head);
    let count = |names: &[&str]| names.iter().filter(|name| headers.has(name)).count();
    let senders = count(&["from", "received", "return-path", "delivered-to"]);
    // A page that a browser saved has such lines as well.
    let is_page =
        headers.raw("from").is_some_and(|from| from.to_lowercase().contains("saved by")) || headers.has("snapshot-content-location");
    senders > 0 && !is_page && senders + count(&["to", "subject", "date", "message-id", "mime-version", "content-type"]) >= 2
}

/// Takes a mail apart.
///
/// # Errors
/// It has more parts, or parts deeper within each other, than is allowed.
pub fn take_apart(bytes: &[u8]) -> (Letter, Result<Vec<Enclosed<'_>>, Unreadable>) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let (headers, _) = Headers::split(bytes);
    let mut letter = Letter {
        from: headers.people("from").into_iter().next(),
        reply_to: headers.people("reply-to"),
        subject: headers.text("subject").unwrap_or_default().trim().to_owned(),
        sent_on: headers.sent_on(),
        lines: Vec::new(),
    };
    let mut parts = Parts { plain: None, page: None, enclosed: Vec::new() };
    if let Err(why) = parts.take(bytes, 0) {
        return (letter, Err(why));
    }
    let text = parts.plain.filter(|text| !text.trim().is_empty());
    let text = text.unwrap_or_else(|| parts.page.as_deref().map(body::text_of_page).unwrap_or_default());
    letter.lines = body::lines(&text);
    let mut enclosed = parts.enclosed;
    let page = parts.page.as_deref().map(body::own_part).filter(|page| page.to_ascii_lowercase().contains("<table"));
    if let Some(page) = page {
        let raw = Cow::Owned(page.as_bytes().to_vec());
        enclosed.push(Enclosed { name: Some("正文.html".to_owned()), role: Role::Page, raw, encoding: String::new() });
    }
    (letter, Ok(enclosed))
}

struct Parts<'a> {
    plain: Option<String>,
    page: Option<String>,
    enclosed: Vec<Enclosed<'a>>,
}

impl<'a> Parts<'a> {
    fn take(&mut self, raw: &'a [u8], depth: usize) -> Result<(), Unreadable> {
        let (headers, body) = Headers::split(raw);
        let kind = headers.content_type();
        let encoding = headers.raw("content-transfer-encoding").unwrap_or_default();
        if kind.mimetype.starts_with("multipart/")
            && let Some(boundary) = kind.params.get("boundary").filter(|boundary| !boundary.is_empty())
        {
            if depth >= limits::MULTIPART_DEPTH {
                return Err(refusal::beyond(
                    format!("邮件的正文结构套了 {} 层以上", limits::MULTIPART_DEPTH),
                    "请把附件另存出来，逐个放进来",
                ));
            }
            let parts = cut(body, boundary.as_bytes(), limits::ENCLOSED_FILES);
            if parts.len() + self.enclosed.len() > limits::ENCLOSED_FILES {
                return Err(too_many());
            }
            return parts.into_iter().try_for_each(|part| self.take(part, depth + 1));
        }
        let disposition = headers.raw("content-disposition").map(|written| parse_content_disposition(&written));
        let attached = disposition.as_ref().is_some_and(|found| found.disposition == DispositionType::Attachment);
        let named = disposition.as_ref().and_then(|found| found.params.get("filename")).or_else(|| kind.params.get("name"));
        let name = named.map(|name| without_words(name)).filter(|name| !name.trim().is_empty());
        let is_text = !attached && name.is_none();
        let kept = match kind.mimetype.as_str() {
            "text/plain" if is_text => Some(&mut self.plain),
            "text/html" if is_text => Some(&mut self.page),
            _ => None,
        };
        if let Some(kept) = kept {
            let bytes = transferred(&body[..body.len().min(TEXT_BYTES)], &encoding).unwrap_or_default();
            let kept = kept.get_or_insert_default();
            if kept.len() < TEXT_BYTES {
                kept.push_str(&decoded(&bytes, kind.params.get("charset").map(String::as_str)));
                kept.push('\n');
            }
            return Ok(());
        }
        let role = match kind.mimetype.as_str() {
            kind if kind.starts_with("image/") && !attached && headers.has("content-id") => Role::Picture,
            "application/pgp-signature"
            | "application/pkcs7-signature"
            | "application/x-pkcs7-signature"
            | "message/delivery-status"
            | "message/disposition-notification"
            | "text/rfc822-headers"
            | "text/calendar"
            | "text/x-amp-html" => Role::Trimming,
            _ => Role::Attachment,
        };
        let name = name.or_else(|| usual_name(&kind.mimetype).map(str::to_owned));
        self.enclosed.push(Enclosed { name, role, raw: Cow::Borrowed(body), encoding });
        if self.enclosed.len() > limits::ENCLOSED_FILES {
            return Err(too_many());
        }
        Ok(())
    }
}

/// What a file without a name is called, where its kind says more than nothing.
fn usual_name(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "message/rfc822" => "转发的邮件.eml",
        "application/pdf" => "附件.pdf",
        "image/jpeg" => "图片.jpg",
        "image/png" => "图片.png",
        "image/gif" => "图片.gif",
        _ => return None,
    })
}

/// What is said of a mail with more parts than is allowed.
pub fn too_many() -> Unreadable {
    refusal::beyond(format!("邮件里的附件和部分超过 {} 个", limits::ENCLOSED_FILES), "请把要用的附件另存出来，逐个放进来")
}

/// The parts of a multipart, at most one more than `most`. A last part without an end goes to the end of the text.
fn cut<'a>(body: &'a [u8], boundary: &[u8], most: usize) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (None, 0);
    while at < body.len() {
        let end = memchr::memchr(b'\n', &body[at..]).map_or(body.len(), |end| at + end + 1);
        let line = body[at..end].trim_ascii_end();
        let after = line.strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary));
        if let Some(after) = after.filter(|after| matches!(*after, b"" | b"--")) {
            if let Some(start) = start {
                // The line break before a boundary belongs to it.
                let part = &body[start..at];
                let part = part.strip_suffix(b"\n").unwrap_or(part);
                parts.push(part.strip_suffix(b"\r").unwrap_or(part));
            }
            start = Some(end);
            if after == b"--" || parts.len() > most {
                return parts;
            }
        }
        at = end;
    }
    parts.extend(start.map(|start| &body[start.min(body.len())..]));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_known_by_its_head() {
        for (text, expected) in [
            ("From: a@example.com\nTo: b\nSubject: c\n\nx", true),
            ("Received: from x\nDate: y\n\n", true),
            ("\u{feff}From: a\r\nMIME-Version: 1.0\r\n\r\n", true),
            ("Content-Type: text/plain\nFrom: a\n\nx", true),
            ("From: <Saved by Blink>\nSubject: x\nMIME-Version: 1.0\n\n", false),
            ("MIME-Version: 1.0\nContent-Type: multipart/related;\n", false),
            ("date: 1\nvalue: 2\n", false),
            ("From: 甲\n", false),
            ("单位,隐患\n", false),
            ("", false),
        ] {
            assert_eq!(is_mail(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn parts_are_cut_at_their_boundaries_only() {
        let cut = |body: &str| -> Vec<String> {
            cut(body.as_bytes(), b"b", 3).into_iter().map(|part| String::from_utf8_lossy(part).into_owned()).collect()
        };
        assert_eq!(cut("前言\n--b\n一\n--b\r\n二\r\n三\r\n--b--\n后记"), ["一", "二\r\n三"]);
        assert_eq!(cut("--b\n一\n--bc\n二"), ["一\n--bc\n二"]);
        assert_eq!(cut("--b\n1\n--b\n2\n--b\n3\n--b\n4\n--b\n5\n--b--").len(), 4);
        assert!(cut("没有").is_empty());
    }
}
