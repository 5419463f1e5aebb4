//! Words that stand in date cells and name no day: 立行立改, 长期坚持, 尽快, 已完成, 同上, 待资金到位, 节前.
//!
//! A text counts only if it consists of such words altogether; a date with such a word beside it is not
//! this module's affair. Knows no dates.

use crate::dates::reading::Undated;

/// What a text without a date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    Blank,
    Status,
    Immediate,
    Undated(Undated),
    /// Words that contradict each other: 立行立改并长期坚持.
    Mixed,
}

#[rustfmt::skip]
const DITTO: &[&str] = &[
    "同上", "〃", "\"", "''", "”", "“", "″", "′′", "同前", "如上", "同上行", "同上一行", "同上条", "同上一条", "上同",
    "同上日期", "同上期限", "」", "〞", "〝", "↑", "〃〃", "“”", "\"\"",
];

#[rustfmt::skip]
const BLANK: &[&str] = &[
    "无", "—", "-", "--", "/", "\\", "//", "空", "暂无", "没有", "未填", "n/a", "na", "null", "none", "nil", ".", "、", "…", "...",
    "......", "_", "__", "___", "年月日", "20年月日", "年月", "月日", "~", "*", "**", "***", "#", "·",
];

#[rustfmt::skip]
const STATUS: &[&str] = &[
    "已完成", "完成", "已整改", "已整改完成", "已完成整改", "整改完成", "整改完毕", "整改到位", "已整改到位", "已整改完毕", "已改",
    "已改好", "已改正", "已销号", "销号", "已办结", "办结", "已验收", "验收合格", "已闭环", "闭环", "已落实", "落实", "已处理",
    "已解决", "已到位", "已消除", "消除", "已排除", "合格", "通过", "是", "否", "√", "✓", "✔", "☑", "×", "✕", "✗", "✘", "☐", "□", "■",
    "对", "错", "y", "n", "yes", "no", "未完成", "未整改", "没整改", "未整改完成", "未销号", "未验收", "正在整改", "整改中", "进行中",
    "推进中", "已部署", "正在推进", "正在进行", "待整改", "待验收", "待复查", "已复查", "逾期", "已逾期", "超期", "已超期", "延期",
    "已延期", "申请延期", "部分完成", "基本完成", "全部完成", "已全部完成", "全部整改", "已全部整改", "全部整改完成", "部分整改",
    "已更换", "已维修", "已修复", "已清理", "已上报", "已报", "已做", "做完", "好了", "已好", "ok", "done", "未开始", "已开始",
    "已启动", "已整治", "整治完成", "已整治完成", "按期完成", "按时完成", "如期完成", "已按期完成", "已按时完成", "未到期", "已到期",
    "到期",
];

#[rustfmt::skip]
const IMMEDIATE: &[&str] = &[
    "立行立改", "立即整改", "立即", "立刻", "立刻整改", "马上", "马上整改", "立马", "立马整改", "即知即改", "即查即改", "边查边改",
    "立查立改", "立知立改", "即行即改", "即改", "即时整改", "即时", "即刻", "即刻整改", "当场整改", "当场", "当场完成", "当场改正",
    "当场纠正", "当场完成整改", "当场整改完成", "当场解决", "当场处理", "现场整改", "现场", "现场改正", "现场完成", "现场纠正",
    "现场解决", "现场处理", "现场立即整改", "现场完成整改", "当日整改", "当天整改", "当日", "当天", "当日完成", "当天完成",
    "当日完成整改", "当天完成整改", "当即整改", "当即", "随查随改", "随查随纠", "边检边改", "边检查边整改", "边查边整改", "边整边改",
    "边督边改", "边排查边整改", "边排边改", "即检即改", "即整即改", "立整立改", "立纠立改", "立说立改", "立改", "立办", "即办",
    "即查即纠", "即发现即整改", "发现即整改", "发现即改", "立即办理", "立即完成", "立即改正", "立即纠正", "立即落实", "立即处理",
    "立即解决", "立即消除", "立即更换", "立即清理", "立即停止", "立即执行", "立即停用", "立即完成整改", "立即进行整改", "马上就改",
    "现改", "随即整改", "随即", "随手改", "即日整改", "检查当日", "检查当天", "检查当场", "发现当日", "发现当天", "当场立即整改",
    "立行整改", "立行即改", "立即立改", "立查立纠", "立查即改", "立即改", "马上改", "马上改正", "立刻改正", "立刻改", "当面整改",
    "24小时立行立改",
];

