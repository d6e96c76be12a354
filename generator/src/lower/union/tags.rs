//! The property that tells the candidates of a union apart, and the tags of each.
//!
//! A tag is known by the `mapping` of the discriminator, else by the constants of the candidate (or of the candidates that it is a
//! union of), else by the name of its component (OpenAPI 3.1, section 4.8.25). What cannot be used is reported with its reason.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Map, Value};

use super::Candidate;
use crate::diag::{Code, Diagnostic};
use crate::ir::TagKind;
use crate::lower::context::Lower;
use crate::lower::tag::scalars;
use crate::pointer::Pointer;
use crate::resolve::{Conjunction, Doc, Node, Place};

/// Unions in each other whose tags are looked for.
const MOST_NESTED: usize = 8;

/// How the candidates of a union are told apart by a property.
pub(super) struct Tags {
    /// Its name.
    pub(super) property: String,
    /// What its values are.
    pub(super) kind: TagKind,
    /// The tags of each candidate.
    pub(super) of: Vec<Vec<String>>,
    /// The candidate that `defaultMapping` leads to.
    pub(super) default: Option<usize>,
}

/// What the entries of a mapping lead to; `None` where there is no such schema. A name goes before a reference.
pub(in crate::lower) fn mapping<'d>(
    doc: &'d Doc,
    discriminator: &'d Map<String, Value>,
) -> Vec<(&'d str, Option<Place<'d>>)> {
    let entries = discriminator.get("mapping").and_then(Value::as_object).into_iter().flatten();
    entries.filter_map(|(tag, target)| Some((tag.as_str(), named(doc, target.as_str()?)))).collect()
}

/// The schema that a name of a component or a reference means.
fn named<'d>(doc: &'d Doc, target: &str) -> Option<Place<'d>> {
    let component = Pointer::root().child("components").child("schemas").child(target);
    doc.place(component).or_else(|| doc.target(target))
}

