//! Reads listed files in parallel, one reading per file whatever happens to it; mails and archives last, with the files in them.

use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use crate::containers;
use crate::desk::enclosed::read_containers;
use crate::desk::open::Progress;
use crate::desk::reader::RUN_BYTES;
use crate::desk::reader::Reader;
use crate::desk::reader::guarded;
use crate::desk::reader::no_room;
use crate::files::InputList;
use crate::files::InputPath;
use crate::files::Skipped;
use crate::files::portions;
use crate::files::read_source;
use crate::records::Authority;
use crate::records::FileReading;
use crate::records::ReadingBasis;
use crate::source::SourceFile;

/// What was read.
pub struct ReadThrough<T> {
    /// In the order of the list; the text of a mail before the files in it.
    pub each: Vec<T>,
    /// What lies in mails and archives and is no submission.
    pub skipped: Vec<Skipped>,
}

/// What became of a listed file.
enum Outcome<T> {
    File(u64, T),
    Container(containers::Kind),
}

/// Reads every listed file, portion by portion, and hands each to `finish`. Once what is kept fills `RUN_BYTES`, the files
/// that are left are refused by name.
pub fn read_each<T: Send>(
    list: &InputList,
    reader: &Reader<'_>,
    finish: impl Fn(&InputPath, Option<&SourceFile>, FileReading) -> T + Sync,
) -> ReadThrough<T> {
    let (done, total) = (AtomicUsize::new(0), list.inputs.len());
    let told = || {
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        reader.watch.into_iter().for_each(|tell| tell(Progress::Read { done, total }));
    };
    let read = |input: &InputPath, full: bool| {
        let outcome = match if full { Err(no_room()) } else { read_source(input) } {
            Ok(source) => {
                let authority = if reader.ledgers.contains(&input.path) { Authority::Bureau } else { Authority::Unit };
                if let Some(kind) = containers::kind(&source.bytes).filter(|_| authority == Authority::Unit) {
                    return Outcome::Container(kind);
                }
                let reading = guarded(&source, None, &ReadingBasis { ground: reader.ground, authority });
                Outcome::File(reading.bytes(), finish(input, Some(&source), reading))
            }
            Err(unreadable) => Outcome::File(0, finish(input, None, FileReading::unreadable(input.name.clone(), unreadable))),
        };
        told();
        outcome
    };
    let mut finished: Vec<((usize, usize), T)> = Vec::with_capacity(total);
    let mut found: Vec<(usize, containers::Kind)> = Vec::new();
    let mut kept = 0;
    for portion in portions(&list.inputs) {
        let full = kept > RUN_BYTES;
        let of_portion: Vec<Outcome<T>> = portion.par_iter().map(|&index| read(&list.inputs[index], full)).collect();
        for (index, outcome) in portion.into_iter().zip(of_portion) {
            match outcome {
                Outcome::File(bytes, one) => {
                    kept += bytes;
                    finished.push(((index, 0), one));
                }
                Outcome::Container(kind) => found.push((index, kind)),
            }
        }
    }
    found.sort_unstable_by_key(|(index, _)| *index);
    let mut skipped = Vec::new();
    if !found.is_empty() {
        (finished, skipped) = read_containers(&found, list, reader, kept, (finish, told), finished);
    }
    reader.watch.into_iter().for_each(|tell| tell(Progress::Finished { total }));
    finished.sort_by_key(|(place, _)| *place);
    ReadThrough { each: finished.into_iter().map(|(_, one)| one).collect(), skipped }
}
