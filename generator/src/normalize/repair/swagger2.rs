//! What is left of Swagger 2 in documents that were converted by hand: bodies among the parameters, schemas beside the
//! description of a response, schemas where something that has a schema is meant.

use serde_json::{Map, Value, json};

use crate::diag::{Code, Diagnostic};
use crate::normalize::context::Cx;
use crate::normalize::keyword::ObjectKind;
use crate::pointer::{Path, Pointer};
use crate::reference::decode;

const BODY: &str = "parameters with `in: body` or `in: formData` become the request body";

/// Parameters `in: body` and `in: formData` become the request body.
pub(super) fn body_parameters(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let place = |item: &Value| item.get("in").and_then(Value::as_str).map(str::to_ascii_lowercase);
    let is_body = |item: &Value| matches!(place(item).as_deref(), Some("body" | "formdata"));
    let Some(Value::Array(items)) = map.get_mut("parameters") else { return };
    if !items.iter().any(is_body) {
        return;
    }
    let list = path.key("parameters");
    let target = path.key("requestBody");
    let free = !target_is_taken(map);
    let Some(Value::Array(items)) = map.get_mut("parameters") else { return };
    let mut form = Form::default();
    let mut body = None;
    let mut kept = Vec::new();
    for (at, item) in std::mem::take(items).into_iter().enumerate() {
        let here = list.item(at);
        match (place(&item).as_deref(), item) {
            (Some("body"), Value::Object(parameter)) => {
                said("body", free, &here, cx);
                // Before those behind it take its place.
                if free && body.is_none() {
                    let media = media_type("application/json", &here.pointer(), &target.pointer(), cx);
                    cx.rewrite(&here.key("schema").pointer(), &media.child("schema"), BODY);
                }
                body = body.or_else(|| Some(whole(parameter)));
            }
            (Some("formdata"), Value::Object(parameter)) => {
                said("formData", free, &here, cx);
                form.add(parameter, cx.origin(&here));
            }
            (_, item) => {
                cx.carry(&here.pointer(), &list.item(kept.len()).pointer());
                kept.push(item);
            }
        }
    }
    map.insert("parameters".to_owned(), Value::Array(kept));
    if !free {
        return;
    }
    match body {
        Some(body) => drop(map.insert("requestBody".to_owned(), body)),
        None => {
            let schema = media_type(form.media(), &list.pointer(), &target.pointer(), cx).child("schema");
            form.record(&list.pointer(), &schema, cx);
            map.insert("requestBody".to_owned(), form.body());
        }
    }
}

/// Remembers what a body with one media type is made of; gives the place of the media type.
fn media_type(media: &str, of: &Pointer, body: &Pointer, cx: &mut Cx<'_>) -> Pointer {
    let origin = cx.moves.origin(of);
    let content = body.child("content");
    let place = content.child(media);
    for made in [body, &content, &place] {
        cx.moves.record(made.clone(), origin.clone());
    }
    place
}

fn target_is_taken(map: &Map<String, Value>) -> bool {
    map.get("requestBody").is_some_and(|body| !body.is_null())
}

fn said(place: &str, used: bool, at: &Path<'_>, cx: &mut Cx<'_>) {
    let message = format!("`in: {place}` is Swagger 2");
    let help = if used {
        "it is read as the request body; use `requestBody`"
    } else {
        "it is ignored; remove it, since `requestBody` exists"
    };
    cx.sloppy(at, message, help);
}

/// The request body that a parameter `in: body` means.
fn whole(mut parameter: Map<String, Value>) -> Value {
    let schema = parameter.shift_remove("schema").unwrap_or_else(|| json!({}));
    let mut body = json!({"content": {"application/json": {"schema": schema}}});
    for key in ["description", "required"] {
        if let (Some(value), Value::Object(body)) = (parameter.shift_remove(key), &mut body) {
            body.insert(key.to_owned(), value);
        }
    }
    body
}

/// A form, field by field.
#[derive(Default)]
struct Form {
    fields: Map<String, Value>,
    required: Vec<Value>,
    files: bool,
    /// Where each field is written in the original document.
    from: Vec<(String, Pointer)>,
}

impl Form {
    fn add(&mut self, mut field: Map<String, Value>, at: Pointer) {
        let Some(Value::String(name)) = field.shift_remove("name") else { return };
        field.shift_remove("in");
        if field.shift_remove("required") == Some(Value::Bool(true)) {
            self.required.push(Value::from(name.as_str()));
        }
        let mut schema = match field.shift_remove("schema") {
            Some(Value::Object(schema)) => {
                self.from.push((name.clone(), at.child("schema")));
                schema
            }
            _ => {
                self.from.push((name.clone(), at));
                Map::new()
            }
        };
        // What belongs to the schema stood beside `in`.
        for (key, value) in field {
            if key != "collectionFormat" && key != "allowEmptyValue" {
                schema.entry(key).or_insert(value);
            }
        }
        if schema.get("type").and_then(Value::as_str) == Some("file") {
            self.files = true;
            schema.insert("type".to_owned(), Value::from("string"));
            schema.insert("format".to_owned(), Value::from("binary"));
        }
        self.fields.insert(name, Value::Object(schema));
    }

