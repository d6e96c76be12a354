//! Repairs of single kinds of object, where a table is not enough: what 3.0 cannot hold, and what people write instead
//! of what the specification asks for.

use serde_json::{Map, Value};

use super::document::require;
use super::keyword::{Filler, Kind, Missing, Since};
use super::path::Path;
use super::{Cx, leftover, newer, path_item, payload, schema};
use crate::diag::{Code, Diagnostic};
use crate::tree::{Mark, says_nothing};

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
            payload::webhooks(map, cx);
            if cx.modern {
                schema::content::mark_uploads(map);
            }
        }
        Kind::Parameter | Kind::Header => {
            newer::query_string(kind, map, path, cx);
            first_example(map, path, cx);
            gather_schema(map, path, cx);
        }
        Kind::MediaType => {
            newer::media_type(map, path, cx);
            first_example(map, path, cx);
            newer::item_schema(map, path, cx);
        }
        Kind::SecurityScheme => old_scheme(map, path, cx),
        Kind::Components => payload::callbacks(map, path, cx),
        Kind::Operation => {
            payload::callbacks(map, path, cx);
            leftover::body_parameters(map, path, cx);
            if map.get("responses").and_then(Value::as_object).is_some_and(Map::is_empty) {
                let help = "add at least one status, such as `200`, with a description";
                cx.sloppy(&path.key("responses"), "`responses` is empty".to_owned(), help);
            }
        }
        Kind::Response => leftover::response_schema(map, path, cx),
        Kind::Info
        | Kind::Contact
        | Kind::License
        | Kind::Server
        | Kind::ServerVariable
        | Kind::PathItem
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
        Kind::PathItem => newer::additional_operations(map, path, cx),
        Kind::Parameter => {
            unusable(map, reported, path, cx);
            let location = map.get("in").and_then(Value::as_str).unwrap_or("query").to_owned();
            style(&location, map, path, cx);
            schema_or_content(kind, map, path, cx);
        }
        Kind::Header => {
            style("header", map, path, cx);
            schema_or_content(kind, map, path, cx);
        }
        Kind::SecurityScheme => scheme_members(map, reported, path, cx),
        Kind::Flow => {
            let urls: &[&str] = match path.last_key() {
                Some("implicit") => &["authorizationUrl"],
                Some("authorizationCode") => &["authorizationUrl", "tokenUrl"],
                _ => &["tokenUrl"],
            };
            for name in urls {
                require(map, name, Filler::Text(""), Missing::Warn, kind, path, cx);
            }
        }
        Kind::Xml => newer::xml(map, path, cx),
        Kind::Document
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

/// Why a parameter without a name or a place cannot be sent.
pub(super) const NO_PLACE: &str = "has no `name` or `in`";

/// Marks a parameter that cannot be sent; operations that need it are left out by `lower`.
fn unusable(map: &mut Map<String, Value>, reported: &[String], path: &Path<'_>, cx: &mut Cx<'_>) {
    let name = map.get("name").and_then(Value::as_str).unwrap_or_default();
    let why = if map.get("in").and_then(Value::as_str) == Some("querystring") {
        let message = "`in: querystring` (OpenAPI 3.2) must be `application/x-www-form-urlencoded`";
        cx.ignored(&path.key("in"), message.to_owned(), "");
        "is the whole query string"
    } else if cx.marked(path).is_some() {
        return;
    } else if name.is_empty() && is_optional_place(map) {
        // Nest writes these for an object whose members it does not know; without them the call is still one.
        let message = "a parameter with an empty name cannot be sent; it is ignored".to_owned();
        cx.sloppy(&path.key("name"), message, "name the parameter");
        cx.mark(path, Mark::Nameless);
        return;
    } else if reported.iter().any(|key| key == "in" || key == "name") || name.is_empty() {
        NO_PLACE
    } else {
        return;
    };
    if map.get("in").and_then(Value::as_str) == Some("querystring") {
        map.insert("in".to_owned(), Value::from("query"));
    }
    cx.mark(path, Mark::Unsendable(why));
}

/// Whether a parameter stands where a call can do without it.
fn is_optional_place(map: &Map<String, Value>) -> bool {
    matches!(map.get("in").and_then(Value::as_str), Some("query" | "header" | "cookie"))
}

/// `examples` as a list, which only schemas may have: the first becomes `example`.
fn first_example(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    if !map.get("examples").is_some_and(Value::is_array) {
        return;
    }
    cx.sloppy(
        &path.key("examples"),
        "`examples` must be an object here; the first item is read as `example`".to_owned(),
        "name the examples, or use `example`",
    );
    if let Some(Value::Array(items)) = map.shift_remove("examples")
        && let Some(first) = items.into_iter().next()
        && !map.contains_key("example")
    {
        let list = path.key("examples");
        let rule = "the first of `examples` becomes the `example`";
        cx.rewrite(&list.item(0).pointer(), &path.key("example").pointer(), rule);
        map.insert("example".to_owned(), first);
    }
}

