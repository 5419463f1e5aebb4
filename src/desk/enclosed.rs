//! Files in mails and archives, read in place: each under a name below its container's, with what the envelope says of it.
//!
//! Containers are opened one after the other, until what they hold fills a batch; the files of a batch are read in parallel like
//! any others, and then the texts of its mails, because what a text means depends on what came with it.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::iter::IntoParallelIterator;
use rayon::iter::ParallelIterator;

use crate::campaign::Roster;
use crate::containers;
use crate::containers::Letter;
use crate::containers::Opened;
use crate::containers::Role;
use crate::desk::reader::RUN_BYTES;
use crate::desk::reader::Reader;
use crate::desk::reader::guarded;
use crate::desk::reader::no_room;
use crate::desk::registers;
use crate::digest::sha256;
use crate::files::InputList;
use crate::files::InputPath;
use crate::files::SkipReason;
use crate::files::Skipped;
use crate::files::by_need;
use crate::files::read_source;
use crate::files::skip;
use crate::records::Authority;
use crate::records::Beside;
use crate::records::Envelope;
use crate::records::FileReading;
use crate::records::ReadingBasis;
use crate::records::UnitReading;
use crate::records::named_date;
use crate::records::read_letter;
use crate::records::unit_in_text;
use crate::registers::ContactsReading;
use crate::source::SourceFile;
use crate::tables::Unreadable;

/// Bytes of opened containers that are held at one time; a larger one is a batch of its own.
const BATCH_BYTES: usize = 128 << 20;

/// What was read, each at the place of its container in the list and its own place in that.
type Placed<T> = Vec<((usize, usize), T)>;

/// Reads containers, given by their places in the list, and adds what comes of them.
pub fn read_containers<T: Send>(
    found: &[(usize, containers::Kind)],
    list: &InputList,
    reader: &Reader<'_>,
    kept: u64,
    (finish, told): (impl Fn(&InputPath, Option<&SourceFile>, FileReading) -> T + Sync, impl Fn()),
    finished: Placed<T>,
) -> (Placed<T>, Vec<Skipped>) {
    let contacts = registers::contacts(reader.workspace, reader.ground).map(|(_, contacts)| contacts);
    let mut run = Run { reader, contacts, finish, kept, finished, skipped: Vec::new() };
    let mut batch: Vec<Container<'_>> = Vec::new();
    let mut bytes = 0;
    for (index, kind) in found {
        let input = &list.inputs[*index];
        match read_source(input) {
            Ok(source) => {
                let opened = containers::open(*kind, &source.bytes);
                bytes += opened.parts.iter().map(|part| part.content.as_ref().map_or(0, Vec::len)).sum::<usize>();
                batch.push(Container { index: *index, input, digest: sha256(&source.bytes), opened });
            }
            Err(unreadable) => {
                let reading = FileReading::unreadable(input.name.clone(), unreadable);
                run.finished.push(((*index, 0), (run.finish)(input, None, reading)));
            }
        }
        if bytes >= BATCH_BYTES {
            run.batch(std::mem::take(&mut batch));
            bytes = 0;
        }
        told();
    }
    run.batch(batch);
    (run.finished, run.skipped)
}

/// A container that was opened.
struct Container<'a> {
    index: usize,
    input: &'a InputPath,
    digest: [u8; 32],
    opened: Opened,
}

