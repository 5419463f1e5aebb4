//! The streams EncryptionInfo and EncryptedPackage around an encrypted XLSX, by ECMA-376 "standard" and "agile".
//!
//! What does not decrypt to a zip archive has another password, or another scheme; both are refused alike.

use crate::tables::encryption::ciphers::Aes;
use crate::tables::encryption::ciphers::Hash;
use crate::tables::encryption::password_bytes;
use crate::tables::ole::u32_at;
use crate::tables::xml::Scanner;
use crate::tables::xml::Token;

/// More rounds than this are made to keep a reader busy.
const MOST_ROUNDS: u32 = 500_000;
/// Bytes that are encrypted as one chain in an agile package.
const SEGMENT: usize = 4096;

/// The package inside, if Excel's built-in password opens it.
pub fn package(information: &[u8], encrypted: &[u8]) -> Option<Vec<u8>> {
    let size = usize::try_from(u64::from_le_bytes(encrypted.get(..8)?.try_into().ok()?)).ok()?;
    let mut bytes = encrypted.get(8..)?.to_vec();
    let size = Some(size).filter(|size| *size <= bytes.len())?;
    match (u32_at(information, 0) & 0xFFFF, u32_at(information, 0) >> 16) {
        (4, 4) => Agile::read(information.get(8..)?)?.decrypt(&mut bytes)?,
        (2..=4, 2) => Aes::new(&standard_key(information)?)?.decrypt(&mut bytes, None),
        _ => return None,
    }
    bytes.truncate(size);
    bytes.starts_with(b"PK").then_some(bytes)
}

/// The key of the standard scheme: 50,000 rounds of SHA-1.
fn standard_key(information: &[u8]) -> Option<Vec<u8>> {
    let header_size = u32_at(information, 8) as usize;
    let header = information.get(12..12_usize.checked_add(header_size)?)?;
    let key_bytes = usize::try_from(u32_at(header, 16)).ok()? / 8;
    let verifier = information.get(12 + header_size..)?;
    let salt = verifier.get(4..4_usize.checked_add(u32_at(verifier, 0) as usize)?)?;
    let hash = Hash::Sha1;
    let spun = hash.spun(salt, &password_bytes(), 50_000);
    let last = hash.of(&[&spun, &0_u32.to_le_bytes()]);
    let padded = |pad: u8| {
        let mut block = [pad; 64];
        block.iter_mut().zip(&last).for_each(|(byte, of_hash)| *byte ^= of_hash);
        hash.of(&[&block])
    };
    let mut key = padded(0x36);
    key.extend(padded(0x5C));
    key.truncate(key_bytes);
    Some(key)
}

/// What the XML of an agile package says.
#[derive(Default)]
struct Agile {
    data_salt: Vec<u8>,
    data_hash: Option<Hash>,
    key_salt: Vec<u8>,
    key_hash: Option<Hash>,
    key_bytes: usize,
    rounds: u32,
    encrypted_key: Vec<u8>,
}

impl Agile {
    fn read(xml: &[u8]) -> Option<Agile> {
        let mut scanner = Scanner::new(xml, "EncryptionInfo");
        let mut agile = Agile::default();
        loop {
            match scanner.next().ok()? {
                Token::Open { name: b"keyData", attributes, .. } => {
                    agile.data_salt = from_base64(attributes.get("saltValue")?)?;
                    agile.data_hash = Hash::named(&attributes.text("hashAlgorithm")?);
                }
                Token::Open { name: b"encryptedKey", attributes, .. } => {
                    agile.key_salt = from_base64(attributes.get("saltValue")?)?;
                    agile.key_hash = Hash::named(&attributes.text("hashAlgorithm")?);
                    agile.key_bytes = attributes.number::<usize>("keyBits")? / 8;
                    agile.rounds = attributes.number("spinCount")?;
                    agile.encrypted_key = from_base64(attributes.get("encryptedKeyValue")?)?;
                }
                Token::End => return (agile.rounds <= MOST_ROUNDS).then_some(agile),
                _ => {}
            }
        }
    }

    fn decrypt(self, bytes: &mut [u8]) -> Option<()> {
        const KEY_VALUE: [u8; 8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];
        let key_hash = self.key_hash?;
        let spun = key_hash.spun(&self.key_salt, &password_bytes(), self.rounds);
        let mut opener = key_hash.of(&[&spun, &KEY_VALUE]);
        opener.resize(self.key_bytes, 0x36);
        let mut key = self.encrypted_key;
        Aes::new(&opener)?.decrypt(&mut key, Some(vector(&self.key_salt)));
        key.truncate(self.key_bytes);
        let aes = Aes::new(&key)?;
        let data_hash = self.data_hash?;
        for (number, segment) in (0_u32..).zip(bytes.chunks_mut(SEGMENT)) {
            let of_segment = data_hash.of(&[&self.data_salt, &number.to_le_bytes()]);
            aes.decrypt(segment, Some(vector(&of_segment)));
        }
        Some(())
    }
}

/// The first 16 bytes, padded as the standard says.
fn vector(bytes: &[u8]) -> [u8; 16] {
    let mut vector = [0x36; 16];
    vector.iter_mut().zip(bytes).for_each(|(place, byte)| *place = *byte);
    vector
}

fn from_base64(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_u32, 0);
    for &byte in text.iter().filter(|byte| !byte.is_ascii_whitespace() && **byte != b'=') {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = (held << 6 | u32::from(six)) & 0xFFFF;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_in_base_64_are_bytes() {
        assert_eq!(from_base64(b"AAECAwQ="), Some(vec![0, 1, 2, 3, 4]));
        assert_eq!(from_base64(b"//79"), Some(vec![255, 254, 253]));
        assert_eq!(from_base64(b"%"), None);
        assert!(package(&[], &[]).is_none() && package(&[4, 0, 4, 0], &[0; 20]).is_none());
    }
}
