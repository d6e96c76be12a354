//! The operations of a document. Every pointer is written from the place of use, through references.

use super::{Document, Encoding, escape, keys};
use serde_json::Value;

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where it stands.
    pub pointer: String,
    /// Method in capitals.
    pub method: String,
    /// Path template.
    pub path: String,
    /// `operationId`.
    pub id: Option<String>,
    /// Parameters; one of the operation replaces one of the path item with the same name and location.
    pub params: Vec<Param>,
    /// The request body.
    pub body: Option<Body>,
    /// The responses by status key.
    pub responses: Vec<Response>,
    /// Alternatives of scheme names that must all be given; an empty alternative means that nothing is needed.
    pub security: Vec<Vec<String>>,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Param {
    /// Where it stands.
    pub pointer: String,
    /// Its name.
    pub name: String,
    /// Where it travels.
    pub location: Location,
    /// Whether it must be given.
    pub required: bool,
    /// Style, with the default of the location filled in.
    pub style: String,
    /// Explode, with the default of the style filled in.
    pub explode: bool,
    /// Pointer of its schema.
    pub schema: Option<String>,
    /// Whether it is given by `content` that is no text: as JSON.
    pub json: bool,
    /// Whether reserved characters stand for themselves.
    pub allow_reserved: bool,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Where it stands.
    pub pointer: String,
    /// Whether it must be sent.
    pub required: bool,
    /// Its media types.
    pub media: Vec<Media>,
}

/// A response.
#[derive(Clone, Debug)]
pub struct Response {
    /// Where it stands.
    pub pointer: String,
    /// `200`, `4XX`, `default`.
    pub status: String,
    /// Its media types; empty for a response without a body.
    pub media: Vec<Media>,
    /// Names and schema pointers of the headers that must be there.
    pub headers: Vec<(String, Option<String>)>,
}

/// A media type of a body or response.
#[derive(Clone, Debug)]
pub struct Media {
    /// Where it stands.
    pub pointer: String,
    /// As in the document; JSON where that stands for anything, and the schema for no text.
    pub name: String,
    /// Pointer of its schema.
    pub schema: Option<String>,
    /// How properties of a form or multipart body are written, where the document says it.
    pub encoding: Vec<Encoding>,
}

impl Media {
    /// The media type without its parameters, in lower case.
    pub fn essence(&self) -> String {
        essence(&self.name)
    }

    /// Whether it carries one JSON value.
    pub fn is_json(&self) -> bool {
        is_json(&self.name)
    }
}

/// A media type without its parameters, in lower case.
pub fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a media type carries one JSON value (streams of them are not meant).
pub fn is_json(media: &str) -> bool {
    let essence = essence(media);
    (essence == "application/json" || essence.ends_with("+json")) && essence != "application/stream+json"
}

const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

impl Document {
    /// All operations in document order.
    pub fn operations(&self) -> Vec<Operation> {
        let mut all = Vec::new();
        for path in keys(&self.root()["paths"]).filter(|path| path.starts_with('/')) {
            let item = format!("/paths/{}", escape(path));
            let Some((_, node)) = self.resolve(&item) else { continue };
            for method in keys(node).filter(|key| METHODS.contains(key)) {
                all.push(self.operation(path, &item, (method, &format!("{item}/{method}"))));
            }
            let further = format!("{item}/additionalOperations");
            for method in self.at(&further).into_iter().flat_map(keys).filter(|key| is_token(key)) {
                let pointer = format!("{further}/{method}");
                all.push(self.operation(path, &item, (method, &pointer)));
            }
        }
        all
    }

    fn operation(&self, path: &str, item: &str, (method, pointer): (&str, &str)) -> Operation {
        let node = self.at(pointer).unwrap_or(&Value::Null);
        let mut params = self.params(&format!("{item}/parameters"));
        for param in self.params(&format!("{pointer}/parameters")) {
            params.retain(|old| (&old.name, old.location) != (&param.name, param.location));
            params.push(param);
        }
        let security = node.get("security").or_else(|| self.root().get("security"));
        let mut responses = self.responses(&format!("{pointer}/responses"));
        if method == "head" {
            responses.iter_mut().for_each(|response| response.media.clear());
        }
        Operation {
            method: method.to_ascii_uppercase(),
            path: path.to_owned(),
            id: node["operationId"].as_str().map(str::to_owned),
            params,
            body: self.body(&format!("{pointer}/requestBody")),
            responses,
            security: security.map(alternatives).unwrap_or_default(),
            pointer: pointer.to_owned(),
        }
    }

    fn params(&self, list: &str) -> Vec<Param> {
        let count = self.at(list).and_then(Value::as_array).map_or(0, Vec::len);
        (0..count).filter_map(|i| self.param(&format!("{list}/{i}"))).collect()
    }

