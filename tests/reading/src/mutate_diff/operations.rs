//! Changes of operations.

use super::Kind;
use crate::document::{escape, unescape};
use serde_json::{Value, json};

const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];

/// Operations, parameters, answers and bodies that may be changed.
pub(super) fn sites(root: &Value, kind: Kind) -> Vec<String> {
    let mut sites = Vec::new();
    for (path, item) in
        root["paths"].as_object().into_iter().flatten().filter(|(path, _)| path.starts_with('/'))
    {
        for method in METHODS.iter().filter(|method| item[**method].is_object()) {
            let place = format!("/paths/{}/{method}", escape(path));
            let op = &item[*method];
            match kind {
                Kind::OperationMoved => {
                    let alone = METHODS.iter().filter(|method| item[**method].is_object()).count() == 1;
                    if alone
                        && op["operationId"].is_string()
                        && op["tags"][0].is_string()
                        && item.get("$ref").is_none()
                    {
                        sites.push(place);
                    }
                }
                Kind::OperationDeprecated if op.get("deprecated").is_some() => {}
                Kind::OperationDescribed if !op["description"].is_string() => {}
                Kind::OperationAdded if !op["operationId"].is_string() => {}
                Kind::AuthChanged if op["security"].as_array().is_some_and(Vec::is_empty) => {}
                Kind::AuthChanged if op.get("security").is_none() && root.get("security").is_none() => {}
                Kind::OperationAdded
                | Kind::OperationRemoved
                | Kind::OperationDeprecated
                | Kind::OperationDescribed
                | Kind::ParameterAdded
                | Kind::ParameterDemanded
                | Kind::AuthChanged => sites.push(place),
                Kind::StatusAdded if op["responses"].get("418").is_none() => sites.push(place),
                Kind::StatusRemoved => {
                    sites.extend(errors(op).map(|status| format!("{place}/responses/{status}")))
                }
                Kind::MediaTypeAdded if sends_only_json(root, op) => sites.push(place),
                _ => sites.extend(params(op, kind).map(|at| format!("{place}/parameters/{at}"))),
            }
        }
    }
    sites
}

/// Error statuses with a body of JSON, written in place.
fn errors(op: &Value) -> impl Iterator<Item = &String> {
    let all = op["responses"].as_object().into_iter().flatten();
    let fits = |(status, of): &(&String, &Value)| {
        (status.starts_with('4') || status.starts_with('5'))
            && of["content"]["application/json"]["schema"].is_object()
    };
    all.filter(fits).map(|(status, _)| status)
}

/// Whether the body is JSON of a component that is an object of scalars.
fn sends_only_json(root: &Value, op: &Value) -> bool {
    let content = op["requestBody"]["content"].as_object();
    let Some(content) = content.filter(|content| content.len() == 1) else { return false };
    let schema = content.get("application/json").and_then(|media| media["schema"]["$ref"].as_str());
    let target =
        schema.and_then(|target| target.strip_prefix('#')).and_then(|at| root.pointer(&unescape_ref(at)));
    let scalar = |of: &Value| matches!(of["type"].as_str(), Some("string" | "integer" | "boolean"));
    target.is_some_and(|target| {
        target["type"] == "object"
            && target["properties"].as_object().is_some_and(|members| members.values().all(scalar))
    })
}

fn unescape_ref(at: &str) -> String {
    crate::percent::decode(at)
}

/// Positions of parameters of an operation that suit a kind.
fn params(op: &Value, kind: Kind) -> impl Iterator<Item = usize> {
    let list = op["parameters"].as_array().into_iter().flatten().enumerate();
    list.filter(move |(_, of)| {
        let schema = &of["schema"];
        let is_query = of["in"] == "query" && of["name"].is_string();
        let must = of["required"] == true;
        let plain = matches!(schema["type"].as_str(), Some("string" | "integer"))
            && ["enum", "format", "const", "default"].iter().all(|key| schema.get(key).is_none());
        is_query
            && match kind {
                Kind::ParameterRemoved => true,
                Kind::ParameterRenamed => !must && plain,
                Kind::ParameterRetyped => plain,
                Kind::ParameterRequired => !must && plain,
                Kind::ParameterOptional => must && plain,
                Kind::ParameterDefault => schema["type"] == "integer" && schema["default"].is_i64(),
                _ => false,
            }
    })
    .map(|(at, _)| at)
}

