//! The ways of saying "nothing found": zero reports in the words of any campaign.
//!
//! A small grammar: what leads up to it (经自查，本周), a negation (未发现), topics (消防, 新的), a noun (隐患, 问题), a tail (情况).
//! A sentence is a zero report only when nothing is left of it, so that 无隐患排查台账 and 未发现灭火器 (hazards: something that
//! ought to be there is not) are never taken for one.

use std::sync::OnceLock;

use crate::vocabulary::ideographs::Ideographs;
use crate::vocabulary::normalise::label_key;
use crate::vocabulary::nothing::is_count;

/// What a zero report says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZeroWords {
    /// No hazard at all.
    Nothing,
    /// A lone 无, / or —: zero only where a description is expected.
    Dash,
    /// No major hazard; general ones are left open.
    MajorOnly,
    /// Out of operation (停业, 装修): nothing to inspect.
    Suspended,
}

/// Sentences that say it without a negation before a noun.
const WHOLE: &[&str] = &[
    "零报告",
    "零隐患",
    "零上报",
    "零报",
    "零问题",
    "隐患为零",
    "隐患零报告",
    "安全隐患零报告",
    "0报告",
    "0隐患",
    "隐患0",
    "隐患数0",
    "隐患0个",
    "隐患0项",
    "隐患0处",
    "隐患0条",
    "0处隐患",
    "0项隐患",
    "0个隐患",
    "0条隐患",
    "无新增",
    "没有新增",
    "未新增",
    "无变化无新增",
    "无需上报",
    "无报送内容",
    "无上报内容",
    "无可报送内容",
    "无可上报",
    "无异常情况",
    "安全无隐患",
];

/// What fills a cell that has nothing to say.
const DASHES: &[&str] = &["无", "/", "—", "-", "--", "——", "\\", "零", "0", "没有", "暂无", "none", "//", "一", "―", "－", "未发现"];

const NEGATIONS: &[&str] = &[
    "未发现",
    "未查出",
    "未查到",
    "未查见",
    "未排查出",
    "未排查到",
    "未检查出",
    "未检查到",
    "未见",
    "没有发现",
    "没有查出",
    "没有排查出",
    "没有查到",
    "没有检查出",
    "没有",
    "没发现",
    "没查出",
    "无",
    "不存在",
    "未存在",
    "未出现",
    "未有",
    "暂未发现",
    "尚未发现",
    "未排查发现",
    "未检查发现",
    "未自查出",
    "未巡查到",
    "未巡查出",
    "无发现",
    "未再发现",
    "没",
    "未发觉",
    "未发生",
    "未找到",
    "未检出",
    "并无",
];

/// What may stand between the negation and the noun: topics of a drive and words that widen or narrow.
const TOPICS: &[&str] = &[
    "任何",
    "各类",
    "其他",
    "其它",
    "新",
    "新的",
    "新增",
    "新增的",
    "明显",
    "明显的",
    "存在",
    "有",
    "较大",
    "突出",
    "突出的",
    "相关",
    "上述",
    "此类",
    "类似",
    "类",
    "和",
    "及",
    "与",
    "或",
    "等",
    "的",
    "方面",
    "方面的",
    "显著",
    "严重",
    "重点",
    "其",
    "此",
    "该",
    "本",
    "有关",
    "存在的",
    "潜在",
    "潜在的",
    "可见",
    "现存",
    "遗留",
    "遗留的",
    "上级交办",
    "消防",
    "火灾",
    "安全",
    "安全生产",
    "生产",
    "生产安全",
    "事故",
    "安全事故",
    "用电",
    "用气",
    "用火",
    "燃气",
    "电气",
    "线路",
    "医疗",
    "医疗安全",
    "医疗质量",
    "危化品",
    "危险化学品",
    "危险品",
    "特种设备",
    "设备",
    "设施",
    "食品",
    "食品安全",
    "药品",
    "建筑",
    "自建房",
    "房屋",
    "感染",
    "院感",
    "感控",
    "医疗废物",
    "医废",
    "交通",
    "道路交通",
    "锅炉",
    "电梯",
    "辐射",
    "放射",
    "网络",
    "网络安全",
    "信息",
    "信息安全",
    "治安",
    "反恐",
    "疫情",
    "疫情防控",
    "防汛",
    "汛期",
    "防灾",
    "地质灾害",
    "氧气",
    "医用氧",
    "医用气体",
    "压力容器",
    "电动自行车",
    "电动车",
    "动火",
    "动火作业",
    "有限空间",
    "施工",
    "施工安全",
    "粉尘",
    "风险",
    "风险隐患",
    "公共卫生",
    "环境",
    "环保",
    "保密",
    "实验室",
    "生物安全",
    "水电",
    "水电气",
    "高温",
    "冬季",
    "夏季",
    "节日",
    "节前",
    "节假日",
    "假期",
    "岁末年初",
    "安全管理",
    "管理",
    "质量",
    "卫生",
    "职业",
    "职业健康",
    "职业卫生",
    "行业",
    "领域",
    "场所",
    "重大风险",
    "违法",
    "违规",
    "供氧",
    "后厨",
    "食堂",
    "人员密集场所",
    "仓库",
    "库房",
    "污水",
    "危房",
    "校园",
    "养老",
    "机构",
    "院内",
    "内部",
    "现场",
    "防火",
    "防爆",
    "防盗",
    "防雷",
    "防滑",
    "涉险",
    "燃爆",
    "爆炸",
    "中毒",
    "触电",
    "坠落",
    "拥挤踩踏",
    "不安全",
];

