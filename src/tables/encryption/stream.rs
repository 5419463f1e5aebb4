//! The workbook stream of an encrypted XLS: RC4 with MD5, or with SHA-1 by the CryptoAPI.
//!
//! Lengths and kinds of records stay readable; only their data are encrypted, in blocks of 1,024 bytes of the stream.

use crate::tables::encryption::ciphers::Hash;
use crate::tables::encryption::ciphers::Rc4;
use crate::tables::encryption::ciphers::md5;
use crate::tables::encryption::password_bytes;
use crate::tables::xls::FILEPASS;
use crate::tables::xls::Fields;
use crate::tables::xls::Records;

const BLOCK: usize = 1024;
/// Records that are never encrypted: BOF, FILEPASS, INTERFACEHDR, RRDHEAD, RRDINFO, USREXCL, FILELOCK.
const PLAIN: [u16; 7] = [0x0809, FILEPASS, 0x00E1, 0x0138, 0x0196, 0x0194, 0x0195];
const BOUNDSHEET: u16 = 0x0085;

/// How the key of each block is made.
enum Keys {
    Md5(Vec<u8>),
    CryptoApi { hash: Vec<u8>, bytes: usize },
}

impl Keys {
    /// The cipher of one block.
    fn cipher(&self, block: u32) -> Rc4 {
        match self {
            Keys::Md5(base) => Rc4::new(&md5(&[base.as_slice(), &block.to_le_bytes()].concat())),
            Keys::CryptoApi { hash, bytes } => {
                let mut key = Hash::Sha1.of(&[hash, &block.to_le_bytes()]);
                key.truncate(*bytes);
                // A key of 40 bits is used as one of 128.
                if *bytes == 5 {
                    key.resize(16, 0);
                }
                Rc4::new(&key)
            }
        }
    }
}

/// The stream in the clear, if Excel's built-in password opens it; FILEPASS is gone from it.
pub fn decrypted(stream: &[u8]) -> Option<Vec<u8>> {
    let keys = keys(stream)?;
    let mut plain = stream.to_vec();
    let mut records = Records::at(stream, 0);
    let (mut block, mut cipher, mut used) = (0, keys.cipher(0), 0);
    let mut position = 0;
    while let Ok(Some(record)) = records.next() {
        let start = position + 4;
        position = start + record.data.len();
        if record.kind == FILEPASS {
            // A kind that no reader knows.
            plain[start - 4..start - 2].copy_from_slice(&[0xFF, 0xFF]);
        }
        let open = match record.kind {
            kind if PLAIN.contains(&kind) => record.data.len(),
            // The offset of a sheet stays readable.
            BOUNDSHEET => 4,
            _ => 0,
        };
        for (at, encrypted) in plain.iter_mut().enumerate().take(position).skip(start) {
            let wanted = at / BLOCK;
            if wanted != block {
                (block, cipher, used) = (wanted, keys.cipher(u32::try_from(wanted).ok()?), 0);
            }
            // The key stream runs on under the headers and what is not encrypted.
            while used < at % BLOCK {
                cipher.next();
                used += 1;
            }
            let byte = cipher.next();
            used += 1;
            if at >= start + open {
                *encrypted ^= byte;
            }
        }
    }
    Some(plain)
}

/// Keys, an encrypted verifier and its encrypted hash, and how it is hashed.
type Verified<'a> = (Keys, &'a [u8], &'a [u8], fn(&[u8]) -> Vec<u8>);

/// The keys, if the verifier says that the password is the right one.
fn keys(stream: &[u8]) -> Option<Keys> {
    let mut records = Records::at(stream, 0);
    let pass = loop {
        let record = records.next().ok()??;
        if record.kind == FILEPASS {
            break record.data;
        }
    };
    if pass.word(0).ok()? != 1 {
        return None;
    }
    let (keys, verifier, stated, hash): Verified<'_> = match pass.word(2).ok()? {
        1 => {
            let salt = pass.get(6..22)?;
            let short = md5(&password_bytes()).get(..5)?.to_vec();
            let base = md5(&[short.as_slice(), salt].concat().repeat(16)).get(..5)?.to_vec();
            (Keys::Md5(base), pass.get(22..38)?, pass.get(38..54)?, md5)
        }
        2..=4 => {
            let header_size = pass.double_word(10).ok()? as usize;
            let bits = pass.double_word(14 + 16).ok()?;
            let verifier = pass.get(14_usize.checked_add(header_size)?..)?;
            let salt = verifier.get(4..20)?;
            let hash = Hash::Sha1.of(&[salt, &password_bytes()]);
            let bytes = if bits == 0 { 5 } else { (bits / 8) as usize };
            let keys = Keys::CryptoApi { hash, bytes };
            (keys, verifier.get(20..36)?, verifier.get(40..60)?, |bytes| Hash::Sha1.of(&[bytes]))
        }
        _ => return None,
    };
    let mut cipher = keys.cipher(0);
    let plain: Vec<u8> = verifier.iter().map(|byte| byte ^ cipher.next()).collect();
    let found: Vec<u8> = stated.iter().map(|byte| byte ^ cipher.next()).collect();
    (hash(&plain) == found).then_some(keys)
}
