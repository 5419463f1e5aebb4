//! The clerks' page about dates, made from the catalogue. Written to `docs/dates.md` and checked there.

use crate::dates::catalogue::CatalogueEntry;
use crate::dates::catalogue::Place;
use crate::dates::catalogue::catalogue;
use crate::dates::words;

const HEAD: &str = "\
# 日期怎么写

本页由程序里的日期目录生成，每一行都在测试里真读过一遍。

**最稳妥的写法**：`2023-07-31`、`2023/7/31`、`2023.7.31`、`2023年7月31日`，或者把单元格设成日期格式。

读日期的几条规矩：

- **拿不准就问，不猜。** 一个写法有两种读法时，两种都列出来请您定；没有的日子（6月31日）不擅自改。
- **没写年份的**，取行动期间内第一次出现的那天，并注明“补年份”；期间内有两次的，另一次也列出。台账的期限还看发现日期：期限不会早于发现。
  期间之外的，只有紧跟在发现日期之后（半年内）才认，否则要问。
- **发现日期、完成日期**不会晚于填报日期；只写到月、旬、季或写成起止的太粗，要问是哪一天。
- **“前”含当日**：`7月31日前`就是到 7 月 31 日为止。`7月底前`到 7 月 31 日；`7月前`含不含 7 月说不清，要问。
- **期间按民法典第二百条至第二百零三条计算**：首日不算；按月的到对应日，没有对应日的到月末。固定日期（`8月30日前`）逢周末、节假日不挪动。
- **工作日**按国务院办公厅放假通知计算，调休上班算工作日；还没有通知的年份不悄悄往下数。
- **数值格会丢零**：数值格里的 `2023.10` 存成 `2023.1`，`7.30` 存成 `7.3`，所以要问；文本格照写的读。
- **没有分隔的数字**（`202246`）只作建议，即使只有一种读法也要确认。

";

const GROUPS: [(std::ops::RangeInclusive<u8>, &str); 4] =
    [(1..=38, "一、方案里的日期和起止"), (39..=56, "二、相对的日子、事件和时长"), (57..=69, "三、周期"), (70..=100, "四、台账单元格")];

/// The page, in Markdown: every spelling with what is known around it, what is read and what that means.
pub fn catalogue_page() -> String {
    let mut page = HEAD.to_string();
    for (numbers, title) in GROUPS {
        page.push_str(&format!("## {title}\n\n| 序号 | 写法 | 已知 | 读作 | 说明 |\n|---|---|---|---|---|\n"));
        for entry in catalogue().iter().filter(|entry| numbers.contains(&entry.number)) {
            page.push_str(&format!(
                "| {} | {} | {} | {} | {} |\n",
                entry.number,
                spelling(entry),
                known(entry),
                entry.reads,
                entry.meaning
            ));
        }
        page.push('\n');
    }
    page.push_str("## 五、哪些会问\n\n");
    for entry in catalogue().iter().filter(|entry| entry.is_asked()) {
        page.push_str(&format!("- {}{}：{}\n", spelling(entry), place(entry), entry.meaning));
    }
    page.push_str("\n## 六、不是日期的词\n\n整格只有这些词（可以几个连写）时这样读；别的话里夹着的日期会作为建议列出。\n\n");
    for (title, list) in words::families() {
        page.push_str(&format!("- **{title}**：{}\n", list.join("、")));
    }
    page
}

fn spelling(entry: &CatalogueEntry) -> String {
    match entry.text {
        "" => "（空格子）".to_string(),
        text => format!("`{}`", text.replace('\n', "⏎").replace('|', "\\|")),
    }
}

fn place(entry: &CatalogueEntry) -> &'static str {
    match entry.setting.place {
        Place::Past => "（发现、完成日期格）",
        Place::Number(_) => "（数值格）",
        Place::Number1904(_) => "（数值格，1904 年制）",
        Place::Plan | Place::Deadline | Place::Recurrence | Place::LeadTime => "",
    }
}

fn known(entry: &CatalogueEntry) -> String {
    let setting = &entry.setting;
    let mut parts = Vec::new();
    if let Some((start, end)) = setting.period.split_once('/') {
        parts.push(format!("期间 {start} 至 {end}"));
    }
    match (setting.document, setting.place) {
        ("", _) => {}
        (day, Place::LeadTime) => parts.push(format!("那一天 {day}")),
        (day, _) => parts.push(format!("发文或填报 {day}")),
    }
    if !setting.found_on.is_empty() {
        parts.push(format!("发现 {}", setting.found_on));
    }
    let place = place(entry).trim_matches(['（', '）']);
    if !place.is_empty() {
        parts.push(place.to_string());
    }
    if parts.is_empty() { "—".to_string() } else { parts.join("；") }
}
