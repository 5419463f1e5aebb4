//! The readers of `qingdan::tables` on whole files: real formats, hostile files and damaged ones.

mod calamine_agrees;
mod formats;
mod hostile;
mod mutants;
mod packages;
mod sheets;
