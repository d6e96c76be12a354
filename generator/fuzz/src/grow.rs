//! Random documents that are mostly right, so that they get through the whole pipeline.

use serde_json::{Map, Value, json};

use crate::numbers::Numbers;
use crate::text::{any, name};

/// Levels of schemas inside each other.
const DEPTH: usize = 4;
const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const MEDIA: &[&str] = &[
    "application/json",
    "application/json; charset=utf-8",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/event-stream",
    "application/x-ndjson",
    "text/plain",
    "application/octet-stream",
    "image/*",
    "*/*",
    "application/vnd.x+json",
];
const FORMATS: &[&str] = &[
    "date-time",
    "date",
    "time",
    "uuid",
    "byte",
    "binary",
    "password",
    "decimal",
    "int32",
    "int64",
    "uint64",
    "float",
    "email",
    "base64",
    "odd",
];

/// A document.
pub fn document(numbers: &mut Numbers<'_>) -> Value {
    let count = 1 + numbers.below(5);
    let names: Vec<String> = (0..count).map(|_| name(numbers)).collect();
    let mut grow = Grow { names, numbers };
    let schemas = grow.map(|grow, key| (key, grow.schema(DEPTH)));
    let mut document = json!({
        "openapi": grow.one(&["3.0.3", "3.1.0", "3.1.1"]),
        "info": {"title": grow.text(), "version": grow.text()},
        "servers": [{"url": grow.url(), "variables": {"region": {"default": grow.text()}}}],
        "components": {"schemas": schemas, "securitySchemes": grow.schemes()},
        "paths": grow.paths(),
    });
    if grow.numbers.once_in(3) {
        document["security"] = grow.security();
    }
    if grow.numbers.once_in(3) {
        document["tags"] = json!([{"name": grow.name(), "description": grow.text()}]);
    }
    document
}

struct Grow<'n, 'b> {
    /// Of the component schemas.
    names: Vec<String>,
    numbers: &'n mut Numbers<'b>,
}

impl Grow<'_, '_> {
    fn name(&mut self) -> String {
        name(self.numbers)
    }

    fn text(&mut self) -> String {
        if self.numbers.once_in(3) { any(self.numbers) } else { "Says what it is.".to_owned() }
    }

