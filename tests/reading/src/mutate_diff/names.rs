//! Components and members that get other names, change places, or make room for unrelated ones.

use super::{Kind, each_object, moves, schemas};
use crate::document::{escape, unescape};
use serde_json::{Value, json};
use std::collections::HashSet;

/// Components and members that suit a kind.
pub(super) fn sites(root: &Value, kind: Kind) -> Vec<String> {
    match kind {
        Kind::TypeRenamed | Kind::TypeRenamedChanged | Kind::TypesSwapped => components(root),
        Kind::TypeReplaced => once(root),
        Kind::FieldsSwapped => {
            let fits = |at: &String| second(root, at).is_some();
            schemas::sites(root, Kind::FieldRenamed).into_iter().filter(fits).collect()
        }
        _ => schemas::sites(root, Kind::FieldRenamed),
    }
}

/// Objects and enums that something refers to, and whose names are no tags.
fn components(root: &Value) -> Vec<String> {
    let (mut used, mut tags) = (HashSet::new(), HashSet::new());
    each_object(root, &mut |map| {
        used.extend(map.get("$ref").and_then(Value::as_str));
        if map.get("discriminator").is_some_and(|of| of["mapping"].is_null()) {
            let lists = ["oneOf", "anyOf"].iter().filter_map(|key| map.get(*key)?.as_array());
            tags.extend(lists.flatten().filter_map(|of| of["$ref"].as_str()));
        }
    });
    let all = root["components"]["schemas"].as_object().into_iter().flatten();
    let fits = |(name, of): &(&String, &Value)| {
        let target = format!("#/components/schemas/{name}");
        let says = of["properties"].as_object().is_some_and(|of| of.len() > 2)
            || of["enum"].as_array().is_some_and(|of| of.len() > 2);
        says && used.contains(target.as_str())
            && !tags.contains(target.as_str())
            && of["discriminator"].is_null()
    };
    all.filter(fits).map(|(name, _)| format!("/components/schemas/{}", escape(name))).collect()
}

/// Members that are the only place of a component that is an object.
fn once(root: &Value) -> Vec<String> {
    let mut targets = Vec::new();
    each_object(root, &mut |map| targets.extend(map.get("$ref").and_then(Value::as_str)));
    let single = |target: &str| targets.iter().filter(|other| **other == target).count() == 1;
    let mut sites = Vec::new();
    for (name, schema) in root["components"]["schemas"].as_object().into_iter().flatten() {
        let members = schema["properties"].as_object().into_iter().flatten();
        for (member, of) in members.filter(|_| schema["type"] == "object") {
            let must = super::required(schema).any(|one| one == member);
            let Some(target) = of["$ref"].as_str().filter(|target| !must && single(target)) else { continue };
            let object = target.strip_prefix('#').and_then(|at| root.pointer(at));
            if object.is_some_and(|of| of["properties"].as_object().is_some_and(|of| of.len() > 2)) {
                sites.push(format!("/components/schemas/{}/properties/{}", escape(name), escape(member)));
            }
        }
    }
    sites
}

/// Another member of the same object and the same type.
fn second(root: &Value, at: &str) -> Option<String> {
    let (object, key) = at.rsplit_once("/properties/")?;
    let (name, schema) = (unescape(key), root.pointer(object)?);
    let own = schema["properties"][&name]["type"].as_str();
    let must = |name: &str| super::required(schema).any(|one| one == name);
    let others = schemas::sites(root, Kind::FieldRenamed).into_iter();
    let mut others = others.filter_map(|other| {
        let key = other.strip_prefix(object)?.strip_prefix("/properties/")?.to_owned();
        Some(unescape(&key))
    });
    others.find(|other| {
        *other != name && schema["properties"][other]["type"].as_str() == own && must(other) == must(&name)
    })
}

/// Changes what is at this place.
pub(super) fn apply(root: &mut Value, kind: Kind, at: &str) -> Option<String> {
    match kind {
        Kind::TypeRenamed => {
            let name = unescape(at.rsplit('/').next()?);
            moves::component_renamed(root, &name, &format!("{name}Again"))?;
        }
        Kind::TypeRenamedChanged => {
            let of = root.pointer_mut(at)?;
            match of["properties"].as_object_mut() {
                Some(members) => drop(members.insert("planted_member".to_owned(), json!({"type": "string"}))),
                None => of["enum"].as_array_mut()?.push(json!("planted_value")),
            }
            moves::component_renamed(root, &unescape(at.rsplit('/').next()?), "Zebra")?;
        }
        Kind::TypesSwapped => {
            let name = unescape(at.rsplit('/').next()?);
            let other = components(root).into_iter().find(|other| other != at)?;
            let other = unescape(other.rsplit('/').next()?);
            moves::component_renamed(root, &name, "Zebra")?;
            moves::component_renamed(root, &other, &name)?;
            moves::component_renamed(root, "Zebra", &other)?;
        }
        Kind::TypeReplaced => return type_replaced(root, at),
        Kind::FieldRenamedChanged => {
            schemas::apply(root, Kind::FieldRenamed, at)?;
            let of = root.pointer_mut(&format!("{at}_again"))?;
            of["description"] = format!("{} Or so.", of["description"].as_str().unwrap_or_default()).into();
        }
        Kind::FieldsSwapped => {
            let (object, key) = at.rsplit_once("/properties/")?;
            let (name, other) = (unescape(key), second(root, at)?);
            let members = root.pointer_mut(object)?["properties"].as_object_mut()?;
            let (a, b) = (members.get(&name)?.clone(), members.get(&other)?.clone());
            members.insert(name, b);
            members.insert(other, a);
        }
        Kind::FieldReplaced => {
            schemas::apply(root, Kind::FieldRemoved, at)?;
            let (object, key) = at.rsplit_once("/properties/")?;
            let last = unescape(key).rsplit('_').next()?.to_owned();
            let planted = json!({"type": "string", "description": "How many stripes it has."});
            root.pointer_mut(object)?["properties"][format!("zebra_{last}")] = planted;
        }
        _ => return None,
    }
    Some(at.to_owned())
}

/// Removes a member with its component, which is to be found, and adds another member elsewhere, whose component has half of the members.
fn type_replaced(root: &mut Value, at: &str) -> Option<String> {
    let (object, key) = at.rsplit_once("/properties/")?;
    let target = root.pointer(at)?["$ref"].as_str()?.strip_prefix("#/components/schemas/")?.to_owned();
    let elsewhere = schemas::sites(root, Kind::FieldAdded).into_iter().find(|other| other != object)?;
    root.pointer_mut(object)?["properties"].as_object_mut()?.shift_remove(&unescape(key));
    let schemas = root["components"]["schemas"].as_object_mut()?;
    let old = schemas.shift_remove(&unescape(&target))?;
    schemas.insert("ZebraCrossing".to_owned(), moves::unrelated(&old));
    root.pointer_mut(&elsewhere)?["properties"]["crossing"] =
        json!({"$ref": "#/components/schemas/ZebraCrossing"});
    Some(format!("/components/schemas/{target}"))
}
