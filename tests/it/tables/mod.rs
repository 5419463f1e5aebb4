//! The readers of `qingdan::tables` on whole files: real formats, hostile files and damaged ones.
//!
//! `packages` makes files; the other modules each ask one question of them.

mod calamine_agrees;
mod formats;
mod hostile;
mod mutants;
pub mod packages;
mod sheets;
