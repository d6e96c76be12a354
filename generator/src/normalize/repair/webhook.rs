//! What requests of the server carry: schemas in place in webhooks and callbacks become components, so that they are types
//! like those that are referred to.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::normalize::context::Cx;
use crate::normalize::definition;
use crate::pointer::Path;
use crate::reference;
use crate::tree::{METHODS, WEBHOOKS};

/// The webhooks of a document, and the path items among the components that they refer to.
pub(super) fn webhooks(document: &mut Map<String, Value>, cx: &mut Cx<'_>) {
    let root = Path::root();
    let mut referred = Vec::new();
    for key in WEBHOOKS {
        let Some(Value::Object(webhooks)) = document.get_mut(key) else { continue };
        let at = root.key(key);
        for (name, item) in webhooks {
            referred.extend(component(item, "pathItems").map(|key| (key, name.clone())));
            path_item(name, item, &at.key(name), cx);
        }
    }
    let bodies = only_received(document, &referred);
    let Some(Value::Object(components)) = document.get_mut("components") else { return };
    let components_at = root.key("components");
    if let Some(Value::Object(items)) = components.get_mut("pathItems") {
        let at = components_at.key("pathItems");
        for (key, name) in referred {
            if let Some(item) = items.get_mut(&key) {
                path_item(&name, item, &at.key(&key), cx);
            }
        }
    }
    let Some(Value::Object(all)) = components.get_mut("requestBodies") else { return };
    let at = components_at.key("requestBodies");
    for key in bodies {
        if let Some(body) = all.get_mut(&key) {
            content(&key, body, &at.key(&key), cx);
        }
    }
}

/// The request bodies among the components that webhooks and callbacks refer to, and no operation.
fn only_received(document: &Map<String, Value>, webhook_items: &[(String, String)]) -> BTreeSet<String> {
    let (mut received, mut sent) = (BTreeSet::new(), BTreeSet::new());
    let components = document.get("components");
    let shared = components.and_then(|components| components.get("requestBodies")?.as_object());
    if shared.is_none_or(Map::is_empty) {
        return received;
    }
    WEBHOOKS.iter().filter_map(|key| document.get(*key)).for_each(|all| bodies(all, &mut received, None));
    document.get("paths").into_iter().for_each(|paths| bodies(paths, &mut sent, Some(&mut received)));
    let Some(Value::Object(components)) = document.get("components") else { return received };
    components.get("callbacks").into_iter().for_each(|all| bodies(all, &mut received, None));
    for (key, item) in components.get("pathItems").and_then(Value::as_object).into_iter().flatten() {
        match webhook_items.iter().any(|(of_webhook, _)| of_webhook == key) {
            true => bodies(item, &mut received, None),
            false => bodies(item, &mut sent, Some(&mut received)),
        }
    }
    received.retain(|key| !sent.contains(key));
    received
}

/// The request bodies among the components that a part of the document refers to; what callbacks in it refer to goes into the
/// second set.
fn bodies(value: &Value, found: &mut BTreeSet<String>, mut in_callbacks: Option<&mut BTreeSet<String>>) {
    match value {
        Value::Array(items) => {
            items.iter().for_each(|item| bodies(item, found, in_callbacks.as_deref_mut()));
        }
        Value::Object(members) => {
            found.extend(component(value, "requestBodies"));
            for (key, value) in members {
                match in_callbacks.as_deref_mut() {
                    Some(received) if key == "callbacks" => bodies(value, received, None),
                    in_callbacks => bodies(value, found, in_callbacks),
                }
            }
        }
        _ => {}
    }
}

/// The key of the component of this section that a node refers to.
fn component(value: &Value, section: &str) -> Option<String> {
    let (found, key) = reference::component(value.get("$ref")?.as_str()?)?;
    (found == section).then_some(key)
}

/// The callbacks of an operation, or those among the components.
pub(super) fn callbacks(holder: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let Some(Value::Object(callbacks)) = holder.get_mut("callbacks") else { return };
    let at = path.key("callbacks");
    for (name, callback) in callbacks {
        let here = at.key(name);
        let Value::Object(items) = callback else { continue };
        for (expression, item) in items {
            path_item(name, item, &here.key(expression), cx);
        }
    }
}

fn path_item(name: &str, item: &mut Value, path: &Path<'_>, cx: &mut Cx<'_>) {
    let Value::Object(item) = item else { return };
    let count = item.keys().filter(|key| METHODS.contains(&key.as_str())).count();
    for (method, operation) in item.iter_mut().filter(|(key, _)| METHODS.contains(&key.as_str())) {
        let here = path.key(method);
        let name = if count == 1 { name.to_owned() } else { format!("{name}_{method}") };
        if let Some(body) = operation.get_mut("requestBody") {
            content(&format!("{name}_payload"), body, &here.key("requestBody"), cx);
        }
        let Some(Value::Object(responses)) = operation.get_mut("responses") else { continue };
        let at = here.key("responses");
        for (status, response) in responses.iter_mut().filter(|(status, _)| status.starts_with('2')) {
            content(&format!("{name}_response"), response, &at.key(status), cx);
        }
    }
}

/// The schemas of a body by its media types; equal ones are one.
fn content(name: &str, body: &mut Value, path: &Path<'_>, cx: &mut Cx<'_>) {
    let Some(Value::Object(content)) = body.get_mut("content") else { return };
    let at = path.key("content");
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
    let name: String = name.chars().map(plain).collect();
    let mut lifted: Vec<(Value, String)> = Vec::new();
    // Which of several equal schemas is lifted must not depend on their order.
    let mut media: Vec<(&String, &mut Value)> = content.iter_mut().collect();
    media.sort_by_key(|(name, _)| *name);
    for (media, value) in media {
        let Some(schema) = value.get_mut("schema").filter(|schema| is_shaped(schema, 0)) else { continue };
        let known = lifted.iter().find(|(one, _)| one == schema).map(|(_, reference)| reference.clone());
        let reference = known.unwrap_or_else(|| {
            let media_at = at.key(media);
            let reference = definition::lift_as(&name, schema.clone(), &media_at.key("schema"), cx);
            lifted.push((schema.clone(), reference.clone()));
            reference
        });
        *schema = Value::Object(Map::from_iter([("$ref".to_owned(), Value::String(reference))]));
    }
}

/// Whether a schema has a shape that deserves a type.
fn is_shaped(schema: &Value, depth: u8) -> bool {
    let Value::Object(map) = schema else { return false };
    map.iter().any(|(key, value)| match key.as_str() {
        "properties" | "patternProperties" => value.as_object().is_some_and(|all| !all.is_empty()),
        "allOf" | "oneOf" | "anyOf" | "enum" | "prefixItems" => value.is_array(),
        "additionalProperties" => value.as_object().is_some_and(|schema| !schema.is_empty()),
        "items" => value.get("$ref").is_some() || (depth < 64 && is_shaped(value, depth + 1)),
        _ => false,
    })
}
