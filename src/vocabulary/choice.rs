//! Reading a cell that answers by choosing: `已整改（ ） 未整改（√）`, `□是 ☑否`, `重大（ ）`, `已整改（部分）`.
//!
//! One mechanism for status, level, yes-or-no and pass-or-fail. Finds the options, their marks and the remarks in
//! brackets, and says which option is meant or why none can be named. Knows no word itself: the caller brings them.

use unicode_normalization::UnicodeNormalization;

use crate::vocabulary::normalise::is_invisible;
use crate::vocabulary::normalise::is_space;

/// What a cell of few known words says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said<T> {
    /// One known answer.
    Value(T),
    /// One known answer, with words in brackets that add something: a day, a person, a note.
    Remarked(T, String),
    /// The words are known, but the cell does not say which of them is meant.
    Doubtful(Doubt),
    /// Words that mean nothing here: prose.
    Unknown,
}

impl<T> Said<T> {
    /// The answer, with or without a remark.
    pub fn value(self) -> Option<T> {
        match self {
            Said::Value(value) | Said::Remarked(value, _) => Some(value),
            Said::Doubtful(_) | Said::Unknown => None,
        }
    }

    /// The same, with the answer changed.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Said<U> {
        match self {
            Said::Value(value) => Said::Value(change(value)),
            Said::Remarked(value, remark) => Said::Remarked(change(value), remark),
            Said::Doubtful(doubt) => Said::Doubtful(doubt),
            Said::Unknown => Said::Unknown,
        }
    }
}

/// Why no option can be named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// The options are printed and none is ticked.
    NothingTicked,
    /// Options of different meaning are ticked.
    SeveralTicked,
    /// It is not clear to which option a tick belongs, or whether a cross picks or strikes out.
    TickUnclear,
    /// The remark in brackets takes the word back.
    TakenBack(String),
}

/// The words of one kind of answer.
pub struct Words<'a, T> {
    /// The meaning of a word; `None` when it is unknown.
    pub meaning: &'a dyn Fn(&str) -> Option<T>,
    /// True if a remark in brackets goes with an answer.
    pub agrees: &'a dyn Fn(T, &str) -> bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Ticked,
    Empty,
    Crossed,
    /// ☒: ticked where there are empty boxes, crossed otherwise.
    CrossedBox,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Mark(Mark),
    /// Words in brackets.
    Remark(String),
    /// White space between words.
    Space,
    /// A stroke or comma between words.
    Stroke,
}

/// Reads one cell.
pub fn read_choice<T: Copy + PartialEq>(text: &str, words: &Words<'_, T>) -> Said<T> {
    if let Some(value) = (words.meaning)(text) {
        return Said::Value(value);
    }
    let tokens = tokens(text);
    if tokens.is_empty() || tokens.len() > 40 {
        return Said::Unknown;
    }
    match decide(&split(&tokens, false), words) {
        // 已 整改（√）: white space within a word.
        Said::Unknown => decide(&split(&tokens, true), words),
        said => said,
    }
}

fn mark_of(character: char) -> Option<Mark> {
    // The code points from F000 on are what Word and Excel keep of the symbol fonts.
    Some(match character {
        '√' | '✓' | '✔' | '☑' | '✅' | '■' | '●' | '◉' | '⬛' | '🗹' | '🗸' | '⊙' | '◆' | '▣' | 'þ' | 'ü' => {
            Mark::Ticked
        }
        '\u{F0FE}' | '\u{F0FC}' | '\u{F052}' | '\u{F050}' => Mark::Ticked,
        '□' | '☐' | '○' | '◯' | '〇' | '▢' | '▯' | '⬜' | '◇' | '¨' | '£' => Mark::Empty,
        '\u{F0A3}' | '\u{F0A8}' | '\u{F06F}' => Mark::Empty,
        '×' | '✗' | '✘' | '✕' | '✖' | '╳' | '❌' => Mark::Crossed,
        '☒' | '⊠' | '\u{F0FD}' | '\u{F054}' => Mark::CrossedBox,
        _ => return None,
    })
}

