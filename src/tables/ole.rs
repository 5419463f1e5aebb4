//! The OLE container (compound file) around old Excel, Word and encrypted files.
//!
//! Every chain of sectors is bounded by the number of sectors in the file, every sector must lie
//! inside of it, and only streams of the root storage are handed out: those of embedded objects are
//! not the file's own. Knows nothing of what the streams hold.

use crate::tables::workbook::Unreadable;

const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const LAST_SECTOR: u32 = 0xFFFF_FFFA;
const NO_ENTRY: u32 = 0xFFFF_FFFF;
const ENTRY: usize = 128;
const MINI_SECTOR: usize = 64;

/// A compound file whose tables have been walked.
pub struct Ole<'a> {
    bytes: &'a [u8],
    sector_size: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    mini_cutoff: u64,
    /// The children of the root storage.
    root: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: u64,
    is_stream: bool,
}

/// A directory entry as stored.
struct Slot {
    name: String,
    kind: u8,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size: u64,
}

fn damaged(what: &str) -> Unreadable {
    Unreadable::damaged(format!("OLE 容器：{what}"))
}

impl<'a> Ole<'a> {
    /// Walks header, allocation tables and directory.
    ///
    /// # Errors
    /// Loops, sectors outside of the file, or a file that is cut off.
    pub fn open(bytes: &'a [u8]) -> Result<Ole<'a>, Unreadable> {
        let header = bytes.get(..512).ok_or_else(|| damaged("文件头不完整"))?;
        let shift = u16_at(header, 30);
        if shift != 9 && shift != 12 {
            return Err(damaged("扇区大小不对"));
        }
        let sector_size = 1_usize << shift;
        let mut ole = Ole {
            bytes,
            sector_size,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_stream: Vec::new(),
            mini_cutoff: u64::from(u32_at(header, 56)),
            root: Vec::new(),
        };
        ole.read_fat(header)?;
        let directory = ole.chain(u32_at(header, 48), u64::MAX)?;
        let slots = slots(&directory, shift == 9);
        let root = slots.first().filter(|slot| slot.kind == 5).ok_or_else(|| damaged("没有根目录"))?;
        if u32_at(header, 60) <= LAST_SECTOR {
            let mini_fat = ole.chain(u32_at(header, 60), u64::MAX)?;
            ole.mini_fat = words(&mini_fat);
        }
        if root.start <= LAST_SECTOR && root.size > 0 {
            ole.mini_stream = ole.chain(root.start, root.size)?;
        }
        ole.root = children(&slots, root.child);
        Ok(ole)
    }

    /// How many sectors the file has room for; no chain is longer.
    fn sectors(&self) -> usize {
        self.bytes.len() / self.sector_size
    }

    fn sector(&self, number: u32) -> Result<&'a [u8], Unreadable> {
        let start = (number as usize + 1).checked_mul(self.sector_size).filter(|&start| start < self.bytes.len());
        let start = start.ok_or_else(|| damaged("扇区在文件之外，文件可能不完整"))?;
        // The last sector of a file may be short.
        Ok(&self.bytes[start..self.bytes.len().min(start + self.sector_size)])
    }

    fn read_fat(&mut self, header: &[u8]) -> Result<(), Unreadable> {
        let mut list = words(&header[76..512]);
        let mut next = u32_at(header, 68);
        let mut visited = 0;
        while next <= LAST_SECTOR {
            visited += 1;
            if visited > self.sectors() {
                return Err(damaged("扇区链成环"));
            }
            let mut sector = words(self.sector(next)?);
            next = sector.pop().unwrap_or(END_OF_CHAIN);
            list.append(&mut sector);
        }
        list.retain(|&sector| sector <= LAST_SECTOR);
        if list.len() > self.sectors() {
            return Err(damaged("分配表比文件还长"));
        }
        for sector in list {
            let words = words(self.sector(sector)?);
            self.fat.extend(words);
        }
        Ok(())
    }

    /// The bytes of a chain of sectors, at most `size`.
    fn chain(&self, start: u32, size: u64) -> Result<Vec<u8>, Unreadable> {
        let mut out = Vec::new();
        let mut sector = start;
        let mut visited = vec![false; self.fat.len()];
        while sector <= LAST_SECTOR && (out.len() as u64) < size {
            // A sector outside the table is told below; one that comes again would repeat what was read.
            if let Some(seen) = visited.get_mut(sector as usize)
                && std::mem::replace(seen, true)
            {
                return Err(damaged("扇区链成环"));
            }
            out.extend_from_slice(self.sector(sector)?);
            if out.len() as u64 >= size {
                break;
            }
            sector = self.fat.get(sector as usize).copied().ok_or_else(|| damaged("扇区不在分配表里"))?;
        }
        out.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        Ok(out)
    }

    fn mini_chain(&self, start: u32, size: u64) -> Result<Vec<u8>, Unreadable> {
        let mut out = Vec::new();
        let mut sector = start;
        let mut visited = 0;
        while sector <= LAST_SECTOR && (out.len() as u64) < size {
            visited += 1;
            if visited > self.mini_fat.len() + 1 {
                return Err(damaged("小扇区链成环"));
            }
            let from = sector as usize * MINI_SECTOR;
            let end = self.mini_stream.len().min(from.saturating_add(MINI_SECTOR));
            out.extend_from_slice(self.mini_stream.get(from..end).ok_or_else(|| damaged("小扇区在文件之外"))?);
            if out.len() as u64 >= size {
                break;
            }
            sector = self.mini_fat.get(sector as usize).copied().ok_or_else(|| damaged("小扇区不在分配表里"))?;
        }
        out.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        Ok(out)
    }

