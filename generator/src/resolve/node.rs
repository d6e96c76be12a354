//! One schema as lowering sees it: all keywords that hold at a place, with `allOf` and references merged.

mod budget;
mod constraints;
mod merged;
mod peel;
mod refer;

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::doc::Doc;
use super::place::Place;
use crate::diag::{Code, Diagnostic, Sink};
use crate::pointer::Pointer;
use crate::tree::{Mark, get, says_nothing};
use merged::places;
pub(crate) use merged::{Additional, Annotations, Conjunction, Node, Reference};

impl Doc {
    /// Reads and merges what holds at a conjunction of places.
    pub(crate) fn node<'d>(&'d self, conjunction: &[Place<'d>], sink: &mut Sink) -> Node<'d> {
        let mut node = Node::default();
        let mut seen = HashSet::new();
        for place in conjunction {
            let unions = node.unions.len();
            let discriminator = (node.discriminator, node.discriminates);
            let annotations = place.beside.then(|| node.annotations.clone());
            self.absorb(&place.at, place.value, &mut node, &mut seen, sink);
            if let Some(annotations) = annotations {
                node.unions.truncate(unions);
                node.annotations = annotations;
                (node.discriminator, node.discriminates) = discriminator;
            }
        }
        node
    }

    fn absorb<'d>(
        &'d self,
        at: &Pointer,
        value: &'d Value,
        node: &mut Node<'d>,
        seen: &mut HashSet<*const Value>,
        sink: &mut Sink,
    ) {
        // A schema that contains itself through `allOf` adds nothing the second time.
        if !seen.insert(std::ptr::from_ref(value)) {
            return;
        }
        let Some(schema) = value.as_object() else { return };
        if seen.len() > 1 && !self.may_merge(schema, at, sink) {
            return;
        }
        if let Some(reference) = get(schema, "$ref").and_then(Value::as_str) {
            if let Some(target) = self.target(reference) {
                self.absorb(&target.at, target.value, node, seen, sink);
            }
            return;
        }
        node.annotate(schema);
        self.constrain(at, schema, node, sink);
        self.choose(at, schema, node, seen);
        for (index, branch) in
            get(schema, "allOf").and_then(Value::as_array).into_iter().flatten().enumerate()
        {
            self.absorb(&at.child("allOf").child(index), branch, node, seen, sink);
        }
    }