const MAJOR: &[&str] = &["重大", "重特大", "特大", "特别重大"];

const NOUNS: &[&str] = &[
    "隐患",
    "问题",
    "异常",
    "缺陷",
    "违章",
    "不安全因素",
    "不符合项",
    "不合格项",
    "隐患点",
    "险情",
    "问题隐患",
    "隐患问题",
    "风险点",
    "违规行为",
    "违章行为",
    "因素",
    "不足",
];

const TAILS: &[&str] = &[
    "的",
    "情况",
    "存在",
    "上报",
    "报送",
    "报告",
    "需上报",
    "需要上报",
    "现象",
    "行为",
    "发生",
    "项",
    "需整改",
    "需要整改",
    "可报",
    "了",
    "等",
    "出现",
    "的情况",
    "的问题",
    "的现象",
    "内容",
    "事项",
    "可上报",
    "须上报",
];

/// Everything in order, said of all at once.
const EVERYTHING: &[&str] = &["一切", "全部", "各项", "均", "都", "总体", "整体", "所有", "各方面", "各科室", "各部位", "全院"];
const SUBJECTS: &[&str] = &[
    "设备", "设施", "运行", "情况", "安全", "生产", "工作", "状况", "检查", "项目", "内容", "消防", "用电", "状态", "使用", "区域", "指标",
    "保持", "处于", "为", "很", "较", "秩序", "形势",
];
const IN_ORDER: &[&str] =
    &["正常", "良好", "完好", "合格", "达标", "平稳", "有序", "安全", "符合要求", "符合规定", "符合标准", "可控", "稳定", "平安"];

