//! How a column title is compared with the dictionary, and which fields a title nobody knows looks most like.
//!
//! Titles are compared whole, never by substring: 检查单位 (who looked) lies inside 被检查单位 (where it was found).
//! Spellings that differ in nothing but a word of one family (整治, 治理 for 整改; 日期 for 时间) are one title.
//! Holds no title of its own; those stand in `columns`.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::OnceLock;

use crate::vocabulary::columns::Concept;
use crate::vocabulary::columns::dictionary;
use crate::vocabulary::field::Field;
use crate::vocabulary::ideographs::Ideographs;
use crate::vocabulary::likeness::likeness;
use crate::vocabulary::likeness::nearest;
use crate::vocabulary::normalise::label_key;
use crate::vocabulary::normalise::split_hint;
use crate::vocabulary::normalise::without_brackets;
use crate::vocabulary::normalise::without_ordinal;
use crate::vocabulary::nothing::is_counting_unit;

/// A longer key is prose.
const LONGEST_KEY: usize = 90;
/// So many texts are remembered by one reader; a sheet of prose has more than anybody looks up twice.
const MOST_REMEMBERED: usize = 4_096;
/// From this likeness on a field is suggested for an unknown title.
const SUGGESTED: f64 = 0.5;

const ORDINALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// Words of one family, and the word that stands for all of them when titles are compared. Applied in this order.
const FAMILIES: &[(&str, &[&str])] = &[
    ("整改", &["整治", "治理", "改正", "纠正", "处置", "处理"]),
    (
        "隐患",
        &[
            "不符合项目",
            "不合格项目",
            "不符合项",
            "不合格项",
            "不符合",
            "不合格",
            "不安全行为",
            "违章行为",
            "违规行为",
            "违章",
            "违规",
            "缺陷",
            "事故隐患",
            "安全隐患",
            "安全问题",
            "问题隐患",
            "隐患问题",
            "问题",
        ],
    ),
    ("隐患", &["隐患隐患", "隐患及隐患"]),
    ("整改", &["隐患整改"]),
    ("时间", &["日期"]),
    ("人", &["人员姓名", "人姓名", "人员"]),
    ("", &["(签字)", "(签名)", "(盖章)", "/", "、", "及", "和", "与", "的", "以及", "并", "或"]),
];

/// Words that promise a day: with a word for the work and a word for time behind them they are the deadline.
const INTENDED: [&str; 16] =
    ["要求", "期望", "限时", "限期", "限定", "限", "规定", "计划", "预计", "预期", "拟定", "拟", "应", "目标", "最迟", "最晚"];
/// Words for the work that a day is set for.
const WORK: [&str; 8] = ["整改完成", "完成整改", "整改到位", "整改", "完成", "闭环", "办结", "解决"];
const TIMES: [&str; 6] = ["时间", "期限", "时限", "限期", "节点", "时间节点"];

/// Reads titles by the dictionary and by words of one's own, and remembers the answers.
pub struct TitleReader {
    own: HashMap<String, Field>,
    /// Titles of counts that the campaign's forms ask for, by their keys.
    counted: HashSet<String>,
    /// What titles begin with, and what they are written with.
    firsts: Ideographs,
    characters: Ideographs,
    known: RefCell<HashMap<Box<str>, Option<Concept>>>,
}

impl TitleReader {
    /// A reader that knows the campaign's own words besides the dictionary.
    pub fn new(own: &BTreeMap<Field, Vec<String>>) -> TitleReader {
        let mut words = HashMap::new();
        for (field, titles) in own {
            for title in titles {
                words.entry(label_key(title)).or_insert(*field);
            }
        }
        let reader = TitleReader {
            own: HashMap::new(),
            counted: HashSet::new(),
            firsts: index().firsts.clone(),
            characters: index().characters.clone(),
            known: RefCell::default(),
        };
        TitleReader { own: words, ..reader }.knowing_characters()
    }

