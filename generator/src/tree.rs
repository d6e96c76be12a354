//! The document as an ordered JSON tree that remembers where its nodes came from.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::pointer::Pointer;

pub use facts::{Facts, Mark};
pub(crate) use nodes::{get, objects, size};
pub(crate) use stage::stage;

mod facts;
mod nodes;
mod stage;

/// An ordered JSON value, and where moved nodes stood in the original document.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// The document.
    pub root: Value,
    /// Where rewritten nodes came from.
    pub moves: Moves,
    /// What stages know of nodes beyond what the document says, by where they stand now.
    pub marks: Facts<Mark>,
    /// References that lead out of the document and were reported already.
    pub lost: HashSet<String>,
}

/// Extensions that say something about a schema.
pub(crate) const READ: [&str; 5] =
    ["x-enum-descriptions", "x-enum-names", "x-enum-varnames", "x-enumDescriptions", "x-enumNames"];

/// Where a document describes the requests that the server makes: the keyword of OpenAPI 3.1, and the extension that
/// documents of 3.0 have instead (Redocly's, which GitHub's description uses).
pub(crate) const WEBHOOKS: [&str; 2] = ["webhooks", "x-webhooks"];

/// Members of a path item that are operations.
pub(crate) const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// Whether a key is an extension that nothing reads.
pub(crate) fn is_unread(key: &str) -> bool {
    key.starts_with("x-") && !READ.contains(&key)
}

/// Whether an object holds nothing, extensions that nothing reads aside.
pub(crate) fn says_nothing(members: &serde_json::Map<String, Value>) -> bool {
    members.keys().all(|key| is_unread(key))
}

/// The operations of the path item at a pointer, by method; those of further methods are marked by normalisation.
pub(crate) fn methods<'t>(
    item: &'t Value,
    at: &Pointer,
    marks: &Facts<Mark>,
) -> impl Iterator<Item = (&'t String, &'t Value)> {
    let is = move |key: &str| {
        METHODS.contains(&key) || marks.get(&at.child(key)).is_some_and(|mark| *mark == Mark::Method)
    };
    item.as_object().into_iter().flatten().filter(move |(key, _)| is(key))
}

impl Tree {
    /// The pointers of nodes that another tree has not, or has otherwise, or knows something else of.
    pub(crate) fn differences(&self, other: &Self) -> Vec<String> {
        let mut found = Vec::new();
        differences(&self.root, &other.root, &Pointer::root(), &mut found);
        let (ours, theirs) = (self.marks.all(), other.marks.all());
        let odd = |(at, mark): (&String, &&Mark)| (theirs.get(at) != Some(mark)).then(|| at.clone());
        found.extend(ours.iter().filter_map(odd));
        found.extend(theirs.keys().filter(|at| !ours.contains_key(*at)).cloned());
        found
    }

    /// Takes a member or an item out; the items behind it move up. The reason why not, with the key of it in `sdk.toml`.
    pub(crate) fn remove(&mut self, at: &Pointer) -> Result<(), (&'static str, String)> {
        let missing = || ("target", format!("`{at}` does not exist"));
        let up = at.parent();
        let last = at.keys().last().ok_or(("target", "the whole document cannot be removed".to_owned()))?;
        match self.root.pointer_mut(up.as_str()).ok_or_else(missing)? {
            Value::Object(members) => drop(members.shift_remove(&last).ok_or_else(missing)?),
            Value::Array(items) => {
                let place: usize = last.parse().map_err(|_| missing())?;
                if place >= items.len() {
                    return Err(missing());
                }
                items.remove(place);
                let shifted = place..items.len();
                self.moved_up(&up, shifted);
            }
            _ => return Err(missing()),
        }
        Ok(())
    }

    /// Remembers that these items of a list stood one further down. What is put behind them has a place that no other had.
    pub(crate) fn moved_up(&mut self, list: &Pointer, items: std::ops::Range<usize>) {
        let items = items.start..items.end + 1;
        let origins: Vec<Pointer> =
            items.clone().map(|item| self.moves.origin(&list.child(item + 1))).collect();
        items.zip(origins).for_each(|(item, origin)| self.moves.record(list.child(item), origin));
    }
}

/// The JSON type of a value for people, with an article: `a string`, `an object`.
pub(crate) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

