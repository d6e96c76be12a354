//! Changes of members of component schemas.

use super::{Kind, each_object, is_30, required};
use crate::document::{escape, unescape};
use serde_json::{Value, json};
use std::collections::HashSet;

/// Members that may be changed: those of plain objects, no tags, no constants.
pub(super) fn sites(root: &Value, kind: Kind) -> Vec<String> {
    let tags = tags(root);
    let mut sites = Vec::new();
    for (name, schema) in components(root) {
        if !is_plain_object(schema) {
            continue;
        }
        let place = format!("/components/schemas/{}", escape(name));
        if kind == Kind::FieldAdded {
            sites.push(place);
            continue;
        }
        let must: HashSet<&str> = required(schema).collect();
        // an object without members is no struct
        let one = schema["properties"].as_object().is_some_and(|members| members.len() == 1);
        if one && kind == Kind::FieldRemoved {
            continue;
        }
        for (member, of) in schema["properties"].as_object().into_iter().flatten() {
            if !tags.contains(member.as_str()) && suits(kind, of, must.contains(member.as_str())) {
                sites.push(format!("{place}/properties/{}", escape(member)));
            }
        }
    }
    sites
}

fn components(root: &Value) -> impl Iterator<Item = (&String, &Value)> {
    root["components"]["schemas"].as_object().into_iter().flatten()
}

/// Members that tell variants apart, anywhere in the document: those of discriminators, and constants.
fn tags(root: &Value) -> HashSet<&str> {
    let mut tags = HashSet::new();
    each_object(root, &mut |map| {
        tags.extend(map.get("discriminator").and_then(|of| of["propertyName"].as_str()));
        for (name, of) in map.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let one = of["enum"].as_array().is_some_and(|values| values.len() == 1);
            if of.get("const").is_some() || one {
                tags.insert(name.as_str());
            }
        }
    });
    tags
}

fn is_plain_object(schema: &Value) -> bool {
    let combined = ["allOf", "anyOf", "oneOf", "$ref", "not", "if", "enum", "patternProperties"];
    let closed = |value: Option<&Value>| value.is_none_or(Value::is_boolean);
    schema["type"] == "object"
        && schema["properties"].as_object().is_some_and(|members| !members.is_empty())
        && combined.iter().all(|key| schema.get(key).is_none())
        && closed(schema.get("additionalProperties"))
}

/// Whether a member can be changed that way, so that its class is the one of the kind.
fn suits(kind: Kind, of: &Value, must: bool) -> bool {
    let of_type = of["type"].as_str();
    let scalar = matches!(of_type, Some("string" | "integer" | "boolean" | "number"));
    let free = |keys: &[&str]| keys.iter().all(|key| of.get(key).is_none());
    let plain = scalar
        && free(&[
            "enum",
            "const",
            "default",
            "nullable",
            "format",
            "readOnly",
            "writeOnly",
            "anyOf",
            "oneOf",
            "allOf",
        ])
        && free(&["contentEncoding", "contentMediaType", "x-enum-varnames"]);
    match kind {
        Kind::FieldRemoved | Kind::FieldRenamed => plain,
        Kind::FieldRetyped => {
            plain && of_type == Some("string") && free(&["pattern", "minLength", "maxLength"])
        }
        Kind::FieldRequired => plain && !must,
        Kind::FieldOptional => plain && must,
        Kind::FieldNullable => plain && must,
        Kind::FieldDefault => {
            !must
                && of_type == Some("integer")
                && of["default"].is_i64()
                && free(&["enum", "const", "maximum", "nullable"])
        }
        Kind::FieldLimited => plain && of_type == Some("string") && free(&["maxLength"]),
        Kind::FieldDescribed => of["description"].is_string() && of.get("$ref").is_none(),
        _ => false,
    }
}

/// Changes the member, or the object, at this place.
pub(super) fn apply(root: &mut Value, kind: Kind, at: &str) -> Option<String> {
    let is_30 = is_30(root);
    if kind == Kind::FieldAdded {
        let members = root.pointer_mut(at)?["properties"].as_object_mut()?;
        members.insert("planted_member".to_owned(), json!({"type": "string"}));
        return Some(format!("{at}/properties/planted_member"));
    }
    let (object, key) = at.rsplit_once("/properties/")?;
    let (schema, name) = (root.pointer_mut(object)?, unescape(key));
    match kind {
        Kind::FieldRemoved => {
            schema["properties"].as_object_mut()?.shift_remove(&name);
            demand(schema, &name, None);
        }
        Kind::FieldRenamed => {
            let renamed = format!("{name}_again");
            let members = schema["properties"].as_object_mut()?;
            *members = std::mem::take(members)
                .into_iter()
                .map(|(key, of)| (if key == name { renamed.clone() } else { key }, of))
                .collect();
            demand(schema, &name, Some(&renamed));
        }
        Kind::FieldRequired => match schema["required"].as_array_mut() {
            Some(names) => names.push(name.into()),
            None => schema["required"] = json!([name]),
        },
        Kind::FieldOptional => demand(schema, &name, None),
        _ => member(schema["properties"].get_mut(&name)?, kind, is_30),
    }
    Some(at.to_owned())
}

/// Changes the schema of a member.
fn member(of: &mut Value, kind: Kind, is_30: bool) {
    match kind {
        Kind::FieldRetyped => of["type"] = "boolean".into(),
        Kind::FieldNullable if is_30 => of["nullable"] = true.into(),
        Kind::FieldNullable => of["type"] = json!([of["type"], "null"]),
        Kind::FieldDefault => of["default"] = json!(of["default"].as_i64().unwrap_or_default() + 1),
        Kind::FieldLimited => of["maxLength"] = 12_345.into(),
        _ => {
            of["description"] = format!("Planted. {}", of["description"].as_str().unwrap_or_default()).into()
        }
    }
}

/// Takes a name out of `required`, or puts another one in its place.
fn demand(schema: &mut Value, name: &str, instead: Option<&str>) {
    if let Some(names) = schema["required"].as_array_mut() {
        match (names.iter().position(|one| one == name), instead) {
            (Some(found), Some(instead)) => names[found] = instead.into(),
            (Some(found), None) => drop(names.remove(found)),
            (None, _) => {}
        }
    }
    // An empty list is not allowed in 3.0.
    if schema["required"].as_array().is_some_and(Vec::is_empty)
        && let Some(map) = schema.as_object_mut()
    {
        map.shift_remove("required");
    }
}
