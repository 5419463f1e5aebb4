//! What the as-of date says about a ledger: overdue, progress, reporting duties, the three lists.
//!
//! Values only. A result says the world is late; that the data are wrong is for `rules`.

pub mod agenda;
mod assess;
pub mod checklist;
pub mod count_forms;
pub mod difference;
pub mod figures;
pub mod letters;
pub mod obligations;
pub mod overdue;
pub mod overview;
pub mod registers;
pub mod scorecard;
pub mod statutory_year;
pub mod tasks;
pub mod three_lists;
pub mod visits;

pub use assess::deadline_of;
pub use assess::is_closed;
pub use assess::is_rectified;
pub use assess::is_withdrawn;
pub use assess::overdue;
pub use assess::per_cent;
pub use difference::Difference;
pub use difference::difference;
pub use letters::DueLetter;
pub use letters::LetterCounts;
pub use letters::LetterStandings;
pub use letters::letter_standings;
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
pub use overdue::StateCounts;
pub use overdue::UnitSummary;
pub use registers::RegisterContent;
pub use registers::RegisterEntry;
pub use registers::register_content;
pub use scorecard::Scorecard;
pub use scorecard::scorecard;
pub use tasks::TaskStanding;
pub use tasks::TaskStandings;
pub use tasks::TaskState;
pub use tasks::task_standings;
pub use three_lists::ListedHazard;
pub use three_lists::ListedTask;
pub use three_lists::ThreeLists;