    fn one(&mut self, of: &[&'static str]) -> &'static str {
        of[self.numbers.below(of.len())]
    }

    fn flag(&mut self) -> bool {
        self.numbers.once_in(2)
    }

    /// One member for each component.
    fn map(&mut self, mut make: impl FnMut(&mut Self, String) -> (String, Value)) -> Map<String, Value> {
        self.names.clone().into_iter().map(|key| make(self, key)).collect()
    }

    fn reference(&mut self) -> Value {
        let names = self.names.clone();
        let name = self.numbers.pick(&names).replace('~', "~0").replace('/', "~1").replace('%', "%25");
        json!({"$ref": format!("#/components/schemas/{name}")})
    }

    fn schema(&mut self, depth: usize) -> Value {
        let kinds = if depth == 0 { 8 } else { 16 };
        let mut schema = match self.numbers.below(kinds) {
            0 => json!({"type": "string"}),
            1 => json!({"type": "string", "format": self.one(FORMATS)}),
            2 => json!({"type": self.one(&["integer", "number", "boolean"]), "format": self.one(FORMATS)}),
            3 => json!({"type": "string", "enum": self.texts()}),
            4 => {
                json!({"type": "integer", "enum": [0, self.numbers.below(9), -1, 9_223_372_036_854_775_807_i64]})
            }
            5 => json!({"const": self.name()}),
            6 => self.reference(),
            7 => self.odd(),
            8 => json!({"type": "array", "items": self.schema(depth - 1)}),
            9 => json!({"type": "object", "additionalProperties": self.schema(depth - 1)}),
            10 => json!({"allOf": self.several(depth)}),
            11 => json!({"oneOf": self.several(depth), "discriminator": {"propertyName": self.name()}}),
            12 => json!({"anyOf": self.several(depth)}),
            13 => json!({"type": "array", "prefixItems": self.several(depth), "items": false}),
            _ => self.object(depth),
        };
        if let Some(schema) = schema.as_object_mut() {
            self.annotate(schema);
        }
        schema
    }

    fn annotate(&mut self, schema: &mut Map<String, Value>) {
        if self.numbers.once_in(3) {
            schema.insert("description".to_owned(), json!(self.text()));
        }
        if self.numbers.once_in(6) {
            schema.insert("title".to_owned(), json!(self.name()));
        }
        if self.numbers.once_in(6) {
            let value = self.value(2);
            schema.insert(self.one(&["default", "example", "x-odd"]).to_owned(), value);
        }
        if self.numbers.once_in(8) {
            schema.insert(
                self.one(&["nullable", "deprecated", "readOnly", "writeOnly"]).to_owned(),
                json!(true),
            );
        }
        if self.numbers.once_in(12) {
            schema.insert(
                self.one(&["minimum", "maxLength", "pattern", "multipleOf"]).to_owned(),
                self.value(0),
            );
        }
    }

    fn object(&mut self, depth: usize) -> Value {
        let members: Map<String, Value> =
            (0..self.numbers.below(5)).map(|_| (self.name(), self.schema(depth - 1))).collect();
        let required: Vec<&String> = members.keys().filter(|key| key.len() % 2 == 0).collect();
        let mut object = json!({"type": "object", "required": required, "properties": members});
        if self.numbers.once_in(4) {
            object["additionalProperties"] = if self.flag() { json!(false) } else { self.schema(depth - 1) };
        }
        object
    }

    fn several(&mut self, depth: usize) -> Vec<Value> {
        (0..1 + self.numbers.below(3)).map(|_| self.schema(depth - 1)).collect()
    }

    fn texts(&mut self) -> Vec<String> {
        (0..1 + self.numbers.below(4)).map(|_| self.name()).collect()
    }

    /// Schemas that hardly anybody writes.
    fn odd(&mut self) -> Value {
        match self.numbers.below(7) {
            0 => json!(true),
            1 => json!(false),
            2 => json!({}),
            3 => json!({"type": ["string", "integer", "null"]}),
            4 => json!({"enum": [self.value(1), self.value(1), null]}),
            5 => json!({"type": "object", "patternProperties": {self.name(): {"type": "integer"}}}),
            _ => json!({"$defs": {self.name(): {"type": "string"}}, "not": {}}),
        }
    }

    /// A value of any kind.
    fn value(&mut self, depth: usize) -> Value {
        match self.numbers.below(if depth == 0 { 7 } else { 9 }) {
            0 => Value::Null,
            1 => json!(self.flag()),
            2 => json!(self.numbers.below(1000)),
            3 => json!(-1),
            4 => json!(1.5e300),
            5 => json!(any(self.numbers)),
            6 => json!(u64::MAX),
            7 => json!([self.value(depth - 1), self.value(depth - 1)]),
            _ => json!({self.name(): self.value(depth - 1)}),
        }
    }

    fn url(&mut self) -> String {
        match self.numbers.below(4) {
            0 => self.text(),
            1 => "/".to_owned(),
            _ => "https://{region}.example.com/v1".to_owned(),
        }
    }

    fn schemes(&mut self) -> Value {
        json!({
            "key": {"type": "apiKey", "in": self.one(&["header", "query", "cookie"]), "name": self.name()},
            self.name(): {"type": "http", "scheme": self.one(&["bearer", "basic", "digest"]), "description": self.text()},
            "flow": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": self.url(), "scopes": {}}}},
        })
    }

    fn security(&mut self) -> Value {
        json!([{ self.one(&["key", "flow", "none"]): [] }])
    }

    fn paths(&mut self) -> Value {
        let paths = (0..1 + self.numbers.below(3)).map(|_| {
            let (fixed, argument) = (self.name(), self.name());
            let templated = self.flag();
            let path = if templated { format!("/{fixed}/{{{argument}}}") } else { format!("/{fixed}") };
            let methods: Map<String, Value> = (0..1 + self.numbers.below(2))
                .map(|_| {
                    (self.one(METHODS).to_owned(), self.operation(templated.then_some(argument.as_str())))
                })
                .collect();
            (path, Value::Object(methods))
        });
        Value::Object(paths.collect())
    }

    fn operation(&mut self, argument: Option<&str>) -> Value {
        let mut parameters: Vec<Value> = argument
            .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
            .into_iter()
            .collect();
        for _ in 0..self.numbers.below(3) {
            let location = self.one(&["query", "query", "header", "cookie"]);
            let style =
                if location == "query" { self.one(&["form", "deepObject", "pipeDelimited"]) } else { "" };
            let mut parameter = json!({"name": self.name(), "in": location, "schema": self.schema(1),
                "description": self.text(), "required": self.flag()});
            if !style.is_empty() {
                parameter["style"] = json!(style);
            }
            parameters.push(parameter);
        }
        let mut operation =
            json!({"parameters": parameters, "description": self.text(), "responses": self.responses()});
        if self.numbers.once_in(2) {
            operation["operationId"] = json!(format!("{}{}", self.name(), self.numbers.below(10_000)));
        }
        if self.numbers.once_in(2) {
            operation["tags"] = json!([self.name()]);
        }
        if self.numbers.once_in(3) {
            let content = json!({self.one(MEDIA): {"schema": self.schema(2), "example": self.value(1)}});
            operation["requestBody"] = json!({"content": content, "required": self.flag()});
        }
        if self.numbers.once_in(4) {
            operation["security"] = self.security();
        }
        operation
    }

    fn responses(&mut self) -> Value {
        let media = if self.numbers.once_in(12) { self.text() } else { self.one(MEDIA).to_owned() };
        let mut responses =
            json!({"200": {"description": self.text(), "content": {media: {"schema": self.schema(2)}}}});
        if self.numbers.once_in(3) {
            let status = self.one(&["204", "201", "4XX", "404", "default", "302"]);
            responses[status] =
                json!({"description": "x", "content": {self.one(MEDIA): {"schema": self.schema(1)}}});
        }
        responses
    }
}
