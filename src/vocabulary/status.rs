//! The states of a hazard. 已整改 (rectified, awaits verification) is not 已销号 (closed out).

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::sync::OnceLock;

use crate::vocabulary::choice::Said;
use crate::vocabulary::choice::Words;
use crate::vocabulary::choice::affirms;
use crate::vocabulary::choice::denies;
use crate::vocabulary::choice::read_choice;
use crate::vocabulary::normalise::label_key;

/// State of a hazard; an enum from the first reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Status {
    /// 待整改; also what is assumed when nothing is said
    #[default]
    Open,
    /// 整改中
    InRectification,
    /// 已整改: awaits verification
    Rectified,
    /// 已销号
    ClosedOut,
    /// 撤销, with a reason
    Withdrawn,
    /// 状态不明: something is written that nobody can read. Neither open nor rectified; nobody sets it.
    Unclear,
}

impl Status {
    /// Every status that can be set, in the order of a hazard's life.
    pub const ALL: [Status; 5] = [Status::Open, Status::InRectification, Status::Rectified, Status::ClosedOut, Status::Withdrawn];

    /// JSON and YAML key.
    pub fn key(self) -> &'static str {
        match self {
            Status::Open => "open",
            Status::InRectification => "in_rectification",
            Status::Rectified => "rectified",
            Status::ClosedOut => "closed_out",
            Status::Withdrawn => "withdrawn",
            Status::Unclear => "unclear",
        }
    }

    /// The word written into the ledger.
    pub fn label(self) -> &'static str {
        match self {
            Status::Open => "待整改",
            Status::InRectification => "整改中",
            Status::Rectified => "已整改",
            Status::ClosedOut => "已销号",
            Status::Withdrawn => "撤销",
            Status::Unclear => "状态不明",
        }
    }
}