const LEADS: &[&str] = &[
    "经排查",
    "经自查",
    "经检查",
    "经全面排查",
    "经认真排查",
    "经过排查",
    "经过自查",
    "经核查",
    "经查",
    "通过排查",
    "通过自查",
    "排查",
    "自查",
    "检查",
    "本周",
    "本月",
    "本日",
    "今日",
    "当日",
    "本期",
    "本季度",
    "本次",
    "本单位",
    "我单位",
    "本院",
    "我院",
    "本所",
    "我所",
    "本机构",
    "本诊所",
    "全院",
    "院内",
    "单位",
    "目前",
    "截至目前",
    "截止目前",
    "暂时",
    "暂",
    "现",
    "均",
    "内",
    "期间",
    "结果",
    "上周",
    "上月",
    "此次",
    "隐患",
    "情况",
    "后",
    "为",
    "实行",
    "安全生产",
    "安全隐患",
    "隐患排查",
    "情况说明",
    "第一周",
    "第二周",
    "第三周",
    "第四周",
    "经过全面",
    "经全面",
    "全面",
    "认真",
    "仔细",
    "各科室",
    "各部门",
    "今天",
    "近期",
    "日常",
    "自查自纠",
    "经自查自纠",
    "经组织",
    "组织",
    "开展",
    "对照",
    "逐项",
    "专项",
    "现场",
    "检查中",
    "检查时",
    "过程中",
    "我中心",
    "我站",
    "本中心",
    "本站",
    "卫生院",
    "村卫生室",
    "诊所",
    "医院",
    "我诊所",
    "本卫生院",
    "我卫生院",
    "本村卫生室",
    "我室",
    "全面排查",
    "排查整治",
    "巡查",
    "经巡查",
    "安全检查",
    "消防检查",
    "消防自查",
    "安全自查",
    "安全排查",
    "排查治理",
    "经专项排查",
    "经认真自查",
    "通过全面排查",
    "通过检查",
    "经各科室自查",
    "至",
    "止",
    "本年",
    "本年度",
    "上半年",
    "全年",
    "年度",
    "未报",
    "我们",
    "本周内",
    "本月内",
    "经",
    "对",
    "进行",
    "了",
    "中",
    "上",
    "本轮",
    "本阶段",
    "该单位",
    "我公司",
    "共",
    "整改",
    "各项",
    "全部",
    "已",
    "尚",
    "都",
    "也",
    "并",
    "还",
    "其他",
    "其余",
    "说明",
    "备注",
    "填报",
    "报告",
    "回复",
    "答",
    "月份",
    "周",
    "日",
    "月",
    "年",
];

/// Reads a sentence that may say that nothing was found. `None` when anything else is said.
pub fn read_zero(text: &str) -> Option<ZeroWords> {
    read_zero_on(text, &[])
}

/// The same, with the topics of a campaign.
pub fn read_zero_on(text: &str, topics: &[String]) -> Option<ZeroWords> {
    if text.len() > 180 || characters().has_other(text, topics) {
        return None;
    }
    let key = label_key(text);
    let whole: String = key.chars().filter(|character| !is_point(*character)).collect();
    if whole.is_empty() {
        return matches!(text.trim(), "、" | "。").then_some(ZeroWords::Dash);
    }
    if DASHES.contains(&whole.as_str()) {
        return Some(ZeroWords::Dash);
    }
    if is_count(&whole)
        && (whole.starts_with('0') || whole.starts_with('零'))
        && !whole.contains(|character: char| ('1'..='9').contains(&character))
    {
        return Some(ZeroWords::Dash);
    }
    let grammar = Grammar { topics };
    if let Some(words) = grammar.sentence(&whole) {
        return Some(words);
    }
    // 本周零报告，无新增隐患: each part for itself; one that only leads up to the next is none.
    let mut said: Option<ZeroWords> = None;
    for part in key.split(|character| is_point(character) && character != '、') {
        let part: String = part.chars().filter(|character| *character != '、').collect();
        if part.is_empty() || grammar.is_lead(&part) {
            continue;
        }
        let words = grammar.sentence(&part).or((part == "无").then_some(ZeroWords::Nothing))?;
        said = Some(match (said, words) {
            (None, words) => words,
            (Some(ZeroWords::Suspended), _) | (_, ZeroWords::Suspended) => ZeroWords::Suspended,
            (Some(ZeroWords::MajorOnly), ZeroWords::MajorOnly) => ZeroWords::MajorOnly,
            _ => ZeroWords::Nothing,
        });
    }
    said
}

