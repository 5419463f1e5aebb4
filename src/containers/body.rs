//! What the sender says in the text of a mail, and where the words of others begin.
//!
//! An answer repeats the mail that it answers; those words are not the sender's. Knows no hazards.

/// One line of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub text: String,
    /// The words of an earlier mail, or below the signature's mark.
    pub is_quoted: bool,
}

/// Lines that are kept; a text of more is no letter.
const MOST_LINES: usize = 2_000;

/// The lines of a text, in their order.
pub fn lines(text: &str) -> Vec<Line> {
    let all: Vec<&str> = text.lines().take(MOST_LINES).map(str::trim).collect();
    let first_of_others = (0..all.len()).find(|index| begins_earlier_mail(&all[*index..])).unwrap_or(all.len());
    let line = |(index, text): (usize, &&str)| Line {
        text: (*text).to_owned(),
        is_quoted: index >= first_of_others || text.starts_with(['>', '＞']),
    };
    all.iter().enumerate().map(line).collect()
}

/// Words that a mail program puts over the mail that is answered or passed on.
const MARKS: [&str; 10] = [
    "原始邮件",
    "原邮件",
    "转发邮件信息",
    "转发的邮件",
    "转发邮件",
    "original message",
    "original mail",
    "forwarded message",
    "forwarded mail",
    "begin forwarded",
];

/// True if the words of somebody else begin with the first of these lines.
fn begins_earlier_mail(lines: &[&str]) -> bool {
    let Some(first) = lines.first() else { return false };
    if *first == "--" {
        return true;
    }
    let lower = first.to_lowercase();
    let bare = lower.trim_matches(|character: char| !character.is_alphanumeric());
    let is_ruled = lower.starts_with(['-', '—', '=', '_', '*', '─', '－']) || lower.ends_with(':') || lower.ends_with('：');
    if is_ruled && MARKS.iter().any(|mark| bare.starts_with(mark)) && bare.chars().count() <= 30 {
        return true;
    }
    // 张三 <a@b> 于2023年7月21日周五 09:00写道：
    if lower.chars().count() <= 160 && [" wrote:", "写道:", "写道：", "wrote："].iter().any(|end| lower.ends_with(end)) {
        return true;
    }
    let says = |line: &str, names: &[&str]| {
        let line = line.trim_start_matches(['*', ' ', '|']).to_lowercase();
        names.iter().any(|name| line.strip_prefix(name).is_some_and(|rest| rest.trim_start_matches(['*', ' ']).starts_with([':', '：'])))
    };
    says(first, &["发件人", "from", "寄件人"])
        && lines
            .iter()
            .skip(1)
            .take(5)
            .any(|line| says(line, &["收件人", "发送时间", "发送日期", "日期", "主题", "to", "sent", "date", "subject"]))
}

/// The text of a page: its lines as they are shown, without markup, up to where an earlier mail is quoted by markup.
pub fn text_of_page(page: &str) -> String {
    let mut out = String::new();
    let mut rest = own_part(page);
    while let Some(start) = rest.find('<') {
        push_shown(&rest[..start], &mut out);
        rest = &rest[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let Some(end) = rest.find('>') else { return out };
        let name: String = rest[1..end].trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let (name, is_closing) = (name.to_ascii_lowercase(), rest[1..].starts_with('/'));
        rest = &rest[end + 1..];
        match name.as_str() {
            "style" | "script" | "head" | "title" if !is_closing => rest = after_element(rest, &name),
            "br" | "p" | "div" | "tr" | "li" | "table" | "hr" | "h1" | "h2" | "h3" | "h4" | "blockquote"
                if name == "br" || !out.is_empty() && !out.ends_with('\n') =>
            {
                out.push('\n');
            }
            "td" | "th" if !is_closing => out.push(' '),
            _ => {}
        }
    }
    push_shown(rest, &mut out);
    out
}

/// The page up to the element in which a mail program puts the mail that is answered.
pub fn own_part(page: &str) -> &str {
    const QUOTES: [&str; 7] = [
        "<blockquote",
        "gmail_quote",
        "id=\"divrplyfwdmsg\"",
        "id=\"isreplycontent\"",
        "ntes-mailmaster-quote",
        "foxmail_quote",
        "original message",
    ];
    let lower = page.to_ascii_lowercase();
    let marks = QUOTES.iter().filter_map(|mark| lower.find(mark)).chain(page.find("原始邮件"));
    let Some(end) = marks.min() else { return page };
    // Back to the start of the tag that carries the mark.
    let start = if page[end..].starts_with('<') { end } else { page[..end].rfind('<').unwrap_or(end) };
    &page[..start]
}

/// What follows the end of an element; nothing if it never ends.
fn after_element<'a>(rest: &'a str, name: &str) -> &'a str {
    let ends = |tag: usize| rest.get(tag..tag + name.len()).is_some_and(|written| written.eq_ignore_ascii_case(name));
    let after = rest.match_indices("</").map(|(start, _)| start + 2).find(|tag| ends(*tag));
    after.and_then(|tag| rest[tag..].split_once('>')).map_or("", |(_, after)| after)
}