const WORDS: &[(Status, &[&str])] = &[
    (
        Status::Open,
        &[
            "待整改",
            "未整改",
            "未完成",
            "未开始",
            "未开始整改",
            "未启动",
            "尚未整改",
            "未整改完成",
            "未完成整改",
            "未改",
            "未处理",
            "待处理",
            "未销号",
            "未闭环",
            "未解决",
            "没有整改",
            "没整改",
            "未落实",
            "暂未整改",
            "否",
            "×",
            "x",
            "✗",
            "✘",
            "未",
            "open",
            "0%",
            "尚未完成",
            "未整改到位",
            "超期待处理",
            "逾期未整改",
            "超期未整改",
            "开放",
            "打开",
            "未关闭",
            "待关闭",
            "未消除",
            "未闭合",
            "待闭环",
            "未治理",
            "待治理",
            "未修复",
            "待修复",
            "待维修",
            "未更换",
            "待更换",
            "未改正",
            "待改正",
            "未办结",
            "待办",
            "待办理",
            "待落实",
            "待完成",
            "待解决",
            "待消除",
            "未办理",
            "未关",
            "新建",
            "opened",
            "reopened",
            "new",
            "todo",
            "pending",
            "no",
            "n",
            "无",
            "❌",
            "尚未消除",
            "没有消除",
            "没有完成",
            "没完成",
            "尚未处理",
            "暂未处理",
            "尚未解决",
            "超期未完成",
            "逾期未完成",
            "未按期整改",
            "未按期完成",
        ],
    ),
    (
        Status::InRectification,
        &[
            "整改中",
            "正在整改",
            "整改进行中",
            "进行中",
            "推进中",
            "限期整改",
            "部分整改",
            "部分完成",
            "正在处理",
            "处理中",
            "正在推进",
            "持续整改",
            "整改不合格",
            "退回",
            "复查不合格",
            "验收不合格",
            "已启动",
            "整改推进中",
            "正在进行",
            "正在整改中",
            "已开始整改",
            "基本完成",
            "in_rectification",
            "已部分整改",
            "治理中",
            "正在治理",
            "计划整改",
            "继续整改",
            "维修中",
            "处置中",
            "办理中",
            "跟进中",
            "正在办理",
            "正在维修",
            "施工中",
            "采购中",
            "改造中",
            "延期整改",
            "已延期",
            "延期",
            "逾期整改中",
            "超期整改中",
            "重新整改",
            "待重新整改",
            "未通过验收",
            "未通过复查",
            "验收未通过",
            "复查未通过",
            "复查不通过",
            "验收不通过",
            "审核不通过",
            "不合格",
            "部分已整改",
            "部分消除",
            "部分闭环",
            "大部分完成",
            "大部分已整改",
            "尚未全部完成",
            "未全部完成",
            "未全部整改",
            "未完全整改",
            "未彻底整改",
            "整改未完成",
            "整改未到位",
            "inprogress",
            "in_progress",
            "processing",
            "ongoing",
            "doing",
            "执行中",
            "实施中",
            "落实中",
        ],
    ),
    (
        Status::Rectified,
        &[
            "已整改",
            "已完成",
            "已整改完成",
            "已完成整改",
            "整改完成",
            "整改完毕",
            "已整改完毕",
            "已改",
            "已处理",
            "已解决",
            "已落实",
            "整改到位",
            "已整改到位",
            "办结",
            "已办结",
            "已消除",
            "待验收",
            "已整改待验收",
            "待复查",
            "已整改待复查",
            "已验收",
            "是",
            "√",
            "✓",
            "✔",
            "☑",
            "完成",
            "已完成治理",
            "已治理",
            "已立即整改",
            "已立行立改",
            "已当场整改",
            "当场整改完毕",
            "立即整改完毕",
            "rectified",
            "100%",
            "已改好",
            "已全部整改",
            "全部整改完成",
            "已按期整改",
            "按期完成",
            "已修复",
            "已更换",
            "合格",
            "复查合格",
            "验收合格",
            "已整治",
            "已整改结束",
            "整改结束",
            "完成整改",
            "全部完成",
            "已经整改",
            "已经完成",
            "已现场整改",
            "已当场整改完毕",
            "已完成整治",
            "关闭",
            "已关闭",
            "已关",
            "消除",
            "已经消除",
            "全部消除",
            "隐患已消除",
            "已消除隐患",
            "已闭合",
            "闭合",
            "已改正",
            "改正",
            "已纠正",
            "已清除",
            "已排除",
            "已修好",
            "已维修",
            "已恢复",
            "已结束",
            "已通过",
            "通过",
            "已复查",
            "已审核",
            "待审核",
            "待销号",
            "待核查",
            "待确认",
            "已整改待销号",
            "已整改待审核",
            "已整改已验收",
            "已整改并验收",
            "已整改未销号",
            "已整改未验收",
            "已整改未复查",
            "closed",
            "close",
            "done",
            "fixed",
            "resolved",
            "finished",
            "completed",
            "complete",
            "yes",
            "y",
            "ok",
            "✅",
            "立即整改完成",
            "当场整改",
            "现场整改完毕",
            "即时整改完成",
            "已即时整改",
            "已即知即改",
            "整治完成",
            "治理完成",
            "治理完毕",
            "处理完毕",
            "处理完成",
            "处置完毕",
            "已处置",
            "已整改合格",
            "整改合格",
            "达标",
            "按时完成",
            "如期完成",
            "已按时完成",
            "已按时整改",
            "已按期完成",
        ],
    ),
    (
        Status::ClosedOut,
        &[
            "已销号",
            "销号",
            "已闭环",
            "闭环",
            "已核销",
            "已销案",
            "已摘牌",
            "已整改销号",
            "已整改并销号",
            "整改销号",
            "完成销号",
            "已完成销号",
            "已整改已销号",
            "closed_out",
            "已验收销号",
            "验收销号",
        ],
    ),
    (Status::Withdrawn, &["撤销", "已撤销", "作废", "误报", "取消", "已取消", "withdrawn", "不属于隐患", "非隐患"]),
];

/// Reads a status cell, by the campaign's own words first: one word, or a choice among printed ones. Percentages below
/// 100 are in rectification. Prose stays unknown.
pub fn read_status_cell(text: &str, own: &BTreeMap<Status, Vec<String>>) -> Said<Status> {
    if text.len() > 120 {
        return Said::Unknown;
    }
    if own.is_empty()
        && let Some(status) = Status::ALL.into_iter().find(|status| status.label() == text)
    {
        return Said::Value(status);
    }
    let meaning = |word: &str| status_word(word, own);
    let agrees = |status: Status, remark: &str| match (meaning(remark), side(status)) {
        (Some(other), of_word) => side(other) == of_word,
        (None, Side::Done) => !denies(remark),
        (None, Side::NotDone) => !affirms(remark),
        (None, Side::Withdrawn) => true,
    };
    match read_choice(text, &Words { meaning: &meaning, agrees: &agrees }) {
        // 已整改（已销号）: the closing says more than the word before it.
        Said::Remarked(Status::Rectified, remark) if meaning(&remark) == Some(Status::ClosedOut) => Said::Value(Status::ClosedOut),
        said => said,
    }
}

/// The status that a text says; `None` when it says none, or not clearly.
pub fn read_status(text: &str, own: &BTreeMap<Status, Vec<String>>) -> Option<Status> {
    read_status_cell(text, own).value()
}

