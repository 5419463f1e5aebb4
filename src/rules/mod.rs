//! Facts → diagnostics; one file per rule. A rule says that data are wrong, never that the world is late.

pub mod rule;

pub use rule::Check;
pub use rule::Example;
pub use rule::Rule;
pub use rule::Scope;
