//! The labels that stand around a table: metadata, totals, signatures, notes, samples, group headings.

use crate::vocabulary::normalise::is_space;
use crate::vocabulary::normalise::label_key;

/// Labels of the lines above and below a table, and what they introduce.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetadataLabel {
    Unit,
    FilledOn,
    Contact,
    Phone,
    /// A signature or any other label whose value is not needed.
    Other,
}

const METADATA: &[(&str, MetadataLabel)] = &[
    ("填报单位", MetadataLabel::Unit),
    ("填表单位", MetadataLabel::Unit),
    ("上报单位", MetadataLabel::Unit),
    ("报送单位", MetadataLabel::Unit),
    ("单位名称", MetadataLabel::Unit),
    ("单位盖章", MetadataLabel::Unit),
    ("单位", MetadataLabel::Unit),
    ("医疗机构名称", MetadataLabel::Unit),
    ("机构名称", MetadataLabel::Unit),
    ("被检查单位", MetadataLabel::Unit),
    ("制表单位", MetadataLabel::Unit),
    ("编制单位", MetadataLabel::Unit),
    ("受检单位", MetadataLabel::Unit),
    ("自查单位", MetadataLabel::Unit),
    ("排查单位", MetadataLabel::Unit),
    ("申报单位", MetadataLabel::Unit),
    ("单位全称", MetadataLabel::Unit),
    ("医院名称", MetadataLabel::Unit),
    ("填报科室", MetadataLabel::Other),
    ("填报部门", MetadataLabel::Other),
    ("上报科室", MetadataLabel::Other),
    ("报送科室", MetadataLabel::Other),
    ("报送部门", MetadataLabel::Other),
    ("填报日期", MetadataLabel::FilledOn),
    ("填报时间", MetadataLabel::FilledOn),
    ("填表日期", MetadataLabel::FilledOn),
    ("填表时间", MetadataLabel::FilledOn),
    ("上报日期", MetadataLabel::FilledOn),
    ("上报时间", MetadataLabel::FilledOn),
    ("报送日期", MetadataLabel::FilledOn),
    ("报送时间", MetadataLabel::FilledOn),
    ("制表日期", MetadataLabel::FilledOn),
    ("统计时间截止", MetadataLabel::FilledOn),
    ("统计截止日期", MetadataLabel::FilledOn),
    ("统计截至日期", MetadataLabel::FilledOn),
    ("截止到", MetadataLabel::FilledOn),
    ("截至", MetadataLabel::FilledOn),
    ("截止日期", MetadataLabel::FilledOn),
    ("截止时间", MetadataLabel::FilledOn),
    ("日期", MetadataLabel::FilledOn),
    ("时间", MetadataLabel::FilledOn),
    ("联系人", MetadataLabel::Contact),
    ("填报人", MetadataLabel::Contact),
    ("填表人", MetadataLabel::Contact),
    ("制表人", MetadataLabel::Contact),
    ("经办人", MetadataLabel::Contact),
    ("制表", MetadataLabel::Contact),
    ("联系电话", MetadataLabel::Phone),
    ("电话", MetadataLabel::Phone),
    ("联系方式", MetadataLabel::Phone),
    ("手机", MetadataLabel::Phone),
    ("审核人", MetadataLabel::Other),
    ("审核", MetadataLabel::Other),
    ("复核人", MetadataLabel::Other),
    ("单位负责人", MetadataLabel::Other),
    ("主要负责人", MetadataLabel::Other),
    ("分管领导", MetadataLabel::Other),
    ("负责人", MetadataLabel::Other),
    ("签发人", MetadataLabel::Other),
    ("审批人", MetadataLabel::Other),
    ("审核领导", MetadataLabel::Other),
    ("签字", MetadataLabel::Other),
    ("签章", MetadataLabel::Other),
    ("盖章", MetadataLabel::Other),
    ("公章", MetadataLabel::Other),
    ("文号", MetadataLabel::Other),
    ("编号", MetadataLabel::Other),
    ("统计周期", MetadataLabel::Other),
    ("统计时间", MetadataLabel::FilledOn),
    ("所属期", MetadataLabel::Other),
    ("周期", MetadataLabel::Other),
    ("填报周期", MetadataLabel::Other),
];

