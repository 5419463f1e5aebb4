//! Relationship parts (`_rels/….rels`) and content types: who refers to which part, and as what.
//!
//! Targets are resolved as the packaging convention says and never leave the package. Knows the relation
//! kinds by the last word of their address, so that strict and transitional workbooks are one.

use std::borrow::Cow;

use crate::render::annotate::package::Package;
use crate::render::annotate::xml;
use crate::render::annotate::xml::Edit;
use crate::render::annotate::xml::Odd;
use crate::render::annotate::xml::Scanner;
use crate::render::annotate::xml::Token;

/// The relationships of one part, as text that can grow.
#[derive(Debug, Clone)]
pub struct Relations {
    /// The part that the relationships belong to.
    owner: String,
    /// The `.rels` part itself.
    part: String,
    text: String,
    known: Vec<Relation>,
    added: Vec<Relation>,
}

/// One relationship to another part of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    pub id: String,
    /// The address of its kind, as written.
    pub kind: String,
    /// The part it leads to, resolved, without a leading `/`.
    pub part: String,
}

impl Relation {
    /// Whether it is of a kind: the last word of its address, e.g. `comments`.
    pub fn is(&self, kind: &str) -> bool {
        last_word(&self.kind) == kind
    }
}

/// The part that `package` names as its main one.
///
/// # Errors
/// There is none.
pub fn workbook_part(package: &mut Package<'_>) -> Result<String, Odd> {
    let relations = Relations::read(package, "")?;
    let main = relations.of_kind("officeDocument").map(|relation| relation.part.clone());
    main.filter(|part| package.has(part)).ok_or_else(|| Odd("压缩包里没有工作簿".to_owned()))
}

/// The part that holds the relationships of `owner`.
fn part_for(owner: &str) -> String {
    let (folder, name) = owner.rsplit_once('/').unwrap_or(("", owner));
    if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") }
}

/// Relation kinds are known by the last word of their address.
pub fn last_word(kind: &str) -> &str {
    kind.rsplit('/').next().unwrap_or_default()
}

const EMPTY: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>";

impl Relations {
    /// Reads the relationships of `owner` (empty for the package itself); none when there is no such part.
    ///
    /// # Errors
    /// The part is there but broken.
    pub fn read(package: &mut Package<'_>, owner: &str) -> Result<Relations, Odd> {
        let folder = owner.rsplit_once('/').map_or("", |(folder, _)| folder);
        let part = part_for(owner);
        let text = if package.has(&part) { package.text(&part)? } else { EMPTY.to_owned() };
        let mut known = Vec::new();
        let mut scanner = Scanner::new(&text);
        while let Some(token) = scanner.token()? {
            let Token::Open(tag) = token else { continue };
            if tag.local() != "Relationship" || tag.depth != 1 {
                continue;
            }
            let value = |name| Ok(tag.attribute(name)?.map(|attribute| xml::unescape(attribute.value)));
            if let (Some(id), Some(kind), Some(target)) = (value("Id")?, value("Type")?, value("Target")?)
                && value("TargetMode")?.is_none_or(|mode| mode != "External")
            {
                known.push(Relation { id, kind, part: resolve(folder, &target) });
            }
        }
        Ok(Relations { owner: owner.to_owned(), part, text, known, added: Vec::new() })
    }

    /// All relationships to parts of the package.
    pub fn all(&self) -> impl Iterator<Item = &Relation> {
        self.known.iter().chain(&self.added)
    }

    /// Puts the same relationships into another package, as those of `owner`, but for the kinds in `left`. Nothing happens when
    /// there are none.
    ///
    /// # Errors
    /// The part is broken.
    pub fn copy(&self, into: &mut Package<'_>, owner: &str, left: &[&str]) -> Result<(), Odd> {
        if self.text == EMPTY {
            return Ok(());
        }
        let mut edits = Vec::new();
        let mut scanner = Scanner::new(&self.text);
        while let Some(token) = scanner.token()? {
            if let Token::Open(tag) = token
                && tag.local() == "Relationship"
                && tag.attribute("Type")?.is_some_and(|kind| left.contains(&last_word(kind.value)))
            {
                edits.push(Edit::replace(tag.start, tag.end, ""));
            }
        }
        into.put(&part_for(owner), xml::apply(&self.text, edits)?);
        Ok(())
    }

    /// The first relationship of a kind: the last word of its address, e.g. `comments`.
    pub fn of_kind(&self, kind: &str) -> Option<&Relation> {
        self.known.iter().chain(&self.added).find(|relation| relation.is(kind))
    }

    /// The relationship with an id.
    pub fn with_id(&self, id: &str) -> Option<&Relation> {
        self.known.iter().chain(&self.added).find(|relation| relation.id == id)
    }

    /// Adds a relationship to a part and gives its id.
    pub fn add(&mut self, kind: String, part: &str) -> String {
        let mut number = self.known.len() + self.added.len() + 1;
        // The id is compared with the whole text because external relationships are not in the list.
        let id = loop {
            let id = format!("rIdQd{number}");
            if !self.text.contains(&id) && self.with_id(&id).is_none() {
                break id;
            }
            number += 1;
        };
        self.added.push(Relation { id: id.clone(), kind, part: part.to_owned() });
        id
    }

    /// Puts the grown part back into the package; nothing happens when nothing was added.
    ///
    /// # Errors
    /// The part has no place for relationships.
    pub fn store(self, package: &mut Package<'_>) -> Result<(), Odd> {
        if self.added.is_empty() {
            return Ok(());
        }
        let folder = self.owner.rsplit_once('/').map_or("", |(folder, _)| folder);
        let text = grown(&self.text, "Relationships", |prefix| {
            self.added
                .iter()
                .map(|relation| {
                    let target = relative(folder, &relation.part);
                    format!("<{prefix}Relationship Id=\"{}\" Type=\"{}\" Target=\"{}\"/>", relation.id, relation.kind, xml::escape(&target))
                })
                .collect()
        })?;
        package.put(&self.part, text);
        Ok(())
    }
}

