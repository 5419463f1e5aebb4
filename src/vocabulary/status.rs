//! The states of a hazard. 已整改 (rectified, awaits verification) is not 已销号 (closed out).

/// State of a hazard; an enum from the first reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// 待整改
    Open,
    /// 整改中
    InRectification,
    /// 已整改: awaits verification
    Rectified,
    /// 已销号
    ClosedOut,
    /// 撤销, with a reason
    Withdrawn,
}

impl Status {
    /// Every status, in the order of a hazard's life.
    pub const ALL: [Status; 5] = [Status::Open, Status::InRectification, Status::Rectified, Status::ClosedOut, Status::Withdrawn];

    /// JSON and YAML key.
    pub fn key(self) -> &'static str {
        match self {
            Status::Open => "open",
            Status::InRectification => "in_rectification",
            Status::Rectified => "rectified",
            Status::ClosedOut => "closed_out",
            Status::Withdrawn => "withdrawn",
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
        }
    }
}