fn differences(one: &Value, other: &Value, at: &Pointer, found: &mut Vec<String>) {
    match (one, other) {
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
            a.iter().zip(b.values()).for_each(|((key, a), b)| differences(a, b, &at.child(key), found));
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().for_each(|(i, (a, b))| differences(a, b, &at.child(i), found));
        }
        _ if one == other => {}
        _ => found.push(at.as_str().to_owned()),
    }
}

/// Maps places in the rewritten tree to places in the original document.
///
/// A trie over the keys of the place, so that asking about a node that was not moved ends after a step or two.
#[derive(Clone, Debug, Default)]
pub struct Moves {
    old: Option<Pointer>,
    below: HashMap<Box<str>, Moves>,
}

impl Moves {
    /// The node now at `new` (and all below it) came from `old`, a place in the original document.
    pub fn record(&mut self, new: Pointer, old: Pointer) {
        if self.origin(&new) != old {
            self.at(&new).old = Some(old);
        }
    }

    /// The node at `from` is moved to `to`, with all that is known about the nodes below it.
    ///
    /// Returns where it stood in the original document.
    pub fn carry(&mut self, from: &Pointer, to: &Pointer) -> Pointer {
        let old = self.origin(from);
        let below = self.cut(from);
        let place = self.at(to);
        place.below = below;
        place.old = Some(old.clone());
        old
    }

    /// Where the node at `at` stood in the original document: the longest recorded prefix decides.
    pub fn origin(&self, at: &Pointer) -> Pointer {
        let text = at.as_str();
        let mut node = self;
        let mut best = self.old.as_ref().map(|old| (old, 0));
        let mut end = 0;
        while end < text.len() && !node.below.is_empty() {
            let start = end + 1;
            end = text[start..].find('/').map_or(text.len(), |slash| start + slash);
            let Some(next) = node.below.get(&text[start..end]) else { break };
            node = next;
            best = node.old.as_ref().map(|old| (old, end)).or(best);
        }
        match best {
            Some((old, cut)) => Pointer::from(format!("{}{}", old.as_str(), &text[cut..]).as_str()),
            None => at.clone(),
        }
    }

    /// The node of the trie for a place, made if it is missing.
    fn at(&mut self, place: &Pointer) -> &mut Self {
        let keys = place.as_str().split('/').skip(1);
        keys.fold(self, |node, key| node.below.entry(Box::from(key)).or_default())
    }

    /// Takes out what is known about the nodes below a place, and about the place itself.
    fn cut(&mut self, place: &Pointer) -> HashMap<Box<str>, Self> {
        let mut node = self;
        for key in place.as_str().split('/').skip(1) {
            match node.below.get_mut(key) {
                Some(next) => node = next,
                None => return HashMap::new(),
            }
        }
        node.old = None;
        std::mem::take(&mut node.below)
    }
}

#[cfg(test)]
mod tests {
    use super::Moves;
    use crate::pointer::Pointer;

    fn p(text: &str) -> Pointer {
        Pointer::from(text)
    }

    #[test]
    fn the_longest_recorded_prefix_decides() {
        let mut moves = Moves::default();
        moves.record(p("/a"), p("/old"));
        moves.record(p("/a/b"), p("/other"));
        assert_eq!(moves.origin(&p("/a/c")), p("/old/c"));
        assert_eq!(moves.origin(&p("/a/b/c")), p("/other/c"));
        assert_eq!(moves.origin(&p("/ab")), p("/ab"));
        assert_eq!(moves.origin(&p("")), p(""));
    }

    #[test]
    fn a_carried_node_takes_along_what_was_recorded_below_it() {
        let mut moves = Moves::default();
        moves.record(p("/x/1/y"), p("/fixed"));
        assert_eq!(moves.carry(&p("/x/1"), &p("/x/0")), p("/x/1"));
        assert_eq!(moves.origin(&p("/x/0/z")), p("/x/1/z"));
        assert_eq!(moves.origin(&p("/x/0/y/z")), p("/fixed/z"));
        assert_eq!(moves.origin(&p("/x/1/y")), p("/x/1/y"));
        assert_eq!(moves.carry(&p("/x/2"), &p("/x/1")), p("/x/2"));
        assert_eq!(moves.origin(&p("/x/1/y")), p("/x/2/y"));
    }

    #[test]
    fn a_node_that_moves_back_has_its_own_place() {
        let mut moves = Moves::default();
        moves.carry(&p("/a"), &p("/b"));
        moves.record(p("/b/c"), p("/b/c"));
        assert_eq!(moves.origin(&p("/b/c/d")), p("/b/c/d"));
    }
}
