//! What the files of the comparison share: differences, outcomes, and the state.

use std::cell::Cell;
use std::collections::HashMap;

use serde_json::Value;

use crate::learn::schema::{Schemas, View};
use crate::learn::secret;
use crate::pointer::{Path, Pointer};

/// Steps that the comparison of one body may take; a body of megabytes needs a fraction of them.
const MOST_STEPS: usize = 2_000_000;

/// Levels of a body that are compared.
const MOST_LEVELS: usize = 96;

/// The kind of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An operation that the document does not have.
    Operation,
    /// A status that the operation does not declare.
    Status,
    /// A media type that is not declared.
    MediaType,
    /// No body where one is declared.
    NoBody,
    /// A query parameter that is not declared.
    Parameter,
    /// A required query parameter that is missing.
    MissingParameter,
    /// Another schema than the one that is referred to.
    Schema,
    /// A required property that is missing.
    Missing,
    /// `null` where it is not allowed.
    Null,
    /// A value of another JSON type.
    Type,
    /// A string that its format does not allow.
    Format,
    /// A value that no variant of a union allows.
    Variant,
    /// A tag that no variant of a union has.
    Tag,
    /// A property that is not listed.
    Property,
    /// A value that an enum does not list.
    Value,
}

impl Kind {
    /// Returns the stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Status => "status",
            Self::MediaType => "media-type",
            Self::NoBody => "no-body",
            Self::Parameter => "parameter",
            Self::MissingParameter => "missing-parameter",
            Self::Schema => "schema",
            Self::Missing => "missing",
            Self::Null => "null",
            Self::Type => "type",
            Self::Format => "format",
            Self::Variant => "variant",
            Self::Tag => "tag",
            Self::Property => "property",
            Self::Value => "value",
        }
    }
}

/// A difference at one location of one body.
#[derive(Clone, Debug)]
pub(in crate::learn) struct Difference<'v> {
    pub(in crate::learn) kind: Kind,
    /// The node of the normal form that is wrong.
    pub(in crate::learn) at: Pointer,
    /// Where the schema is used, if it is another location than `at`.
    pub(in crate::learn) site: Option<Pointer>,
    /// The property, value, tag or parameter; `None` if it must not be shown.
    pub(in crate::learn) name: Option<String>,
    /// The property whose value is a tag.
    pub(in crate::learn) tag: Option<String>,
    /// The value, to infer a schema from; never shown.
    pub(in crate::learn) sample: Option<&'v Value>,
    /// Where in the body, with `*` for items of arrays and maps.
    pub(in crate::learn) path: String,
    /// Whether the generated code refuses the body.
    pub(in crate::learn) breaks: bool,
}

/// What the comparison of a value found.
#[derive(Clone, Debug, Default)]
pub(in crate::learn) struct Outcome<'v> {
    pub(in crate::learn) found: Vec<Difference<'v>>,
    /// The schemas that were applied, once per value.
    pub(in crate::learn) seen: Vec<Pointer>,
    /// Objects by the reference that described them, and whether they are refused.
    pub(in crate::learn) uses: Vec<(Pointer, bool, &'v Value)>,
    /// Properties and scalars that the schema explains.
    pub(super) known: usize,
    /// Constants that are other values: the schema is not the one that is meant, if there is a choice.
    pub(super) constants: usize,
}

impl<'v> Outcome<'v> {
    pub(super) fn add(&mut self, other: Self) {
        self.found.extend(other.found);
        self.seen.extend(other.seen);
        self.uses.extend(other.uses);
        self.known += other.known;
        self.constants += other.constants;
    }

    pub(in crate::learn) fn breaking(&self) -> usize {
        self.found.iter().filter(|one| one.breaks).count()
    }

    pub(super) fn report(
        &mut self,
        kind: Kind,
        at: &Pointer,
        path: &Path<'_>,
        breaks: bool,
    ) -> &mut Difference<'v> {
        let one = Difference {
            kind,
            at: at.clone(),
            site: None,
            name: None,
            tag: None,
            sample: None,
            path: path.pointer().as_str().to_owned(),
            breaks,
        };
        self.found.push(one);
        let last = self.found.len() - 1;
        &mut self.found[last]
    }
}

/// Where a value is: which direction, and whether its schema is that of an optional property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::learn) struct Slot {
    pub(in crate::learn) is_request: bool,
    /// An optional property without a default, which may as well be `null`.
    pub(in crate::learn) is_optional: bool,
    levels: usize,
}

impl Slot {
    /// The body of a request or of a response.
    pub(in crate::learn) fn body(is_request: bool) -> Self {
        Self { is_request, is_optional: false, levels: 0 }
    }

    pub(super) fn below(self, is_optional: bool) -> Self {
        Self { is_optional, levels: self.levels + 1, ..self }
    }
}

/// A schema that is compared in place of one that a reference names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::learn) enum Instead {
    /// Another component.
    Component(Pointer),
    /// A schema that is inferred.
    Inferred,
}

/// Compares values with schemas.
pub(in crate::learn) struct Comparer<'d, 's> {
    pub(in crate::learn) schemas: &'s Schemas<'d>,
    /// References that mean another schema.
    pub(in crate::learn) instead: &'s HashMap<Pointer, Instead>,
    steps: Cell<usize>,
}

impl<'d, 's> Comparer<'d, 's> {
    pub(in crate::learn) fn new(schemas: &'s Schemas<'d>, instead: &'s HashMap<Pointer, Instead>) -> Self {
        Self { schemas, instead, steps: Cell::new(0) }
    }

    /// Begins with another body.
    pub(super) fn begin(&self) {
        self.steps.set(0);
    }

    /// Counts a step; `false` if the body is too large or too deep to go on.
    pub(super) fn step(&self, slot: Slot) -> bool {
        self.steps.set(self.steps.get() + 1);
        slot.levels <= MOST_LEVELS && self.steps.get() <= MOST_STEPS
    }

    /// A scalar as the report shows it, unless it may be a secret.
    pub(super) fn shown(&self, view: &View<'d>, value: &Value, path: &Path<'_>) -> Option<String> {
        let is_secret = path.last_key().is_some_and(secret::is_secret)
            || view.keyword("format").is_some_and(|format| format == "password");
        match value {
            Value::String(text) => Some(text.clone()).filter(|text| !is_secret && secret::is_value(text)),
            Value::Number(number) => Some(number.to_string()).filter(|_| !is_secret),
            Value::Bool(value) => Some(value.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }
}

/// Whether a value is of a JSON type. A whole number is an integer, however it is written.
pub(super) fn is_of(value: &Value, kind: &str) -> bool {
    match value {
        Value::Null => kind == "null",
        Value::Bool(_) => kind == "boolean",
        Value::Number(number) => {
            let is_whole = || number.as_f64().is_some_and(|value| value.fract() == 0.0);
            kind == "number" || (kind == "integer" && (!number.is_f64() || is_whole()))
        }
        Value::String(_) => kind == "string",
        Value::Array(_) => kind == "array",
        Value::Object(_) => kind == "object",
    }
}

/// Whether something stands for a secret: what it was is not known.
pub(super) fn is_redacted(text: &str) -> bool {
    text.contains("[redacted]")
}

/// The name of the JSON type of a value.
pub(in crate::learn) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Whether two values are equal, numbers as numbers.
pub(super) fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (one, other) => one == other,
    }
}
