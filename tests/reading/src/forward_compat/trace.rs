//! From the words of a failure to the schemas of the new document that it is about.

use super::Notice;
use crate::document::{Document, escape, unescape};
use crate::judge::Judge;
use crate::walk::{Visit, walk};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Where a failure stands.
pub(super) struct Trace {
    /// The keys from the body's root to the value that failed.
    keys: Vec<Key>,
    /// The member of it that is missed, or too much.
    member: Option<String>,
    /// Places of the schemas of the value.
    here: BTreeSet<String>,
    /// Places of the schemas inside of it, where each variant of a union was tried.
    inside: BTreeSet<String>,
    /// Places of the schemas around it.
    around: BTreeSet<String>,
    /// Whether each variant of a union was tried.
    tried_all: bool,
    /// The use of the schema of the whole body, and where it really stands.
    uses: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    Member(String),
    Item(usize),
}

impl Trace {
    /// Finds the value in the body that the words are about: the innermost one whose path they begin with.
    pub(super) fn new(document: &Document, judge: &Judge, pointer: &str, body: &Value, reason: &str) -> Self {
        let visits = walk(document, judge, pointer, body);
        let said = told(reason);
        let keyed: Vec<Vec<Key>> = visits.iter().map(|visit| keys(&visit.path, body)).collect();
        let rest = |keys: &Vec<Key>| {
            let mut rests = [false, true].into_iter().filter_map(|plain| behind(&said, &spell(keys, plain)));
            rests.next().map(str::to_owned)
        };
        let found =
            keyed.iter().filter_map(|keys| Some((keys, rest(keys)?))).max_by_key(|(keys, _)| keys.len());
        let (keys, rest) = found.map(|(keys, rest)| (keys.clone(), rest)).unwrap_or_default();
        let uses = std::iter::once(pointer.to_owned()).chain(document.place(pointer)).collect();
        let (here, inside, around) = Default::default();
        let member = Some(bare(&rest).to_owned()).filter(|member| !member.is_empty());
        let tried_all = reason.contains(" (`");
        let mut trace = Self { keys, member, here, inside, around, tried_all, uses };
        for (visit, keys) in visits.iter().zip(&keyed) {
            let parent = keys
                .split_last()
                .and_then(|(last, up)| Some((last, &visits[keyed.iter().position(|other| other == up)?])));
            trace.gather(visit, keys, parent);
        }
        if trace.keys.is_empty() {
            trace.here.extend(trace.uses.clone());
        }
        trace
    }

    fn gather(&mut self, visit: &Visit<'_>, keys: &[Key], parent: Option<(&Key, &Visit<'_>)>) {
        let set = match (keys.starts_with(&self.keys), self.keys.starts_with(keys)) {
            (true, true) => &mut self.here,
            (true, false) if self.tried_all => &mut self.inside,
            (false, true) => &mut self.around,
            _ => return,
        };
        set.extend(visit.nodes.iter().map(|(place, _)| place.clone()));
        // the place of a member that is nothing but a reference
        if let Some((last, parent)) = parent {
            let steps = match last {
                Key::Member(name) => {
                    [format!("properties/{}", escape(name)), "additionalProperties".to_owned()]
                }
                Key::Item(at) => ["items".to_owned(), format!("prefixItems/{at}")],
            };
            let places = parent
                .nodes
                .iter()
                .flat_map(|(place, _)| steps.iter().map(move |step| format!("{place}/{step}")));
            set.extend(places);
        }
    }

    /// The path of the failure, without the numbers of items.
    pub(super) fn path(&self) -> String {
        let mut path = "$".to_owned();
        for key in &self.keys {
            match key {
                Key::Member(name) => {
                    let _ = write!(path, ".{name}");
                }
                Key::Item(_) => path.push_str("[]"),
            }
        }
        if let Some(member) = &self.member {
            let _ = write!(path, ".{member}");
        }
        path
    }

    /// The announcement that says so: of the value itself, or its member that is missed; where all variants of a union were tried, of
    /// something inside; else of something around that is of another type altogether.
    pub(super) fn announced(&self, notices: &[Notice]) -> Option<usize> {
        let at = |set: &BTreeSet<String>, notice: &Notice| {
            set.contains(&notice.at) || set.iter().any(|place| part(place, &notice.at))
        };
        let of_member = |notice: &Notice| {
            let is_in = |place: &String| behind_pointer(&notice.at, place);
            notice.member == self.member && (at(&self.here, notice) || self.here.iter().any(is_in))
        };
        let of_value =
            |notice: &Notice| (!notice.is_gone && at(&self.here, notice)) || at(&self.inside, notice);
        // a variant that waits for a member is none of those that were tried
        let of_variant = |notice: &Notice| {
            let mut places = self.here.iter().chain(&self.inside);
            self.tried_all && notice.member.is_some() && places.any(|place| is_member(place, &notice.at))
        };
        let of_use = |notice: &Notice| {
            notice.is_whole && self.uses.iter().any(|place| behind_pointer(place, &notice.at))
        };
        let whole = |set: &BTreeSet<String>, notice: &Notice| notice.is_whole && at(set, notice);
        let find = |says: &dyn Fn(&Notice) -> bool| notices.iter().position(says);
        match &self.member {
            Some(_) => find(&of_member).or_else(|| find(&|notice| whole(&self.here, notice))),
            None => find(&of_value).or_else(|| find(&of_variant)),
        }
        .or_else(|| find(&|notice| whole(&self.around, notice)))
        .or_else(|| find(&of_use))
    }
}

