//! Tuples: `prefixItems`, and `items` as a list, its older spelling.

use serde_json::{Map, Value};

use crate::normalize::context::Cx;
use crate::pointer::Path;

/// The older spellings become `prefixItems`, which stays, with an `items: false` behind it if there is one.
pub(super) fn rewrite(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    if map.get("items").is_some_and(Value::is_array) {
        items_as_list(map, path, cx);
    }
    cx.drop_keyword(map, "additionalItems", "`items` describes the further items", path);
}

/// `items: [..]` was the spelling of `prefixItems` before 2020; a list of one usually means a list of many.
fn items_as_list(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let here = path.key("items");
    let Some(Value::Array(mut items)) = map.shift_remove("items") else { return };
    if !map.contains_key("type") && !map.contains_key("prefixItems") {
        // Some write alternatives so; without `type: array` nothing says that there is a list at all.
        let message = "`items` is an array without a `type`; any value is accepted".to_owned();
        cx.sloppy(&here, message, "write `type: array` and a schema, or `oneOf`");
        return;
    }
    if items.len() < 2 {
        cx.sloppy(
            &here,
            "`items` must be a schema, not an array".to_owned(),
            "write the schema without the array",
        );
        if let Some(only) = items.pop() {
            cx.rewrite(
                &here.item(0).pointer(),
                &here.pointer(),
                "an array of one schema in `items` becomes that schema",
            );
            map.insert("items".to_owned(), only);
        }
        return;
    }
    cx.sloppy(
        &here,
        "`items` must be a schema; the array is read as `prefixItems`".to_owned(),
        "write `prefixItems`",
    );
    if !map.contains_key("prefixItems") {
        let rule = "an array in `items` becomes `prefixItems`";
        cx.rewrite(&here.pointer(), &path.key("prefixItems").pointer(), rule);
        map.insert("prefixItems".to_owned(), Value::Array(items));
    }
    if let Some(rest) = map.shift_remove("additionalItems") {
        let rule = "`additionalItems` becomes the `items` after `prefixItems`";
        cx.rewrite(&path.key("additionalItems").pointer(), &here.pointer(), rule);
        map.insert("items".to_owned(), rest);
    }
}
