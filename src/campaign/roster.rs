//! The roster (单位名册): who has to report, under which names; and which unit a written name means.
//!
//! Numerals (第一/第二), places and branch suffixes are hard tokens: a name that differs in one of
//! them is never matched. Anything but an exact name, 简称, former name or a name with harmless
//! affixes is a suggestion.

use std::collections::HashMap;
use std::sync::Arc;

use crate::campaign::names::Loose;
use crate::campaign::names::Surroundings;
use crate::campaign::names::continues_into_branch;
use crate::campaign::names::hard_tokens;
use crate::campaign::names::is_word;
use crate::campaign::names::normalise;
use crate::vocabulary::likeness;

/// One unit of the roster.
#[derive(Debug, Clone)]
pub struct Unit {
    /// 编码, second part of every 编号.
    pub code: String,
    /// 单位名称
    pub name: Arc<str>,
    /// 简称 and former names
    pub aliases: Vec<String>,
    /// 类别
    pub kind: String,
    /// 乡镇
    pub town: String,
    /// 分组
    pub group: String,
    /// 上级单位 as written: whoever reports for it.
    pub above: String,
    /// 联系人
    pub contact: String,
    /// 联系电话
    pub phone: String,
    /// Line in `units.csv`.
    pub line: u32,
}

/// The roster, in file order, with an index of its names. Make it with [`Roster::new`].
#[derive(Debug, Clone, Default)]
pub struct Roster {
    pub units: Vec<Unit>,
    index: Index,
    /// 上级单位 of each unit.
    above: Vec<Option<usize>>,
}

/// Look-ups only: nothing is ever listed in the order of these maps.
#[derive(Debug, Clone, Default)]
struct Index {
    /// Names as written.
    written: HashMap<Arc<str>, usize>,
    /// Normal forms of names; of doubled names the first.
    names: HashMap<String, usize>,
    /// Normal forms of 简称 and former names.
    aliases: HashMap<String, Vec<usize>>,
    /// Loose forms of names and aliases, with the area they began with.
    loose: HashMap<String, Vec<(usize, Option<String>)>>,
    /// Loose forms without their town.
    townless: HashMap<String, Vec<usize>>,
    codes: HashMap<String, usize>,
    /// The loose form of every name and alias with its hard tokens, in the order of the units.
    spellings: Vec<(usize, String, Vec<String>)>,
    surroundings: Surroundings,
    /// Loose forms to look for in longer texts, longest first: form, unit, whether it may stand
    /// behind other words because it begins with a place.
    patterns: Vec<(String, usize, bool)>,
}

/// Which unit a written name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitMatch {
    /// The name itself, after normalisation; index into [`Roster::units`].
    Exact(usize),
    /// A 简称 or former name, or the name with a harmless affix.
    Alias(usize),
    /// Several units carry this short name.
    Ambiguous(Vec<usize>),
    /// No unit; the nearest names for a did-you-mean, best first.
    Unknown(Vec<usize>),
}

/// How many names a did-you-mean offers.
const MOST_SUGGESTIONS: usize = 3;
/// 省、市、县、乡、单位: no roster has more levels than this.
const DEEPEST: usize = 6;
/// Names less alike than this are no suggestion.
const LEAST_LIKENESS: f64 = 0.5;
/// Longer texts are not searched for names beyond this many characters.
const LONGEST_TEXT: usize = 400;

impl Roster {
    /// A roster with its index.
    pub fn new(units: Vec<Unit>) -> Roster {
        let index = Index::build(&units);
        let mut roster = Roster { units, index, above: Vec::new() };
        roster.above = (0..roster.units.len()).map(|unit| roster.find_above(unit)).collect();
        roster
    }

    /// The unit with this code.
    pub fn by_code(&self, code: &str) -> Option<usize> {
        self.index.codes.get(code).copied()
    }

    /// The unit that a code or a name means.
    ///
    /// # Errors
    /// Those that may have been meant.
    pub fn meant(&self, written: &str) -> Result<usize, Vec<usize>> {
        match self.by_code(written).map_or_else(|| self.find(written), UnitMatch::Exact) {
            UnitMatch::Exact(unit) | UnitMatch::Alias(unit) => Ok(unit),
            UnitMatch::Ambiguous(units) | UnitMatch::Unknown(units) => Err(units),
        }
    }

    /// The index of the 上级单位 of a unit, where the roster has it.
    pub fn above(&self, unit: usize) -> Option<usize> {
        self.above.get(unit).copied().flatten()
    }