impl Container<'_> {
    /// The full name of what is called so in the container.
    fn name(&self, inner: &str) -> String {
        if inner.is_empty() { self.input.name.to_string() } else { format!("{}/{inner}", self.input.name) }
    }

    /// What is read in place of a listed file.
    fn inner(&self, inner: &str, is_read: bool) -> InputPath {
        InputPath {
            path: self.input.path.clone(),
            name: Arc::from(self.name(inner)),
            below: if inner.is_empty() { self.input.below.clone() } else { self.input.below.join(PathBuf::from(inner)) },
            within: is_read.then_some(self.digest),
        }
    }

    /// What stands on the envelope: the nearest mail first, then the ones that it came in.
    fn envelope(&self, mail: Option<usize>, archives: &[String], run: &Senders<'_>) -> Envelope {
        let mut envelope =
            Envelope { received: archives.iter().find_map(|archive| named_date(&self.name(archive), run.period)), ..Envelope::default() };
        let mut next = mail;
        while let Some(mail) = next.and_then(|index| self.opened.mails.get(index)) {
            let (sender, unit) = (whose(&mail.letter), run.unit_of(&mail.letter));
            if envelope.subject.is_empty() {
                envelope.subject = Arc::from(mail.letter.subject.as_str());
            }
            if envelope.sender.is_empty() || envelope.unit.is_none() && unit.is_some() {
                envelope.sender = Arc::from(sender);
            }
            envelope.unit = envelope.unit.or(unit);
            envelope.received = envelope.received.or(mail.letter.sent_on);
            next = mail.outer;
        }
        envelope
    }
}

/// Who is known as a sender.
struct Senders<'a> {
    contacts: Option<&'a ContactsReading>,
    roster: &'a Roster,
    period: (chrono::NaiveDate, chrono::NaiveDate),
}

impl Senders<'_> {
    /// The unit of whoever sent a mail: by mailbox or name in the contacts, by a unit's name in the sender's, or in the subject.
    fn unit_of(&self, letter: &Letter) -> Option<usize> {
        let people = || letter.from.iter().chain(&letter.reply_to);
        let contact = || people().find_map(|person| self.contacts?.unit_of(&person.name, &person.address));
        let named = || people().find_map(|person| unit_in_text(&person.name, self.roster));
        contact().or_else(named).or_else(|| unit_in_text(&letter.subject, self.roster))
    }
}

/// The sender as told to people.
fn whose(letter: &Letter) -> String {
    let Some(from) = &letter.from else { return String::new() };
    match (from.name.as_str(), from.address.as_str()) {
        ("", address) => address.to_owned(),
        (name, "") => name.to_owned(),
        (name, address) => format!("{name} <{address}>"),
    }
}

/// A file on its way to being read.
struct Job {
    /// Container within the batch.
    container: usize,
    place: (usize, usize),
    input: InputPath,
    envelope: Arc<Envelope>,
    mail: Option<usize>,
    is_page: bool,
    content: Result<Vec<u8>, Unreadable>,
}

/// What came of a file, as far as its mail's text is concerned.
struct Came {
    container: usize,
    mail: Option<usize>,
    units: BTreeSet<usize>,
}

struct Run<'a, T, F> {
    reader: &'a Reader<'a>,
    contacts: Option<ContactsReading>,
    finish: F,
    /// Bytes that the records hold so far.
    kept: u64,
    finished: Placed<T>,
    skipped: Vec<Skipped>,
}

impl<'a, T: Send, F: Fn(&InputPath, Option<&SourceFile>, FileReading) -> T + Sync> Run<'a, T, F> {
    fn batch(&mut self, mut batch: Vec<Container<'_>>) {
        let mut jobs: Vec<Option<Job>> = Vec::new();
        for (container, opened) in batch.iter_mut().enumerate() {
            self.jobs_of(container, opened, &mut jobs);
        }
        let sizes: Vec<u64> = jobs.iter().flatten().map(|job| job.content.as_ref().map_or(0, |bytes| bytes.len() as u64)).collect();
        let mut came: Vec<Came> = Vec::new();
        for portion in by_need(&sizes) {
            let full = self.kept > RUN_BYTES;
            let portion: Vec<Job> = portion.into_iter().filter_map(|index| jobs[index].take()).collect();
            let (basis, finish) = (self.basis(), &self.finish);
            let read: Vec<Option<Made<T>>> = portion.into_par_iter().map(|job| read(job, full, &basis, finish)).collect();
            for (one, bytes, place, finished) in read.into_iter().flatten() {
                self.kept += bytes;
                self.finished.push((place, finished));
                came.push(one);
            }
        }
        for (index, container) in batch.iter().enumerate() {
            self.letters(index, container, &came);
        }
    }

