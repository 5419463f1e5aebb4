//! What is said of a container that is not opened: which ceiling it goes beyond, and what to do instead.

use crate::tables::Unreadable;

/// Refuses what goes beyond a ceiling, with a remedy of its own: what helps a large sheet does not help a mail.
pub fn beyond(limit: String, remedy: &str) -> Unreadable {
    Unreadable { detail: remedy.to_owned(), ..Unreadable::too_large(limit) }
}