#[rustfmt::skip]
const ONGOING: &[&str] = &[
    "长期坚持", "长期", "长期推进", "长期整改", "长期执行", "长期保持", "长期落实", "长期进行", "长期有效", "长期开展", "持续推进",
    "持续整改", "持续", "持续坚持", "持续改进", "持续进行", "持续加强", "持续开展", "持续落实", "持续完善", "持续保持", "持续跟进",
    "持续整治", "常态化", "常态化推进", "常态化开展", "常态化坚持", "常态化管理", "常态化整改", "常态化落实", "常态", "坚持",
    "常抓不懈", "长效", "长效机制", "建立长效机制", "全年", "全年坚持", "全年推进", "全年持续", "贯穿全年", "贯穿始终", "日常",
    "日常坚持", "日常管理", "日常工作", "经常", "经常性", "不间断", "始终", "始终坚持", "一直", "永久", "永远", "时刻", "随时",
    "随时整改", "动态", "动态管理", "动态清零", "动态推进", "动态更新", "实时", "每天", "每日", "天天", "每周", "每月", "每季度",
    "每年", "每半年", "定期开展", "常年", "常年坚持", "久久为功",
];

#[rustfmt::skip]
const VAGUE: &[&str] = &[
    "尽快", "尽快整改", "尽快完成", "尽快落实", "尽快完成整改", "尽快解决", "尽快整改到位", "近期", "近期整改", "近期完成", "近日",
    "日前", "不日", "及时", "及时整改", "及时完成", "及时处理", "限期", "限期整改", "限期完成", "限时", "限时整改", "限期改正",
    "按要求", "按要求整改", "按要求完成", "按照要求", "按规定", "按规定时限", "按规定时间", "按计划", "按计划推进", "按计划完成",
    "按期", "按期整改", "按时", "按时整改", "如期", "抓紧", "抓紧整改", "抓紧时间", "抓紧完成", "抓紧落实", "加快整改", "加快推进",
    "尽早", "适时", "择期", "择机", "定期", "定期整改", "不定期", "逐步", "逐步整改", "逐步推进", "逐步完善", "逐步完成", "逐步落实",
    "分步", "分步实施", "分期", "分批", "有序推进", "待定", "未定", "另定", "另行通知", "视情况", "视情", "根据情况", "根据实际",
    "结合实际", "酌情", "年中", "年初", "月中", "月初", "中旬", "上旬", "下旬", "第一时间", "短期", "短期内", "中期", "中长期", "长远",
    "远期", "暂定", "暂未确定", "未确定", "不确定", "不定", "无期限", "不限", "无限期", "无固定期限", "限定时间内", "规定时间内",
    "规定期限内", "整改期限内", "期限内", "规定时限内", "在规定时间内", "计划中", "拟定中", "协商中", "研究中", "今后", "以后", "日后",
    "后期", "后续", "下一步", "下步", "择日", "最短时间内", "一段时间内", "短时间内", "合理期限内", "尽最快速度", "最快速度", "优先",
    "优先整改", "重点推进",
];

#[rustfmt::skip]
const EVENT: &[&str] = &[
    "节前", "节后", "节日前", "节假日前", "节日期间", "重大节日前", "春节", "元旦", "国庆", "国庆节", "中秋", "中秋节", "五一",
    "五一节", "劳动节", "清明", "清明节", "端午", "端午节", "除夕", "元宵", "元宵节", "中元节", "重阳节", "国庆中秋", "双节", "两节",
    "年关", "年前", "年后", "两会", "全国两会", "全国“两会”", "汛期", "主汛期", "入汛", "高温季节", "高温天气", "夏季", "冬季", "春季",
    "秋季", "入冬", "入夏", "开春", "春夏", "秋冬", "冬春", "冬防期间", "夏防期间", "岁末年初", "岁末", "年末岁初", "今冬明春", "雨季",
    "重要活动", "重大活动", "重要会议", "重要节点", "重要时段", "敏感时期", "开学", "放假", "寒假", "暑假", "供暖期", "供暖季",
    "采暖期", "采暖季", "森林防火期", "防火期", "安全生产月",
];

/// What may stand behind a word of [`EVENT`].
#[rustfmt::skip]
const AROUND_EVENT: &[&str] = &[
    "前", "之前", "以前", "前夕", "后", "之后", "以后", "期间", "结束", "闭幕", "召开", "到来", "来临", "完成", "整改", "完成整改",
    "整改完成", "结束前", "结束后", "结束之前", "前后", "内", "当天", "来临之前", "来临前", "到来前", "到来之前",
];

