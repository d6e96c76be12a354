//! Operations that go elsewhere, and operations in whose stead an unrelated one comes.

use super::{Kind, each_text, required};
use crate::document::{escape, unescape};
use serde_json::{Map, Value, json};

const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];

/// Operations that may be moved, with an id and a tag, alone at their paths; for a resource, its first operation.
pub(super) fn sites(root: &Value, kind: Kind) -> Vec<String> {
    let mut sites = Vec::new();
    for (path, item) in root["paths"].as_object().into_iter().flatten() {
        let mut methods = METHODS.iter().filter(|method| item[**method].is_object());
        let (Some(method), None) = (methods.next(), methods.next()) else { continue };
        let op = &item[*method];
        if !path.starts_with('/')
            || item.get("$ref").is_some()
            || !op["operationId"].is_string()
            || !op["tags"][0].is_string()
        {
            continue;
        }
        let fits = match kind {
            Kind::OperationReparented => parent(path, op).is_some(),
            Kind::ResourceRenamed => subject(path).is_some_and(|at| members(root, path, at) > 2),
            Kind::OperationReplaced => subject(path).is_some() && body(op).is_some(),
            _ => true,
        };
        if fits {
            sites.push(format!("/paths/{}/{method}", escape(path)));
        }
    }
    sites
}

/// Changes the operation at this place.
pub(super) fn apply(root: &mut Value, kind: Kind, at: &str) -> Option<String> {
    let (item, method) = at.split_at(at.rfind('/')?);
    let (path, method) = (unescape(item.strip_prefix("/paths/")?), &method[1..]);
    match kind {
        Kind::OperationRetagged => root.pointer_mut(at)?["tags"] = json!(["Planted"]),
        Kind::OperationIdRenamed => renamed(root.pointer_mut(at)?)?,
        Kind::OperationMovedRenamed => {
            let op = root.pointer_mut(at)?;
            op["tags"] = json!(["Planted"]);
            renamed(op)?;
            rerouted(root, &path, &format!("/relocated{path}"))?;
        }
        Kind::OperationReparented => {
            let op = root.pointer_mut(at)?;
            let param = parent(&path, op)?;
            op["parameters"].as_array_mut()?.retain(|of| of["name"] != param.trim_matches(['{', '}']));
            renamed(op)?;
            rerouted(root, &path, &path.replacen(&format!("/{param}"), "", 1))?;
        }
        Kind::ResourceRenamed => resource_renamed(root, &path)?,
        Kind::OperationReplaced => return replaced(root, &path, method).map(|()| at.to_owned()),
        _ => return None,
    }
    Some(at.to_owned())
}

/// Gives an operation another id, with the same word at the end.
fn renamed(op: &mut Value) -> Option<()> {
    op["operationId"] = format!("planted_{}", op["operationId"].as_str()?).into();
    Some(())
}

/// Puts a path item at another path, in the same place among them.
fn rerouted(root: &mut Value, from: &str, to: &str) -> Option<()> {
    let paths = root["paths"].as_object_mut()?;
    if paths.contains_key(to) {
        return None;
    }
    let all = std::mem::take(paths).into_iter();
    *paths = all.map(|(key, item)| (if key == from { to.to_owned() } else { key }, item)).collect();
    Some(())
}

/// The first parameter in a path that something fixed follows, if the operation itself declares it.
fn parent<'a>(path: &'a str, op: &Value) -> Option<&'a str> {
    let mut parts = path.split('/').skip_while(|part| !part.starts_with('{'));
    let param = parts.next()?;
    let follows = parts.any(|part| !part.starts_with('{'));
    let name = param.trim_matches(['{', '}']);
    let own = op["parameters"].as_array()?.iter().any(|of| of["name"] == name && of["in"] == "path");
    (follows && own && param.ends_with('}')).then_some(param)
}

/// The first part of a path that names a resource: no parameter, no version.
fn subject(path: &str) -> Option<&str> {
    let named = |part: &&str| {
        part.len() > 2 && !part.contains('{') && !part.starts_with(|c: char| c == 'v' || c.is_ascii_digit())
    };
    path.split('/').find(named)
}

fn has_part(path: &str, part: &str) -> bool {
    path.split('/').any(|other| other == part)
}

/// How many paths a resource has.
fn members(root: &Value, path: &str, part: &str) -> usize {
    let (head, _) = path.split_once(part).unwrap_or_default();
    let all = root["paths"].as_object().into_iter().flatten();
    all.filter(|(other, _)| other.starts_with(head) && has_part(other, part)).count()
}