    fn param(&self, pointer: &str) -> Option<Param> {
        let (_, node) = self.resolve(pointer)?;
        let location = match node["in"].as_str()? {
            "path" => Location::Path,
            // A form that is the whole query: each of its members is a pair.
            "query" | "querystring" => Location::Query,
            "header" => Location::Header,
            "cookie" => Location::Cookie,
            _ => return None,
        };
        // OpenAPI says that these are ignored: they belong to media types and security.
        let name = node["name"].as_str()?;
        let ignored = ["accept", "content-type", "authorization"];
        if location == Location::Header && ignored.iter().any(|other| name.eq_ignore_ascii_case(other)) {
            return None;
        }
        let default_style = match location {
            Location::Path | Location::Header => "simple",
            Location::Query | Location::Cookie => "form",
        };
        let style = node["style"].as_str().unwrap_or(default_style).to_owned();
        let media = keys(&node["content"]).next().map(|media| format!("content/{}", escape(media)));
        let holder = media.as_ref().map_or_else(|| pointer.to_owned(), |media| format!("{pointer}/{media}"));
        Some(Param {
            name: name.to_owned(),
            location,
            required: node["required"].as_bool().unwrap_or(location == Location::Path),
            explode: node["explode"].as_bool().unwrap_or(style == "form"),
            style,
            schema: self.at(&format!("{holder}/schema")).map(|_| format!("{holder}/schema")),
            json: media.is_some_and(|media| !is_written_plainly(&media)),
            allow_reserved: node["allowReserved"] == true,
            pointer: pointer.to_owned(),
        })
    }

    fn body(&self, pointer: &str) -> Option<Body> {
        let (_, node) = self.resolve(pointer)?;
        Some(Body {
            required: node["required"].as_bool().unwrap_or(false),
            media: self.media(pointer, node),
            pointer: pointer.to_owned(),
        })
    }

    fn responses(&self, pointer: &str) -> Vec<Response> {
        let Some(node) = self.at(pointer) else { return Vec::new() };
        keys(node)
            .filter(|key| !key.starts_with("x-"))
            .filter_map(|status| {
                let pointer = format!("{pointer}/{}", escape(status));
                let (_, node) = self.resolve(&pointer)?;
                let headers = keys(&node["headers"])
                    .filter_map(|name| {
                        let place = format!("{pointer}/headers/{}", escape(name));
                        let (_, header) = self.resolve(&place)?;
                        let schema = header.get("schema").map(|_| format!("{place}/schema"));
                        (header["required"] == true).then(|| (name.to_owned(), schema))
                    })
                    .collect();
                let media = self.media(&pointer, node);
                Some(Response { status: status.to_owned(), media, headers, pointer })
            })
            .collect()
    }

    fn media(&self, holder: &str, node: &Value) -> Vec<Media> {
        keys(&node["content"])
            .map(|name| {
                let pointer = format!("{holder}/content/{}", escape(name));
                let schema = format!("{pointer}/schema");
                let schema = self.at(&schema).map(|_| schema);
                let encoding = self.encodings(&pointer);
                Media { name: self.meant(&pointer, name), pointer, schema, encoding }
            })
            .collect()
    }

    /// The media type that is meant: `*/*` and `application/*` with a schema that is not of text is JSON.
    fn meant(&self, pointer: &str, name: &str) -> String {
        let anything = ["*/*", "application/*"].contains(&essence(name).as_str());
        if anything && self.is_structured(&format!("{pointer}/schema"), 0) {
            return "application/json".to_owned();
        }
        name.to_owned()
    }

    fn is_structured(&self, pointer: &str, depth: usize) -> bool {
        let Some((place, schema)) = self.resolve(pointer).filter(|_| depth < 16) else { return false };
        let kinds: Vec<&str> = match &schema["type"] {
            Value::String(kind) => vec![kind],
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
            _ => vec![],
        };
        if !kinds.is_empty() {
            return kinds.iter().any(|kind| !["string", "null"].contains(kind));
        }
        ["properties", "additionalProperties", "items"].iter().any(|key| schema.get(key).is_some())
            || ["allOf", "oneOf", "anyOf"].iter().any(|key| {
                let count = schema[*key].as_array().map_or(0, Vec::len);
                (0..count).any(|at| self.is_structured(&format!("{place}/{key}/{at}"), depth + 1))
            })
    }

    /// Whether bodies of the schema at a pointer travel as JSON, alone or in a stream.
    pub fn travels_as_json(&self, pointer: &str) -> bool {
        let Some((before, rest)) = pointer.split_once("/content/") else { return true };
        let key = rest.split('/').next().unwrap_or_default();
        let media = self.meant(&format!("{before}/content/{key}"), &super::unescape(key));
        let kind = essence(&media);
        is_json(&media)
            || kind == "text/event-stream"
            || ["jsonl", "ndjson", "stream+json", "json-seq", "json-stream"]
                .iter()
                .any(|name| kind.ends_with(name))
    }
}

/// Whether the value of a parameter with this content is no JSON: text, or a form.
fn is_written_plainly(content: &str) -> bool {
    ["content/text~1", "content/application~1x-www-form-urlencoded"]
        .iter()
        .any(|start| content.starts_with(start))
}

/// Whether a key can be the method of a request.
fn is_token(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
}

fn alternatives(node: &Value) -> Vec<Vec<String>> {
    node.as_array().into_iter().flatten().map(|one| keys(one).map(str::to_owned).collect()).collect()
}
