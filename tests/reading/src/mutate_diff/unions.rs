//! Changes of enums and unions.

use super::{Kind, each_object};
use crate::document::escape;
use serde_json::{Value, json};
use std::collections::HashSet;

/// Enums and unions with tags, that are components or members of them.
pub(super) fn sites(root: &Value, kind: Kind) -> Vec<String> {
    let mut sites = Vec::new();
    let defaults = defaults(root);
    for (name, schema) in root["components"]["schemas"].as_object().into_iter().flatten() {
        let place = format!("/components/schemas/{}", escape(name));
        // where a type is part of itself, every change moves the place that breaks the circle
        let is_round = |schema: &Value| kind >= Kind::VariantAdded && reaches(root, schema, name);
        let mut look = |place: String, schema: &Value| {
            if suits(schema, kind, &defaults) && !is_round(schema) {
                sites.push(place);
            }
        };
        look(place.clone(), schema);
        if schema["type"] == "object"
            && ["allOf", "anyOf", "oneOf"].iter().all(|key| schema.get(key).is_none())
        {
            for (member, of) in schema["properties"].as_object().into_iter().flatten() {
                look(format!("{place}/properties/{}", escape(member)), of);
            }
        }
    }
    sites
}

/// Whether the references of a schema lead to a component.
fn reaches(root: &Value, schema: &Value, name: &str) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        let mut found = Vec::new();
        each_object(schema, &mut |map| {
            let target = map.get("$ref").and_then(Value::as_str);
            found.extend(target.and_then(|target| target.strip_prefix("#/components/schemas/")));
        });
        for target in found.into_iter().filter(|target| seen.insert(*target)) {
            if target == name {
                return true;
            }
            open.extend(root["components"]["schemas"].get(target));
        }
    }
    false
}

/// Every string that is a default somewhere.
fn defaults(root: &Value) -> HashSet<&str> {
    let mut all = HashSet::new();
    each_object(root, &mut |map| all.extend(map.get("default").and_then(Value::as_str)));
    all
}

fn suits(schema: &Value, kind: Kind, defaults: &HashSet<&str>) -> bool {
    match kind {
        Kind::ValueAdded | Kind::ValueRemoved => {
            let values = schema["enum"].as_array().map_or(&[] as &[Value], Vec::as_slice);
            let last = values.last().and_then(Value::as_str);
            schema["type"] == "string"
                && values.len() > 2
                && values.iter().all(Value::is_string)
                && schema.get("x-enum-varnames").is_none()
                && (kind == Kind::ValueAdded || last.is_some_and(|last| !defaults.contains(last)))
        }
        _ => {
            let branches = schema["oneOf"].as_array().map_or(&[] as &[Value], Vec::as_slice);
            let mapping = schema["discriminator"]["mapping"].as_object();
            let refs = branches.iter().all(|branch| branch["$ref"].is_string());
            branches.len() > 2 && refs && mapping.is_some_and(|mapping| mapping.len() == branches.len())
        }
    }
}

/// Changes the enum or union at this place.
pub(super) fn apply(root: &mut Value, kind: Kind, at: &str) -> Option<String> {
    match kind {
        Kind::ValueAdded => root.pointer_mut(at)?["enum"].as_array_mut()?.push("planted_value".into()),
        Kind::ValueRemoved => drop(root.pointer_mut(at)?["enum"].as_array_mut()?.pop()),
        Kind::VariantAdded => variant_added(root, at)?,
        Kind::VariantRemoved => {
            let schema = root.pointer_mut(at)?;
            let gone = schema["oneOf"].as_array_mut()?.pop()?["$ref"].as_str()?.to_owned();
            let short = gone.rsplit('/').next()?.to_owned();
            let mapping = schema["discriminator"]["mapping"].as_object_mut()?;
            mapping.retain(|_, target| *target != gone && *target != short);
        }
        Kind::TagRenamed => tag_renamed(root, at)?,
        _ => return None,
    }
    Some(at.to_owned())
}

fn variant_added(root: &mut Value, at: &str) -> Option<()> {
    let schema = root.pointer_mut(at)?;
    let target = "#/components/schemas/PlantedVariant";
    schema["oneOf"].as_array_mut()?.push(json!({"$ref": target}));
    schema["discriminator"]["mapping"].as_object_mut()?.insert("planted_tag".to_owned(), target.into());
    let tag = schema["discriminator"]["propertyName"].as_str()?.to_owned();
    let variant = json!({
        "type": "object",
        "required": [tag],
        "properties": {tag: {"type": "string", "enum": ["planted_tag"]}, "planted": {"type": "string"}},
    });
    root["components"]["schemas"].as_object_mut()?.insert("PlantedVariant".to_owned(), variant);
    Some(())
}

/// Gives the first variant another tag, also where the variant names it itself.
fn tag_renamed(root: &mut Value, at: &str) -> Option<()> {
    let schema = root.pointer_mut(at)?;
    let tag = schema["discriminator"]["propertyName"].as_str()?.to_owned();
    let mapping = schema["discriminator"]["mapping"].as_object_mut()?;
    let (old, target) = mapping.iter().next().map(|(key, target)| (key.clone(), target.clone()))?;
    let renamed = format!("{old}_again");
    *mapping = std::mem::take(mapping)
        .into_iter()
        .map(|(key, target)| (if key == old { renamed.clone() } else { key }, target))
        .collect();
    let name = target.as_str()?.rsplit('/').next()?.to_owned();
    let member = root["components"]["schemas"].get_mut(&name)?["properties"].get_mut(&tag)?;
    for (key, value) in [("const", json!(renamed)), ("enum", json!([renamed])), ("default", json!(renamed))] {
        if member.get(key).is_some() {
            member[key] = value;
        }
    }
    Some(())
}