/// Adds text with its entities resolved and its white space folded, as a page shows it.
fn push_shown(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let mut length = character.len_utf8();
        let mut shown = character;
        if character == '&'
            && let Some((entity, known)) = entity_at(&rest[1..])
        {
            (length, shown) = (entity.len() + 2, known);
        }
        rest = &rest[length..];
        if !shown.is_whitespace() {
            out.push(shown);
        } else if !out.ends_with(char::is_whitespace) {
            out.push(' ');
        }
    }
}

/// The entity at the start of a text, without its `&`, and what it stands for. None is longer than ten characters: the text may be long,
/// and full of such signs.
fn entity_at(text: &str) -> Option<(&str, char)> {
    let end = text.bytes().take(11).position(|byte| byte == b';')?;
    let name = text.get(..end)?;
    Some((name, entity(name)?))
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "ldquo" => '“',
        "rdquo" => '”',
        "hellip" => '…',
        "mdash" => '—',
        "middot" => '·',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(text: &str) -> String {
        let own: Vec<String> =
            lines(text).into_iter().filter(|line| !line.is_quoted && !line.text.is_empty()).map(|line| line.text).collect();
        own.join("|")
    }

    #[test]
    fn the_words_of_an_earlier_mail_are_not_the_senders() {
        for (text, expected) in [
            ("本周无隐患。\n\n甲医院", "本周无隐患。|甲医院"),
            ("已收到\n> 本周无隐患\n谢谢", "已收到|谢谢"),
            ("见附件\n------------------ 原始邮件 ------------------\n本周无隐患", "见附件"),
            ("见附件\n-----Original Message-----\n本周无隐患", "见附件"),
            ("见附件\n---------- Forwarded message ---------\n本周无隐患", "见附件"),
            ("好的\n张三 <a@example.com> 于2023年7月21日周五 09:00写道：\n本周无隐患", "好的"),
            ("好的\nOn Fri, Jul 21, 2023, A wrote:\n本周无隐患", "好的"),
            ("转上\n发件人: 乙\n发送时间: 2023年7月14日\n收件人: 甲\n本周无隐患", "转上"),
            ("转上\n*From:* b\n*Sent:* Friday\n本周无隐患", "转上"),
            ("本周无隐患\n-- \n甲医院办公室", "本周无隐患"),
            // No marks: somebody speaks of mails.
            ("原始邮件中的表已作废，本周无隐患", "原始邮件中的表已作废，本周无隐患"),
            ("发件人：甲医院\n本周无隐患", "发件人：甲医院|本周无隐患"),
        ] {
            assert_eq!(own(text), expected, "{text}");
        }
    }

    #[test]
    fn a_page_is_read_as_it_is_shown() {
        for (page, expected) in [
            (
                "<html><head><style>p{}</style></head><body><p>各位&nbsp;领导：</p><p>本周<b>无隐患</b>&#12290;</p></body>",
                "各位 领导：|本周无隐患。",
            ),
            ("<div>一<br>二</div><div>三</div>", "一|二|三"),
            ("<table><tr><td>甲</td><td>乙</td></tr></table>", "甲 乙"),
            ("无隐患<!-- <p>x</p> --> &lt;&copy;", "无隐患 <&copy;"),
            ("<p>见附件</p><blockquote>本周无隐患</blockquote>", "见附件"),
            ("<p>见附件</p><div class=\"gmail_quote\">本周无隐患", "见附件"),
            ("<script>本周无隐患", ""),
            ("1 < 2", "1"),
        ] {
            assert_eq!(own(&text_of_page(page)), expected, "{page}");
        }
    }
    #[test]
    fn a_page_that_is_nothing_but_signs_is_read_once() {
        // Looked through from each sign to the end, these would take hours.
        assert_eq!(text_of_page(&"&".repeat(4 << 20)).len(), 4 << 20);
        assert_eq!(text_of_page(&"<style></style>".repeat(1 << 18)), "");
        assert_eq!(text_of_page("<style>a</stylex</STYLE >b"), "b");
    }
}
