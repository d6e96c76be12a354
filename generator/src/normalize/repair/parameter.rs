//! Parameters and headers.

use serde_json::{Map, Value};

use super::required::NO_PLACE;
use crate::diag::{Code, Diagnostic};
use crate::normalize::context::Cx;
use crate::normalize::keyword::{ObjectKind, Since};
use crate::pointer::Path;
use crate::tree::Mark;

/// Marks a parameter that cannot be sent; operations that need it are left out by `lower`.
pub(super) fn unusable(map: &mut Map<String, Value>, reported: &[String], path: &Path<'_>, cx: &mut Cx<'_>) {
    let name = map.get("name").and_then(Value::as_str).unwrap_or_default();
    let why = if map.get("in").and_then(Value::as_str) == Some("querystring") {
        let message = "`in: querystring` (OpenAPI 3.2) must be `application/x-www-form-urlencoded`";
        cx.ignored(&path.key("in"), message.to_owned(), "");
        "is the whole query string"
    } else if cx.marked(path).is_some() {
        return;
    } else if name.is_empty() && is_optional_place(map) {
        // Nest writes these for an object whose members it does not know; without them the call is still one.
        let message = "a parameter with an empty name cannot be sent; it is ignored".to_owned();
        cx.sloppy(&path.key("name"), message, "name the parameter");
        cx.mark(path, Mark::Nameless);
        return;
    } else if reported.iter().any(|key| key == "in" || key == "name") || name.is_empty() {
        NO_PLACE
    } else {
        return;
    };
    if map.get("in").and_then(Value::as_str) == Some("querystring") {
        map.insert("in".to_owned(), Value::from("query"));
    }
    cx.mark(path, Mark::Unsendable(why));
}

/// Whether a parameter stands where a call can do without it.
fn is_optional_place(map: &Map<String, Value>) -> bool {
    matches!(map.get("in").and_then(Value::as_str), Some("query" | "header" | "cookie"))
}

/// `examples` as a list, which only schemas may have: the first becomes `example`.
pub(super) fn first_example(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    if !map.get("examples").is_some_and(Value::is_array) {
        return;
    }
    cx.sloppy(
        &path.key("examples"),
        "`examples` must be an object here; the first item is read as `example`".to_owned(),
        "name the examples, or use `example`",
    );
    if let Some(Value::Array(items)) = map.shift_remove("examples")
        && let Some(first) = items.into_iter().next()
        && !map.contains_key("example")
    {
        let list = path.key("examples");
        let rule = "the first of `examples` becomes the `example`";
        cx.rewrite(&list.item(0).pointer(), &path.key("example").pointer(), rule);
        map.insert("example".to_owned(), first);
    }
}

/// A parameter in the style of Swagger 2: what belongs to the schema stands beside `in`.
pub(super) fn gather_schema(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    if map.contains_key("schema") || map.contains_key("content") || !map.contains_key("type") {
        return;
    }
    cx.sloppy(
        &path.key("type"),
        format!("the type of {} must be in `schema`", path.name()),
        "move `type` and related keywords into `schema`",
    );
    let belongs = |key: &String| {
        ObjectKind::Parameter.keyword(key).is_none() && ObjectKind::Schema.keyword(key).is_some()
    };
    let keys: Vec<String> = map.keys().filter(|key| belongs(key)).cloned().collect();
    let home = path.key("schema");
    cx.made(home.pointer(), path);
    let mut inner = Map::new();
    for key in keys {
        if let Some(value) = map.shift_remove(&key) {
            let rule = "`type` and related keywords move into `schema`";
            cx.rewrite(&path.key(&key).pointer(), &home.key(&key).pointer(), rule);
            inner.insert(key, value);
        }
    }
    map.insert("schema".to_owned(), Value::Object(inner));
}

/// A parameter or header has a schema, or a content; not both, not none.
pub(super) fn schema_or_content(
    kind: ObjectKind,
    map: &mut Map<String, Value>,
    path: &Path<'_>,
    cx: &mut Cx<'_>,
) {
    match (map.contains_key("schema"), map.contains_key("content")) {
        (true, true) => {
            let message = format!("{} has both `schema` and `content`", kind.describe());
            cx.sloppy(&path.key("content"), message, "`content` is ignored; remove one of them");
            map.shift_remove("content");
        }
        (false, false) => {
            let message = format!("{} needs `schema` or `content`", kind.describe());
            cx.sloppy(path, message, "it accepts any value; add `schema`");
            map.insert("schema".to_owned(), Value::Object(Map::new()));
        }
        (true, false) | (false, true) => {}
    }
}

/// Styles that the place of a parameter does not allow, but that say what is meant.
pub(super) fn style(location: &str, map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let Some(found) = map.get("style").and_then(Value::as_str) else { return };
    let allowed: &[&str] = match location {
        "path" => &["simple", "label", "matrix"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
    };
    if allowed.contains(&found) {
        return;
    }
    let meant = allowed[0];
    let here = path.key("style");
    if (location, found) == ("cookie", "cookie") {
        cx.ahead("style: cookie", Since::V32, "it is read nevertheless", &here);
        cx.mark(path, Mark::CookieStyle);
        map.insert("style".to_owned(), Value::from(meant));
        return;
    }
    let message = format!("the style `{found}` is not valid for a {location} parameter");
    match found {
        "simple" | "form" => {
            cx.sloppy_value(&here, message, &format!("it is read as `{meant}`"));
            if location == "query" {
                map.entry("explode").or_insert(Value::Bool(false));
            }
            map.insert("style".to_owned(), Value::from(meant));
        }
        _ => {
            let help = format!("choose one of `{}`", allowed.join("`, `"));
            cx.report(Diagnostic::new(Code::WrongShape, &cx.origin(&here), message).help(help));
            map.shift_remove("style");
        }
    }
}
