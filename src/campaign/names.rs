//! Spellings of unit names: what may differ without meaning another unit, and what may not.
//!
//! Two keys are made of a name. The normal form differs from the writing only in width, spaces and a
//! （盖章） at the end. The loose form also drops affixes that say nothing: the county's own name in
//! front, 有限公司 behind, a person in brackets, 镇 after a town that is known. Numerals, towns,
//! directions and branch suffixes always stay: they are what tells two units apart.

use unicode_normalization::UnicodeNormalization;

/// Endings of an administrative area that may stand in front of a unit's name.
const AREA_ENDINGS: [&str; 8] = ["自治区", "自治州", "省", "市", "盟", "县", "旗", "区"];
/// Words that end in 区 but are no administrative area.
const NO_AREAS: [&str; 5] = ["社区", "院区", "校区", "园区", "小区"];
/// Endings of a town.
const TOWN_ENDINGS: [&str; 5] = ["街道", "苏木", "镇", "乡", "嘎查"];
/// What follows a company's name.
const COMPANY_ENDINGS: [&str; 6] = ["股份有限公司", "有限责任公司", "有限公司", "(普通合伙)", "(个体工商户)", "(集团)"];
/// Marks of a seal behind a name.
const SEAL_ENDINGS: [&str; 8] = ["(盖章)", "(公章)", "(签章)", "(单位盖章)", "(章)", "(印章)", "(盖章处)", "(加盖公章)"];
/// A part of a name with one of these is a place or a branch of its own.
const BRANCH_WORDS: [&str; 10] = ["院", "区", "部", "所", "站", "室", "中心", "店", "号", "第"];

/// The normal form: NFKC, no white space or invisible characters, one kind of bracket, no seal mark.
pub fn normalise(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    for character in written.chars() {
        // NFKC would make letters of these.
        match character {
            'Ⅰ'..='Ⅸ' => text.push(char::from(b'1' + (character as u32 - 'Ⅰ' as u32) as u8)),
            '【' | '〔' | '［' | '[' => text.push('('),
            '】' | '〕' | '］' | ']' => text.push(')'),
            _ => text.push(character),
        }
    }
    let mut normal: String = text
        .nfkc()
        .filter(|character| !character.is_whitespace() && !character.is_control() && !is_invisible(*character))
        .flat_map(char::to_lowercase)
        .collect();
    while let Some(ending) = SEAL_ENDINGS.iter().find(|ending| normal.ends_with(**ending)) {
        normal.truncate(normal.len() - ending.len());
    }
    normal
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
}

/// The areas and towns that a roster's names begin with.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// Areas that at least two units begin with, e.g. 乌审旗.
    areas: Vec<String>,
    /// Towns with their bare name: (青河镇, 青河).
    towns: Vec<(String, String)>,
}

/// The loose form of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loose {
    /// The area it began with, if the roster knows that area.
    pub area: Option<String>,
    /// What remains.
    pub key: String,
}

