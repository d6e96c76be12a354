//! Members of objects that 3.0 cannot describe: by pattern, unevaluated, and `required` said at the member.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::normalize::context::Cx;
use crate::normalize::definition;
use crate::normalize::keyword::Since;
use crate::pointer::Path;
use crate::tree::{Mark, says_nothing};

const PATTERNS: &str = "`patternProperties` becomes `additionalProperties`";

/// `patternProperties` and `unevaluatedProperties` become `additionalProperties`, as far as it can say the same.
pub(super) fn further_members(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let home = path.key("additionalProperties");
    if map.contains_key("additionalProperties") {
        cx.drop_keyword(map, "unevaluatedProperties", "`additionalProperties` next to it decides", path);
    } else if let Some(rest) = map.shift_remove("unevaluatedProperties") {
        let rule = "`unevaluatedProperties` becomes `additionalProperties`";
        cx.rewrite(&path.key("unevaluatedProperties").pointer(), &home.pointer(), rule);
        map.insert("additionalProperties".to_owned(), rest);
    }
    let says_anything = match map.get("additionalProperties") {
        Some(Value::Bool(any)) => *any,
        Some(Value::Object(rest)) => says_nothing(rest),
        _ => false,
    };
    if says_anything {
        let why = "`additionalProperties` next to it allows any value";
        cx.drop_keyword(map, "patternProperties", why, path);
        return;
    }
    let Some(Value::Object(patterns)) = map.shift_remove("patternProperties") else { return };
    let from = path.key("patternProperties");
    if !map.contains_key("additionalProperties") && patterns.len() > 1 {
        let help = "write `additionalProperties: false`, or give it the type of the other properties";
        let message =
            "properties that match none of the `patternProperties` may have any value, so all are untyped"
                .to_owned();
        cx.ignored(&from, message, help);
        return;
    }
    let some_names =
        !map.contains_key("additionalProperties") && !patterns.keys().all(|pattern| fits_all(pattern));
    let mut choices = Vec::new();
    let mut seen = HashSet::new();
    if let Some(rest @ Value::Object(_)) = map.get_mut("additionalProperties") {
        seen.insert(rest.to_string());
        choices.push((rest.take(), home.pointer()));
    }
    for (pattern, schema) in patterns {
        if schema != Value::Bool(false) && seen.insert(schema.to_string()) {
            choices.push((schema, from.key(&pattern).pointer()));
        }
    }
    match choices.len() {
        0 => {}
        1 => {
            if let Some((schema, place)) = choices.pop() {
                cx.rewrite(&place, &home.pointer(), PATTERNS);
                map.insert("additionalProperties".to_owned(), schema);
            }
        }
        _ => {
            let list = home.key("anyOf");
            let mut schemas = Vec::new();
            for (at, (schema, place)) in choices.into_iter().enumerate() {
                cx.rewrite(&place, &list.item(at).pointer(), PATTERNS);
                schemas.push(schema);
            }
            cx.made(home.pointer(), &from);
            let choice = Map::from_iter([("anyOf".to_owned(), Value::Array(schemas))]);
            map.insert("additionalProperties".to_owned(), Value::Object(choice));
        }
    }
    if some_names {
        cx.mark(&home, Mark::ByPattern);
    }
}

/// Ends the sentence of a condition that is not checked.
const UNCHECKED: &str = "values that break this condition are accepted";

/// `not` goes, with a report. One that excludes everything stays: it is how the normal form spells `false`.
pub(super) fn excluded(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let excludes_all =
        |schema: &Value| *schema == Value::Bool(true) || schema.as_object().is_some_and(says_nothing);
    if map.get("not").is_none_or(excludes_all) {
        return;
    }
    cx.no_effect("not", "", UNCHECKED, &path.key("not"));
    if let Some(schema) = map.shift_remove("not") {
        definition::keep_named("not", schema, path, cx);
    }
}

/// `propertyNames` goes; it is reported if there are names that it excludes.
pub(super) fn property_names(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let Some(names) = map.shift_remove("propertyNames") else { return };
    if !allows_all_names(&names) {
        cx.no_effect("propertyNames", Since::V31.remark(), UNCHECKED, &path.key("propertyNames"));
    }
    definition::keep_named("propertyNames", names, path, cx);
}

/// Whether every name fits a schema, as far as that is plain. Names are strings.
fn allows_all_names(schema: &Value) -> bool {
    let Value::Object(keywords) = schema else { return *schema == Value::Bool(true) };
    keywords.iter().all(|(key, value)| match key.as_str() {
        "type" => value == "string" || value.as_array().is_some_and(|all| all.contains(&"string".into())),
        "minLength" => value.as_u64() == Some(0),
        "pattern" => value.as_str().is_some_and(|pattern| {
            matches!(pattern, "" | "^" | "$" | ".*" | "^.*" | ".*$" | "^.*$" | r"^[\s\S]*$")
        }),
        "title" | "description" | "$comment" | "default" | "example" | "examples" | "deprecated" => true,
        "readOnly" | "writeOnly" | "$id" | "$anchor" | "$schema" | "$defs" | "externalDocs" => true,
        _ => key.starts_with("x-"),
    })
}

/// Whether a pattern is met by all names.
fn fits_all(pattern: &str) -> bool {
    matches!(
        pattern.trim_start_matches('^').trim_end_matches('$'),
        "" | ".*" | ".+" | "(.*)" | "(.+)" | r"[\s\S]*" | r"\S+"
    )
}

/// `required` at a member, as older JSON Schema had it.
pub(super) fn required_flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// Members that say of themselves that they are required become required.
pub(in crate::normalize) fn hoist_required(map: &mut Map<String, Value>) {
    let Some(Value::Object(members)) = map.get("properties") else { return };
    let says_so = |member: &Value| member.get("required").and_then(required_flag) == Some(true);
    let mut names: Vec<String> =
        members.iter().filter(|(_, member)| says_so(member)).map(|(name, _)| name.clone()).collect();
    if names.is_empty() {
        return;
    }
    if let Value::Array(list) = map.entry("required").or_insert_with(|| Value::Array(Vec::new())) {
        let known: HashSet<&str> = list.iter().filter_map(Value::as_str).collect();
        names.retain(|name| !known.contains(name.as_str()));
        list.extend(names.into_iter().map(Value::String));
    }
}
