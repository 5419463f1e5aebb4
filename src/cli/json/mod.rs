//! The machine interface at the rim: what only stdout shows, one set of structs per command, apart from the core's types, so that
//! the keys stay when the core changes. What files hold is in `render::json`. Documented in `docs/json.md`.

pub mod calendar;
pub mod diff;
pub mod forms;
pub mod letters;
pub mod merge;
pub mod overdue;
pub mod receipt;
pub mod status;
pub mod submissions;
pub mod template;
pub mod validate;
pub mod verify;
pub mod visits;
pub mod why;

pub use crate::render::json::text;
