//! Security schemes.

use serde_json::{Map, Value};

use super::required::require;
use crate::normalize::context::Cx;
use crate::normalize::keyword::{Filler, Missing, ObjectKind};
use crate::pointer::Path;

/// Types of security scheme that 3.0 does not have.
pub(super) fn old_scheme(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let scheme = match map.get("type").and_then(Value::as_str) {
        // OpenAPI 3.1. No scheme of HTTP has this name, so the runtime will not mistake it for one.
        Some("mutualTLS") => "mutual-tls",
        Some(old @ ("basic" | "bearer")) => {
            let scheme = if old == "basic" { "basic" } else { "bearer" };
            let message = format!("`{scheme}` is not a type of security scheme");
            cx.sloppy_value(
                &path.key("type"),
                message,
                &format!("write `type: http` and `scheme: {scheme}`"),
            );
            scheme
        }
        _ => return,
    };
    map.insert("type".to_owned(), Value::from("http"));
    map.insert("scheme".to_owned(), Value::from(scheme));
}

/// What a security scheme needs depends on its type.
pub(super) fn scheme_members(
    map: &mut Map<String, Value>,
    reported: &[String],
    path: &Path<'_>,
    cx: &mut Cx<'_>,
) {
    let kind = ObjectKind::SecurityScheme;
    let missing = |name: &str| {
        // Without a type nobody knows what else is needed.
        let said = reported.iter().any(|key| key == name || key == "type");
        if said { Missing::Reported } else { Missing::Fatal }
    };
    let typed = map.contains_key("type");
    require(map, "type", Filler::Text("http"), missing("type"), kind, path, cx);
    let needed: &[(&str, Filler)] = match map.get("type").and_then(Value::as_str) {
        Some("apiKey") => &[("name", Filler::Text("")), ("in", Filler::Text("header"))],
        Some("oauth2") => &[("flows", Filler::Object)],
        Some("openIdConnect") => &[("openIdConnectUrl", Filler::Text(""))],
        _ => &[("scheme", Filler::Text(""))],
    };
    for (name, filler) in needed {
        require(map, name, *filler, if typed { missing(name) } else { Missing::Reported }, kind, path, cx);
    }
}

/// The addresses that an OAuth flow needs depend on the flow.
pub(super) fn flow(map: &mut Map<String, Value>, path: &Path<'_>, cx: &mut Cx<'_>) {
    let urls: &[&str] = match path.last_key() {
        Some("implicit") => &["authorizationUrl"],
        Some("authorizationCode") => &["authorizationUrl", "tokenUrl"],
        _ => &["tokenUrl"],
    };
    for name in urls {
        require(map, name, Filler::Text(""), Missing::Warn, ObjectKind::Flow, path, cx);
    }
}