    /// Whether the root storage has a child of this name, whatever its case.
    pub fn has(&self, name: &str) -> bool {
        self.root.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The whole of a stream of the root storage, `None` when there is none of this name.
    ///
    /// # Errors
    /// When its chain is broken or shorter than it says.
    pub fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        let Some(entry) = self.root.iter().find(|entry| entry.is_stream && entry.name.eq_ignore_ascii_case(name)) else {
            return Ok(None);
        };
        if entry.size > self.bytes.len() as u64 {
            return Err(damaged(&format!("{name} 流比文件还长，文件可能不完整")));
        }
        let bytes =
            if entry.size < self.mini_cutoff { self.mini_chain(entry.start, entry.size)? } else { self.chain(entry.start, entry.size)? };
        if (bytes.len() as u64) < entry.size {
            return Err(damaged(&format!("{name} 流不完整")));
        }
        Ok(Some(bytes))
    }
}

fn slots(directory: &[u8], short_sizes: bool) -> Vec<Slot> {
    let slots = directory.chunks_exact(ENTRY).map(|slot| {
        let length = (usize::from(u16_at(slot, 64)).min(64) / 2).saturating_sub(1);
        let units = (0..length).map(|index| u16_at(slot, index * 2));
        let high = if short_sizes { 0 } else { u64::from(u32_at(slot, 124)) };
        Slot {
            name: char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(),
            kind: slot[66],
            left: u32_at(slot, 68),
            right: u32_at(slot, 72),
            child: u32_at(slot, 76),
            start: u32_at(slot, 116),
            size: high << 32 | u64::from(u32_at(slot, 120)),
        }
    });
    slots.collect()
}

/// The entries of the tree of siblings under `first`, each visited once.
fn children(slots: &[Slot], first: u32) -> Vec<Entry> {
    let mut visited = vec![false; slots.len()];
    let mut waiting = vec![first];
    let mut found = Vec::new();
    while let Some(index) = waiting.pop() {
        let (Some(slot), Some(seen)) = (slots.get(index as usize), visited.get_mut(index as usize)) else { continue };
        if index == NO_ENTRY || *seen || !matches!(slot.kind, 1 | 2) {
            continue;
        }
        *seen = true;
        waiting.extend([slot.right, slot.left]);
        found.push(Entry { name: slot.name.clone(), start: slot.start, size: slot.size, is_stream: slot.kind == 2 });
    }
    found
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|word| u32_at(word, 0)).collect()
}

/// Two little-endian bytes; 0 outside of the slice.
pub fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |two| u16::from_le_bytes([two[0], two[1]]))
}

/// Four little-endian bytes; 0 outside of the slice.
pub fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A compound file of 512-byte sectors: FAT in sector 0, directory in 1, the stream from 2 on.
    fn file(fat: &[u32], size: u32) -> Vec<u8> {
        let mut bytes = vec![0_u8; 512 * 6];
        bytes[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
        bytes[30] = 9;
        put(&mut bytes, 48, 1);
        put(&mut bytes, 56, 0);
        put(&mut bytes, 60, END_OF_CHAIN);
        put(&mut bytes, 68, END_OF_CHAIN);
        for slot in 0..109 {
            put(&mut bytes, 76 + slot * 4, if slot == 0 { 0 } else { NO_ENTRY });
        }
        for (index, &word) in fat.iter().enumerate() {
            put(&mut bytes, 512 + index * 4, word);
        }
        for (slot, name, kind, child, start, size) in [(0, "Root", 5, 1, END_OF_CHAIN, 0), (1, "Workbook", 2, NO_ENTRY, 2, size)] {
            let at = 1024 + slot * ENTRY;
            for (index, unit) in name.encode_utf16().enumerate() {
                bytes[at + index * 2..at + index * 2 + 2].copy_from_slice(&unit.to_le_bytes());
            }
            bytes[at + 64] = (name.len() as u8 + 1) * 2;
            bytes[at + 66] = kind;
            put(&mut bytes, at + 68, NO_ENTRY);
            put(&mut bytes, at + 72, NO_ENTRY);
            put(&mut bytes, at + 76, child);
            put(&mut bytes, at + 116, start);
            put(&mut bytes, at + 120, size);
        }
        bytes[1536] = b'x';
        bytes
    }

    fn put(bytes: &mut [u8], at: usize, word: u32) {
        bytes[at..at + 4].copy_from_slice(&word.to_le_bytes());
    }

    fn check(fat: &[u32], size: u32, expected: Result<usize, &str>) {
        let bytes = file(fat, size);
        let found = Ole::open(&bytes).and_then(|ole| ole.stream("WORKBOOK"));
        match expected {
            Ok(length) => assert_eq!(found.map(|stream| stream.map(|bytes| (bytes.len(), bytes[0]))), Ok(Some((length, b'x')))),
            Err(words) => assert!(found.as_ref().is_err_and(|refusal| refusal.detail.contains(words)), "{found:?}"),
        }
    }

    #[test]
    fn chains_are_followed_within_the_file() {
        const FAT: u32 = 0xFFFF_FFFD;
        check(&[FAT, END_OF_CHAIN, 3, 4, END_OF_CHAIN], 1500, Ok(1500));
        check(&[FAT, END_OF_CHAIN, 3, 2, END_OF_CHAIN], 1 << 20, Err("比文件还长"));
        check(&[FAT, END_OF_CHAIN, END_OF_CHAIN], 1500, Err("不完整"));
        check(&[FAT, END_OF_CHAIN, 99], 1500, Err("在文件之外"));
        check(&[FAT, 1, 3], 10, Err("成环"));
        assert!(Ole::open(b"\xd0\xcf\x11\xe0").is_err());
    }
}
