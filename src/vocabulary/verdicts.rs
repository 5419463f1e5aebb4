//! The words with which a clerk decides in the workbook: 采用 on the sheet 冲突, 裁定 on 疑似重复.
//!
//! A word that is spelled a little differently is understood; any other is asked for, never guessed.

use crate::vocabulary::label_key;

/// What may be chosen in the column 采用.
pub const ADOPTIONS: [&str; 2] = ["台账", "报送"];
/// What may be chosen in the column 裁定.
pub const PAIR_VERDICTS: [&str; 2] = ["同一条", "不是同一条"];

/// Which of two values: `Some(true)` for the ledger's.
pub fn reads_as_ledger(text: &str) -> Option<bool> {
    let key = label_key(text);
    let core = ["采用", "采纳", "采取", "取", "用", "按", "以", "保留", "维持", "改为", "改成"]
        .iter()
        .find_map(|start| key.strip_prefix(start))
        .unwrap_or(&key);
    let core = ["为准", "的值", "值", "的", "数据"].iter().find_map(|end| core.strip_suffix(end)).unwrap_or(core);
    match core {
        "台账" | "台帐" | "本级台账" | "我局台账" | "原台账" | "台账保留" | "台账里" | "主管部门" => Some(true),
        "报送" | "报送表" | "报送件" | "单位报送" | "上报" | "单位上报" | "报来" | "单位报" | "另一个" | "单位" | "新报送" => {
            Some(false)
        }
        _ => None,
    }
}

/// Whether two hazards are one.
pub fn reads_as_same(text: &str) -> Option<bool> {
    match label_key(text).as_str() {
        "同一条" | "同一条隐患" | "是同一条" | "是同一条隐患" | "同一个" | "同一隐患" | "是" | "一条" | "是一条" | "相同" | "重复"
        | "同条" | "合并" | "同" => Some(true),
        "不是同一条"
        | "不是同一条隐患"
        | "非同一条"
        | "非同一条隐患"
        | "不同一条"
        | "不同"
        | "不同隐患"
        | "不是"
        | "否"
        | "两条"
        | "是两条"
        | "不是一条"
        | "不重复"
        | "不合并"
        | "不是同一个"
        | "不同条"
        | "两条隐患"
        | "二条" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_mean_it_are_understood_and_others_are_not() {
        for text in ["台账", " 台 账 ", "台账。", "采用台账", "台帐", "保留台账的值", "以台账为准", "台账值"] {
            assert_eq!(reads_as_ledger(text), Some(true), "{text}");
        }
        for text in ["报送", "报 送", "采用报送", "按报送", "报送值", "单位报送的", "以报送为准", "上报"] {
            assert_eq!(reads_as_ledger(text), Some(false), "{text}");
        }
        for text in ["", "待定", "都行", "问单位", "台账或报送", "不采用报送", "2023-10-31"] {
            assert_eq!(reads_as_ledger(text), None, "{text}");
        }
        for text in ["同一条", "是同一条", "同一条隐患", "是", "重复"] {
            assert_eq!(reads_as_same(text), Some(true), "{text}");
        }
        for text in ["不是同一条", "不 是 同一条", "不是", "否", "两条", "非同一条"] {
            assert_eq!(reads_as_same(text), Some(false), "{text}");
        }
        for text in ["", "可能", "待核实", "不清楚", "像同一条"] {
            assert_eq!(reads_as_same(text), None, "{text}");
        }
    }
}
