//! Where what stands in other files has its home in the bundled document.

use serde_json::Value;

use super::context::{Bundler, Component, Location};
use super::find::lone_reference;
use crate::diag::Code;
use crate::normalize::keyword::{ObjectKind, ValueShape};
use crate::parts::{Target, target};
use crate::pointer::Pointer;

impl Bundler<'_, '_> {
    /// Looks at the components that the document declares: what they refer to has its home there. Of several names for one
    /// thing the one that says so best wins, then the first.
    pub(super) fn settle_components(&mut self) {
        let top = self.through(Location { file: 0, at: Pointer::root().child("components") });
        let mut aliases: Vec<(bool, Location, Pointer)> = Vec::new();
        for section in self.keys(&top) {
            let Some(ValueShape::Map(kind)) = ObjectKind::Components.keyword(&section).map(|row| row.shape)
            else {
                continue;
            };
            let home = Pointer::root().child("components").child(&section);
            let own = self.through(Location { file: top.file, at: top.at.child(&section) });
            for name in self.keys(&own) {
                let here = Location { file: own.file, at: own.at.child(&name) };
                let place = home.child(&name);
                if here.file != 0 {
                    self.homes.entry(here.clone()).or_insert_with(|| place.clone());
                }
                let end = self.end(here.clone());
                if end.file != 0 && end != here {
                    let best = self.natural(&end) == name;
                    aliases.push((best, end, place));
                }
                if let Some(section) = section_of(kind) {
                    self.taken.entry(section).or_default().insert(name);
                }
            }
        }
        aliases.sort_by_key(|(best, ..)| !best);
        for (_, end, place) in aliases {
            self.homes.entry(end).or_insert(place);
        }
    }

    /// The node itself, or what it refers to and nothing else.
    fn through(&self, location: Location) -> Location {
        match self.value(&location).and_then(lone_reference) {
            Some(reference) => match target(reference, self.files[location.file].path) {
                Target::File { path, fragment } if fragment.is_empty() || fragment.starts_with('/') => {
                    let file = self.by_path.get(path.as_str()).copied();
                    file.map_or(location, |file| {
                        self.end(Location { file, at: Pointer::from(fragment.as_str()) })
                    })
                }
                _ => location,
            },
            None => location,
        }
    }

    fn keys(&self, location: &Location) -> Vec<String> {
        let map = self.value(location).and_then(Value::as_object);
        map.into_iter().flat_map(|map| map.keys().cloned()).collect()
    }

    /// The place of a node in the bundled document; it becomes a component where it has none.
    pub(super) fn home(&mut self, kind: ObjectKind, location: &Location) -> Option<Pointer> {
        if location.file == 0 {
            return Some(location.at.clone());
        }
        let mut above = location.at.clone();
        loop {
            let known = Location { file: location.file, at: above.clone() };
            if let Some(home) = self.homes.get(&known) {
                let rest = &location.at.as_str()[above.as_str().len()..];
                // Definitions do not come along with the schema around them.
                if !rest.contains("/$defs/") && !rest.contains("/definitions/") {
                    return Some(Pointer::from(format!("{}{rest}", home.as_str()).as_str()));
                }
            }
            if above == Pointer::root() {
                break;
            }
            above = above.parent();
        }
        let section = section_of(kind)?;
        let name = self.name(section, location);
        let home = Pointer::root().child("components").child(section).child(&name);
        self.homes.insert(location.clone(), home.clone());
        self.queue.push_back(Component { kind, section, name, from: location.clone() });
        Some(home)
    }

    /// A name that is free: the last key or the name of the file, with the file or folder before it where two would be
    /// equal, then a number.
    fn name(&mut self, section: &'static str, location: &Location) -> String {
        let plain = self.natural(location);
        let path = self.files[location.file].path;
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let folder = folder.rsplit('/').next().unwrap_or_default().to_owned();
        let before = if location.at == Pointer::root() { folder } else { stem(file).to_owned() };
        let taken = self.taken.entry(section).or_default();
        if taken.insert(plain.clone()) {
            return plain;
        }
        let long = if before.is_empty() { plain.clone() } else { format!("{before}_{plain}") };
        let numbered = (2..).map(|number| format!("{long}{number}"));
        let free = std::iter::once(long.clone()).chain(numbered).find(|name| !taken.contains(name));
        let name = free.unwrap_or(long);
        taken.insert(name.clone());
        let message = format!("two components are called `{plain}`; this one is renamed to `{name}`");
        let help = "rename it, or declare both in `components` of the document under different names";
        self.report(Code::NameClash, location, message, Some(help.to_owned()));
        name
    }

    /// The name that a node has by itself.
    fn natural(&self, location: &Location) -> String {
        let path = self.files[location.file].path;
        let file = stem(path.rsplit('/').next().unwrap_or(path));
        let mut name = String::new();
        for key in location.at.keys().collect::<Vec<_>>().into_iter().rev() {
            name = if name.is_empty() { key } else { format!("{key}-{name}") };
            // An item of a list has no name of its own.
            if !name.starts_with(|c: char| c.is_ascii_digit()) {
                return name;
            }
        }
        if name.is_empty() { file.to_owned() } else { format!("{file}-{name}") }
    }
}

/// The name of a file without its ending.
fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// The section of the components that things of a kind stand in.
pub(super) fn section_of(kind: ObjectKind) -> Option<&'static str> {
    Some(match kind {
        ObjectKind::Schema => "schemas",
        ObjectKind::Parameter => "parameters",
        ObjectKind::RequestBody => "requestBodies",
        ObjectKind::Response => "responses",
        ObjectKind::Header => "headers",
        ObjectKind::Example => "examples",
        ObjectKind::SecurityScheme => "securitySchemes",
        _ => return None,
    })
}