/// A letter that stands alone is the mark that its symbol font shows (Wingdings), or a typed tick.
fn letter_mark(letter: char) -> Option<Mark> {
    match letter {
        'R' | 'v' | 'V' => Some(Mark::Ticked),
        'o' | 'O' => Some(Mark::Empty),
        'x' | 'X' => Some(Mark::Crossed),
        _ => None,
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut characters: Vec<char> = Vec::with_capacity(text.len() / 2);
    for character in text.chars().filter(|character| !is_invisible(*character) && !matches!(character, '\u{FE0E}' | '\u{FE0F}')) {
        if matches!(character, '\u{4E00}'..='\u{9FFF}') || mark_of(character).is_some() {
            characters.push(character);
        } else {
            characters.extend(character.nfkc());
        }
    }
    let mut tokens = Vec::new();
    let mut position = 0;
    while let Some(character) = characters.get(position).copied() {
        if is_opening(character) {
            let length = characters[position + 1..].iter().position(|other| is_closing(*other));
            let end = length.map_or(characters.len(), |length| position + 1 + length);
            tokens.push(bracketed(&characters[position + 1..end]));
            position = end + 1;
            continue;
        }
        let stands_alone = || {
            let plain = |at: Option<&char>| at.is_none_or(|other| !other.is_ascii_alphanumeric());
            plain(position.checked_sub(1).and_then(|before| characters.get(before))) && plain(characters.get(position + 1))
        };
        let mark = mark_of(character).or_else(|| letter_mark(character).filter(|_| stands_alone()));
        if let Some(mark) = mark {
            tokens.push(Token::Mark(mark));
        } else if character == '_' || character == '＿' {
            // A line to tick on: ___ is empty, _√_ is its tick.
            let mut end = position;
            let mut written = Vec::new();
            while let Some(other) = characters.get(end).filter(|other| **other == '_' || mark_of(**other).is_some()) {
                written.extend(mark_of(*other));
                end += 1;
            }
            match written.first() {
                None => tokens.push(Token::Mark(Mark::Empty)),
                Some(mark) => tokens.push(Token::Mark(*mark)),
            }
            position = end;
            continue;
        } else if is_space(character) {
            tokens.push(Token::Space);
        } else if matches!(character, '/' | '\\' | '|' | '、' | ',' | ';' | '。' | '.' | '或') {
            tokens.push(Token::Stroke);
        } else if matches!(character, ':') {
            // 已整改：√
        } else if let Some(Token::Word(word)) = tokens.last_mut() {
            word.push(character);
        } else {
            tokens.push(Token::Word(character.to_string()));
        }
        position += 1;
    }
    tokens
}

fn is_opening(character: char) -> bool {
    matches!(character, '(' | '[' | '〔' | '【' | '{' | '<' | '《' | '〈' | '「')
}

fn is_closing(character: char) -> bool {
    matches!(character, ')' | ']' | '〕' | '】' | '}' | '>' | '》' | '〉' | '」')
}

/// What stands in a pair of brackets: nothing, a mark, or words.
fn bracketed(inner: &[char]) -> Token {
    let inner: Vec<char> = inner.iter().copied().filter(|character| !is_space(*character) && *character != '_').collect();
    match inner.as_slice() {
        [] => Token::Mark(Mark::Empty),
        [only] => match mark_of(*only).or_else(|| letter_mark(*only)) {
            Some(mark) => Token::Mark(mark),
            None => Token::Remark(only.to_string()),
        },
        _ => Token::Remark(inner.into_iter().collect()),
    }
}

/// One option of the cell as far as it is known.
struct Choosable {
    word: String,
    remark: Option<String>,
    mark: Option<Mark>,
}

/// Words and marks in their order, without white space around them; `joining` puts words together that only white
/// space parts.
fn split(tokens: &[Token], joining: bool) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        match (kept.as_mut_slice(), token) {
            ([], Token::Space | Token::Stroke) | ([.., Token::Space | Token::Stroke], Token::Space) => {}
            ([.., last @ Token::Space], Token::Stroke) => *last = Token::Stroke,
            ([.., Token::Word(first), Token::Space], Token::Word(second)) if joining => {
                first.push_str(second);
                kept.pop();
            }
            _ => kept.push(token.clone()),
        }
    }
    while matches!(kept.last(), Some(Token::Space | Token::Stroke)) {
        kept.pop();
    }
    kept
}