/// True if two statuses cannot both be said of a hazard on one day: one calls it rectified, the other does not.
pub fn contradict(left: Status, right: Status) -> bool {
    side(left) != side(right)
}

/// True if a text is a share of the work (90%, 已完成80%): no status of its own, whatever follows from it.
pub fn is_share(text: &str) -> bool {
    share(&label_key(text)).is_some()
}

#[derive(PartialEq)]
enum Side {
    Done,
    NotDone,
    Withdrawn,
}

fn side(status: Status) -> Side {
    match status {
        Status::Open | Status::InRectification => Side::NotDone,
        Status::Rectified | Status::ClosedOut => Side::Done,
        Status::Withdrawn | Status::Unclear => Side::Withdrawn,
    }
}

fn status_word(text: &str, own: &BTreeMap<Status, Vec<String>>) -> Option<Status> {
    if text.len() > 60 {
        return None;
    }
    let key = label_key(text);
    if key.is_empty() {
        return None;
    }
    for (status, words) in own {
        if words.iter().any(|word| label_key(word) == key) {
            return Some(*status);
        }
    }
    if let Some(status) = by_word().get(key.as_str()).copied().or_else(|| composed(&key)) {
        return Some(status);
    }
    share(&key).map(|share| match share {
        share if share <= 0.0 => Status::Open,
        share if share < 100.0 => Status::InRectification,
        _ => Status::Rectified,
    })
}

fn by_word() -> &'static HashMap<&'static str, Status> {
    static BY_WORD: OnceLock<HashMap<&str, Status>> = OnceLock::new();
    BY_WORD.get_or_init(|| WORDS.iter().flat_map(|(status, words)| words.iter().map(|word| (*word, *status))).collect())
}

/// What a status is said with, also as a share of the work: words, and further ideographs.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    WORDS.iter().flat_map(|(_, words)| words.iter()).chain(SHARE_LEADS).chain(SHARE_ENDS).copied().chain([OTHERS])
}

/// Ideographs of the words that stand in the functions of this module.
const OTHERS: &str = "仍前及善均天安归态截护日明档此求状目等能自至装要该还都问项题";
const SHARE_LEADS: &[&str] = &["已", "整改", "完成", "进度", "率", "达到", "达", "到", "约", "了", "近", "为", ":"];
const SHARE_ENDS: &[&str] = &["左右", "以上"];

/// Words for the work on a hazard, and for closing its case.
const WORK: [&str; 24] = [
    "整改", "整治", "治理", "处理", "处置", "解决", "消除", "排除", "修复", "修理", "维修", "维护", "更换", "改正", "纠正", "清理", "办理",
    "落实", "改造", "完善", "恢复", "安装", "实施", "改",
];
const CLOSING: [&str; 7] = ["销号", "销项", "销案", "闭环", "核销", "摘牌", "归档"];

/// Reads a word that is put together of how far the work is, in which manner, and the work: 尚未销项, 均已及时更换, 正在清理, 修理完毕.
fn composed(key: &str) -> Option<Status> {
    fn leave<'t>(text: &'t str, words: &[&str]) -> (&'t str, bool) {
        let found = words.iter().find_map(|word| text.strip_prefix(word));
        (found.unwrap_or(text), found.is_some())
    }
    let (rest, _) = leave(key, &["隐患", "问题", "此项", "该项", "本项"]);
    let (rest, _) = leave(rest, &["目前", "现已", "现", "截至目前", "暂时"]);
    let (rest, all) = leave(rest, &["均", "都", "全部", "全"]);
    let (rest, not) = leave(rest, &["尚未", "还未", "暂未", "仍未", "未能", "未", "还没有", "没有", "还没", "没", "待", "等待"]);
    let (rest, begun) = if not { (rest, false) } else { leave(rest, &["正在", "正", "在", "持续", "继续"]) };
    let (rest, done) = if not || begun { (rest, false) } else { leave(rest, &["已经", "已"]) };
    let (rest, _) =
        leave(rest, &["全部", "及时", "立即", "当场", "现场", "当天", "当日", "按期", "按时", "按要求", "自行", "彻底", "进行"]);
    let (rest, finished) = leave(rest, &["完成"]);
    let work = |words: &[&str]| words.iter().find_map(|word| rest.strip_prefix(word));
    let (closing, end) = work(&CLOSING).map(|end| (true, end)).or_else(|| work(&WORK).map(|end| (false, end)))?;
    let ended = ["完成", "完毕", "到位", "结束", "好", "完", "了", "完了", "好了", "合格"].contains(&end);
    match end {
        _ if ended || end.is_empty() => {}
        "中" if !not && !done && !finished => return Some(Status::InRectification),
        _ => return None,
    }
    if not {
        return Some(Status::Open);
    }
    if begun {
        return Some(Status::InRectification);
    }
    // A bare 整改, or 全部整改, may be an order as well as a report.
    (done || ended || finished && !all).then_some(if closing { Status::ClosedOut } else { Status::Rectified })
}

