//! The few ciphers and hashes that Office uses, under one face each.

use aes::Aes128;
use aes::Aes192;
use aes::Aes256;
use aes::cipher::BlockCipherDecrypt;
use aes::cipher::KeyInit;
use sha1::Sha1;
use sha2::Digest;
use sha2::Sha256;
use sha2::Sha384;
use sha2::Sha512;

/// A hash that a file names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// The hash of a name such as `SHA512`.
    pub fn named(name: &str) -> Option<Hash> {
        Some(match name.replace('-', "").to_ascii_uppercase().as_str() {
            "SHA1" => Hash::Sha1,
            "SHA256" => Hash::Sha256,
            "SHA384" => Hash::Sha384,
            "SHA512" => Hash::Sha512,
            _ => return None,
        })
    }

    /// The digest of some bytes one after the other.
    pub fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        match self {
            Hash::Sha1 => digest::<Sha1>(parts),
            Hash::Sha256 => digest::<Sha256>(parts),
            Hash::Sha384 => digest::<Sha384>(parts),
            Hash::Sha512 => digest::<Sha512>(parts),
        }
    }

    /// A password hashed with its salt and then so many times with a counter before it.
    pub fn spun(self, salt: &[u8], password: &[u8], times: u32) -> Vec<u8> {
        (0..times).fold(self.of(&[salt, password]), |hash, round| self.of(&[&round.to_le_bytes(), &hash]))
    }
}

fn digest<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
    let mut digest = D::new();
    parts.iter().for_each(|part| digest.update(part));
    digest.finalize().to_vec()
}

/// The MD5 of some bytes.
pub fn md5(bytes: &[u8]) -> Vec<u8> {
    digest::<md5::Md5>(&[bytes])
}

/// AES by the length of its key.
pub enum Aes {
    Short(Aes128),
    Middle(Aes192),
    Long(Aes256),
}

impl Aes {
    /// A cipher for a key of 16, 24 or 32 bytes.
    pub fn new(key: &[u8]) -> Option<Aes> {
        Some(match key.len() {
            16 => Aes::Short(Aes128::new_from_slice(key).ok()?),
            24 => Aes::Middle(Aes192::new_from_slice(key).ok()?),
            32 => Aes::Long(Aes256::new_from_slice(key).ok()?),
            _ => return None,
        })
    }

    /// Decrypts whole blocks in place, each by itself or, with a vector, in a chain; a cut block at the end stays.
    pub fn decrypt(&self, bytes: &mut [u8], vector: Option<[u8; 16]>) {
        let mut before = vector;
        for chunk in bytes.chunks_exact_mut(16) {
            let Ok(cipher) = <[u8; 16]>::try_from(&*chunk) else { return };
            let mut block = aes::Block::from(cipher);
            match self {
                Aes::Short(aes) => aes.decrypt_block(&mut block),
                Aes::Middle(aes) => aes.decrypt_block(&mut block),
                Aes::Long(aes) => aes.decrypt_block(&mut block),
            }
            for (index, byte) in chunk.iter_mut().enumerate() {
                *byte = block[index] ^ before.map_or(0, |vector| vector[index]);
            }
            before = before.map(|_| cipher);
        }
    }
}

/// RC4, which is also its own inverse.
pub struct Rc4 {
    state: [u8; 256],
    first: u8,
    second: u8,
}

impl Rc4 {
    pub fn new(key: &[u8]) -> Rc4 {
        let mut state = [0; 256];
        (0..=255).zip(&mut state).for_each(|(number, place)| *place = number);
        let mut second = 0_u8;
        for first in 0..256 {
            let of_key = key.get(first % key.len().max(1)).copied().unwrap_or(0);
            second = second.wrapping_add(state[first]).wrapping_add(of_key);
            state.swap(first, usize::from(second));
        }
        Rc4 { state, first: 0, second: 0 }
    }

    /// The next byte of the key stream.
    pub fn next(&mut self) -> u8 {
        self.first = self.first.wrapping_add(1);
        self.second = self.second.wrapping_add(self.state[usize::from(self.first)]);
        self.state.swap(usize::from(self.first), usize::from(self.second));
        let index = self.state[usize::from(self.first)].wrapping_add(self.state[usize::from(self.second)]);
        self.state[usize::from(index)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ciphers_give_their_published_examples() {
        let mut rc4 = Rc4::new(b"Key");
        let plain: Vec<u8> = [0xBB, 0xF3, 0x16, 0xE8, 0xD9, 0x40, 0xAF, 0x0A, 0xD3].iter().map(|byte| byte ^ rc4.next()).collect();
        assert_eq!(plain, b"Plaintext");
        // FIPS 197, appendix C.1.
        let key: Vec<u8> = (0..16).collect();
        let mut block = [0x69, 0xC4, 0xE0, 0xD8, 0x6A, 0x7B, 0x04, 0x30, 0xD8, 0xCD, 0xB7, 0x80, 0x70, 0xB4, 0xC5, 0x5A];
        Aes::new(&key).expect("16 bytes").decrypt(&mut block, None);
        assert_eq!(block.to_vec(), (0..16).map(|number| number * 0x11).collect::<Vec<u8>>());
        assert_eq!(md5(b"")[..4], [0xD4, 0x1D, 0x8C, 0xD9]);
        assert_eq!(Hash::named("SHA-1").map(|hash| hash.of(&[b"a", b"bc"])[..3].to_vec()), Some(vec![0xA9, 0x99, 0x3E]));
    }
}
