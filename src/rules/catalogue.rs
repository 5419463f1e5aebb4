//! The rules as text: one page a rule for `explain`, and all of them for `docs/rules.md`.

use std::fmt::Write as _;

use crate::diagnostic::Severity;
use crate::rules::ALL;
use crate::rules::find;
use crate::rules::rule::Check;
use crate::rules::rule::Rule;
use crate::rules::rule::Scope;

/// The page of one rule (Markdown), for `explain`; case does not matter.
pub fn page(code: &str) -> Option<String> {
    let rule = find(&code.trim().to_uppercase())?;
    let mut text = String::new();
    write_rule(&mut text, rule, "#");
    Some(text)
}

/// All rules (Markdown), by scope and code: the content of `docs/rules.md`.
pub fn catalogue_page() -> String {
    let mut text = String::from(
        "# 规则目录\n\n\
         由 `qingdan` 的规则生成，不要手改：`UPDATE=1 cargo test --lib rules::` 会重写本文件。\
         每条规则的两个示例都在测试里执行。\n\n\
         T、R、L 的示例是报来的文件：`--- 文件名` 分开几个文件，没有写文件名的叫 `甲医院-20230721.csv`；\
         `@` 开头的行写文本表达不出的东西（合并、隐藏、加密等）。L 的示例是把这些文件合并后报的。\n",
    );
    for (scope, title) in [
        (Scope::Campaign, "方案和单位名册（C）"),
        (Scope::Table, "报来的表格（T）"),
        (Scope::Record, "每一条记录（R）"),
        (Scope::Ledger, "合并后的台账（L）"),
    ] {
        let rules: Vec<&Rule> = ALL.iter().copied().filter(|rule| rule.scope == scope).collect();
        if rules.is_empty() {
            continue;
        }
        let _ = write!(text, "\n## {title}\n\n| 代码 | 轻重 | 查什么 |\n|---|---|---|\n");
        for rule in &rules {
            let _ = writeln!(text, "| [{0}](#{0}) | {1} | {2} |", rule.code, rule.severity.label(), rule.title);
        }
        for rule in rules {
            text.push('\n');
            write_rule(&mut text, rule, "###");
        }
    }
    text
}

fn write_rule(text: &mut String, rule: &Rule, heading: &str) {
    let Rule { code, name, title, finds, matters, remedy, bad, good, .. } = rule;
    let severity = rule.severity.label();
    let state = match rule.check {
        Check::Retired => "，已停用",
        Check::Reader if rule.severity == Severity::Error => "，不可豁免",
        _ => "",
    };
    // The anchor lets tables link to the rule whatever its title becomes.
    let anchor = if heading.len() > 1 { format!("<a id=\"{code}\"></a>\n\n") } else { String::new() };
    let place = if bad.place.is_empty() { "整个文件".to_owned() } else { place_words(bad.place) };
    let _ = write!(
        text,
        "{anchor}{heading} {code} {title}\n\n`{name}` · {severity}{state}\n\n\
         **查什么** {finds}\n\n**为什么要紧** {matters}\n\n**怎样改** {remedy}\n\n\
         会报（{place}）：\n\n```\n{}\n```\n\n不会报：\n\n```\n{}\n```\n",
        bad.text.trim_end(),
        good.text.trim_end(),
    );
}

fn place_words(place: &str) -> String {
    if place.chars().all(|character| character.is_ascii_digit()) { format!("第 {place} 行") } else { format!("{place} 格") }
}
