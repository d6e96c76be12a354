//! Carries changes out.

use serde_json::{Map, Value, json};

use super::Change;
use super::write::AGAIN;
use crate::document::escape;

/// Changes the node at a pointer; gives back the places of the problem.
pub(super) type Other = fn(&mut Value, &str, usize) -> Option<Vec<String>>;

/// Whether a node is what a kind of problem needs.
pub(super) fn fits(root: &Value, at: &str, needs: &str) -> bool {
    let Some(node) = root.pointer(at) else { return false };
    let version = root["openapi"].as_str().unwrap_or_default();
    needs.split_whitespace().all(|need| match need.split_once('=') {
        _ if need == "3.0" || need == "3.1" => version.starts_with(need),
        Some((key, text)) => node.get(key).and_then(Value::as_str) == Some(text),
        None => match need.strip_prefix('!') {
            Some(key) => node.get(key).is_none(),
            None => node.get(need).is_some(),
        },
    })
}

/// Makes a change; `None` where there is no way.
pub(super) fn apply(root: &mut Value, at: &str, change: Change, number: usize) -> Option<Vec<String>> {
    let value = |text: &str| serde_json::from_str(&text.replace('@', &number.to_string())).ok();
    let child = |key: &str| format!("{at}/{}", escape(key));
    match change {
        Change::Set(key, text) => {
            let key = key.replace('@', &number.to_string());
            object(root, at)?.insert(key.clone(), value(text)?);
            let mut places = vec![child(&key)];
            // A value that is wrong inside is named there.
            inner(root.pointer(&places[0])?, &places[0].clone(), &mut places);
            Some(places)
        }
        Change::Rename(from, to) => {
            renamed(object(root, at)?, from, to)?;
            Some(vec![child(to)])
        }
        Change::Remove(key) => {
            object(root, at)?.shift_remove(key)?;
            // What is missing may be told of beside.
            let beside = ["type", "in", "name", "$ref"].map(child);
            Some([at.to_owned()].into_iter().chain(beside).collect())
        }
        Change::Become(text) => {
            *root.pointer_mut(at)? = value(text)?;
            let mut places = vec![at.to_owned()];
            inner(root.pointer(at)?, at, &mut places);
            Some(places)
        }
        Change::Other(other) => other(root, at, number),
    }
}

fn inner(value: &Value, at: &str, places: &mut Vec<String>) {
    let mut add = |key: String, value: &Value| {
        let at = format!("{at}/{key}");
        places.push(at.clone());
        inner(value, &at, places);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| add(escape(key), value)),
        Value::Array(items) => items.iter().enumerate().for_each(|(at, value)| add(at.to_string(), value)),
        _ => {}
    }
}

fn object<'v>(root: &'v mut Value, at: &str) -> Option<&'v mut Map<String, Value>> {
    root.pointer_mut(at)?.as_object_mut()
}

/// Another name, the same order.
fn renamed(map: &mut Map<String, Value>, from: &str, to: &str) -> Option<()> {
    if !map.contains_key(from) || map.contains_key(to) {
        return None;
    }
    let old = std::mem::take(map);
    *map =
        old.into_iter().map(|(key, value)| (if key == from { to.to_owned() } else { key }, value)).collect();
    Some(())
}

/// The `operationId` of another operation.
pub(super) fn twice(root: &mut Value, at: &str, _: usize) -> Option<Vec<String>> {
    let paths = root.get("paths")?.as_object()?;
    let methods = super::sites::METHODS;
    let (other, id) = paths.iter().find_map(|(path, item)| {
        methods.iter().find_map(|method| {
            let place = format!("/paths/{}/{method}", escape(path));
            let id = item.get(method)?.get("operationId")?.as_str()?;
            (place != at).then(|| (place, id.to_owned()))
        })
    })?;
    object(root, at)?.insert("operationId".to_owned(), json!(id));
    Some(vec![format!("{at}/operationId"), format!("{other}/operationId")])
}

/// The first member a second time.
pub(super) fn key_twice(root: &mut Value, at: &str, _: usize) -> Option<Vec<String>> {
    let map = object(root, at)?;
    let (key, value) = map.iter().find(|(_, value)| value.is_string())?;
    let again = format!("{AGAIN}{key}");
    let (place, value) = (format!("{at}/{}", escape(&again)), value.clone());
    map.insert(again, value);
    Some(vec![place])
}

/// A parameter of the path by a name that the path does not have.
pub(super) fn stray(root: &mut Value, at: &str, number: usize) -> Option<Vec<String>> {
    let map = object(root, at)?;
    if map.get("in")? != "path" {
        return None;
    }
    map.insert("name".to_owned(), json!(format!("stray{number}")));
    Some(vec![at.to_owned(), format!("{at}/name")])
}

/// A parameter of Swagger 2, which is named as a whole.
pub(super) fn in_body(root: &mut Value, at: &str, _: usize) -> Option<Vec<String>> {
    object(root, at)?.insert("in".to_owned(), json!("body"));
    Some(vec![at.to_owned(), format!("{at}/in")])
}

/// A path with a parameter that nobody declares.
pub(super) fn undeclared(root: &mut Value, at: &str, number: usize) -> Option<Vec<String>> {
    moved(root, at, |path| Some(format!("{path}/{{undeclared{number}}}")))
}

