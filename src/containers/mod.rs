//! Mails and zip archives as what they are in an inbox: envelopes around the files that count.
//!
//! Bytes in, files out, each under a name below that of the container; nothing is written anywhere. What a mail says of itself
//! (sender, day, subject, its text) comes beside them. Knows no tables, units or campaigns; the disk is `files`'.

mod archive;
mod body;
mod headers;
mod limits;
mod mail;
mod names;
mod refusal;

pub use body::Line;
pub use headers::Person;
pub use mail::Letter;
pub use mail::Role;

use std::collections::HashMap;
use std::collections::HashSet;

use crate::containers::archive::Archive;
use crate::tables::Unreadable;
use crate::tables::caught;

/// What kind of container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Mail,
    Archive,
}

/// Tells by its bytes that a file is a container, and which; `None` for any other file.
pub fn kind(bytes: &[u8]) -> Option<Kind> {
    if archive::is_envelope(bytes) {
        return Some(Kind::Archive);
    }
    mail::is_mail(bytes).then_some(Kind::Mail)
}

/// What lies in a container.
#[derive(Debug, Default)]
pub struct Opened {
    pub parts: Vec<Part>,
    /// The outer mail stands before the ones that it encloses.
    pub mails: Vec<Mail>,
}

/// A file in a container.
#[derive(Debug)]
pub struct Part {
    /// Below the container, `/`-separated and harmless; empty for the container itself, where it could not be opened.
    pub name: String,
    pub content: Result<Vec<u8>, Unreadable>,
    pub role: Role,
    /// The mail that it came with, as an index into [`Opened::mails`].
    pub mail: Option<usize>,
    /// The archives between that mail and the file, the nearest first; the empty name is the container's own.
    pub archives: Vec<String>,
}

impl Part {
    /// Takes the bytes out, and leaves everything else.
    pub fn taken(&mut self) -> Part {
        Part {
            name: self.name.clone(),
            content: std::mem::replace(&mut self.content, Ok(Vec::new())),
            role: self.role,
            mail: self.mail,
            archives: self.archives.clone(),
        }
    }
}

/// A mail among them.
#[derive(Debug)]
pub struct Mail {
    /// Below the container; empty for the container itself.
    pub name: String,
    pub letter: Letter,
    /// The mail that it came in.
    pub outer: Option<usize>,
}

/// Opens a container with all that is in it. What cannot be had is a part without bytes; a container that goes beyond a ceiling is
/// one such part, under its own name.
pub fn open(kind: Kind, bytes: &[u8]) -> Opened {
    open_within(kind, bytes, limits::ENCLOSED_BYTES)
}

/// Opens it if all its files together are no larger than `room`.
fn open_within(kind: Kind, bytes: &[u8], room: u64) -> Opened {
    let mut walk = Walk { room, ..Walk::default() };
    let outcome = caught(|| {
        walk.container(kind, bytes, &Place { name: String::new(), depth: 1, mail: None, archives: Vec::new() })
            .map_err(|(Failure::Whole(why) | Failure::This(why))| why)
    });
    let mut opened = walk.opened;
    let why = match outcome {
        Ok(()) if opened.parts.is_empty() && opened.mails.is_empty() => {
            Unreadable::wrong_format("空的压缩包（ZIP）", "请对方把表格放进去，重新发送")
        }
        Ok(()) => return opened,
        Err(why) => why,
    };
    opened.mails.truncate(usize::from(kind == Kind::Mail));
    let mail = (!opened.mails.is_empty()).then_some(0);
    opened.parts = vec![Part { name: String::new(), content: Err(why), role: Role::Attachment, mail, archives: Vec::new() }];
    opened
}

/// Why a container was not opened.
enum Failure {
    /// A ceiling for all files together: nothing of the outermost container is used.
    Whole(Unreadable),
    /// This one alone.
    This(Unreadable),
}

/// Where a container lies.
struct Place {
    name: String,
    /// 1 for the outermost.
    depth: usize,
    mail: Option<usize>,
    archives: Vec<String>,
}

#[derive(Default)]
struct Walk {
    opened: Opened,
    /// Names in small letters: some systems tell no 台账.XLSX from 台账.xlsx.
    taken: HashSet<String>,
    /// The last number that was put behind a name.
    numbers: HashMap<String, usize>,
    files: usize,
    /// Bytes that are left for all files.
    room: u64,
}

