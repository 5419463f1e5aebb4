//! A package part compressed in pieces on all cores.
//!
//! Each piece is a deflate stream of its own that ends on a byte, so that pieces made side by side can be laid
//! one behind the other (as pigz does, RFC 1951 §3.2.4). What comes out depends on the pieces alone.

use std::io::Cursor;

use flate2::Compress;
use flate2::Compression;
use flate2::Crc;
use flate2::FlushCompress;
use flate2::Status;
use zip::ZipArchive;
use zip::result::ZipResult;

/// The fastest level: the parts of a ledger are rewritten every week and mailed never.
const LEVEL: Compression = Compression::fast();
/// An empty last block.
const END: [u8; 2] = [3, 0];
const LOCAL_HEADER: u32 = 0x0403_4b50;
const CENTRAL_HEADER: u32 = 0x0201_4b50;
const END_OF_DIRECTORY: u32 = 0x0605_4b50;
const DEFLATED: u16 = 8;
/// Version that a reader must know: 2.0 for deflate, 4.5 for sizes of 64 bits.
const VERSION: u16 = 20;
const VERSION_64: u16 = 45;
/// 1980-01-01, the first day that a zip knows.
const FIRST_DAY: u16 = 33;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;

/// A compressed piece of a part.
pub struct Piece {
    bytes: Vec<u8>,
    check: Crc,
    length: u64,
}

/// Compresses a piece of a part.
pub fn deflate(text: &[u8]) -> Piece {
    let mut check = Crc::new();
    // The checksum counts 32 bits of length; a piece is far smaller.
    check.update(text);
    let mut compressor = Compress::new(LEVEL, false);
    let mut bytes = Vec::with_capacity(text.len() / 4 + 64);
    loop {
        let from = usize::try_from(compressor.total_in()).unwrap_or(text.len());
        // Compressing into memory cannot fail; a full buffer asks for more room.
        let status = compressor.compress_vec(&text[from..], &mut bytes, FlushCompress::Sync);
        let whole = compressor.total_in() == text.len() as u64 && bytes.len() < bytes.capacity();
        if whole || matches!(status, Ok(Status::StreamEnd) | Err(_)) {
            return Piece { bytes, check, length: text.len() as u64 };
        }
        bytes.reserve(text.len() / 4 + 64);
    }
}

/// A part, as far as its pieces have come.
pub struct Part {
    name: String,
    /// The local header, to be filled in at the end, and the pieces behind it.
    bytes: Vec<u8>,
    check: Crc,
    length: u64,
}

impl Part {
    /// An empty part of this name.
    pub fn new(name: &str) -> Part {
        Part { name: name.to_owned(), bytes: vec![0; 30 + name.len()], check: Crc::new(), length: 0 }
    }

    /// Adds a piece at the end.
    pub fn add(&mut self, piece: &Piece) {
        self.bytes.extend_from_slice(&piece.bytes);
        self.check.combine(&piece.check);
        self.length += piece.length;
    }

    /// A package with this part alone, from which it can be copied as it is.
    pub fn into_package(mut self) -> ZipResult<ZipArchive<Cursor<Vec<u8>>>> {
        self.bytes.extend_from_slice(&END);
        let name = self.name.as_bytes();
        let compressed = (self.bytes.len() - 30 - name.len()) as u64;
        let large = self.length.max(compressed) >= u64::from(u32::MAX);
        let extra: Vec<u8> = if large {
            [&1u16.to_le_bytes()[..], &16u16.to_le_bytes(), &self.length.to_le_bytes(), &compressed.to_le_bytes()].concat()
        } else {
            Vec::new()
        };
        let short = |size: u64| u32::try_from(size).ok().filter(|_| !large).unwrap_or(u32::MAX).to_le_bytes();
        let version = if large { VERSION_64 } else { VERSION };
        let common = [
            &version.to_le_bytes()[..],
            &FLAGS.to_le_bytes(),
            &DEFLATED.to_le_bytes(),
            &0u16.to_le_bytes(),
            &FIRST_DAY.to_le_bytes(),
            &self.check.sum().to_le_bytes(),
            &short(compressed),
            &short(self.length),
            &(name.len() as u16).to_le_bytes(),
        ]
        .concat();
        // Readers take the sizes from the directory; the local header needs no extra field for that.
        let local = [&LOCAL_HEADER.to_le_bytes()[..], &common, &0u16.to_le_bytes(), name].concat();
        self.bytes[..local.len()].copy_from_slice(&local);
        let directory_at = self.bytes.len() as u64;
        let central = [
            &CENTRAL_HEADER.to_le_bytes()[..],
            &version.to_le_bytes(),
            &common,
            &(extra.len() as u16).to_le_bytes(),
            // No comment, first disk, no attributes, and the local header at the very beginning.
            &[0; 2 + 2 + 2 + 4 + 4],
            name,
            &extra,
        ]
        .concat();
        self.bytes.extend_from_slice(&central);
        self.bytes.extend_from_slice(&END_OF_DIRECTORY.to_le_bytes());
        self.bytes.extend_from_slice(&[0, 0, 0, 0, 1, 0, 1, 0]);
        self.bytes.extend_from_slice(&(central.len() as u32).to_le_bytes());
        self.bytes.extend_from_slice(&(directory_at as u32).to_le_bytes());
        self.bytes.extend_from_slice(&[0, 0]);
        ZipArchive::new(Cursor::new(self.bytes))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn pieces_come_back_as_one_text() {
        let noise: Vec<u8> = (0..300_000u32).map(|index| (index.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let long = "某县专项整治，".repeat(50_000);
        for pieces in [vec![], vec![&b""[..]], vec![b"a", b"", b"bc"], vec![&noise, long.as_bytes(), &noise[..7]]] {
            let mut part = Part::new("xl/表.xml");
            pieces.iter().for_each(|piece| part.add(&deflate(piece)));
            let mut package = part.into_package().expect("a package");
            let mut read = Vec::new();
            package.by_name("xl/表.xml").expect("the part").read_to_end(&mut read).expect("whole and with the right checksum");
            assert_eq!(read, pieces.concat());
        }
    }
}