fn decide<T: Copy + PartialEq>(tokens: &[Token], words: &Words<'_, T>) -> Said<T> {
    let marks = tokens.iter().filter(|token| matches!(token, Token::Mark(_))).count();
    if marks == 0 {
        return decide_unmarked(tokens, words);
    }
    let options = match attach(tokens) {
        Some(options) => options,
        None if tokens.iter().all(|token| !matches!(token, Token::Word(word) if (words.meaning)(word).is_none())) => {
            return Said::Doubtful(Doubt::TickUnclear);
        }
        None => return Said::Unknown,
    };
    if options.is_empty() {
        return decide_bare(tokens, words);
    }
    decide_marked(&options, words)
}

/// Marks without a word: a box that is ticked, or is not.
fn decide_bare<T: Copy + PartialEq>(tokens: &[Token], words: &Words<'_, T>) -> Said<T> {
    let mut marks = tokens.iter().filter_map(|token| if let Token::Mark(mark) = token { Some(*mark) } else { None });
    let first = marks.next();
    if marks.any(|mark| Some(mark) != first) {
        return Said::Doubtful(Doubt::TickUnclear);
    }
    let sign = match first {
        Some(Mark::Ticked) => "√",
        Some(Mark::Crossed) => "×",
        Some(Mark::Empty) => return Said::Doubtful(Doubt::NothingTicked),
        _ => return Said::Doubtful(Doubt::TickUnclear),
    };
    (words.meaning)(sign).map_or(Said::Unknown, Said::Value)
}

/// Words without a mark: one answer, perhaps with a remark, or options that are only printed.
fn decide_unmarked<T: Copy + PartialEq>(tokens: &[Token], words: &Words<'_, T>) -> Said<T> {
    let text = |with_remarks: bool| -> String {
        tokens
            .iter()
            .map(|token| match token {
                Token::Word(word) => word.as_str(),
                Token::Remark(remark) if with_remarks => remark.as_str(),
                _ => "",
            })
            .collect()
    };
    let single = !tokens.iter().any(|token| matches!(token, Token::Stroke));
    if single {
        let joined = (words.meaning)(&text(true));
        let remarks: Vec<&str> =
            tokens.iter().filter_map(|token| if let Token::Remark(remark) = token { Some(remark.as_str()) } else { None }).collect();
        match (words.meaning)(&text(false)) {
            // 一般（事故）隐患: the bracket is part of the word.
            Some(value) if joined == Some(value) => return Said::Value(value),
            Some(value) if !remarks.is_empty() => return with_remark(value, &remarks.join("；"), words),
            _ => {
                if let Some(value) = joined {
                    return Said::Value(value);
                }
            }
        }
    }
    let mut values = tokens.iter().filter_map(|token| if let Token::Word(word) = token { Some((words.meaning)(word)) } else { None });
    let Some(Some(first)) = values.next() else { return Said::Unknown };
    let mut same = true;
    for value in values {
        match value {
            None => return Said::Unknown,
            Some(value) => same &= value == first,
        }
    }
    if tokens.iter().any(|token| matches!(token, Token::Remark(_))) {
        return Said::Unknown;
    }
    if same { Said::Value(first) } else { Said::Doubtful(Doubt::NothingTicked) }
}

fn with_remark<T: Copy + PartialEq>(value: T, remark: &str, words: &Words<'_, T>) -> Said<T> {
    if (words.agrees)(value, remark) {
        Said::Remarked(value, remark.to_owned())
    } else {
        Said::Doubtful(Doubt::TakenBack(remark.to_owned()))
    }
}

