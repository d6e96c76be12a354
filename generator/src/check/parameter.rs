//! What parameters and headers say of themselves beside their schema: names, styles, media types.

use serde_json::Value;

use super::context::{Check, Object};
use crate::diag::{Code, Sink};
use crate::normalize::Since;
use crate::pointer::{Path, Pointer};

/// Keywords about the style of a value, which a value by `content` has not.
const STYLE: [&str; 3] = ["style", "explode", "allowReserved"];

impl<'d> Check<'d, '_> {
    /// A header has a name that HTTP allows.
    pub(super) fn header_name(&mut self, name: &str, at: &Path<'_>) {
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if !name.is_empty() && !name.bytes().all(token) {
            let message = format!("`{name}` is not a valid header name");
            let diagnostic = self.found(Code::Sloppy, at, message);
            let diagnostic = if at.last_key() == Some("name") { diagnostic } else { diagnostic.at_key() };
            self.sink.report(diagnostic.help("it cannot be sent or received; use letters, digits and `-`"));
        }
    }

    /// A value by `content` has exactly one media type.
    pub(super) fn one_media_type(&mut self, map: &'d Object, what: &str, at: &Path<'_>) {
        let Some(content) = map.get("content").and_then(Value::as_object) else { return };
        if content.len() != 1 {
            let message =
                format!("the `content` of {what} must have one media type, but has {}", content.len());
            let help = match content.len() {
                0 => "it is treated as a string; add a media type",
                _ => "the first is used; remove the others",
            };
            self.key(Code::Sloppy, &at.key("content"), message, help);
        }
    }

    /// A style is defined for values of some types only, and not for a value by `content`.
    pub(super) fn style(&mut self, map: &'d Object, at: &Path<'_>) {
        if map.contains_key("content") {
            for key in STYLE.into_iter().filter(|key| map.contains_key(*key)) {
                let message = format!("`{key}` has no effect next to `content`");
                self.key(Code::KeywordIgnored, &at.key(key), message, "remove it, or use `schema` instead");
            }
            return;
        }
        let text = |key: &str| map.get(key).and_then(Value::as_str).unwrap_or_default();
        let (name, style) = (text("name"), text("style"));
        let Some(kind) = self.kind(&at.key("schema").pointer()) else { return };
        let (defined, sent) = match (style, kind) {
            ("deepObject", "object") => return,
            ("deepObject", "array") => ("objects", "the items are sent under their indexes"),
            ("deepObject", _) => ("objects", "it is sent like `form`"),
            ("spaceDelimited" | "pipeDelimited", "array") => return,
            // OpenAPI 3.1 defines it.
            ("spaceDelimited" | "pipeDelimited", "object") if !self.is_30 => return,
            ("spaceDelimited" | "pipeDelimited", "object") => {
                ("arrays", "names and values are sent alternately")
            }
            ("spaceDelimited" | "pipeDelimited", _) => ("arrays", "it is sent like `form`"),
            _ => return,
        };
        let article = if "aeiou".contains(&kind[..1]) { "an" } else { "a" };
        let message =
            format!("the style `{style}` is defined for {defined}, but `{name}` is {article} {kind}");
        self.value(Code::Sloppy, &at.key("style"), message, &format!("{sent}; choose another style"));
    }

    /// Reserved characters are allowed in queries, and since OpenAPI 3.2 in paths.
    pub(super) fn reserved(&mut self, map: &'d Object, at: &Path<'_>) {
        if map.get("allowReserved").and_then(Value::as_bool) != Some(true) {
            return;
        }
        let message = match map.get("in").and_then(Value::as_str).unwrap_or_default() {
            "path" if self.doc.version < Since::V32 => {
                "`allowReserved` has no effect on path parameters before OpenAPI 3.2"
            }
            "header" => "`allowReserved` has no effect on headers, which are not percent-encoded",
            "cookie" => {
                "`allowReserved` has no effect on cookies, whose reserved characters are always encoded"
            }
            _ => return,
        };
        self.key(Code::KeywordIgnored, &at.key("allowReserved"), message.to_owned(), "remove it");
    }

    /// The type of a schema, references followed.
    fn kind(&self, at: &Pointer) -> Option<&'d str> {
        let place = self.doc.place(at.clone())?;
        // What is wrong with the schema is said where its types are chosen.
        self.doc.node(&[place], &mut Sink::new()).kind
    }
}
