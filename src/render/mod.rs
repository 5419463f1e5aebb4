//! Sheets and diagnostics → bytes, one file per output format.

pub mod annotate;