/// Gives each word its mark. `None` when that cannot be said; no option when there is no word.
fn attach(tokens: &[Token]) -> Option<Vec<Choosable>> {
    let solid: Vec<&Token> = tokens.iter().filter(|token| matches!(token, Token::Word(_) | Token::Mark(_))).collect();
    let words = solid.iter().filter(|token| matches!(token, Token::Word(_))).count();
    if words == 0 {
        return Some(Vec::new());
    }
    let first_is_mark = matches!(solid.first(), Some(Token::Mark(_)));
    let last_is_mark = matches!(solid.last(), Some(Token::Mark(_)));
    let before = match (first_is_mark, last_is_mark) {
        (true, false) => true,
        (false, true) => false,
        (true, true) => return None,
        // 是√ 否: the mark is glued to one word and apart from the other.
        (false, false) => {
            let mut sides = tokens.iter().enumerate().filter(|(_, token)| matches!(token, Token::Mark(_))).map(|(position, _)| {
                let glued_left = matches!(tokens.get(position.wrapping_sub(1)), Some(Token::Word(_) | Token::Remark(_)));
                let glued_right = matches!(tokens.get(position + 1), Some(Token::Word(_)));
                (glued_left != glued_right).then_some(glued_right)
            });
            let side = sides.next()??;
            if sides.any(|other| other != Some(side)) {
                return None;
            }
            side
        }
    };
    let mut options: Vec<Choosable> = Vec::new();
    let mut waiting: Option<Mark> = None;
    for token in tokens {
        match token {
            Token::Word(word) => options.push(Choosable { word: word.clone(), remark: None, mark: waiting.take() }),
            Token::Remark(remark) => options.last_mut()?.remark = Some(remark.clone()),
            Token::Mark(mark) if before => {
                if waiting.replace(*mark).is_some() {
                    return None;
                }
            }
            Token::Mark(mark) => {
                if options.last_mut()?.mark.replace(*mark).is_some() {
                    return None;
                }
            }
            Token::Space | Token::Stroke => {}
        }
    }
    Some(options)
}

fn decide_marked<T: Copy + PartialEq>(options: &[Choosable], words: &Words<'_, T>) -> Said<T> {
    let boxes = options.iter().any(|option| option.mark == Some(Mark::Empty));
    let is_ticked = |option: &&Choosable| option.mark == Some(Mark::Ticked) || boxes && option.mark == Some(Mark::CrossedBox);
    let ticked: Vec<&Choosable> = options.iter().filter(is_ticked).collect();
    let known = |of: &[&Choosable]| -> Option<Vec<T>> { of.iter().map(|option| (words.meaning)(&option.word)).collect() };
    if ticked.is_empty() {
        let all: Vec<&Choosable> = options.iter().collect();
        let Some(values) = known(&all) else { return Said::Unknown };
        let crossed = options.iter().any(|option| matches!(option.mark, Some(Mark::Crossed | Mark::CrossedBox)));
        return Said::Doubtful(match (crossed, values.len()) {
            (false, _) => Doubt::NothingTicked,
            (true, 1) => Doubt::TakenBack("×".to_owned()),
            (true, _) => Doubt::TickUnclear,
        });
    }
    let Some(values) = known(&ticked) else { return Said::Unknown };
    if values.iter().any(|value| *value != values[0]) {
        return Said::Doubtful(Doubt::SeveralTicked);
    }
    match &ticked[0].remark {
        Some(remark) => with_remark(values[0], remark, words),
        None => Said::Value(values[0]),
    }
}

/// Words that hold a sign of denial and deny nothing.
const HARMLESS: &[&str] = &[
    "无遗留",
    "未再",
    "不再",
    "无问题",
    "没问题",
    "无误",
    "不锈",
    "不间断",
    "无异常",
    "未发现",
    "100%",
    "不留",
    "无隐患",
    "未验收",
    "未销号",
    "未复查",
    "无障碍",
    "不燃",
    "中心",
    "中医",
    "中药",
    "集中",
    "其中",
    "中午",
    "应急",
    "响应",
    "主要",
    "重要",
    "要求",
    "正常",
    "无线",
    "暂存",
    "中控",
    "中央",
    "不易燃",
];

