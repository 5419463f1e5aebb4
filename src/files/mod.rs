//! The disk: finding the workspace, listing and reading inputs, writing outputs whole or not at all.
//!
//! Knows paths, permissions and locks; refuses to know what is in a file. Nothing here prints, and
//! nothing here decides what a clerk is told beyond naming the path and the reason.

pub mod demo;
pub mod disk;
pub mod failure;
pub mod history;
pub mod inputs;
pub mod journal;
pub mod lock;
pub mod names;
pub mod outputs;
mod portions;
pub mod read;
pub mod skip;
pub mod staged_folder;
pub mod temporary;
pub mod workspace;

pub use failure::FileFailure;
pub use inputs::InputList;
pub use inputs::InputPath;
pub use inputs::list_inputs;
pub use lock::Lock;
pub use lock::LockRefused;
pub use outputs::Outputs;
pub use portions::by_need;
pub use portions::portions;
pub use read::read_source;
pub use skip::SkipReason;
pub use skip::Skipped;
pub use staged_folder::StagedFolder;
pub use workspace::Workspace;
