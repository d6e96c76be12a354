//! Strings, numbers, enums and arrays.

use std::collections::HashSet;

use serde_json::Value;

use super::context::Lower;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Docs, EnumRepr, EnumValue, Format, IntKind, Segment, Ty};
use crate::resolve::{Node, Place};

/// String formats that the registries know and that stay `String`.
const PLAIN_FORMATS: &[&str] = &[
    "char",
    "commonmark",
    "currency",
    "duration",
    "email",
    "hostname",
    "html",
    "http-date",
    "idn-email",
    "idn-hostname",
    "ip",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "media-range",
    "phone",
    "regex",
    "relative-json-pointer",
    "sf-binary",
    "sf-boolean",
    "sf-decimal",
    "sf-integer",
    "sf-string",
    "sf-token",
    "string",
    "text",
    "time",
    "time-local",
    "date-time-local",
    "timestamp",
    "uri",
    "uri-reference",
    "uri-template",
    "url",
    "ulid",
];

/// String formats with a type of their own, for those who misspell them.
const TYPED_FORMATS: &[&str] =
    &["date-time", "date", "uuid", "byte", "base64", "base64url", "binary", "decimal", "password"];

/// Formats that make a schema without `type` a string.
pub(super) fn is_string_format(format: &str) -> bool {
    format_type(format).is_some() || format == "password" || PLAIN_FORMATS.contains(&format)
}

/// The Rust type of a string format.
fn format_type(format: &str) -> Option<Format> {
    Some(match format {
        "date-time" => Format::DateTime,
        "date" => Format::Date,
        "uuid" => Format::Uuid,
        "byte" | "base64" => Format::Base64,
        "base64url" => Format::Base64Url,
        "binary" => Format::Binary,
        "decimal" => Format::Decimal,
        _ => return None,
    })
}

/// Formats that make a `number` an integer.
const INTEGER_FORMATS: [&str; 12] = [
    "int", "int8", "int16", "int32", "int64", "integer", "long", "uint", "uint8", "uint16", "uint32",
    "uint64",
];

/// The type of a number. An `f64` would round integers beyond 2^53, so a `number` with the format of one is an integer.
/// Bounds are documented, never a reason to refuse a value, so all signed widths are `i64`, and `u64` is for what needs it.
pub(super) fn number(node: &Node<'_>) -> Ty {
    let is_integer = node.kind == Some("integer");
    match node.format {
        Some("uint64") => Ty::Int(IntKind::U64),
        _ if is_integer && node.unsigned == (true, true) => Ty::Int(IntKind::U64),
        Some(format) if !is_integer && !INTEGER_FORMATS.contains(&format) => Ty::Float,
        None if !is_integer => Ty::Float,
        _ => Ty::Int(IntKind::I64),
    }
}

/// What the values of an enum are.
pub(super) fn repr(values: &[&Value]) -> EnumRepr {
    match values.first() {
        Some(Value::String(_)) => EnumRepr::String,
        _ => EnumRepr::Integer,
    }
}

/// The values of an enum of strings or of integers, without duplicates; `None` for other enums.
pub(super) fn enumeration(node: &Node<'_>, values: &[&Value]) -> Option<Vec<EnumValue>> {
    let strings = values.iter().all(|value| value.is_string());
    let integers = values.iter().all(|value| value.is_i64());
    if values.is_empty() || !(strings || integers) {
        return None;
    }
    let mut seen = HashSet::new();
    let mut out = Vec::new();
    for (index, value) in values.iter().enumerate() {
        let wire = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if seen.insert(wire.clone()) {
            let name = node.value_names.get(index).map(|name| (*name).to_owned());
            let description = node.value_docs.get(index).map(|text| (*text).to_owned());
            out.push(EnumValue { wire, name, docs: Docs { description, ..Docs::default() }.into() });
        }
    }
    Some(out)
}

impl<'d> Lower<'d, '_> {
    /// The type of a string.
    pub(super) fn string(&mut self, node: &Node<'d>, conjunction: &[Place<'d>]) -> Ty {
        let Some(format) = node.format else { return Ty::String };
        if let Some(foreign) = self.foreign_format(format) {
            return foreign;
        }
        let format = self.config.formats.get(format).map_or(format, String::as_str);
        match format_type(format) {
            // Only a part of a multipart body can be a file; JSON has no bytes.
            Some(Format::Binary) if !self.in_files => Ty::String,
            Some(format) => Ty::Format(format),
            None if format == "password" => Ty::Secret,
            None => {
                if !PLAIN_FORMATS.contains(&format) {
                    let origin = self.doc.keyword(conjunction, "format");
                    let problem = format!("the format `{format}` has no Rust type; `String` is used");
                    let diagnostic = Diagnostic::new(Code::FormatUnknown, &origin, problem);
                    let known = TYPED_FORMATS.iter().chain(PLAIN_FORMATS).copied();
                    self.sink.report(match crate::diag::suggest(format, known) {
                        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                        None => diagnostic,
                    });
                }
                Ty::String
            }
        }
    }

    /// The type of an array.
    pub(super) fn array(&mut self, node: &Node<'d>, conjunction: &[Place<'d>]) -> Ty {
        if !node.prefix.is_empty() {
            return self.tuple(node, conjunction);
        }
        match &node.items {
            Some(items) => Ty::List(Box::new(self.schema_at(Segment::Item, items))),
            None => Ty::List(Box::new(self.untyped(conjunction, "an array without `items`"))),
        }
    }

    /// The type of an array with `prefixItems`: a tuple if it always has all of them and no more, else a list.
    fn tuple(&mut self, node: &Node<'d>, conjunction: &[Place<'d>]) -> Ty {
        let length = node.prefix.len();
        if node.closed && length <= 8 && node.least >= length as u64 {
            let items = node.prefix.iter().enumerate();
            return Ty::Tuple(
                items
                    .map(|(index, item)| self.schema_at(Segment::Position(index as u32 + 1), item))
                    .collect(),
            );
        }
        let item = match (self.common_item(node), &node.prefix[0]) {
            (true, first) => self.schema_at(Segment::Item, first),
            (false, _) => {
                self.untyped(conjunction, "`prefixItems` of different types, of which some may be absent")
            }
        };
        Ty::List(Box::new(item))
    }

    /// Whether all items of a list that begins with `prefixItems` are of one type: a scalar, or one component.
    fn common_item(&mut self, node: &Node<'d>) -> bool {
        let doc = self.doc;
        let rest = node.items.as_ref();
        if rest.is_none() && !node.closed {
            return false;
        }
        let mut seen = Vec::new();
        for conjunction in node.prefix.iter().chain(rest) {
            let target = doc.reference(conjunction).map(|reference| reference.target);
            let item = doc.node(conjunction, self.sink);
            let plain = matches!(item.kind, Some("string" | "integer" | "number" | "boolean"))
                && item.values.is_none()
                && item.unions.is_empty();
            if target.is_none() && !plain {
                return false;
            }
            seen.push((target, item.kind, item.format, item.nullable));
        }
        seen.windows(2).all(|pair| pair[0] == pair[1])
    }
}