    /// The same reader, which also knows these titles of counts. What the dictionary knows stays what it is.
    pub fn counting<'t>(mut self, titles: impl IntoIterator<Item = &'t str>) -> TitleReader {
        self.counted.extend(titles.into_iter().map(|title| split_hint(&label_key(title)).0));
        self.knowing_characters()
    }

    fn knowing_characters(self) -> TitleReader {
        let words = || self.own.keys().chain(&self.counted).map(String::as_str);
        let (firsts, characters) = (self.firsts.clone().beginning(words()), self.characters.clone().with(words()));
        TitleReader { firsts, characters, ..self }
    }

    /// Gives the meaning of a title: the campaign's own words first, then the dictionary. `None` when no entry
    /// equals the title after normalisation.
    pub fn concept(&self, title: &str) -> Option<Concept> {
        if !self.may_begin(title) || self.characters.rule_out_word(title) {
            return None;
        }
        if let Some(known) = self.known.borrow().get(title) {
            return *known;
        }
        let concept = self.look_up(title);
        let mut known = self.known.borrow_mut();
        if known.len() < MOST_REMEMBERED {
            known.insert(title.into(), concept);
        }
        concept
    }

    /// Whether a title begins like this text. Most texts of a sheet are told from titles by their first character.
    fn may_begin(&self, text: &str) -> bool {
        text.chars().next().is_some_and(|first| self.firsts.may_have(first))
    }

    fn look_up(&self, title: &str) -> Option<Concept> {
        let key = label_key(title);
        let (base, hint) = split_hint(&key);
        if base.is_empty() && hint.is_empty() || base.len() > LONGEST_KEY {
            return None;
        }
        if let Some(field) = self.own.get(&key) {
            return Some(Concept::Field(*field));
        }
        if hint.contains("一般") && hint.contains("重大") {
            return Some(Concept::Field(Field::Level));
        }
        let find = |key: &str| index().exact.get(key).copied();
        if is_counting_unit(&hint) {
            // 发现隐患（项）, 整改率（%）: a number, whatever its words mean elsewhere. Days and money have units of their own.
            let counted = find(&base);
            let measured = matches!(counted, Some(Concept::Field(Field::Funds | Field::Deadline)));
            return if measured { counted } else { Some(Concept::Statistic) };
        }
        // Prose with a hint in brackets: nothing below finds a word that is written with other characters.
        if self.characters.has_other(&base, &[]) {
            return None;
        }
        find(&key)
            .or_else(|| compound(&base, &hint))
            .or_else(|| find(&without_brackets(&key)))
            .or_else(|| find(&base))
            .or_else(|| find(without_ordinal(&key)))
            .or_else(|| find(without_ordinal(&base)))
            .or_else(|| [&key, &base].into_iter().find_map(|key| by_family(without_ordinal(key))))
            .or_else(|| in_chinese(&key).and_then(|chinese| find(chinese).or_else(|| by_family(chinese))))
            .or_else(|| self.counted.contains(&base).then_some(Concept::Statistic))
    }
}

/// The dictionary by key, and by the common spelling of each family of words.
struct Index {
    exact: HashMap<String, Concept>,
    /// `None` for a spelling that stands for several meanings: it decides nothing.
    families: HashMap<String, Option<Concept>>,
    /// The ideographs that titles begin with, and all that they are written with.
    firsts: Ideographs,
    characters: Ideographs,
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut exact = HashMap::new();
        for (concept, titles) in dictionary() {
            for title in titles {
                let key = label_key(title);
                exact.entry(without_brackets(&key)).or_insert(concept);
                exact.entry(key).or_insert(concept);
            }
        }
        for field in Field::ALL {
            // The ledger's own titles always read back as what they are.
            if field != Field::Id && field != Field::Origin {
                exact.insert(label_key(field.title()), Concept::Field(field));
            }
        }
        let mut families: HashMap<String, Option<Concept>> = HashMap::new();
        for (key, concept) in &exact {
            families
                .entry(family_key(key))
                .and_modify(|known| *known = known.and_then(|known| agreed(known, *concept)))
                .or_insert(Some(*concept));
        }
        let words = FAMILIES.iter().flat_map(|(_, words)| words.iter()).chain(&INTENDED).chain(&WORK);
        let spoken = words.copied().chain(["实际", "最终", "必填", "选填"]).chain(ORDINALS);
        let known = exact.keys().map(String::as_str).chain(spoken);
        let firsts = Ideographs::of([]).beginning(known.clone());
        let characters = Ideographs::of(known).with(TIMES).with(["责任"]);
        Index { exact, families, firsts, characters }
    })
}

