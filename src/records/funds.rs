//! Reading 整改资金: an amount in 万元, whatever unit it was written in.

use crate::records::record::Reading;
use crate::vocabulary::label_key;

/// The unit that a column title gives its amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FundsUnit {
    TenThousandYuan,
    Yuan,
    /// The title names none: amounts of 1,000 and more without a unit of their own are asked for.
    Unstated,
}

/// The unit named in a column title such as `整改资金（万元）`.
pub fn unit_of_title(title: &str) -> FundsUnit {
    let key = label_key(title);
    if key.contains("万") {
        FundsUnit::TenThousandYuan
    } else if key.contains("(元)") || key.ends_with('元') {
        FundsUnit::Yuan
    } else {
        FundsUnit::Unstated
    }
}

/// The amount in 万元, and whether it was converted or cleaned on the way.
pub fn read_funds(text: &str, unit: FundsUnit) -> (Reading<f64>, bool) {
    let plain = text.parse::<f64>();
    if let Ok(number) = plain {
        return match unit {
            _ if !number.is_finite() || number < 0.0 => (Reading::Unreadable, false),
            FundsUnit::TenThousandYuan => (Reading::Value(number), false),
            FundsUnit::Yuan => (Reading::Value(number / 10_000.0), true),
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
    let rest = ["约", "大约", "共", "共计", "预计", "合计", "人民币", "¥", "￥", "需", "需要"]
        .iter()
        .fold(key.as_str(), |rest, lead| rest.strip_prefix(lead).unwrap_or(rest));
    let rest = rest.strip_suffix("左右").or_else(|| rest.strip_suffix("余")).unwrap_or(rest);
    let digits: &str = rest.trim_end_matches(|character: char| !character.is_ascii_digit());
    let Ok(number) = digits.parse::<f64>() else { return (Reading::Unreadable, false) };
    let amount = match (&rest[digits.len()..], unit) {
        ("万元" | "万" | "万元人民币", _) => number,
        ("元" | "块" | "元整", _) => number / 10_000.0,
        ("千元", _) => number / 10.0,
        ("百元", _) => number / 100.0,
        ("", FundsUnit::TenThousandYuan) => number,
        ("", FundsUnit::Yuan) => number / 10_000.0,
        ("", FundsUnit::Unstated) if number < 1000.0 => number,
        _ => return (Reading::Unreadable, false),
    };
    (if amount.is_finite() && amount >= 0.0 { Reading::Value(amount) } else { Reading::Unreadable }, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_ten_thousand_yuan() {
        for (text, unit, expected) in [
            ("2万元", FundsUnit::Unstated, Reading::Value(2.0)),
            ("20000元", FundsUnit::Unstated, Reading::Value(2.0)),
            ("约2万", FundsUnit::Unstated, Reading::Value(2.0)),
            ("0.5", FundsUnit::TenThousandYuan, Reading::Value(0.5)),
            ("5000", FundsUnit::Yuan, Reading::Value(0.5)),
            ("5000", FundsUnit::Unstated, Reading::Unreadable),
            ("12,000元", FundsUnit::Unstated, Reading::Value(1.2)),
            ("无需资金", FundsUnit::Unstated, Reading::Value(0.0)),
            ("待定", FundsUnit::Unstated, Reading::Unreadable),
            ("无", FundsUnit::Unstated, Reading::Blank),
        ] {
            assert_eq!(read_funds(text, unit).0, expected, "{text} {unit:?}");
        }
    }
}
