//! How far a mail or an archive is opened. Each ceiling stands in `docs/limits.md` with its reason.

/// Files in one mail or archive, those within the enclosed ones included.
pub const ENCLOSED_FILES: usize = 10_000;

/// Bytes of all these files together.
pub const ENCLOSED_BYTES: u64 = 256 << 20;

/// How many times its packed size a file in an archive may inflate to …
pub const ENCLOSED_RATIO: u64 = 250;

/// … once it is larger than this. Small files may have any ratio.
pub const ENCLOSED_FREE: u64 = 32 << 20;

/// Mails and archives within each other, the outermost counted.
pub const ENCLOSED_DEPTH: usize = 5;

/// Multiparts within each other in one mail.
pub const MULTIPART_DEPTH: usize = 20;