/// The meaning of a spelling that stands for two titles: a field comes before what is only known.
fn agreed(one: Concept, other: Concept) -> Option<Concept> {
    match (one, other) {
        (one, other) if one == other => Some(one),
        (Concept::Known, field) | (field, Concept::Known) => Some(field),
        _ => None,
    }
}

/// The key with each word replaced by the one that stands for its family.
fn family_key(key: &str) -> String {
    let mut spelled = key.to_owned();
    for (common, words) in FAMILIES {
        for word in *words {
            if spelled.contains(word) {
                spelled = spelled.replace(word, common);
            }
        }
    }
    without_brackets(&spelled)
}

/// The Chinese half of a title in two languages: 所在部位Location, Status状态.
fn in_chinese(key: &str) -> Option<&str> {
    let foreign = |character: char| character.is_ascii() && !character.is_ascii_digit();
    let rest = key.trim_matches(foreign);
    (key.len() - rest.len() > 2 && rest.chars().count() > 1).then_some(rest)
}

fn by_family(key: &str) -> Option<Concept> {
    let spelled = family_key(key);
    index().families.get(&spelled).copied().flatten().or_else(|| day_of_work(&spelled))
}

/// 要求完成时间, 期望整改期限, 整改要求时间: the deadline. 实际完成时间: the day it was done.
fn day_of_work(spelled: &str) -> Option<Concept> {
    let without_work = |text: &'_ str| WORK.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text).to_owned();
    let is_time = |text: &str| TIMES.contains(&text);
    let starts = without_work(spelled);
    for text in [spelled, starts.as_str()] {
        if let Some(rest) = text.strip_prefix("实际").or_else(|| text.strip_prefix("最终"))
            && is_time(&without_work(rest))
        {
            return Some(Concept::Field(Field::RectifiedOn));
        }
        if let Some(rest) = INTENDED.iter().find_map(|word| text.strip_prefix(word))
            && is_time(&without_work(rest))
        {
            return Some(Concept::Field(Field::Deadline));
        }
    }
    None
}

/// 责任部门/责任人, 责任人（电话）: two things about people in one column.
fn compound(base: &str, hint: &str) -> Option<Concept> {
    let of_people = |title: &str, like: &str| {
        let whole = index().exact.get(title).copied();
        // 责任部门、人: the second word leaves out what the first one said.
        let completed = like.starts_with("责任").then(|| format!("责任{title}"));
        let meaning = whole.or_else(|| completed.and_then(|title| index().exact.get(&title).copied()))?;
        match meaning {
            Concept::UnitOrDepartment => Some(Field::Department),
            Concept::Field(field @ (Field::Department | Field::Leader | Field::Responsible | Field::Phone)) => Some(field),
            _ => None,
        }
    };
    let pair = |first: &str, second: &str| {
        let (first, second) = (of_people(first, "")?, of_people(second, first)?);
        (first != second).then_some(Concept::Both(first, second))
    };
    if !hint.is_empty() {
        return pair(base, hint);
    }
    let (first, second) = base.split_once(['/', '、', '及', '和', '与', '-', '+', ','])?;
    pair(first, second)
}

/// What a column title means, by the campaign's own words first, then by the dictionary. `None` when no
/// entry equals the title after normalisation.
///
/// ```
/// use std::collections::BTreeMap;
/// use qingdan::vocabulary::{column_concept, Concept, Field};
/// let own = BTreeMap::new();
/// assert_eq!(column_concept("整改\n时限", &own), Some(Concept::Field(Field::Deadline)));
/// assert_eq!(column_concept("被检查单位", &own), Some(Concept::Field(Field::Unit)));
/// assert_eq!(column_concept("检查单位", &own), Some(Concept::Field(Field::Source)));
/// assert_eq!(column_concept("院内备注", &own), None);
/// ```
pub fn column_concept(title: &str, own: &BTreeMap<Field, Vec<String>>) -> Option<Concept> {
    TitleReader::new(own).look_up(title)
}