/// True if a sentence sounds like a zero report without being surely one: a negation and a noun, or words of good order.
/// What names the thing that is missing (未发现灭火器, 无隐患排查台账) does not.
pub fn sounds_like_zero(text: &str) -> bool {
    let key = label_key(text);
    if key.chars().count() > 60 {
        return false;
    }
    const MISSING: &[&str] =
        &["排查", "治理", "台账", "清单", "登记", "记录", "档案", "制度", "公示", "整改措施", "报告制", "方案", "标识", "告知", "举报"];
    const DONE: &[&str] = &["已全部整改", "均已整改", "全部整改完", "已整改完毕", "全部消除", "均已消除", "已全部消除"];
    // 无证上岗存在安全隐患: what the lack leads to, not that there is none.
    const LEADS_TO: &[&str] = &["造成", "导致", "引发", "形成", "带来", "容易", "易造", "易发", "影响"];
    let exists = key.match_indices("存在").any(|(at, _)| !key[..at].ends_with(['不', '未', '现', '无', '有']));
    if exists || LEADS_TO.iter().any(|word| key.contains(word)) {
        return false;
    }
    let mut rest = key.as_str();
    while let Some(lead) = LEADS.iter().filter(|lead| rest.starts_with(**lead)).max_by_key(|lead| lead.len()) {
        rest = rest[lead.len()..].trim_start_matches(is_point);
    }
    let negated =
        rest.starts_with('无') || NEGATIONS.iter().any(|word| word.chars().count() > 1 && key.contains(word)) || key.contains("均无");
    let noun = ["隐患", "问题", "异常"].iter().any(|noun| {
        key.match_indices(noun).any(|(at, _)| {
            let after = &key[at + noun.len()..];
            !MISSING.iter().any(|word| after.starts_with(word))
        })
    });
    let in_order = IN_ORDER.iter().filter(|word| **word != "安全").any(|word| {
        let before = key.strip_suffix(word).or_else(|| key.strip_suffix("。").and_then(|rest| rest.strip_suffix(word)));
        before.is_some_and(|before| !before.ends_with(['不', '未', '非', '无', '没']))
    });
    let suspended =
        SUSPENDED.iter().any(|word| key.contains(word)) && key.chars().count() <= 14 && key.ends_with(['中', '业', '修', '产', '诊', '假']);
    negated && noun || in_order || suspended || DONE.iter().any(|word| key.contains(word))
}

const SUSPENDED: &[&str] = &["停业", "停产", "歇业", "停诊", "装修", "拆迁", "未营业", "放假", "停运", "停用", "未开诊", "未开业", "注销"];

/// Every ideograph of the grammar: a sentence with any other one, that no topic has, says something else.
fn characters() -> &'static Ideographs {
    static CHARACTERS: OnceLock<Ideographs> = OnceLock::new();
    CHARACTERS.get_or_init(|| {
        let lists = [WHOLE, NEGATIONS, TOPICS, MAJOR, NOUNS, TAILS, EVERYTHING, SUBJECTS, IN_ORDER, LEADS, SUSPENDED, DASHES, DAYS, OTHERS];
        Ideographs::of(lists.into_iter().flatten().copied())
    })
}

/// Ideographs of the words that stand in the functions of this module.
const OTHERS: &[&str] = &[
    "无一般性全厂整顿中第必填选举乱仅件但充制台响固坏堵失宗导少差带应引录影待成损措效易是晰来松案档欠毕洁清漏牢畅登知破示致范记识账起造除难非齐",
    DAY_DIGITS,
];

fn is_point(character: char) -> bool {
    ",，。.、;；:：!！()（）[]【】“”\"'~ \n".contains(character)
}

struct Grammar<'a> {
    topics: &'a [String],
}

