//! SHA-256, so that what was written can be checked with the tools of any computer: `sha256sum`, `certutil -hashfile`.
//!
//! Knows bytes and nothing of what they mean; nothing secret depends on it.

use sha2::Digest;
use sha2::Sha256;

/// The hash of bytes.
pub type Hash = [u8; 32];

/// A hash of bytes that come piece by piece.
#[derive(Clone, Default)]
pub struct Hasher(Sha256);

impl Hasher {
    /// Takes the next piece.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of all pieces.
    pub fn finish(self) -> Hash {
        self.0.finalize().into()
    }
}

/// Hashes bytes.
pub fn sha256(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// Writes a hash, or the beginning of one, as hexadecimal digits.
pub fn hex(hash: &[u8]) -> String {
    use std::fmt::Write;
    hash.iter().fold(String::with_capacity(hash.len() * 2), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_everybody() {
        // As `printf '%s' demo-2023-07-31-甲医院 | sha256sum` gives it.
        let expected = "af4b72430ac1f4f41f07dfb126096f1f75f86e5a0a71ebcd566803d9809dbe63";
        assert_eq!(hex(&sha256("demo-2023-07-31-甲医院".as_bytes())), expected);
        let mut hasher = Hasher::default();
        ["demo-2023-07-31-", "甲医院"].iter().for_each(|piece| hasher.update(piece.as_bytes()));
        assert_eq!(hex(&hasher.finish()), expected);
    }
}
