//! The story of one hazard for people: each field, who said it last, what it was before.

use crate::cli::words::diagnostics::place;
use crate::cli::words::escape;
use crate::cli::words::style;
use crate::desk::why::Said;
use crate::desk::why::Story;

/// The whole answer of `why`.
pub fn answer(story: &Story) -> String {
    let mut text = format!("{}  {}\n", style::bold(&escape::visible(&story.id)), escape::visible(&story.unit));
    for field in &story.fields {
        let value = field.value.as_deref().map_or_else(|| "（空）".to_owned(), escape::visible);
        let source = match &field.set_by {
            Some(said) => from(said),
            None if field.value.is_some() => "历史中没有记录：来自旧台账，或上次合并以后在台账中直接改的".to_owned(),
            None => "上次合并以后在台账中删去".to_owned(),
        };
        text.push_str(&format!("  {}：{value}  {}\n", style::bold(&escape::visible(&field.title)), style::dim(&format!("← {source}"))));
        for said in &field.previous {
            let value = if said.value.is_empty() { "（空）".to_owned() } else { escape::visible(&said.value) };
            text.push_str(&style::dim(&format!("      曾为 {value}  ← {}\n", from(said))));
        }
    }
    text
}

fn from(said: &Said) -> String {
    let deed = if said.value.is_empty() { "删去" } else { "改" };
    match said.submitted_on {
        Some(day) if said.by_hand => format!("本级在台账里{deed}的，{day} 合并时已经这样"),
        _ if said.by_hand => format!("本级在台账里{deed}的"),
        Some(day) => format!("{day} 报送的 {}", place(&said.from)),
        None => place(&said.from),
    }
}
