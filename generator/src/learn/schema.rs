//! Schemas of the normal form as the comparison sees them: all objects that hold at a location, with `allOf` and references
//! followed, each with its pointer.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value};

use crate::config::Config;
use crate::pointer::Pointer;
use crate::reference;

/// A schema object that holds at a location.
#[derive(Clone, Debug)]
pub(super) struct Part<'d> {
    pub(super) at: Pointer,
    pub(super) map: &'d Map<String, Value>,
}

/// All that holds at a location.
#[derive(Clone, Debug)]
pub(super) struct View<'d> {
    /// Where the schema is used.
    pub(super) site: Pointer,
    /// Whether it is a reference there.
    pub(super) is_reference: bool,
    pub(super) parts: Vec<Part<'d>>,
    /// The groups of alternatives of which one was chosen: `…/oneOf`.
    pub(super) chosen: Vec<Pointer>,
}

/// A group of alternatives.
pub(super) struct Group<'d> {
    pub(super) part: Part<'d>,
    /// `…/oneOf`.
    pub(super) at: Pointer,
    pub(super) branches: &'d [Value],
}

/// The schemas of a document.
pub(super) struct Schemas<'d> {
    pub(super) root: &'d Value,
    pub(super) config: &'d Config,
    /// Typed maps of which other names are not a part: they were `patternProperties`.
    pub(super) patterns: HashSet<Pointer>,
    /// Schemas that are types of other crates, which say themselves what they read.
    replaced: HashSet<Pointer>,
    /// Components that extend others by `allOf`: the parent, and its children.
    children: BTreeMap<Pointer, Vec<Pointer>>,
}

impl<'d> Schemas<'d> {
    pub(super) fn new(root: &'d Value, config: &'d Config, patterns: HashSet<Pointer>) -> Self {
        let replaced = config.replace.keys().map(|key| Pointer::from(key.as_str())).collect();
        let mut schemas = Self { root, config, patterns, replaced, children: BTreeMap::new() };
        let mut children: BTreeMap<Pointer, Vec<Pointer>> = BTreeMap::new();
        for (at, value) in schemas.components() {
            let parents = value.get("allOf").and_then(Value::as_array).into_iter().flatten();
            for parent in parents.filter_map(|branch| reference::local(branch.get("$ref")?.as_str()?)) {
                children.entry(parent).or_default().push(at.clone());
            }
        }
        schemas.children = children;
        schemas
    }

    /// The component schemas, in document order.
    pub(super) fn components(&self) -> impl Iterator<Item = (Pointer, &'d Value)> + use<'d> {
        let base = Pointer::from("/components/schemas");
        let all = self.root.pointer(base.as_str()).and_then(Value::as_object).into_iter().flatten();
        all.map(move |(name, value)| (base.child(name), value))
    }

    /// What holds at a pointer.
    pub(super) fn view(&self, at: &Pointer) -> View<'d> {
        let value = self.root.pointer(at.as_str());
        let is_reference = value.is_some_and(|value| value.get("$ref").is_some());
        let mut view = View { site: at.clone(), is_reference, parts: Vec::new(), chosen: Vec::new() };
        self.absorb(at, value, &mut view);
        view
    }

    /// What holds where several schemas do.
    pub(super) fn joined(&self, places: &[Pointer]) -> View<'d> {
        let mut views = places.iter().map(|at| self.view(at));
        let Some(mut first) = views.next() else { return self.view(&Pointer::root()) };
        views.for_each(|view| first.add(view.parts));
        first
    }

    fn absorb(&self, at: &Pointer, value: Option<&'d Value>, view: &mut View<'d>) {
        let Some(map) = value.and_then(Value::as_object) else { return };
        if view.holds(at) || self.replaced.contains(at) {
            return;
        }
        if let Some(reference) = map.get("$ref").and_then(Value::as_str) {
            if let Some((target, value)) = self.target(reference) {
                self.absorb(&target, Some(value), view);
            }
            return;
        }
        view.parts.push(Part { at: at.clone(), map });
        for (index, branch) in array(map, "allOf").iter().enumerate() {
            self.absorb(&at.child("allOf").child(index), Some(branch), view);
        }
    }

    /// The schema that a reference resolves to.
    pub(super) fn target(&self, text: &str) -> Option<(Pointer, &'d Value)> {
        let last = reference::chain(text, |at| self.root.pointer(at.as_str())).last()?;
        last.1.get("$ref").is_none().then_some(last)
    }

    /// The schema that an entry of `mapping`, or a tag, names: a reference or the name of a component.
    pub(super) fn named(&self, name: &str) -> Option<Pointer> {
        let direct = reference::local(name).filter(|_| name.contains('#'));
        let at = direct.unwrap_or_else(|| Pointer::from("/components/schemas").child(name));
        let value = self.root.pointer(at.as_str())?;
        match value.get("$ref").and_then(Value::as_str) {
            Some(reference) => self.target(reference).map(|(at, _)| at),
            None => Some(at),
        }
    }

    /// The components that extend one, also through others.
    pub(super) fn heirs(&self, parent: &Pointer) -> Vec<Pointer> {
        let mut all: Vec<Pointer> = Vec::new();
        let mut open = vec![parent.clone()];
        while let Some(next) = open.pop() {
            for child in self.children.get(&next).into_iter().flatten() {
                if !all.contains(child) {
                    all.push(child.clone());
                    open.push(child.clone());
                }
            }
        }
        all
    }

    /// Whether `null` fits.
    pub(super) fn admits_null(&self, view: &View<'d>, depth: usize) -> bool {
        let null = |values: &[Value]| values.iter().any(Value::is_null);
        let says = |part: &Part<'d>| {
            part.map.get("nullable") == Some(&Value::Bool(true)) || null(array(part.map, "enum"))
        };
        if view.parts.iter().any(says) || view.is_any() {
            return true;
        }
        depth < 8
            && view.groups().iter().any(|group| {
                let branch = |at: usize| self.view(&group.at.child(at));
                (0..group.branches.len()).any(|at| self.admits_null(&branch(at), depth + 1))
            })
    }
}

