//! Why a row of a scorecard gained or lost points, in a key for programs and in words for people.

use crate::ledger::Ledger;
use crate::results::obligations::DutyState;
use crate::vocabulary::Field;
use crate::vocabulary::Status;

/// What was found about a duty or a hazard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A report that has fallen due.
    Report(DutyState),
    /// Rectified by its deadline.
    InTime,
    /// Rectified after its deadline.
    Late,
    /// Rectified, nobody says when.
    Undated,
    /// Rectified, but there was no deadline to keep.
    WithoutDeadline,
    /// Rectified or closed, whenever that was.
    Done(Status),
    /// Neither rectified nor closed.
    NotRectified,
    /// Major, not rectified yet, and nothing that the campaign demands until then is lacking.
    InHand,
    /// Major, not rectified yet, and these are lacking.
    Lacking(Vec<Field>),
    /// Found again after the same thing was rectified; index of the earlier hazard.
    CameBack(usize),
    /// Past its deadline by so many days.
    Overdue(Option<i64>),
}

impl Finding {
    /// JSON key.
    pub fn key(&self) -> &'static str {
        match self {
            Finding::Report(state) => state.key(),
            Finding::InTime => "in_time",
            Finding::Late => "late",
            Finding::Undated => "undated",
            Finding::WithoutDeadline => "without_deadline",
            Finding::Done(status) => status.key(),
            Finding::NotRectified => "not_rectified",
            Finding::InHand => "in_hand",
            Finding::Lacking(_) => "lacking",
            Finding::CameBack(_) => "came_back",
            Finding::Overdue(_) => "overdue",
        }
    }

    /// The words the clerk reads.
    pub fn words(&self, ledger: &Ledger) -> String {
        let fixed = match self {
            Finding::Report(state) => state.label(),
            Finding::InTime => "期限内整改",
            Finding::Late => "超期完成",
            Finding::Undated => "已整改，没有填整改完成日期",
            Finding::WithoutDeadline => "已整改，没有整改期限",
            Finding::Done(status) => status.label(),
            Finding::NotRectified => "未整改",
            Finding::InHand => "未整改，要求的各项齐全",
            Finding::Lacking(fields) => {
                let titles: Vec<&str> = fields.iter().map(|field| field.title()).collect();
                return format!("未整改，缺{}", titles.join("、"));
            }
            Finding::CameBack(earlier) => {
                let id = ledger.hazards.get(*earlier).map_or("", |hazard| hazard.id.as_str());
                return format!("与已整改的 {id} 相同");
            }
            Finding::Overdue(Some(days)) => return format!("逾期 {days} 天"),
            Finding::Overdue(None) => "逾期",
        };
        fixed.to_owned()
    }
}