/// Changes what is at this place.
pub(super) fn apply(root: &mut Value, kind: Kind, at: &str) -> Option<String> {
    if let Some((op, position)) = at.split_once("/parameters/") {
        return parameter(root.pointer_mut(op)?, kind, position.parse().ok()?).map(|()| at.to_owned());
    }
    let (item, method) = at.split_at(at.rfind('/')?);
    match kind {
        Kind::OperationAdded => added(root, at),
        Kind::OperationRemoved => {
            let methods = root.pointer_mut(item)?.as_object_mut()?;
            methods.shift_remove(&method[1..]);
            if !METHODS.iter().any(|method| methods.contains_key(*method)) {
                let path = unescape(item.strip_prefix("/paths/")?);
                root["paths"].as_object_mut()?.shift_remove(&path);
            }
            Some(at.to_owned())
        }
        Kind::OperationMoved => {
            let path = unescape(item.strip_prefix("/paths/")?);
            let moved = format!("/relocated{path}");
            let paths = root["paths"].as_object_mut()?;
            let all = std::mem::take(paths).into_iter();
            *paths = all.map(|(key, item)| (if key == path { moved.clone() } else { key }, item)).collect();
            Some(at.to_owned())
        }
        Kind::StatusRemoved => {
            let (responses, status) = at.rsplit_once('/')?;
            root.pointer_mut(responses)?.as_object_mut()?.shift_remove(status);
            Some(at.to_owned())
        }
        Kind::AuthChanged => {
            let schemes = &mut root["components"]["securitySchemes"];
            schemes
                .as_object_mut()?
                .insert("planted".to_owned(), json!({"type": "apiKey", "in": "header", "name": "X-Planted"}));
            root.pointer_mut(at)?["security"] = json!([{"planted": []}]);
            Some(at.to_owned())
        }
        _ => operation(root.pointer_mut(at)?, kind).map(|below| format!("{at}{below}")),
    }
}

/// A second operation like the one at this place, at a route and with a name of its own.
fn added(root: &mut Value, at: &str) -> Option<String> {
    let mut op = root.pointer(at)?.clone();
    op["operationId"] = "planted_operation".into();
    op["parameters"] = json!([]);
    let map = op.as_object_mut()?;
    map.shift_remove("requestBody");
    map.insert("responses".to_owned(), json!({"204": {"description": "Done."}}));
    map.shift_remove("callbacks");
    root["paths"].as_object_mut()?.insert("/planted".to_owned(), json!({"get": op}));
    Some("/paths/~1planted/get".to_owned())
}

/// Changes an operation itself; gives back the way from it to what is to be found.
fn operation(op: &mut Value, kind: Kind) -> Option<String> {
    match kind {
        Kind::OperationDeprecated => op["deprecated"] = true.into(),
        Kind::OperationDescribed => {
            op["description"] = format!("Planted. {}", op["description"].as_str().unwrap_or_default()).into();
        }
        Kind::ParameterAdded | Kind::ParameterDemanded => {
            let must = kind == Kind::ParameterDemanded;
            let param =
                json!({"name": "planted", "in": "query", "required": must, "schema": {"type": "string"}});
            match op["parameters"].as_array_mut() {
                Some(list) => list.push(param),
                None => op["parameters"] = json!([param]),
            }
        }
        Kind::StatusAdded => op["responses"]["418"] = json!({"description": "Planted."}),
        Kind::MediaTypeAdded => {
            let content = &mut op["requestBody"]["content"];
            content["application/x-www-form-urlencoded"] = content["application/json"].clone();
            return Some("/requestBody".to_owned());
        }
        _ => return None,
    }
    Some(String::new())
}

fn parameter(op: &mut Value, kind: Kind, position: usize) -> Option<()> {
    let list = op["parameters"].as_array_mut()?;
    let param = list.get_mut(position)?;
    match kind {
        Kind::ParameterRemoved => drop(list.remove(position)),
        Kind::ParameterRenamed => param["name"] = format!("{}_again", param["name"].as_str()?).into(),
        Kind::ParameterRetyped => param["schema"] = json!({"type": "boolean"}),
        Kind::ParameterRequired => param["required"] = true.into(),
        Kind::ParameterOptional => param["required"] = false.into(),
        Kind::ParameterDefault => {
            param["schema"]["default"] = json!(param["schema"]["default"].as_i64()? + 1);
        }
        _ => return None,
    }
    Some(())
}
