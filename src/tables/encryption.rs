//! Files that Excel encrypted with its built-in password, which nobody typed: it does so when only the structure of
//! a workbook is to be protected, and opens them without asking.
//!
//! Only this one password is tried. A file with a password of its own stays closed, and says so.

mod ciphers;
mod ooxml;
mod stream;

pub use ooxml::package;
pub use stream::decrypted as workbook_stream;

/// The password that is built into Excel.
const PASSWORD: &str = "VelvetSweatshop";

/// The password as the formats hash it.
fn password_bytes() -> Vec<u8> {
    PASSWORD.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
