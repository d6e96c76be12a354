//! Tuples: `prefixItems`, and `items` as a list, its older spelling.

use serde_json::{Map, Value};

use crate::normalize::context::Cx;
use crate::pointer::Path;

/// The older spellings become `prefixItems`, which stays, with an `items: false` behind it if there is one.
pub(super) fn rewrite(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    if map.get("items").is_some_and(Value::is_array) {
        items_as_list(map, path, cx);
    }
    cx.drop_keyword(map, "additionalItems", "`items` says how a list goes on", path);
}

/// `items: [..]` was the spelling of `prefixItems` before 2020; a list of one usually means a list of many.
fn items_as_list(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let here = path.key("items");
    let Some(Value::Array(mut items)) = map.shift_remove("items") else { return };
    if !map.contains_key("type") && !map.contains_key("prefixItems") {
        // Some write alternatives so; without `type: array` nothing says that there is a list at all.
        let message = "`items` is a list, and there is no `type`; it was read as any value".to_owned();
        cx.sloppy(&here, message, "write `type: array` and a schema, or `oneOf`");
        return;
    }
    if items.len() < 2 {
        cx.sloppy(
            &here,
            "`items` should be a schema, not a list".to_owned(),
            "write the schema without the list",
        );
        if let Some(only) = items.pop() {
            cx.rewrite(&here.item(0).pointer(), &here.pointer(), "a list of one in `items` becomes that one");
            map.insert("items".to_owned(), only);
        }
        return;
    }
    cx.sloppy(
        &here,
        "`items` should be a schema; its list was read as `prefixItems`".to_owned(),
        "write `prefixItems`",
    );
    if !map.contains_key("prefixItems") {
        let rule = "a list in `items` becomes `prefixItems`";
        cx.rewrite(&here.pointer(), &path.key("prefixItems").pointer(), rule);
        map.insert("prefixItems".to_owned(), Value::Array(items));
    }
    if let Some(rest) = map.shift_remove("additionalItems") {
        let rule = "`additionalItems` becomes the `items` behind `prefixItems`";
        cx.rewrite(&path.key("additionalItems").pointer(), &here.pointer(), rule);
        map.insert("items".to_owned(), rest);
    }
}