    fn basis(&self) -> ReadingBasis<'a> {
        ReadingBasis { ground: self.reader.ground, authority: Authority::Unit }
    }

    fn senders(&self) -> Senders<'_> {
        let campaign = self.reader.ground.campaign;
        Senders { contacts: self.contacts.as_ref(), roster: self.reader.ground.roster, period: (campaign.start, campaign.end) }
    }

    /// Sorts the files of a container into those to read and those that are no submissions.
    fn jobs_of(&mut self, container: usize, opened: &mut Container<'_>, jobs: &mut Vec<Option<Job>>) {
        let parts: Vec<containers::Part> = opened.opened.parts.iter_mut().map(containers::Part::taken).collect();
        for (place, part) in parts.into_iter().enumerate() {
            let reason = match part.role {
                Role::Picture => Some(SkipReason::PictureInText),
                Role::Trimming => Some(SkipReason::MailTrimming),
                Role::Attachment | Role::Page => part.name.split('/').find_map(skip::by_name),
            };
            if let Some(reason) = reason {
                self.skipped.push(Skipped { name: opened.name(&part.name), reason });
                continue;
            }
            jobs.push(Some(Job {
                container,
                place: (opened.index, opened.opened.mails.len() + place),
                input: opened.inner(&part.name, true),
                envelope: Arc::new(opened.envelope(part.mail, &part.archives, &self.senders())),
                mail: part.mail,
                is_page: part.role == Role::Page,
                content: part.content,
            }));
        }
    }

    /// Reads the texts of a container's mails.
    fn letters(&mut self, index: usize, container: &Container<'_>, came: &[Came]) {
        let mails = &container.opened.mails;
        // A mail that could not be opened stands for its text, too.
        if container.opened.parts.iter().any(|part| part.name.is_empty()) {
            return;
        }
        let basis = self.basis();
        for (place, mail) in mails.iter().enumerate() {
            let of_mail = || came.iter().filter(|one| one.container == index && one.mail == Some(place));
            let is_picture = |part: &&containers::Part| part.mail == Some(place) && part.role == Role::Picture;
            let beside = Beside {
                has_files: of_mail().next().is_some() || mails.iter().any(|inner| inner.outer == Some(place)),
                pictures: container.opened.parts.iter().filter(is_picture).count() as u32,
                units: of_mail().flat_map(|one| one.units.iter().copied()).collect(),
            };
            let envelope = Arc::new(container.envelope(Some(place), &[], &self.senders()));
            let input = container.inner(&mail.name, true);
            let reading = read_letter(input.name.clone(), &mail.letter, &beside, &envelope, &basis);
            self.finished.push(((container.index, place), (self.finish)(&input, None, reading)));
        }
    }
}

/// What came of one file: for its mail, the bytes that its records hold, its place, and what was made of it.
type Made<T> = (Came, u64, (usize, usize), T);

/// Reads one file; `None` for the page of a mail that holds no table of hazards.
fn read<T>(
    job: Job,
    full: bool,
    basis: &ReadingBasis<'_>,
    finish: &impl Fn(&InputPath, Option<&SourceFile>, FileReading) -> T,
) -> Option<Made<T>> {
    let mut input = job.input;
    let (source, reading) = match if full { Err(no_room()) } else { job.content } {
        Ok(bytes) => {
            let source = SourceFile { name: input.name.clone(), bytes };
            let reading = guarded(&source, Some(&job.envelope), basis);
            (Some(source), reading)
        }
        Err(why) => {
            input.within = input.within.filter(|_| !full);
            (None, FileReading { envelope: Some(job.envelope), ..FileReading::unreadable(input.name.clone(), why) })
        }
    };
    let sheets = || reading.content.iter().flat_map(|content| &content.sheets);
    if job.is_page && !sheets().any(|sheet| !sheet.records.is_empty() || !sheet.counts.is_empty()) {
        return None;
    }
    let units = sheets().flat_map(|sheet| &sheet.records).filter_map(|record| match record.unit {
        UnitReading::Known(unit) => Some(unit),
        _ => None,
    });
    let came = Came { container: job.container, mail: job.mail, units: units.collect() };
    Some((came, reading.bytes(), job.place, finish(&input, source.as_ref(), reading)))
}
