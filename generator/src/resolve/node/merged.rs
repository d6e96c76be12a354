//! What holds at a place, of all schemas that speak of it.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::constraints::{constraints, is_constraint};
use crate::pointer::Pointer;
use crate::resolve::place::Place;

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

impl<'d> Node<'d> {
    /// Takes the items at the front of a list; the schema they stand in says whether more may follow.
    pub(super) fn put_first(&mut self, items: &'d [Value], at: &Pointer, schema: &Map<String, Value>) {
        for (index, item) in places(at, items).into_iter().enumerate() {
            match self.prefix.get_mut(index) {
                Some(conjunction) => conjunction.extend(item),
                None => self.prefix.push(item),
            }
        }
        let most = schema.get("maxItems").and_then(Value::as_u64);
        self.closed |= schema.get("items") == Some(&Value::Bool(false))
            || most.is_some_and(|most| most <= items.len() as u64);
    }

    /// Keeps the values that all `enum`s have in common.
    pub(super) fn narrow(&mut self, values: &'d [Value]) {
        self.values = Some(match self.values.take() {
            None => values.iter().collect(),
            Some(old) => old.into_iter().filter(|value| values.contains(value)).collect(),
        });
    }

    /// Takes the annotations of one schema object; those already there stay.
    pub(super) fn annotate(&mut self, schema: &'d Map<String, Value>) {
        let notes = &mut self.annotations;
        let mut is_constrained = false;
        for (key, value) in schema {
            let flag = || value.as_bool().unwrap_or(false);
            match key.as_str() {
                "title" => notes.title = notes.title.or(value.as_str()),
                "description" => notes.description = notes.description.or(value.as_str()),
                "default" => notes.default = notes.default.or(Some(value)),
                "example" => notes.example = notes.example.or(Some(value)),
                "deprecated" => notes.deprecated |= flag(),
                "externalDocs" => notes.link = notes.link.or(value.get("url").and_then(Value::as_str)),
                "minimum" => self.unsigned.0 |= value.as_f64() >= Some(0.0),
                "maximum" => self.unsigned.1 |= value.is_u64() && !value.is_i64(),
                "nullable" => self.nullable |= flag(),
                "readOnly" => self.read_only |= flag(),
                "writeOnly" => self.write_only |= flag(),
                _ => {}
            }
            is_constrained |= is_constraint(key);
        }
        if is_constrained {
            notes.constraints.extend(constraints(schema));
        }
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

/// The items of an array of schemas, each by itself.
pub(super) fn places<'d>(base: &Pointer, items: &'d [Value]) -> Vec<Conjunction<'d>> {
    items.iter().enumerate().map(|(index, value)| vec![Place::new(base.child(index), value)]).collect()
}
