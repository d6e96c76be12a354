//! Keywords and types of schemas.

use super::super::Change::{Become, Other, Remove, Rename, Set};
use super::super::apply;
use super::super::{Kind, On};
use super::{SHAPE, UNKNOWN, k};

pub(super) const KINDS: &[Kind] = &[
    // schemas: keywords
    k("unknown keyword", On::Schema, "", Set("nulable@", "true"), UNKNOWN),
    k("misspelt properties", On::Schema, "properties !propertys", Rename("properties", "propertys"), UNKNOWN),
    k("misspelt required", On::Schema, "properties required", Rename("required", "requierd"), UNKNOWN),
    k(
        "misspelt items",
        On::Schema,
        "items type=array",
        Rename("items", "item"),
        &["keyword-unknown", "wrong-shape"],
    ),
    k(
        "misspelt description",
        On::Schema,
        "description !descripton",
        Rename("description", "descripton"),
        UNKNOWN,
    ),
    k("misspelt enum", On::Schema, "enum", Rename("enum", "enums"), UNKNOWN),
    k("misspelt format", On::Schema, "format", Rename("format", "fromat"), UNKNOWN),
    k(
        "misspelt additionalProperties",
        On::Schema,
        "additionalProperties",
        Rename("additionalProperties", "additionalProperty"),
        UNKNOWN,
    ),
    k("keyword in other case", On::Schema, "type", Set("readonly", "true"), UNKNOWN),
    k("a key twice in a schema", On::Schema, "type", Other(apply::key_twice), &["duplicate-key"]),
    k("description that is a number", On::Schema, "", Set("description", "@"), SHAPE),
    k("description that is a list", On::Schema, "", Set("description", r#"["x@"]"#), SHAPE),
    k("title that is a number", On::Schema, "", Set("title", "@"), SHAPE),
    // schemas: types
    k("type that there is not", On::Schema, "type", Set("type", r#""strnig@""#), SHAPE),
    k("type of Swagger", On::Schema, "type=string", Set("type", r#""file""#), SHAPE),
    k("type of a language", On::Schema, "type=integer", Set("type", r#""int""#), SHAPE),
    k("type in capitals", On::Schema, "type=object", Set("type", r#""Object""#), SHAPE),
    k("type that is a number", On::Schema, "type", Set("type", "@"), SHAPE),
    k("type that is a mapping", On::Schema, "type", Set("type", r#"{"name": "string"}"#), SHAPE),
    k(
        "type with one that there is not",
        On::Schema,
        "type=string 3.1 !enum",
        Set("type", r#"["string", "nul@"]"#),
        SHAPE,
    ),
    k("member that is text", On::Member, "", Become(r#""string@""#), SHAPE),
    k("member that is a list", On::Member, "", Become("[]"), SHAPE),
    k("member that is a number", On::Member, "", Become("@"), SHAPE),
    k("list of what is not said", On::Schema, "3.0 type=array items", Remove("items"), SHAPE),
    k("items that are text", On::Schema, "type=array items", Set("items", r#""string@""#), SHAPE),
    k(
        "items that are a list",
        On::Schema,
        "type=array items 3.0",
        Set("items", r#"[{"type": "string"}]"#),
        &["wrong-shape", "sloppy", "keyword-ignored"],
    ),
    k(
        "properties that are a list",
        On::Schema,
        "properties type=object",
        Set("properties", r#"[{"name": "a@"}]"#),
        SHAPE,
    ),
    k("properties that are text", On::Schema, "properties type=object", Set("properties", r#""a@""#), SHAPE),
    k(
        "additionalProperties that are text",
        On::Schema,
        "type=object",
        Set("additionalProperties", r#""yes@""#),
        SHAPE,
    ),
    k(
        "allOf that is a mapping",
        On::Schema,
        "!allOf type=object",
        Set("allOf", r#"{"type": "object"}"#),
        SHAPE,
    ),
    k(
        "oneOf that is a mapping",
        On::Schema,
        "!oneOf !anyOf type=object",
        Set("oneOf", r#"{"type": "object"}"#),
        SHAPE,
    ),
    k("oneOf without branches", On::Schema, "!oneOf type=object", Set("oneOf", "[]"), SHAPE),
    k("anyOf that is text", On::Schema, "!anyOf type=object", Set("anyOf", r#""x@""#), SHAPE),
    k("branch that is text", On::Schema, "!allOf type=object", Set("allOf", r#"["x@"]"#), SHAPE),
    k("nullable that is text", On::Schema, "type", Set("nullable", r#""maybe@""#), SHAPE),
    k("readOnly that is text", On::Member, "type", Set("readOnly", r#""maybe@""#), SHAPE),
    k("format that is a number", On::Schema, "type=string", Set("format", "@"), SHAPE),
    k(
        "format that there is not",
        On::Schema,
        // Values that are named decide the type, and any format may stand beside them (OpenAPI 3.0.3, section 4.4).
        "type=string !enum !const",
        Set("format", r#""date-tiem@""#),
        &["format-unknown"],
    ),
    k(
        "format of numbers that there is not",
        On::Schema,
        "type=integer !enum !const",
        Set("format", r#""int65@""#),
        &["format-unknown"],
    ),
    k(
        "const that does not fit",
        On::Schema,
        "type=string 3.1 !const !enum",
        Set("const", "@"),
        &["enum-value", "contradiction", "wrong-shape", "sloppy"],
    ),
];
