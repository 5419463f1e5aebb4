//! The workspace: the folder that holds `campaign.yaml`, and what its files are called.
//!
//! Finds the folder by walking up from where the command was started; refuses to know what is in the files.

use std::ffi::OsStr;
use std::path::Path;
use std::path::PathBuf;

use crate::files::names;

/// Name of the campaign definition.
pub const CAMPAIGN: &str = "campaign.yaml";
/// Default folder of what came in.
pub const INBOX: &str = "inbox";
/// What came by phone or on paper.
pub const SUBMISSIONS: &str = "submissions.csv";
/// How far the plan's own tasks are.
pub const TASKS: &str = "tasks.csv";
/// 联系人回执
pub const CONTACTS: &str = "contacts.csv";
/// 发函登记: which letters were issued. The clerk fills 文号 in, `notice` adds rows.
pub const NOTICES: &str = "notices.csv";
/// The merged ledger.
pub const LEDGER: &str = "ledger.xlsx";
/// The merged ledger for those who prefer text.
pub const LEDGER_CSV: &str = "ledger.csv";
/// Append-only record of who set what.
pub const HISTORY: &str = "history.jsonl";
/// Lists, reports, notices, returned workbooks.
pub const OUT: &str = "out";

/// True for the names of files that no run ever writes.
pub fn is_kept_by_hand(name: &OsStr) -> bool {
    [CAMPAIGN, SUBMISSIONS, TASKS, CONTACTS].iter().any(|kept| name == *kept)
}

/// A found workspace; both paths are absolute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    pub root: PathBuf,
    pub campaign: PathBuf,
}

/// No campaign was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoWorkspace {
    /// Neither here nor in any parent.
    NotFound { start: PathBuf },
    /// The file that was named does not exist.
    NamedMissing { named: PathBuf },
}

impl Workspace {
    /// The workspace of the campaign file `named` (as seen from `start`), or the nearest one at or above `start`.
    pub fn find(start: &Path, named: Option<&Path>) -> Result<Workspace, NoWorkspace> {
        if let Some(named) = named {
            let mut campaign = names::absolute(named, start);
            if campaign.is_dir() {
                campaign.push(CAMPAIGN);
            }
            if !campaign.exists() {
                return Err(NoWorkspace::NamedMissing { named: named.to_path_buf() });
            }
            let root = campaign.parent().unwrap_or(start).to_path_buf();
            return Ok(Workspace { root, campaign });
        }
        let start = names::lexical(start);
        start
            .ancestors()
            .find(|folder| folder.join(CAMPAIGN).exists())
            .map(|folder| Workspace { root: folder.to_path_buf(), campaign: folder.join(CAMPAIGN) })
            .ok_or_else(|| NoWorkspace::NotFound { start: start.clone() })
    }

    /// A path of the campaign file, relative to it.
    pub fn path(&self, relative: &str) -> PathBuf {
        names::absolute(Path::new(relative), &self.root)
    }

    /// How a path is called in messages and in the ledger.
    pub fn name(&self, path: &Path) -> String {
        names::relative_to(path, &self.root)
    }

    /// The ledger that commands use when none is named: `ledger.xlsx`, or `ledger.csv` where only that exists.
    pub fn ledger(&self) -> PathBuf {
        let workbook = self.root.join(LEDGER);
        let text = self.root.join(LEDGER_CSV);
        if !workbook.exists() && text.exists() { text } else { workbook }
    }

    /// The history of a ledger: `history.jsonl` for the workspace's own; another ledger (`-o`) has one under its
    /// own name, so that a trial leaves no trace in the record.
    pub fn history_of(&self, ledger: &Path) -> PathBuf {
        let own = [LEDGER, LEDGER_CSV].iter().any(|name| self.root.join(name) == ledger);
        if own { self.root.join(HISTORY) } else { ledger.with_extension(HISTORY) }
    }

    /// What people keep by hand in the workspace: no command writes it.
    pub fn kept_files(&self) -> Vec<PathBuf> {
        let registers = [SUBMISSIONS, TASKS, CONTACTS].map(|name| self.root.join(name));
        [self.campaign.clone()].into_iter().chain(registers).collect()
    }

    /// The files and folders of the workspace that are no submissions. `others` are those that the campaign
    /// or the command line names besides (roster, calendar, another ledger).
    pub fn own_files(&self, others: impl IntoIterator<Item = PathBuf>) -> Vec<PathBuf> {
        let mut own = vec![self.campaign.clone()];
        own.extend([SUBMISSIONS, TASKS, CONTACTS, NOTICES, LEDGER, LEDGER_CSV, HISTORY, OUT].map(|name| self.root.join(name)));
        own.extend(others);
        own
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "the tests of the disk use the disk")]

    use super::*;

    #[test]
    fn the_nearest_campaign_above_is_found() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path();
        std::fs::create_dir_all(root.join("inbox/周报")).expect("folders");
        assert!(matches!(Workspace::find(root, None), Err(NoWorkspace::NotFound { .. })));
        std::fs::write(root.join(CAMPAIGN), "").expect("a file");
        let expected = Workspace { root: root.to_path_buf(), campaign: root.join(CAMPAIGN) };
        assert_eq!(Workspace::find(&root.join("inbox/周报"), None), Ok(expected.clone()));
        assert_eq!(Workspace::find(&root.join("inbox"), Some(Path::new("../campaign.yaml"))), Ok(expected.clone()));
        assert_eq!(Workspace::find(root, Some(Path::new("."))), Ok(expected));
        assert!(matches!(Workspace::find(root, Some(Path::new("别的.yaml"))), Err(NoWorkspace::NamedMissing { .. })));
    }

    #[test]
    fn a_csv_ledger_is_used_where_only_that_exists() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let workspace = Workspace { root: folder.path().to_path_buf(), campaign: folder.path().join(CAMPAIGN) };
        assert!(workspace.ledger().ends_with(LEDGER));
        std::fs::write(folder.path().join(LEDGER_CSV), "").expect("a file");
        assert!(workspace.ledger().ends_with(LEDGER_CSV));
        std::fs::write(folder.path().join(LEDGER), "").expect("a file");
        assert!(workspace.ledger().ends_with(LEDGER));
    }
}