impl Grammar<'_> {
    /// Reads a sentence without punctuation: leads, then what is said.
    fn sentence(&self, text: &str) -> Option<ZeroWords> {
        self.from(text, false, 0)
    }

    fn from(&self, rest: &str, led: bool, depth: usize) -> Option<ZeroWords> {
        if let Some(words) = self.core(rest, led) {
            return Some(words);
        }
        if depth > 14 {
            return None;
        }
        if let Some(after) = after_day(rest)
            && let Some(words) = self.from(after, true, depth + 1)
        {
            return Some(words);
        }
        let mut leads: Vec<&str> = LEADS.iter().copied().filter(|lead| rest.len() > lead.len() && rest.starts_with(lead)).collect();
        leads.sort_by_key(|lead| std::cmp::Reverse(lead.len()));
        leads.into_iter().take(3).find_map(|lead| self.from(&rest[lead.len()..], true, depth + 1))
    }

    /// True if a part of a sentence only leads up to the next one (经自查, 7月第一周).
    fn is_lead(&self, part: &str) -> bool {
        let mut rest = part;
        loop {
            let lead = LEADS.iter().filter(|lead| rest.starts_with(**lead)).max_by_key(|lead| lead.len());
            match (lead, after_day(rest)) {
                (Some(lead), _) => rest = &rest[lead.len()..],
                (None, Some(after)) => rest = after,
                (None, None) => return rest.is_empty(),
            }
            if rest.is_empty() {
                return true;
            }
        }
    }

    fn core(&self, rest: &str, led: bool) -> Option<ZeroWords> {
        if led && rest == "无" {
            return Some(ZeroWords::Nothing);
        }
        if WHOLE.iter().any(|whole| rest.strip_prefix(whole).is_some_and(is_tail)) {
            return Some(ZeroWords::Nothing);
        }
        for negation in NEGATIONS {
            if let Some(after) = rest.strip_prefix(negation)
                && let Some(words) = self.noun_phrase(after, Levels::default(), 0)
            {
                return Some(words);
            }
        }
        if is_in_order(rest) {
            return Some(ZeroWords::Nothing);
        }
        zero_count(rest).or_else(|| self.suspended(rest))
    }

    /// Topics, then a noun, then tails.
    fn noun_phrase(&self, rest: &str, levels: Levels, depth: usize) -> Option<ZeroWords> {
        if NOUNS.iter().any(|noun| rest.strip_prefix(noun).is_some_and(is_tail)) {
            return match levels {
                Levels { major: true, general: false } => Some(ZeroWords::MajorOnly),
                // 未发现一般隐患 leaves the major ones open: not surely zero.
                Levels { major: false, general: true } => None,
                _ => Some(ZeroWords::Nothing),
            };
        }
        if depth > 10 {
            return None;
        }
        if let Some(after) = rest.strip_prefix("一般性").or_else(|| rest.strip_prefix("一般")) {
            return self.noun_phrase(after, Levels { general: true, ..levels }, depth + 1);
        }
        if let Some(after) = MAJOR.iter().find_map(|word| rest.strip_prefix(word)) {
            return self.noun_phrase(after, Levels { major: true, ..levels }, depth + 1);
        }
        let own = self.topics.iter().map(String::as_str);
        let mut topics: Vec<&str> =
            TOPICS.iter().chain(NOUNS).copied().chain(own).filter(|topic| !topic.is_empty() && rest.starts_with(topic)).collect();
        topics.sort_by_key(|topic| std::cmp::Reverse(topic.len()));
        topics.into_iter().take(4).find_map(|topic| self.noun_phrase(&rest[topic.len()..], levels, depth + 1))
    }

    /// 本月停业装修: out of operation, perhaps with 无隐患 behind it.
    fn suspended(&self, rest: &str) -> Option<ZeroWords> {
        if rest.chars().count() > 14 {
            return None;
        }
        let mut left = rest.strip_prefix("全厂").unwrap_or(rest);
        let mut stopped = false;
        while let Some(word) = SUSPENDED.iter().find(|word| left.starts_with(**word)) {
            left = &left[word.len()..];
            stopped = true;
        }
        let left = left.strip_prefix("整顿").unwrap_or(left);
        let left = left.strip_prefix('中').unwrap_or(left);
        (stopped && (left.is_empty() || self.sentence(left).is_some())).then_some(ZeroWords::Suspended)
    }
}

#[derive(Clone, Copy, Default)]
struct Levels {
    major: bool,
    general: bool,
}

fn is_tail(rest: &str) -> bool {
    rest.is_empty() || TAILS.iter().any(|tail| rest.strip_prefix(tail).is_some_and(is_tail))
}

/// 隐患数为0, 新增问题数量：0个, 重大隐患零项: a noun and how many, which is none. Of general hazards alone it says too little.
fn zero_count(text: &str) -> Option<ZeroWords> {
    let without = |text: &'static [&'static str], of: &mut &str| {
        let found = text.iter().find_map(|word| of.strip_prefix(word));
        *of = found.unwrap_or(of);
        found.is_some()
    };
    let mut rest = text;
    while without(&["排查", "发现", "查出", "新增", "存在", "上报", "安全", "消防", "事故"], &mut rest) {}
    let major = without(MAJOR, &mut rest);
    let general = without(&["一般性", "一般"], &mut rest);
    without(&["安全", "消防", "事故"], &mut rest);
    let rest = NOUNS.iter().filter_map(|noun| rest.strip_prefix(noun)).min_by_key(|rest| rest.len())?;
    let rest = ["总数量", "总数", "个数", "数量", "数"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let rest = rest.strip_prefix('为').or_else(|| rest.strip_prefix("是")).unwrap_or(rest);
    let unit = rest.strip_prefix('0').or_else(|| rest.strip_prefix('零'))?;
    if general || !matches!(unit, "" | "个" | "项" | "处" | "条" | "起" | "件" | "宗") {
        return None;
    }
    Some(if major { ZeroWords::MajorOnly } else { ZeroWords::Nothing })
}

