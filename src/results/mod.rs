//! What the as-of date says about a ledger: overdue, progress, reporting duties, the three lists.
//!
//! Values only. A result says the world is late; that the data are wrong is for `rules`.

pub mod agenda;
mod assess;
pub mod checklist;
pub mod obligations;
pub mod overdue;
pub mod overview;
pub mod statutory_year;
pub mod three_lists;
pub mod visits;

pub use assess::deadline_of;
pub use assess::is_closed;
pub use assess::is_rectified;
pub use assess::overdue;
pub use assess::per_cent;
pub use obligations::Duty;
pub use obligations::DutyDetail;
pub use obligations::DutyPeriod;
pub use obligations::DutyState;
pub use obligations::Evidence;
pub use obligations::Obligations;
pub use obligations::obligations;
pub use overdue::DeadlineSource;
pub use overdue::Overdue;
pub use overdue::OverdueItem;
pub use overdue::OverdueState;
pub use overdue::Rates;
pub use overdue::UnitSummary;
pub use three_lists::ListedHazard;
pub use three_lists::ListedTask;
pub use three_lists::ThreeLists;