    fn find_above(&self, unit: usize) -> Option<usize> {
        let written = self.units.get(unit).map(|unit| unit.above.as_str()).filter(|above| !above.is_empty())?;
        let found = self.by_code(written).map_or_else(|| self.find(written), UnitMatch::Exact);
        match found {
            UnitMatch::Exact(above) | UnitMatch::Alias(above) if above != unit => Some(above),
            _ => None,
        }
    }

    /// The unit at the top of those above a unit; the unit itself where none is.
    pub fn top(&self, unit: usize) -> usize {
        (0..DEEPEST).fold(unit, |current, _| self.above(current).unwrap_or(current))
    }

    /// The units that stand at the top of others, in the order of the roster.
    pub fn tops(&self) -> Vec<usize> {
        let units = 0..self.units.len();
        let mut tops: Vec<usize> = units.filter(|unit| self.above(*unit).is_some()).map(|unit| self.top(unit)).collect();
        tops.sort_unstable();
        tops.dedup();
        tops
    }

    /// True if a unit reports for another one, directly or over several levels.
    pub fn is_above(&self, above: usize, unit: usize) -> bool {
        let mut current = unit;
        for _ in 0..DEEPEST {
            match self.above(current) {
                Some(next) if next == above => return true,
                Some(next) => current = next,
                None => return false,
            }
        }
        false
    }

    /// The unit that `written` names.
    pub fn find(&self, written: &str) -> UnitMatch {
        if let Some(unit) = self.index.written.get(written.trim()) {
            return UnitMatch::Exact(*unit);
        }
        let normal = normalise(written);
        if normal.is_empty() {
            return UnitMatch::Unknown(Vec::new());
        }
        if let Some(unit) = self.index.names.get(&normal) {
            return UnitMatch::Exact(*unit);
        }
        if let Some(units) = self.index.aliases.get(&normal) {
            return one_or_several(units);
        }
        let loose = self.index.surroundings.loosen(&normal);
        let units = self.index.by_loose(&loose);
        if !units.is_empty() {
            return one_or_several(&units);
        }
        match self.index.townless.get(&loose.key) {
            Some(units) if units.len() > 1 => UnitMatch::Ambiguous(units.clone()),
            _ => UnitMatch::Unknown(self.nearest(&loose)),
        }
    }

    /// The units whose names stand in a longer text (a file name, a title), in the order of the text.
    /// The longest name wins, and a name that goes on into another unit's name does not count.
    pub fn match_in_text(&self, text: &str) -> Vec<usize> {
        let short: String = text.chars().take(LONGEST_TEXT).collect();
        let units = self.match_in_loose(&self.index.surroundings.loosen_text(&short));
        if units.is_empty() && short.contains(char::is_whitespace) {
            // A blank may also stand within a name: 旗 人民医院.
            let joined: String = short.split_whitespace().collect();
            return self.match_in_loose(&self.index.surroundings.loosen_text(&joined));
        }
        units
    }