    fn media(&self) -> &'static str {
        if self.files { "multipart/form-data" } else { "application/x-www-form-urlencoded" }
    }

    /// Remembers what the schema is made of.
    fn record(&self, list: &Pointer, schema: &Pointer, cx: &mut Cx<'_>) {
        let list = cx.moves.origin(list);
        let properties = schema.child("properties");
        for made in [schema, &properties] {
            cx.moves.record(made.clone(), list.clone());
        }
        for (name, origin) in &self.from {
            cx.rules.insert(origin.clone(), BODY);
            cx.moves.record(properties.child(name), origin.clone());
        }
    }

    fn body(self) -> Value {
        let media = self.media();
        let needed = !self.required.is_empty();
        let mut schema = json!({"type": "object", "properties": self.fields});
        if needed {
            schema["required"] = Value::Array(self.required);
        }
        json!({"required": needed, "content": {media: {"schema": schema}}})
    }
}

/// A schema beside the description of a response is that of its JSON.
pub(super) fn response_schema(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    if map.contains_key("content") || !map.get("schema").is_some_and(|schema| schema.is_object()) {
        return;
    }
    let here = path.key("schema");
    let message = "the schema of a response must be in `content`".to_owned();
    cx.sloppy(&here, message, "it is read as the schema of `application/json`; move it there");
    let Some(schema) = map.shift_remove("schema") else { return };
    let content = path.key("content").pointer();
    let json = content.child("application/json");
    cx.made(content, path);
    cx.made(json.clone(), path);
    let rule = "the schema of a response becomes the schema of `application/json`";
    cx.rewrite(&here.pointer(), &json.child("schema"), rule);
    map.insert("content".to_owned(), json!({"application/json": {"schema": schema}}));
}

/// A reference to a schema, where what has a schema is asked for, means that thing with this schema.
pub(in crate::normalize) fn reference_to_schema(
    kind: ObjectKind,
    map: &mut Map<String, Value>,
    path: &Path<'_>,
    cx: &mut Cx<'_>,
) {
    let is_schema = |reference: &str| {
        reference.strip_prefix("#/components/schemas/").is_some_and(|name| !name.contains('/'))
    };
    let by_media = match kind {
        ObjectKind::Response | ObjectKind::RequestBody => true,
        ObjectKind::Header | ObjectKind::MediaType => false,
        _ => return,
    };
    if !map.get("$ref").and_then(Value::as_str).is_some_and(is_schema) {
        return;
    }
    let here = path.key("$ref");
    let what = if by_media { "its `application/json` schema" } else { "its `schema`" };
    let message = format!("{} refers to a schema; it is read as {what}", path.name());
    cx.sloppy_value(&here, message, "write the reference under `schema`");
    let Some(reference) = map.shift_remove("$ref") else { return };
    let schema = json!({"$ref": reference});
    let (home, member, value) = if by_media {
        let content = path.key("content").pointer();
        let media = content.child("application/json");
        cx.made(content, path);
        cx.made(media.clone(), path);
        (media.child("schema"), "content", json!({"application/json": {"schema": schema}}))
    } else {
        (path.key("schema").pointer(), "schema", schema)
    };
    // The schema is the reference itself.
    let written = cx.origin(&here);
    cx.rewrite(&here.pointer(), &home, "a reference to a schema moves under `schema`");
    cx.moves.record(home.child("$ref"), written);
    map.insert(member.to_owned(), value);
    if kind == ObjectKind::Response {
        map.insert("description".to_owned(), Value::from(""));
    }
}

/// Remembers a reference in the place of a schema that leads to a component which has one.
pub(in crate::normalize) fn note_part(map: &Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let is_part = |reference: &str| {
        let (section, name) = reference.strip_prefix("#/components/")?.split_once('/')?;
        let carries = matches!(section, "responses" | "requestBodies" | "parameters" | "headers");
        (carries && !name.contains('/')).then_some(())
    };
    if map.get("$ref").and_then(Value::as_str).and_then(is_part).is_some() {
        cx.part_refs.push(path.key("$ref").pointer());
    }
}

/// Such a reference means the schema of the component, where it has exactly one.
pub(in crate::normalize) fn references_to_parts(root: &mut Value, cx: &mut Cx<'_>) {
    for at in std::mem::take(&mut cx.part_refs) {
        let Some(reference) = root.pointer(at.as_str()).and_then(Value::as_str) else { continue };
        let Some(schema) = only_schema(root, &decode(&reference[1..])) else { continue };
        let message = format!("the schema refers to `{reference}`; the schema of that node is used");
        let problem = Diagnostic::new(Code::Sloppy, &cx.moves.origin(&at), message);
        cx.report(problem.help("move the schema to `components/schemas`, and refer to it there"));
        if let Some(place) = root.pointer_mut(at.as_str()) {
            *place = Value::String(format!("#{}", schema.as_str()));
        }
    }
}

/// The place of the schema of a component; `None` where it has none or several.
fn only_schema(root: &Value, component: &str) -> Option<Pointer> {
    let at = Pointer::from(component);
    let part = root.pointer(component)?;
    if part.get("schema").is_some() {
        return Some(at.child("schema"));
    }
    match part.get("content")?.as_object()?.iter().collect::<Vec<_>>().as_slice() {
        [(media, content)] if content.get("schema").is_some() => {
            Some(at.child("content").child(media).child("schema"))
        }
        _ => None,
    }
}