/// One `label：value` of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledValue {
    pub label: MetadataLabel,
    /// Trimmed; empty when the value stands in the next cell or is missing.
    pub value: String,
    /// Whether a colon, bracket or the end followed the label (a bare word could be anything).
    pub marked: bool,
}

/// Takes a line such as `填报单位（盖章）：甲院　　填报日期：2023年7月14日` apart. Empty when the line does not begin with a
/// known label.
pub fn read_labels(text: &str) -> Vec<LabelledValue> {
    let characters: Vec<char> = text.chars().collect();
    let mut found: Vec<(usize, usize, MetadataLabel, bool)> = Vec::new();
    let mut position = 0;
    while position < characters.len() {
        let at_start = position == 0
            || is_space(characters[position - 1])
            || matches!(characters[position - 1], '：' | ':' | '；' | ';' | '，' | ',' | '。' | ')' | '）');
        let hit = if at_start { label_at(&characters, position) } else { None };
        match hit {
            Some((end, label, marked))
                if marked
                    || (found.is_empty() && end == characters.len())
                    || matches!(label, MetadataLabel::FilledOn) && date_follows(&characters, end) =>
            {
                found.push((position, end, label, marked));
                position = end;
            }
            _ => position += 1,
        }
    }
    if found.first().is_none_or(|(start, ..)| characters[..*start].iter().any(|character| !is_space(*character))) {
        return Vec::new();
    }
    let mut values = Vec::new();
    for (index, (_, end, label, marked)) in found.iter().enumerate() {
        let until = found.get(index + 1).map_or(characters.len(), |next| next.0);
        let value: String = characters[*end..until].iter().collect();
        values.push(LabelledValue {
            label: *label,
            value: value.trim_matches(|character| is_space(character) || ":：".contains(character)).to_owned(),
            marked: *marked,
        });
    }
    values
}

fn date_follows(characters: &[char], from: usize) -> bool {
    characters[from..].iter().find(|character| !is_space(**character)).is_some_and(|character| {
        character.is_ascii_digit() || ('０'..='９').contains(character) || *character == '年' || *character == '二'
    })
}

/// A label that starts here: its end (behind an optional bracket and colon) and whether it is marked as one.
fn label_at(characters: &[char], start: usize) -> Option<(usize, MetadataLabel, bool)> {
    let mut best: Option<(usize, MetadataLabel, bool)> = None;
    for (word, label) in METADATA {
        let Some(mut end) = matches_spaced(characters, start, word) else { continue };
        let mut marked = false;
        while end < characters.len() && matches!(characters[end], '（' | '(' | '[' | '【') {
            let Some(length) = characters[end..].iter().take(14).position(|character| matches!(character, '）' | ')' | ']' | '】'))
            else {
                break;
            };
            end += length + 1;
            marked = true;
        }
        let mut after = end;
        while after < characters.len() && is_space(characters[after]) {
            after += 1;
        }
        if after < characters.len() && matches!(characters[after], '：' | ':') {
            end = after + 1;
            marked = true;
        }
        if best.is_none_or(|(known, ..)| end > known) {
            best = Some((end, *label, marked));
        }
    }
    best
}

/// Matches `word` with any white space between its characters; gives the end.
fn matches_spaced(characters: &[char], start: usize, word: &str) -> Option<usize> {
    let mut position = start;
    for (index, expected) in word.chars().enumerate() {
        while index > 0 && position < characters.len() && is_space(characters[position]) {
            position += 1;
        }
        if characters.get(position) != Some(&expected) {
            return None;
        }
        position += 1;
    }
    Some(position)
}

