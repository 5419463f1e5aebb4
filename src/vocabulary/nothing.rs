//! Descriptions that describe nothing: counts, error words, formula texts, 见附件, a status where the hazard should stand.
//!
//! Decides by the words alone; a short description (漏水) is one all the same.

use std::sync::OnceLock;

use crate::vocabulary::faults::fault_kinds;
use crate::vocabulary::ideographs::Ideographs;
use crate::vocabulary::level;
use crate::vocabulary::level::read_level;
use crate::vocabulary::normalise::is_dash;
use crate::vocabulary::normalise::label_key;
use crate::vocabulary::passed;
use crate::vocabulary::passed::read_passed;
use crate::vocabulary::status;
use crate::vocabulary::status::read_status;

/// Units that hazards and inspections are counted in.
const COUNTERS: &[&str] = &[
    "项", "处", "个", "条", "件", "起", "家", "次", "人", "人次", "家次", "份", "名", "例", "宗", "点", "台", "户", "所", "间", "批",
    "批次", "组", "车次", "家/次", "项次", "处次", "%", "个/处", "条/项",
];

/// Words that stand where a hazard should and name none.
const NOTHING: &[&str] = &[
    "无",
    "没有",
    "暂无",
    "null",
    "nil",
    "nan",
    "none",
    "undefined",
    "n/a",
    "na",
    "value!",
    "ref!",
    "name?",
    "div/0!",
    "num!",
    "n/a!",
    "value",
    "ref",
    "隐患",
    "问题",
    "有",
    "略",
    "同上",
    "同左",
    "同前",
    "图片",
    "照片",
    "图",
    "附图",
    "附件",
    "附表",
    "如图",
    "如下",
    "如上",
    "空",
    "空白",
    "不详",
    "未知",
    "待定",
    "待补",
    "待补充",
    "待填",
    "待填写",
    "image",
    "picture",
    "true",
    "false",
    "测试",
    "test",
    "存在隐患",
    "有隐患",
    "存在问题",
    "有问题",
    "安全隐患",
    "一般问题",
    "object",
    "objectobject",
    "object object",
    "error",
    "错误",
    "文本",
    "内容",
    "描述",
    "同附件",
    "另附",
    "附后",
    "后附",
    "另报",
    "口头报告",
    "其他",
    "其它",
];

/// A topic or a pointer to another row (同第3项) may be of any characters, but is no longer than this.
const LONGEST_POINTER: usize = 7;

/// What leads up to 见附件, and what may stand between the two words.
const REFERENCE_LEADS: &[&str] = &["具体", "详细", "内容", "隐患", "问题", "情况", "详情", "请", "详", "参", "另", "可"];
const REFERENCE_SIDES: &[&str] = &["后", "下", "上", "左", "右", "所"];
const REFERENCE_PLACES: &[&str] = &[
    "附件",
    "附表",
    "附图",
    "附",
    "图",
    "图片",
    "照片",
    "表",
    "另表",
    "清单",
    "台账",
    "文件",
    "文档",
    "备注",
    "说明",
    "通知书",
    "整改通知书",
    "检查表",
    "文",
    "面",
    "方",
    "压缩包",
    "电子版",
    "word",
    "word文档",
    "纸质",
    "纸质版",
    "纸质材料",
    "报告",
    "excel",
    "sheet",
];
const REFERENCE_TAIL: &str = "一二三四五六七八九十.-()、所示中内的片表";

/// Every ideograph of the words that this module knows: a description with any other one says something.
fn characters() -> &'static Ideographs {
    static CHARACTERS: OnceLock<Ideographs> = OnceLock::new();
    CHARACTERS.get_or_init(|| {
        let lists = [COUNTERS, NOTHING, REFERENCE_LEADS, REFERENCE_SIDES, REFERENCE_PLACES];
        let others = ["共计年月日请详参见照或必填选两千百零乱域少序弱混漏第管类领", REFERENCE_TAIL];
        Ideographs::of(lists.into_iter().flatten().copied()).with(others).with(level::words()).with(status::words()).with(passed::words())
    })
}

/// True for a number, with or without a counting unit: 12, 9处, 共3项, 1,204, 十二项.
pub fn is_count(text: &str) -> bool {
    if text.len() > 40 {
        return false;
    }
    let key = label_key(text);
    let rest = key.strip_prefix("共计").or_else(|| key.strip_prefix('共')).unwrap_or(&key);
    let digits = rest.trim_start_matches(|character: char| character.is_ascii_digit() || matches!(character, '.' | ','));
    if digits.len() < rest.len() {
        return digits.is_empty() || COUNTERS.contains(&digits);
    }
    let counted = rest.trim_start_matches(|character: char| "〇零一二三四五六七八九十百千两".contains(character));
    counted.len() < rest.len() && COUNTERS.contains(&counted)
}

/// The counting unit of a column title's hint (发现隐患（项）, 整改率（%）); money, days and answers to choose from are none.
pub fn is_counting_unit(hint: &str) -> bool {
    COUNTERS.contains(&label_key(hint).as_str())
}