    fn match_in_loose(&self, loose: &str) -> Vec<usize> {
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        for (pattern, unit, free) in &self.index.patterns {
            for (start, _) in loose.match_indices(pattern.as_str()) {
                let end = start + pattern.len();
                let before = &loose[..start];
                let stands_alone = before.chars().next_back().is_none_or(|character| !is_word(character) && !after_ordinal(before))
                    || self.index.surroundings.ends_with_place(before);
                let covered = found.iter().any(|(from, to, _)| *from < end && start < *to && (*from, *to) != (start, end));
                if (*free || stands_alone) && !covered && !continues_into_branch(&loose[end..]) {
                    found.push((start, end, *unit));
                }
            }
        }
        found.sort_unstable();
        let mut units = Vec::new();
        for (_, _, unit) in found {
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        units
    }

    /// The nearest names: those that share all hard tokens first, then by likeness.
    fn nearest(&self, loose: &Loose) -> Vec<usize> {
        let tokens = hard_tokens(&loose.key);
        let mut near: Vec<(bool, f64, usize)> = Vec::new();
        for (unit, key, own_tokens) in &self.index.spellings {
            let contained = key.contains(&loose.key) || loose.key.contains(key.as_str());
            let likeness = likeness::likeness(&loose.key, key);
            let likeness = if contained { likeness.max(LEAST_LIKENESS) } else { likeness };
            if likeness < LEAST_LIKENESS {
                continue;
            }
            let differs = *own_tokens != tokens;
            match near.last_mut().filter(|last| last.2 == *unit) {
                // Of several spellings of one unit the best counts.
                Some(last) if (differs, -likeness) < (last.0, -last.1) => *last = (differs, likeness, *unit),
                Some(_) => {}
                None => near.push((differs, likeness, *unit)),
            }
        }
        near.sort_by(|left, right| left.0.cmp(&right.0).then(right.1.total_cmp(&left.1)).then(left.2.cmp(&right.2)));
        near.into_iter().take(MOST_SUGGESTIONS).map(|(_, _, index)| index).collect()
    }
}

fn one_or_several(units: &[usize]) -> UnitMatch {
    match units {
        [unit] => UnitMatch::Alias(*unit),
        units => UnitMatch::Ambiguous(units.to_vec()),
    }
}

/// Whether a text ends in an ordinal: 第2.
fn after_ordinal(before: &str) -> bool {
    before.trim_end_matches(|character: char| character.is_ascii_digit()).ends_with('第')
}

impl Index {
    fn build(units: &[Unit]) -> Index {
        let normals: Vec<String> = units.iter().map(|unit| normalise(&unit.name)).collect();
        let surroundings = Surroundings::learn(normals.iter().map(String::as_str), units.iter().map(|unit| unit.town.as_str()));
        let mut index = Index { surroundings, ..Index::default() };
        for (position, (unit, normal)) in units.iter().zip(normals).enumerate() {
            index.written.entry(unit.name.clone()).or_insert(position);
            index.codes.entry(unit.code.clone()).or_insert(position);
            index.add_loose(&normal, position);
            index.names.entry(normal).or_insert(position);
            for alias in &unit.aliases {
                let normal = normalise(alias);
                index.add_loose(&normal, position);
                push_once(index.aliases.entry(normal).or_default(), position);
            }
        }
        index.patterns.sort_by(|left, right| right.0.len().cmp(&left.0.len()).then_with(|| left.cmp(right)));
        index.patterns.dedup();
        index
    }

    fn add_loose(&mut self, normal: &str, unit: usize) {
        let loose = self.surroundings.loosen(normal);
        if loose.key.is_empty() {
            return;
        }
        if let Some(rest) = self.surroundings.without_town(&loose) {
            push_once(self.townless.entry(rest.to_owned()).or_default(), unit);
        }
        self.spellings.push((unit, loose.key.clone(), hard_tokens(&loose.key)));
        let with_area = loose.area.as_ref().map(|area| format!("{area}{}", loose.key));
        for pattern in [Some(loose.key.clone()), with_area, Some(self.surroundings.text_form(normal))].into_iter().flatten() {
            let free = self.surroundings.starts_with_place(&pattern);
            self.patterns.push((pattern, unit, free));
        }
        let entry = self.loose.entry(loose.key).or_default();
        if !entry.iter().any(|(other, area)| *other == unit && *area == loose.area) {
            entry.push((unit, loose.area));
        }
    }

