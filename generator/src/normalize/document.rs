//! The walk over everything that is no schema, driven by the keyword tables.

use serde_json::{Map, Value};

use super::keyword::{Effect, Filler, Kind, Missing, Since};
use super::path::Path;
use super::{Cx, leftover, misfit, reference, schema, shape};
use crate::diag::Code;
use crate::tree::Mark;

/// Brings an object of a known kind into normal form; `false` if there is nothing usable and it must go.
pub(super) fn node(kind: Kind, value: &mut Value, path: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    if kind == Kind::Schema {
        schema::schema(value, path, cx);
        return true;
    }
    if !misfit::wrap(kind, value, path, cx) {
        return false;
    }
    let Value::Object(map) = value else {
        cx.wrong(path, kind.describe(), value);
        return false;
    };
    leftover::reference_to_schema(kind, map, path, cx);
    if kind.can_refer() && map.contains_key("$ref") {
        return reference::reference(map, path, cx);
    }
    misfit::before(kind, map, path, cx);
    let reported = members(kind, map, path, cx);
    for (name, filler, missing) in kind.required() {
        let missing = if reported.iter().any(|key| key == name) { Missing::Reported } else { *missing };
        require(map, name, *filler, missing, kind, path, cx);
    }
    misfit::after(kind, map, &reported, path, cx);
    true
}

/// Looks at each member, and takes out what the ledger says must go.
///
/// Says which members had a value that could not be used.
fn members(kind: Kind, map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) -> Vec<String> {
    let mut unusable = Vec::new();
    let mut out: Vec<String> = Vec::new();
    for (key, value) in map.iter_mut() {
        let here = path.key(key);
        let Some(keyword) = kind.keyword(key) else {
            if kind == Kind::PathItem && cx.marked(&here) == Some(Mark::Method) {
                node(Kind::Operation, value, &here, cx);
            } else if !key.starts_with("x-") {
                unknown(kind, key, &here, cx);
            }
            continue;
        };
        cx.keyword_ahead(keyword, &here);
        match keyword.effect {
            Effect::Used | Effect::Silent(_) | Effect::Rewritten(_) | Effect::Lost(_) => {
                let absent = value.is_null();
                if !shape::fit(keyword.shape, value, &here, cx) {
                    out.push(key.clone());
                    unusable.extend((!absent).then(|| key.clone()));
                }
            }
            Effect::Ignored(why) => {
                ignored(key, keyword.since.remark(), why, &here, cx);
                out.push(key.clone());
            }
            Effect::Aside(why) => {
                let remark = keyword.since.remark();
                cx.ignored(&here, format!("`{key}`{remark} adds no methods: {why}"), "");
            }
        }
    }
    for key in out {
        map.shift_remove(&key);
    }
    unusable
}

/// Reports a keyword without effect.
pub(super) fn ignored(key: &str, remark: &str, why: &str, at: &Path<'_>, cx: &mut Cx<'_>) {
    cx.ignored(at, format!("`{key}`{remark} has no effect: {why}"), "");
}

/// Reports a keyword that is in no table.
pub(super) fn unknown(kind: Kind, key: &str, at: &Path<'_>, cx: &mut Cx<'_>) {
    let message = format!("`{key}` is not a keyword of {}, and has no effect", kind.describe());
    let help = match nearest(kind, key) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("remove it, or rename it to `x-{key}`"),
    };
    cx.note(Code::KeywordUnknown, at, message, &help);
}

/// The keyword that was probably meant: the same letters, or at most two of them wrong.
fn nearest(kind: Kind, key: &str) -> Option<&'static str> {
    let plain = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(40).collect()
    };
    let wanted = plain(key);
    if wanted.chars().count() > 24 {
        return None;
    }
    let close = if wanted.chars().count() < 5 { 1 } else { 2 };
    kind.keywords()
        .iter()
        .filter(|row| row.name.len().abs_diff(wanted.len()) <= close + 1)
        .map(|row| (strsim::osa_distance(&wanted, &plain(row.name)), row.name))
        .filter(|(far, _)| *far <= close)
        .min()
        .map(|(_, name)| name)
}

/// Puts something harmless in the place of a member that must be there.
pub(super) fn require(
    map: &mut Map<String, Value>,
    name: &str,
    filler: Filler,
    missing: Missing,
    kind: Kind,
    path: &Path<'_>,
    cx: &mut Cx<'_>,
) {
    if map.contains_key(name) {
        return;
    }
    let value = match filler {
        Filler::Text(text) => Value::from(text),
        Filler::Object => Value::Object(Map::new()),
        Filler::Info => serde_json::json!({"title": "API", "version": ""}),
    };
    let message = format!("{} needs `{name}`, which is missing", kind.describe());
    match missing {
        Missing::Reported => {}
        Missing::Fine if cx.modern => {}
        Missing::Until32 if cx.version >= Since::V32 => {}
        Missing::Fine | Missing::Until32 | Missing::Warn => {
            cx.sloppy(path, message, &format!("it is read as `{value}`; add `{name}`"))
        }
        Missing::Fatal => cx.note(Code::WrongShape, path, message, &format!("add `{name}`")),
    }
    if kind == Kind::Parameter && missing == Missing::Fatal {
        cx.mark(path, Mark::Unsendable(misfit::NO_PLACE));
    }
    map.insert(name.to_owned(), value);
}

/// `paths`: paths to path items.
pub(super) fn paths(value: &mut Value, at: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    let Value::Object(map) = value else {
        cx.wrong(at, "an object whose keys are paths", value);
        return false;
    };
    if map.keys().any(|key| !key.starts_with('/') && !key.starts_with("x-")) {
        slash(map, at, cx);
    }
    map.retain(|key, item| key.starts_with("x-") || node(Kind::PathItem, item, &at.key(key), cx));
    true
}

/// Gives paths the slash they must begin with.
fn slash(map: &mut Map<String, Value>, at: &Path<'_>, cx: &mut Cx<'_>) {
    let old = std::mem::take(map);
    let taken: std::collections::HashSet<String> = old.keys().cloned().collect();
    for (key, item) in old {
        if key.starts_with('/') || key.starts_with("x-") {
            map.insert(key, item);
            continue;
        }
        let here = at.key(&key);
        let meant = format!("/{key}");
        if taken.contains(&meant) {
            cx.note(
                Code::WrongShape,
                &here,
                format!("`{key}` is not a path, and `{meant}` exists, too"),
                "remove it",
            );
            continue;
        }
        cx.sloppy(&here, format!("the path `{key}` must begin with `/`"), &format!("write `{meant}`"));
        cx.rewrite(&here.pointer(), &at.key(&meant).pointer(), "the leading `/` of a path is added");
        map.insert(meant, item);
    }
}

/// `responses`: statuses to responses.
pub(super) fn responses(value: &mut Value, at: &Path<'_>, cx: &mut Cx<'_>) -> bool {
    let Value::Object(map) = value else {
        cx.wrong(at, "an object whose keys are statuses", value);
        return false;
    };
    map.retain(|key, response| {
        let here = at.key(key);
        if key.starts_with("x-") {
            return true;
        }
        if key != "default" && !is_status(key) {
            let message = format!("`{key}` is not a status");
            cx.note(
                Code::WrongShape,
                &here,
                message,
                "write a status such as `200`, a range such as `4XX`, or `default`",
            );
            return false;
        }
        node(Kind::Response, response, &here, cx)
    });
    true
}

/// Three digits, or a digit and `XX`.
fn is_status(key: &str) -> bool {
    matches!(
        key.as_bytes(),
        [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] | [b'1'..=b'9', b'X' | b'x', b'X' | b'x']
    )
}
