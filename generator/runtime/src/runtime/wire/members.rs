//! What a model holds beside its fields: which optional members were there, and members it does not know.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use super::RawJson;

/// Presence of members, and members that this version does not know.
#[derive(Clone, Default)]
pub struct Members {
    marks: u64,
    more: Option<Box<More>>,
}

/// Whether an object came without the tag of its union makes it no other value.
impl PartialEq for Members {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for Members {}

impl std::hash::Hash for Members {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

/// Marks, further marks, and unknown members.
type Parts<'a> = (u64, &'a [u64], &'a [(Box<str>, RawJson)]);

/// What most objects do not have.
#[derive(Clone, Default)]
struct More {
    /// Marks of the members from the 65th on.
    marks: Vec<u64>,
    unknown: Vec<(Box<str>, RawJson)>,
    /// Read as a variant of a union, without the tag of that union.
    bare: bool,
    /// The members that were given what they cannot be, each with the reason.
    problems: Vec<(&'static str, String)>,
}

impl Members {
    /// No unknown members; those of these indices are marked as present.
    #[must_use]
    pub fn new(marked: &[usize]) -> Self {
        let mut members = Self::default();
        for index in marked {
            members.mark(*index);
        }
        members
    }

    /// Marks a member as present: written also when it is null or has its default.
    pub fn mark(&mut self, index: usize) {
        if index < 64 {
            self.marks |= 1 << index;
            return;
        }
        let marks = &mut self.more.get_or_insert_default().marks;
        let word = index / 64 - 1;
        if marks.len() <= word {
            marks.resize(word + 1, 0);
        }
        marks[word] |= 1 << (index % 64);
    }

    pub(crate) fn is_marked(&self, index: usize) -> bool {
        let word = match index / 64 {
            0 => Some(&self.marks),
            word => self.more.as_ref().and_then(|more| more.marks.get(word - 1)),
        };
        word.is_some_and(|word| word >> (index % 64) & 1 == 1)
    }

    /// Remembers that the object came as a variant of a union, without the tag, so that it goes back without it.
    pub(crate) fn set_bare(&mut self) {
        self.more.get_or_insert_default().bare = true;
    }

    pub(crate) fn is_bare(&self) -> bool {
        self.more.as_ref().is_some_and(|more| more.bare)
    }

    /// The list that a member is made of.
    #[must_use]
    pub fn items<T, U: Into<T>>(from: impl IntoIterator<Item = U>) -> Vec<T> {
        from.into_iter().map(Into::into).collect()
    }

    /// The map that a member is made of.
    #[must_use]
    pub fn entries<T, N: Into<String>, U: Into<T>>(
        from: impl IntoIterator<Item = (N, U)>,
    ) -> BTreeMap<String, T> {
        from.into_iter().map(|(name, value)| (name.into(), value.into())).collect()
    }

    /// The object that a member is made of. What is none is remembered: it is an error when the model is sent.
    pub fn object(&mut self, name: &'static str, value: Value) -> Map<String, Value> {
        let kind = match value {
            Value::Object(object) => {
                self.keep_problem(name, None);
                return object;
            }
            Value::Array(_) => "an array",
            Value::String(_) => "a string",
            Value::Number(_) => "a number",
            Value::Bool(_) => "a boolean",
            Value::Null => "null",
        };
        self.keep_problem(name, Some(format!("`{name}` must be an object, not {kind}")));
        Map::new()
    }

    /// Remembers what is wrong with a member, or that nothing is any more.
    pub(crate) fn keep_problem(&mut self, name: &'static str, problem: Option<String>) {
        if problem.is_none() && self.more.is_none() {
            return;
        }
        let problems = &mut self.more.get_or_insert_default().problems;
        problems.retain(|(known, _)| *known != name);
        problems.extend(problem.map(|problem| (name, problem)));
    }

    /// What is wrong with a member.
    pub(crate) fn problem(&self) -> Option<&str> {
        self.more.as_ref()?.problems.first().map(|(_, problem)| problem.as_str())
    }

    /// All that makes two of them equal.
    fn parts(&self) -> Parts<'_> {
        let more = self.more.as_deref();
        (self.marks, more.map_or(&[], |more| &more.marks), more.map_or(&[], |more| &more.unknown))
    }

    pub(crate) fn push_unknown(&mut self, name: &str, json: RawJson) {
        self.more.get_or_insert_default().unknown.push((name.into(), json));
    }

    pub(crate) fn has_unknown(&self) -> bool {
        self.more.as_ref().is_some_and(|more| !more.unknown.is_empty())
    }

    pub(crate) fn unknown(&self) -> UnknownMembers<'_> {
        UnknownMembers(self.more.as_deref().map_or(&[][..], |more| &more.unknown).iter())
    }

    pub(crate) fn find_unknown(&self, name: &str) -> Option<&RawJson> {
        self.unknown().find(|(found, _)| *found == name).map(|(_, json)| json)
    }

    pub(crate) fn set_unknown(&mut self, name: &str, json: RawJson) {
        let unknown = &mut self.more.get_or_insert_default().unknown;
        match unknown.iter_mut().find(|(found, _)| **found == *name) {
            Some(member) => member.1 = json,
            None => unknown.push((name.into(), json)),
        }
    }
}

impl fmt::Debug for Members {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.unknown().len() {
            0 => f.write_str("_"),
            count => write!(f, "_ and {count} unknown"),
        }
    }
}

/// The members of an object that this version does not know.
#[derive(Clone, Debug)]
pub struct UnknownMembers<'a>(std::slice::Iter<'a, (Box<str>, RawJson)>);

impl<'a> Iterator for UnknownMembers<'a> {
    type Item = (&'a str, &'a RawJson);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(name, json)| (&**name, json))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for UnknownMembers<'_> {}
