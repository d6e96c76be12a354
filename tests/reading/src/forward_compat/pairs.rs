//! Which schema of the old document has the type that meets bodies of which schema of the new one.

use crate::document::{Document, Operation, Response, essence, is_json};
use std::collections::{BTreeMap, BTreeSet};

/// A schema of the new document, and the one of the old document by whose type its bodies are read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The old schema, by the pointer that has a type.
    pub old: String,
    /// The new schema, by its place of use.
    pub new: String,
}

/// What belongs together.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    /// The pairs, components first.
    pub list: Vec<Pair>,
    /// New schemas that no old type stands for, with the reason.
    pub alone: BTreeMap<&'static str, usize>,
}

/// Finds the pairs. `typed` are the pointers of the old document that have a type, `operations` (method and path) and `schemas`
/// (pointers of components) what is known to be the same under another name.
pub fn pairs(
    (old, new): (&Document, &Document),
    typed: &[&str],
    operations: &[(String, String)],
    schemas: &[(String, String)],
) -> Pairs {
    let places = typed.iter().filter_map(|pointer| Some((old.place(pointer)?, (*pointer).to_owned())));
    let mut finder = Finder { old, places: places.collect(), out: Pairs::default(), seen: BTreeSet::new() };
    for pointer in new.component_schemas() {
        let renamed = schemas.iter().find(|(_, to)| *to == pointer).map(|(from, _)| from.clone());
        let from = if old.at(&pointer).is_some() { Some(pointer.clone()) } else { renamed };
        match from {
            Some(from) => finder.pair(&from, &pointer),
            None => finder.alone("a component that is new"),
        }
    }
    let by_route = |document: &Document| -> BTreeMap<String, Operation> {
        let all = document.operations().into_iter();
        all.map(|operation| (format!("{} {}", operation.method, operation.path), operation)).collect()
    };
    let (before, after) = (by_route(old), by_route(new));
    for (route, operation) in &after {
        let known = operations.iter().find(|(_, to)| to == route).and_then(|(from, _)| before.get(from));
        match known {
            Some(known) => finder.operation(known, operation),
            None => finder.alone("a body or an answer of an operation that is new"),
        }
    }
    finder.out
}

struct Finder<'a> {
    old: &'a Document,
    /// The pointers that have a type, by the place where the schema really stands.
    places: BTreeMap<String, String>,
    out: Pairs,
    seen: BTreeSet<Pair>,
}

impl Finder<'_> {
    fn pair(&mut self, old: &str, new: &str) {
        let typed = self.old.place(old).and_then(|place| self.places.get(&place));
        match typed {
            Some(typed) => {
                let pair = Pair { old: typed.clone(), new: new.to_owned() };
                if self.seen.insert(pair.clone()) {
                    self.out.list.push(pair);
                }
            }
            None => self.alone("a schema that had no type of its own"),
        }
    }

    fn alone(&mut self, reason: &'static str) {
        *self.out.alone.entry(reason).or_default() += 1;
    }

    fn operation(&mut self, old: &Operation, new: &Operation) {
        let media = |body: &Option<crate::document::Body>| {
            body.as_ref().map_or_else(Vec::new, |body| body.media.clone())
        };
        self.contents(&media(&old.body), &media(&new.body));
        for response in &new.responses {
            match meets(&old.responses, &response.status) {
                Some(known) => self.contents(&known.media, &response.media),
                None if response.media.is_empty() => {}
                None => self.alone("an answer of a status that is new"),
            }
        }
    }

    fn contents(&mut self, old: &[crate::document::Media], new: &[crate::document::Media]) {
        for media in new.iter().filter(|media| is_json(&media.name)) {
            let Some(schema) = &media.schema else { continue };
            let exact = old.iter().find(|other| other.name == media.name);
            let alike = || old.iter().find(|other| essence(&other.name) == essence(&media.name));
            let json = || old.iter().find(|other| is_json(&other.name));
            match exact.or_else(alike).or_else(json).and_then(|other| other.schema.as_ref()) {
                Some(known) => self.pair(known, schema),
                None => self.alone("a media type that is new"),
            }
        }
    }
}

/// The response by which an old client reads an answer of a status: that of the status, of its range, or the default.
fn meets<'a>(responses: &'a [Response], status: &str) -> Option<&'a Response> {
    let range = status.chars().next().map(|digit| format!("{digit}XX")).unwrap_or_default();
    let by = |wanted: &str| responses.iter().find(|response| response.status.eq_ignore_ascii_case(wanted));
    // A default of errors does not stand for a success.
    let default = || by("default").filter(|_| !status.starts_with('2') || responses.len() == 1);
    by(status).or_else(|| by(&range)).or_else(default)
}
