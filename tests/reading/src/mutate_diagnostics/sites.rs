//! Classifies the nodes of a document by the specification: the locations where problems can be inserted.

use serde_json::{Map, Value};

use crate::document::escape;

/// What a node is. Nodes that are references have kinds of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum On {
    /// The document.
    Root,
    /// `info`.
    Info,
    /// An item of `servers`.
    Server,
    /// An item of `tags` of the document.
    Tag,
    /// `components`.
    Components,
    /// `components.schemas`.
    Schemas,
    /// `components.securitySchemes`.
    Schemes,
    /// A security scheme.
    Scheme,
    /// `paths`.
    Paths,
    /// A member of `paths`.
    PathItem,
    /// An operation.
    Operation,
    /// A parameter.
    Parameter,
    /// A reference to a parameter.
    ParameterRef,
    /// A request body.
    Body,
    /// `responses` of an operation.
    Responses,
    /// A response.
    Response,
    /// A reference to a response.
    ResponseRef,
    /// A header of a response.
    Header,
    /// `content` of something.
    Content,
    /// A media type.
    Media,
    /// A schema.
    Schema,
    /// A schema that is a member of an object.
    Member,
    /// A reference to a schema.
    SchemaRef,
}

/// Methods of a path item.
pub(super) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

type Sites = Vec<(On, String)>;

/// Every node that can be broken, with its pointer.
pub(super) fn sites(root: &Value) -> Sites {
    let mut found = Vec::new();
    let out = &mut found;
    out.push((On::Root, String::new()));
    one(root.get("info"), "/info", On::Info, out);
    for (kind, key) in [(On::Server, "servers"), (On::Tag, "tags")] {
        for (index, _) in array(root, key).iter().enumerate() {
            out.push((kind, format!("/{key}/{index}")));
        }
    }
    one(root.get("paths"), "/paths", On::Paths, out);
    for (path, item) in members(root.get("paths")) {
        path_item(item, &format!("/paths/{}", escape(path)), out);
    }
    let components = root.get("components");
    one(components, "/components", On::Components, out);
    for (section, all) in members(components) {
        let home = format!("/components/{}", escape(section));
        match section.as_str() {
            "schemas" => one(Some(all), &home, On::Schemas, out),
            "securitySchemes" => one(Some(all), &home, On::Schemes, out),
            _ => {}
        }
        for (name, value) in members(Some(all)) {
            let at = format!("{home}/{}", escape(name));
            match section.as_str() {
                "schemas" => schema(value, &at, On::Schema, out),
                "securitySchemes" => one(Some(value), &at, On::Scheme, out),
                "parameters" => parameter(value, &at, out),
                "responses" => response(value, &at, out),
                "requestBodies" => body(value, &at, out),
                _ => {}
            }
        }
    }
    found
}

/// A member that is an object, and no reference.
fn one(value: Option<&Value>, at: &str, kind: On, out: &mut Sites) {
    if value.is_some_and(|value| value.is_object() && value.get("$ref").is_none()) {
        out.push((kind, at.to_owned()));
    }
}

fn path_item(item: &Value, at: &str, out: &mut Sites) {
    one(Some(item), at, On::PathItem, out);
    parameters(item, at, out);
    for method in METHODS {
        let Some(operation) = item.get(method).filter(|operation| operation.is_object()) else { continue };
        let at = format!("{at}/{method}");
        out.push((On::Operation, at.clone()));
        parameters(operation, &at, out);
        if let Some(inner) = operation.get("requestBody") {
            body(inner, &format!("{at}/requestBody"), out);
        }
        one(operation.get("responses"), &format!("{at}/responses"), On::Responses, out);
        for (status, answer) in members(operation.get("responses")) {
            response(answer, &format!("{at}/responses/{}", escape(status)), out);
        }
    }
}

fn parameters(holder: &Value, at: &str, out: &mut Sites) {
    for (index, value) in array(holder, "parameters").iter().enumerate() {
        parameter(value, &format!("{at}/parameters/{index}"), out);
    }
}

fn parameter(value: &Value, at: &str, out: &mut Sites) {
    if value.get("$ref").is_some() {
        return out.push((On::ParameterRef, at.to_owned()));
    }
    one(Some(value), at, On::Parameter, out);
    carrier(value, at, out);
}

/// A schema or a content.
fn carrier(value: &Value, at: &str, out: &mut Sites) {
    if let Some(inner) = value.get("schema") {
        schema(inner, &format!("{at}/schema"), On::Schema, out);
    }
    one(value.get("content"), &format!("{at}/content"), On::Content, out);
    for (name, media) in members(value.get("content")) {
        let at = format!("{at}/content/{}", escape(name));
        one(Some(media), &at, On::Media, out);
        if let Some(inner) = media.get("schema") {
            schema(inner, &format!("{at}/schema"), On::Schema, out);
        }
    }
}

fn body(value: &Value, at: &str, out: &mut Sites) {
    one(Some(value), at, On::Body, out);
    carrier(value, at, out);
}

fn response(value: &Value, at: &str, out: &mut Sites) {
    if value.get("$ref").is_some() {
        return out.push((On::ResponseRef, at.to_owned()));
    }
    one(Some(value), at, On::Response, out);
    carrier(value, at, out);
    for (name, header) in members(value.get("headers")) {
        let at = format!("{at}/headers/{}", escape(name));
        one(Some(header), &at, On::Header, out);
        carrier(header, &at, out);
    }
}

fn schema(value: &Value, at: &str, kind: On, out: &mut Sites) {
    let Some(map) = value.as_object() else { return };
    if map.contains_key("$ref") {
        return out.push((On::SchemaRef, at.to_owned()));
    }
    out.push((On::Schema, at.to_owned()));
    if kind == On::Member {
        out.push((On::Member, at.to_owned()));
    }
    for (name, inner) in members(map.get("properties")) {
        schema(inner, &format!("{at}/properties/{}", escape(name)), On::Member, out);
    }
    for key in ["items", "additionalProperties"] {
        if let Some(inner) = map.get(key) {
            schema(inner, &format!("{at}/{key}"), On::Schema, out);
        }
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        for (index, inner) in array(value, key).iter().enumerate() {
            schema(inner, &format!("{at}/{key}/{index}"), On::Schema, out);
        }
    }
}

fn array<'v>(holder: &'v Value, key: &str) -> &'v [Value] {
    holder.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flat_map(Map::iter)
}
