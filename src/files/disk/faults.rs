//! Faults for tests: the n-th step on the disk below a folder fails, or is where the process is killed.
//!
//! A kill is played by letting every later step below the folder fail too, so that nothing is cleared up. Other tests, in other
//! folders, notice nothing.

use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::PoisonError;

/// What happens at the chosen step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The step fails as on a full disk, those after it do not.
    Full,
    /// The process ends there.
    Kill,
}

struct Plan {
    root: PathBuf,
    at: usize,
    fault: Fault,
    seen: usize,
}

static PLANS: Mutex<Vec<Plan>> = Mutex::new(Vec::new());

/// Works with a fault at step `at` (from 0) below `root`; tells how many steps were taken.
pub fn during<T>(root: &Path, at: usize, fault: Fault, work: impl FnOnce() -> T) -> (T, usize) {
    let plans = || PLANS.lock().unwrap_or_else(PoisonError::into_inner);
    plans().push(Plan { root: root.to_path_buf(), at, fault, seen: 0 });
    let done = work();
    let mut plans = plans();
    let place = plans.iter().position(|plan| plan.root == root).expect("the plan of this test");
    (done, plans.swap_remove(place).seen)
}

/// Counts a step.
pub fn step(path: &Path) -> io::Result<()> {
    let mut plans = PLANS.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(plan) = plans.iter_mut().find(|plan| path.starts_with(&plan.root)) else { return Ok(()) };
    plan.seen += 1;
    let number = plan.seen - 1;
    match plan.fault {
        Fault::Full if number == plan.at => Err(io::Error::from(io::ErrorKind::StorageFull)),
        Fault::Kill if number >= plan.at => Err(io::Error::from(io::ErrorKind::StorageFull)),
        _ => Ok(()),
    }
}