/// Whether a line names somebody, or a day, by a role and nothing else: 安全员：张一, 保卫科长（签字）：, 审定日期：7月1日.
pub fn is_role_line(text: &str) -> bool {
    const ROLES: [&str; 16] =
        ["人", "员", "长", "签字", "签名", "章", "领导", "主任", "书记", "校对", "日期", "时间", "电话", "单位", "部门", "科室"];
    let Some((label, value)) = text.split_once(['：', ':']) else { return false };
    let (label, _) = crate::vocabulary::normalise::split_hint(&label_key(label));
    let short = |text: &str, most: usize| text.chars().count() <= most;
    let sentence = value.contains(['，', '。', '；', ',', ';']);
    short(&label, 8) && short(value.trim(), 14) && !sentence && ROLES.iter().any(|role| label.ends_with(role))
}

/// Whether a cell is a mark of an export template, left for a program to fill in: `{.x}`, `{{x}}`, `${x}`, `#{x}`, `&=[T].x`, `<%=x%>`.
pub fn is_template_mark(text: &str) -> bool {
    let text = text.trim();
    let between = |open: &str, close: &str| {
        text.find(open).is_some_and(|start| text[start + open.len()..].find(close).is_some_and(|length| length > 0))
    };
    if !text.bytes().any(|byte| matches!(byte, b'{' | b'&' | b'<' | b'[' | b'%')) {
        return false;
    }
    let inner = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let named = inner.is_some_and(|name| {
        name.starts_with(|character: char| character.is_ascii_alphabetic() || character == '.')
            && name.chars().all(|character| character.is_ascii_alphanumeric() || "._[]".contains(character))
    });
    named
        || text.starts_with("&=")
        || ["${", "#{", "%{", "@{"].iter().any(|open| between(open, "}"))
        || between("{{", "}}")
        || between("{%", "%}")
        || between("<%", "%>")
        || between("[@", "]")
}

/// Whether a cell is the label of a total: 合计, 小　计, 总计：, 合计（12项）.
pub fn is_total_label(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    let key = label_key(text);
    if matches!(
        key.trim_matches(['(', ')', '[', ']', ':']),
        "汇总"
            | "总和"
            | "求和"
            | "平均值"
            | "平均"
            | "平均数"
            | "计数"
            | "总共"
            | "合共"
            | "总量"
            | "最大值"
            | "最小值"
            | "total"
            | "totals"
            | "sum"
            | "average"
            | "avg"
            | "count"
            | "max"
            | "min"
            | "subtotal"
            | "grandtotal"
            | "数据汇总"
            | "总汇"
            | "全部合计"
            | "总"
            | "计"
            | "共"
            | "总计数"
            | "标准偏差"
            | "方差"
            | "条数"
            | "数量"
            | "总条数"
            | "总项数"
            | "隐患总数"
            | "问题总数"
    ) {
        return true;
    }
    let of_all = ["总", "共", "合"].iter().find_map(|lead| key.strip_prefix(lead));
    if of_all.is_some_and(|rest| matches!(rest, "条目" | "条目数" | "个数" | "件数" | "处数" | "额" | "金额" | "项" | "条" | "起数"))
    {
        return true;
    }
    let total = [
        "汇总",
        "总和",
        "总共",
        "total",
        "合计",
        "小计",
        "总计",
        "累计",
        "共计",
        "总数",
        "合計",
        "小計",
        "本页合计",
        "本页小计",
        "全院合计",
        "总合计",
        "本月合计",
        "本周合计",
    ];
    total.iter().any(|word| {
        key.strip_prefix(word)
            .is_some_and(|rest| rest.chars().all(|character| character.is_ascii_digit() || "(:)[]、,.项处条个件共:=".contains(character)))
            || (key.ends_with(word) && key.chars().count() <= 12 && !key.contains(|character: char| ",。;".contains(character)))
    })
}

