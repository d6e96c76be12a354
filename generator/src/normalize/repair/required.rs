//! Members that must be there.

use serde_json::{Map, Value, json};

use crate::diag::Code;
use crate::normalize::context::Cx;
use crate::normalize::keyword::{Filler, Missing, ObjectKind, Since};
use crate::pointer::Path;
use crate::tree::Mark;

/// Why a parameter without a name or a place cannot be sent.
pub(super) const NO_PLACE: &str = "has no `name` or `in`";

/// Adds the members that an object of a kind must have; `reported` are those that had a value of no use.
pub(in crate::normalize) fn members(
    kind: ObjectKind,
    map: &mut Map<String, Value>,
    reported: &[String],
    path: &Path<'_>,
    cx: &mut Cx<'_>,
) {
    for (name, filler, missing) in kind.required() {
        let missing = if reported.iter().any(|key| key == name) { Missing::Reported } else { *missing };
        require(map, name, *filler, missing, kind, path, cx);
    }
}

/// Puts something harmless in the place of a member that must be there.
pub(super) fn require(
    map: &mut Map<String, Value>,
    name: &str,
    filler: Filler,
    missing: Missing,
    kind: ObjectKind,
    path: &Path<'_>,
    cx: &mut Cx<'_>,
) {
    if map.contains_key(name) {
        return;
    }
    let value = match filler {
        Filler::Text(text) => Value::from(text),
        Filler::Object => Value::Object(Map::new()),
        Filler::Info => json!({"title": "API", "version": ""}),
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
    if kind == ObjectKind::Parameter && missing == Missing::Fatal {
        cx.mark(path, Mark::Unsendable(NO_PLACE));
    }
    map.insert(name.to_owned(), value);
}
