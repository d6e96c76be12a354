//! What is left of Swagger 2 in documents that were converted by hand: bodies among the parameters, schemas beside the
//! description of a response.

use serde_json::{Map, Value, json};

use super::Cx;
use super::path::Path;

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
                body = body.or_else(|| Some((whole(parameter), here.pointer())));
            }
            (Some("formdata"), Value::Object(parameter)) => {
                said("formData", free, &here, cx);
                form.add(parameter);
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
        Some((body, from)) => {
            cx.carry(
                &from.child("schema"),
                &target.pointer().child("content").child("application/json").child("schema"),
            );
            map.insert("requestBody".to_owned(), body);
        }
        None => {
            cx.made(target.pointer(), &list);
            map.insert("requestBody".to_owned(), form.body());
        }
    }
}

fn target_is_taken(map: &Map<String, Value>) -> bool {
    map.get("requestBody").is_some_and(|body| !body.is_null())
}

fn said(place: &str, used: bool, at: &Path<'_>, cx: &mut Cx<'_>) {
    let message = format!("`in: {place}` is of Swagger 2");
    let help = if used {
        "it was read as the `requestBody`; write it so"
    } else {
        "it was left out, since there is a `requestBody` too"
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
}

impl Form {
    fn add(&mut self, mut field: Map<String, Value>) {
        let Some(Value::String(name)) = field.shift_remove("name") else { return };
        field.shift_remove("in");
        if field.shift_remove("required") == Some(Value::Bool(true)) {
            self.required.push(Value::from(name.as_str()));
        }
        let mut schema = match field.shift_remove("schema") {
            Some(Value::Object(schema)) => schema,
            _ => Map::new(),
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

    fn body(self) -> Value {
        let media = if self.files { "multipart/form-data" } else { "application/x-www-form-urlencoded" };
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
    let message = "the schema of a response should stand in `content`".to_owned();
    cx.sloppy(&here, message, "it was read as that of `application/json`; write it so");
    let Some(schema) = map.shift_remove("schema") else { return };
    cx.carry(&here.pointer(), &path.key("content").pointer().child("application/json").child("schema"));
    map.insert("content".to_owned(), json!({"application/json": {"schema": schema}}));
}
