//! Repairs of single kinds of object, where a table is not enough: what 3.0 cannot hold, and what people write instead
//! of what the specification asks for.

mod openapi32;
mod parameter;
mod path_item;
pub(super) mod required;
mod security;
pub(super) mod swagger2;
mod webhook;

pub(super) use path_item::slash;

use serde_json::{Map, Value};

use super::context::Cx;
use super::keyword::ObjectKind;
use super::schema::content;
use crate::pointer::Path;
use crate::tree::says_nothing;

/// Repairs a value that stands for an object without being one; `false` if there is nothing, and it must go.
pub(super) fn wrap(kind: ObjectKind, value: &mut Value, path: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    let key = match (kind, &*value) {
        (_, Value::Null) => {
            let named = path.last_key().is_some();
            let help = if named { "it is read as `{}`; add a value" } else { "it is ignored; remove it" };
            cx.sloppy(path, format!("{} has no value", path.name()), help);
            *value = Value::Object(Map::new());
            return named;
        }
        (ObjectKind::Example, Value::Object(map)) => {
            let known = |key: &String| key == "$ref" || kind.keyword(key).is_some();
            if says_nothing(map) || map.keys().any(known) {
                return true;
            }
            "value"
        }
        (ObjectKind::Example, _) => "value",
        (ObjectKind::Discriminator, Value::String(_)) => "propertyName",
        (ObjectKind::Server, Value::String(_)) => "url",
        (ObjectKind::Tag, Value::String(_)) => "name",
        _ => return true,
    };
    let help = format!("write an object with the value as `{key}`");
    cx.sloppy(
        path,
        format!("{} must be {}; the value is read as its `{key}`", path.name(), kind.describe()),
        &help,
    );
    cx.made(path.key(key).pointer(), path);
    let inner = value.take();
    *value = Value::Object(Map::from_iter([(key.to_owned(), inner)]));
    true
}

/// What must happen before the members are looked at.
pub(super) fn before(kind: ObjectKind, map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    match kind {
        ObjectKind::Document => {
            if cx.modern || !map.get("openapi").is_some_and(Value::is_string) {
                map.insert("openapi".to_owned(), Value::from("3.0.3"));
            }
            path_item::inline(map, cx);
            webhook::webhooks(map, cx);
            if cx.modern {
                content::mark_uploads(map);
            }
        }
        ObjectKind::Parameter | ObjectKind::Header => {
            openapi32::query_string(kind, map, path, cx);
            parameter::first_example(map, path, cx);
            parameter::gather_schema(map, path, cx);
        }
        ObjectKind::MediaType => {
            openapi32::media_type(map, path, cx);
            parameter::first_example(map, path, cx);
            openapi32::item_schema(map, path, cx);
        }
        ObjectKind::SecurityScheme => security::old_scheme(map, path, cx),
        ObjectKind::Components => webhook::callbacks(map, path, cx),
        ObjectKind::Operation => {
            webhook::callbacks(map, path, cx);
            swagger2::body_parameters(map, path, cx);
            if map.get("responses").and_then(Value::as_object).is_some_and(Map::is_empty) {
                let help = "add at least one status, such as `200`, with a description";
                cx.sloppy(&path.key("responses"), "`responses` is empty".to_owned(), help);
            }
        }
        ObjectKind::PathItem => openapi32::additional_operations(map, path, cx),
        ObjectKind::Response => swagger2::response_schema(map, path, cx),
        ObjectKind::Info
        | ObjectKind::Contact
        | ObjectKind::License
        | ObjectKind::Server
        | ObjectKind::ServerVariable
        | ObjectKind::ExternalDocs
        | ObjectKind::RequestBody
        | ObjectKind::Encoding
        | ObjectKind::Example
        | ObjectKind::Tag
        | ObjectKind::Schema
        | ObjectKind::Discriminator
        | ObjectKind::Flows
        | ObjectKind::Flow
        | ObjectKind::Xml => {}
    }
}

/// What must happen once every member has its shape.
pub(super) fn after(
    kind: ObjectKind,
    map: &mut Map<String, Value>,
    reported: &[String],
    path: &Path<'_>,
    cx: &mut Cx<'_>,
) {
    match kind {
        ObjectKind::Parameter => {
            parameter::unusable(map, reported, path, cx);
            let location = map.get("in").and_then(Value::as_str).unwrap_or("query").to_owned();
            parameter::style(&location, map, path, cx);
            parameter::schema_or_content(kind, map, path, cx);
        }
        ObjectKind::Header => {
            parameter::style("header", map, path, cx);
            parameter::schema_or_content(kind, map, path, cx);
        }
        ObjectKind::SecurityScheme => security::scheme_members(map, reported, path, cx),
        ObjectKind::Flow => security::flow(map, path, cx),
        ObjectKind::Xml => openapi32::xml(map, path, cx),
        ObjectKind::Document
        | ObjectKind::PathItem
        | ObjectKind::Info
        | ObjectKind::Contact
        | ObjectKind::License
        | ObjectKind::Server
        | ObjectKind::ServerVariable
        | ObjectKind::Components
        | ObjectKind::Operation
        | ObjectKind::ExternalDocs
        | ObjectKind::RequestBody
        | ObjectKind::MediaType
        | ObjectKind::Encoding
        | ObjectKind::Response
        | ObjectKind::Example
        | ObjectKind::Tag
        | ObjectKind::Schema
        | ObjectKind::Discriminator
        | ObjectKind::Flows => {}
    }
}
