//! Reading 整改资金: an amount in 万元, whatever unit it was written in.

use crate::records::record::Reading;
use crate::vocabulary::label_key;
use crate::vocabulary::split_hint;

/// The unit that a column title gives its amounts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FundsUnit {
    /// So many 万元 each.
    Of(f64),
    /// The title names none: amounts of 1,000 and more without a unit of their own are asked for.
    Unstated,
}

/// The unit named in a column title such as `整改资金（万元）`.
pub fn unit_of_title(title: &str) -> FundsUnit {
    let key = label_key(title);
    if key.contains('万') {
        return FundsUnit::Of(1.0);
    }
    let (_, hint) = split_hint(&key);
    let named = [hint.rsplit([':', '/']).next().unwrap_or_default(), key.as_str()];
    named.iter().find_map(|text| unit_at_end(text)).map_or(FundsUnit::Unstated, |(_, worth)| FundsUnit::Of(worth))
}

/// The words of money, with what one of them is in 万元; the longer before the shorter.
const UNITS: [(&str, f64); 12] = [
    ("亿元", 10_000.0),
    ("万元", 1.0),
    ("千元", 0.1),
    ("百元", 0.01),
    ("元整", 0.0001),
    ("元正", 0.0001),
    ("亿", 10_000.0),
    ("万", 1.0),
    ("元", 0.0001),
    ("圆", 0.0001),
    ("块", 0.0001),
    ("块钱", 0.0001),
];

/// An amount without its unit, and what the unit is worth in 万元.
fn unit_at_end(text: &str) -> Option<(&str, f64)> {
    let text = text.strip_suffix("人民币").unwrap_or(text);
    let text = text.strip_suffix('整').filter(|rest| rest.ends_with('元')).unwrap_or(text);
    UNITS.iter().find_map(|(word, worth)| text.strip_suffix(word).map(|rest| (rest, *worth)))
}

/// Whether ¥, which means 元, stands before an amount whose column is in another unit.
pub fn contradicts_unit(text: &str, unit: FundsUnit) -> bool {
    let key = label_key(text);
    has_sign(&key) && unit_at_end(&key).is_none() && matches!(unit, FundsUnit::Of(worth) if worth != 0.0001)
}

fn has_sign(key: &str) -> bool {
    SIGNS.iter().any(|sign| key.contains(sign))
}

const SIGNS: [&str; 5] = ["¥", "￥", "cny", "rmb", "cn¥"];

/// The amount in 万元, and whether it was converted or cleaned on the way.
pub fn read_funds(text: &str, unit: FundsUnit) -> (Reading<f64>, bool) {
    let plain = text.parse::<f64>();
    if let Ok(number) = plain {
        return match unit {
            _ if !number.is_finite() || number < 0.0 => (Reading::Unreadable, false),
            FundsUnit::Of(1.0) => (Reading::Value(number), false),
            FundsUnit::Of(worth) => (Reading::Value(in_ten_thousand(number, worth)), true),
            FundsUnit::Unstated if number < 1000.0 => (Reading::Value(number), false),
            FundsUnit::Unstated => (Reading::Unreadable, false),
        };
    }
    let key: String = label_key(text).replace(',', "");
    if matches!(key.as_str(), "无" | "/" | "-" | "—" | "--" | "——") {
        return (Reading::Blank, false);
    }
    if matches!(key.as_str(), "无需资金" | "不需要" | "不需资金" | "无需" | "不涉及" | "零" | "无需投入" | "不需要资金" | "0元" | "0万元")
    {
        return (Reading::Value(0.0), true);
    }
    if contradicts_unit(text, unit) {
        return (Reading::Unreadable, false);
    }
    let signed = has_sign(&key);
    let leads = ["约", "大约", "共", "共计", "预计", "合计", "人民币", "需", "需要"];
    let rest = leads.iter().chain(&SIGNS).fold(key.trim(), |rest, lead| rest.strip_prefix(lead).unwrap_or(rest).trim());
    let rest = rest.strip_suffix("左右").or_else(|| rest.strip_suffix("余")).unwrap_or(rest);
    let (digits, worth) = match unit_at_end(rest) {
        Some((digits, worth)) => (digits, Some(worth)),
        None if signed => (rest, Some(0.0001)),
        None => (rest, None),
    };
    let Ok(number) = digits.trim().parse::<f64>() else { return (Reading::Unreadable, false) };
    let amount = match (worth, unit) {
        (Some(worth), _) | (None, FundsUnit::Of(worth)) => in_ten_thousand(number, worth),
        (None, FundsUnit::Unstated) if number < 1000.0 => number,
        _ => return (Reading::Unreadable, false),
    };
    (if amount.is_finite() && amount >= 0.0 { Reading::Value(amount) } else { Reading::Unreadable }, true)
}

/// Division where it is exact: 12000 元 are 1.2 万元, and not 1.2000000000000002.
fn in_ten_thousand(number: f64, worth: f64) -> f64 {
    if worth < 1.0 { number / (1.0 / worth).round() } else { number * worth }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_state_their_unit() {
        for (title, unit) in [
            ("整改资金（万元）", FundsUnit::Of(1.0)),
            ("整改资金（元）", FundsUnit::Of(0.0001)),
            ("整改资金（单位：千元）", FundsUnit::Of(0.1)),
            ("资金/元", FundsUnit::Of(0.0001)),
            ("整改资金(亿元)", FundsUnit::Of(10_000.0)),
            ("整改资金", FundsUnit::Unstated),
        ] {
            assert_eq!(unit_of_title(title), unit, "{title}");
        }
    }

    #[test]
    fn amounts_are_read_in_ten_thousand_yuan() {
        for (text, unit, expected) in [
            ("2万元", FundsUnit::Unstated, Reading::Value(2.0)),
            ("20000元", FundsUnit::Unstated, Reading::Value(2.0)),
            ("约2万", FundsUnit::Unstated, Reading::Value(2.0)),
            ("0.5", FundsUnit::Of(1.0), Reading::Value(0.5)),
            ("5000", FundsUnit::Of(0.0001), Reading::Value(0.5)),
            ("5000", FundsUnit::Unstated, Reading::Unreadable),
            ("12,000元", FundsUnit::Unstated, Reading::Value(1.2)),
            ("无需资金", FundsUnit::Unstated, Reading::Value(0.0)),
            ("¥35,000.00", FundsUnit::Unstated, Reading::Value(3.5)),
            ("¥35,000.00", FundsUnit::Of(0.0001), Reading::Value(3.5)),
            ("¥35,000.00", FundsUnit::Of(1.0), Reading::Unreadable),
            ("￥3.5万元", FundsUnit::Of(1.0), Reading::Value(3.5)),
            ("35,000元", FundsUnit::Of(1.0), Reading::Value(3.5)),
            ("35.0千元", FundsUnit::Of(1.0), Reading::Value(3.5)),
            ("0.2亿元", FundsUnit::Of(1.0), Reading::Value(2000.0)),
            ("3.5万元整", FundsUnit::Of(0.0001), Reading::Value(3.5)),
            ("35", FundsUnit::Of(0.1), Reading::Value(3.5)),
            ("待定", FundsUnit::Unstated, Reading::Unreadable),
            ("无", FundsUnit::Unstated, Reading::Blank),
        ] {
            assert_eq!(read_funds(text, unit).0, expected, "{text} {unit:?}");
        }
    }
}