/// The per cent of 90%, 完成90%, 整改进度:80%左右.
fn share(key: &str) -> Option<f64> {
    let mut rest = SHARE_ENDS.iter().find_map(|end| key.strip_suffix(end)).unwrap_or(key).strip_suffix('%')?;
    for lead in SHARE_LEADS {
        rest = rest.strip_prefix(lead).unwrap_or(rest);
    }
    rest.parse::<f64>().ok().filter(|share| (0.0..=100.0).contains(share))
}

/// What a cell of 是否销号 or 销号情况 says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CloseOut {
    Closed,
    /// A no says nothing of the rectification.
    NotClosed,
    /// A status word.
    Status(Status),
}

/// Reads a cell of 是否销号 or 销号情况.
pub fn read_close_out(text: &str, own: &BTreeMap<Status, Vec<String>>) -> Said<CloseOut> {
    let meaning = |word: &str| match label_key(word).as_str() {
        "是" | "√" | "✓" | "✔" | "☑" | "已" | "办结" | "已办结" | "完成" | "已完成" | "有" => Some(CloseOut::Closed),
        "否" | "×" | "x" | "✗" | "✘" | "未" | "未销号" | "未闭环" | "未闭合" | "待销号" | "待闭环" | "未办结" | "尚未销号" | "暂未销号"
        | "不" => Some(CloseOut::NotClosed),
        _ => status_word(word, own).map(|status| if status == Status::ClosedOut { CloseOut::Closed } else { CloseOut::Status(status) }),
    };
    let agrees = |said: CloseOut, remark: &str| match (meaning(remark), said) {
        (Some(other), _) => other == said || said == CloseOut::Closed && other == CloseOut::Status(Status::Rectified),
        (None, CloseOut::Closed | CloseOut::Status(Status::Rectified)) => !denies(remark),
        (None, CloseOut::NotClosed) => !affirms(remark),
        (None, CloseOut::Status(_)) => true,
    };
    read_choice(text, &Words { meaning: &meaning, agrees: &agrees })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::ideographs::Ideographs;
    use crate::vocabulary::ideographs::assert_holds_all;

    #[test]
    fn every_word_can_be_found() {
        assert_holds_all(&Ideographs::of(words()), include_str!("status.rs"));
    }

    #[test]
    fn words_are_read_and_prose_is_not() {
        let own = BTreeMap::from([(Status::Rectified, vec!["搞定".to_owned()])]);
        for (text, status) in [
            ("已整改", Some(Status::Rectified)),
            ("已整改（待复查）", Some(Status::Rectified)),
            ("已销号", Some(Status::ClosedOut)),
            ("整改 中", Some(Status::InRectification)),
            ("90％", Some(Status::InRectification)),
            ("100%", Some(Status::Rectified)),
            ("未销项", Some(Status::Open)),
            ("暂未按要求更换到位", Some(Status::Open)),
            ("待维修", Some(Status::Open)),
            ("已销项", Some(Status::ClosedOut)),
            ("均已及时清理", Some(Status::Rectified)),
            ("修理完毕", Some(Status::Rectified)),
            ("整改完", Some(Status::Rectified)),
            ("正改", Some(Status::InRectification)),
            ("正在安装", Some(Status::InRectification)),
            ("清理中", Some(Status::InRectification)),
            ("全部整改", None),
            ("整改", None),
            ("立行立改", None),
            ("未消除隐患原因", None),
            ("√", Some(Status::Rectified)),
            ("否", Some(Status::Open)),
            ("搞定", Some(Status::Rectified)),
            ("立行立改", None),
            ("已联系厂家，预计下周更换", None),
            ("已整改（已销号）", Some(Status::ClosedOut)),
        ] {
            assert_eq!(read_status(text, &own), status, "{text}");
        }
    }

    #[test]
    fn no_word_stands_for_two_states() {
        let mut seen = BTreeMap::new();
        for (status, words) in WORDS {
            for word in *words {
                assert_eq!(label_key(word), *word, "{word} is not written as its key");
                assert!(seen.insert(*word, *status).is_none(), "{word} stands twice");
            }
        }
    }
}
