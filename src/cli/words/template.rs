//! What forms were written, in one sentence.

use crate::desk::issuing::Issued;

/// Says how many forms went where, and how many hazards stand in them.
pub fn answer(issued: &[Issued], folder: &str) -> String {
    let hazards: usize = issued.iter().map(|form| form.hazards).sum();
    let without = issued.iter().filter(|form| form.hazards == 0).count();
    let rest = match without {
        0 => String::new(),
        _ if without == issued.len() => "，都没有未销号的隐患".to_owned(),
        without => format!("，其中 {without} 份没有未销号的隐患"),
    };
    format!("填报表 {} 份，列着 {hazards} 条隐患{rest}：{folder}\n", issued.len())
}