/// Signs that something is not done, not wholly, or not yet.
const DENIALS: &[&str] = &[
    "未",
    "不",
    "没",
    "无",
    "否",
    "部分",
    "%",
    "×",
    "✗",
    "✘",
    "待",
    "尚",
    "还有",
    "还差",
    "还需",
    "还要",
    "剩",
    "余",
    "仍",
    "继续",
    "计划",
    "拟",
    "预计",
    "将",
    "正在",
    "中",
    "一半",
    "基本",
    "大部",
    "初步",
    "退回",
    "返工",
    "反弹",
    "复发",
    "延期",
    "?",
    "下周",
    "下月",
    "明年",
    "明天",
    "疑似",
    "差",
    "缺",
    "申请",
    "争取",
    "需",
    "应",
    "须",
    "欠",
    "漏",
    "仅",
    "只有",
    "只换",
    "只改",
    "只完成",
    "临时",
    "暂",
    "进行",
    "阶段",
    "试",
    "个别",
    "少数",
    "少量",
    "除",
    "准备",
    "安排",
    "联系",
    "协调",
    "报批",
    "审批",
    "招标",
    "采购",
    "订购",
    "订货",
    "下单",
    "报修",
    "后续",
    "月底",
    "年底",
    "等待",
    "等配",
    "等资",
    "等厂",
    "等审",
    "等批",
    "难",
    "困",
    "要",
    "假",
    "限期",
    "逾期",
    "超期",
    "推进",
    "启动",
    "重新",
    "再次",
];

/// True if a remark behind a finished thing says that it is not finished, or not yet: 未完成, 部分, 80%, 待资金, 还差2处.
pub fn denies(remark: &str) -> bool {
    let mut rest: String = remark.nfkc().filter(|character| !is_space(*character)).collect();
    // What waits to be looked at is finished.
    let looked_at = ["验收", "复查", "销号", "核查", "复核", "审核", "确认", "验", "核销", "复验", "闭环"];
    if let Some(waited_for) = rest.strip_prefix("等待").or_else(|| rest.strip_prefix('待'))
        && looked_at.iter().any(|end| waited_for.ends_with(end))
    {
        return false;
    }
    for harmless in HARMLESS {
        rest = rest.replace(harmless, "");
    }
    if DENIALS.iter().any(|sign| rest.contains(sign)) || rest.starts_with('等') {
        return true;
    }
    // 3/5 and 7月底前: a share, a day that is still to come.
    let share = rest.split_once('/').and_then(|(part, whole)| Some((number(part)?, number(whole)?)));
    let share = share.is_some_and(|(part, whole)| part < whole && !(part <= 12 && whole > 12 && whole <= 31));
    share || matches!(rest.as_str(), "x" | "X" | "n" | "no") || rest.ends_with('前')
}

fn number(digits: &str) -> Option<u32> {
    digits.parse().ok()
}