/// True if a text that stands as a description names no hazard.
pub fn names_nothing(text: &str) -> bool {
    if text.len() > 120 {
        // A long formula text of a picture is still none.
        return is_formula(text);
    }
    let key = label_key(text);
    let bare = key.trim_matches(['(', ')', '[', ']', '【', '】', '<', '>', '。', '!', '?']);
    if bare.chars().count() > LONGEST_POINTER && characters().rule_out_choice(text) {
        return false;
    }
    if !key.contains(char::is_alphanumeric) || is_dash(text) || is_count(&key) || is_formula(text) {
        return true;
    }
    let symbols_and_digits =
        |character: char| character.is_ascii_digit() || !character.is_alphanumeric() || matches!(character, '年' | '月' | '日');
    if key.chars().all(symbols_and_digits) {
        return true;
    }
    NOTHING.contains(&bare)
        || bare.starts_with("#value")
        || bare.starts_with("#ref")
        || bare.starts_with("#n")
        || bare.starts_with("#div")
        || is_reference(bare)
        || is_topic(bare)
        || read_status(text, &Default::default()).is_some()
        || read_level(text, &Default::default()).is_some()
        || read_passed(text).value().is_some_and(|_| !matches!(bare, "损坏" | "缺失"))
}

/// =DISPIMG("ID_0A1B2C",1): what is left of a picture or formula in a text file.
fn is_formula(text: &str) -> bool {
    let Some(rest) = text.trim_start().strip_prefix(['=', '＝']) else { return false };
    let name: String = rest
        .chars()
        .take_while(|character| character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '@' | '$' | '!'))
        .collect();
    name.len() >= 2 && (rest[name.len()..].starts_with('(') || rest.len() == name.len())
}

/// 消防安全, 用电管理, 其他类: a field of work, and nothing about it.
fn is_topic(key: &str) -> bool {
    (3..=6).contains(&key.chars().count())
        && ["安全", "管理", "方面", "类", "工作", "领域"].iter().any(|end| key.ends_with(end))
        && !key.contains(['不', '未', '无', '没', '缺', '乱', '差', '弱', '少', '漏', '混'])
        && fault_kinds(key) == 0
}

/// 见附件, 详见附表2, 具体见照片: the hazard stands somewhere else.
fn is_reference(key: &str) -> bool {
    // 同上一条, 同第3项, 同序号2: another row.
    if key.chars().count() <= LONGEST_POINTER
        && key.strip_prefix('同').is_some_and(|rest| {
            rest.starts_with(['上', '前', '第', '序', '下']) || rest.starts_with(|character: char| character.is_ascii_digit())
        })
    {
        return true;
    }
    let rest = REFERENCE_LEADS.iter().fold(key, |rest, lead| rest.strip_prefix(lead).unwrap_or(rest));
    let rest = rest.strip_prefix("请").unwrap_or(rest);
    let rest = rest.strip_prefix("详").unwrap_or(rest);
    let Some(place) = rest.strip_prefix("见").or_else(|| rest.strip_prefix("参见")).or_else(|| rest.strip_prefix("参照")) else {
        return false;
    };
    let place = REFERENCE_SIDES.iter().fold(place, |place, lead| place.strip_prefix(lead).unwrap_or(place));
    place.is_empty()
        || REFERENCE_PLACES.iter().any(|word| {
            place
                .strip_prefix(word)
                .is_some_and(|tail| tail.chars().all(|character| character.is_ascii_digit() || REFERENCE_TAIL.contains(character)))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::ideographs::assert_holds_all;

    #[test]
    fn every_word_can_be_found() {
        assert_holds_all(characters(), include_str!("nothing.rs"));
    }

    #[test]
    fn counts_are_numbers_with_a_counting_unit() {
        for (text, expected) in [
            ("12", true),
            ("9处", true),
            ("共3项", true),
            ("1,204", true),
            ("2 条", true),
            ("十二项", true),
            ("共三处", true),
            ("三处插座松动", false),
            ("一楼", false),
            ("12具灭火器过期", false),
            ("3处插座松动", false),
            ("2号电梯停运", false),
            ("", false),
            ("处", false),
        ] {
            assert_eq!(is_count(text), expected, "{text}");
        }
    }

    #[test]
    fn nothing_is_said_in_many_ways_and_hazards_are_short() {
        for text in [
            "12",
            "9处",
            "#VALUE!",
            "#REF!",
            "#N/A",
            "=DISPIMG(\"ID_0A1B2C\",1)",
            "＝IMAGE(\"a\")",
            "null",
            "NaN",
            "/",
            "—",
            "无",
            "见附件",
            "详见附件2",
            "具体见附表一",
            "见照片",
            "详见整改通知书",
            "见下图",
            "2023-07-10",
            "2023年7月10日",
            "……",
            "？",
            "已整改",
            "整改中",
            "不合格",
            "×",
            "√",
            "是",
            "一般",
            "重大隐患",
            "同上",
            "[图片]",
            "13800000000",
            "隐患",
            "待补充",
            "N/A",
            "undefined",
            "存在问题",
            "如图所示".get(..6).unwrap_or(""),
            "同上一条",
            "同第3项",
            "消防安全",
            "其他类",
        ] {
            assert!(names_nothing(text), "{text}");
        }
        for text in [
            "漏水",
            "12具灭火器过期",
            "2号电梯停运",
            "无应急照明",
            "灭火器缺失",
            "见附件室门损坏",
            "门坏",
            "损坏",
            "缺失",
            "插座松动",
            "3处插座松动",
            "1号楼4.5米处护栏缺失",
            "未见巡查记录",
            "=号标识牌脱落",
            "图纸缺失",
            "见光即灭",
            "ABC灭火器过期",
        ] {
            assert!(!names_nothing(text), "{text}");
        }
    }
}
