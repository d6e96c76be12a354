//! Bodies, answers and security schemes.

use super::super::Change::{Remove, Rename, Set};
use super::super::{Kind, On};
use super::{SHAPE, UNKNOWN, UNUSED, k};

pub(super) const KINDS: &[Kind] = &[
    // bodies and answers
    k("body without content", On::Body, "content", Remove("content"), SHAPE),
    k("content that is a list", On::Body, "content", Set("content", r#"["application/json"]"#), SHAPE),
    k("body whose required is text", On::Body, "", Set("required", r#""maybe@""#), SHAPE),
    k("body with a schema of its own", On::Body, "content", Set("schema", "{}"), UNKNOWN),
    k("unknown member of a body", On::Body, "", Set("contents@", "{}"), UNKNOWN),
    k("status that there is not", On::Responses, "", Set("2000@", r#"{"description": "x"}"#), SHAPE),
    k("status in words", On::Responses, "", Set("okay@", r#"{"description": "x"}"#), SHAPE),
    k("answer that is text", On::Responses, "!418", Set("418", r#""teapot""#), SHAPE),
    k("answer that is null", On::Responses, "!417", Set("417", "null"), SHAPE),
    k("answer without a description", On::Response, "description", Remove("description"), SHAPE),
    k("unknown member of an answer", On::Response, "", Set("contents@", "{}"), UNKNOWN),
    k(
        "answer with a schema of its own",
        On::Response,
        "!schema",
        Set("schema", r#"{"type": "string"}"#),
        &["keyword-unknown", "sloppy"],
    ),
    k("headers that are a list", On::Response, "!headers", Set("headers", r#"["X-A"]"#), SHAPE),
    k("header that is text", On::Response, "!headers", Set("headers", r#"{"X-A@": "string"}"#), SHAPE),
    k("header with a name", On::Header, "!name", Set("name", r#""X-A@""#), UNUSED),
    k(
        "media type without a slash",
        On::Content,
        "!json",
        Set("json", r#"{"schema": {"type": "string"}}"#),
        SHAPE,
    ),
    k("media type that is text", On::Content, "", Set("text/x-odd@", r#""string""#), SHAPE),
    k("unknown member of a media type", On::Media, "", Set("shema@", "{}"), UNKNOWN),
    k("misspelt schema of a media type", On::Media, "schema", Rename("schema", "Schema"), UNKNOWN),
    k("schema of a media type that is text", On::Media, "schema", Set("schema", r#""string@""#), SHAPE),
    k(
        "example and examples of a media type",
        On::Media,
        "!example !examples schema",
        Set("examples", r#"["x@"]"#),
        SHAPE,
    ),
    k(
        "encoding of a member that there is not",
        On::Media,
        "!encoding",
        Set("encoding", r#"{"nowhere@": {"contentType": "text/plain"}}"#),
        &["contradiction", "keyword-ignored"],
    ),
    // security schemes
    k(
        "security scheme of an unknown type",
        On::Schemes,
        "",
        Set("odd@", r#"{"type": "magic"}"#),
        &["security-scheme", "wrong-shape"],
    ),
    k(
        "security scheme without a type",
        On::Schemes,
        "",
        Set("typeless@", r#"{"in": "header", "name": "X"}"#),
        SHAPE,
    ),
    k(
        "key without a name",
        On::Schemes,
        "",
        Set("nameless@", r#"{"type": "apiKey", "in": "header"}"#),
        SHAPE,
    ),
    k(
        "key in a body",
        On::Schemes,
        "",
        Set("body@", r#"{"type": "apiKey", "in": "body", "name": "x"}"#),
        SHAPE,
    ),
    k("http without a scheme", On::Schemes, "", Set("http@", r#"{"type": "http"}"#), SHAPE),
    k("oauth2 without flows", On::Schemes, "", Set("flowless@", r#"{"type": "oauth2"}"#), SHAPE),
    k("unknown member of a security scheme", On::Scheme, "", Set("inn@", r#""header""#), UNKNOWN),
];