impl Surroundings {
    /// Learns areas and towns from the normal forms of all names and the towns of the roster.
    pub fn learn<'a>(names: impl Iterator<Item = &'a str>, towns: impl Iterator<Item = &'a str>) -> Surroundings {
        let mut counts = std::collections::BTreeMap::<String, u32>::new();
        let mut known = std::collections::BTreeSet::new();
        for name in names {
            let mut rest = name;
            while let Some(length) = leading_area(rest) {
                *counts.entry(rest[..length].to_owned()).or_default() += 1;
                rest = &rest[length..];
            }
            known.extend(leading_town(rest).map(|length| rest[..length].to_owned()));
        }
        known.extend(towns.map(normalise).filter(|town| !town.is_empty()));
        let mut areas: Vec<String> = counts.into_iter().filter(|(_, count)| *count >= 2).map(|(area, _)| area).collect();
        areas.sort_by_key(|area| std::cmp::Reverse(area.len()));
        let bare = |town: &String| {
            let bare = TOWN_ENDINGS.iter().find_map(|ending| town.strip_suffix(ending)).filter(|bare| bare.chars().count() >= 2)?;
            Some((town.clone(), bare.to_owned()))
        };
        let mut towns: Vec<(String, String)> = known.iter().filter_map(bare).collect();
        towns.sort_by_key(|(town, _)| std::cmp::Reverse(town.len()));
        Surroundings { areas, towns }
    }

    /// The loose form of a normal form.
    pub fn loosen(&self, normal: &str) -> Loose {
        let mut text = brackets(normal);
        while let Some(ending) = COMPANY_ENDINGS.iter().find(|ending| text.ends_with(**ending) && text.len() > ending.len() + 3) {
            text.truncate(text.len() - ending.len());
        }
        let (area, rest) = self.split_area(&text);
        let mut key = numerals(rest);
        if let Some((town, bare)) = self.towns.iter().find(|(town, _)| key.starts_with(town.as_str()) && key.len() > town.len()) {
            key = format!("{bare}{}", &key[town.len()..]);
        }
        key = key.replace("中心卫生院", "卫生院");
        if let Some(rest) = key.strip_prefix(|character: char| character.is_ascii_digit())
            && rest == "院"
        {
            key = format!("第{key}");
        }
        Loose { area: area.map(str::to_owned), key: people_hospital(&key) }
    }

    /// A longer text with the names in it written as [`Surroundings::text_form`] writes them; white
    /// space stays as one blank, because it parts words.
    pub fn loosen_text(&self, text: &str) -> String {
        let words: Vec<String> = text.split_whitespace().map(normalise).filter(|word| !word.is_empty()).collect();
        self.text_form(&words.join(" "))
    }

    /// A normal form with ordinals in digits, without company endings and brackets, towns bare.
    pub fn text_form(&self, normal: &str) -> String {
        let mut text = normal.to_owned();
        for ending in COMPANY_ENDINGS {
            text = text.replace(ending, "");
        }
        for (town, bare) in &self.towns {
            text = text.replace(town.as_str(), bare);
        }
        let text: String = text.chars().filter(|character| !matches!(character, '(' | ')')).collect();
        numerals(&text).replace("中心卫生院", "卫生院")
    }

    /// The loose form without its town, when it begins with one.
    pub fn without_town<'a>(&self, loose: &'a Loose) -> Option<&'a str> {
        self.towns.iter().find_map(|(_, bare)| loose.key.strip_prefix(bare.as_str())).filter(|rest| rest.chars().count() >= 3)
    }

    /// Whether the text ends with an area or town that the roster knows.
    pub fn ends_with_place(&self, text: &str) -> bool {
        self.areas.iter().any(|area| text.ends_with(area.as_str()))
            || self.towns.iter().any(|(town, bare)| text.ends_with(town.as_str()) || text.ends_with(bare.as_str()))
    }

    /// Whether the text begins with an area or town that the roster knows.
    pub fn starts_with_place(&self, text: &str) -> bool {
        self.areas.iter().any(|area| text.starts_with(area.as_str())) || self.towns.iter().any(|(_, bare)| text.starts_with(bare.as_str()))
    }

    /// Takes the county in front off, with province and city before it, or its short form 旗/县/区/市.
    fn split_area<'a>(&'a self, text: &'a str) -> (Option<&'a str>, &'a str) {
        let mut rest = text;
        loop {
            if let Some(area) = self.areas.iter().find(|area| rest.starts_with(area.as_str())) {
                let after = &rest[area.len()..];
                if after.chars().count() < 2 {
                    return (None, text);
                }
                // 鄂尔多斯市 before 乌审旗: the nearer area is the one that tells.
                if let Some(length) = leading_area(after)
                    && self.areas.iter().any(|area| *area == after[..length])
                {
                    rest = after;
                    continue;
                }
                return (Some(area), after);
            }
            // A province or city in front, which the roster's own names leave out.
            match leading_area(rest) {
                Some(length) => rest = &rest[length..],
                None => break,
            }
        }
        let ending = ["旗", "县", "区", "市"].into_iter().find(|ending| text.starts_with(*ending));
        match ending {
            Some(ending) if text.chars().count() >= 3 && self.areas.iter().any(|area| area.ends_with(ending)) => {
                (None, &text[ending.len()..])
            }
            _ => (None, text),
        }
    }
}

