use std::io::Cursor;
use std::io::Write;

use encoding_rs::GB18030;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::tables::UnreadableReason;

/// Every file with what became of it: its size, or what is said.
fn listed(opened: &Opened) -> Vec<String> {
    let part = |part: &Part| match &part.content {
        Ok(bytes) => format!("{} {}", part.name, bytes.len()),
        Err(why) => format!("{}: {}", part.name, why.words()),
    };
    opened.parts.iter().map(part).collect()
}

fn open_mail(text: &[u8]) -> Opened {
    assert_eq!(kind(text), Some(Kind::Mail));
    open(Kind::Mail, text)
}

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a name");
        writer.write_all(bytes).expect("bytes");
    }
    writer.finish().expect("a zip").into_inner()
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for group in bytes.chunks(3) {
        let number = group.iter().fold(0u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for place in 0..4 {
            let letter = LETTERS[(number >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= group.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

const HEAD: &str =
    "From: =?UTF-8?B?5byg5LiJ?= <zhang@example.com>\r\nSubject: =?UTF-8?B?5Y+w6LSm?=\r\nDate: Fri, 21 Jul 2023 09:00:00 +0800\r\n";

/// A mail with a text and files, whose heads are given whole.
fn mail_of(text: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = format!(
        "{HEAD}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    );
    for (head, bytes) in files {
        out.push_str(&format!("--b\r\n{head}\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n", base64(bytes)));
    }
    out.push_str("--b--\r\n");
    out.into_bytes()
}

fn attached(name: &str) -> String {
    format!("Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"{name}\"")
}

#[test]
fn attachments_have_the_names_that_their_senders_gave_them() {
    let heads = [
        attached("=?gb2312?B?zKjVyw==?=.csv"),
        "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename*=gb2312''%CC%A8%D5%CB2.csv".to_owned(),
        "Content-Type: application/octet-stream\r\nContent-Disposition: attachment;\r\n filename*0*=UTF-8''%E5%8F%B0;\r\n filename*1*=%E8%B4%A63.csv".to_owned(),
        "Content-Type: application/octet-stream; name=\"=?UTF-8?B?5Y+w6LSm?=4.csv\"".to_owned(),
        attached("../../etc/passwd"),
        attached("C:\\\\x\\\\y.csv"),
        attached("=?gb2312?B?zKjVyw==?=.csv"),
        "Content-Type: application/pdf".to_owned(),
        "Content-Type: application/octet-stream".to_owned(),
    ];
    let files: Vec<(&str, &[u8])> = heads.iter().map(|head| (head.as_str(), b"x".as_slice())).collect();
    let opened = open_mail(&mail_of("见附件", &files));
    let names: Vec<&str> = opened.parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(names, ["台账.csv", "台账2.csv", "台账3.csv", "台账4.csv", "passwd", "y.csv", "台账(2).csv", "附件.pdf", "附件9"]);
    let letter = &opened.mails[0].letter;
    assert_eq!((letter.subject.as_str(), letter.from.as_ref().map(|from| from.name.as_str())), ("台账", Some("张三")));
    assert_eq!(letter.lines[0].text, "见附件");
}

#[test]
fn bare_gbk_in_a_name_is_read() {
    let mut raw = mail_of("", &[(&attached("NAME.csv"), b"x")]);
    let at = memchr::memmem::find(&raw, b"NAME").expect("there");
    raw.splice(at..at + 4, GB18030.encode("甲医院台账").0.iter().copied());
    assert_eq!(listed(&open_mail(&raw)), ["甲医院台账.csv 1"]);
}

#[test]
fn containers_are_opened_within_each_other() {
    let inner = zip_of(&[("七月/台账.csv", b"abc"), ("../坏.csv", b"d")]);
    let forwarded = mail_of("", &[(&attached("包.zip"), &inner)]);
    let outer = mail_of("转上", &[("Content-Type: message/rfc822", &forwarded), (&attached("a.csv"), b"1")]);
    let whole = zip_of(&[("来件.eml", &outer)]);
    assert_eq!(kind(&whole), Some(Kind::Archive));
    let opened = open(Kind::Archive, &whole);
    assert_eq!(
        listed(&opened),
        ["来件.eml/转发的邮件.eml/包.zip/七月/台账.csv 3", "来件.eml/转发的邮件.eml/包.zip/坏.csv 1", "来件.eml/a.csv 1"]
    );
    assert_eq!(opened.parts[0].archives, ["来件.eml/转发的邮件.eml/包.zip"]);
    assert_eq!((opened.parts[0].mail, opened.mails[1].outer, opened.parts[2].mail), (Some(1), Some(0), Some(0)));
}

#[test]
fn workbooks_are_no_envelopes() {
    assert_eq!(kind(&zip_of(&[("[Content_Types].xml", b"x"), ("xl/workbook.xml", b"x")])), None);
    assert_eq!(kind(&zip_of(&[("mimetype", b"x"), ("content.xml", b"x")])), None);
    assert_eq!(kind(b"PK\x03\x04 cut off"), None);
    assert_eq!(listed(&open(Kind::Archive, &zip_of(&[]))), [": 它是空的压缩包（ZIP），请对方把表格放进去，重新发送"]);
}

#[test]
fn fifty_levels_are_not_followed() {
    let mut bytes = zip_of(&[("台账.csv", b"x")]);
    for level in 0..50 {
        bytes = zip_of(&[(&format!("{level}.zip"), &bytes)]);
    }
    let opened = open(Kind::Archive, &bytes);
    let told = listed(&opened);
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("49.zip/48.zip/47.zip/46.zip/45.zip: ") && told[0].contains("超过 5 层"), "{told:?}");
    // The files beside it are read.
    let opened = open(Kind::Archive, &zip_of(&[("a.csv", b"1"), ("b.zip", &bytes)]));
    assert_eq!((opened.parts.len(), listed(&opened)[0].as_str()), (2, "a.csv 1"));
    let mut mail = format!("{HEAD}\r\nx");
    for level in 0..50 {
        let head = format!("{HEAD}Content-Type: multipart/mixed; boundary=m{level}\r\n\r\n");
        mail = format!("{head}--m{level}\r\nContent-Type: message/rfc822\r\n\r\n{mail}\r\n--m{level}--\r\n");
    }
    assert!(listed(&open_mail(mail.as_bytes()))[0].contains("超过 5 层"));
    let mut parts = String::from("text");
    for level in 0..50 {
        parts = format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n{parts}\r\n--b{level}--\r\n");
    }
    assert!(listed(&open_mail(format!("{HEAD}{parts}").as_bytes()))[0].contains("套了 20 层以上"));
}

#[test]
fn bombs_are_told_and_not_inflated() {
    let zeros = vec![0u8; 40 << 20];
    let bomb = zip_of(&[("零.csv", &zeros)]);
    assert!(bomb.len() < 1 << 20);
    let told = listed(&open(Kind::Archive, &bomb));
    assert!(told.len() == 1 && told[0].starts_with(": ") && told[0].contains("250 倍"), "{told:?}");
    let files: Vec<String> = (0..9).map(|index| format!("{index}.csv")).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|name| (name.as_str(), &zeros[..100_000])).collect();
    let told = listed(&open_within(Kind::Archive, &zip_of(&files), 850_000));
    assert!(told.len() == 1 && told[0].contains("合计超过 256 MB"), "{told:?}");
    let told = listed(&open_within(Kind::Mail, &mail_of("", &[(&attached("a.zip"), &zip_of(&files))]), 850_000));
    assert!(told.len() == 1 && told[0].contains("合计超过 256 MB"), "{told:?}");
    assert_eq!(open_within(Kind::Archive, &zip_of(&files), 900_000).parts.len(), 9);
}

#[test]
fn ten_thousand_parts_are_read_and_one_more_is_told() {
    let many = |count: usize| {
        let part = "--b\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\nx\r\n";
        format!("{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{}--b--\r\n", part.repeat(count)).into_bytes()
    };
    let opened = open_mail(&many(10_000));
    assert_eq!((opened.parts.len(), opened.parts[9_999].name.as_str()), (10_000, "a(10000).csv"));
    let opened = open_mail(&many(10_001));
    assert!(listed(&opened)[0].contains("超过 10000 个"));
    // Who sent it is still known.
    assert_eq!(opened.parts[0].mail.map(|mail| opened.mails[mail].letter.subject.as_str()), Some("台账"));
}

#[test]
fn locked_and_broken_archives_say_so() {
    let mut locked = zip_of(&[("台账.csv", b"x")]);
    // The bit that says so, in the entry and in the directory.
    let directory = memchr::memmem::find(&locked, b"PK\x01\x02").expect("there");
    locked[6] |= 1;
    locked[directory + 8] |= 1;
    let opened = open(Kind::Archive, &locked);
    assert!(matches!(opened.parts[0].content, Err(Unreadable { reason: UnreadableReason::Encrypted, .. })));
    let mut broken = zip_of(&[("台账.csv", b"abcdefgh"), ("b.csv", b"x")]);
    let at = memchr::memmem::find(&broken, b"PK\x03\x04").expect("there") + 30 + "台账.csv".len();
    broken[at] ^= 0xFF;
    let opened = open(Kind::Archive, &broken);
    assert!(
        matches!(opened.parts[0].content, Err(Unreadable { reason: UnreadableReason::Damaged, .. })) && opened.parts[1].content.is_ok()
    );
    let whole = String::from_utf8(mail_of("", &[(&attached("a.xlsx"), &[7; 400])])).expect("text");
    let cut = whole.replacen("BwcHBwcH", "Bw=HBwcH", 1);
    assert!(matches!(open_mail(cut.as_bytes()).parts[0].content, Err(Unreadable { reason: UnreadableReason::Damaged, .. })));
}

#[test]
fn names_in_an_archive_may_be_gbk() {
    let mut bytes = zip_of(&[("NAMENAMENAME.csv", b"x")]);
    let gbk = GB18030.encode("甲医院的台账").0.into_owned();
    assert_eq!(gbk.len(), 12);
    for _ in 0..2 {
        let at = memchr::memmem::find(&bytes, b"NAMENAMENAME").expect("there");
        bytes.splice(at..at + 12, gbk.iter().copied());
    }
    assert_eq!(listed(&open(Kind::Archive, &bytes)), ["甲医院的台账.csv 1"]);
}

#[test]
fn pictures_of_the_text_and_trimmings_are_known_as_such() {
    let opened = open_mail(&mail_of(
        "见图",
        &[
            ("Content-Type: image/png; name=logo.png\r\nContent-ID: <a>\r\nContent-Disposition: inline", b"x"),
            ("Content-Type: image/jpeg; name=a.jpg\r\nContent-Disposition: attachment", b"x"),
            ("Content-Type: application/pkcs7-signature; name=smime.p7s", b"x"),
        ],
    ));
    let roles: Vec<Role> = opened.parts.iter().map(|part| part.role).collect();
    assert_eq!(roles, [Role::Picture, Role::Attachment, Role::Trimming]);
}

#[test]
fn the_text_is_taken_from_the_page_where_there_is_no_plain_one() {
    let mail = format!("{HEAD}Content-Type: text/html; charset=gb2312\r\n\r\n<p>本周无隐患</p><table><tr><td>1</td></tr></table>");
    let raw = GB18030.encode(&mail).0.into_owned();
    let opened = open_mail(&raw);
    assert_eq!(opened.mails[0].letter.lines[0].text, "本周无隐患");
    assert_eq!((opened.parts[0].name.as_str(), opened.parts[0].role), ("正文.html", Role::Page));
}