/// Whether a place is below another one.
fn behind_pointer(place: &str, above: &str) -> bool {
    place.strip_prefix(above).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether a place is a member of the schema at another one.
fn is_member(schema: &str, place: &str) -> bool {
    let rest = place.strip_prefix(schema).and_then(|rest| rest.strip_prefix("/properties/"));
    rest.is_some_and(|rest| !rest.contains('/'))
}

/// Whether a place is part of the schema at another one, and no member of it.
fn part(schema: &str, place: &str) -> bool {
    let rest = place.strip_prefix(schema).filter(|rest| rest.starts_with('/'));
    rest.is_some_and(|rest| !rest.contains("/properties/") && !rest.contains("/items"))
}

/// The path that the words of a failure begin with: of the decoder (`` `a.b[0]`: … ``, ``required member `a.b` is missing``) or of
/// the comparison (`$.a.b[0]: …`, `…: member `c` is lost`).
fn told(reason: &str) -> String {
    if let Some(rest) = reason.strip_prefix('$') {
        let path = rest.split(": ").next().unwrap_or_default();
        let member = rest.split(": member `").nth(1).and_then(|rest| rest.split('`').next());
        let member = member.map_or_else(String::new, |member| format!(".{member}"));
        return format!("{path}{member}").trim_start_matches('.').to_owned();
    }
    let quoted = reason.strip_prefix("required member ").unwrap_or(reason);
    let path = quoted.strip_prefix('`').and_then(|rest| rest.split_once('`'));
    path.map_or_else(String::new, |(path, _)| path.to_owned())
}

/// What is left of a path behind another one that it goes through.
fn behind<'a>(path: &'a str, with: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(with)?;
    (with.is_empty() || rest.is_empty() || rest.starts_with(['.', '['])).then_some(rest)
}

/// The name of a member that ends a path: `.name` or `["name"]`.
fn bare(rest: &str) -> &str {
    let rest = rest.trim_start_matches('.');
    rest.strip_prefix("[\"").and_then(|rest| rest.strip_suffix("\"]")).unwrap_or(rest)
}

/// A path as the decoder writes it (odd names in brackets), or the comparison.
fn spell(keys: &[Key], plain: bool) -> String {
    let mut path = String::new();
    for key in keys {
        match key {
            Key::Item(at) => {
                let _ = write!(path, "[{at}]");
            }
            Key::Member(name) => {
                let is_plain =
                    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
                if plain || is_plain {
                    let dot = if path.is_empty() { "" } else { "." };
                    let _ = write!(path, "{dot}{name}");
                } else {
                    let _ = write!(path, "[{name:?}]");
                }
            }
        }
    }
    path
}

/// The keys of a JSON pointer into a body.
fn keys(pointer: &str, body: &Value) -> Vec<Key> {
    let mut at = Some(body);
    let mut keys = Vec::new();
    for segment in pointer.split('/').skip(1) {
        let name = unescape(segment);
        let is_list = at.is_some_and(Value::is_array);
        let index = name.parse().ok().filter(|_| is_list);
        at = at.and_then(|at| match index {
            Some(index) => at.get::<usize>(index),
            None => at.get(&name),
        });
        keys.push(index.map_or(Key::Member(name), Key::Item));
    }
    keys
}
