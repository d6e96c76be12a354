//! One schema as lowering sees it: all keywords that hold at a place, with `allOf` and references merged.

mod budget;
mod constraints;
mod refer;

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::doc::Doc;
use super::place::Place;
use crate::diag::{Code, Diagnostic, Sink};
use crate::pointer::Pointer;
use crate::tree::{Mark, says_nothing};
use constraints::constraints;

/// A conjunction of schemas by place: usually one; several where `allOf` branches speak of the same member.
pub(crate) type Conjunction<'d> = Vec<Place<'d>>;

/// Everything that holds at a place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node<'d> {
    /// `type`.
    pub(crate) kind: Option<&'d str>,
    /// The schema that says so.
    pub(crate) kind_of: Option<Pointer>,
    /// `format`.
    pub(crate) format: Option<&'d str>,
    /// `contentMediaType`.
    pub(crate) content: Option<&'d str>,
    /// `enum`, narrowed by each schema that has one.
    pub(crate) values: Option<Vec<&'d Value>>,
    /// `x-enum-varnames` and its kin, by position in `values`.
    pub(crate) value_names: Vec<&'d str>,
    /// `x-enum-descriptions`, by position in `values`.
    pub(crate) value_docs: Vec<&'d str>,
    /// `properties`, in document order.
    pub(crate) properties: IndexMap<&'d str, Conjunction<'d>>,
    /// `required`.
    pub(crate) required: Vec<&'d str>,
    /// `additionalProperties`.
    pub(crate) additional: Additional<'d>,
    /// Undeclared members may be of other types than `additional` says.
    pub(crate) open: bool,
    /// `items`.
    pub(crate) items: Option<Conjunction<'d>>,
    /// `prefixItems`.
    pub(crate) prefix: Vec<Conjunction<'d>>,
    /// Nothing follows behind `prefixItems`: `items: false`, or `maxItems` says so.
    pub(crate) closed: bool,
    /// A `minimum` of at least 0; a `maximum` beyond `i64`.
    pub(crate) unsigned: (bool, bool),
    /// `minItems`.
    pub(crate) least: u64,
    /// `oneOf` and `anyOf` groups; each must be satisfied.
    pub(crate) unions: Vec<Vec<Conjunction<'d>>>,
    /// `discriminator`: the one that stands beside a union goes before those of schemas that are extended.
    pub(crate) discriminator: Option<&'d Map<String, Value>>,
    /// The discriminator stands beside a union.
    pub(crate) discriminates: bool,
    /// `nullable`.
    pub(crate) nullable: bool,
    /// `readOnly`.
    pub(crate) read_only: bool,
    /// `writeOnly`.
    pub(crate) write_only: bool,
    /// A keyword of the string family (`pattern`, `minLength`, …) stands here.
    pub(crate) string_like: bool,
    /// Annotations: the outermost schema that has one decides.
    pub(crate) annotations: Annotations<'d>,
}

/// `additionalProperties`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Additional<'d> {
    /// Not given, or `true`.
    #[default]
    Open,
    /// `false`.
    Closed,
    /// A schema.
    Typed(Conjunction<'d>),
}

/// What describes without constraining.
#[derive(Clone, Debug, Default)]
pub(crate) struct Annotations<'d> {
    /// `title`.
    pub(crate) title: Option<&'d str>,
    /// `description`.
    pub(crate) description: Option<&'d str>,
    /// `default`.
    pub(crate) default: Option<&'d Value>,
    /// `example`.
    pub(crate) example: Option<&'d Value>,
    /// `deprecated`.
    pub(crate) deprecated: bool,
    /// `externalDocs.url`.
    pub(crate) link: Option<&'d str>,
    /// Constraints in words.
    pub(crate) constraints: Vec<String>,
}

/// A place that is nothing but a reference with annotations.
#[derive(Clone, Debug)]
pub(crate) struct Reference<'d> {
    /// Where it leads.
    pub(crate) target: Place<'d>,
    /// What stands beside it.
    pub(crate) beside: Node<'d>,
}