/// Whether a line is a note: 注：…, 说明：…, 填表说明, 备注：….
pub fn is_note(text: &str) -> bool {
    let key = label_key(text);
    let rest = key.trim_start_matches(['*', '※', '(', '[', '【']);
    let introduced = [
        "注",
        "说明",
        "填表说明",
        "填报说明",
        "备注",
        "填写说明",
        "注意",
        "注意事项",
        "附注",
        "温馨提示",
        "提示",
        "填表须知",
        "填报要求",
        "填写要求",
    ];
    introduced.iter().any(|word| {
        rest.strip_prefix(word).is_some_and(|tail| {
            tail.is_empty() || tail.starts_with([':', '1', '.', '、', ')', ']', '】', '一', ',', '；', ';']) || tail.starts_with("意事项")
        })
    }) || introduces_notes(rest)
        || (key.starts_with("以上") || key.starts_with("以下")) && key.chars().count() <= 12
        || (key.starts_with('第') && key.contains('页'))
}

/// Whether a text is, or begins with, a short heading over notes about the form: 填表要求, 报送须知：…, 友情提示.
fn introduces_notes(key: &str) -> bool {
    let label = key.split(':').next().unwrap_or(key);
    label.chars().count() <= 7
        && ["填", "报", "上报", "制表", "编制", "使用", "本表", "表格", "友情", "温馨", "特别", "重要", "有关", "相关", "其他"]
            .iter()
            .any(|lead| label.starts_with(lead))
        && ["说明", "要求", "须知", "提示", "事项", "指南", "指引", "规则", "口径", "解释"].iter().any(|end| label.ends_with(end))
}

/// Whether a cell marks a sample row: 例, 示例, 例：××科室插座老化, （样例）.
pub fn is_sample(text: &str) -> bool {
    let key = label_key(text);
    let bare = key.trim_start_matches(['(', '[', '【', '<', '*']);
    if matches!(
        key.trim_matches(['(', ')', '[', ']', '【', '】']),
        "例" | "示例" | "样例" | "举例" | "范例" | "例如" | "样表" | "填写示例" | "填报示例" | "填写样例" | "示范"
    ) {
        return true;
    }
    [
        "例:",
        "示例:",
        "样例:",
        "举例:",
        "例如:",
        "例)",
        "示例)",
        "样例)",
        "例】",
        "示例】",
        "样例】",
        "例]",
        "示例]",
        "(例",
        "例1",
        "示例1",
        "填写示例:",
        "填写示例",
    ]
    .iter()
    .any(|mark| bare.starts_with(mark))
}

/// The heading of a group row: 一、消防安全 → 消防安全; （二）用电 → 用电. `None` without a Chinese ordinal.
pub fn group_heading(text: &str) -> Option<String> {
    let key = label_key(text);
    if key.chars().count() > 30 {
        return None;
    }
    let rest = key.strip_prefix('(').unwrap_or(&key);
    let digits: String = rest.chars().take_while(|character| "一二三四五六七八九十".contains(*character)).collect();
    if digits.is_empty() {
        return None;
    }
    let after = &rest[digits.len()..];
    let heading = if rest.len() < key.len() { after.strip_prefix(')') } else { after.strip_prefix(['、', '.', ':', ',']) }?;
    let heading = heading.trim_start_matches(['、', '.', ':']);
    let heading = heading.trim_end_matches([':', '。']);
    (!heading.is_empty()).then(|| heading.to_owned())
}

/// Whether a line is an attachment mark: 附件2, 附表1：, 附 件, 附件2-1.
pub fn is_attachment_mark(text: &str) -> bool {
    let key = label_key(text);
    ["附件", "附表", "附录", "附"].iter().any(|word| {
        key.strip_prefix(word).is_some_and(|rest| {
            rest.chars().count() <= 6
                && rest.chars().all(|character| character.is_ascii_digit() || "一二三四五六七八九十-.:、()之".contains(character))
        })
    })
}

/// True for the title of a column that prints what an inspection looks at: 检查内容, 排查标准, 安全标准要求.
pub fn names_check_item(title: &str) -> bool {
    let key = label_key(title);
    let looked_at = ["检查", "排查", "自查", "巡查", "督查", "评估", "标准", "安全"].iter().any(|word| key.contains(word));
    let item =
        ["内容", "标准", "事项", "项目", "要点", "要求", "指标", "重点", "细则", "检查项", "条款"].iter().any(|word| key.ends_with(word));
    looked_at && item || matches!(key.as_str(), "项目" | "检查项" | "条目")
}

