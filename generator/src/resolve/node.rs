//! One schema as lowering sees it: all keywords that hold at a place, with `allOf` and references merged.

mod refer;
mod words;

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::Doc;
use crate::diag::{Code, Diagnostic, Sink};
use crate::pointer::Pointer;
use words::constraints;

/// A conjunction of schemas by place: usually one; several where `allOf` branches speak of the same member.
pub(crate) type Conj<'d> = Vec<Place<'d>>;

/// A schema by its place in the normalised tree.
#[derive(Clone, Debug)]
pub(crate) struct Place<'d> {
    /// Where it stands.
    pub(crate) at: Pointer,
    /// What stands there.
    pub(crate) value: &'d Value,
    /// Only what stands beside its `oneOf` or `anyOf` is meant: the part that holds for each branch.
    pub(crate) beside: bool,
}

impl<'d> Place<'d> {
    fn new(at: Pointer, value: &'d Value) -> Self {
        Self { at, value, beside: false }
    }
}

/// Places are the same when they are the same node, which is quicker to see than the same pointer.
impl PartialEq for Place<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.value, other.value) && self.beside == other.beside
    }
}

impl Eq for Place<'_> {}

impl std::hash::Hash for Place<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (std::ptr::from_ref(self.value), self.beside).hash(state);
    }
}

/// Everything that holds at a place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node<'d> {
    /// `type`.
    pub(crate) kind: Option<&'d str>,
    /// The schema that says so.
    pub(crate) kind_of: Option<Pointer>,
    /// `format`.
    pub(crate) format: Option<&'d str>,
    /// `enum`, narrowed by each schema that has one.
    pub(crate) values: Option<Vec<&'d Value>>,
    /// `x-enum-varnames` and its kin, by position in `values`.
    pub(crate) value_names: Vec<&'d str>,
    /// `x-enum-descriptions`, by position in `values`.
    pub(crate) value_docs: Vec<&'d str>,
    /// `properties`, in document order.
    pub(crate) properties: IndexMap<&'d str, Conj<'d>>,
    /// `required`.
    pub(crate) required: Vec<&'d str>,
    /// `additionalProperties`.
    pub(crate) additional: Additional<'d>,
    /// Undeclared members may be of other types than `additional` says.
    pub(crate) open: bool,
    /// `items`.
    pub(crate) items: Option<Conj<'d>>,
    /// `prefixItems`.
    pub(crate) prefix: Vec<Conj<'d>>,
    /// `items: false` behind `prefixItems`.
    pub(crate) closed: bool,
    /// A `minimum` of at least 0; a `maximum` beyond `i64`.
    pub(crate) unsigned: (bool, bool),
    /// `minItems`.
    pub(crate) least: u64,
    /// `oneOf` and `anyOf` groups; each must be satisfied.
    pub(crate) unions: Vec<Vec<Conj<'d>>>,
    /// `discriminator`.
    pub(crate) discriminator: Option<&'d Map<String, Value>>,
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
    Typed(Conj<'d>),
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
            let (discriminator, annotations) =
                (node.discriminator, place.beside.then(|| node.annotations.clone()));
            self.absorb(&place.at, place.value, &mut node, &mut seen, sink);
            if let Some(annotations) = annotations {
                node.unions.truncate(unions);
                (node.discriminator, node.annotations) = (discriminator, annotations);
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
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            if let Some(target) = self.target(reference) {
                self.absorb(&target.at, target.value, node, seen, sink);
            }
            return;
        }
        node.annotate(schema);
        self.constrain(at, schema, node, sink);
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
        says || (depth < 16
            && (target().is_some_and(|target| self.admits_null(target.value, depth + 1))
                || branches.into_iter().any(|branch| self.admits_null(branch, depth + 1))))
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
        let first = node.unions.len();
        for (key, value) in schema {
            match (key.as_str(), value) {
                ("format", Value::String(format)) => node.format = node.format.or(Some(format)),
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
                ("additionalProperties", Value::Object(inner)) if !inner.is_empty() => {
                    node.additional = Additional::Typed(vec![Place::new(at.child(key), value)]);
                }
                ("x-open-patterns", Value::Bool(open)) => node.open |= *open,
                ("items", Value::Object(_)) => {
                    node.items.get_or_insert_default().push(Place::new(at.child(key), value))
                }
                ("x-prefix-items", Value::Array(items)) => {
                    for (index, item) in places(&at.child(key), items).into_iter().enumerate() {
                        match node.prefix.get_mut(index) {
                            Some(conj) => conj.extend(item),
                            None => node.prefix.push(item),
                        }
                    }
                }
                ("x-prefix-items-closed", Value::Bool(closed)) => node.closed |= *closed,
                ("minItems", value) => node.least = node.least.max(value.as_u64().unwrap_or(0)),
                ("oneOf" | "anyOf", Value::Array(branches)) => {
                    node.nullable |= branches.iter().any(|branch| self.admits_null(branch, 0));
                    node.choose(places(&at.child(key), branches), (key == "oneOf").then_some(first));
                }
                ("discriminator", Value::Object(map)) => {
                    node.discriminator = node.discriminator.or(Some(map))
                }
                ("pattern" | "minLength" | "maxLength", _) => node.string_like = true,
                _ => {}
            }
        }
    }
}

impl<'d> Node<'d> {
    /// Adds branches, `oneOf` before `anyOf`: the order of keys has no meaning, but that of variants has.
    fn choose(&mut self, branches: Vec<Conj<'d>>, at: Option<usize>) {
        self.unions.insert(at.unwrap_or(self.unions.len()), branches);
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

    /// Whether this is the constant `x-const` or an enum of one value, and which.
    pub(crate) fn constant(&self) -> Option<&'d Value> {
        match self.values.as_deref() {
            Some([value]) if !value.is_null() => Some(value),
            _ => None,
        }
    }
}

/// The items of an array of schemas, each by itself.
fn places<'d>(base: &Pointer, items: &'d [Value]) -> Vec<Conj<'d>> {
    items.iter().enumerate().map(|(index, value)| vec![Place::new(base.child(index), value)]).collect()
}

/// Keywords that describe without constraining.
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
    ) || key.starts_with("x-")
}