/// The fields whose titles look most like `title`, best first, at most three: a suggestion, never taken.
/// Every distinct title is compared once in a run.
pub fn nearest_fields(title: &str) -> Vec<Field> {
    static COMPARED: OnceLock<Mutex<HashMap<String, Vec<Field>>>> = OnceLock::new();
    let (key, _) = split_hint(&label_key(title));
    let compared = COMPARED.get_or_init(Mutex::default);
    // A thread that died while it held the lock has left whole answers behind: each is put in at once.
    let lock = || compared.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(known) = lock().get(&key) {
        return known.clone();
    }
    let fields = compare_with_all(&key);
    let mut known = lock();
    if known.len() < MOST_REMEMBERED {
        known.insert(key, fields.clone());
    }
    fields
}

fn compare_with_all(key: &str) -> Vec<Field> {
    let length = key.chars().count();
    if !(2..=LONGEST_KEY / 3).contains(&length) {
        return Vec::new();
    }
    let mut best: BTreeMap<Field, f64> = BTreeMap::new();
    for (known, concept) in &index().exact {
        let Concept::Field(field) = concept else { continue };
        // Two words differ at least by the difference of their lengths, and by every character that only one has.
        let other = known.chars().count();
        let shared = key.chars().filter(|character| known.contains(*character)).count();
        if (length.min(other).min(shared) as f64) < SUGGESTED * length.max(other) as f64 {
            continue;
        }
        let score = likeness(key, known);
        let entry = best.entry(*field).or_insert(0.0);
        *entry = entry.max(score);
    }
    nearest(best, SUGGESTED, 3, |(_, score)| *score).into_iter().map(|(field, _)| field).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::ideographs::assert_holds_all;

    fn check(cases: &[(&str, Option<Concept>)]) {
        let own = BTreeMap::from([(Field::Deadline, vec!["整改日期".to_owned()])]);
        for (title, concept) in cases {
            assert_eq!(column_concept(title, &own), *concept, "{title}");
        }
    }

    #[test]
    fn every_word_can_be_found() {
        assert_holds_all(&index().characters, include_str!("titles.rs"));
    }

    #[test]
    fn titles_mean_what_the_sheet_would_say() {
        check(&[
            ("隐患类别（一般、重大）", Some(Concept::Field(Field::Level))),
            ("整改资金(万元)", Some(Concept::Field(Field::Funds))),
            ("1.单位名称", Some(Concept::Field(Field::Unit))),
            ("*责任人 必填", Some(Concept::Field(Field::Responsible))),
            ("整改日期", Some(Concept::Field(Field::Deadline))),
            ("整改时间", Some(Concept::DeadlineOrRectified)),
            ("整改要求（措施）", Some(Concept::Field(Field::Measure))),
            ("整该措施", None),
            ("", None),
        ]);
        assert_eq!(nearest_fields("整该措施").first(), Some(&Field::Measure));
    }

    #[test]
    fn words_of_one_family_are_one_title() {
        let field = |field: Field| Some(Concept::Field(field));
        check(&[
            ("整改措施与要求", field(Field::Measure)),
            ("整治措施", field(Field::Measure)),
            ("整治时限", field(Field::Deadline)),
            ("整治责任人", field(Field::Responsible)),
            ("整治完成日期", field(Field::RectifiedOn)),
            ("隐患整治措施", field(Field::Measure)),
            ("不合格项描述", field(Field::Description)),
            ("违章内容", field(Field::Description)),
            ("违章地点", field(Field::Location)),
            ("问题部位", field(Field::Location)),
            ("问题级别", field(Field::Level)),
            ("要求整改日期", field(Field::Deadline)),
            ("期望完成时间", field(Field::Deadline)),
            ("限时", None),
            ("整改要求时间", field(Field::Deadline)),
            ("实际整改日期", field(Field::RectifiedOn)),
            ("检查区域", field(Field::Location)),
            ("提出人", field(Field::FoundBy)),
            ("验证人员", field(Field::VerifiedBy)),
            ("整治情况", Some(Concept::StatusOrProgress)),
            ("验证日期", field(Field::VerifiedOn)),
            ("治理前照片", Some(Concept::Known)),
            ("责任部门/责任人", Some(Concept::Both(Field::Department, Field::Responsible))),
            ("责任单位、责任人", Some(Concept::Both(Field::Department, Field::Responsible))),
            ("责任部门、人", Some(Concept::Both(Field::Department, Field::Responsible))),
            ("责任人（电话）", Some(Concept::Both(Field::Responsible, Field::Phone))),
            ("整改措施及时限", None),
        ]);
    }
}
