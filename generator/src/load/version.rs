//! Is it OpenAPI, and one we read?

use serde_json::Value;

use crate::diag::{Code, Diagnostic, Sink, suggest};
use crate::pointer::Pointer;
use crate::tree::kind_of;

/// Whether the tree calls itself OpenAPI 3.0, 3.1, or newer within 3; reports what else it is.
pub(super) fn check(root: &Value, body: &str, sink: &mut Sink) -> bool {
    let Value::Object(members) = root else {
        sink.report(no_mapping(root, body));
        return false;
    };
    let at = Pointer::root().child("openapi");
    let Some(version) = members.get("openapi") else {
        sink.report(match members.get("swagger") {
            Some(version) => {
                let version = version.as_str().map_or_else(|| version.to_string(), str::to_owned);
                let message = format!("this is a Swagger {version} document, not OpenAPI 3");
                Diagnostic::new(Code::Swagger2, &Pointer::root().child("swagger"), message)
                    .help("convert it to OpenAPI 3 first, for instance with `swagger2openapi`")
            }
            None => no_version(members.keys().map(String::as_str)),
        });
        return false;
    };
    let Some(text) = version.as_str() else {
        let message = format!("`openapi` must be a version in quotes, but is {}", kind_of(version));
        sink.report(Diagnostic::new(Code::NotOpenapi, &at, message).help("write `\"openapi\": \"3.1.0\"`"));
        return false;
    };
    let mut parts = text.split('.');
    match (parts.next(), parts.next()) {
        (Some("3"), Some(minor @ ("0" | "1"))) => {
            if parts.next().is_none_or(|patch| patch.parse::<u32>().is_err()) {
                let message = format!(
                    "`{text}` is not a full version; it is read as {minor}",
                    minor = ["3.0", "3.1"][usize::from(minor == "1")]
                );
                let help = format!("write three numbers in quotes, such as `\"3.{minor}.0\"`");
                sink.report(Diagnostic::new(Code::Sloppy, &at, message).help(help));
            }
            true
        }
        (Some("3"), Some(minor)) if minor.bytes().all(|b| b.is_ascii_digit()) && !minor.is_empty() => {
            let message = format!("OpenAPI {text} is read as 3.1");
            let help = "change the version to `3.1.0` unless the document needs 3.2; what has no effect is reported where it occurs";
            sink.report(Diagnostic::new(Code::NewerVersion, &at, message).help(help));
            true
        }
        _ => {
            let message = format!("`{text}` is not a supported version of OpenAPI");
            sink.report(Diagnostic::new(Code::NotOpenapi, &at, message).help("use OpenAPI 3.0 or 3.1"));
            false
        }
    }
}

fn no_mapping(root: &Value, body: &str) -> Diagnostic {
    let at = Pointer::root();
    if root.is_null() {
        return Diagnostic::new(Code::NotOpenapi, &at, "the document is empty")
            .help("pass a file that begins with `openapi: 3.0.x` or `openapi: 3.1.x`");
    }
    let diagnostic =
        Diagnostic::new(Code::NotOpenapi, &at, format!("the document is {}, not an object", kind_of(root)));
    if body.trim_start().starts_with('<') {
        diagnostic.help("this looks like HTML or XML; was an error page saved instead of the document?")
    } else {
        diagnostic.help("begin the document with `openapi: 3.0.x` or `openapi: 3.1.x`")
    }
}

fn no_version<'a>(keys: impl Iterator<Item = &'a str> + Clone) -> Diagnostic {
    let message = "this is not an OpenAPI document: `openapi` is missing";
    let near = keys.clone().find(|key| suggest(key, ["openapi"]).is_some());
    let root = Pointer::root();
    match near {
        Some(key) => Diagnostic::new(Code::NotOpenapi, &root.child(key), message)
            .at_key()
            .help("did you mean `openapi`?"),
        None if keys.clone().any(|key| key == "asyncapi") => {
            Diagnostic::new(Code::NotOpenapi, &root, message)
                .help("pass an OpenAPI document; AsyncAPI is not supported")
        }
        None => Diagnostic::new(Code::NotOpenapi, &root, message)
            .help("begin the document with `openapi: 3.0.x` or `openapi: 3.1.x`"),
    }
}