/// Bytes of the administrative area that a name begins with, at most six characters before its ending.
fn leading_area(name: &str) -> Option<usize> {
    for (index, _) in name.char_indices().skip(1).take(6) {
        let Some(ending) = AREA_ENDINGS.iter().find(|ending| name[index..].starts_with(**ending)) else { continue };
        let end = index + ending.len();
        if NO_AREAS.iter().any(|word| name[..end].ends_with(word)) || name[..end].contains('第') {
            return None;
        }
        return (name[end..].chars().count() >= 2).then_some(end);
    }
    None
}

/// Bytes of the town that a name begins with.
fn leading_town(name: &str) -> Option<usize> {
    for (index, _) in name.char_indices().skip(2).take(4) {
        if let Some(ending) = TOWN_ENDINGS.iter().find(|ending| name[index..].starts_with(**ending)) {
            return Some(index + ending.len());
        }
    }
    None
}

/// Drops a person in brackets at the end; other brackets are taken off and their content stays.
fn brackets(normal: &str) -> String {
    let mut text = normal.to_owned();
    if let Some(inner) = text.strip_suffix(')')
        && let Some(open) = inner.rfind('(')
    {
        let content = &inner[open + 1..];
        let person = (2..=4).contains(&content.chars().count())
            && content.chars().all(|character| is_han(character) || matches!(character, '×' | 'x' | '*' | '某'))
            && !BRANCH_WORDS.iter().any(|word| content.contains(word))
            && !content.contains(['东', '西', '南', '北', '新', '老', '总', '分']);
        if person {
            text.truncate(open);
        }
    }
    for ending in COMPANY_ENDINGS.iter().filter(|ending| ending.starts_with('(')) {
        text = text.replace(ending, "");
    }
    text.chars().filter(|character| !matches!(character, '(' | ')')).collect()
}

/// Writes ordinals with digits: 第一人民医院 → 第1人民医院, 二院 → 2院. Other numerals are part of the name.
fn numerals(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut result = String::with_capacity(text.len());
    let mut index = 0;
    while index < characters.len() {
        let length = characters[index..].iter().take(3).take_while(|character| digit(**character).is_some()).count();
        let ordinal = index > 0 && characters[index - 1] == '第';
        let begins = index == 0 || !is_word(characters[index - 1]);
        let short = length > 0 && begins && characters.get(index + length) == Some(&'院');
        if length > 0 && (ordinal || short) {
            result.push_str(&number(&characters[index..index + length]).to_string());
            index += length;
        } else {
            result.push(characters[index]);
            index += 1;
        }
    }
    result
}

fn digit(character: char) -> Option<u32> {
    match character {
        '0'..='9' => character.to_digit(10),
        '十' => Some(10),
        _ => "一二三四五六七八九".chars().position(|numeral| numeral == character).map(|position| position as u32 + 1),
    }
}

/// 十二 → 12, 二十 → 20, 12 → 12.
fn number(numerals: &[char]) -> u32 {
    numerals.iter().filter_map(|numeral| digit(*numeral).map(|value| (*numeral, value))).fold(0, |sum, (numeral, value)| {
        match (numeral, sum) {
            ('十', 0) => 10,
            ('十', sum) => sum * 10,
            (numeral, sum) if numeral.is_ascii_digit() => sum * 10 + value,
            (_, sum) => sum + value,
        }
    })
}

