//! The first lines of a filled-in template that say what they are: 标题, 主送, 署名, 抄送, 附件, 附注.
//!
//! Knows nothing of what the text is about.

/// What the first lines say.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Head {
    pub title: Option<String>,
    pub addressee: Option<String>,
    pub signature: Option<String>,
    pub copies: Vec<String>,
    pub attachments: Vec<String>,
    pub notes: Vec<String>,
}

/// Parts the first lines that say what they are from the rest.
pub fn head(filled: &str) -> (Head, String) {
    let mut head = Head::default();
    let mut rest = filled.trim_start_matches(['\n', '\r', ' ']);
    loop {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let Some((label, value)) = line.split_once(['：', ':']) else { break };
        let value = value.trim().to_owned();
        match label.trim() {
            "标题" => head.title = Some(value),
            "主送" => head.addressee = Some(value),
            "署名" => head.signature = Some(value),
            "抄送" => head.copies.push(value),
            "附件" => head.attachments.push(value),
            "附注" => head.notes.push(value),
            _ => break,
        }
        rest = after;
    }
    (head, rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_lines_say_who_writes_to_whom() {
        let (found, rest) = head("标题：甲\n主送：乙\n抄送：丙\n附件：丁\n\n正文：一\n");
        let expected = Head {
            title: Some("甲".to_owned()),
            addressee: Some("乙".to_owned()),
            copies: vec!["丙".to_owned()],
            attachments: vec!["丁".to_owned()],
            ..Head::default()
        };
        assert_eq!((found, rest.as_str()), (expected, "\n正文：一\n"));
    }
}