/// A path whose last bracket is not closed.
pub(super) fn unclosed(root: &mut Value, at: &str, _: usize) -> Option<Vec<String>> {
    moved(root, at, |path| Some(path.strip_suffix('}')?.to_owned()))
}

/// A path without the slash that it begins with.
pub(super) fn slashless(root: &mut Value, at: &str, _: usize) -> Option<Vec<String>> {
    moved(root, at, |path| Some(path.strip_prefix('/').filter(|rest| !rest.is_empty())?.to_owned()))
}

fn moved(root: &mut Value, at: &str, new: impl Fn(&str) -> Option<String>) -> Option<Vec<String>> {
    let path = crate::document::unescape(at.strip_prefix("/paths/")?);
    let new = new(&path)?;
    renamed(object(root, "/paths")?, &path, &new)?;
    Some(vec![format!("/paths/{}", escape(&new))])
}

/// One of the values again.
pub(super) fn value_twice(root: &mut Value, at: &str, _: usize) -> Option<Vec<String>> {
    push(root, at, "enum", |values| values.first().filter(|value| value.is_string()).cloned())
}

/// A value of another type.
pub(super) fn odd_value(root: &mut Value, at: &str, _: usize) -> Option<Vec<String>> {
    push(root, at, "enum", |values| values.iter().all(Value::is_string).then(|| json!({"a": 1})))
}

/// A member that must be there, again.
pub(super) fn required_twice(root: &mut Value, at: &str, _: usize) -> Option<Vec<String>> {
    push(root, at, "required", |names| names.first().cloned())
}

fn push(
    root: &mut Value,
    at: &str,
    key: &str,
    value: impl Fn(&[Value]) -> Option<Value>,
) -> Option<Vec<String>> {
    let items = object(root, at)?.get_mut(key)?.as_array_mut()?;
    let value = value(items)?;
    items.push(value);
    let mut places = vec![format!("{at}/{key}/{}", items.len() - 1)];
    inner(items.last()?, &places[0].clone(), &mut places);
    Some(places)
}

/// A parameter declared once more.
pub(super) fn parameter_twice(root: &mut Value, at: &str, _: usize) -> Option<Vec<String>> {
    let items = object(root, at)?.get_mut("parameters")?.as_array_mut()?;
    let first = items.iter().find(|item| item.get("$ref").is_none() && item.get("in").is_some())?.clone();
    items.push(first);
    let place = format!("{at}/parameters/{}", items.len() - 1);
    Some(vec![place.clone(), format!("{place}/name")])
}

/// A parameter that refers to a schema.
pub(super) fn wrong_kind(root: &mut Value, at: &str, _: usize) -> Option<Vec<String>> {
    let name = root
        .pointer("/components/schemas")?
        .as_object()?
        .keys()
        .find(|key| !key.contains(['/', '~', '%']))?
        .clone();
    object(root, at)?.insert("$ref".to_owned(), json!(format!("#/components/schemas/{name}")));
    Some(vec![format!("{at}/$ref")])
}

/// A schema that refers to a response or a parameter.
pub(super) fn schema_to_response(root: &mut Value, at: &str, _: usize) -> Option<Vec<String>> {
    let target = ["responses", "parameters"].iter().find_map(|section| {
        let name = root["components"][section].as_object()?.keys().next()?;
        Some(format!("#/components/{section}/{name}"))
    })?;
    object(root, at)?.insert("$ref".to_owned(), json!(target));
    Some(vec![format!("{at}/$ref")])
}

/// A mapping of a discriminator that does not resolve.
pub(super) fn mapping(root: &mut Value, at: &str, number: usize) -> Option<Vec<String>> {
    let tag = format!("tag{number}");
    let discriminator = root.pointer_mut(at)?.get_mut("discriminator")?.as_object_mut()?;
    let mapping = discriminator.entry("mapping").or_insert_with(|| json!({})).as_object_mut()?;
    mapping.insert(tag.clone(), json!(format!("#/components/schemas/Nowhere{number}")));
    Some(vec![format!("{at}/discriminator/mapping/{tag}")])
}

/// A schema that is only a reference to itself.
pub(super) fn cycle(root: &mut Value, at: &str, number: usize) -> Option<Vec<String>> {
    let (name, place) = (format!("Loop{number}"), format!("{at}/Loop{number}"));
    object(root, at)?.insert(name, json!({"$ref": format!("#/components/schemas/Loop{number}")}));
    Some(vec![place.clone(), format!("{place}/$ref")])
}

/// A path that differs from another by the names of its parameters only.
pub(super) fn same_path(root: &mut Value, at: &str, number: usize) -> Option<Vec<String>> {
    let paths = object(root, at)?;
    let path = paths.keys().find(|path| path.matches('{').count() == 1 && path.ends_with('}'))?;
    let new = format!("{}{{twin{number}}}", path.split('{').next()?);
    let place = format!("{at}/{}", escape(&new));
    let old = format!("{at}/{}", escape(path));
    paths.insert(
        new,
        json!({"get": {"operationId": format!("twin_path_{number}"), "parameters": [
            {"name": format!("twin{number}"), "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {"200": {"description": "fine"}}}}),
    );
    Some(vec![place, old])
}
