//! Which files are read at the same time: together no more than memory is sure to hold, whatever the number of
//! processors.
//!
//! The smallest come first, so that what is refused for want of room are the large ones. Knows sizes, no contents.

#![allow(clippy::disallowed_methods, reason = "sizes are asked of the disk")]

use std::fs;

use crate::files::inputs::InputPath;
use crate::tables;

/// What the files of a portion may need together.
const PORTION_BYTES: u64 = 384 << 20;

/// How many times its own size a reading needs beside its records: the bytes, their text, the cells.
const READING_FACTOR: u64 = 4;

/// The positions of the inputs, portion by portion; a file that needs more than a portion is one of its own.
pub fn portions(inputs: &[InputPath]) -> Vec<Vec<usize>> {
    let size = |input: &InputPath| fs::metadata(&input.path).map_or(0, |metadata| metadata.len());
    by_need(&inputs.iter().map(size).collect::<Vec<u64>>())
}

/// The same by their sizes alone.
pub fn by_need(sizes: &[u64]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|&index| sizes[index]);
    let mut portions: Vec<Vec<usize>> = Vec::new();
    let mut left = 0;
    for index in order {
        let need = sizes[index].saturating_mul(READING_FACTOR) + tables::STRANGERS.record_bytes(sizes[index] as usize);
        match portions.last_mut() {
            Some(portion) if need <= left => {
                left -= need;
                portion.push(index);
            }
            _ => {
                left = PORTION_BYTES.saturating_sub(need);
                portions.push(vec![index]);
            }
        }
    }
    portions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_files_are_read_together_and_large_ones_alone() {
        const MEGA: u64 = 1 << 20;
        assert_eq!(by_need(&[]), Vec::<Vec<usize>>::new());
        assert_eq!(by_need(&[90 * MEGA, 1000, 80 * MEGA, 2000]), [vec![1, 3], vec![2], vec![0]]);
        let many = by_need(&[30_000; 100]);
        assert!(many.iter().all(|portion| portion.len() <= 16) && many.iter().flatten().copied().eq(0..100), "{many:?}");
    }
}
