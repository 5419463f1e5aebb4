//! Names that a stranger gave to files, made harmless: they become parts of a name, and of a path when a marked copy is written.
//!
//! Drives, `..`, characters that turn or hide text and those that some system forbids never get through.

/// Bytes of one name. Systems allow 255, and a copy may get another extension.
const NAME_BYTES: usize = 180;

/// Names that Windows takes for devices.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The last part of a path, as the name of one file; `None` if nothing is left.
pub fn file_name(written: &str) -> Option<String> {
    path(written).map(|path| path.rsplit('/').next().unwrap_or_default().to_owned())
}

/// A path below the container, `/`-separated, without anything that leads elsewhere; `None` if nothing is left.
pub fn path(written: &str) -> Option<String> {
    let parts = written.split(['/', '\\']).filter_map(part);
    // Folders a thousand deep are no order that anybody keeps; the innermost ones say whose it is.
    let mut parts: Vec<String> = parts.collect();
    let surplus = parts.len().saturating_sub(6);
    parts.drain(..surplus);
    (!parts.is_empty()).then(|| parts.join("/"))
}

fn part(written: &str) -> Option<String> {
    let visible = written.chars().filter(|character| !is_invisible(*character));
    let cleaned: String = visible.map(|character| if is_forbidden(character) { '_' } else { character }).collect();
    let cleaned = cleaned.trim().trim_end_matches(['.', ' ']);
    if cleaned.is_empty() || cleaned.len() == 2 && cleaned.ends_with('_') && written.trim_end().ends_with(':') {
        return None;
    }
    let short = shortened(cleaned);
    let stem = short.split('.').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_port =
        stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && stem.ends_with(|last: char| last.is_ascii_digit());
    Some(if DEVICES.contains(&stem.as_str()) || is_port { format!("_{short}") } else { short })
}

/// Characters that are not seen: controls, and those that turn the direction of what follows.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || character.is_control() && !matches!(character, '\t' | '\n' | '\r')
}

fn is_forbidden(character: char) -> bool {
    matches!(character, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\t' | '\n' | '\r')
}

/// Shortens a name and keeps its extension.
fn shortened(name: &str) -> String {
    if name.len() <= NAME_BYTES {
        return name.to_owned();
    }
    let (stem, extension) = name.rsplit_once('.').filter(|(_, extension)| extension.len() <= 16).unwrap_or((name, ""));
    let most = NAME_BYTES - extension.len() - 1;
    let end = (0..=most).rev().find(|end| stem.is_char_boundary(*end)).unwrap_or(0);
    let stem = stem[..end.min(stem.len())].trim_end_matches(['.', ' ']);
    if extension.is_empty() { stem.to_owned() } else { format!("{stem}.{extension}") }
}

/// The same name with a number before its extension: 台账(2).xlsx.
pub fn numbered(name: &str, number: usize) -> String {
    match name.rsplit_once('.').filter(|(stem, extension)| !stem.is_empty() && !extension.contains('/')) {
        Some((stem, extension)) => format!("{stem}({number}).{extension}"),
        None => format!("{name}({number})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leads_out_of_the_container() {
        for (written, expected) in [
            ("台账.xlsx", Some("台账.xlsx")),
            ("甲医院/七月/台账.xlsx", Some("甲医院/七月/台账.xlsx")),
            ("../../../etc/passwd", Some("etc/passwd")),
            ("..\\..\\启动\\坏.bat", Some("启动/坏.bat")),
            ("/etc/cron.d/x", Some("etc/cron.d/x")),
            ("C:\\Users\\甲\\台账.xlsx", Some("Users/甲/台账.xlsx")),
            ("\\\\服务器\\共享\\a.csv", Some("服务器/共享/a.csv")),
            ("a\0b.csv", Some("ab.csv")),
            ("a\r\nb.csv", Some("a__b.csv")),
            ("台账\u{202e}xslx.exe", Some("台账xslx.exe")),
            ("nul.xlsx", Some("_nul.xlsx")),
            ("com1", Some("_com1")),
            ("台账.xlsx. . ", Some("台账.xlsx")),
            ("什么?*.xlsx", Some("什么__.xlsx")),
            ("a/b/c/d/e/f/g/h.csv", Some("c/d/e/f/g/h.csv")),
            ("..", None),
            ("./", None),
            ("", None),
        ] {
            assert_eq!(path(written).as_deref(), expected, "{written:?}");
        }
        assert_eq!(file_name("C:\\资料\\台账.xlsx").as_deref(), Some("台账.xlsx"));
        assert_eq!(numbered("七月/台账.xlsx", 2), "七月/台账(2).xlsx");
        assert_eq!(numbered("七.月/台账", 2), "七.月/台账(2)");
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let long = path(&format!("{}.xlsx", "台".repeat(500))).expect("a name");
        assert!(long.len() <= NAME_BYTES && long.ends_with("台.xlsx"), "{long}");
        assert!(path(&"长".repeat(500)).expect("a name").len() <= NAME_BYTES);
    }
}