/// A parameter in the style of Swagger 2: what belongs to the schema stands beside `in`.
fn gather_schema(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    if map.contains_key("schema") || map.contains_key("content") || !map.contains_key("type") {
        return;
    }
    cx.sloppy(
        &path.key("type"),
        format!("the type of {} must be in `schema`", path.name()),
        "move `type` and related keywords into `schema`",
    );
    let belongs =
        |key: &String| Kind::Parameter.keyword(key).is_none() && Kind::Schema.keyword(key).is_some();
    let keys: Vec<String> = map.keys().filter(|key| belongs(key)).cloned().collect();
    let home = path.key("schema");
    cx.made(home.pointer(), path);
    let mut inner = Map::new();
    for key in keys {
        if let Some(value) = map.shift_remove(&key) {
            let rule = "`type` and related keywords move into `schema`";
            cx.rewrite(&path.key(&key).pointer(), &home.key(&key).pointer(), rule);
            inner.insert(key, value);
        }
    }
    map.insert("schema".to_owned(), Value::Object(inner));
}

/// A parameter or header has a schema, or a content; not both, not none.
fn schema_or_content(kind: Kind, map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    match (map.contains_key("schema"), map.contains_key("content")) {
        (true, true) => {
            let message = format!("{} has both `schema` and `content`", kind.describe());
            cx.sloppy(&path.key("content"), message, "`content` is ignored; remove one of them");
            map.shift_remove("content");
        }
        (false, false) => {
            let message = format!("{} needs `schema` or `content`", kind.describe());
            cx.sloppy(path, message, "it accepts any value; add `schema`");
            map.insert("schema".to_owned(), Value::Object(Map::new()));
        }
        (true, false) | (false, true) => {}
    }
}

/// Styles that the place of a parameter does not allow, but that say what is meant.
fn style(location: &str, map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let Some(found) = map.get("style").and_then(Value::as_str) else { return };
    let allowed: &[&str] = match location {
        "path" => &["simple", "label", "matrix"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
    };
    if allowed.contains(&found) {
        return;
    }
    let meant = allowed[0];
    let here = path.key("style");
    if (location, found) == ("cookie", "cookie") {
        cx.ahead("style: cookie", Since::V32, "it is read nevertheless", &here);
        cx.mark(path, Mark::CookieStyle);
        map.insert("style".to_owned(), Value::from(meant));
        return;
    }
    let message = format!("the style `{found}` is not valid for a {location} parameter");
    match found {
        "simple" | "form" => {
            cx.sloppy_value(&here, message, &format!("it is read as `{meant}`"));
            if location == "query" {
                map.entry("explode").or_insert(Value::Bool(false));
            }
            map.insert("style".to_owned(), Value::from(meant));
        }
        _ => {
            let help = format!("choose one of `{}`", allowed.join("`, `"));
            cx.report(Diagnostic::new(Code::WrongShape, &cx.origin(&here), message).help(help));
            map.shift_remove("style");
        }
    }
}

/// Types of security scheme that 3.0 does not have.
fn old_scheme(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let scheme = match map.get("type").and_then(Value::as_str) {
        // OpenAPI 3.1. No scheme of HTTP has this name, so the runtime will not mistake it for one.
        Some("mutualTLS") => "mutual-tls",
        Some(old @ ("basic" | "bearer")) => {
            let scheme = if old == "basic" { "basic" } else { "bearer" };
            let message = format!("`{scheme}` is not a type of security scheme");
            cx.sloppy_value(
                &path.key("type"),
                message,
                &format!("write `type: http` and `scheme: {scheme}`"),
            );
            scheme
        }
        _ => return,
    };
    map.insert("type".to_owned(), Value::from("http"));
    map.insert("scheme".to_owned(), Value::from(scheme));
}

/// What a security scheme needs depends on its type.
fn scheme_members(map: &mut Map<String, Value>, reported: &[String], path: &Path<'_>, cx: &mut Cx<'_>) {
    let kind = Kind::SecurityScheme;
    let missing = |name: &str| {
        // Without a type nobody knows what else is needed.
        let said = reported.iter().any(|key| key == name || key == "type");
        if said { Missing::Reported } else { Missing::Fatal }
    };
    let typed = map.contains_key("type");
    require(map, "type", Filler::Text("http"), missing("type"), kind, path, cx);
    let needed: &[(&str, Filler)] = match map.get("type").and_then(Value::as_str) {
        Some("apiKey") => &[("name", Filler::Text("")), ("in", Filler::Text("header"))],
        Some("oauth2") => &[("flows", Filler::Object)],
        Some("openIdConnect") => &[("openIdConnectUrl", Filler::Text(""))],
        _ => &[("scheme", Filler::Text(""))],
    };
    for (name, filler) in needed {
        require(map, name, *filler, if typed { missing(name) } else { Missing::Reported }, kind, path, cx);
    }
}