/// True if a description says that something is as it should be (消防通道畅通, 设备完好): no hazard, and no zero report either.
pub fn sounds_in_order(text: &str) -> bool {
    const STATES: &[&str] =
        &["畅通", "齐全", "有效", "到位", "整洁", "规范", "清晰", "牢固", "完整", "充足", "正常", "良好", "完好", "合格", "达标"];
    const MISSED: &[char] = &[
        '未', '不', '无', '没', '缺', '非', '欠', '少', '坏', '损', '松', '漏', '堵', '乱', '破', '失', '难', '除', '但', '应', '需', '要',
        '差', '待', '仅',
    ];
    let key = label_key(text);
    let key = key.trim_end_matches(is_point);
    let fulfils = ["符合要求", "符合规定", "符合标准"].iter().any(|word| key.ends_with(word));
    let said = fulfils || STATES.iter().any(|state| key.ends_with(state));
    said && (4..=40).contains(&key.chars().count()) && !key.replace("符合要求", "").contains(MISSED)
}

/// 一切正常, 各项设施运行良好: all at once, a subject of any kind of thing, and a word of good order.
fn is_in_order(text: &str) -> bool {
    fn go(rest: &str, all: bool, depth: usize) -> bool {
        if all && IN_ORDER.contains(&rest) {
            return true;
        }
        depth < 8
            && (EVERYTHING.iter().any(|word| rest.strip_prefix(word).is_some_and(|after| go(after, true, depth + 1)))
                || SUBJECTS.iter().any(|word| rest.strip_prefix(word).is_some_and(|after| go(after, all, depth + 1))))
    }
    go(text, false, 0)
}

const DAY_DIGITS: &str = "一二三四五六七八九十-/至";
const DAYS: &[&str] = &["月份", "月", "日", "号", "年", "周", "季度", "次"];