    /// Whether a schema, one it refers to or one of its branches says that it may be null.
    pub(crate) fn admits_null<'d>(&'d self, schema: &'d Value, depth: usize) -> bool {
        let member = |key: &str| schema.as_object().and_then(|schema| get(schema, key));
        let only_null = |values: &Vec<Value>| !values.is_empty() && values.iter().all(Value::is_null);
        let says = member("nullable").and_then(Value::as_bool) == Some(true)
            || member("enum").and_then(Value::as_array).is_some_and(only_null);
        let reference = member("$ref").and_then(Value::as_str);
        let branches = ["oneOf", "anyOf"].map(|key| member(key).and_then(Value::as_array));
        let leads_on = reference.is_some() || branches.iter().any(Option::is_some);
        if says || !leads_on || depth >= 16 {
            return says;
        }
        // Unions of unions lead to the same schema by many ways.
        let key = (std::ptr::from_ref(schema).addr(), depth);
        if let Some(known) = self.nullable.borrow().get(&key) {
            return *known;
        }
        let target = reference.and_then(|reference| self.target(reference));
        let found = target.is_some_and(|target| self.admits_null(target.value, depth + 1))
            || branches.into_iter().flatten().flatten().any(|branch| self.admits_null(branch, depth + 1));
        self.nullable.borrow_mut().insert(key, found);
        found
    }

    /// Adds the unions of one schema object to the node, except those of which one of the schemas that hold already is a branch.
    fn choose<'d>(
        &'d self,
        at: &Pointer,
        schema: &'d Map<String, Value>,
        node: &mut Node<'d>,
        seen: &HashSet<*const Value>,
    ) {
        let discriminator = get(schema, "discriminator").and_then(Value::as_object);
        let mut is_union = false;
        for key in ["oneOf", "anyOf"] {
            let Some(branches) = get(schema, key).and_then(Value::as_array) else { continue };
            if self.alternatives.has_branch(branches, seen.iter()) {
                continue;
            }
            is_union = true;
            node.nullable |= branches.iter().any(|branch| self.admits_null(branch, 0));
            let mut group = places(&at.child(key), branches);
            group.retain(|branch| !self.is_only_null(branch));
            node.unions.push(group);
        }
        if is_union && discriminator.is_some() && !node.discriminates {
            (node.discriminator, node.discriminates) = (discriminator, true);
        }
        node.discriminator = node.discriminator.or(discriminator);
    }

    /// Merges the keywords of one schema object into the node.
    fn constrain<'d>(
        &'d self,
        at: &Pointer,
        schema: &'d Map<String, Value>,
        node: &mut Node<'d>,
        sink: &mut Sink,
    ) {
        if let Some(kind) = get(schema, "type").and_then(Value::as_str) {
            match node.kind {
                Some(other) if other != kind && !(other == "number" && kind == "integer") => {
                    // An integer is a number: the narrower of the two holds.
                    if !(other == "integer" && kind == "number") {
                        let place = self.origin(&at.child("type"));
                        let problem =
                            format!("a value cannot be both `{other}` and `{kind}`; `{other}` is used");
                        let mut diagnostic = Diagnostic::new(Code::AllOfConflict, &place, problem);
                        if let Some(first) = &node.kind_of {
                            let first = self.origin(&first.child("type"));
                            diagnostic = diagnostic.also(&first, format!("`{other}` here"));
                        }
                        sink.report(diagnostic.help("remove one of the two types, or use `oneOf`"));
                    }
                }
                _ => (node.kind, node.kind_of) = (Some(kind), Some(at.clone())),
            }
        }
        for (key, value) in schema {
            match (key.as_str(), value) {
                ("format", Value::String(format)) => node.format = node.format.or(Some(format)),
                ("contentMediaType", Value::String(media)) => node.content = node.content.or(Some(media)),
                ("enum", Value::Array(values)) => node.narrow(values),
                ("x-enum-varnames" | "x-enumNames" | "x-enum-names", Value::Array(names)) => {
                    node.value_names = names.iter().filter_map(Value::as_str).collect();
                }
                ("x-enum-descriptions" | "x-enumDescriptions", Value::Array(texts)) => {
                    node.value_docs = texts.iter().filter_map(Value::as_str).collect();
                }
                ("properties", Value::Object(properties)) => {
                    let base = at.child("properties");
                    for (name, value) in properties {
                        let place = Place::new(base.child(name), value);
                        node.properties.entry(name).or_default().push(place);
                    }
                }
                ("required", Value::Array(names)) => {
                    node.required.extend(names.iter().filter_map(Value::as_str))
                }
                ("additionalProperties", Value::Bool(false)) if node.additional == Additional::Open => {
                    node.additional = Additional::Closed;
                }
                ("additionalProperties", Value::Object(inner)) if !says_nothing(inner) => {
                    let place = at.child(key);
                    node.open |= self.mark(&place) == Some(Mark::ByPattern);
                    node.additional = Additional::Typed(vec![Place::new(place, value)]);
                }
                ("items", Value::Object(_)) => {
                    node.items.get_or_insert_default().push(Place::new(at.child(key), value))
                }
                ("prefixItems", Value::Array(items)) => node.put_first(items, &at.child(key), schema),
                ("minimum", Value::Number(least)) => node.unsigned.0 |= least.as_f64() >= Some(0.0),
                ("maximum", most) => node.unsigned.1 |= most.is_u64() && !most.is_i64(),
                ("minItems", value) => node.least = node.least.max(value.as_u64().unwrap_or(0)),
                ("pattern" | "minLength" | "maxLength", _) => node.string_like = true,
                _ => {}
            }
        }
    }
}
