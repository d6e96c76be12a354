//! Facts about nodes, kept beside the document, where no text of it can reach them.

use std::collections::HashMap;

use crate::pointer::Pointer;

/// What a stage knows of a node and tells later stages. It is no part of the document, so a document cannot say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A parameter that cannot be sent. The text ends the sentence "its parameter …".
    Unsendable(&'static str),
    /// A parameter without a name that a call can do without.
    Nameless,
    /// An operation that `sdk.toml` excludes, and that stays because something refers to a part of it.
    Excluded,
    /// A member of a path item that is the operation of a method of its own name (`additionalOperations`).
    Method,
    /// A cookie parameter whose style is that of cookies, for which 3.0 has no word.
    CookieStyle,
    /// An `additionalProperties` that holds for some names only: it was one of `patternProperties`.
    ByPattern,
}

/// Facts by the pointer of their node.
///
/// A trie over the keys, so that the facts about all nodes below one can be moved with it.
#[derive(Clone, Debug)]
pub struct Facts<T> {
    fact: Option<T>,
    below: HashMap<Box<str>, Self>,
}

impl<T> Default for Facts<T> {
    fn default() -> Self {
        Self { fact: None, below: HashMap::new() }
    }
}

impl<T> Facts<T> {
    /// Records a fact about the node at a pointer.
    pub(crate) fn insert(&mut self, at: &Pointer, fact: T) {
        self.entry(at).fact = Some(fact);
    }

    /// The fact about the node at a pointer.
    pub(crate) fn get(&self, at: &Pointer) -> Option<&T> {
        let found = keys(at).try_fold(self, |node, key| node.below.get(key));
        found?.fact.as_ref()
    }

    /// Takes the fact about the node itself; those about nodes below it stay.
    pub(crate) fn take(&mut self, at: &Pointer) -> Option<T> {
        keys(at).try_fold(self, |node, key| node.below.get_mut(key))?.fact.take()
    }

    /// Removes all that is known of a node and of those below it.
    pub(crate) fn remove(&mut self, at: &Pointer) -> Self {
        let node = keys(at).try_fold(self, |node, key| node.below.get_mut(key));
        node.map(std::mem::take).unwrap_or_default()
    }

    /// Moves all that is known of a node and of those below it.
    pub(crate) fn carry(&mut self, from: &Pointer, to: &Pointer) {
        if !self.below.is_empty() {
            let moved = self.remove(from);
            *self.entry(to) = moved;
        }
    }

    /// All facts, by pointer.
    pub(crate) fn all(&self) -> std::collections::BTreeMap<String, &T> {
        let own = self.fact.iter().map(|fact| (String::new(), fact));
        let below = self.below.iter().flat_map(|(key, node)| {
            node.all().into_iter().map(move |(at, fact)| (format!("/{key}{at}"), fact))
        });
        own.chain(below).collect()
    }

    fn entry(&mut self, at: &Pointer) -> &mut Self {
        keys(at).fold(self, |node, key| node.below.entry(Box::from(key)).or_default())
    }
}

fn keys(at: &Pointer) -> impl Iterator<Item = &str> {
    at.as_str().split('/').skip(1)
}

#[cfg(test)]
mod tests {
    use super::Facts;
    use crate::pointer::Pointer;

    #[test]
    fn facts_move_with_their_nodes() {
        let p = |text: &str| Pointer::from(text);
        let mut facts = Facts::default();
        facts.insert(&p("/a/1"), 1);
        facts.insert(&p("/a/1/b"), 2);
        facts.insert(&p("/a/0"), 3);
        facts.carry(&p("/a/1"), &p("/a/0"));
        assert_eq!(facts.get(&p("/a/0")), Some(&1));
        assert_eq!(facts.get(&p("/a/0/b")), Some(&2));
        assert_eq!(facts.get(&p("/a/1")), None);
        assert_eq!(facts.take(&p("/a/0")), Some(1));
        assert_eq!(facts.get(&p("/a/0/b")), Some(&2));
        facts.remove(&p("/a"));
        assert_eq!(facts.get(&p("/a/0/b")), None);
    }
}