impl<'d> Lower<'d, '_> {
    /// The property that tells the candidates apart, and their tags.
    pub(super) fn tags(
        &mut self,
        candidates: &[Candidate<'d>],
        node: &Node<'d>,
        conjunction: &[Place<'d>],
    ) -> Option<Tags> {
        let property = node.discriminator.and_then(|map| map.get("propertyName")).and_then(Value::as_str);
        // One without a property is reported by normalisation.
        let property = property.filter(|property| !property.is_empty());
        let (Some(discriminator), Some(property)) = (node.discriminator, property) else {
            return self.by_constants(candidates);
        };
        let origin = self.doc.keyword(conjunction, "discriminator");
        let mut tags = Tags {
            property: property.to_owned(),
            kind: self.kind_of_tags(candidates, property),
            of: Vec::new(),
            default: None,
        };
        let leads = self.leads(candidates);
        let mut mapped: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (tag, target) in mapping(self.doc, discriminator) {
            let Some(target) = target else { continue };
            match self.candidate(&leads, &target) {
                Some(index) => mapped.entry(index).or_default().push(tag.to_owned()),
                // That of a schema that is extended may speak of others that extend it.
                None if !node.discriminates => {}
                None => self.no_branch(&origin.child("mapping").child(tag), tag, &target),
            }
        }
        let default = discriminator.get("defaultMapping").and_then(Value::as_str);
        if let Some(target) = default.and_then(|target| named(self.doc, target)) {
            tags.default = self.candidate(&leads, &target);
            if tags.default.is_none() {
                self.no_branch(&origin.child("defaultMapping"), "defaultMapping", &target);
            }
        }
        let mut known: Vec<(Vec<String>, bool)> = Vec::with_capacity(candidates.len());
        for (index, candidate) in candidates.iter().enumerate() {
            let own = match mapped.remove(&index) {
                Some(tags) => (tags, true),
                None => (self.constants(&candidate.conjunction, &candidate.node, property, 0).1, false),
            };
            known.push(own);
        }
        named_instead(candidates, &mut known);
        tags.of = known.into_iter().map(|(tags, _)| tags).collect();
        if let Some(problem) = problem(candidates, &tags) {
            if node.discriminates {
                let message = format!("the discriminator cannot be used: {problem}");
                self.sink.report(
                    Diagnostic::new(Code::Discriminator, &origin, message)
                        .help("the union is untagged; give each branch its own tag in `mapping`"),
                );
            }
            return self.by_constants(candidates);
        }
        let default = tags.default.map(|index| std::ptr::from_ref(&candidates[index]));
        let plain = candidates
            .iter()
            .filter(|one| one.node.unions.is_empty() && Some(std::ptr::from_ref(*one)) != default);
        self.undeclared_tag(&plain.collect::<Vec<_>>(), property, &origin);
        if tags.kind == TagKind::Integer && tags.of.iter().flatten().any(|tag| tag.parse::<i64>().is_err()) {
            tags.kind = TagKind::String;
        }
        Some(tags)
    }

    fn no_branch(&mut self, at: &Pointer, tag: &str, target: &Place<'d>) {
        let target = target.at.keys().last().unwrap_or_default();
        let message = format!("`{tag}` is mapped to `{target}`, which is not a branch of the union");
        self.sink.report(
            Diagnostic::new(Code::Discriminator, at, message)
                .help("a value with this tag is decoded as unknown; add the schema to the branches, or remove the entry"),
        );
    }

    /// Reports candidates that do not declare the property, where others do.
    fn undeclared_tag(&mut self, candidates: &[&Candidate<'d>], property: &str, origin: &Pointer) {
        let missing: Vec<String> = candidates
            .iter()
            .filter(|one| !one.node.properties.contains_key(property))
            .filter_map(|one| Some(format!("`{}`", one.target.as_ref()?.at.keys().last()?)))
            .collect();
        if missing.is_empty() || missing.len() == candidates.len() {
            return;
        }
        let verb = if missing.len() == 1 { "does" } else { "do" };
        let list = missing.join(", ");
        let message =
            format!("the discriminator names the property `{property}`, which {list} {verb} not declare");
        self.sink.report(
            Diagnostic::new(Code::Discriminator, &origin.child("propertyName"), message)
                .help("the union reads and writes it; declare and require it there"),
        );
    }

    /// Which candidate a schema leads to: components by all their names, then the components that candidates are unions of.
    fn leads(&mut self, candidates: &[Candidate<'d>]) -> HashMap<Pointer, usize> {
        let mut leads = HashMap::new();
        for (index, candidate) in candidates.iter().enumerate() {
            let Some(target) = &candidate.target else { continue };
            leads.entry(target.at.clone()).or_insert(index);
            if let Some(end) = self.end(std::slice::from_ref(target)) {
                leads.entry(end.at).or_insert(index);
            }
        }
        for (index, candidate) in candidates.iter().enumerate() {
            let mut open: Vec<&Conjunction<'d>> = candidate.node.unions.iter().flatten().collect();
            let mut inner = Vec::new();
            while let Some(branch) = open.pop() {
                inner.extend(self.end(branch));
            }
            for end in inner {
                leads.entry(end.at).or_insert(index);
            }
        }
        leads
    }

    fn candidate(&self, leads: &HashMap<Pointer, usize>, target: &Place<'d>) -> Option<usize> {
        let end = || self.end(std::slice::from_ref(target));
        leads.get(&target.at).or_else(|| leads.get(&end()?.at)).copied()
    }

    /// What the values of the property are, by the candidates that declare it.
    fn kind_of_tags(&mut self, candidates: &[Candidate<'d>], property: &str) -> TagKind {
        let mut kinds = HashSet::new();
        for candidate in candidates {
            if let Some(places) = candidate.node.properties.get(property) {
                kinds.insert(self.doc.node(places, self.sink).kind.unwrap_or("string"));
            }
        }
        match kinds.iter().next().filter(|_| kinds.len() == 1) {
            Some(&"integer" | &"number") => TagKind::Integer,
            Some(&"boolean") => TagKind::Boolean,
            _ => TagKind::String,
        }
    }

    /// A property that is limited to other constants in each candidate.
    fn by_constants(&mut self, candidates: &[Candidate<'d>]) -> Option<Tags> {
        let first = candidates.first()?;
        let mut names: Vec<&'d str> = first.node.properties.keys().copied().collect();
        if names.is_empty() {
            let inner = first.node.unions.iter().flatten().next()?;
            names = self.doc.node(inner, self.sink).properties.keys().copied().collect();
        }
        names.into_iter().find_map(|property| {
            let mut kinds = HashSet::new();
            let mut of = Vec::with_capacity(candidates.len());
            for candidate in candidates {
                let (kind, tags) = self.constants(&candidate.conjunction, &candidate.node, property, 0);
                if tags.is_empty() || !is_object(&candidate.node) {
                    return None;
                }
                kinds.insert(kind);
                of.push(tags);
            }
            let kind = kinds.iter().next().copied().filter(|_| kinds.len() == 1)?;
            let unique = duplicate(&of).is_none();
            unique.then(|| Tags { property: property.to_owned(), kind, of, default: None })
        })
    }

    /// The constants that a property of a candidate is limited to: its own, else those of all candidates it is a union of.
    fn constants(
        &mut self,
        conjunction: &[Place<'d>],
        node: &Node<'d>,
        property: &str,
        depth: usize,
    ) -> (TagKind, Vec<String>) {
        let none = (TagKind::String, Vec::new());
        if let Some(places) = node.properties.get(property) {
            let values = self.doc.node(places, self.sink).values.unwrap_or_default();
            if let Some(found) = scalars(&values) {
                return found;
            }
        }
        let [group] = node.unions.as_slice() else { return none };
        if depth >= MOST_NESTED {
            return none;
        }
        let own = node
            .discriminator
            .filter(|map| map.get("propertyName").and_then(Value::as_str) == Some(property));
        let mapped = own.map(|map| mapping(self.doc, map)).unwrap_or_default();
        let mut all = none.clone();
        for branch in group {
            let end = self.end(branch);
            let tags = mapped.iter().filter(|(_, target)| {
                let target = target.as_ref().and_then(|target| {
                    self.end(std::slice::from_ref(target)).or_else(|| Some(target.clone()))
                });
                target.is_some() && target == end
            });
            let tags: Vec<String> = tags.map(|(tag, _)| (*tag).to_owned()).collect();
            let (kind, tags) = if tags.is_empty() {
                let inner = self.doc.node(branch, self.sink);
                if branch.as_slice() == conjunction {
                    return none;
                }
                self.constants(branch, &inner, property, depth + 1)
            } else {
                (TagKind::String, tags)
            };
            if tags.is_empty() || (!all.1.is_empty() && all.0 != kind) {
                return none;
            }
            all.0 = kind;
            all.1.extend(tags.into_iter().filter(|tag| !all.1.contains(tag)).collect::<Vec<_>>());
        }
        all
    }
}

/// Gives a candidate the name of its component as its tag, where it has no constants, or where constants that several candidates
/// share have that name among them.
fn named_instead(candidates: &[Candidate<'_>], known: &mut [(Vec<String>, bool)]) {
    let mut count: HashMap<String, usize> = HashMap::new();
    known.iter().flat_map(|(tags, _)| tags).for_each(|tag| *count.entry(tag.clone()).or_default() += 1);
    for (candidate, (tags, is_mapped)) in candidates.iter().zip(known) {
        let name = candidate.target.as_ref().and_then(|target| target.at.keys().last());
        let Some(name) = name.filter(|_| !*is_mapped) else { continue };
        let shared = tags.iter().any(|tag| count[tag] > 1);
        if tags.is_empty() || (shared && tags.contains(&name)) {
            *tags = vec![name];
        }
    }
}

/// Why tags cannot tell candidates apart.
fn problem(candidates: &[Candidate<'_>], tags: &Tags) -> Option<String> {
    for (index, (candidate, of)) in candidates.iter().zip(&tags.of).enumerate() {
        let name = match candidate.target.as_ref().and_then(|target| target.at.keys().last()) {
            Some(name) => format!("`{name}`"),
            None => format!("branch {}", index + 1),
        };
        if !is_object(&candidate.node) {
            return Some(format!("{name} is not an object"));
        }
        if of.is_empty() && tags.default != Some(index) {
            return Some(format!(
                "{name} has no tag: it is an inline schema in which `{}` is not a constant",
                tags.property
            ));
        }
    }
    duplicate(&tags.of).map(|tag| format!("the tag `{tag}` is used by two branches"))
}

/// Whether a candidate can carry a tag.
fn is_object(node: &Node<'_>) -> bool {
    let object = node.kind == Some("object") || (node.kind.is_none() && node.values.is_none());
    node.has_members() || node.kind == Some("object") || (object && !node.unions.is_empty())
}

/// A tag that two candidates share.
fn duplicate(tags: &[Vec<String>]) -> Option<&str> {
    let mut seen = HashSet::new();
    tags.iter().flatten().find(|tag| !seen.insert(tag.as_str())).map(String::as_str)
}