/// What follows a day or a number that leads up to the sentence: 7月21日, 第3周.
fn after_day(rest: &str) -> Option<&str> {
    let rest = rest.strip_prefix('第').unwrap_or(rest);
    let after = rest.trim_start_matches(|character: char| character.is_ascii_digit() || DAY_DIGITS.contains(character));
    if after.len() == rest.len() {
        return None;
    }
    DAYS.iter().find_map(|unit| after.strip_prefix(unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::ideographs::assert_holds_all;

    #[test]
    fn every_word_can_be_found() {
        assert_holds_all(characters(), include_str!("zero.rs"));
    }

    #[test]
    fn zero_is_said_in_many_ways() {
        for text in [
            "零报告",
            "本周零报告",
            "暂无隐患",
            "未发现隐患",
            "经排查无隐患",
            "经排查，本周未发现安全隐患。",
            "本月未查到安全隐患",
            "经自查，未发现消防隐患",
            "经自查，我院未发现消防安全隐患",
            "无消防隐患",
            "本周未发现消防隐患",
            "经全面自查，未发现安全隐患。",
            "未发现火灾隐患",
            "未发现新的隐患",
            "经检查一切正常",
            "无异常",
            "无（零报告）",
            "没有发现新增的安全隐患",
            "未排查出用电安全隐患",
            "未查出任何问题",
            "经自查，未发现用气、用电方面的安全隐患",
            "7月21日自查，未发现异常情况",
            "第3周：未发现问题",
            "经检查，各项设施运行正常",
            "全部正常",
            "一切安全",
            "零报告（无隐患）",
            "本周零报告，无新增隐患",
            "未发现一般和重大隐患",
            "不存在安全生产隐患",
            "未发现自建房安全隐患",
            "无院感隐患",
            "未发现隐患，一切正常",
            "隐患0处",
            "本次检查没有问题",
            "我院经过全面排查，未发现各类安全隐患",
            "未见异常",
            "无燃气安全隐患",
            "无不安全因素",
            "目前没有医疗废物方面的隐患",
        ] {
            assert_eq!(read_zero(text), Some(ZeroWords::Nothing), "{text}");
        }
        for (text, expected) in [
            ("无", ZeroWords::Dash),
            ("/", ZeroWords::Dash),
            ("无重大隐患", ZeroWords::MajorOnly),
            ("经排查，未发现重大事故隐患", ZeroWords::MajorOnly),
            ("未发现消防重大火灾隐患", ZeroWords::MajorOnly),
            ("本月停业装修", ZeroWords::Suspended),
            ("本月停业", ZeroWords::Suspended),
            ("本月全厂停产", ZeroWords::Suspended),
            ("停诊中，无隐患", ZeroWords::Suspended),
        ] {
            assert_eq!(read_zero(text), Some(expected), "{text}");
        }
        assert_eq!(read_zero_on("未发现窒息气瓶隐患", &[]), None);
        assert_eq!(read_zero_on("未发现窒息气瓶隐患", &["窒息气瓶".to_owned()]), Some(ZeroWords::Nothing));
    }

    #[test]
    fn hazards_are_no_zero() {
        for text in [
            "无隐患排查台账",
            "未发现隐患排查记录",
            "装修材料不防火",
            "安全出口被堵",
            "无安全出口指示",
            "未发现灭火器",
            "未发现消防设施月检记录",
            "疏散通道无应急照明",
            "无消防安全责任制",
            "无证上岗存在安全隐患",
            "无防护栏有坠落隐患",
            "没有应急灯",
            "未见巡查记录",
            "无人值守存在隐患",
            "未发现一般隐患整改记录",
            "没有安全生产制度",
            "无消防设施",
            "不存在应急预案",
            "未开展隐患排查",
            "消防设施不正常",
            "未排查隐患",
            "没有落实安全责任制问题",
            "无盖板易造成隐患",
            "无用电安全标识",
            "未设置安全警示",
            "电梯运行异常",
            "消防问题",
            "隐患未整改",
            "安全生产",
            "无事故应急预案",
            "没有消防安全管理人",
        ] {
            assert_eq!(read_zero(text), None, "{text}");
        }
    }

    #[test]
    fn a_count_of_none_speaks_of_what_it_counts() {
        for (text, words) in [
            ("隐患数为0", Some(ZeroWords::Nothing)),
            ("新增消防安全隐患数量：0个", Some(ZeroWords::Nothing)),
            ("本周排查隐患零项", Some(ZeroWords::Nothing)),
            ("重大隐患数为0", Some(ZeroWords::MajorOnly)),
            ("重大事故隐患0项", Some(ZeroWords::MajorOnly)),
            ("一般隐患0项", None),
            ("隐患数为10", None),
        ] {
            assert_eq!(read_zero(text), words, "{text}");
        }
    }

    #[test]
    fn good_order_is_told_from_what_is_asked_for() {
        for text in ["设备完好", "消防通道畅通", "经检查，符合要求", "灭火器压力正常。", "台账记录齐全、规范"]
        {
            assert!(sounds_in_order(text), "{text}");
        }
        for text in ["通道不畅通", "应保持通道畅通", "记录不齐全", "标识缺失", "要求落实到位", "完好", "培训未到位", "除二楼外均正常"]
        {
            assert!(!sounds_in_order(text), "{text}");
        }
    }

    #[test]
    fn what_is_not_sure_sounds_like_it() {
        for (text, expected) in [
            ("经查无明火隐患", true),
            ("本院设备运行良好", true),
            ("上月隐患已全部整改完毕", true),
            ("未发现一般隐患", true),
            ("未发现隐患，下步继续加强巡查", true),
            ("无证上岗存在安全隐患", false),
            ("无盖板易造成隐患", false),
            ("未发现灭火器", false),
            ("无隐患排查台账", false),
            ("疏散通道无应急照明", false),
            ("无消防安全责任制", false),
            ("消防设施不正常", false),
            ("插座松动", false),
        ] {
            assert!(read_zero(text).is_none(), "{text}");
            assert_eq!(sounds_like_zero(text), expected, "{text}");
        }
    }
}