impl Doc {
    /// Reads and merges what holds at a conjunction of places.
    pub(crate) fn node<'d>(&'d self, conj: &[Place<'d>], sink: &mut Sink) -> Node<'d> {
        let mut node = Node::default();
        let mut seen = HashSet::new();
        for place in conj {
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
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            if let Some(target) = self.target(reference) {
                self.absorb(&target.at, target.value, node, seen, sink);
            }
            return;
        }
        node.annotate(schema);
        self.constrain(at, schema, node, sink);
        self.choose(at, schema, node, seen);
        for (index, branch) in schema.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate()
        {
            self.absorb(&at.child("allOf").child(index), branch, node, seen, sink);
        }
    }

    /// Whether a schema, one it refers to or one of its branches says that it may be null.
    pub(crate) fn admits_null(&self, schema: &Value, depth: usize) -> bool {
        let says = schema.get("nullable").and_then(Value::as_bool) == Some(true);
        let target = || self.target(schema.get("$ref")?.as_str()?);
        let branches = ["oneOf", "anyOf"].iter().filter_map(|key| schema.get(*key)?.as_array()).flatten();
        let only_null = |values: &Vec<Value>| !values.is_empty() && values.iter().all(Value::is_null);
        let says = says || schema.get("enum").and_then(Value::as_array).is_some_and(only_null);
        says || (depth < 16
            && (target().is_some_and(|target| self.admits_null(target.value, depth + 1))
                || branches.into_iter().any(|branch| self.admits_null(branch, depth + 1))))
    }

    /// Adds the unions of one schema object to the node, except those of which one of the schemas that hold already is a branch.
    fn choose<'d>(
        &'d self,
        at: &Pointer,
        schema: &'d Map<String, Value>,
        node: &mut Node<'d>,
        seen: &HashSet<*const Value>,
    ) {
        let discriminator = schema.get("discriminator").and_then(Value::as_object);
        let mut is_union = false;
        for key in ["oneOf", "anyOf"] {
            let Some(branches) = schema.get(key).and_then(Value::as_array) else { continue };
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
        if let Some(kind) = schema.get("type").and_then(Value::as_str) {
            match node.kind {
                Some(other) if other != kind && !(other == "number" && kind == "integer") => {
                    // An integer is a number: the narrower of the two holds.
                    if !(other == "integer" && kind == "number") {
                        let place = self.origin(&at.child("type"));
                        let problem =
                            format!("a value cannot be `{other}` and `{kind}` at once; `{other}` is used");
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

impl<'d> Node<'d> {
    /// Takes the items at the front of a list; the schema they stand in says whether more may follow.
    fn put_first(&mut self, items: &'d [Value], at: &Pointer, schema: &Map<String, Value>) {
        for (index, item) in places(at, items).into_iter().enumerate() {
            match self.prefix.get_mut(index) {
                Some(conj) => conj.extend(item),
                None => self.prefix.push(item),
            }
        }
        let most = schema.get("maxItems").and_then(Value::as_u64);
        self.closed |= schema.get("items") == Some(&Value::Bool(false))
            || most.is_some_and(|most| most <= items.len() as u64);
    }

    /// Keeps the values that all `enum`s have in common.
    fn narrow(&mut self, values: &'d [Value]) {
        self.values = Some(match self.values.take() {
            None => values.iter().collect(),
            Some(old) => old.into_iter().filter(|value| values.contains(value)).collect(),
        });
    }

    /// Takes the annotations of one schema object; those already there stay.
    fn annotate(&mut self, schema: &'d Map<String, Value>) {
        let text = |key: &str| schema.get(key).and_then(Value::as_str);
        let flag = |key: &str| schema.get(key).and_then(Value::as_bool).unwrap_or(false);
        let notes = &mut self.annotations;
        notes.title = notes.title.or(text("title"));
        notes.description = notes.description.or(text("description"));
        notes.default = notes.default.or(schema.get("default"));
        notes.example = notes.example.or(schema.get("example"));
        notes.deprecated |= flag("deprecated");
        notes.link = notes
            .link
            .or(schema.get("externalDocs").and_then(|docs| docs.get("url")).and_then(Value::as_str));
        notes.constraints.extend(constraints(schema));
        self.unsigned.0 |= schema.get("minimum").and_then(Value::as_f64) >= Some(0.0);
        self.unsigned.1 |= schema.get("maximum").is_some_and(|most| most.is_u64() && !most.is_i64());
        self.nullable |= flag("nullable");
        self.read_only |= flag("readOnly");
        self.write_only |= flag("writeOnly");
    }

    /// Whether `name` must be present.
    pub(crate) fn requires(&self, name: &str) -> bool {
        self.required.contains(&name)
    }

    /// Whether the node describes an object with members of its own.
    pub(crate) fn has_members(&self) -> bool {
        !self.properties.is_empty()
    }

    /// The value of a constant, which is an enum of one.
    pub(crate) fn constant(&self) -> Option<&'d Value> {
        match self.values.as_deref() {
            Some([value]) if !value.is_null() => Some(value),
            _ => None,
        }
    }
}

/// The items of an array of schemas, each by itself.
fn places<'d>(base: &Pointer, items: &'d [Value]) -> Vec<Conjunction<'d>> {
    items.iter().enumerate().map(|(index, value)| vec![Place::new(base.child(index), value)]).collect()
}

/// Keywords that describe without constraining. A `const` that is left is no scalar, and is not checked.
pub(super) fn is_annotation(key: &str) -> bool {
    matches!(
        key,
        "title"
            | "description"
            | "default"
            | "example"
            | "examples"
            | "deprecated"
            | "externalDocs"
            | "nullable"
            | "readOnly"
            | "writeOnly"
            | "xml"
            | "const"
            | "contentEncoding"
            | "contentMediaType"
    ) || key.starts_with("x-")
}
