//! What a template asks for in a way that the template language would take without a word: an empty paper, a tag that is printed
//! as it stands, a rate compared as if it were a number.
//!
//! Looks at the text of the template alone; knows no figure.

use crate::documents::bulletin::TemplateError;

/// Tags typed with a Chinese input method.
const FULL_WIDTH: [&str; 6] = ["｛｛", "｝｝", "{｛", "｛%", "｛％", "{％"];

/// The first line that would not do what its writer meant.
///
/// # Errors
/// [`TemplateError`] that says what to write instead.
pub fn check(template: &str) -> Result<(), TemplateError> {
    if template.trim().is_empty() {
        let what = "是空的，通报里会什么也没有".to_owned();
        return Err(TemplateError { line: 0, what, text: String::new(), near: Vec::new() });
    }
    for (index, line) in without_comments(template).lines().enumerate() {
        let wrong = |what: String| Err(TemplateError { line: index + 1, what, text: line.trim().to_owned(), near: Vec::new() });
        if let Some(typed) = FULL_WIDTH.into_iter().find(|typed| line.contains(typed)) {
            return wrong(format!("的花括号是全角的（{typed}），程序认不出；请换成英文输入法的 {{{{ 名字 }}}} 或 {{% if … %}}"));
        }
        if let Some(table) = table_in_sentence(line) {
            return wrong(format!("的“{table}”写在句子里，放不进表；请让它单独占一行"));
        }
        if let Some(rate) = compared_rate(line) {
            return wrong(format!(
                "拿“{rate}”比大小：它是写好的文字（如 46.9% 或 —），比不出大小；请比项数，如 合计.累计整改 * 2 < 合计.累计排查"
            ));
        }
    }
    Ok(())
}

/// The line of the template, from 1, that asks for a table, the last one if it is asked for again.
pub fn line_of_table(template: &str, name: &str) -> Option<usize> {
    let asks = |line: &str| line.split("【表").skip(1).any(|rest| rest.trim_start_matches(['：', ':', ' ']).starts_with(name));
    template.lines().enumerate().filter(|(_, line)| asks(line)).last().map(|(index, _)| index + 1)
}

/// `【表：单位】` with words of a sentence around it; conditions may stand on its line.
fn table_in_sentence(line: &str) -> Option<&str> {
    let (before, from) = line.split_at(line.find("【表：").or_else(|| line.find("【表:"))?);
    let (table, after) = from.split_at(from.find('】')? + '】'.len_utf8());
    let has_words = |text: &str| !without_tags(text).trim().is_empty();
    (has_words(before) || has_words(after)).then_some(table)
}

/// What is left of a line when `{% … %}` is taken out.
fn without_tags(text: &str) -> String {
    let mut left = String::new();
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once("{%") {
        left.push_str(before);
        rest = tag.split_once("%}").map_or("", |(_, after)| after);
    }
    left + rest
}

/// The template with nothing in its comments but their line ends, so that lines keep their numbers.
fn without_comments(template: &str) -> String {
    let mut left = String::new();
    let mut rest = template;
    while let Some((before, comment)) = rest.split_once("{#") {
        left.push_str(before);
        let (inside, after) = comment.split_once("#}").unwrap_or((comment, ""));
        left.extend(inside.matches('\n'));
        rest = after;
    }
    left + rest
}

/// A name that ends in 率 in a tag that compares.
fn compared_rate(line: &str) -> Option<&str> {
    let tags = line.split("{%").skip(1).map(|tag| tag.split("%}").next().unwrap_or(tag));
    for tag in tags.filter(|tag| tag.contains(['<', '>'])) {
        let mut words = tag.split(|character: char| !(character.is_alphanumeric() || character == '.'));
        if let Some(rate) = words.find(|word| word.contains('.') && word.ends_with('率')) {
            return Some(rate);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_printed_as_it_stands_is_told() {
        for (template, line, words) in [
            (" \n\n", 0, "是空的"),
            ("甲\n共｛｛合计.累计排查｝｝项", 2, "全角"),
            ("｛% if 倒退 %｝", 1, "全角"),
            ("甲\n\n详见【表：单位】所列。", 3, "单独占一行"),
            ("{% if 比率.整改率 > 50 %}高{% endif %}", 1, "比不出大小"),
            ("{% for 个 in 单位 if 个.整改率 < 50 %}{% endfor %}", 1, "“个.整改率”"),
        ] {
            let error = check(template).expect_err(template);
            assert!(error.line == line && error.what.contains(words), "{template}: {error}");
        }
    }

    #[test]
    fn what_is_meant_is_let_through() {
        for template in [
            crate::documents::bulletin::BUILT_IN,
            "【表：单位】",
            "  【表: 单位 】\r\n",
            "{% if 未报单位 %}【表：未报】{% endif %}",
            "整改率{{ 比率.整改率 }}，合计 < 10",
            "{% if 比率.整改率 == \"—\" %}没有隐患{% endif %}",
        ] {
            assert_eq!(check(template), Ok(()), "{template}");
        }
        assert_eq!(line_of_table("甲\n【表：单位】\n乙\n【表： 单位】", "单位"), Some(4));
    }
}