/// What joins the words, or adds nothing to them.
const FILLERS: &[&str] = &[
    "、", ",", ";", ".", "。", "/", "(", ")", "并", "且", "和", "及", "的", "已", "已经", "现已", "现", "均", "全部", "到位", "完成",
    "完毕", "!", "了", "类", "项", "-", ":", "“", "”", "\"", "要求", "整改", "进行",
];

/// What a condition looks like; only asked if the text holds no digit.
const CONDITION_STARTS: &[&str] = &["待", "等", "俟", "视", "若", "如", "根据", "配合", "随", "结合", "与"];
#[rustfmt::skip]
const CONDITION_PARTS: &[&str] = &[
    "资金", "经费", "到位后", "到位前", "搬迁", "投用", "启用", "竣工", "拨付", "批复", "新楼", "新院", "改造", "大修", "验收后",
    "完工", "开工后", "招标", "采购", "到货", "审批", "立项", "拆除", "重建", "停产", "复工", "复产", "交付", "移交", "装修", "迁建",
    "新建", "项目",
];

/// The families of words with their titles, for the clerks' page.
pub(crate) fn families() -> [(&'static str, &'static [&'static str]); 7] {
    [
        ("等于没填", BLANK),
        ("照抄上一格", DITTO),
        ("是状态，不是日期", STATUS),
        ("立行立改：期限就是发现那天", IMMEDIATE),
        ("长期：没有日期，不算逾期，单独列出", ONGOING),
        ("含糊：没有日期，请补", VAGUE),
        ("事件、时令：没有日期，请补", EVENT),
    ]
}

/// Whether the text sends the reader to the cell above or beside it.
pub(crate) fn is_ditto(text: &str) -> bool {
    DITTO.contains(&text)
}

/// Whether a text points at the cell to its left.
pub fn points_left(text: &str) -> bool {
    const LEFT: [&str; 12] =
        ["同左", "左同", "同左边", "同左侧", "同左栏", "同左格", "同左列", "同左所示", "与左同", "与左边相同", "同左项", "←"];
    if !text.contains(['同', '←']) {
        return false;
    }
    let bare: String = text.chars().filter(|character| !character.is_whitespace() && !"()（）“”\"。.,，".contains(*character)).collect();
    LEFT.contains(&bare.as_str())
}

/// What the text says, if it consists of the words of this module altogether.
pub(crate) fn classify(text: &str) -> Option<Word> {
    if text.is_empty() || BLANK.contains(&text) || text.chars().all(|sign| matches!(sign, '-' | '—' | '/' | '_' | '.' | '\\' | '·')) {
        return Some(Word::Blank);
    }
    if let Some(percentage) = text.strip_suffix('%')
        && percentage.parse::<f32>().is_ok()
    {
        return Some(Word::Status);
    }
    let lunar = ["农历", "正月", "腊月", "阴历", "旧历"].iter().any(|word| text.contains(word));
    if lunar {
        return Some(Word::Undated(Undated::Event));
    }
    // A number behind the first word is a date's; no word of this module holds one. This spares most
    // cells the search through the lists.
    let behind = text.trim_start_matches(|sign: char| sign.is_ascii_digit());
    if behind.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    covered(text).or_else(|| event(text)).or_else(|| condition(text))
}

/// Covers the text with words, longest first; the kinds of all words decide together.
fn covered(text: &str) -> Option<Word> {
    let mut rest = text;
    let mut kinds = Vec::new();
    while !rest.is_empty() {
        let (length, kind) = longest_word(rest)?;
        if let Some(kind) = kind
            && !kinds.contains(&kind)
        {
            kinds.push(kind);
        }
        rest = rest.get(length..)?;
    }
    let has = |kind: Word| kinds.contains(&kind);
    let ongoing = has(Word::Undated(Undated::Ongoing));
    if has(Word::Immediate) {
        // 立行立改（已完成） is still 立行立改; together with 长期坚持 nobody can say when it is due.
        return Some(if ongoing { Word::Mixed } else { Word::Immediate });
    }
    if ongoing {
        return Some(Word::Undated(Undated::Ongoing));
    }
    if has(Word::Undated(Undated::Vague)) {
        return Some(Word::Undated(Undated::Vague));
    }
    has(Word::Status).then_some(Word::Status)
}

/// The longest word, or filler, at the beginning. A filler yields to a word of the same length.
fn longest_word(text: &str) -> Option<(usize, Option<Word>)> {
    let longest = |words: &[&str]| words.iter().filter(|word| text.starts_with(**word)).map(|word| word.len()).max();
    let lists = [
        (IMMEDIATE, Some(Word::Immediate)),
        (ONGOING, Some(Word::Undated(Undated::Ongoing))),
        (VAGUE, Some(Word::Undated(Undated::Vague))),
        (STATUS, Some(Word::Status)),
        (FILLERS, None),
    ];
    let mut best: Option<(usize, Option<Word>)> = None;
    for (words, kind) in lists {
        if let Some(length) = longest(words)
            && best.is_none_or(|(found, _)| length > found)
        {
            best = Some((length, kind));
        }
    }
    best
}

/// 节前, 春节前夕, 全国“两会”结束, 2023年国庆前: an event whose day this program does not know.
fn event(text: &str) -> Option<Word> {
    let text = text.replace(['“', '”', '"', '(', ')'], "");
    let dated =
        text.trim_start_matches(|sign: char| sign.is_ascii_digit()).trim_start_matches(['年', '至', '到', '在', '于', '限', '今', '明']);
    (all_event_words(&text).is_some() || all_event_words(dated).is_some()).then_some(Word::Undated(Undated::Event))
}

/// Whether the text begins with an event and goes on with such words only.
fn all_event_words(text: &str) -> Option<()> {
    let start = EVENT.iter().filter(|word| text.starts_with(**word)).map(|word| word.len()).max()?;
    let mut rest = text.get(start..)?;
    while !rest.is_empty() {
        let more = EVENT.iter().chain(AROUND_EVENT).chain(FILLERS).filter(|word| rest.starts_with(**word)).map(|word| word.len()).max()?;
        rest = rest.get(more..)?;
    }
    Some(())
}

/// 待资金到位, 搬迁后, 新楼投用前: a condition, if no number could make it a date.
fn condition(text: &str) -> Option<Word> {
    let numbered = text.chars().any(|sign| sign.is_ascii_digit()) || ["月", "日前", "底前", "年"].iter().any(|word| text.contains(word));
    if numbered {
        return None;
    }
    let starts = CONDITION_STARTS.iter().any(|word| text.starts_with(word));
    let relates = ["后", "前", "时", "再", "情况", "同步", "进度", "一并", "到位"].iter().any(|word| text.contains(word));
    let names_condition = CONDITION_PARTS.iter().any(|word| text.contains(word));
    let conditional = (starts && (names_condition || relates)) || (names_condition && relates);
    conditional.then_some(Word::Undated(Undated::Conditional))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], expected: Option<Word>) {
        for text in texts {
            assert_eq!(classify(text), expected, "{text}");
        }
    }

    #[test]
    fn words_that_name_no_day() {
        check(&["", "无", "—", "/", "n/a", "年月日", "20年月日", "暂无", "-/-"], Some(Word::Blank));
        assert!(
            ["同上", "〃", "\""].into_iter().all(is_ditto)
                && [" 同 左 ", "（同左）", "与左边相同"].into_iter().all(points_left)
                && !points_left("左侧")
        );
        check(&["已完成", "√", "是", "90%", "已整改、已销号", "整改完成"], Some(Word::Status));
        check(
            &[
                "立行立改",
                "立即整改",
                "即知即改",
                "当场整改",
                "现场整改",
                "已立即整改",
                "即查即改",
                "边查边改",
                "立查立改",
                "立行立改(已完成)",
                "立行立改、即知即改",
                "已当场整改到位",
                "立即整改完成",
            ],
            Some(Word::Immediate),
        );
        check(
            &["长期坚持", "持续推进", "常态化", "长期", "持续整改", "长期坚持,持续推进", "尽快整改并长期坚持"],
            Some(Word::Undated(Undated::Ongoing)),
        );
        check(&["尽快", "近期", "及时", "限期", "按要求", "年中", "待定", "限期整改"], Some(Word::Undated(Undated::Vague)));
        check(
            &[
                "节前",
                "春节前",
                "国庆前",
                "中秋前",
                "春节前夕",
                "重要活动前",
                "2024年全国“两会”结束",
                "岁末年初",
                "今冬明春",
                "汛期",
                "高温季节",
                "农历八月十五前",
            ],
            Some(Word::Undated(Undated::Event)),
        );
        check(
            &["待资金到位", "搬迁后", "新楼投用前", "待新院区启用后整改", "资金到位后", "视资金情况"],
            Some(Word::Undated(Undated::Conditional)),
        );
        check(&["立行立改并长期坚持"], Some(Word::Mixed));
        check(&["2023年7月31日", "张三", "待资金到位后2023年12月底前", "灭火器过期", "7月底前"], None);
    }
}
