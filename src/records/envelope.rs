//! What stands on the envelope of a file that came in a mail or an archive: who sent it, and when it came.
//!
//! It speaks only where the file says nothing: below its own 填报单位 and 填报日期, and below its name.

use std::sync::Arc;

use chrono::NaiveDate;

/// The envelope of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Envelope {
    /// The sender as told to people: name and mailbox; empty for an archive that came alone.
    pub sender: Arc<str>,
    pub subject: Arc<str>,
    /// The sender's unit, as an index into the roster.
    pub unit: Option<usize>,
    /// The day in an archive's name, or that of the mail.
    pub received: Option<NaiveDate>,
}

impl Envelope {
    /// Says whose mail it was, for somebody who has to ask for more; `None` without a mail.
    pub fn whose(&self) -> Option<String> {
        if self.sender.is_empty() && self.subject.is_empty() {
            return None;
        }
        let sender = if self.sender.is_empty() { "没有写发件人" } else { &self.sender };
        let on = self.received.map_or_else(String::new, |day| format!("，{day}"));
        let subject =
            if self.subject.is_empty() { String::new() } else { format!("，主题“{}”", crate::source::shortened(&self.subject, 40)) };
        Some(format!("发件人：{sender}{on}{subject}"))
    }
}