/// 第1院 and 第1医院 are how people write 第1人民医院.
fn people_hospital(key: &str) -> String {
    for ending in ["人民医院", "医院", "院"] {
        if let Some(start) = key.strip_suffix(ending)
            && let Some(ordinal) = start.rfind('第')
        {
            let digits = &start[ordinal + '第'.len_utf8()..];
            if !digits.is_empty() && digits.chars().all(|character| character.is_ascii_digit()) {
                return format!("{start}人民医院");
            }
        }
    }
    key.to_owned()
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3134f}')
}

/// Whether a character joins on to a name in front of it: Han, letter or digit-free word.
pub fn is_word(character: char) -> bool {
    is_han(character) || character.is_alphabetic()
}

/// The parts of a name that must agree before two names can mean one unit, in order.
pub fn hard_tokens(key: &str) -> Vec<String> {
    let characters: Vec<char> = key.chars().collect();
    let mut tokens = Vec::new();
    for (index, character) in characters.iter().enumerate() {
        match character {
            '东' | '西' | '南' | '北' => tokens.push(character.to_string()),
            '第' => tokens
                .extend(characters.get(index + 1..).map(|rest| rest.iter().take_while(|next| next.is_ascii_digit()).collect::<String>())),
            _ => {}
        }
    }
    for branch in ["分院", "院区", "分中心", "分部", "分站"] {
        if key.contains(branch) {
            tokens.push(branch.to_owned());
        }
    }
    tokens
}

/// Whether a text that follows a name makes another unit of it: 东院区, 北滩分院.
pub fn continues_into_branch(after: &str) -> bool {
    let next: String = after.chars().take_while(|character| is_word(*character)).take(6).collect();
    ["分院", "院区", "分中心", "分部", "分站"].iter().any(|branch| next.contains(branch))
}

#[cfg(test)]
mod tests {
    use super::Loose;
    use super::Surroundings;
    use super::normalise;

    fn surroundings() -> Surroundings {
        let names = ["乌审旗人民医院", "乌审旗第二人民医院", "青河镇惠民诊所", "青河镇第一社区卫生服务中心"];
        Surroundings::learn(names.into_iter(), ["白塔镇"].into_iter())
    }

    #[test]
    fn normal_forms() {
        for (written, normal) in [
            (" 旗 人民医院（盖章） ", "旗人民医院"),
            ("康泰医院【东区】", "康泰医院(东区)"),
            ("第Ⅱ医院", "第2医院"),
            ("人民医院\u{200b}", "人民医院"),
            ("ＡＢ诊所", "ab诊所"),
        ] {
            assert_eq!(normalise(written), normal, "{written}");
        }
    }

    #[test]
    fn loose_forms() {
        for (written, area, key) in [
            ("乌审旗人民医院", Some("乌审旗"), "人民医院"),
            ("鄂尔多斯市乌审旗人民医院", Some("乌审旗"), "人民医院"),
            ("内蒙古自治区鄂尔多斯市乌审旗人民医院", Some("乌审旗"), "人民医院"),
            ("旗人民医院", None, "人民医院"),
            ("鄂托克旗人民医院", None, "鄂托克旗人民医院"),
            ("县人民医院", None, "县人民医院"),
            ("乌审旗第二人民医院", Some("乌审旗"), "第2人民医院"),
            ("二院", None, "第2人民医院"),
            ("第2医院", None, "第2人民医院"),
            ("第十二医院", None, "第12人民医院"),
            ("三和医院", None, "三和医院"),
            ("康泰医院有限公司", None, "康泰医院"),
            ("青河镇惠民诊所(李××)", None, "青河惠民诊所"),
            ("青河镇惠民诊所(东店)", None, "青河惠民诊所东店"),
            ("白塔镇中心卫生院", None, "白塔卫生院"),
            ("青河镇第一社区卫生服务中心", None, "青河第1社区卫生服务中心"),
            ("人民医院(东院区)", None, "人民医院东院区"),
        ] {
            let expected = Loose { area: area.map(str::to_owned), key: key.to_owned() };
            assert_eq!(surroundings().loosen(&normalise(written)), expected, "{written}");
        }
    }
}
