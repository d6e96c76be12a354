//! The names that schemas have by `$id`.

use serde_json::Value;

use crate::tree::objects;

/// The last parts of all `$id`s.
pub(super) fn ids(value: &Value) -> impl Iterator<Item = String> {
    objects(value).filter_map(|members| Some(last_part(members.get("$id")?.as_str()?).to_owned()))
}

/// The last part of the path of a URI.
pub(super) fn last_part(uri: &str) -> &str {
    let path = uri.split('#').next().unwrap_or_default();
    path.rsplit(['/', ':']).next().unwrap_or_default()
}
