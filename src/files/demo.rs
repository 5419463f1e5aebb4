//! The sample inboxes that the binary carries: folders of `examples` and of `campaigns`, listed when it is built.
//!
//! Bytes under names; which campaign they belong to is for `cli`.

/// One file of a sample inbox: its path below the inbox, `/`-separated, and its bytes.
pub type SampleFile = (&'static str, &'static [u8]);

include!(concat!(env!("OUT_DIR"), "/sample_inboxes.rs"));

/// The sample inbox of this name, in path order; empty when there is none.
pub fn shipped_inbox(name: &str) -> &'static [SampleFile] {
    SAMPLE_INBOXES.iter().find(|(shipped, _)| *shipped == name).map_or(&[], |(_, files)| files)
}