    /// The units with this loose form whose area does not contradict it; the same area first.
    fn by_loose(&self, loose: &Loose) -> Vec<usize> {
        let Some(entries) = self.loose.get(&loose.key) else { return Vec::new() };
        let select = |fits: &dyn Fn(&Option<String>) -> bool| {
            let mut units = Vec::new();
            for (unit, _) in entries.iter().filter(|(_, area)| fits(area)) {
                push_once(&mut units, *unit);
            }
            units
        };
        let same = select(&|area| *area == loose.area);
        if loose.area.is_some() && !same.is_empty() {
            return same;
        }
        select(&|area| area.is_none() || loose.area.is_none())
    }
}

fn push_once(units: &mut Vec<usize>, unit: usize) {
    if !units.contains(&unit) {
        units.push(unit);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Roster;
    use super::Unit;
    use super::UnitMatch;

    fn roster() -> Roster {
        let rows = [
            ("乌审旗人民医院", "旗医院、旗人民医院", "青河镇"),
            ("乌审旗人民医院东院区", "东院区", "青河镇"),
            ("乌审旗第二人民医院", "二院、柳湾医院", "柳湾镇"),
            ("青河镇中心卫生院", "青河卫生院", "青河镇"),
            ("白塔镇中心卫生院", "", "白塔镇"),
            ("白塔镇中心卫生院北滩分院", "北滩分院、北滩乡卫生院", "白塔镇"),
            ("青河镇惠民诊所", "", "青河镇"),
            ("白塔镇惠民诊所", "", "白塔镇"),
            ("红石镇便民诊所", "", "红石镇"),
            ("乌审旗康泰医院有限公司", "康泰医院", "青河镇"),
            ("青河镇仁和,济民联合门诊部", "", "青河镇"),
            ("乌审旗蒙医综合医院", "蒙医院", "青河镇"),
        ];
        let units = rows.iter().enumerate().map(|(index, (name, aliases, town))| Unit {
            code: format!("U{index:02}"),
            name: Arc::from(*name),
            aliases: aliases.split('、').filter(|alias| !alias.is_empty()).map(str::to_owned).collect(),
            kind: String::new(),
            town: (*town).to_owned(),
            above: String::new(),
            group: String::new(),
            contact: String::new(),
            phone: String::new(),
            line: index as u32 + 2,
        });
        Roster::new(units.collect())
    }

    fn check(written: &str, expected: UnitMatch) {
        assert_eq!(roster().find(written), expected, "{written}");
    }

    #[test]
    fn names_that_mean_one_unit() {
        use UnitMatch::Alias;
        use UnitMatch::Exact;
        for (written, expected) in [
            ("乌审旗人民医院", Exact(0)),
            (" 乌审旗　人民医院（盖章）", Exact(0)),
            ("旗医院", Alias(0)),
            ("人民医院", Alias(0)),
            ("鄂尔多斯市乌审旗人民医院", Alias(0)),
            ("乌审旗人民医院（东院区）", Alias(1)),
            ("乌审旗第2人民医院", Alias(2)),
            ("第二医院", Alias(2)),
            ("旗二院", Alias(2)),
            ("乌审旗青河镇中心卫生院", Alias(3)),
            ("白塔镇卫生院", Alias(4)),
            ("白塔中心卫生院", Alias(4)),
            ("北滩乡卫生院", Alias(5)),
            ("青河镇惠民诊所（李××）", Alias(6)),
            ("白塔惠民诊所", Alias(7)),
            ("乌审旗康泰医院", Alias(9)),
            ("康泰医院有限责任公司", Alias(9)),
            ("青河镇仁和，济民联合门诊部", Exact(10)),
        ] {
            check(written, expected);
        }
    }

    #[test]
    fn hard_tokens_are_never_bridged() {
        use UnitMatch::Ambiguous;
        use UnitMatch::Unknown;
        for written in [
            "乌审旗第一人民医院",
            "乌审旗第三人民医院",
            "乌审旗人民医院西院区",
            "鄂托克旗人民医院",
            "红石镇惠民诊所",
            "白塔镇中心卫生院南滩分院",
            "便民诊所",
            "",
            "县医院",
            "×",
        ] {
            assert!(matches!(roster().find(written), Unknown(_)), "{written}: {:?}", roster().find(written));
        }
        check("惠民诊所", Ambiguous(vec![6, 7]));
        // What shares all hard tokens is offered first.
        let near = |written: &str| match roster().find(written) {
            Unknown(near) => near,
            found => panic!("{written}: {found:?}"),
        };
        assert_eq!(near("乌审旗第二人民医阮").first(), Some(&2));
        assert_eq!(near("便民诊所").first(), Some(&8));
        assert!(near("完全不相干的名字").is_empty());
        assert!(near("乌审旗第三人民医院").len() <= 3);
    }

    #[test]
    fn names_in_longer_texts() {
        for (text, units) in [
            ("附件2--青河卫生院.xlsx", vec![3]),
            ("乌审旗第二人民医院安全隐患排查整治台账", vec![2]),
            ("第二人民医院台账", vec![2]),
            ("二院7月.xlsx", vec![2]),
            ("乌审旗人民医院东院区-20230714", vec![1]),
            ("乌审旗人民医院西院区-20230714", vec![]),
            ("鄂托克旗人民医院", vec![]),
            ("乌审旗第三人民医院台账", vec![]),
            ("关于报送白塔镇中心卫生院北滩分院台账的函", vec![5]),
            ("青河镇惠民诊所、白塔镇惠民诊所", vec![6, 7]),
            ("惠民诊所台账", vec![]),
            ("新建 Microsoft Excel 工作表(1).xlsx", vec![]),
            ("青河镇 中心卫生院", vec![3]),
            ("", vec![]),
        ] {
            assert_eq!(roster().match_in_text(text), units, "{text}");
        }
    }
}
