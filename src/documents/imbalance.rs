//! Why a document is not written: its parts do not add up, so one of its numbers would be a lie.
//!
//! These are bugs of ours or damaged results, never a fault of the data; the words name the numbers so
//! that they can be looked up.

/// Two numbers or two lists that must be equal and are not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Imbalance {
    /// `records ≠ new + updated + unchanged + duplicate + rejected` for one sheet.
    #[error(
        "合并对账不平：{file} › {sheet} 读到{records}条记录，而新增{new}、更新{updated}、未变{unchanged}、重复{duplicate}、退回{rejected}相加为{sum}，未写出台账"
    )]
    Tally { file: String, sheet: String, records: u64, new: u32, updated: u32, unchanged: u32, duplicate: u32, rejected: u32, sum: u64 },
    /// A total differs from the sum of its parts.
    #[error("合计不平：{what}的合计是{total}，各项相加是{sum}，未写出文件")]
    Total { what: String, total: u64, sum: u64 },
    /// The lists do not hold the same 编号 in the same order.
    #[error("三张清单不一致：第{position}条，{left_list}是“{left}”，{right_list}是“{right}”，未写出清单")]
    Lists { position: usize, left_list: String, left: String, right_list: String, right: String },
}