/// Whether a cell is a unit of measure under a header: 家, （项）, %, 万元.
pub fn is_measure_unit(text: &str) -> bool {
    let key = label_key(text);
    let key = key.trim_matches(['(', ')', '[', ']', '【', '】']);
    matches!(
        key,
        "家" | "项"
            | "%"
            | "万元"
            | "元"
            | "个"
            | "处"
            | "条"
            | "人"
            | "次"
            | "人次"
            | "件"
            | "天"
            | "日"
            | "年月日"
            | "年/月/日"
            | "名"
            | "起"
            | "家次"
            | "项次"
            | "组"
            | "台"
            | "户"
            | "所"
            | "间"
            | "批次"
            | "份"
            | "家/项"
            | "是/否"
            | "万"
            | "千元"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_labels_are_taken_apart() {
        let read = |text: &str| read_labels(text).into_iter().map(|found| (found.label, found.value)).collect::<Vec<_>>();
        assert_eq!(
            read("填报单位（盖章）：青河镇卫生院　　　填报日期：2023年7月14日"),
            vec![(MetadataLabel::Unit, "青河镇卫生院".to_owned()), (MetadataLabel::FilledOn, "2023年7月14日".to_owned())]
        );
        assert_eq!(read("填报单位:"), vec![(MetadataLabel::Unit, String::new())]);
        assert_eq!(read("截止到 2023年7月14日为止"), vec![(MetadataLabel::FilledOn, "2023年7月14日为止".to_owned())]);
        assert_eq!(
            read("审核人：　　填报人：李明　联系电话：　填报日期："),
            vec![
                (MetadataLabel::Other, String::new()),
                (MetadataLabel::Contact, "李明".to_owned()),
                (MetadataLabel::Phone, String::new()),
                (MetadataLabel::FilledOn, String::new())
            ]
        );
        assert_eq!(read("单 位 名 称：甲院"), vec![(MetadataLabel::Unit, "甲院".to_owned())]);
        assert_eq!(read("电话线老化"), vec![]);
        assert_eq!(read("单位食堂燃气报警器损坏"), vec![]);
    }

    #[test]
    fn small_words_are_told_apart() {
        for (text, expected) in [
            ("合　　　计", true),
            ("小计：5", true),
            ("合计（12项）", true),
            ("城关镇小计", true),
            ("合计投入资金不足，未整改", false),
            ("总务科", false),
        ] {
            assert_eq!(is_total_label(text), expected, "{text}");
        }
        for (text, expected) in [
            ("注：1.隐患等级填一般或重大", true),
            ("说明：", true),
            ("填表说明", true),
            ("第 1 页 共 2 页", true),
            ("注射室插座老化", false),
            ("说明书缺失", false),
        ] {
            assert_eq!(is_note(text), expected, "{text}");
        }
        for (text, expected) in [
            ("{.name}", true),
            ("${row.x}", true),
            ("日期：${day}", true),
            ("&=[T].x", true),
            ("{{ item }}", true),
            ("<%= x %>", true),
            ("标签{一}脱落", false),
            ("A&B两区", false),
            ("{}", false),
        ] {
            assert_eq!(is_template_mark(text), expected, "{text}");
        }
        for (text, expected) in [("例", true), ("例：××科室插座老化", true), ("（示例）", true), ("例会制度未落实", false)]
        {
            assert_eq!(is_sample(text), expected, "{text}");
        }
        for (text, expected) in
            [("一、消防安全", Some("消防安全")), ("（二）用电安全", Some("用电安全")), ("一般", None), ("二楼通道", None)]
        {
            assert_eq!(group_heading(text).as_deref(), expected, "{text}");
        }
        for (text, expected) in [("附件2", true), ("附 件", true), ("附表1-1：", true), ("附件室门损坏", false), ("附属楼", false)]
        {
            assert_eq!(is_attachment_mark(text), expected, "{text}");
        }
    }
}