/// What `[Content_Types].xml` has to say about new parts.
#[derive(Debug, Default)]
pub struct ContentTypes {
    /// Part name without leading `/`, and its content type.
    pub parts: Vec<(String, Cow<'static, str>)>,
    /// Extension and its content type.
    pub extensions: Vec<(&'static str, &'static str)>,
}

impl ContentTypes {
    /// The content type that the package states for a part: by its name, else by its extension.
    ///
    /// # Errors
    /// The content types are missing or broken.
    pub fn of(package: &mut Package<'_>, part: &str) -> Result<Option<String>, Odd> {
        let text = package.text("[Content_Types].xml")?;
        let extension = part.rsplit('.').next().unwrap_or_default();
        let mut by_extension = None;
        let mut scanner = Scanner::new(&text);
        while let Some(token) = scanner.token()? {
            let Token::Open(tag) = token else { continue };
            let kind = || Ok::<_, Odd>(tag.attribute("ContentType")?.map(|kind| kind.value.to_owned()));
            let is = |name: &str, wanted: &str| {
                Ok::<_, Odd>(tag.attribute(name)?.is_some_and(|known| known.value.trim_start_matches('/').eq_ignore_ascii_case(wanted)))
            };
            if tag.local() == "Override" && is("PartName", part)? {
                return kind();
            }
            if tag.local() == "Default" && is("Extension", extension)? {
                by_extension = kind()?;
            }
        }
        Ok(by_extension)
    }

    /// Puts the additions into the package.
    ///
    /// # Errors
    /// The content types are missing or broken.
    pub fn store(self, package: &mut Package<'_>) -> Result<(), Odd> {
        let text = package.text("[Content_Types].xml")?;
        let mut defaults = Vec::new();
        let mut scanner = Scanner::new(&text);
        while let Some(token) = scanner.token()? {
            if let Token::Open(tag) = token
                && tag.local() == "Default"
                && let Some(extension) = tag.attribute("Extension")?
            {
                defaults.push(extension.value.to_ascii_lowercase());
            }
        }
        let changed = grown(&text, "Types", |prefix| {
            let mut children = String::new();
            for (extension, kind) in &self.extensions {
                if !defaults.iter().any(|known| known == extension) {
                    children.push_str(&format!("<{prefix}Default Extension=\"{extension}\" ContentType=\"{kind}\"/>"));
                }
            }
            for (part, kind) in &self.parts {
                children.push_str(&format!("<{prefix}Override PartName=\"/{}\" ContentType=\"{kind}\"/>", xml::escape(part)));
            }
            children
        })?;
        package.put("[Content_Types].xml", changed);
        Ok(())
    }
}

/// The text of a part whose root, named `root`, got `children` (made for its prefix) at its end.
fn grown(text: &str, root: &str, children: impl Fn(&str) -> String) -> Result<Vec<u8>, Odd> {
    let mut scanner = Scanner::new(text);
    while let Some(token) = scanner.token()? {
        match token {
            Token::Open(tag) if tag.depth == 0 && tag.local() != root => break,
            Token::Open(tag) if tag.depth == 0 && tag.empty => {
                return xml::apply(text, vec![tag.fill(&children(xml::prefix(tag.name)))]);
            }
            Token::Close { name, start, depth: 0, .. } => return xml::apply(text, vec![Edit::insert(start, children(xml::prefix(name)))]),
            _ => {}
        }
    }
    Err(Odd(format!("部件的根不是 {root}")))
}

/// The part that `target` means when it is said in a part of `folder`.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let target = target.split(['#', '?']).next().unwrap_or("");
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            _ => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

/// How a part of `folder` names `part`: relative within the folder, from the root otherwise.
fn relative(folder: &str, part: &str) -> String {
    match part.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) {
        Some(rest) if !folder.is_empty() => rest.to_owned(),
        _ => format!("/{part}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(folder: &str, target: &str, part: &str) {
        assert_eq!(resolve(folder, target), part, "{target} in {folder}");
    }

    #[test]
    fn targets_stay_in_the_package() {
        check("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml");
        check("xl/worksheets", "../comments1.xml", "xl/comments1.xml");
        check("xl", "/xl/styles.xml", "xl/styles.xml");
        check("xl", "../../../../etc/passwd", "etc/passwd");
        check("", "xl\\workbook.xml", "xl/workbook.xml");
    }

    #[test]
    fn what_is_added_can_be_found_again() {
        for (folder, part) in [("xl", "xl/worksheets/a.xml"), ("xl/worksheets", "xl/comments1.xml"), ("", "a.xml")] {
            assert_eq!(resolve(folder, &relative(folder, part)), part);
        }
    }

    #[test]
    fn children_go_to_the_end_of_the_root() {
        let cases = [
            ("<Types><Default/></Types>", "<Types><Default/><X/></Types>"),
            ("<t:Types xmlns:t=\"u\"/>", "<t:Types xmlns:t=\"u\"><t:X/></t:Types>"),
        ];
        for (text, expected) in cases {
            let changed = grown(text, "Types", |prefix| format!("<{prefix}X/>")).expect("a good part");
            assert_eq!(String::from_utf8_lossy(&changed), expected);
        }
        assert!(grown("<Other/>", "Types", |_| String::new()).is_err());
    }
}