/// True if a remark behind an unfinished thing says that it is finished after all.
pub fn affirms(remark: &str) -> bool {
    let rest: String = remark.nfkc().filter(|character| !is_space(*character)).collect();
    let done = ["已整改", "已完成", "整改完成", "整改完毕", "已解决", "已消除", "已闭环", "已销号", "已办结", "整改到位", "已恢复", "100%"];
    let counted = rest.contains(|character: char| character.is_ascii_digit()) && rest.contains(['处', '项', '个', '具', '条', '台', '%']);
    let finished = done.iter().any(|word| rest.contains(word)) && !denies(&rest) && (!counted || rest == "100%");
    finished || matches!(rest.as_str(), "是" | "完成" | "合格" | "通过")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Doubt;
    use super::Said;
    use crate::vocabulary::level::Level;
    use crate::vocabulary::level::read_level_cell;
    use crate::vocabulary::level::read_major_flag;
    use crate::vocabulary::status::CloseOut;
    use crate::vocabulary::status::Status;
    use crate::vocabulary::status::read_close_out;
    use crate::vocabulary::status::read_status_cell;

    /// A reading in one word: the key of the value, with `+` when a remark stands beside it, or the doubt, or `?`.
    fn brief<T>(said: Said<T>, key: impl Fn(T) -> &'static str) -> String {
        match said {
            Said::Value(value) => key(value).to_owned(),
            Said::Remarked(value, _) => format!("{}+", key(value)),
            Said::Doubtful(Doubt::NothingTicked) => "none".to_owned(),
            Said::Doubtful(Doubt::SeveralTicked) => "several".to_owned(),
            Said::Doubtful(Doubt::TickUnclear) => "unclear".to_owned(),
            Said::Doubtful(Doubt::TakenBack(_)) => "taken back".to_owned(),
            Said::Unknown => "?".to_owned(),
        }
    }

    #[test]
    fn a_status_is_chosen() {
        let table = "\
            已整改（ ） 未整改（√）=open|已整改（√）未整改（ ）=rectified|已整改( )未整改(v)=open|已整改（　）未整改（✔）=open|
            已整改〔 〕未整改〔√〕=open|已整改[ ]未整改[√]=open|已整改【√】未整改【】=rectified|是[ ]否[√]=open|是（√）否（ ）=rectified|
            合格（ ）不合格（√）=in_rectification|合格（√）不合格（ ）=rectified|□已整改 ☑未整改=open|☑已整改 □未整改=rectified|
            ■已整改 □未整改=rectified|□已整改 ■未整改=open|已整改□ 未整改☑=open|已整改☑未整改□=rectified|已整改☑/未整改□=rectified|
            √已整改 未整改=rectified|已整改 √未整改=open|已整改 未整改√=open|已整改√ 未整改=rectified|√是 □否=rectified|□是 √否=open|
            ○是 ●否=open|●是 ○否=rectified|是○ 否●=open|（√）已整改（ ）未整改=rectified|（ ）已整改（√）未整改=open|
            R已整改 □未整改=rectified|□已整改 R未整改=open|o已整改 R未整改=open|R已整改 o未整改=rectified|☐已整改 ☒未整改=open|
            √已整改 ×未整改=rectified|已整改× 未整改√=open|是___ 否_√_=open|是_√_ 否___=rectified|已整改：√ 未整改：=rectified|
            □待整改 ☑整改中 □已整改=in_rectification|待整改（ ）整改中（√）已整改（ ）=in_rectification|□未整改□整改中■已整改=rectified|
            已整改（√）=rectified|待整改（√）=open|√已整改=rectified|已整改√=rectified|☑已整改=rectified|■已整改=rectified|
            已 整改（ ） 未 整改（√）=open|已整改（ √ ）、未整改（ ）=rectified|[√]已整改\n[ ]未整改=rectified|是（ ）\n否（√）=open|
            已整改（ ）未整改（ ）=none|□已整改 □未整改=none|是/否=none|是□否□=none|已整改（ ）=none|□=none|（ ）=none|已整改/未整改=none|
            已整改（√）未整改（√）=several|☑是 ☑否=several|已整改√未整改=unclear|已整改×未整改=unclear|×已整改 未整改=unclear|√是 否√=unclear|
            已整改（未完成）=taken back|已整改（部分）=taken back|已完成（80%）=taken back|已整改（×）=taken back|已整改（待资金）=taken back|
            已整改（还有2处未整改）=taken back|是（部分完成）=taken back|已（部分）整改=taken back|已整改（不彻底）=taken back|
            已整改【未验收合格】=rectified+|已整改（8月底前）=taken back|完成（3/5）=taken back|已整改（？）=taken back|已销号（未整改）=taken back|
            未整改（已完成）=taken back|整改中（已整改）=taken back|☑已整改（还差1处）□未整改=taken back|已整改（整改中）=taken back|
            已整改（预计7月20日）=taken back|已整改（正在采购）=taken back|已整改（等配件）=taken back|已整改（需更换）=taken back|已整改（临时遮挡）=taken back|
            已关闭（待上级验收）=rectified+|已整改（应急灯已换新）=rectified+|是（否）=taken back|撤销（已整改）=taken back|
            已整改（7月3日）=rectified+|已整改（见照片）=rectified+|整改中（已联系厂家）=in_rectification+|已整改（待复查）=rectified|
            已整改（张某）=rectified+|已整改（无遗留问题）=rectified+|未整改（待资金）=open+|已整改（已销号）=closed_out|（未）整改=open|
            已整改（2023.7.3）=rectified+|已完成（更换灭火器2具）=rectified+|待整改（缺资金）=open+|整改中（80%）=in_rectification+|
            已整改（100%）=rectified|撤销（误报）=withdrawn+|90%=in_rectification|完成90%=in_rectification|整改进度：80%左右=in_rectification|
            关闭=rectified|开放=open|已闭环=closed_out|未闭环=open|已闭合=rectified|打开=open|未消除=open|已消除=rectified|Closed=rectified|
            OPEN=open|√=rectified|×=open|☑=rectified|■=rectified|已更换8具，还差2具=?|已联系厂家√=?|再说=?|x光机已整改=?|已整改2处，未整改1处=?";
        let own = BTreeMap::new();
        let mut count = 0;
        let mut wrong = Vec::new();
        for case in table.split('|') {
            let (text, expected) = case.trim().rsplit_once('=').expect("a case has a reading");
            let read = brief(read_status_cell(text, &own), Status::key);
            if read != expected {
                wrong.push(format!("{text}: {read}, not {expected}"));
            }
            count += 1;
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(count >= 120, "{count}");
    }

    #[test]
    fn a_level_is_chosen() {
        let table = "\
            重大（ ）=none|一般（ ） 重大（√）=major|（ ）一般（√）重大=major|□重大 ☑一般=general|一般√ 重大□=general|重大（√）=major|
            一般、重大=none|一般/重大=none|一般（班组级）=general+|一般隐患（厂级）=general+|重大（疑似）=taken back|重大（待定）=taken back|
            一般（重大）=taken back|重大（不是）=taken back|一般（事故）隐患=general|重大（事故隐患）=major|一般（√）重大（√）=several|
            ■一般□重大=general|一般[ ]重大[√]=major|较大=?|Ⅱ级=?|非重大=?|☒一般 ☐重大=general";
        let own = BTreeMap::new();
        for case in table.split('|') {
            let (text, expected) = case.trim().rsplit_once('=').expect("a case has a reading");
            assert_eq!(brief(read_level_cell(text, &own), Level::key), expected, "{text}");
        }
    }

    #[test]
    fn yes_and_no_are_chosen() {
        let own = BTreeMap::new();
        for (text, expected) in [
            ("是（ ）否（√）", "general"),
            ("☑是□否", "major"),
            ("是", "major"),
            ("否", "general"),
            ("是/否", "none"),
            ("非重大", "general"),
            ("一般", "general"),
            ("是（疑似）", "taken back"),
            ("待研究", "?"),
        ] {
            assert_eq!(brief(read_major_flag(text, &BTreeMap::new()), Level::key), expected, "{text}");
        }
        let key = |said: CloseOut| match said {
            CloseOut::Closed => "closed",
            CloseOut::NotClosed => "not closed",
            CloseOut::Status(status) => status.key(),
        };
        for (text, expected) in [
            ("是", "closed"),
            ("否", "not closed"),
            ("□是 √否", "not closed"),
            ("是（√）否（ ）", "closed"),
            ("是（待资料）", "taken back"),
            ("已销号", "closed"),
            ("未销号", "not closed"),
            ("已销号（7月20日）", "closed+"),
            ("整改中", "in_rectification"),
            ("是（ ）否（ ）", "none"),
            ("材料已报", "?"),
        ] {
            assert_eq!(brief(read_close_out(text, &own), key), expected, "{text}");
        }
    }
}