/// Gives a resource another name: in its paths, its ids and tags, and in the names of its components.
fn resource_renamed(root: &mut Value, path: &str) -> Option<()> {
    let part = subject(path)?.to_owned();
    let one = part.strip_suffix('s').filter(|one| one.len() > 2).unwrap_or(&part).to_owned();
    let names: Vec<String> = root["components"]["schemas"].as_object()?.keys().cloned().collect();
    let other = |text: &str| -> String {
        let mut out = text.to_owned();
        for (from, to) in [(one.clone(), "zebra"), (capital(&one), "Zebra")] {
            out = out.replace(&from, to);
        }
        out
    };
    let paths = root["paths"].as_object_mut()?;
    for (key, mut item) in std::mem::take(paths) {
        let is_it = has_part(&key, &part);
        for method in METHODS.iter().filter(|_| is_it) {
            let Some(op) = item.get_mut(*method) else { continue };
            if let Some(id) = op["operationId"].as_str() {
                op["operationId"] = other(id).into();
            }
            op["tags"] = json!(["Zebras"]);
        }
        let parts = key.split('/').map(|of| if of == part { "zebras" } else { of });
        let moved = if is_it { parts.collect::<Vec<_>>().join("/") } else { key };
        paths.insert(moved, item);
    }
    for name in names.iter().filter(|name| name.contains(&capital(&one))) {
        let to = other(name);
        (!names.contains(&to)).then(|| component_renamed(root, name, &to));
    }
    Some(())
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Gives a component another name, wherever it is named.
pub(super) fn component_renamed(root: &mut Value, from: &str, to: &str) -> Option<()> {
    let schemas = root["components"]["schemas"].as_object_mut()?;
    let all = std::mem::take(schemas).into_iter();
    *schemas = all.map(|(key, of)| (if key == from { to.to_owned() } else { key }, of)).collect();
    let target = |name: &str| format!("#/components/schemas/{name}");
    let (old, new) = (target(from), target(to));
    each_text(root, &mut |text| {
        if *text == old {
            text.clone_from(&new);
        }
    });
    Some(())
}

/// The schema of the first success, where that is a component.
fn body(op: &Value) -> Option<String> {
    let (_, response) = op["responses"].as_object()?.iter().find(|(status, _)| status.starts_with('2'))?;
    let target = response["content"]["application/json"]["schema"]["$ref"].as_str()?;
    target.strip_prefix("#/components/schemas/").map(str::to_owned)
}

/// Removes an operation, and adds one beside it that does the same with something else, whose schema has half of the members.
fn replaced(root: &mut Value, path: &str, method: &str) -> Option<()> {
    let mut item = root["paths"].as_object_mut()?.shift_remove(path)?;
    let op = item.get_mut(method)?;
    let of = &root["components"]["schemas"][body(op)?];
    let planted = unrelated(of);
    let last = path.split('/').rfind(|part| !part.contains('{') && !part.is_empty())?;
    let moved = path.replace(&format!("/{last}"), "/zebra-crossings");
    op["operationId"] = format!("zebra_crossings_{method}").into();
    op["summary"] = "Works on the crossings of zebras.".into();
    op["description"] = "Crossings have stripes.".into();
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/ZebraCrossing"}}});
    op["responses"] = json!({"200": {"description": "A crossing.", "content": content}});
    if op.get("requestBody").is_some() {
        op["requestBody"] = json!({"required": true, "content": content});
    }
    let paths = root["paths"].as_object_mut()?;
    if paths.contains_key(&moved) {
        return None;
    }
    paths.insert(moved, item);
    root["components"]["schemas"].as_object_mut()?.insert("ZebraCrossing".to_owned(), planted);
    Some(())
}

/// An object with every second member of another one, and members of its own.
pub(super) fn unrelated(of: &Value) -> Value {
    let own = of["properties"].as_object().cloned().unwrap_or_default();
    let kept: Map<String, Value> = own.into_iter().step_by(2).collect();
    let must: Vec<&str> = required(of).filter(|name| kept.contains_key(*name)).collect();
    let mut out = json!({"type": "object", "properties": kept});
    if !must.is_empty() {
        out["required"] = json!(must);
    }
    for name in ["stripes", "pole", "lamp", "kerb"] {
        out["properties"][name] = json!({"type": "string"});
    }
    out
}
