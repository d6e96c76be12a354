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
use super::keyword::Kind;
use super::schema::content;
use crate::pointer::Path;
use crate::tree::says_nothing;

/// Repairs a value that stands for an object without being one; `false` if there is nothing, and it must go.
pub(super) fn wrap(kind: Kind, value: &mut Value, path: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    let key = match (kind, &*value) {
        (_, Value::Null) => {
            let named = path.last_key().is_some();
            let help = if named { "it is read as `{}`; add a value" } else { "it is ignored; remove it" };
            cx.sloppy(path, format!("{} has no value", path.name()), help);
            *value = Value::Object(Map::new());
            return named;
        }
        (Kind::Example, Value::Object(map)) => {
            let known = |key: &String| key == "$ref" || kind.keyword(key).is_some();
            if says_nothing(map) || map.keys().any(known) {
                return true;
            }
            "value"
        }
        (Kind::Example, _) => "value",
        (Kind::Discriminator, Value::String(_)) => "propertyName",
        (Kind::Server, Value::String(_)) => "url",
        (Kind::Tag, Value::String(_)) => "name",
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
pub(super) fn before(kind: Kind, map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    match kind {
        Kind::Document => {
            if cx.modern || !map.get("openapi").is_some_and(Value::is_string) {
                map.insert("openapi".to_owned(), Value::from("3.0.3"));
            }
            path_item::inline(map, cx);
            webhook::webhooks(map, cx);
            if cx.modern {
                content::mark_uploads(map);
            }
        }
        Kind::Parameter | Kind::Header => {
            openapi32::query_string(kind, map, path, cx);
            parameter::first_example(map, path, cx);
            parameter::gather_schema(map, path, cx);
        }
        Kind::MediaType => {
            openapi32::media_type(map, path, cx);
            parameter::first_example(map, path, cx);
            openapi32::item_schema(map, path, cx);
        }
        Kind::SecurityScheme => security::old_scheme(map, path, cx),
        Kind::Components => webhook::callbacks(map, path, cx),
        Kind::Operation => {
            webhook::callbacks(map, path, cx);
            swagger2::body_parameters(map, path, cx);
            if map.get("responses").and_then(Value::as_object).is_some_and(Map::is_empty) {
                let help = "add at least one status, such as `200`, with a description";
                cx.sloppy(&path.key("responses"), "`responses` is empty".to_owned(), help);
            }
        }
        Kind::PathItem => openapi32::additional_operations(map, path, cx),
        Kind::Response => swagger2::response_schema(map, path, cx),
        Kind::Info
        | Kind::Contact
        | Kind::License
        | Kind::Server
        | Kind::ServerVariable
        | Kind::ExternalDocs
        | Kind::RequestBody
        | Kind::Encoding
        | Kind::Example
        | Kind::Tag
        | Kind::Schema
        | Kind::Discriminator
        | Kind::Flows
        | Kind::Flow
        | Kind::Xml => {}
    }
}

/// What must happen once every member has its shape.
pub(super) fn after(
    kind: Kind,
    map: &mut Map<String, Value>,
    reported: &[String],
    path: &Path<'_>,
    cx: &mut Cx<'_>,
) {
    match kind {
        Kind::Parameter => {
            parameter::unusable(map, reported, path, cx);
            let location = map.get("in").and_then(Value::as_str).unwrap_or("query").to_owned();
            parameter::style(&location, map, path, cx);
            parameter::schema_or_content(kind, map, path, cx);
        }
        Kind::Header => {
            parameter::style("header", map, path, cx);
            parameter::schema_or_content(kind, map, path, cx);
        }
        Kind::SecurityScheme => security::scheme_members(map, reported, path, cx),
        Kind::Flow => security::flow(map, path, cx),
        Kind::Xml => openapi32::xml(map, path, cx),
        Kind::Document
        | Kind::PathItem
        | Kind::Info
        | Kind::Contact
        | Kind::License
        | Kind::Server
        | Kind::ServerVariable
        | Kind::Components
        | Kind::Operation
        | Kind::ExternalDocs
        | Kind::RequestBody
        | Kind::MediaType
        | Kind::Encoding
        | Kind::Response
        | Kind::Example
        | Kind::Tag
        | Kind::Schema
        | Kind::Discriminator
        | Kind::Flows => {}
    }
}