impl<'d> View<'d> {
    pub(super) fn holds(&self, at: &Pointer) -> bool {
        self.parts.iter().any(|part| part.at == *at)
    }

    pub(super) fn add(&mut self, parts: Vec<Part<'d>>) {
        for part in parts {
            if !self.holds(&part.at) {
                self.parts.push(part);
            }
        }
    }

    /// With an alternative of a group.
    pub(super) fn with(&self, group: &Group<'d>, branch: Vec<Part<'d>>) -> Self {
        let mut with = self.clone();
        with.chosen.push(group.at.clone());
        with.add(branch);
        with
    }

    /// The groups of alternatives of which none is chosen yet.
    pub(super) fn groups(&self) -> Vec<Group<'d>> {
        let mut all = Vec::new();
        for part in &self.parts {
            for key in ["oneOf", "anyOf"] {
                let (at, branches) = (part.at.child(key), array(part.map, key));
                if !branches.is_empty() && !self.chosen.contains(&at) {
                    all.push(Group { part: part.clone(), at, branches });
                }
            }
        }
        all
    }

    /// Whether nothing is said about the value.
    pub(super) fn is_any(&self) -> bool {
        let says = |part: &Part<'d>| KEYWORDS.iter().any(|key| part.map.contains_key(*key));
        !self.parts.iter().any(says)
    }

    /// The JSON type, with the object that says it; the narrowest if there are several.
    pub(super) fn kind(&self) -> Option<(&'d str, &Part<'d>)> {
        let said = self.parts.iter().filter_map(|part| Some((part.map.get("type")?.as_str()?, part)));
        let integer = |(kind, part): (&'d str, &Part<'d>)| {
            let format = part.map.get("format").and_then(Value::as_str).unwrap_or_default();
            kind == "integer" || (kind == "number" && INTEGERS.contains(&format))
        };
        let said: Vec<_> = said.collect();
        let narrow = said.iter().copied().find(|one| integer(*one)).map(|(_, part)| ("integer", part));
        narrow
            .filter(|_| said[0].0 == "number" || said[0].0 == "integer")
            .or_else(|| said.first().copied())
            .or_else(|| {
                let implied = |keys: &[&str]| {
                    self.parts.iter().find(|part| keys.iter().any(|key| part.map.contains_key(*key)))
                };
                let typed =
                    |part: &&Part<'d>| part.map.get("additionalProperties").is_some_and(Value::is_object);
                let object = implied(&["properties"]).or_else(|| self.parts.iter().find(typed));
                object
                    .map(|part| ("object", part))
                    .or_else(|| implied(&["items", "prefixItems"]).map(|part| ("array", part)))
                    .or_else(|| implied(&["pattern", "minLength", "maxLength"]).map(|part| ("string", part)))
            })
    }

    /// The only value that is allowed, if there is one.
    pub(super) fn constant(&self) -> Option<&'d Value> {
        self.parts.iter().find_map(|part| match array(part.map, "enum") {
            [only] if !only.is_null() => Some(only),
            _ => None,
        })
    }

    /// The first value of a keyword.
    pub(super) fn keyword(&self, key: &str) -> Option<&'d Value> {
        self.parts.iter().find_map(|part| part.map.get(key))
    }

    /// The schemas of a property.
    pub(super) fn property(&self, name: &str) -> Vec<Pointer> {
        let has = |part: &&Part<'d>| part.map.get("properties").is_some_and(|all| all.get(name).is_some());
        self.parts.iter().filter(has).map(|part| part.at.child("properties").child(name)).collect()
    }
}

/// Keywords that say something about a value.
const KEYWORDS: [&str; 12] = [
    "type",
    "enum",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "prefixItems",
    "oneOf",
    "anyOf",
    "pattern",
    "minLength",
    "maxLength",
];

/// Formats that make a number an integer.
pub(super) const INTEGERS: [&str; 12] = [
    "int", "int8", "int16", "int32", "int64", "integer", "long", "uint", "uint8", "uint16", "uint32",
    "uint64",
];

pub(super) fn array<'d>(map: &'d Map<String, Value>, key: &str) -> &'d [Value] {
    map.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