impl Walk {
    fn container(&mut self, kind: Kind, bytes: &[u8], place: &Place) -> Result<(), Failure> {
        if place.depth > limits::ENCLOSED_DEPTH {
            let limit = format!("邮件、压缩包一层套一层，超过 {} 层", limits::ENCLOSED_DEPTH);
            return Err(Failure::This(refusal::beyond(limit, "请解压到底，把里面的表格逐个放进来")));
        }
        match kind {
            Kind::Archive => self.archive(bytes, place),
            Kind::Mail => self.mail(bytes, place),
        }
    }

    fn archive(&mut self, bytes: &[u8], place: &Place) -> Result<(), Failure> {
        let mut archive = Archive::open(bytes).map_err(Failure::This)?;
        let mut archives = vec![place.name.clone()];
        archives.extend(place.archives.iter().cloned());
        for index in 0..archive.len() {
            let Some((written, content)) = archive.entry(index, self.room).map_err(Failure::Whole)? else { continue };
            let name = names::path(&written).unwrap_or_else(|| format!("文件{}", index + 1));
            self.file(&name, content, Role::Attachment, &Place { name: place.name.clone(), archives: archives.clone(), ..*place })?;
        }
        Ok(())
    }

    fn mail(&mut self, bytes: &[u8], place: &Place) -> Result<(), Failure> {
        let (letter, enclosed) = mail::take_apart(bytes);
        let own = self.opened.mails.len();
        self.opened.mails.push(Mail { name: place.name.clone(), letter, outer: place.mail });
        let inside = Place { name: place.name.clone(), depth: place.depth, mail: Some(own), archives: Vec::new() };
        for (index, one) in enclosed.map_err(Failure::This)?.into_iter().enumerate() {
            if one.size() > self.room {
                return Err(Failure::Whole(archive::beyond()));
            }
            let name = one.name.as_deref().and_then(names::file_name).unwrap_or_else(|| format!("附件{}", index + 1));
            self.file(&name, one.bytes(), one.role, &inside)?;
        }
        Ok(())
    }

    /// Takes a file in, or opens it where it is a container itself.
    fn file(&mut self, name: &str, content: Result<Vec<u8>, Unreadable>, role: Role, place: &Place) -> Result<(), Failure> {
        self.files += 1;
        if self.files > limits::ENCLOSED_FILES {
            return Err(Failure::Whole(mail::too_many()));
        }
        let size = content.as_ref().map_or(0, |bytes| bytes.len() as u64);
        self.room = self.room.checked_sub(size).ok_or_else(|| Failure::Whole(archive::beyond()))?;
        let name = self.free_name(&place.name, name);
        let mut content = content;
        if let Ok(bytes) = &content
            && role == Role::Attachment
            && let Some(kind) = kind(bytes)
        {
            let before = (self.opened.parts.len(), self.opened.mails.len());
            let inner = Place { name: name.clone(), depth: place.depth + 1, mail: place.mail, archives: place.archives.clone() };
            match self.container(kind, bytes, &inner) {
                Ok(()) if before == (self.opened.parts.len(), self.opened.mails.len()) => {
                    content = Err(Unreadable::wrong_format("空的压缩包（ZIP）", "请对方把表格放进去，重新发送"));
                }
                Ok(()) => return Ok(()),
                Err(Failure::Whole(why)) => return Err(Failure::Whole(why)),
                Err(Failure::This(why)) => {
                    self.opened.parts.truncate(before.0);
                    self.opened.mails.truncate(before.1);
                    content = Err(why);
                }
            }
        }
        self.opened.parts.push(Part { name, content, role, mail: place.mail, archives: place.archives.clone() });
        Ok(())
    }

    /// A name below a container that no other file has.
    fn free_name(&mut self, below: &str, name: &str) -> String {
        let plain = if below.is_empty() { name.to_owned() } else { format!("{below}/{name}") };
        let mut free = plain.clone();
        while !self.taken.insert(free.to_lowercase()) {
            let number = self.numbers.entry(plain.to_lowercase()).or_insert(1);
            *number += 1;
            free = names::numbered(&plain, *number);
        }
        free
    }
}

#[cfg(test)]
mod tests;
